"""The flow with Prefect itself: the same bytes whatever the order and the workers, artifacts, faults, no network."""
# ruff: noqa: PLC0415  (Prefect's home must be set before it is imported)

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from folders import content

from iraqtalks import stages, store
from iraqtalks.cli import main
from iraqtalks.errors import NoUsableArticleError
from iraqtalks.quality import Build, Quality

TOP = Path(__file__).parent.parent
TEXTS = [
    f"La maire de Valbrume, Odile Ferrand, a déclaré le {2 + number % 28} mai que le pont numéro {number} fermerait."
    " « Nous n’avons pas le choix », a-t-elle ajouté. Le préfet Jean Delorme a dit que la réunion aurait lieu."
    for number in range(60)
]


@pytest.fixture(scope="module", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep Prefect's database of these runs away from the user's."""
    assert "prefect" not in sys.modules
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))


def write_raw(raw: Path, *, reverse: bool) -> Path:
    """Write enough articles for several shards, in one order or the other, and two inputs that cannot be used."""
    raw.mkdir()
    files = {f"{number}.txt": text.encode() for number, text in enumerate(TEXTS)}
    files |= {"7.json": b'{"published_on": "2019-05-30", "mood": "calm"}', "bad.txt": TEXTS[0].encode("mac_roman")}
    for name in sorted(files, reverse=reverse):
        (raw / name).write_bytes(files[name])
    return raw


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Quality]:
    """Build a dataset in this process with one worker."""
    from iraqtalks.flows.rebuild import run

    folder = tmp_path_factory.mktemp("one")
    built: Build = run(write_raw(folder / "raw", reverse=False), folder / "processed", folder / "none")
    assert (built.changed, built.reused) == (True, 0)
    return folder / "processed", built.quality


def test_the_dataset_is_sound_and_told(built: tuple[Path, Quality]) -> None:
    processed, quality = built
    tables = store.read_tables(processed)
    assert quality.rows == {table: frame.height for table, frame in tables.items()}
    assert quality.rows["articles"] == len(TEXTS) > stages.SHARD
    assert quality.rows["quotes"] > len(TEXTS)
    assert quality.rejects == {"encoding": 1, "metadata_key": 1}


def test_another_order_more_workers_and_an_empty_environment_give_the_same_bytes(
    built: tuple[Path, Quality], tmp_path: Path
) -> None:
    write_raw(tmp_path / "raw", reverse=True)
    command = [
        sys.executable,
        str(TOP / "flows" / "rebuild.py"),
        "--raw",
        "raw",
        "--processed",
        "out",
        "--workers",
        "2",
    ]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"out: {len(TEXTS)} articles")
    assert done.stderr == "Not all input could be used: 1 encoding, 1 metadata_key. See the table rejects\n"
    assert content(tmp_path / "out") == content(built[0])


def test_a_build_without_a_change_says_so_and_leaves_the_files(
    built: tuple[Path, Quality], capfd: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in built[0].iterdir()}
    main_arguments = ["build", "--raw", str(built[0].parent / "raw"), "--processed", str(built[0])]
    with pytest.raises(SystemExit) as end:
        main(main_arguments)
    assert end.value.code == 0
    assert capfd.readouterr().out.splitlines()[1:] == [
        f"{len(TEXTS)} articles are as they were when they were extracted; their rows were kept",
        "Nothing has changed: the files are left as they are",
    ]
    assert {path: path.stat().st_mtime_ns for path in built[0].iterdir()} == before


def test_prefect_keeps_the_counts_and_the_quality_report(built: tuple[Path, Quality]) -> None:
    from prefect.artifacts import Artifact

    counts: Any = Artifact.get("tables")
    report: Any = Artifact.get("quality-report")
    assert {"table": "articles", "rows": built[1].rows["articles"]} in json.loads(counts.data)
    assert "| metadata_key | 1 |" in report.data


def test_without_a_usable_article_nothing_is_published(built: tuple[Path, Quality], tmp_path: Path) -> None:
    from iraqtalks.flows.rebuild import run

    before = content(built[0])
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(NoUsableArticleError, match=r"empty\.txt holds no text"):
        run(tmp_path, built[0], tmp_path / "none")
    assert content(built[0]) == before
    assert {path.name for path in built[0].parent.iterdir()} == {
        "raw",
        "processed",
        ".processed.cache",
        ".processed.lock",
    }


def test_the_command_tells_it_in_a_line_with_code_1(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(SystemExit) as end:
        main(["build", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "processed")])
    assert str(end.value.code).startswith(f"iraqtalks: {tmp_path / 'raw'} holds no article. Put texts, saved pages")
    assert capfd.readouterr().err == ""
    assert not (tmp_path / "processed").exists()


def test_topic_leaves_out_what_does_not_concern_the_talks(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (raw / "b.txt").write_text(f"{TEXTS[1]} À Bagdad, une délégation américaine est attendue.", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["build", "--raw", str(raw), "--processed", str(tmp_path / "processed"), "--topic"])
    assert end.value.code == 0
    tables = store.read_tables(tmp_path / "processed")
    assert tables["articles"]["raw_path"].to_list() == ["b.txt"]
    assert tables["rejects"].select("raw_path", "reason").rows() == [("a.txt", "off_topic")]


@pytest.mark.parametrize(("fault", "tries"), [(OSError(5, "Input/output error"), 2), (ValueError("a bug"), 1)])
def test_only_faults_of_the_file_system_are_tried_again(
    built: tuple[Path, Quality], fault: Exception, tries: int
) -> None:
    from iraqtalks.flows.rebuild import is_io_fault
    from prefect import flow, task

    assert built
    tried: list[int] = []

    @task(retries=2, retry_delay_seconds=0, retry_condition_fn=is_io_fault)
    def fails_once() -> None:
        tried.append(1)
        if len(tried) == 1:
            raise fault

    @flow
    def once() -> None:
        fails_once(return_state=True)

    once(return_state=True)
    assert len(tried) == tries
