"""What holds for every row of every table: each table's own declaration, and what binds tables to one another.

`check` tells every breach by table, column, row and value. A dataset with one is not published.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from pandera.errors import SchemaErrors

from iraqtalks import contract, edtf
from iraqtalks.errors import IraqTalksError
from iraqtalks.frames import Frames
from iraqtalks.quotation import agrees, read_marks
from iraqtalks.tables import TABLES

_MOST_PER_CHECK: Final = 20
"""The most rows told one by one of those that break the same check: enough to find the cause."""
_WHERE: Final = ("article_id", "start", "end", "text")
_DATE_COLUMNS: Final = ("date_start", "date_end", "date_precision", "date_basis")
_OTHER_DATES: Final = (("quotes", "spoken_on"), ("actor_roles", "valid_from"), ("actor_roles", "valid_to"))
"""Columns of EDTF that have no day columns beside them."""
_RANGES: Final = (("quotes", "cue_start", "cue_end"), ("positions", "condition_start", "condition_end"))
"""Ranges of positions beside start and end."""
_WORDS_OF_ACTORS: Final = (
    ("quotes", "speaker_mention_id", "speaker_id"),
    ("event_participants", "mention_id", "actor_id"),
)


@dataclass(frozen=True, slots=True)
class Violation:
    """A value that breaks a check; `row` is its key, or empty where the column as a whole is at fault.

    `owners` are the articles, or event mentions of articles, that the row belongs to, or all rows told in short: column and id.
    """

    table: str
    column: str
    row: str
    value: str
    message: str
    owners: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the violation as one line."""
        row = f" [{self.row}]" if self.row else ""
        return f"{self.table}.{self.column}{row} = {self.value}: {self.message}"


class CheckFailedError(IraqTalksError):
    """A dataset breaks its contract; nothing of it has been published."""

    def __init__(self, violations: list[Violation]) -> None:
        lines = [
            f"{len(violations)} values break the dataset's contract; nothing has been published:",
            *map(str, violations),
        ]
        super().__init__("\n  ".join(lines))
        self.violations = violations

    def __reduce__(self) -> tuple[type["CheckFailedError"], tuple[list[Violation]]]:
        """Rebuild the error from its violations where it crosses a process boundary."""
        return type(self), (self.violations,)


def require(frames: Frames) -> None:
    """Raise CheckFailedError with all violations in the frames, if there are any."""
    violations = check(frames)
    if violations:
        raise CheckFailedError(violations)


def check(frames: Frames) -> list[Violation]:
    """Return what breaks the contract in a dataset's frames, by table; empty for a sound dataset.

    Tables are checked one by one first; where a column is missing or of another type, what binds tables is not checked.
    """
    declared = [violation for table in TABLES for violation in _declared(table, frames)]
    if any(violation.row == "" for violation in declared):
        return declared
    across = (_references, _named, _slices, _ranges, _dates, _quotes)
    return [*declared, *(violation for checks in across for violation in checks(frames))]


def _declared(table: str, frames: Frames) -> Iterator[Violation]:
    """Check types, nulls, vocabularies, bounds, patterns and the key of one table, as declared."""
    if table not in frames:
        yield Violation(table, "*", "", "null", "the table is missing")
        return
    frame = frames[table]
    try:
        TABLES[table].validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
        for (column, name), group in cases.group_by(["column", "check"], maintain_order=True):
            yield from _told(table, frame, str(column), _meaning(str(name)), group)


def _told(table: str, frame: pl.DataFrame, column: str, message: str, cases: pl.DataFrame) -> Iterator[Violation]:
    for case in cases.head(_MOST_PER_CHECK).iter_rows(named=True):
        if case["index"] is None:
            yield Violation(table, column if column in frame.columns else "*", "", case["failure_case"], message)
        else:
            row = frame.row(case["index"], named=True)
            name, value = (column, row[column]) if column in row else (_key_name(table), _key_text(table, row))
            yield Violation(table, name, _key_text(table, row), _shown(value), message, _owners(frame[[case["index"]]]))
    yield from _rest(table, column, message, frame[cases["index"].slice(_MOST_PER_CHECK).drop_nulls()])


def _rest(table: str, column: str, message: str, rest: pl.DataFrame) -> Iterator[Violation]:
    if not rest.is_empty():
        yield Violation(table, column, "…", "…", f"{message} ({rest.height:,} more rows)", _owners(rest))


def _meaning(name: str) -> str:
    """Return what one of Pandera's checks means to a reader."""
    known = {
        "multiple_fields_uniqueness": "the key is not unique",
        "not_nullable": "must not be null",
        "column_in_schema": "the table has no such column",
        "column_in_dataframe": "the column is missing",
    }
    return known.get(name, f"must satisfy {name}")


def _broken(table: str, column: str, message: str, bad: pl.DataFrame) -> Iterator[Violation]:
    """Tell the rows of `bad`, which has the table's key and `column`."""
    for number, row in enumerate(bad.head(_MOST_PER_CHECK).iter_rows(named=True)):
        yield Violation(table, column, _key_text(table, row), _shown(row[column]), message, _owners(bad[[number]]))
    yield from _rest(table, column, message, bad.slice(_MOST_PER_CHECK))


def _key_name(table: str) -> str:
    return ", ".join(contract.key(table))


def _key_text(table: str, row: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={row[name]}" for name in contract.key(table))


def _owners(rows: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return what the rows belong to: the articles where they name them, else the event mentions."""
    column = next((name for name in ("article_id", "event_mention_id") if name in rows.columns), None)
    return () if column is None else tuple((column, owner) for owner in rows[column].drop_nulls().unique().sort())


def _shown(value: object, most: int = 120) -> str:
    text = "null" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= most else f"{text[:most]}…"


def _references(frames: Frames) -> Iterator[Violation]:
    """Check that what a column refers to is there."""
    ids: dict[tuple[str, str], pl.Series] = {}
    for table in TABLES:
        frame = frames[table]
        for column in contract.columns(table):
            if column.references is None:
                continue
            target, name = column.references
            if column.references not in ids:
                ids[column.references] = frames[target][name]
            known = ids[column.references].alias(column.name).to_frame()
            bad = frame.drop_nulls(column.name).join(known, on=column.name, how="anti", maintain_order="left")
            yield from _broken(table, column.name, f"is not in {target}.{name}", bad)


def _named(frames: Frames) -> Iterator[Violation]:
    """Check that the words given for an actor are a mention of that actor."""
    for table, mention, actor in _WORDS_OF_ACTORS:
        named = frames["mentions"].select(pl.col("mention_id").alias(mention), named="actor_id")
        told = frames[table].join(named, on=mention, how="inner", maintain_order="left")
        bad = told.filter(pl.col("named").ne_missing(pl.col(actor)))
        yield from _broken(table, mention, f"is a mention of another actor than {actor}", bad)


def _with_article_text(frame: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """Add the text of each row's article as `article_text`; leave out rows of no article: `_references` tells them."""
    texts = frames["articles"].select("article_id", article_text="text")
    return frame.join(texts, on="article_id", how="inner", maintain_order="left")


def _slices(frames: Frames) -> Iterator[Violation]:
    """Check that a row's text is the slice of its article at its positions, and that it has all of them or none."""
    for table in TABLES:
        names = {column.name for column in contract.columns(table)}
        if not names.issuperset(_WHERE):
            continue
        frame = frames[table]
        nulls = pl.sum_horizontal(pl.col(name).is_null() for name in _WHERE)
        yield from _broken(
            table,
            "start",
            "article_id, start, end and text must be there together",
            frame.filter(nulls.is_between(1, 3)),
        )
        placed = _with_article_text(frame.filter(nulls == 0), frames)
        length = pl.col("end") - pl.col("start")
        slice_ = pl.col("article_text").str.slice(pl.col("start"), pl.max_horizontal(length, 0))
        # A slice past the end of the article is shorter than its positions say.
        same = (length > 0) & (slice_ == pl.col("text")) & (pl.col("text").str.len_chars() == length)
        yield from _broken(table, "text", "is not articles.text[start:end]", placed.filter(~same))


def _ranges(frames: Frames) -> Iterator[Violation]:
    """Check that further ranges are whole, not empty, and inside their article."""
    for table, start, end in _RANGES:
        frame = frames[table]
        yield from _broken(
            table,
            start,
            f"must be there together with {end}",
            frame.filter(pl.col(start).is_null() != pl.col(end).is_null()),
        )
        placed = _with_article_text(frame.drop_nulls([start, end]), frames)
        inside = (pl.col(start) < pl.col(end)) & (pl.col(end) <= pl.col("article_text").str.len_chars())
        yield from _broken(table, start, f"{start} to {end} is no range of the article", placed.filter(~inside))


def _dates(frames: Frames) -> Iterator[Violation]:
    """Check that dates are EDTF and that the columns beside them say the same."""
    for table, column in _OTHER_DATES:
        expected = _expected_dates(frames[table][column]).filter(pl.col("error").is_not_null())
        bad = frames[table].join(expected.rename({"date": column}), on=column, how="semi", maintain_order="left")
        yield from _broken(table, column, "is not EDTF", bad)
    for table in TABLES:
        if {"date", *_DATE_COLUMNS} <= {column.name for column in contract.columns(table)}:
            yield from _dated(table, frames[table])


def _dated(table: str, frame: pl.DataFrame) -> Iterator[Violation]:
    expected = _expected_dates(frame["date"])
    joined = frame.join(expected, on="date", how="left", suffix="_expected", maintain_order="left")
    yield from _broken(table, "date", "is not EDTF", joined.filter(pl.col("error").is_not_null()))
    sound = joined.filter(pl.col("error").is_null())
    for column in ("date_start", "date_end", "date_precision"):
        bad = sound.filter(pl.col(column).ne_missing(pl.col(f"{column}_expected")))
        yield from _broken(table, column, "does not agree with date", bad)
    bad = sound.filter(pl.col("date_basis").is_null() != pl.col("date").is_null())
    yield from _broken(table, "date_basis", "must be there exactly where date is", bad)


def _expected_dates(dates: pl.Series) -> pl.DataFrame:
    """Return what follows from each different EDTF string: first and last day, precision; or an error."""
    rows = [(value, *_read_date(value)) for value in dates.drop_nulls().unique().sort()]
    schema = {
        "date": pl.String,
        "date_start": pl.Date,
        "date_end": pl.Date,
        "date_precision": pl.String,
        "error": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _read_date(value: str) -> tuple[date | None, date | None, str | None, str | None]:
    try:
        return (*edtf.bounds(value), edtf.precision(value), None)
    except ValueError as error:
        return None, None, None, str(error)


def _quotes(frames: Frames) -> Iterator[Violation]:
    """Check quotes against their segments, and their kind against the quotation marks."""
    quotes, segments = frames["quotes"], frames["quote_segments"].sort("quote_id", "segment")
    joined = segments.join(quotes, on="quote_id", how="inner", suffix="_quote", maintain_order="left")
    inside = (
        (pl.col("article_id") == pl.col("article_id_quote"))
        & (pl.col("start") >= pl.col("start_quote"))
        & (pl.col("end") <= pl.col("end_quote"))
    )
    yield from _broken("quote_segments", "start", "lies outside of its quote", joined.filter(~inside))
    previous = pl.col("end").shift(1).over("quote_id")
    ordered = (pl.col("segment") == pl.int_range(pl.len()).over("quote_id")) & (
        previous.is_null() | (previous <= pl.col("start"))
    )
    yield from _broken(
        "quote_segments", "segment", "is not counted from 0 in the order of the text", segments.filter(~ordered)
    )
    spans = segments.group_by("quote_id").agg(
        pl.col("start").min().alias("first"),
        pl.col("end").max().alias("last"),
        pl.col("text").str.join(" ").alias("joined"),
    )
    whole = quotes.join(spans, on="quote_id", how="left", maintain_order="left")
    yield from _broken("quotes", "quote_id", "has no segment", whole.filter(pl.col("first").is_null()))
    whole = whole.drop_nulls("first")
    spanned = (pl.col("first") == pl.col("start")) & (pl.col("last") == pl.col("end"))
    yield from _broken("quotes", "start", "start and end do not span the segments", whole.filter(~spanned))
    yield from _broken(
        "quotes",
        "content",
        "is not its segments joined by a space",
        whole.filter(pl.col("content") != pl.col("joined")),
    )
    yield from _broken("quotes", "kind", "does not agree with the quotation marks", _wrong_kinds(frames))


def _wrong_kinds(frames: Frames) -> pl.DataFrame:
    """Return the quotes whose kind the quotation marks of their article refute."""
    texts = dict(frames["articles"].select("article_id", "text").drop_nulls().iter_rows())
    placed = frames["quote_segments"].drop_nulls(["start", "end"])
    segments = placed.group_by("quote_id").agg(pl.col("start"), pl.col("end"))
    quotes = frames["quotes"].select("quote_id", "article_id", "kind").join(segments, on="quote_id")
    wrong: list[str] = []
    last, text, marks = "", "", b""
    for quote_id, article_id, kind, starts, ends in quotes.sort("article_id").iter_rows():
        if article_id != last:
            last, text = article_id, texts.get(article_id, "")
            marks = read_marks(text)
        ranges = [(start, min(end, len(text))) for start, end in zip(starts, ends, strict=True)]
        if not agrees(kind, text, ranges, marks):
            wrong.append(quote_id)
    return frames["quotes"].filter(pl.col("quote_id").is_in(wrong))
