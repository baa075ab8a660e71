"""What a build gives: rows, how far columns are filled, what was rejected and why."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from iraqtalks import contract
from iraqtalks.tables import TABLES


@dataclass(frozen=True, slots=True)
class Quality:
    """Rows by table, share of values that are there by nullable column, rejects by reason."""

    rows: Mapping[str, int]
    filled: Mapping[tuple[str, str], float]
    rejects: Mapping[str, int]


def assess(frames: Mapping[str, pl.DataFrame]) -> Quality:
    """Return the quality of a dataset's frames, by table."""
    reasons = frames["rejects"].group_by("reason").len().sort("reason")
    return Quality(
        rows={table: frames[table].height for table in TABLES},
        filled={
            (table, column.name): 1 - frames[table][column.name].null_count() / frames[table].height
            for table in TABLES
            for column in contract.columns(table)
            if column.nullable and frames[table].height
        },
        rejects=dict(reasons.iter_rows()),
    )


def report_md(quality: Quality) -> str:
    """Return the quality report as Markdown."""
    lines = ["# Quality report", "", "| table | rows |", "|---|---:|"]
    lines += [f"| {table} | {rows:,} |" for table, rows in quality.rows.items()]
    lines += ["", "## Filled", "", "Columns that may be null, in tables that have rows.", ""]
    lines += ["| column | filled |", "|---|---:|"]
    lines += [f"| {table}.{column} | {share:.1%} |" for (table, column), share in quality.filled.items()]
    lines += ["", "## Rejects", ""]
    if not quality.rejects:
        return "\n".join([*lines, "None.", ""])
    lines += ["| reason | inputs |", "|---|---:|"]
    lines += [f"| {reason} | {count:,} |" for reason, count in quality.rejects.items()]
    return "\n".join([*lines, ""])
