"""Whether what is built on one release still works on the next: tables and columns may be added, not taken away or retyped.

It goes by what was published: the Parquet files' own schemas and the keys in `datapackage.json`, not by what the code declares.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from iraqtalks.database import table_files
from iraqtalks.errors import ReleaseError
from iraqtalks.release.edition import Version


@dataclass(frozen=True, slots=True)
class Published:
    """What a release's folder holds: its version and, by table or view, the columns (name: type), the key and the number of rows.

    A view has no key of its own: ().
    """

    folder: Path
    version: Version
    columns: Mapping[str, Mapping[str, str]]
    keys: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, int]


def read_published(folder: Path) -> Published:
    """Return what a release's folder holds; raises ReleaseError where it holds none, or a damaged one."""
    path = folder / "datapackage.json"
    if not path.is_file():
        raise ReleaseError(f"{folder} holds no release; give the unpacked folder of one")
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        keys = {resource["name"]: _key(resource) for resource in package["resources"]}
        parts = {table: [pq.read_metadata(path) for path in table_files(folder, table)] for table in keys}
        columns = {table: _columns(found[0].schema.to_arrow_schema()) for table, found in parts.items()}
        rows = {table: sum(part.num_rows for part in found) for table, found in parts.items()}
        return Published(folder, Version.read(package["version"]), columns, keys, rows)
    except (OSError, ValueError, LookupError, TypeError, pa.ArrowException) as error:
        raise ReleaseError(f"the release in {folder} is damaged: {error}") from error


def _columns(schema: pa.Schema) -> dict[str, str]:
    return {field.name: str(field.type) for field in schema}


def _key(resource: Mapping[str, Any]) -> tuple[str, ...]:
    key = resource.get("schema", {}).get("primaryKey", ())
    return (key,) if isinstance(key, str) else tuple(key)


def require_compatible(old: Published, new: Published) -> None:
    """Raise ReleaseError where the new release breaks the old one without being of a new major version, that is of a later year."""
    found = list(breaches(old, new))
    if found and new.version.year == old.version.year:
        raise ReleaseError(
            f"{new.version} would break what is built on {old.version}: {'; '.join(found)}."
            f" That needs a new major version, which is the year: the first of {old.version.year + 1}"
        )


def breaches(old: Published, new: Published) -> Iterator[str]:
    """Yield what of the old release the new one no longer has."""
    for table, columns in old.columns.items():
        if table not in new.columns:
            yield f"the table {table} is gone"
            continue
        for name, type_ in columns.items():
            now = new.columns[table].get(name)
            if now is None:
                yield f"{table}.{name} is gone"
            elif now != type_:
                yield f"{table}.{name} is {now}, was {type_}"
        if old.keys[table] != new.keys[table]:
            yield f"the key of {table} is {', '.join(new.keys[table])}, was {', '.join(old.keys[table])}"


def comparable(old: Published, new: Published) -> list[str]:
    """Return the tables whose rows can be told apart by the same key in both."""
    return [
        table
        for table, key in new.keys.items()
        if key
        and old.keys.get(table) == key
        and all(old.columns[table].get(name) == new.columns[table].get(name) for name in key)
    ]


def additions(old: Published, new: Published) -> Iterator[str]:
    """Yield the tables and columns that the old release did not have, as names."""
    for table, columns in new.columns.items():
        if table not in old.columns:
            yield table
        else:
            yield from (f"{table}.{name}" for name in columns if name not in old.columns[table])
