"""Bytes → articles: one small module a format behind one interface, `iraqtalks.ingest.model.Reader`."""

import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from iraqtalks.extraction.model import Article
from iraqtalks.ingest import jsonlines, text
from iraqtalks.ingest.detection import detect
from iraqtalks.ingest.model import RawFile, RawFolder, Reader, Record, Reject, UnusableError
from iraqtalks.language import MODELS

READERS: Final[Mapping[str, Reader]] = {
    ".txt": text.read,
    ".json": text.read_metadata_alone,
    ".jsonl": jsonlines.read,
}
"""The reader of each file extension."""


def read_folder(raw: Path) -> tuple[list[Article], list[Reject]]:
    """Return the articles below the folder `raw` and all that could not be used, sorted by path and record.

    An article without a declared language gets the detected one, or None. Articles in a language without rules are
    among the articles too, and among the rejects. Hidden files are passed over. Raises nothing for bad input.
    """
    files, rejects = _list_files(raw)
    folder = RawFolder({file.name: file for file in files})
    articles: list[Article] = []
    seen: dict[str, str] = {}
    for file in files:
        for record in _read_file(file, folder):
            rejects.extend(record.rejects)
            if record.article is None:
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
    return articles, sorted(set(rejects))


def rules(article: Article) -> str | None:
    """Return the language whose rules read the article (fr for fr-FR), or None where there are none yet."""
    primary = (article.language or "").split("-")[0]
    return primary if primary in MODELS else None


def _read_file(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    reader = READERS.get(file.suffix)
    if reader is None:
        fault = UnusableError("unknown_format", f"has no extension that a reader knows: {', '.join(READERS)}")
        return iter((Record(0, None, (file.reject(fault),)),))
    return reader(file, folder)


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


def _list_files(raw: Path) -> tuple[list[RawFile], list[Reject]]:
    """Return the files below the folder that may be read, sorted by name, and why others may not."""
    files: list[RawFile] = []
    rejects: list[Reject] = []
    top = raw.resolve()

    def unlisted(error: OSError) -> None:
        folder = RawFile(Path(error.filename), _name(Path(error.filename), raw))
        rejects.append(folder.reject(UnusableError("unreadable", f"cannot be listed: {error.strerror}")))

    for parent, folders, names in os.walk(raw, onerror=unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in [*names, *links]:
            path = Path(parent) / name
            if name.startswith("."):
                continue
            file = RawFile(path, _name(path, raw))
            try:
                if _is_file(path, top):
                    files.append(file)
            except UnusableError as fault:
                rejects.append(file.reject(fault))
    # Two names may differ by their normal form alone.
    return sorted(files, key=lambda file: (file.name, os.fsencode(file.path))), rejects


def _is_file(path: Path, top: Path) -> bool:
    """Return whether the path is a file to read; False for a link to a folder that is read anyway.

    Raises UnusableError for what must not be opened: a link out of the folder, a pipe, a device.
    """
    try:
        target = path.resolve(strict=True)
        mode = target.stat().st_mode
    except (OSError, RuntimeError) as error:
        raise UnusableError("unreadable", "is a link to nothing, or may not be looked at") from error
    if not target.is_relative_to(top):
        raise UnusableError("outside_folder", "is a link out of the folder, not followed; copy the file instead")
    if stat.S_ISDIR(mode):
        return False
    if not stat.S_ISREG(mode):
        raise UnusableError("unreadable", "is not a regular file")
    return True


def _name(path: Path, raw: Path) -> str:
    r"""Return the path relative to the folder with `/`, in NFC, bytes that are no UTF-8 shown as \xNN."""
    relative = path.relative_to(raw).as_posix()
    return unicodedata.normalize("NFC", os.fsencode(relative).decode("utf-8", "backslashreplace"))
