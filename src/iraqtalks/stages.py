"""The stages of a build as plain functions: each reads what the one before wrote in the work folder, and adds its own.

`flows/rebuild.py` puts them in order. They hand on paths, not rows, so that a stage can run in another process; only `extract`
gets its articles and gives back their rows, so that it can run on another machine, which has no disk in common with this one.
"""

import contextlib
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from iraqtalks import checks, contract, setaside, store
from iraqtalks.amend import LINKED, amend, refuse_left, told
from iraqtalks.cache import Cache, Part, read_parts
from iraqtalks.corrections import read_corrections
from iraqtalks.errors import ChangedCodeError, CorrectionError, NoUsableArticleError, PublishError, RawFolderError
from iraqtalks.extraction.model import Article
from iraqtalks.fingerprint import article_key, code_fingerprint
from iraqtalks.frames import with_frames
from iraqtalks.ingest import read_folder, rules
from iraqtalks.ingest.model import Reject
from iraqtalks.link import link as link_frames
from iraqtalks.quality import Quality, assess
from iraqtalks.shard import extract_shard

SHARD: Final = 50
"""Articles in a shard. It does not depend on the number of workers, so that the rows do not either."""


def refuse_folders(raw: Path, processed: Path) -> None:
    """Raise IraqTalksError where the folders cannot be those of a build."""
    if not raw.is_dir():
        raise RawFolderError(f"There is no folder {raw}. Give the folder of your articles as --raw")
    if processed.resolve().is_relative_to(raw.resolve()):
        raise PublishError(f"{processed} lies in {raw} and would be read as input. Give another folder as --processed")
    store.refuse_foreign(processed)


def read(raw: Path, work: Path, *, topic: bool = False) -> None:
    """Read the raw folder into the work folder.

    With `topic`, articles that do not concern the talks are left out.
    Raises NoUsableArticleError where nothing can be extracted.
    """
    articles, rejects = read_folder(raw, topic=topic)
    if all(rules(article) is None for article in articles):
        raise NoUsableArticleError(_nothing_in(raw, rejects))
    store.stage({"articles": _articles(articles), "rejects": _rejects(rejects)}, work / "read")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: shards of articles to extract, how many those are, and the kept rows of all others.

    `damaged` counts the segments of kept rows that were found damaged; their articles are among the shards again.
    """

    shards: tuple[Path, ...]
    new: int
    kept: tuple[Part, ...]
    damaged: int


def kept_rows(processed: Path) -> Cache:
    """Return the kept rows that belong to the published folder and were made by the code as it stands on disk now."""
    return Cache(store.cache_folder(processed), code_fingerprint())


def plan(work: Path, cache: Cache) -> Plan:
    """Look up which articles that were read have been extracted before; put the others into shards."""
    keyed = _keyed(articles_in(work / "read"), cache)
    kept, damaged = cache.find(keyed.keys())
    known = _keys(kept)
    new = [article for key, article in keyed.items() if key not in known]
    shards = [
        store.stage({"articles": _articles(shard)}, work / "shards" / f"{number:06}")
        for number, shard in enumerate(_shards(new))
    ]
    return Plan(tuple(shards), len(new), tuple(kept), damaged)


def extracted_by(articles: pl.DataFrame, processed: Path) -> str | None:
    """Return the fingerprint of the code as it stands if its kept rows are there for every one of the articles that has rows."""
    cache = kept_rows(processed)
    keys = _keyed(articles, cache).keys()
    kept, _ = cache.find(keys)
    return cache.code if keys and keys == _keys(kept) else None


def _keyed(articles: pl.DataFrame, cache: Cache) -> dict[str, Article]:
    """Return the articles that rows are extracted from, by the keys of their kept rows."""
    return {article_key(one, cache.code): one for one in to_articles(articles) if rules(one) is not None}


def _keys(parts: Iterable[Part]) -> set[str]:
    return {key for part in parts for key in part.keys.values()}


def _shards(articles: Sequence[Article]) -> Iterator[tuple[Article, ...]]:
    """Yield the articles in shards of one language each, in an order that only the input decides."""
    for _, group in groupby(sorted(articles, key=lambda article: rules(article) or ""), key=rules):
        same = tuple(group)
        yield from (same[start : start + SHARD] for start in range(0, len(same), SHARD))


def _nothing_in(raw: Path, rejects: Sequence[Reject]) -> str:
    if not rejects:
        return f"{raw} holds no article. Put texts, saved pages, tables or archives of such there, as the README shows"
    shown = "".join(
        f"\n  {reject.raw_path}{f', record {reject.record}' if reject.record else ''} {reject.detail}"
        for reject in rejects[:10]
    )
    more = f"\n  … and {len(rejects) - 10:,} more" if len(rejects) > 10 else ""
    return f"{raw} holds no article that can be used:{shown}{more}"


def _articles(articles: Iterable[Article]) -> pl.DataFrame:
    return contract.frame("articles", [_row(article) for article in articles])


def _row(article: Article) -> dict[str, object]:
    return {
        "article_id": article.article_id,
        **{field.name: getattr(article, field.name) for field in fields(article)},
        "text_sha256": article.text_sha256,
    }


def _rejects(rejects: Iterable[Reject]) -> pl.DataFrame:
    rows = [
        {"raw_path": reject.raw_path, "record": reject.record, "reason": reject.reason, "detail": reject.detail}
        for reject in rejects
    ]
    return contract.frame("rejects", rows)


def to_articles(rows: pl.DataFrame) -> Iterator[Article]:
    """Yield the articles that the rows of `articles` tell of, as they were read."""
    names = [field.name for field in fields(Article)]
    for row in rows.select(names).iter_rows(named=True):
        yield Article(**row)


def articles_in(folder: Path) -> pl.DataFrame:
    """Return the articles that were staged in a folder, a shard's or that of all that was read."""
    return store.read_staged([folder])["articles"]


_ALONE: Final = Lock()
"""Held while a shard is extracted: the parser is not made for threads, and a worker of a cluster may have several."""


def extract(articles: pl.DataFrame, code: str) -> dict[str, pl.DataFrame]:
    """Extract the articles of a shard, all of one language, and return their rows as `iraqtalks.shard` gives them.

    `code` is the fingerprint of the code that the build began with. Raises ChangedCodeError where this process has other code.
    """
    with _ALONE:
        _require(code, _first_code())
        read = list(to_articles(articles))
        frames = extract_shard(read, rules(read[0]) or "")
    _require(code, code_fingerprint())
    return frames


@functools.cache
def _first_code() -> str:
    """Return the fingerprint as it was at this process's first shard: what is loaded stays what it was, whatever the disk has."""
    return code_fingerprint()


def _require(code: str, found: str) -> None:
    if found != code:
        raise ChangedCodeError


def keep(shard: Path, frames: Mapping[str, pl.DataFrame], cache: Cache) -> Part:
    """Keep the rows that were extracted from a shard's articles, and return where they are."""
    return cache.keep([article_key(article, cache.code) for article in to_articles(articles_in(shard))], frames)


def link(parts: Sequence[Part], work: Path, corrections: Path, aside: Mapping[str, str] | None = None) -> Path:
    """Put the rows of all articles together: one actor, event, place for what many articles name. Return their folder.

    The corrections in the folder `corrections` are put in: those of what an article says before, the others after. `aside` names
    the articles, by id, that are among the rejects instead, and why. Raises CorrectionError where a correction cannot be put
    in, NoUsableArticleError where no article is left.
    """
    listed = read_corrections(corrections)
    kept = list(setaside.without(parts, aside or ()))
    rows = with_frames(read_parts(kept), _read_in(parts, work, aside or {}))
    own = amend(rows, [one for one in listed if one.table not in LINKED])
    whole = amend(link_frames(own.frames), [*own.left, *(one for one in listed if one.table in LINKED)])
    refuse_left(whole.left)
    return store.stage(with_frames(whole.frames, {"corrections": told([*own.done, *whole.done])}), work / "linked")


def _read_in(parts: Sequence[Part], work: Path, aside: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    """Return the articles without those that are set aside, and the rejects with them."""
    read_in = store.read_staged([work / "read"])
    rejects = setaside.rejects(read_in["articles"], aside)
    if len(aside) == sum(len(part.keys) for part in parts):
        raise NoUsableArticleError(f"not one article could be used:\n  {rejects.item(0, 'detail')}")
    return {
        "articles": read_in["articles"].filter(~pl.col("article_id").is_in(list(aside))),
        "rejects": pl.concat([read_in["rejects"], rejects]),
    }


def validate(linked: Path, parts: Sequence[Part], work: Path, corrections: Path) -> Quality:
    """Check every row against the contract and return the dataset's quality.

    Articles whose own rows break it are set aside, and what is left is linked anew. Raises CheckFailedError where it is still
    broken then, or CorrectionError where there are corrections, whose fault it must be.
    """
    frames = store.read_staged([linked])
    articles = articles_in(work / "read")
    aside: dict[str, str] = {}
    while violations := checks.check(frames):
        faults = setaside.find_faults(violations, frames, parts, articles)
        if not faults:
            break
        aside |= faults
        link(parts, work, corrections, aside)
    if violations and not frames["corrections"].is_empty():
        raise CorrectionError("with the corrections, rows break the dataset's contract", [*map(str, violations)])
    if violations:
        raise checks.CheckFailedError(violations)
    return assess(frames)


def publish(linked: Path, work: Path, processed: Path) -> bool:
    """Write the dataset and put it in the place of the one in `processed`; return whether anything in it has changed."""
    store.write_dataset(store.read_staged([linked]), work / "dataset")
    return store.put_in_place(work, processed)


def prune(parts: Iterable[Part], cache: Cache) -> None:
    """Take away kept rows that this build had no use for.

    Where the disk is full, they stay for the next build to take away: the dataset has been published.
    """
    with contextlib.suppress(OSError):
        cache.prune(parts)
