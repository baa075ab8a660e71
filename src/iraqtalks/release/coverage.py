"""What a dataset covers: articles, quotes and events by outlet, month and language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from iraqtalks.frames import Frames

_COUNTED: Final = ("quotes", "event_mentions")


@dataclass(frozen=True, slots=True)
class Row:
    """An outlet, month or language (None: not known), its articles, how many of them are copies, its quotes and event mentions."""

    name: str | None
    articles: int
    copies: int
    quotes: int
    event_mentions: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage by each of the three, and by what of the texts is shown; and the first and last day of publication."""

    outlet: tuple[Row, ...]
    month: tuple[Row, ...]
    language: tuple[Row, ...]
    text_policy: Mapping[str, int]
    first: dt.date | None
    last: dt.date | None


def cover(frames: Frames) -> Coverage:
    """Return what the frames cover, as `text_policy.as_allowed` gave them."""
    counts = [
        frames[table].group_by("article_id").len(table).with_columns(pl.col(table).cast(pl.Int64)) for table in _COUNTED
    ]
    articles = frames["articles"].with_columns(month=pl.col("published_on").dt.strftime("%Y-%m"))
    for count in counts:
        articles = articles.join(count, on="article_id", how="left", maintain_order="left")
    policies = articles.group_by("text_policy").len().sort("text_policy")
    return Coverage(
        outlet=_by(articles, "outlet"),
        month=_by(articles, "month"),
        language=_by(articles, "language"),
        text_policy=dict(policies.iter_rows()),
        first=articles.select(pl.col("published_on").min()).item(),
        last=articles.select(pl.col("published_on").max()).item(),
    )


def _by(articles: pl.DataFrame, column: str) -> tuple[Row, ...]:
    """Return the coverage by a column, in order of its values; what is not known comes last."""
    counted = (
        articles.group_by(column)
        .agg(pl.len(), pl.col("duplicate_of").count(), *(pl.col(table).sum() for table in _COUNTED))
        .sort(column, nulls_last=True)
    )
    return tuple(Row(*row) for row in counted.iter_rows())
