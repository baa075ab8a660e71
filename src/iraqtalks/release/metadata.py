"""What a release says of itself to programs: Frictionless, Croissant 1.1 and schema.org, from the table declarations."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

import polars as pl
import yaml

from iraqtalks import contract
from iraqtalks.contract import Column
from iraqtalks.release.about import about, bibtex
from iraqtalks.release.coverage import Coverage
from iraqtalks.release.edition import Edition
from iraqtalks.release.files import File
from iraqtalks.tables import TABLES

_CROISSANT: Final = "http://mlcommons.org/croissant/1.1"
_PARQUET: Final = "application/x-parquet"
"""What Croissant's readers know Parquet by; the registered type (`files.MEDIA_TYPES`) they do not."""

_TYPES: Final[dict[type[pl.DataType], str]] = {
    pl.String: "sc:Text",
    pl.Int32: "cr:Int32",
    pl.Int64: "cr:Int64",
    pl.Float64: "cr:Float64",
    pl.Boolean: "sc:Boolean",
    pl.Date: "sc:Date",
    pl.Datetime: "sc:DateTime",
}


def data_package(edition: Edition, dataset: Mapping[str, Any]) -> dict[str, Any]:
    """Return the Frictionless description of a release; `dataset` is that of the dataset in it."""
    told = about()
    return {
        **{name: value for name, value in dataset.items() if name != "resources"},
        "version": str(edition.version),
        "created": f"{edition.date}T00:00:00Z",
        **({} if edition.url is None else {"homepage": edition.url}),
        "description": told["description"],
        "keywords": list(told["keywords"]),
        "contributors": [{"title": told["creator"], "role": "author"}],
        "resources": dataset["resources"],
    }


def croissant(edition: Edition, tables: Iterable[File]) -> dict[str, Any]:
    """Return the description of a release's Parquet files in Croissant 1.1: a record set a table.

    What a column refers to is not said: Croissant's readers would join the tables and leave out the rows whose reference is
    null (`datapackage.json` has the foreign keys).
    """
    context = yaml.safe_load((files(__package__) / "croissant.yml").read_text(encoding="utf-8"))
    return {
        "@context": context,
        "@type": "sc:Dataset",
        **_shared(edition),
        "conformsTo": _CROISSANT,
        "citeAs": bibtex(edition),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file.path,
                "name": file.path,
                "contentUrl": file.path,
                "contentSize": f"{file.size} B",
                "encodingFormat": _PARQUET,
                "sha256": file.sha256,
            }
            for file in tables
        ],
        "recordSet": [_record_set(table) for table in TABLES],
    }


def _record_set(table: str) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": contract.description(table),
        "key": [{"@id": f"{table}/{name}"} for name in contract.key(table)],
        "field": [_field(table, column) for column in contract.columns(table)],
    }


def _field(table: str, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": f"{table}/{column.name}",
        "description": column.description,
        "dataType": _TYPES[type(column.type)],
        "source": {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": column.name}},
    }


def schema_org(edition: Edition, listed: Sequence[File], coverage: Coverage) -> dict[str, Any]:
    """Return the description of a release for search engines, in JSON-LD of schema.org."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_shared(edition),
        "isAccessibleForFree": True,
        "usageInfo": about()["rights"],
        "inLanguage": [row.name for row in coverage.language if row.name is not None],
        **({} if coverage.first is None else {"temporalCoverage": f"{coverage.first}/{coverage.last}"}),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": table, "description": contract.description(table)} for table in TABLES
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.path,
                "contentUrl": file.path,
                "contentSize": f"{file.size} B",
                "encodingFormat": file.media_type,
                "sha256": file.sha256,
            }
            for file in listed
        ],
    }


def _shared(edition: Edition) -> dict[str, Any]:
    """Return what Croissant and schema.org say alike."""
    told = about()
    return {
        "name": told["name"],
        "alternateName": contract.TITLE,
        "description": told["description"],
        "version": str(edition.version),
        "datePublished": edition.date.isoformat(),
        "license": contract.LICENCES[0]["path"],
        "creator": {"@type": "Organization", "name": told["creator"]},
        "keywords": list(told["keywords"]),
        **({} if edition.url is None else {"url": edition.url}),
    }
