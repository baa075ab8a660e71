"""What follows from the table declarations: Arrow schemas, frames, Frictionless schemas, SQL comments, the dictionary.

`iraqtalks.generate` writes the committed ones, `schemas/*.json` and `docs/data-dictionary.md`, anew.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import polars as pl
import pyarrow as pa

from iraqtalks.tables import TABLES

TITLE: Final = (
    "IraqTalks: who said what, who did what and who stands where in the talks between Iraq and the United States"
)
LICENCES: Final = (
    {
        "name": "CC-BY-4.0",
        "title": "Creative Commons Attribution 4.0 (the annotations; article texts stay their publishers')",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    },
)

_FRICTIONLESS_TYPES: Final[dict[type[pl.DataType], str]] = {
    pl.String: "string",
    pl.Int32: "integer",
    pl.Int64: "integer",
    pl.Float64: "number",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Datetime: "datetime",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is published.

    `references` is (table, column); `values` closes the vocabulary; `minimum` and `maximum` are inclusive.
    """

    name: str
    type: pl.DataType
    description: str
    nullable: bool
    references: tuple[str, str] | None
    values: tuple[str, ...] | None
    pattern: str | None
    minimum: float | None
    maximum: float | None


def key(table: str) -> tuple[str, ...]:
    """Return the columns that tell the table's rows apart."""
    return tuple(TABLES[table].to_schema().unique or ())


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the table's columns in published order: the key first, then as declared."""
    declared = TABLES[table].to_schema().columns
    names = [*key(table), *(name for name in declared if name not in key(table))]
    return tuple(_column(name, declared[name]) for name in names)


def _column(name: str, declared: Any) -> Column:  # noqa: ANN401  (Pandera's columns have no public type for every backend)
    facts = declared.metadata
    target = facts["references"]
    dtype = declared.dtype.type
    return Column(
        name=name,
        type=dtype() if isinstance(dtype, type) else dtype,
        description=declared.description,
        nullable=declared.nullable,
        references=None if target is None else (target.split(".")[0], target.split(".")[1]),
        values=facts["values"],
        pattern=facts["pattern"],
        minimum=facts["minimum"],
        maximum=facts["maximum"],
    )


def description(table: str) -> str:
    """Return what one row of the table is."""
    return " ".join((TABLES[table].__doc__ or "").split())


def frame(table: str, rows: Iterable[Mapping[str, object]] = ()) -> pl.DataFrame:
    """Return the rows as a frame with the table's columns, in published order and of the declared types.

    A column that a row lacks is null in it. Raises ValueError for a column that the table lacks, polars' ComputeError
    for a value of another type.
    """
    listed = list(rows)
    schema = {column.name: column.type for column in columns(table)}
    for row in listed:
        if not row.keys() <= schema.keys():
            raise ValueError(f"{table} has no column {', '.join(sorted(row.keys() - schema.keys()))}")
    return pl.DataFrame(listed, schema=schema, strict=True)


@cache
def arrow_schema(table: str) -> pa.Schema:
    """Return the table's Arrow schema, with nullability and with the descriptions of table and columns as metadata."""
    plain = frame(table).to_arrow().schema
    fields = [
        pa.field(
            column.name,
            plain.field(column.name).type,
            nullable=column.nullable,
            metadata={"description": column.description},
        )
        for column in columns(table)
    ]
    return pa.schema(fields, metadata={"name": table, "description": description(table)})


def table_schema(table: str) -> dict[str, Any]:
    """Return the table's Frictionless Table Schema."""
    schema: dict[str, Any] = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": table,
        "description": description(table),
        "fields": [_frictionless_field(column) for column in columns(table)],
        "missingValues": [],
        "primaryKey": list(key(table)),
    }
    foreign = [
        {
            "fields": [column.name],
            # The standard's name for the resource itself is the empty string.
            "reference": {
                "resource": "" if column.references[0] == table else column.references[0],
                "fields": [column.references[1]],
            },
        }
        for column in columns(table)
        if column.references is not None
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _frictionless_field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.nullable}
    if column.values is not None:
        constraints["enum"] = list(column.values)
    if column.pattern is not None:
        constraints["pattern"] = column.pattern
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    field = {
        "name": column.name,
        "type": _FRICTIONLESS_TYPES[type(column.type)],
        "description": column.description,
        "constraints": constraints,
    }
    if column.nullable and column.type.is_numeric():
        # Readers that go through pandas, frictionless among them, see a number that is null as NaN.
        field["missingValues"] = ["nan"]
    return field


def data_package(hashes: Mapping[str, str] | None = None, views: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the Frictionless description of a published folder.

    `hashes` gives the SHA-256 of the files by table or view, `views` what each view shows that has a file.
    """
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/data-package.json",
        "name": "iraqtalks",
        "title": TITLE,
        "version": version("iraqtalks"),
        "licenses": [dict(licence) for licence in LICENCES],
        "resources": [
            *(_resource(table, description(table), hashes) | {"schema": table_schema(table)} for table in TABLES),
            *(_resource(view, shown, hashes) for view, shown in (views or {}).items()),
        ],
    }


def _resource(name: str, meaning: str, hashes: Mapping[str, str] | None) -> dict[str, Any]:
    return {
        "name": name,
        "description": meaning,
        "path": f"{name}.parquet",
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **({} if hashes is None else {"hash": f"sha256:{hashes[name]}"}),
    }


def literal(text: str) -> str:
    """Return the text as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return the name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def comments_sql(relation: str = "VIEW") -> str:
    """Return SQL that comments every table and column; `relation` says what the tables are: VIEW or TABLE."""
    statements: list[str] = []
    for table in TABLES:
        statements.append(f"COMMENT ON {relation} {identifier(table)} IS {literal(description(table))};")
        statements.extend(
            f"COMMENT ON COLUMN {identifier(table)}.{identifier(column.name)} IS {literal(column.description)};"
            for column in columns(table)
        )
    return "\n".join(statements) + "\n"


def dictionary_md() -> str:
    """Return the data dictionary as Markdown."""
    parts = [
        "# Data dictionary",
        "",
        "Written by `make generated` from the table declarations in `src/iraqtalks/tables.py`; do not edit.",
        "",
        "Positions are half-open ranges of Unicode code points, counted from 0, into `articles.text`:"
        ' `text[start:end]` in Python, `substr(text, start + 1, "end" - start)` in DuckDB.'
        " Dates are EDTF (ISO 8601-2). Unknown is null.",
        "",
        *(f"- [`{table}`](#{table}): {description(table)}" for table in TABLES),
    ]
    for table in TABLES:
        parts += ["", *_dictionary_section(table)]
    return "\n".join(parts) + "\n"


def _dictionary_section(table: str) -> Sequence[str]:
    return [
        f"## {table}",
        "",
        description(table),
        "",
        f"Key: {', '.join(f'`{name}`' for name in key(table))}",
        "",
        "| column | type | null | meaning | constraint |",
        "|---|---|---|---|---|",
        *(
            f"| `{column.name}` | {_type_name(table, column)} | {'yes' if column.nullable else 'no'}"
            f" | {_cell(column.description)} | {_cell(_constraint(column))} |"
            for column in columns(table)
        ),
    ]


def _type_name(table: str, column: Column) -> str:
    return str(arrow_schema(table).field(column.name).type).removeprefix("large_")


def _constraint(column: Column) -> str:
    facts: list[str] = []
    if column.references is not None:
        table, name = column.references
        facts.append(f"refers to [`{table}.{name}`](#{table})")
    if column.values is not None:
        facts.append(", ".join(f"`{value}`" for value in column.values))
    if column.pattern is not None:
        facts.append(f"matches `{column.pattern}`")
    if column.minimum is not None:
        facts.append(f"at least {column.minimum:g}")
    if column.maximum is not None:
        facts.append(f"at most {column.maximum:g}")
    return "; ".join(facts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def generated() -> dict[str, str]:
    """Return the committed files that are made from the declarations: their content by path from the checkout's top."""
    schemas = {f"schemas/{table}.json": dump(table_schema(table)) for table in TABLES}
    return {**schemas, "docs/data-dictionary.md": dictionary_md()}


def dump(document: Mapping[str, Any]) -> str:
    """Return the document as JSON for people: indented, ending with a newline."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
