"""Corrections of the data, as people write them: YAML that overrides or takes away a row found by its key.

    - table: quotes
      key: {quote_id: q-0123456789abcdef}
      expect: {act: say}          # what is extracted today: where that changes, the build ends and says so
      set: {act: deny}            # or `drop: true`
      reason: "“récuse” denies"
      reported_by: A. Reader

`read_corrections` gives them; `iraqtalks.amend` puts them into the data. docs/decisions/corrections.md says why they are so.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
import yaml

from iraqtalks import contract, edtf
from iraqtalks.errors import CorrectionError
from iraqtalks.tables import TABLES, Dated

_REQUIRED: Final = ("table", "key", "expect", "reason", "reported_by")
_KEYS: Final = (*_REQUIRED, "set", "drop")
_RECORDS: Final = frozenset({"rejects", "corrections"})
"""Tables that tell what happened in the build: not what is so in the world."""
_LINKED: Final = frozenset({("articles", "duplicate_of"), ("event_mentions", "event_id")})
"""Columns that are found anew in each build, from all articles together."""
_FROM_DATE: Final = ("date_start", "date_end", "date_precision")


@dataclass(frozen=True, slots=True)
class Correction:
    """A row's correction: values by column in `key`, `expect` and `set`; `set` is None where the row is taken away."""

    table: str
    key: Mapping[str, Any]
    expect: Mapping[str, Any]
    set: Mapping[str, Any] | None
    reason: str
    reported_by: str
    source: str
    """The file and the number of the entry in it."""

    @property
    def row(self) -> tuple[Any, ...]:
        """The values of the row's key, in the order of the table's key."""
        return tuple(self.key[name] for name in contract.key(self.table))

    @property
    def row_key(self) -> str:
        """The row's key as text."""
        return row_key(self.row)


def row_key(values: Sequence[Any]) -> str:
    """Return a key's values as text: of a key of one column, the value itself."""
    return " · ".join(map(str, values))


def read_corrections(folder: Path) -> list[Correction]:
    """Return the corrections in the folder's `.yml` files, in the order of their names; none where there is no folder.

    Raises CorrectionError with all that is wrong in them, by file and entry.
    """
    found: list[Correction] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.yml")) if folder.is_dir() else ():
        for number, entry in enumerate(_entries(path), start=1):
            try:
                found.append(_correction(entry, f"{path.name} #{number}"))
            except ValueError as fault:
                faults.append(f"{path.name} #{number}: {fault}")
    faults += _twice(found)
    if faults:
        raise CorrectionError("the corrections cannot be used", faults)
    return found


class _Loader(yaml.SafeLoader):
    """Reads dates as text: an EDTF date stays as it is written."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (the base class declares it)
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _entries(path: Path) -> list[Any]:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a safe loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorrectionError("the corrections cannot be used", [f"{path.name}: is not YAML: {error}"]) from error
    if document is None:
        return []
    if not isinstance(document, list):
        raise CorrectionError("the corrections cannot be used", [f"{path.name}: must hold a list of corrections"])
    return document


def _twice(corrections: Sequence[Correction]) -> Iterator[str]:
    seen: dict[tuple[str, tuple[Any, ...]], str] = {}
    for correction in corrections:
        first = seen.setdefault((correction.table, correction.row), correction.source)
        if first != correction.source:
            yield f"{correction.source}: corrects the same row as {first}; make one entry of the two"


def _correction(entry: object, source: str) -> Correction:
    """Return the entry's correction; raises ValueError with what is wrong in it."""
    if not isinstance(entry, dict):
        raise ValueError("must be a mapping with " + ", ".join(_KEYS))  # noqa: TRY004  (a fault of the file)
    if unknown := [str(key) for key in entry if key not in _KEYS]:
        raise ValueError(f"unknown key {', '.join(unknown)}; there are {', '.join(_KEYS)}")
    if missing := [key for key in _REQUIRED if entry.get(key) in (None, "", {})]:
        raise ValueError(f"lacks {', '.join(missing)}")
    table = entry["table"]
    if table not in TABLES or table in _RECORDS:
        raise ValueError(
            f"there is no table {table} to correct; there are {', '.join(sorted(TABLES.keys() - _RECORDS))}"
        )
    reason, reported_by = (_text(entry[name], name) for name in ("reason", "reported_by"))
    key, expect = _values(table, entry["key"], "key"), _values(table, entry["expect"], "expect")
    if set(key) != set(contract.key(table)):
        raise ValueError(f"key must have exactly {', '.join(contract.key(table))}")
    if ("set" in entry) == ("drop" in entry) or entry.get("drop", True) is not True:
        raise ValueError("must have either `set` with the new values or `drop: true`")
    new = _new_values(table, _values(table, entry["set"], "set")) if "set" in entry else None
    if unguarded := [name for name in entry.get("set", ()) if name not in expect]:
        raise ValueError(f"expect must say what is extracted today as {', '.join(unguarded)}")
    return Correction(table, key, expect, new, reason, reported_by, source)


def _new_values(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values to set, with the day columns that follow from a date."""
    for name in values:
        if name in contract.key(table) or (table, name) in _LINKED:
            raise ValueError(f"{name} cannot be set: it follows from other rows")
    if not values:
        raise ValueError("set must give a value")
    if not issubclass(TABLES[table], Dated):
        return values
    if derived := [name for name in _FROM_DATE if name in values]:
        raise ValueError(f"{', '.join(derived)} cannot be set: set date, from which they follow")
    if "date" not in values:
        return values
    if values["date"] is None:
        return {**values, **dict.fromkeys((*_FROM_DATE, "date_basis"))}
    start, end = edtf.bounds(values["date"])
    return {**values, "date_start": start, "date_end": end, "date_precision": edtf.precision(values["date"])}


def _values(table: str, given: object, where: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError(f"{where} must be a mapping of columns to values")  # noqa: TRY004  (a fault of the file)
    columns = {column.name: column for column in contract.columns(table)}
    if unknown := [str(name) for name in given if name not in columns]:
        raise ValueError(f"{where}: {table} has no column {', '.join(unknown)}; it has {', '.join(columns)}")
    return {name: _value(columns[name], value, f"{where}.{name}") for name, value in given.items()}


def _value(column: contract.Column, given: object, where: str) -> Any:  # noqa: ANN401  (a value of the column's type)
    if given is None:
        return None
    value = _READERS[type(column.type)](given, where)
    if column.values is not None and value not in column.values:
        raise ValueError(f"{where} must be one of {', '.join(column.values)}, not {value!r}")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _unlike("a text: put it in quotation marks", value, where)
    return value


def _number(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _unlike("a whole number", value, where)
    return value


def _real(value: object, where: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _unlike("a number", value, where)
    return float(value)


def _truth(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _unlike("true or false", value, where)
    return value


def _day(value: object, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(_text(value, where))
    except ValueError:
        raise _unlike("a day as 2021-07-25", value, where) from None


def _moment(value: object, where: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(_text(value, where))
    except ValueError:
        raise _unlike("a time as 2021-07-25T14:30:00Z", value, where) from None
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)


def _unlike(wanted: str, value: object, where: str) -> ValueError:
    return ValueError(f"{where} must be {wanted}; it is {value!r}")


_READERS: Final[Mapping[type[pl.DataType], Callable[[object, str], Any]]] = {
    pl.String: _text,
    pl.Int32: _number,
    pl.Int64: _number,
    pl.Float64: _real,
    pl.Boolean: _truth,
    pl.Date: _day,
    pl.Datetime: _moment,
}
"""How the value of a column of each type is read."""
