"""The names in a dataset that the knowledge base does not know, the most frequent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

_AROUND: Final = 60
"""How many characters of its line an example shows on either side of the name."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that the base does not know, how often and in how many articles it stands, and one place with its words."""

    name: str
    kind: str
    mentions: int
    articles: int
    example: str
    actor_id: str
    article_id: str
    start: int
    end: int


def unknown_names(tables: Mapping[str, pl.LazyFrame], limit: int | None = None) -> list[UnknownName]:
    """Return the actors that texts call by a name and the base does not know, at most `limit` of them.

    Only names count, no descriptions or pronouns; near-duplicate articles count once. The example is the earliest place.
    """
    articles = tables["articles"].filter(pl.col("duplicate_of").is_null())
    unknown = tables["actors"].filter(~pl.col("in_knowledge_base")).select("actor_id", "name", "kind")
    named = (
        tables["mentions"]
        .filter(pl.col("form") == "name")
        .select("actor_id", "article_id", "start", "end")
        .join(unknown, on="actor_id")
        .join(articles.select("article_id", "published_on", article="text"), on="article_id")
        .sort("published_on", "article_id", "start", nulls_last=True)
    )
    first = [pl.col(column).first() for column in ("name", "kind", "article", "article_id", "start", "end")]
    counted = named.group_by("actor_id", maintain_order=True).agg(
        *first, mentions=pl.len(), articles=pl.col("article_id").n_unique()
    )
    ordered = counted.sort("mentions", "articles", "name", "actor_id", descending=[True, True, False, False])
    rows = (ordered if limit is None else ordered.head(limit)).collect()
    return [
        UnknownName(**row, example=_around(text, row["start"], row["end"]))
        for row in rows.iter_rows(named=True)
        for text in [row.pop("article")]
    ]


def _around(text: str, start: int, end: int) -> str:
    """Return the words around a stretch of the text, within its line, with … where they are cut."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    last = min([found for found in (text.find("\n", end), len(text)) if found >= 0] + [end + _AROUND])
    before, after = text[first:start], text[end:last]
    if first and text[first - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if last < len(text) and text[last] != "\n":
        after = after.rpartition(" ")[0] + " …"
    return before + text[start:end] + after
