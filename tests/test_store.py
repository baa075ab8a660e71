"""The only writer: the same rows give the same bytes, and a dataset is published as a whole or not at all."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from folders import content
from frictionless import Package
from polars.testing import assert_frame_equal
from small import small_frames

from iraqtalks import contract, store
from iraqtalks.errors import DatasetError, PublishError
from iraqtalks.tables import TABLES

Frames = Mapping[str, pl.DataFrame]
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the small dataset once for all tests that only look at it."""
    processed = tmp_path_factory.mktemp("data") / "processed"
    store.publish(small_frames(), processed)
    return processed


def test_what_is_written_is_read_again(published: Path, frames: Frames) -> None:
    tables = store.read_tables(published)
    assert list(tables) == list(TABLES)
    for table in TABLES:
        assert_frame_equal(tables[table], frames[table].sort(contract.key(table)))


def test_a_table_without_a_row_is_there_with_its_columns(published: Path) -> None:
    schema = pq.read_schema(published / "talks_rounds.parquet")
    assert schema.equals(contract.arrow_schema("talks_rounds"), check_metadata=False)


def test_the_files_carry_meanings_and_nullability(published: Path) -> None:
    field = pq.read_schema(published / "quotes.parquet").field("speaker_id")
    assert field.nullable
    assert field.metadata[b"description"] == b"Who said it; null where the text does not tell"
    assert not pq.read_schema(published / "quotes.parquet").field("kind").nullable


def test_the_order_of_rows_and_columns_does_not_change_a_byte(published: Path, frames: Frames, tmp_path: Path) -> None:
    turned = {table: frame.reverse().select(reversed(frame.columns)) for table, frame in frames.items()}
    store.publish(turned, tmp_path / "processed")
    assert content(tmp_path / "processed") == content(published)


def test_frictionless_finds_the_published_package_sound(published: Path) -> None:
    package = Package.from_descriptor(str(published / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["title", "note"])


def test_frictionless_finds_a_reference_to_nothing(frames: Frames, tmp_path: Path) -> None:
    nobody = frames["mentions"].with_columns(actor_id=pl.lit("nobody"))
    store.publish({**frames, "mentions": nobody}, tmp_path / "processed")
    report = Package.from_descriptor(str(tmp_path / "processed" / "datapackage.json")).validate()
    assert [error.type for task in report.tasks for error in task.errors] == ["foreign-key"]


def test_plain_duckdb_reads_the_files(published: Path) -> None:
    with duckdb.connect() as connection:
        slices = connection.execute(
            'SELECT substr(a.text, m.start + 1, m."end" - m.start) = m.text'
            " FROM read_parquet($folder || '/quote_segments.parquet') m"
            " JOIN read_parquet($folder || '/articles.parquet') a USING (article_id)",
            {"folder": str(published)},
        ).fetchall()
    assert slices == [(True,)] * 4


def test_a_new_dataset_takes_the_place_of_the_old_one(frames: Frames, tmp_path: Path) -> None:
    processed = tmp_path / "processed"
    store.publish(frames, processed)
    store.publish({**frames, "rejects": contract.frame("rejects")}, processed)
    assert store.read_tables(processed)["rejects"].height == 0
    assert store.read_tables(store.previous_folder(processed))["rejects"].height == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".processed.lock", ".processed.previous", "processed"]


def test_the_dataset_before_is_the_last_that_differed(frames: Frames, tmp_path: Path) -> None:
    processed = tmp_path / "processed"
    for reason in ("empty", "binary", "encoding", "encoding"):
        store.publish({**frames, "rejects": frames["rejects"].with_columns(reason=pl.lit(reason))}, processed)
    assert store.read_tables(store.previous_folder(processed))["rejects"]["reason"].to_list() == ["binary"]


def test_an_empty_folder_and_a_link_to_a_folder_are_published_into(frames: Frames, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    store.publish(frames, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert store.read_tables(tmp_path / "real")["articles"].height == 1


def test_a_folder_with_files_of_the_users_is_not_replaced(frames: Frames, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("do not lose me")
    with pytest.raises(PublishError, match=r"thesis\.txt"):
        store.publish(frames, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "do not lose me"


def test_a_file_is_not_replaced_by_a_folder(frames: Frames, tmp_path: Path) -> None:
    (tmp_path / "processed").write_text("a file")
    with pytest.raises(PublishError, match="is a file"):
        store.publish(frames, tmp_path / "processed")


def test_a_folder_that_cannot_be_made_is_told(frames: Frames, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(PublishError, match="cannot be written"):
        store.publish(frames, tmp_path / "data" / "processed")


def test_a_build_that_fails_leaves_the_old_dataset_and_nothing_else(frames: Frames, tmp_path: Path) -> None:
    processed = tmp_path / "processed"
    store.publish(frames, processed)
    before = content(processed)
    with pytest.raises(pl.exceptions.PolarsError):
        store.publish({**frames, "quotes": frames["quotes"].drop("kind")}, processed)
    assert content(processed) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".processed.lock", "processed"]


def test_a_full_disk_leaves_the_old_dataset_and_names_the_file(frames: Frames, tmp_path: Path) -> None:
    processed = tmp_path / "processed"
    store.publish(frames, processed)
    before = content(processed)
    # A limit on the size of files, in a process of its own, is as near to a full disk as a test comes without mounting one.
    code = (
        "import resource, sys; from pathlib import Path; from small import small_frames; from iraqtalks import store\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))\n"
        "try: store.publish(small_frames(), Path(sys.argv[1]))\n"
        "except OSError as error: print(Path(error.filename).name, error.strerror)"
    )
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-c", code, str(processed)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "articles.parquet File too large\n"
    assert content(processed) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".processed.lock", "processed"]


def test_a_killed_build_cannot_write_into_the_next_ones_folder(frames: Frames, tmp_path: Path) -> None:
    with store.building(tmp_path / "processed") as work:
        first = work
    with store.building(tmp_path / "processed") as second:
        assert second != first
        with pytest.raises(FileNotFoundError):
            store.stage({"rejects": frames["rejects"]}, first / "extracted" / "000000")


def test_a_second_build_of_the_folder_waits_and_says_so(frames: Frames, tmp_path: Path) -> None:
    processed = tmp_path / "processed"
    waits = threading.Event()
    order: list[str] = []

    def second() -> None:
        with store.building(processed, on_wait=waits.set):
            order.append("second")

    thread = threading.Thread(target=second)
    with store.building(processed) as work:
        thread.start()
        assert waits.wait(10)
        store.write_dataset(frames, work / "dataset")
        store.put_in_place(work, processed)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    assert store.read_tables(processed)["articles"].height == 1


def killed_at_every_step(tmp_path: Path) -> dict[str, Any]:
    """Return what kills at every step left, in the order of the steps; every other step is another process's, to halve the time."""
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    script = str(HERE / "killed_publishing.py")
    runs = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, script, str(tmp_path / str(first) / "data" / "processed"), str(first), "2"],
            env=environment, stdout=subprocess.PIPE, text=True,
        )
        for first in (1, 2)
    ]  # fmt: skip
    told = [json.loads(run.communicate()[0]) for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert told[0]["beside"] == told[1]["beside"]
    steps = sum(len(part["left"]) for part in told)
    in_order = {
        name: [one for pair in zip_longest(*(part[name] for part in told)) for one in pair][:steps]
        for name in ("left", "before", "settled")
    }
    return {"steps": min(part["steps"] for part in told), "beside": told[0]["beside"], **in_order}


def test_a_kill_at_any_step_leaves_the_old_dataset_or_the_new_one(tmp_path: Path) -> None:
    told = killed_at_every_step(tmp_path)
    assert told["steps"] > 50
    assert set(told["left"]) == {"old", "new"}
    # Kills came on both sides of the exchange, and the last run cleared away what they left.
    assert told["left"][0] == "old"
    assert told["left"][-3:].count("new") >= 1
    assert told["beside"] == [".processed.lock", ".processed.previous", "processed"]
    # The dataset before is there whole or not at all, and never the one that is published; the next build finds it.
    others = [{"old": "new", "new": "old"}[now] for now in told["left"]]
    assert all(before in {None, other} for before, other in zip(told["before"], others, strict=True))
    assert told["before"].count(None) >= 1
    assert told["settled"] == others


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / "datapackage.json").unlink(), "holds no dataset"),
        (lambda folder: (folder / "datapackage.json").write_text("{"), "damaged"),
        (lambda folder: (folder / "datapackage.json").write_text("[]"), "damaged"),
        (lambda folder: (folder / "quotes.parquet").unlink(), r"quotes\.parquet is missing"),
        (lambda folder: (folder / "quotes.parquet").write_bytes(b"PAR1"), "is not the file that datapackage.json"),
    ],
)
def test_a_damaged_dataset_is_told(frames: Frames, tmp_path: Path, damage: object, message: str) -> None:
    store.publish(frames, tmp_path / "processed")
    assert callable(damage)
    damage(tmp_path / "processed")
    with pytest.raises(DatasetError, match=message):
        store.read_tables(tmp_path / "processed")


def test_staged_rows_are_read_in_the_order_of_the_folders(frames: Frames, tmp_path: Path) -> None:
    first = store.stage({"rejects": frames["rejects"]}, tmp_path / "b")
    second = store.stage({"rejects": frames["rejects"].with_columns(raw_path=pl.lit("a.txt"))}, tmp_path / "a")
    staged = store.read_staged([first, second])
    assert list(staged) == list(TABLES)
    assert staged["rejects"]["raw_path"].to_list() == ["vide.txt", "a.txt"]
    assert staged["quotes"].height == 0
