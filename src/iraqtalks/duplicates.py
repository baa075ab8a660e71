"""Which articles are copies or versions of an earlier one: syndicated copy, updates, the same page saved twice.

Candidates come from MinHash, and each is held against the words themselves, so that chance decides nothing
(docs/decisions/near-duplicates.md).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import polars as pl
from rensa import RMinHash, RMinHashLSH

_LEAST_LIKENESS: Final = 0.7
"""The share of their runs of words that two articles have in common when one is a copy of the other (Jaccard)."""
_RUN: Final = 5
_LEAST_WORDS: Final = 50
"""Shorter texts are copies only when they are the same: a flash differs from the next one in a number."""
_HASHES: Final = 128
_BANDS: Final = 32
_SEED: Final = 1
_BATCH: Final = 1_000
"""Articles whose runs are in memory at once."""
_WORD: Final = re.compile(r"\w+")


def with_duplicates(articles: pl.DataFrame) -> pl.DataFrame:
    """Set `duplicate_of` where an article is a copy or version of an earlier one; the earliest is the original.

    An original is no copy of anything itself, and every copy is like its original, not only like another copy. The result
    does not depend on the order of the rows.
    """
    ordered = articles.sort("published_on", "source_key", "article_id", nulls_last=True)
    originals = _originals(ordered["text"].to_list())
    ids = ordered["article_id"]
    copies = [None if original is None else ids[original] for original in originals]
    return ordered.with_columns(duplicate_of=pl.Series(copies, dtype=pl.String))


def _originals(texts: Sequence[str]) -> list[int | None]:
    """Return for each text the number of the earliest one that it is like and that is like none before, or None."""
    runs_of = lru_cache(maxsize=256)(lambda number: frozenset(_runs(texts[number])))
    same: dict[str, int] = {}
    known = RMinHashLSH(_LEAST_LIKENESS, _HASHES, _BANDS)
    originals: list[int | None] = []
    for number, sketch in enumerate(_sketches(texts)):
        exact = same.setdefault(" ".join(texts[number].lower().split()), number)
        if exact != number:
            originals.append(exact if originals[exact] is None else originals[exact])
            continue
        alike = None
        if sketch is not None:
            candidates = sorted(known.query(sketch))
            alike = next(
                (one for one in candidates if _likeness(runs_of(one), runs_of(number)) >= _LEAST_LIKENESS), None
            )
            if alike is None:
                known.insert(number, sketch)
        originals.append(alike)
    return originals


def _sketches(texts: Sequence[str]) -> Iterator[RMinHash | None]:
    """Yield the MinHash of each text's runs of words, None for a text that is too short to have a likeness."""
    for start in range(0, len(texts), _BATCH):
        runs = [list(_runs(text)) for text in texts[start : start + _BATCH]]
        sketches = RMinHash.from_token_sets(runs, _HASHES, _SEED)
        yield from (
            sketch if len(found) > _LEAST_WORDS - _RUN else None for found, sketch in zip(runs, sketches, strict=True)
        )


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}


def _likeness(one: frozenset[str], two: frozenset[str]) -> float:
    return len(one & two) / len(one | two)
