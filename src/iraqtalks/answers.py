"""Rows as a table for people: in the terminal, or record by record where the columns do not fit side by side."""

from typing import Final, Literal

import polars as pl
from rich.table import Table
from rich.text import Text

from iraqtalks.terminal import printable

_LONGEST: Final = 20
"""Longer words than this may be broken to fit a table's columns."""


def answer(rows: pl.DataFrame, width: int) -> Table:
    """Return the rows as a table, or record by record where the columns do not fit the width side by side."""
    cells = [[printable("" if value is None else str(value)) for value in row] for row in rows.rows()]
    names = [printable(name) for name in rows.columns]
    needed = [
        min(_LONGEST, max(len(word) for text in (name, *column) for word in (text.split() or [""])))
        for name, column in zip(names, zip(*cells, strict=True) if cells else [()] * len(names), strict=True)
    ]
    if sum(needed) + 3 * len(needed) + 1 <= width:
        return _table(rows, names, cells, needed)
    return _records(names, cells)


def _table(rows: pl.DataFrame, names: list[str], cells: list[list[str]], needed: list[int]) -> Table:
    table = Table()
    for name, dtype, least in zip(names, rows.dtypes, needed, strict=True):
        justify: Literal["left", "right"] = "right" if dtype.is_numeric() else "left"
        table.add_column(Text(name), justify=justify, min_width=least, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _records(names: list[str], cells: list[list[str]]) -> Table:
    table = Table(show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for row in cells:
        for name, value in zip(names, row, strict=True):
            table.add_row(Text(name), Text(value))
        table.add_section()
    return table
