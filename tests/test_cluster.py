"""A build on a real Dask cluster with a real Prefect server: the bytes of a local build, whoever dies, and clear faults."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import distributed
import pytest
from building import build
from folders import content
from serving import PATIENCE, answers, dask_scheduler, dask_worker, eventually, prefect_server

from iraqtalks import stages

TEXTS = [
    f"La maire de Valbrume, Odile Ferrand, a déclaré que le pont numéro {number} fermerait le {1 + number % 28} mai."
    for number in range(stages.SHARD + 10)
]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give an environment in which nothing is the user's but the paths."""
    home = str(tmp_path_factory.mktemp("home"))
    return {**{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}, "HOME": home}


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a Dask scheduler without workers and give its address."""
    with dask_scheduler(tmp_path_factory.mktemp("scheduler"), environment) as address:
        yield address


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write articles for two shards."""
    folder = tmp_path_factory.mktemp("raw")
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, environment: Mapping[str, str]) -> Iterator[str]:
    """Start a Prefect server and give its address."""
    with prefect_server(tmp_path_factory.mktemp("server"), environment) as url:
        yield url


@pytest.fixture(scope="module")
def local(server: str, raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the dataset in this process, while the server starts."""
    assert server
    processed = tmp_path_factory.mktemp("local") / "processed"
    build(raw, processed)
    return processed


@pytest.fixture(scope="module")
def served(server: str, local: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a process that uses the Prefect server."""
    assert local
    eventually(lambda: answers(f"{server}/health"), "the Prefect server did not start")
    return {**environment, "PREFECT_API_URL": server}


def command(raw: Path, processed: str | Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "iraqtalks.cli", "build", "--raw", str(raw), "--processed", str(processed), *options]


def failed(raw: Path, environment: Mapping[str, str], *options: str) -> str:
    """Run a build that fails and return what it says, a single line; nothing has been published."""
    processed = raw.parent / "never"
    done = subprocess.run(  # noqa: S603
        command(raw, processed, *options),
        env=environment, cwd=raw.parent, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert not processed.exists()
    return done.stderr


def test_a_worker_that_is_killed_changes_no_byte(
    raw: Path, local: Path, served: Mapping[str, str], scheduler: str, tmp_path: Path
) -> None:
    with (
        dask_worker(scheduler, tmp_path / "one", served) as one,
        dask_worker(scheduler, tmp_path / "two", served) as two,
        distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False) as client,
    ):
        client.wait_for_workers(2, timeout=PATIENCE)
        pids = client.run(os.getpid)
        assert set(pids.values()) == {one.pid, two.pid}
        with subprocess.Popen(  # noqa: S603
            command(raw, tmp_path / "away", "--dask", scheduler),
            env=served, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as running:  # fmt: skip
            working = eventually(lambda: _working(client, running), "no worker got a shard")
            (one if pids[working] == one.pid else two).kill()
            told, faults = running.communicate(timeout=PATIENCE)
        assert (running.returncode, faults) == (0, "")
        assert told.startswith(f"{tmp_path / 'away'}: {len(TEXTS)} articles, ")
        assert working not in client.scheduler_info()["workers"]
    assert content(tmp_path / "away") == content(local)


def _working(client: Any, running: subprocess.Popen[str]) -> str | None:
    """Return the address of a worker that has a shard."""
    assert running.poll() is None, running.communicate()
    return next((worker for worker, tasks in client.processing().items() if tasks), None)


def test_without_a_standing_server_a_cluster_is_refused(
    raw: Path, environment: Mapping[str, str], scheduler: str
) -> None:
    told = failed(raw, environment, "--dask", scheduler)
    assert told.startswith(
        "iraqtalks: --dask needs a Prefect server that the workers reach too: run `prefect server start"
    )


def test_a_server_that_does_not_answer_is_told(raw: Path, environment: Mapping[str, str]) -> None:
    told = failed(raw, {**environment, "PREFECT_API_URL": "http://127.0.0.1:1/api"})
    assert told.startswith("iraqtalks: the Prefect server at http://127.0.0.1:1/api does not answer (")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "somewhere"])
def test_a_scheduler_that_does_not_answer_is_told(raw: Path, served: Mapping[str, str], address: str) -> None:
    told = failed(raw, served, "--dask", address)
    assert told.startswith(f"iraqtalks: no Dask scheduler answers at {address} (")
