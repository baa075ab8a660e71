"""Two datasets compared by their published files: rows added, removed and changed, by key."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from iraqtalks import contract, store
from iraqtalks.cli import main
from iraqtalks.diff import diff, summary
from iraqtalks.errors import DatasetError
from iraqtalks.tables import TABLES

Frames = Mapping[str, pl.DataFrame]


@pytest.fixture
def two(frames: Frames, tmp_path: Path) -> tuple[Path, Path]:
    """Give two datasets: in the second, a quote is denied and of another act, a segment and a date are gone, a reject came."""
    old, new = tmp_path / "old [1]", tmp_path / "new"
    store.publish(frames, old)
    quotes = frames["quotes"].with_columns(
        negated=pl.col("quote_id") == "q1",
        act=pl.when(pl.col("quote_id") == "q1").then(None).otherwise("act"),
    )
    found = {"raw_path": "b\x1b[2J.txt", "record": 3, "reason": "binary", "detail": "holds NUL bytes"}
    changed = {
        "quotes": quotes,
        "quote_segments": frames["quote_segments"].filter(pl.col("segment") == 0),
        "date_mentions": frames["date_mentions"].filter(pl.col("date_mention_id") != "d2"),
        "rejects": pl.concat([frames["rejects"], contract.frame("rejects", [found])]),
    }
    store.publish({**frames, **changed}, new)
    return old, new


def run(*arguments: str | Path) -> object:
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    return end.value.code


def test_rows_are_told_by_key_and_columns(two: tuple[Path, Path]) -> None:
    found = diff(*two)
    assert list(found) == list(TABLES)
    assert {table for table, differences in found.items() if differences} == {
        "quotes", "quote_segments", "date_mentions", "rejects",
    }  # fmt: skip
    assert found["quotes"].changed == {("q1",): ("act", "negated")}
    assert found["quote_segments"].removed == (("q1", 1),)
    assert found["date_mentions"].removed == (("d2",),)
    assert found["rejects"].added == (("b\x1b[2J.txt", 3, "binary"),)


def test_the_other_way_round_what_was_added_is_removed(two: tuple[Path, Path]) -> None:
    there, back = diff(*two), diff(*reversed(two))
    for table in TABLES:
        assert (there[table].added, there[table].removed) == (back[table].removed, back[table].added)
        assert there[table].changed == back[table].changed


def test_the_lines_name_table_row_and_columns(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", *two) == 0
    assert capsys.readouterr().out.splitlines() == [
        "quotes: 1 changed",
        "  ~ q1: act, negated",
        "quote_segments: 1 removed",
        "  - q1 · 1",
        "date_mentions: 1 removed",
        "  - d2",
        "rejects: 1 added",
        "  + b\ufffd[2J.txt · 3 · binary",
    ]


def test_many_rows_are_cut_short_in_lines_but_not_in_json(
    frames: Frames, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rejects = [{"raw_path": f"{number:03}", "record": 0, "reason": "empty", "detail": ""} for number in range(50)]
    store.publish({**frames, "rejects": contract.frame("rejects", rejects)}, tmp_path / "new")
    store.publish({**frames, "rejects": contract.frame("rejects")}, tmp_path / "old")
    lines = summary(diff(tmp_path / "old", tmp_path / "new"))
    assert (len(lines), lines[0], lines[-1]) == (22, "rejects: 50 added", "  + … and 30 more (--json lists all)")
    assert run("diff", tmp_path / "old", tmp_path / "new", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["rejects"]["added"][-1] == {"raw_path": "049", "record": 0, "reason": "empty"}
    assert document["quotes"] == {"added": [], "removed": [], "changed": []}


def test_without_arguments_the_last_build_is_compared_with_the_one_before(
    frames: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    store.publish(frames, Path("data/processed"))
    assert str(run("diff")).startswith("iraqtalks: no dataset from before data/processed is kept")
    store.publish({**frames, "rejects": contract.frame("rejects")}, Path("data/processed"))
    assert run("diff") == 0
    assert capsys.readouterr().out == "rejects: 1 removed\n  - vide.txt · 0 · empty\n"
    assert run("diff", "data/processed") == 0
    assert capsys.readouterr().out == "The datasets do not differ\n"


def test_an_older_dataset_may_lack_tables_and_columns_and_be_in_parts(two: tuple[Path, Path]) -> None:
    old, new = two
    (old / "places.parquet").unlink()
    quotes = pq.read_table(old / "quotes.parquet")
    (old / "quotes.parquet").unlink()
    (old / "quotes").mkdir()
    for number in range(quotes.num_rows):
        part = quotes.drop_columns(["act"]).slice(number, 1)
        pq.write_table(part, old / "quotes" / f"{number}.parquet")
    found = diff(old, new)
    assert found["places"].added == (("valbrume",),)
    assert found["quotes"].changed == {("q1",): ("negated",)}
    assert not found["quotes"].added


def test_what_is_no_dataset_is_told(two: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere holds no dataset"):
        diff(tmp_path / "nowhere", two[1])
    broken = shutil.copytree(two[1], tmp_path / "broken")
    (broken / "quotes.parquet").write_bytes(b"PAR1")
    with pytest.raises(DatasetError, match="cannot be compared"):
        diff(two[0], broken)
