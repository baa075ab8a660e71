"""What is derived from the table declarations, and that the committed files are what follows from them today."""

import datetime as dt
import json
from pathlib import Path

import duckdb
import polars as pl
import pytest
from frictionless import Package, Schema
from hypothesis import given, settings
from hypothesis import strategies as st

from iraqtalks import contract
from iraqtalks.tables import TABLES

TOP = Path(__file__).parent.parent


def test_there_is_no_schema_of_a_table_that_is_no_more() -> None:
    assert {path.stem for path in TOP.glob("schemas/*.json")} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_key_that_comes_first_and_is_never_null(table: str) -> None:
    key = contract.key(table)
    assert key
    columns = contract.columns(table)
    assert tuple(column.name for column in columns[: len(key)]) == key
    assert not any(column.nullable for column in columns[: len(key)])


@pytest.mark.parametrize("table", TABLES)
def test_every_reference_names_the_key_of_its_table(table: str) -> None:
    for column in contract.columns(table):
        if column.references is not None:
            target, name = column.references
            assert contract.key(target) == (name,)


@pytest.mark.parametrize("table", TABLES)
def test_the_arrow_schema_tells_types_nulls_and_meanings(table: str) -> None:
    schema = contract.arrow_schema(table)
    assert schema.metadata[b"description"].decode() == contract.description(table)
    for field, column in zip(schema, contract.columns(table), strict=True):
        assert (field.name, field.nullable) == (column.name, column.nullable)
        assert field.metadata[b"description"].decode() == column.description
        assert column.description


@pytest.mark.parametrize("table", TABLES)
def test_frictionless_accepts_the_table_schema(table: str) -> None:
    schema = Schema.from_descriptor(contract.table_schema(table))
    assert schema.field_names == [column.name for column in contract.columns(table)]
    assert tuple(schema.primary_key) == contract.key(table)


def test_frictionless_accepts_the_package() -> None:
    package = Package.from_descriptor(json.loads(contract.dump(contract.data_package())))
    assert package.resource_names == list(TABLES)


def test_a_frame_has_the_declared_types_and_nulls_where_a_row_says_nothing() -> None:
    eastern = dt.timezone(dt.timedelta(hours=3))
    frame = contract.frame(
        "articles", [{"article_id": "a", "retrieved_at": dt.datetime(2019, 5, 4, 3, tzinfo=eastern)}]
    )
    assert frame["retrieved_at"].to_list() == [dt.datetime(2019, 5, 4, tzinfo=dt.UTC)]
    assert frame["title"].to_list() == [None]
    assert frame.schema == contract.frame("articles").schema


def test_a_frame_refuses_a_column_that_the_table_lacks() -> None:
    with pytest.raises(ValueError, match="blocks has no column kynd"):
        contract.frame("blocks", [{"kynd": "body"}])


@pytest.mark.parametrize("start", ["zero", 2**40])
def test_a_frame_refuses_a_value_of_another_type(start: object) -> None:
    with pytest.raises(pl.exceptions.ComputeError):
        contract.frame("blocks", [{"start": start}])


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_text_comes_through_sql_as_it_is(text: str) -> None:
    with duckdb.connect() as connection:
        row = connection.execute(f"SELECT {contract.literal(text)} AS {contract.identifier('end')}").fetchone()
    assert row == (text,)


def test_the_comments_stand_on_every_table_and_column() -> None:
    with duckdb.connect() as connection:
        for table in TABLES:
            columns = ", ".join(f"NULL AS {contract.identifier(column.name)}" for column in contract.columns(table))
            connection.execute(f"CREATE VIEW {contract.identifier(table)} AS SELECT {columns}")
        connection.execute(contract.comments_sql("VIEW"))
        on_tables = dict(connection.sql("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
        on_columns = connection.sql(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    assert on_tables == {table: contract.description(table) for table in TABLES}
    assert {(table, name): comment for table, name, comment in on_columns} == {
        (table, column.name): column.description for table in TABLES for column in contract.columns(table)
    }


def test_the_dictionary_has_a_line_for_every_column() -> None:
    lines = contract.dictionary_md().splitlines()
    for table in TABLES:
        section = lines[lines.index(f"## {table}") :]
        for column in contract.columns(table):
            assert any(
                line.startswith(f"| `{column.name}` |") and line.count("|") - line.count("\\|") == 6 for line in section
            )
