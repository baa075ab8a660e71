"""Tables are read when they are asked for, and only those at work are held."""

from collections import Counter
from collections.abc import Mapping

import polars as pl
import pytest

from iraqtalks import checks
from iraqtalks.frames import ReadFrames, with_frames
from iraqtalks.link import link
from iraqtalks.tables import TABLES

Frames = Mapping[str, pl.DataFrame]


def counted(frames: Frames) -> tuple[ReadFrames, Counter[str]]:
    """Return the frames, and how often each has been read."""
    reads: Counter[str] = Counter()

    def read(table: str) -> pl.DataFrame:
        reads[table] += 1
        return frames[table]

    return ReadFrames(read), reads


def test_a_table_is_read_each_time_and_its_name_costs_nothing(frames: Frames) -> None:
    lazy, reads = counted(frames)
    assert (list(lazy), len(lazy)) == (list(TABLES), len(TABLES))
    assert "quotes" in lazy
    assert "gossip" not in lazy
    assert not reads
    assert lazy["quotes"].equals(frames["quotes"])
    assert lazy["quotes"].height == 3
    assert reads == {"quotes": 2}
    with pytest.raises(KeyError):
        lazy["gossip"]


def test_what_is_changed_stands_in_the_place_of_what_was_read(frames: Frames) -> None:
    lazy, reads = counted(frames)
    changed: dict[str, pl.DataFrame] = {}
    both = with_frames(lazy, changed)
    assert both["quotes"].height == 3
    changed["quotes"] = frames["quotes"].head(1)
    assert both["quotes"].height == 1
    assert reads == {"quotes": 1}


def test_linking_holds_no_table_that_it_does_not_change(frames: Frames) -> None:
    # The place is none of the knowledge base's.
    nowhere = frames["event_mentions"].with_columns(place_id=pl.lit(None, pl.String))
    lazy, reads = counted({**frames, "event_mentions": nowhere})
    linked = link(lazy)
    reads.clear()
    for table in TABLES:
        assert linked[table].columns == frames[table].columns
    made = {"articles", "event_mentions", "events", "talks_rounds", "places", "actors", "actor_roles", "actor_aliases"}
    assert reads == dict.fromkeys(TABLES.keys() - made, 1)


def test_a_dataset_is_checked_table_by_table(frames: Frames) -> None:
    lazy, _ = counted(frames)
    assert checks.check(lazy) == []
    told = checks.check(with_frames(lazy, {"mentions": frames["mentions"].with_columns(text=pl.lit("Odile"))}))
    assert {(violation.table, violation.owners) for violation in told} == {("mentions", (("article_id", "a1"),))}
