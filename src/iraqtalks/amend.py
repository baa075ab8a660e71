"""Puts corrections into the rows of a dataset, and writes down what they changed in the table `corrections`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from iraqtalks import contract
from iraqtalks.corrections import Correction
from iraqtalks.errors import CorrectionError
from iraqtalks.extraction.model import stable_id
from iraqtalks.frames import Frames, ReadFrames, with_frames
from iraqtalks.tables import TABLES

LINKED: Final = frozenset({"actors", "actor_aliases", "events", "talks_rounds", "places"})
"""Tables whose rows are there once all articles are put together."""


@dataclass(frozen=True, slots=True)
class Amended:
    """The frames with the corrections in them, those among them that found a row, and those that did not."""

    frames: ReadFrames
    done: list[Correction]
    left: list[Correction]


def amend(frames: Frames, corrections: Iterable[Correction]) -> Amended:
    """Return the frames with all corrections whose rows are in them; raises CorrectionError where a guard fails.

    With a row that is taken away go the rows that cannot be without it (a quote's segments); where it was referred to
    and need not be, it no longer is.
    """
    changed: dict[str, pl.DataFrame] = {}
    amended = with_frames(frames, changed)
    done: list[Correction] = []
    left: list[Correction] = []
    faults: list[str] = []
    for correction in corrections:
        frame = amended[correction.table]
        found = frame.filter(_is_row(correction))
        if found.is_empty():
            left.append(correction)
            continue
        faults += _unexpected(correction, found.row(0, named=True))
        if correction.set is None:
            _drop(changed, amended, correction.table, found)
        else:
            changed[correction.table] = _set(frame, correction, correction.set)
        done.append(correction)
    if faults:
        raise CorrectionError("corrections no longer fit what is extracted; look at them again", faults)
    return Amended(amended, done, left)


def refuse_left(left: Sequence[Correction]) -> None:
    """Raise CorrectionError for corrections that found no row."""
    if left:
        faults = [f"{one.source}: there is no row {one.row_key} in {one.table} any more" for one in left]
        raise CorrectionError("corrections no longer fit what is extracted; look at them again", faults)


def told(done: Iterable[Correction]) -> pl.DataFrame:
    """Return the rows of the table `corrections`: one for each value that was set, or row that was taken away."""
    rows = [
        {
            "correction_id": stable_id("c", correction.table, correction.row_key, column),
            "table_name": correction.table,
            "row_key": correction.row_key,
            "column_name": column,
            "extracted": _shown(correction.expect.get(column)) if column else None,
            "corrected": _shown((correction.set or {}).get(column)) if column else None,
            "reason": correction.reason,
            "reported_by": correction.reported_by,
        }
        for correction in done
        for column in ((None,) if correction.set is None else correction.set)
        if column is None or column in correction.expect
    ]
    return contract.frame("corrections", rows)


def _shown(value: Any) -> str | None:  # noqa: ANN401  (a value of any column)
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _is_row(correction: Correction) -> pl.Expr:
    return pl.all_horizontal(pl.col(name) == value for name, value in correction.key.items())


def _unexpected(correction: Correction, row: Mapping[str, Any]) -> list[str]:
    return [
        f"{correction.source}: {correction.table}.{name} of {correction.row_key} is {row[name]!r} now, not {value!r}"
        for name, value in correction.expect.items()
        if row[name] != value
    ]


def _set(frame: pl.DataFrame, correction: Correction, values: Mapping[str, Any]) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(_is_row(correction)).then(pl.lit(value, frame.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in values.items()
    )


def _drop(changed: dict[str, pl.DataFrame], amended: Frames, table: str, gone: pl.DataFrame) -> None:
    """Take rows away, and what refers to them: rows that cannot be without them, else the reference alone."""
    if gone.is_empty():
        return
    changed[table] = amended[table].join(gone, on=contract.key(table), how="anti", maintain_order="left")
    for other in TABLES:
        for column in contract.columns(other):
            if column.references is None or column.references[0] != table:
                continue
            refers = pl.col(column.name).is_in(gone[column.references[1]].implode())
            # A row that comes from a text is nothing without its article, though its column may be empty.
            if column.nullable and column.name != "article_id":
                kept = pl.when(refers).then(None).otherwise(pl.col(column.name)).alias(column.name)
                changed[other] = amended[other].with_columns(kept)
            else:
                _drop(changed, amended, other, amended[other].filter(refers))
