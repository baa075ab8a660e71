"""What the fields of somebody else's records are called: a small YAML beside the file, or for the whole folder.

    columns:                  # our key: their column
      text: contenu
      published_on: date_pub
    values:                   # what every record of the file has
      outlet: Courrier de Valbrume
    date_format: "%d/%m/%Y"   # how published_on is written, as in Python's strptime
    records: articles         # the key under which a JSON object holds the list

It is `<stem>.columns.yml` beside the file, else `columns.yml` in its folder or the nearest one around it. With it, columns
that it does not name are no faults.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Final

import yaml

from iraqtalks.ingest.decode import decode
from iraqtalks.ingest.metadata import KEYS
from iraqtalks.ingest.model import RawFile, RawFolder, UnusableError

NAME: Final = "columns.yml"
OURS: Final = ("text", *KEYS)
"""Our names of columns."""
_ENTRIES: Final = ("columns", "values", "date_format", "records")
_MAX_BYTES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Columns:
    """How records are read: `taken` maps our keys to their columns, None where their keys are ours."""

    taken: Mapping[str, str] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    date_format: str | None = None
    records: str | None = None

    def wanted(self, column: str) -> bool:
        """Return whether a column is read."""
        return column in (OURS if self.taken is None else self.taken.values())

    def document(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return the record under our keys, days and times as text."""
        taken = dict(record) if self.taken is None else {key: record.get(name) for key, name in self.taken.items()}
        document = {**self.values, **{key: _plain(value) for key, value in taken.items() if value is not None}}
        written = document.get("published_on")
        if self.date_format is not None and isinstance(written, str):
            document["published_on"] = _reformatted(written.strip(), self.date_format)
        return document


AS_THEY_ARE: Final = Columns()
"""Records whose keys are ours."""


def is_columns(name: str) -> bool:
    """Return whether a file of that name says what columns are called."""
    base = PurePosixPath(name).name
    return base == NAME or base.endswith(f".{NAME}")


def columns_of(file: RawFile, folder: RawFolder) -> Columns:
    """Return what the fields of the file's records are called; raises UnusableError where the YAML cannot be used."""
    plain = PurePosixPath(file.plain)
    places = [plain.with_suffix(f".{NAME}"), *(parent / NAME for parent in plain.parents)]
    found = next((one for place in places if (one := folder.find(str(place))) is not None), None)
    if found is None:
        return AS_THEY_ARE
    try:
        return _parse(decode(found.read(_MAX_BYTES)))
    except UnusableError as fault:
        raise UnusableError("columns", f"{found.name} {fault.detail}") from fault


@cache
def _parse(text: str) -> Columns:
    try:
        entries = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise UnusableError("columns", "is not YAML") from error
    if not isinstance(entries, dict) or not set(entries) <= set(_ENTRIES):
        raise UnusableError("columns", f"must be a mapping with entries among {', '.join(_ENTRIES)}")
    taken, values = entries.get("columns"), entries.get("values") or {}
    if not isinstance(values, dict) or not (taken is None or isinstance(taken, dict)):
        raise UnusableError("columns", "must give `columns` and `values` as mappings")
    unknown = sorted(str(key) for key in {*(taken or {}), *values} - set(OURS))
    if unknown:
        raise UnusableError(
            "columns", f"names keys that are not ours: {', '.join(unknown)}; known are {', '.join(OURS)}"
        )
    named = [*(taken or {}).values(), *(entries[key] for key in ("date_format", "records") if key in entries)]
    if not all(isinstance(name, str) for name in named):
        raise UnusableError("columns", "must give columns, `date_format` and `records` as text")
    return Columns(
        None if taken is None else _whole(taken),
        {key: _plain(value) for key, value in values.items()},
        entries.get("date_format"),
        entries.get("records"),
    )


def _whole(taken: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of all keys: those that are not renamed have our names."""
    return {**{key: key for key in OURS if key not in taken}, **taken}


def _plain(value: object) -> object:
    """Return a day or time as the text that metadata have for it."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _reformatted(written: str, date_format: str) -> str:
    try:
        return dt.datetime.strptime(written, date_format).date().isoformat()
    except ValueError:
        # Told as a fault of the record, in its own words.
        return written
