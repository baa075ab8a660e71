"""Bytes → articles: one small module a format behind one interface, `iraqtalks.ingest.model.Reader`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from iraqtalks.extraction.model import Article
from iraqtalks.ingest import crawls, feeds, jsondocuments, jsonlines, pages, parquet, tables, text
from iraqtalks.ingest.beside import is_beside
from iraqtalks.ingest.columns import is_columns
from iraqtalks.ingest.containers import decompressed, opened
from iraqtalks.ingest.detection import detect
from iraqtalks.ingest.folder import list_folder
from iraqtalks.ingest.formats import tell
from iraqtalks.ingest.model import Limits, RawFile, RawFolder, Reader, Record, Reject, UnusableError
from iraqtalks.language import MODELS, rules_for
from iraqtalks.topic import concerns_talks

READERS: Final[Mapping[str, Reader]] = {
    "text": text.read,
    "page": pages.read,
    "json": jsondocuments.read,
    "jsonl": jsonlines.read,
    "table": tables.read,
    "parquet": parquet.read,
    "warc": crawls.read,
    "feed": feeds.read,
}
"""The reader of each format that `formats.tell` tells, but for compression and archives."""
LIMITS: Final = Limits()


def read_folder(raw: Path, limits: Limits = LIMITS, *, topic: bool = False) -> tuple[list[Article], list[Reject]]:
    """Return the articles below the folder `raw` and all that could not be used, sorted by path and record.

    With `topic`, only those that concern the talks; how many of a file do not is told in its reject.
    An article without a declared language gets the detected one, or None. Articles in a language without rules are
    among the articles too, and among the rejects. Hidden files are passed over. Raises nothing for bad input.
    """
    folder, rejects = list_folder(raw, limits)
    articles: list[Article] = []
    seen: dict[str, str] = {}
    off_topic: Counter[str] = Counter()
    for file, record in records(folder, limits.depth):
        rejects.extend(record.rejects)
        if record.article is None:
            continue
        if topic and not concerns_talks(record.article):
            off_topic[file.name] += 1
            continue
        article = _with_language(record.article)
        try:
            _refuse_twice(article, file, record.number, seen)
        except UnusableError as fault:
            rejects.append(file.reject(fault, record.number))
            continue
        articles.append(article)
        if rules(article) is None:
            rejects.append(file.reject(_without_rules(article), record.number))
    rejects.extend(
        Reject(
            name, 0, "off_topic", f"holds articles that do not concern the talks: {count:,}, left out as --topic asks"
        )
        for name, count in off_topic.items()
    )
    return articles, sorted(set(rejects))


def rules(article: Article) -> str | None:
    """Return the language whose rules read the article (fr for fr-FR), or None where there are none yet."""
    return rules_for(article.language)


def records(folder: RawFolder, depth: int) -> Iterator[tuple[RawFile, Record]]:
    """Yield the records of a folder's files with their file, those of archives among them down to `depth` layers."""
    for file in folder.files:
        # These are read with what they belong to.
        if is_beside(file, folder) or is_columns(file.name):
            continue
        try:
            yield from _read(file, folder, depth)
        except UnusableError as fault:
            yield file, Record(0, None, (file.reject(fault),))


def _read(file: RawFile, folder: RawFolder, depth: int) -> Iterator[tuple[RawFile, Record]]:
    found = tell(file)
    while found in {"gzip", "zstd"}:
        depth -= 1
        _refuse_depth(depth)
        file = decompressed(file, found)
        found = tell(file)
    if found in READERS:
        yield from ((file, record) for record in READERS[found](file, folder))
        return
    _refuse_depth(depth - 1)
    with opened(file, found, folder) as (inner, rejects):
        if not inner.files and not rejects:
            raise UnusableError("empty", "holds no file that is not hidden")
        yield file, Record(0, None, tuple(rejects))
        yield from records(inner, depth - 1)


def _refuse_depth(depth: int) -> None:
    if depth < 0:
        raise UnusableError("over_limit", "is packed in too many layers of archives and compression")


def _with_language(article: Article) -> Article:
    return article if article.language is not None else replace(article, language=detect(article.text))


def _refuse_twice(article: Article, file: RawFile, number: int, seen: dict[str, str]) -> None:
    """Raise UnusableError for a declared id or an article that came before; else note it in `seen`."""
    place = file.name if number == 0 else f"{file.name}, record {number}"
    for key in (article.article_id, article.source_key):
        if key in seen:
            raise UnusableError("duplicate_id", f"has the id {article.source_key}, as has {seen[key]}, which is kept")
    seen[article.article_id] = place
    # A URL may come again with another text, as a version of the article; a declared id may not.
    if article.source_key != article.url:
        seen[article.source_key] = place


def _without_rules(article: Article) -> UnusableError:
    if article.language is None:
        detail = "is in a language that we cannot tell; declare it as `language` in the metadata"
    else:
        detail = f"is in a language without rules yet ({article.language}); rules exist for {', '.join(MODELS)}"
    return UnusableError("language_without_rules", f"{detail}. It is kept in articles, nothing is extracted from it")
