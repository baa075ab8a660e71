"""Real servers on loopback for the tests of what a build may run on: each ends with its test, and leaves no process behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import httpx

T = TypeVar("T")

PATIENCE = 120
"""Seconds that anything may take to be ready: the machine may be busy."""


@contextmanager
def started(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python -m` with the command as long as the block lasts, what it says in the file `log`."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command],
            stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=environment, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        finally:
            # Its own children too; it leads their group.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def eventually(found: Callable[[], T | None], what: str) -> T:
    """Return what `found` gives as soon as it gives something; fails after PATIENCE, saying what was waited for."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} within {PATIENCE} s")


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def answers(url: str) -> bool:
    """Whether a server answers at the address."""
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.TransportError:
        return False


@contextmanager
def prefect_server(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a Prefect server and give the address of its API, on which it is going to answer."""
    url = f"http://127.0.0.1:{(port := free_port())}/api"
    command = ["prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    home = {"PREFECT_HOME": str(folder / "server"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    with started(command, folder / "server.log", {**environment, **home}):
        yield url


@contextmanager
def dask_scheduler(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a Dask scheduler and give its address."""
    address = f"tcp://127.0.0.1:{(port := free_port())}"
    command = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    log = folder / "scheduler.log"
    with started(command, log, environment):
        eventually(
            lambda: f"Scheduler at: {address}" in " ".join(log.read_text().split()), "the scheduler did not start"
        )
        yield address


@contextmanager
def dask_worker(address: str, folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Dask worker of one process."""
    folder.mkdir()
    command = ["distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    with started([*command, "--local-directory", str(folder)], folder / "log", environment) as process:
        yield process
