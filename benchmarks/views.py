"""Every view over a large dataset, as an analyst asks it: how many rows, the first ones, all of them."""

import string
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from iraqtalks import contract, store
from iraqtalks.database import connect
from iraqtalks.frames import Frames
from iraqtalks.tables import TABLES
from iraqtalks.views import VIEWS

MOST: Final = 0.1
"""The most seconds that a view may take."""
ROUNDS: Final = 7
"""How often each question is asked; the quickest counts, since other work on the machine only adds."""
QUESTIONS: Final[Mapping[str, Callable[[duckdb.DuckDBPyConnection, str], object]]] = {
    "count": lambda connection, view: connection.execute(f"SELECT count(*) FROM {view}").fetchall(),  # noqa: S608
    "first 20": lambda connection, view: connection.execute(f"SELECT * FROM {view} LIMIT 20").fetchall(),  # noqa: S608
    "all rows": lambda connection, view: connection.table(view).pl(),
}
"""What is asked of a view, and how."""
_WORDS: Final = frozenset({"text", "content", "title", "byline", "alias", "name", "cue_lemma"})
"""Columns of words from texts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many rows a view has, and the seconds that each question took at its quickest."""

    view: str
    rows: int
    seconds: Mapping[str, float]

    @property
    def reached(self) -> bool:
        """Whether no question took too long."""
        return max(self.seconds.values()) <= MOST


def ask(processed: Path, rounds: int = ROUNDS) -> list[Asked]:
    """Return how long every view of the dataset takes, by the wall clock."""
    asked = []
    with connect(processed) as connection:
        for view in VIEWS:
            seconds = {name: min(_timed(connection, view, name) for _ in range(rounds)) for name in QUESTIONS}
            asked.append(Asked(view, connection.table(view).pl().height, seconds))
    return asked


def _timed(connection: duckdb.DuckDBPyConnection, view: str, question: str) -> float:
    start = time.perf_counter()
    QUESTIONS[question](connection, view)
    return time.perf_counter() - start


def multiply(frames: Frames, times: int, folder: Path) -> None:
    """Write a dataset so many times over into a folder: with other ids for all but what the knowledge base has.

    So every article has its own quotes and events, and every actor that the base does not know is another one in each copy: more
    of both than as many articles would have. In each copy other letters stand for the letters of the words, which as many
    articles would not share either; so positions and quotation marks stay right.
    """
    known = frames["actors"].filter("in_knowledge_base")["actor_id"].implode()
    store.write_dataset({table: _copies(table, frames[table], times, known) for table in TABLES}, folder)


def _copies(table: str, frame: pl.DataFrame, times: int, known: pl.Series) -> pl.DataFrame:
    copies = pl.concat([frame.with_columns(_renamed(table, frame, number, known)) for number in range(times)])
    return copies.unique(contract.key(table), keep="first", maintain_order=True)


def _renamed(table: str, frame: pl.DataFrame, number: int, known: pl.Series) -> list[pl.Expr]:
    """Return the columns of ids of a table with other ids in the copy of that number; copy 0 is the original."""
    own = {contract.key(table)[0]: table}
    targets = {column.name: column.references[0] for column in contract.columns(table) if column.references}
    renamed = []
    for name, target in ({} if number == 0 else own | targets).items():
        # Turned, so that the copies lie apart where rows are in the order of their ids, as other articles' would.
        new = pl.concat_str(pl.col(name).str.slice(number + 2), pl.col(name).str.head(number + 2))
        if target in {"places", "talks_rounds", "rejects", "corrections"}:
            continue
        same = pl.col(name).is_in(known) if target == "actors" else pl.lit(value=False)
        if name == "actor_role_id":
            same = pl.col("basis") == "knowledge_base"
        renamed.append(pl.when(same).then(name).otherwise(new).alias(name))
    letters = string.ascii_lowercase
    other = dict(zip(letters, letters[number:] + letters[:number], strict=True))
    words = (pl.col(name).str.replace_many(other) for name in frame.columns if name in _WORDS and number)
    return [*renamed, *words]
