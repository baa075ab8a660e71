"""The contract's checks: a sound dataset passes, and each breach is told by table, column, row and value."""

import datetime as dt
import pickle
from collections.abc import Mapping

import polars as pl
import pytest

from iraqtalks import contract
from iraqtalks.checks import CheckFailedError, check, require

Frames = Mapping[str, pl.DataFrame]


def with_value(frames: Frames, table: str, key: str, column: str, value: object) -> dict[str, pl.DataFrame]:
    """Return the frames with another value in one place; the row is the one whose key begins with `key`."""
    name = contract.key(table)[0]
    dtype = frames[table].schema[column]
    changed = pl.when(pl.col(name) == key).then(pl.lit(value, dtype)).otherwise(pl.col(column)).alias(column)
    return {**frames, table: frames[table].with_columns(changed)}


def test_a_sound_dataset_passes(frames: Frames) -> None:
    assert check(frames) == []
    require(frames)


BREACHES = [
    # What is declared of a column.
    ("quotes", "q1", "kind", "spoken", "kind", "'spoken'"),
    ("quotes", "q1", "text", None, "text", "null"),
    ("quotes", "q1", "rule", "A Rule", "rule", "'A Rule'"),
    ("quotes", "q1", "confidence", 1.5, "confidence", "1.5"),
    ("articles", "a1", "text_sha256", "abc", "text_sha256", "'abc'"),
    # References.
    ("quotes", "q1", "speaker_id", "nobody", "speaker_id", "'nobody'"),
    ("quotes", "q2", "parent_quote_id", "q9", "parent_quote_id", "'q9'"),
    ("event_mentions", "em1", "place_id", "atlantis", "place_id", "'atlantis'"),
    ("quotes", "q1", "speaker_id", None, "speaker_mention_id", "'m1'"),
    # Positions and words.
    ("mentions", "m1", "text", "Odile Ferrant", "text", "'Odile Ferrant'"),
    ("mentions", "m1", "start", 11, "text", "'Odile Ferrand'"),
    ("mentions", "m1", "end", 9_999, "text", "'Odile Ferrand'"),
    ("quotes", "q1", "cue_end", None, "cue_start", "26"),
    ("quotes", "q1", "cue_end", 3, "cue_start", "26"),
    ("quotes", "q1", "cue_end", 9_999, "cue_start", "26"),
    ("actor_roles", "r1", "article_id", "a1", "start", "null"),
    # Quotes and their segments.
    ("quotes", "q1", "content", "Le pont tiendra", "content", "'Le pont tiendra'"),
    ("quote_segments", "q3", "segment", 1, "segment", "1"),
    # Kind and quotation marks.
    ("quotes", "q1", "kind", "indirect", "kind", "'indirect'"),
    ("quotes", "q1", "kind", "mixed", "kind", "'mixed'"),
    ("quotes", "q2", "kind", "direct", "kind", "'direct'"),
    ("quotes", "q2", "kind", "indirect", "kind", "'indirect'"),
    ("quotes", "q3", "kind", "direct", "kind", "'direct'"),
    ("quotes", "q3", "kind", "mixed", "kind", "'mixed'"),
    # Dates.
    ("event_mentions", "em1", "date", "avril 2019", "date", "'avril 2019'"),
    ("event_mentions", "em1", "date", "2019-04-03", "date_start", "2019-04-01"),
    ("events", "e1", "date_end", dt.date(2019, 4, 29), "date_end", "2019-04-29"),
    ("events", "e1", "date_precision", "day", "date_precision", "'day'"),
    ("events", "e1", "date_basis", None, "date_basis", "null"),
    ("events", "e1", "date", None, "date_start", "2019-04-01"),
    ("quotes", "q1", "spoken_on", "hier", "spoken_on", "'hier'"),
    ("actor_roles", "r1", "valid_to", "2019-13", "valid_to", "'2019-13'"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "key", "column", "value", "told_column", "told_value"), BREACHES)
def test_a_breach_is_told(
    frames: Frames, table: str, key: str, column: str, value: object, told_column: str, told_value: str
) -> None:
    violations = check(with_value(frames, table, key, column, value))
    found = {(violation.table, violation.column, violation.value) for violation in violations}
    assert (table, told_column, told_value) in found
    assert all(key in violation.row for violation in violations if violation.table == table)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column)
        for table in ("articles", "quotes", "quote_segments", "event_mentions")
        for column in ("article_id", "quote_id", "segment", "start", "end", "text", "kind", "content", "date_start")
        if column
        in {declared.name for declared in contract.columns(table) if column == "date_start" or not declared.nullable}
    ],
)
def test_a_null_where_none_may_be_stops_no_check(frames: Frames, table: str, column: str) -> None:
    dtype = frames[table].schema[column]
    violations = check({**frames, table: frames[table].with_columns(pl.lit(None, dtype).alias(column))})
    assert (table, "null") in {(violation.table, violation.value) for violation in violations}


def test_a_key_that_comes_twice_is_told(frames: Frames) -> None:
    doubled = {**frames, "actors": pl.concat([frames["actors"], frames["actors"]])}
    (first, second) = check(doubled)
    assert (first.table, first.column, first.row) == ("actors", "actor_id", "actor_id=odile-ferrand")
    assert first == second


def test_a_segment_outside_of_its_quote_is_told(frames: Frames) -> None:
    moved = frames["quote_segments"].with_columns(quote_id=pl.col("quote_id").replace("q3", "q2"))
    violations = check({**frames, "quote_segments": moved})
    assert {(violation.table, violation.column, violation.row) for violation in violations} >= {
        ("quote_segments", "start", "quote_id=q2, segment=0"),
        ("quotes", "quote_id", "quote_id=q3"),
    }


@pytest.mark.parametrize(
    ("change", "column"), [(pl.all().exclude("form"), "form"), (pl.col("start").cast(pl.Int64), "start")]
)
def test_a_table_of_another_shape_is_told(frames: Frames, change: pl.Expr, column: str) -> None:
    mentions = frames["mentions"]
    changed = mentions.select(change) if column == "form" else mentions.with_columns(change)
    violations = check({**frames, "mentions": changed})
    assert violations
    assert {violation.table for violation in violations} == {"mentions"}
    assert column in str(violations[0])


def test_a_missing_table_is_told(frames: Frames) -> None:
    (violation,) = check({table: frame for table, frame in frames.items() if table != "places"})
    assert str(violation) == "places.* = null: the table is missing"


def test_many_breaches_of_one_check_are_told_in_short(frames: Frames) -> None:
    many = pl.concat([frames["mentions"].with_columns(mention_id=pl.lit(f"m{n}"), text=pl.lit("x")) for n in range(50)])
    quotes = frames["quotes"].with_columns(speaker_mention_id=pl.lit(None, pl.String))
    violations = check({**frames, "mentions": many, "quotes": quotes})
    assert len(violations) == 21
    assert violations[-1].message == "is not articles.text[start:end] (30 more rows)"


def test_the_failure_lists_the_breaches_and_crosses_processes(frames: Frames) -> None:
    with pytest.raises(CheckFailedError) as failure:
        require(with_value(frames, "quotes", "q1", "kind", "indirect"))
    again = pickle.loads(pickle.dumps(failure.value))  # noqa: S301  (our own bytes)
    assert str(again) == str(failure.value)
    assert "quotes.kind [quote_id=q1] = 'indirect': does not agree with the quotation marks" in str(again)
