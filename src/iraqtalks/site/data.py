"""What the pages are made of: a dataset of which only what may be shown is left, and the answers to the site's queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import duckdb
import polars as pl

from iraqtalks import store
from iraqtalks.contract import identifier
from iraqtalks.database import Row
from iraqtalks.tables import TABLES
from iraqtalks.text_policy import as_allowed
from iraqtalks.views import VIEWS, view_sql


def query(name: str, **values: str) -> str:
    """Return the site's query of that name; `values`, as SQL, are put in where it has their names in braces."""
    sql = (files(__package__) / "queries" / f"{name}.sql").read_text(encoding="utf-8")
    return sql.format(**values) if values else sql


class Dataset:
    """A dataset in memory whose words are withheld where their source does not let them be shown."""

    def __init__(self, frames: Mapping[str, pl.DataFrame], connection: duckdb.DuckDBPyConnection) -> None:
        self._frames = frames
        self._connection = connection
        self._parts: dict[str, dict[str, pl.DataFrame]] = {}

    def ask(self, sql: str) -> list[Row]:
        """Return the rows that answer a query."""
        relation = self._connection.execute(sql)
        names = [column[0] for column in relation.description or ()]
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]

    def rows(self, table: str) -> Sequence[Row]:
        """Return all rows of a table."""
        return self._frames[table].to_dicts()

    def of_article(self, table: str, article_id: str) -> Sequence[Row]:
        """Return an article's rows of a table, in the order of the text."""
        if table not in self._parts:
            frame = self._frames[table].sort("start", "end")
            parts = frame.partition_by("article_id", as_dict=True, maintain_order=True)
            self._parts[table] = {str(key[0]): part for key, part in parts.items()}
        part = self._parts[table].get(article_id)
        return [] if part is None else part.to_dicts()

    def grouped(self, name: str, column: str) -> Mapping[str, list[Row]]:
        """Return the answers to the site's query of that name by the values of a column; an empty list for other values."""
        return by(self.ask(query(name)), column)

    @cached_property
    def articles(self) -> dict[str, Row]:
        """The articles without their texts by id, by day of publication."""
        rows = self._frames["articles"].drop("text").sort("published_on", "article_id", nulls_last=True)
        return {row["article_id"]: row for row in rows.iter_rows(named=True)}

    @cached_property
    def actors(self) -> dict[str, Row]:
        """The actors by id."""
        return {row["actor_id"]: row for row in self.rows("actors")}

    @cached_property
    def statements(self) -> list[Row]:
        """All statements of events, by the day of the article."""
        return self.ask(query("statements"))

    @cached_property
    def overview(self) -> list[Row]:
        """All actors with how often they are named, speak, act and take a stand."""
        return self.ask("FROM actors_overview")

    def text(self, article_id: str) -> str:
        """Return what may be shown of an article's text, the rest withheld letter by letter."""
        return self._texts[article_id]

    @cached_property
    def _texts(self) -> dict[str, str]:
        return dict(self._frames["articles"].select("article_id", "text").iter_rows())


@contextmanager
def opened(processed: Path) -> Iterator[Dataset]:
    """Read the dataset in the folder, less what its sources do not let be shown; raises DatasetError where there is none."""
    frames = as_allowed(store.read_tables(processed))
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.register(f"{table}_frame", frames[table].to_arrow())
            connection.execute(f"CREATE TABLE {identifier(table)} AS FROM {identifier(f'{table}_frame')}")
            connection.unregister(f"{table}_frame")
        for view in VIEWS:
            connection.execute(view_sql(view))
        yield Dataset(frames, connection)


def by(rows: Sequence[Row], column: str) -> Mapping[str, list[Row]]:
    """Return the rows by the values of a column; an empty list for other values."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[column] is not None:
            groups[row[column]].append(row)
    return groups


def article_label(article: Row) -> str:
    """Return what an article is called on the site: its title, else who published it and when."""
    published: dt.date | None = article["published_on"]
    day = None if published is None else published.isoformat()
    return article["title"] or ", ".join(part for part in (article["outlet"], day) if part) or article["raw_path"]
