"""The stages of a build as plain functions: each reads what the one before wrote in the work folder, and adds its own.

`flows/rebuild.py` puts them in order. They hand on paths, not rows, so that a stage can run in another process.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import Final

import polars as pl

from iraqtalks import checks, contract, store
from iraqtalks.errors import NoUsableArticleError, PublishError, RawFolderError
from iraqtalks.extraction import extract_articles
from iraqtalks.extraction.model import Article
from iraqtalks.extraction.rows import to_rows
from iraqtalks.ingest import read_folder, rules
from iraqtalks.ingest.model import Reject
from iraqtalks.link import link as link_frames
from iraqtalks.quality import Quality, assess

SHARD: Final = 50
"""Articles in a shard. It does not depend on the number of workers, so that the rows do not either."""


def refuse_folders(raw: Path, processed: Path) -> None:
    """Raise IraqTalksError where the folders cannot be those of a build."""
    if not raw.is_dir():
        raise RawFolderError(f"There is no folder {raw}. Give the folder of your articles as --raw")
    if processed.resolve().is_relative_to(raw.resolve()):
        raise PublishError(f"{processed} lies in {raw} and would be read as input. Give another folder as --processed")
    store.refuse_foreign(processed)


def read(raw: Path, work: Path, *, topic: bool = False) -> list[Path]:
    """Read the raw folder into the work folder and return the shards that are to be extracted.

    With `topic`, articles that do not concern the talks are left out.
    Raises NoUsableArticleError where nothing can be extracted.
    """
    articles, rejects = read_folder(raw, topic=topic)
    usable = [article for article in articles if rules(article) is not None]
    if not usable:
        raise NoUsableArticleError(_nothing_in(raw, rejects))
    store.stage({"articles": _articles(articles), "rejects": _rejects(rejects)}, work / "read")
    return [
        store.stage({"articles": _articles(shard)}, work / "shards" / f"{number:06}")
        for number, shard in enumerate(_shards(usable))
    ]


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


def extract(shard: Path, work: Path) -> Path:
    """Extract the articles of a shard, all of one language, and return the folder of their rows."""
    frame = store.read_staged([shard])["articles"]
    names = [field.name for field in fields(Article)]
    articles = [Article(**row) for row in frame.select(names).iter_rows(named=True)]
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    done = 0
    try:
        for extraction in extract_articles(articles, rules(articles[0]) or ""):
            for table, found in to_rows(extraction).items():
                rows[table].extend(found)
            done += 1
    except Exception as error:
        error.add_note(f"while extracting {articles[done].raw_path} ({articles[done].source_key})")
        raise
    # The articles were written when they were read, with those that have no rules.
    rows.pop("articles", None)
    frames = {table: contract.frame(table, found) for table, found in rows.items()}
    return store.stage(frames, work / "extracted" / shard.name)


def link(extracted: Iterable[Path], work: Path) -> Path:
    """Put the rows of all shards together: one actor, event, place for what many articles name. Return their folder."""
    return store.stage(link_frames(store.read_staged([work / "read", *extracted])), work / "linked")


def validate(linked: Path) -> Quality:
    """Check every row against the contract and return the dataset's quality; raises CheckFailedError."""
    frames = store.read_staged([linked])
    checks.require(frames)
    return assess(frames)


def publish(linked: Path, work: Path, processed: Path) -> None:
    """Write the dataset and put it in the place of the one in `processed`."""
    store.write_dataset(store.read_staged([linked]), work / "dataset")
    store.put_in_place(work, processed)
