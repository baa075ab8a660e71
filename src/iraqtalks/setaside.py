"""An article of which a bug makes rows that break the contract is set aside, and no other.

Asked only when the dataset as a whole does not pass its checks: then each article is held against them by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import polars as pl

from iraqtalks import contract
from iraqtalks.cache import ENTRY, Part, rows
from iraqtalks.checks import Violation, check
from iraqtalks.link import link
from iraqtalks.shard import ARTICLES
from iraqtalks.tables import BREAKS_CONTRACT

_MOST_TOLD: Final = 20

Frames = Mapping[str, pl.DataFrame]


def find_faults(parts: Iterable[Part], articles: pl.DataFrame) -> dict[str, str]:
    """Return which articles have rows that break the contract, by id, and what breaks it first; `articles` has them all."""
    found: dict[str, str] = {}
    for part in parts:
        frames = dict(rows(part))
        frames["articles"] = articles.join(frames[ARTICLES], on="article_id")
        if _breaches(frames):
            for article_id, number in frames[ARTICLES].iter_rows():
                breaches = _breaches({table: frame.filter(pl.col(ENTRY) == number) for table, frame in frames.items()})
                if breaches:
                    more = f" (and {len(breaches) - 1} more)" if len(breaches) > 1 else ""
                    found[article_id] = f"{breaches[0]}{more}"
    return found


def _breaches(frames: Frames) -> list[Violation]:
    return check(link({table: frame.drop(ENTRY) for table, frame in frames.items() if table != ARTICLES}))


def without(parts: Iterable[Part], article_ids: Iterable[str]) -> Iterator[Part]:
    """Yield the parts without the articles that have these ids."""
    aside = sorted(article_ids)
    for part in parts:
        gone = set(dict(rows(part))[ARTICLES].filter(pl.col("article_id").is_in(aside))[ENTRY]) if aside else ()
        yield Part(part.folder, {number: key for number, key in part.keys.items() if number not in gone})


def rejects(articles: pl.DataFrame, faults: Mapping[str, str]) -> pl.DataFrame:
    """Return the rejects that tell of the articles that are set aside: one for each file, since its key knows no more."""
    told = pl.DataFrame(
        {"article_id": list(faults), "fault": list(faults.values())},
        schema={"article_id": pl.String, "fault": pl.String},
    )
    aside = articles.join(told, on="article_id").sort("raw_path", "source_key", "article_id")
    found = [
        {"raw_path": group.item(0, "raw_path"), "record": 0, "reason": BREAKS_CONTRACT, "detail": _detail(group)}
        for group in aside.partition_by("raw_path", maintain_order=True)
    ]
    return contract.frame("rejects", found)


def _detail(articles: pl.DataFrame) -> str:
    told = [f"{key}: {fault}" for key, fault in articles.select("source_key", "fault").head(_MOST_TOLD).iter_rows()]
    more = [f"{articles.height - _MOST_TOLD:,} more articles"] if articles.height > _MOST_TOLD else []
    return (
        f"was set aside, since rows made of it break the dataset's contract ({'; '.join([*told, *more])})."
        " This is a fault of IraqTalks, not of the article: please report it"
    )
