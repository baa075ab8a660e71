"""The articles of one shard → frames of their rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from iraqtalks import contract
from iraqtalks.cache import ENTRY
from iraqtalks.extraction import Article, extract_articles
from iraqtalks.extraction.rows import to_rows

ARTICLES: Final = "entries"
"""The name of the frame that tells which article each `ENTRY` is."""


def extract_shard(articles: Sequence[Article], language: str) -> dict[str, pl.DataFrame]:
    """Return the rows of the articles, all of one language, by table; `ENTRY` counts the articles from 0.

    The articles themselves are not among them; `ARTICLES` has their ids. Raises what the extraction raises, with a note that
    names the article.
    """
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    entries: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        try:
            # One by one: in a batch, the parser's rounding could make the rows of an article depend on its neighbours. And
            # without the file's path, which is no part of what the rows are kept by.
            (extraction,) = extract_articles([replace(article, raw_path="")], language)
        except Exception as error:
            error.add_note(f"while extracting {article.raw_path} ({article.source_key})")
            raise
        for table, found in to_rows(extraction).items():
            rows[table].extend(found)
            entries[table].extend([number] * len(found))
    frames = {
        table: contract.frame(table, found).with_columns(pl.Series(ENTRY, entries[table], pl.Int32))
        for table, found in rows.items()
    }
    frames[ARTICLES] = frames.pop("articles").select("article_id", ENTRY)
    return frames
