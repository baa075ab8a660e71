"""What two published datasets differ in: rows added, removed and changed, found by key and content in DuckDB.

It reads the files, not what a build thinks that it did. A dataset of an older version may lack tables and columns: a table that
is missing has no row, and only columns that both have, of one type, are compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from iraqtalks.contract import arrow_schema, identifier, key
from iraqtalks.database import as_pattern, table_files
from iraqtalks.errors import DatasetError
from iraqtalks.tables import TABLES
from iraqtalks.terminal import printable


@dataclass(frozen=True, slots=True)
class TableDiff:
    """The keys of a table's rows that were added, removed and changed, in order; of the changed, the columns that differ."""

    key: tuple[str, ...]
    added: tuple[tuple[Any, ...], ...]
    removed: tuple[tuple[Any, ...], ...]
    changed: Mapping[tuple[Any, ...], tuple[str, ...]]

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.added or self.removed or self.changed)

    def to_dict(self) -> dict[str, Any]:
        """Return the difference for JSON; a row is told by its key, as a mapping."""
        return {
            "added": [self._named(row) for row in self.added],
            "removed": [self._named(row) for row in self.removed],
            "changed": [{"key": self._named(row), "columns": list(names)} for row, names in self.changed.items()],
        }

    def _named(self, row: Sequence[Any]) -> dict[str, Any]:
        return dict(zip(self.key, row, strict=True))


def diff(old: Path, new: Path, *, tables: Iterable[str] = TABLES) -> dict[str, TableDiff]:
    """Return what differs between the datasets in two folders, by table: every table of the contract, or those asked for.

    Raises DatasetError where a folder holds no dataset or a file cannot be read.
    """
    for folder in (old, new):
        if not any(table_files(folder, table) for table in TABLES):
            raise DatasetError(f"{folder} holds no dataset")
    try:
        return {table: _diff(table, old, new) for table in tables}
    except duckdb.Error as error:
        raise DatasetError(f"{old} and {new} cannot be compared: {error}") from error


def _diff(table: str, old: Path, new: Path) -> TableDiff:
    keys = ", ".join(map(identifier, key(table)))
    with duckdb.connect() as connection:
        sides = [_open(connection, name, table, folder) for name, folder in (("old", old), ("new", new))]
        added, removed = (
            connection.execute(f"SELECT {keys} FROM {one} ANTI JOIN {other} USING ({keys}) ORDER BY ALL").fetchall()  # noqa: S608
            for one, other in (("new", "old"), ("old", "new"))
        )
        compared = [name for name, type_ in sides[1].items() if sides[0].get(name) == type_ and name not in key(table)]
        return TableDiff(key(table), tuple(added), tuple(removed), _changed(connection, keys, compared))


def _open(connection: duckdb.DuckDBPyConnection, name: str, table: str, folder: Path) -> dict[str, str]:
    """Make a view of a dataset's table and return the types of its columns by their names."""
    files = [as_pattern(path) for path in table_files(folder, table)]
    relation = connection.read_parquet(files) if files else connection.from_arrow(arrow_schema(table).empty_table())
    relation.create_view(name)
    return dict(zip(relation.columns, map(str, relation.types), strict=True))


def _changed(
    connection: duckdb.DuckDBPyConnection, keys: str, compared: Sequence[str]
) -> dict[tuple[Any, ...], tuple[str, ...]]:
    """Return the rows that are in both but differ, by key: the names of the columns in which they do."""
    if not compared:
        return {}
    differ = [f"old.{name} IS DISTINCT FROM new.{name}" for name in map(identifier, compared)]
    rows = connection.execute(
        f"SELECT {keys}, {', '.join(differ)} FROM old JOIN new USING ({keys}) WHERE {' OR '.join(differ)} ORDER BY ALL"  # noqa: S608
    ).fetchall()
    width = len(rows[0]) - len(compared) if rows else 0
    return {
        row[:width]: tuple(name for name, differs in zip(compared, row[width:], strict=True) if differs) for row in rows
    }


def summary(differences: Mapping[str, TableDiff], most: int = 20) -> list[str]:
    """Return the differences as lines for people, at most `most` rows of a kind one by one."""
    lines: list[str] = []
    for table, found in differences.items():
        if found:
            counts = {"added": len(found.added), "removed": len(found.removed), "changed": len(found.changed)}
            lines.append(f"{table}: {', '.join(f'{count:,} {kind}' for kind, count in counts.items() if count)}")
            lines += _listed("+", [_text(row) for row in found.added], most)
            lines += _listed("-", [_text(row) for row in found.removed], most)
            lines += _listed("~", [f"{_text(row)}: {', '.join(names)}" for row, names in found.changed.items()], most)
    return lines or ["The datasets do not differ"]


def _text(row: Sequence[Any]) -> str:
    return printable(" · ".join(map(str, row)))


def _listed(sign: str, rows: Sequence[str], most: int) -> list[str]:
    rest = [f"  {sign} … and {len(rows) - most:,} more (--json lists all)"] if len(rows) > most else []
    return [*(f"  {sign} {row}" for row in rows[:most]), *rest]
