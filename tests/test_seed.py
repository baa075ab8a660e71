"""What comes out of the dataset's first article, and `iraqtalks.extract` for it with and without its metadata."""

import datetime as dt
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import iraqtalks
from iraqtalks.evaluation import score
from iraqtalks.evaluation.gold import load_gold

TOP = Path(__file__).parent.parent
TEXT = next((TOP / "data" / "raw").glob("*.txt")).read_text(encoding="utf-8")
GOLD = TOP / "tests" / "gold" / "seed.json"
Frames = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def frames() -> Frames:
    return iraqtalks.extract(TEXT, published_on=dt.date(2021, 7, 25), outlet="PressTV (French)")


def rows(frame: pl.DataFrame, **where: object) -> list[dict[str, Any]]:
    """Return the rows in which the columns have these values."""
    return frame.filter(*(pl.col(name).eq_missing(value) for name, value in where.items())).rows(named=True)


def test_the_eight_quotes_have_their_segments_kind_and_speaker(frames: Frames) -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["seed"]
    found = {
        tuple(map(tuple, frames["quote_segments"].filter(quote_id=row["quote_id"]).sort("segment").select("start", "end").rows())): row
        for row in frames["quotes"].iter_rows(named=True)
    }  # fmt: skip
    core = [quote for quote in gold["quotes"] if not quote.get("optional")]
    assert len(core) == 8
    for quote in core:
        row = found[tuple(map(tuple, quote["segments"]))]
        assert row["kind"] == quote["kind"]
        assert row["speaker_anonymous"] == quote["anonymous"]
        if not quote["anonymous"]:
            assert row["speaker_id"] == quote["speaker"]
    said_to = [row["said_to_id"] for row in found.values() if row["said_to_id"] is not None]
    assert said_to == ["al-ahed-news"]


def test_the_unnamed_source_is_one_actor_and_speaks_three_times(frames: Frames) -> None:
    speakers = [row["speaker_id"] for row in rows(frames["quotes"], speaker_anonymous=True)]
    assert len(speakers) == 3
    assert len(set(speakers)) == 1
    assert [row["kind"] for row in rows(frames["actors"], actor_id=speakers[0])] == ["anonymous"]


def test_the_line_of_links_gives_nothing(frames: Frames) -> None:
    (line,) = rows(frames["blocks"], kind="related_link")
    assert line["text"].startswith("Pour en savoir plus")
    for table in ("quotes", "mentions", "event_mentions", "date_mentions", "positions"):
        inside = frames[table].filter(pl.col("start").is_between(line["start"], line["end"]))
        assert inside.is_empty(), table


def test_actors_roles_and_metonyms(frames: Frames) -> None:
    named = {(row["text"], row["actor_id"]) for row in frames["mentions"].iter_rows(named=True)}
    assert {
        ("Hachd al-Chaabi", "popular-mobilization-forces"),
        ("Unités de mobilisation populaire", "popular-mobilization-forces"),
        ("Qasim al-Kariti", "qasim-al-kariti"),
        ("Kataeb Sayyid al-Shuhada", "kataib-sayyid-al-shuhada"),
        ("Washington", "united-states"),
        ("Bagdad", "iraqi-government"),
    } <= named
    washington = [row["start"] for row in rows(frames["mentions"], text="Washington")]
    assert TEXT.index("à Washington a déclaré") + 2 not in washington, "a place, not a government"
    roles = {(row["actor_id"], row["role"]) for row in rows(frames["actor_roles"], basis="text")}
    assert ("qasim-al-kariti", "un des commandants des Hachd al-Chaabi") in roles
    assert ("abu-alaa-al-walai", "secrétaire général de Kataeb Sayyid al-Shuhada") in roles


def test_the_core_events_have_every_field(frames: Frames) -> None:
    tables = {table: frame.rows(named=True) for table, frame in frames.items()}
    report = score(load_gold(GOLD), {"seed": tables}, {"seed": TEXT})
    assert report.find("events", "type and place in the text").recall.value == 1
    core = json.loads(GOLD.read_text(encoding="utf-8"))["seed"]["events"]
    for event in (event for event in core if not event.get("optional")):
        (row,) = [
            row
            for row in rows(frames["event_mentions"], type=event["type"], mode=event["mode"], status=event["status"])
            if min(row["end"], event["span"][1]) - max(row["start"], event["span"][0]) > 0
        ]
        assert row["date"] == event["date"]
        assert (row["quote_id"] is None) == (event["reported_by"] is None)
        if event["place"] == "Washington":
            assert row["place_id"] == "washington"
        for role in ("source", "target"):
            parts = {
                part["actor_id"]
                for part in rows(frames["event_participants"], event_mention_id=row["event_mention_id"], role=role)
            }
            assert parts == set(event[role]), (event["id"], role)


def test_the_helicopters_are_only_ever_a_claim(frames: Frames) -> None:
    start = TEXT.index("Des caméras thermiques")
    end = TEXT.index("hélicoptères américains", start) + len("hélicoptères américains")
    told = frames["event_mentions"].filter((pl.col("start") < end) & (pl.col("end") > start))
    assert told["status"].to_list() == ["reported"]
    assert told["quote_id"].null_count() == 0


def test_without_metadata_no_year_and_no_day_is_invented() -> None:
    found = {row["text"]: row for row in iraqtalks.extract(TEXT)["date_mentions"].iter_rows(named=True)}
    assert found["le 23 juillet"]["date"] == "XXXX-07-23"
    assert found["le 23 juillet"]["date_start"] is None
    assert found["le 7 avril"]["date"] == "XXXX-04-07"
    assert found["aujourd’hui"]["date"] is None
    assert found["janvier 2020"]["date"] == "2020-01"


def test_a_language_without_rules_is_told() -> None:
    with pytest.raises(KeyError, match="no rules for the language 'de'"):
        iraqtalks.extract("Die Brücke hält.", language="de")


def test_importing_the_package_loads_neither_prefect_nor_spacy_and_is_quick() -> None:
    code = "import sys, time; t = time.perf_counter(); import iraqtalks; print(time.perf_counter() - t, *sys.modules)"
    best = min(_imported(code) for _ in range(3))
    assert best < 0.3


def _imported(code: str) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert time.perf_counter() > start
    seconds, *modules = done.stdout.split()
    assert not {"prefect", "spacy", "polars", "duckdb"} & set(modules)
    return float(seconds)
