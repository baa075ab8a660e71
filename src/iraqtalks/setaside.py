"""An article of which a bug makes rows that break the contract is set aside, and no other.

Asked only when the dataset as a whole does not pass its checks: then the articles of the rows that do not are looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import polars as pl

from iraqtalks import contract
from iraqtalks.cache import ENTRY, Part, read_parts, rows
from iraqtalks.checks import Violation, check
from iraqtalks.frames import Frames, with_frames
from iraqtalks.link import link
from iraqtalks.shard import ARTICLES
from iraqtalks.tables import BREAKS_CONTRACT

_MOST_TOLD: Final = 20


def find_faults(
    violations: Iterable[Violation], linked: Frames, parts: Iterable[Part], articles: pl.DataFrame
) -> dict[str, str]:
    """Return which articles have rows that break the contract, by id, and what breaks it first.

    `violations` are those of the dataset `linked`, made of `parts`; `articles` has the articles. Each is judged by itself, so
    that none is set aside for what another one broke.
    """
    suspects = _owners(violations, linked)
    found: dict[str, str] = {}
    for part in parts:
        for article_id, number in rows(part, ARTICLES).filter(pl.col("article_id").is_in(suspects)).iter_rows():
            alone = read_parts([Part(part.folder, {number: part.keys[number]})])
            breaches = check(link(with_frames(alone, {"articles": articles.filter(article_id=article_id)})))
            if breaches:
                more = f" (and {len(breaches) - 1} more)" if len(breaches) > 1 else ""
                found[article_id] = f"{breaches[0]}{more}"
    return found


def _owners(violations: Iterable[Violation], linked: Frames) -> list[str]:
    """Return the ids of the articles whose rows break a check."""
    owners = {owner for violation in violations for owner in violation.owners}
    events = [event for column, event in owners if column == "event_mention_id"]
    told = linked["event_mentions"].filter(pl.col("event_mention_id").is_in(events))["article_id"]
    return sorted({*told, *(article for column, article in owners if column == "article_id")})


def without(parts: Iterable[Part], article_ids: Iterable[str]) -> Iterator[Part]:
    """Yield the parts without the articles that have these ids."""
    aside = list(article_ids)
    for part in parts:
        gone = set(rows(part, ARTICLES).filter(pl.col("article_id").is_in(aside))[ENTRY]) if aside else ()
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
