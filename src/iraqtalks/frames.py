"""The tables of a dataset as frames, read one at a time: what a build needs of memory is its largest table, not all of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from iraqtalks.tables import TABLES

Frames = Mapping[str, pl.DataFrame]
"""Frames by the names of their tables."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadFrames(Mapping[str, pl.DataFrame]):
    """Every table of the dataset, read by `read` each time that it is asked for and not held."""

    read: Callable[[str], pl.DataFrame]

    def __getitem__(self, table: str) -> pl.DataFrame:
        """Return the table's rows."""
        if table not in TABLES:
            raise KeyError(table)
        return self.read(table)

    def __contains__(self, table: object) -> bool:
        """Whether there is such a table, without reading it."""
        return table in TABLES

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the tables in their order."""
        return iter(TABLES)

    def __len__(self) -> int:
        """Return the number of tables."""
        return len(TABLES)


def with_frames(frames: Frames, changed: Mapping[str, pl.DataFrame]) -> ReadFrames:
    """Return the frames with those of `changed` in their place, also where a table is put into `changed` later."""
    return ReadFrames(lambda table: changed[table] if table in changed else frames[table])
