"""The dataset as an analyst reads it: a DuckDB connection with commented tables and views, or a polars frame."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from iraqtalks.contract import columns, comments_sql, identifier, literal
from iraqtalks.errors import DatasetError
from iraqtalks.tables import TABLES
from iraqtalks.views import VIEWS, materialized_sql, view_sql
from iraqtalks.whereabouts import PROCESSED, link_path

Row = Mapping[str, Any]
"""A row by column name."""

Rows = Mapping[str, Sequence[Row]]
"""Rows by table name."""

_ACTOR_COLUMNS: Final = (
    ("mentions", "actor_id"),
    ("quotes", "speaker_id"),
    ("quotes", "said_to_id"),
    ("event_participants", "actor_id"),
    ("positions", "actor_id"),
    ("actor_roles", "actor_id"),
    ("actor_roles", "organization_id"),
)
"""Where an article's rows refer to actors."""


def connect(processed: Path | str | None = None) -> duckdb.DuckDBPyConnection:
    """Return an in-memory DuckDB connection with every table and view of the dataset in the folder, commented.

    A view is read from its file where the folder has one (`iraqtalks.materialize`), else made of the tables.
    Without a folder, `data/processed` below the current one is read. The tables stay on disk and are read as queries
    need them. Raises DatasetError where the folder does not hold a dataset.
    """
    folder = _folder(processed)
    connection = duckdb.connect()
    connection.execute(
        _tables_sql(lambda table: as_pattern(folder) + "/" + _file(table, (folder / table).is_dir()))
        + comments_sql("VIEW")
    )
    for view in VIEWS:
        file = folder / _file(view)
        made = materialized_sql(view, literal(as_pattern(file))) if file.is_file() else view_sql(view)
        connection.execute(made)
    return connection


def read(name: str, processed: Path | str | None = None) -> pl.DataFrame:
    """Return a table or view of the dataset in the folder (`data/processed` where none is given) as a polars frame.

    Raises DatasetError where the folder does not hold a dataset, or the dataset no such table or view.
    """
    if name not in TABLES and name not in VIEWS:
        raise DatasetError(f"there is no table or view {name}; there are {', '.join((*TABLES, *VIEWS))}")
    if name in VIEWS:
        with connect(processed) as connection:
            frame: pl.DataFrame = connection.table(name).pl()
            return frame
    return scan(processed)[name].collect()


def views_sql(fingerprint: str, parts: Collection[str] = (), materialized: Collection[str] = ()) -> str:
    """Return the text of `views.sql`: tables and views for a plain DuckDB shell, the same wherever the dataset is.

    `fingerprint` is the hash of the tables, by which `iraqtalks.whereabouts` knows the dataset; `parts` names the tables that
    are published as a folder of parts, `materialized` the views that have a file of their rows.
    """
    # The published file must not name a place on the machine that made it: it names the Parquet files alone, and
    # DuckDB's own search path says where these are.
    locate = view_sql("locate").replace("{link}", link_path(fingerprint))
    tables = _tables_sql(lambda table: _file(table, table in parts))
    views = (materialized_sql(view, literal(_file(view))) if view in materialized else view_sql(view) for view in VIEWS)
    return "\n".join((locate, tables, comments_sql("VIEW"), *views))


def scan(processed: Path | str | None = None) -> dict[str, pl.LazyFrame]:
    """Return the dataset's tables as lazy frames, by name; raises DatasetError where the folder holds no dataset."""
    folder = _folder(processed)
    return {table: pl.scan_parquet(table_files(folder, table), glob=False) for table in TABLES}


def table_files(folder: Path, table: str) -> list[Path]:
    """Return the files of a table in a dataset's folder: one, or its parts in order; none where the table is missing."""
    whole = folder / f"{table}.parquet"
    return (
        sorted((folder / table).glob("*.parquet")) if (folder / table).is_dir() else [whole] if whole.is_file() else []
    )


def dataset_version(processed: Path | str | None) -> str | None:
    """Return the version that the dataset in the folder says it is of, or None where it does not say."""
    path = Path(PROCESSED if processed is None else processed) / "datapackage.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8")).get("version")
    except (FileNotFoundError, ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def find_article(tables: Mapping[str, pl.LazyFrame], name: str) -> str:
    """Return the id of the article that `name` means: its id or stem or the beginning of one, source key, URL or path.

    Raises DatasetError where no article or more than one goes by that name.
    """
    articles = tables["articles"].select("article_id", "source_key", "url", "raw_path").collect()
    stem = pl.col("raw_path").str.extract(r"([^/]*?)(?:\.[^./]*)?$")
    ways = (
        pl.any_horizontal(pl.all() == name),
        stem == name,
        pl.col("article_id").str.starts_with(name) | stem.str.starts_with(name),
    )
    # A name that is one article's own is not the beginning of another's.
    found = next((found for way in ways if (found := articles.filter(way)).height), articles.clear())
    if found.height == 1:
        return str(found.item(0, "article_id"))
    shown = (found if found.height else articles).head(5).rows()
    listed = "".join(f"\n  {article_id}  {raw_path}" for article_id, _, _, raw_path in shown)
    problem = f"{found.height} articles go by" if found.height else "no article goes by"
    raise DatasetError(f"{problem} {name}; give an id, a URL or a file name, as of these:{listed}")


def article_rows(tables: Mapping[str, pl.LazyFrame], article_id: str) -> Rows:
    """Return the rows of every table that belong to one article, and the actors and places that they refer to."""

    def rows(table: str, column: str, values: Iterable[object]) -> list[dict[str, Any]]:
        wanted = sorted({str(value) for value in values if value is not None})
        return tables[table].filter(pl.col(column).is_in(wanted)).collect().to_dicts()

    found = {
        table: rows(table, "article_id", [article_id])
        for table in TABLES
        if any(column.name == "article_id" for column in columns(table))
    }
    stated = [event["event_mention_id"] for event in found["event_mentions"]]
    for table in ("event_participants", "event_contexts"):
        found[table] = rows(table, "event_mention_id", stated)
    actors = [
        row[column]
        for table, column in _ACTOR_COLUMNS
        for row in found[table]
    ]  # fmt: skip
    for table in ("actors", "actor_aliases"):
        found[table] = rows(table, "actor_id", actors)
    found["places"] = rows("places", "place_id", (event["place_id"] for event in found["event_mentions"]))
    return found


def _folder(processed: Path | str | None) -> Path:
    """Return the dataset's folder, absolute; raises DatasetError where a table is missing."""
    folder = Path(PROCESSED if processed is None else processed).absolute()
    missing = [table for table in TABLES if not table_files(folder, table)]
    if len(missing) == len(TABLES):
        raise DatasetError(f"{folder} holds no dataset; `iraqtalks build --processed {folder}` makes one")
    if missing:
        raise DatasetError(f"the dataset in {folder} lacks {', '.join(missing)}; build it again")
    return folder


def _file(table: str, in_parts: bool = False) -> str:
    return f"{table}/*.parquet" if in_parts else f"{table}.parquet"


def as_pattern(folder: Path) -> str:
    """Return the path such that DuckDB takes nothing in it for a wildcard."""
    return re.sub(r"([\[*?])", r"[\1]", folder.as_posix())


def _tables_sql(pattern: Callable[[str], str]) -> str:
    return "".join(
        f"CREATE OR REPLACE VIEW {identifier(table)} AS SELECT * FROM read_parquet({literal(pattern(table))});\n"  # noqa: S608
        for table in TABLES
    )
