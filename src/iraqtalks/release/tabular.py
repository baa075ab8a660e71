"""The tables as CSV, for spreadsheets, with a Frictionless description of their own.

Cells of text that a spreadsheet could take for a formula have an apostrophe before them (`iraqtalks.spreadsheet`); numbers,
dates and truth values are written as they are. An empty cell is null.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from iraqtalks import contract
from iraqtalks.frames import Frames
from iraqtalks.spreadsheet import FORMULA
from iraqtalks.store import sha256
from iraqtalks.tables import TABLES

FOLDER: Final = "csv"
"""Where the files stand in a release."""


def write_csv(frames: Frames, release: Path) -> None:
    """Write every table as CSV, and their description, which is that of the Parquet files in the folder `release`, beside these."""
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    folder = release / FOLDER
    folder.mkdir()
    for table in TABLES:
        path = folder / f"{table}.csv"
        # The byte order mark tells Excel that it is UTF-8.
        guarded(frames[table]).write_csv(path, include_bom=True, datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ")
    described = {
        **package,
        "name": f"{package['name']}-csv",
        "resources": [_resource(resource, folder) for resource in package["resources"] if "schema" in resource],
    }
    (folder / "datapackage.json").write_text(contract.dump(described), encoding="utf-8", newline="\n")


def guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with no text in it that begins a formula."""
    return frame.with_columns(pl.col(pl.String).str.replace(FORMULA, "'$0"))


def _resource(resource: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    path = f"{resource['name']}.csv"
    schema = dict(resource["schema"])
    schema["missingValues"] = [""]
    schema["fields"] = [
        {name: value for name, value in field.items() if name != "missingValues"} for field in schema["fields"]
    ]
    return {
        **resource,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{sha256(folder / path)}",
        "schema": schema,
    }
