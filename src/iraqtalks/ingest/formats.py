"""What a file is: told by its first bytes wherever they say it, by its name where they do not."""

import codecs
import json
import re
from collections.abc import Callable
from typing import Final

from iraqtalks.ingest.columns import OURS
from iraqtalks.ingest.decode import marked
from iraqtalks.ingest.model import RawFile, UnusableError

EXTENSIONS: Final = {
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".parquet": "parquet",
    ".warc": "warc",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".zip": "zip",
    ".tar": "tar",
    ".gz": "gzip",
    ".tgz": "gzip",
    ".zst": "zstd",
    ".tzst": "zstd",
}
"""What each extension says that a file is."""
_UNMISTAKABLE: Final = {
    "parquet": "a Parquet file",
    "zip": "a ZIP archive",
    "tar": "a tar archive",
    "warc": "a WARC file",
    "gzip": "a gzip file",
    "zstd": "a zstd file",
}
"""Formats that are told by their first bytes alone, whatever the name."""
# Nothing that was matched is matched otherwise again: what is hostile must not cost time.
_PROLOGUE: Final = r"\s*+(?>(?:<\?[^>]*>|<!--.*?-->)\s*)*+"
_PAGE: Final = re.compile(_PROLOGUE + r"(?:<!doctype\s+html\b|<(?:html|head|body)\b)", re.IGNORECASE | re.DOTALL)
_FEED: Final = re.compile(
    _PROLOGUE + r"(?:<!doctype\b[^\[>]*+(?:\[.*?\]\s*+)?>\s*+)?<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL
)
_OBJECT: Final = re.compile(r"\s*\{\s*[\"}]")
_LIST: Final = re.compile(r"\s*\[\s*[{\]]")
_TEXT_KEY: Final = re.compile(r"\"text\"\s*:")
_TAG: Final = re.compile(r"<[a-z!/][^<>]*>", re.IGNORECASE)
_HEAD: Final = 65_536
"""How many bytes of a file are looked at."""


def tell(file: RawFile) -> str:
    """Return what the file is, as one of the values of `EXTENSIONS`.

    Raises UnusableError where neither its first bytes nor its name say so, or what they say is no text (binary).
    """
    head = file.head(_HEAD)
    found = next((kind for kind, is_one in _BY_BYTES if is_one(head)), None)
    if found is not None:
        return found
    named = EXTENSIONS.get(file.suffix)
    text = _glimpse(head)
    return _by_text(text, named) or _by_name(text, named, file.suffix)


_BY_BYTES: Final[tuple[tuple[str, Callable[[bytes], bool]], ...]] = (
    ("gzip", lambda head: head.startswith(b"\x1f\x8b")),
    ("zstd", lambda head: head.startswith(b"\x28\xb5\x2f\xfd")),
    ("zip", lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06"))),
    ("parquet", lambda head: head.startswith(b"PAR1")),
    ("warc", lambda head: head.startswith(b"WARC/")),
    ("tar", lambda head: head[257:262] == b"ustar"),
)


def _by_text(text: str, named: str | None) -> str | None:
    """Return what the beginning of a text says that it is beyond doubt, whatever the name; None where it says nothing."""
    if _PAGE.match(text):
        return "page"
    if _FEED.match(text):
        return "feed"
    if named in {"json", "jsonl"}:
        return _json_or_lines(text, named)
    if (_OBJECT.match(text) or _LIST.match(text)) and _TEXT_KEY.search(text):
        return _json_or_lines(text, "json")
    if named != "table" and _is_header(text.partition("\n")[0]):
        return "table"
    return None


def _by_name(text: str, named: str | None, suffix: str) -> str:
    if named is None:
        known = ", ".join(EXTENSIONS)
        raise UnusableError("unknown_format", f"is of no format that can be told; known extensions are {known}")
    if named in _UNMISTAKABLE:
        raise UnusableError("unknown_format", f"is named {suffix}, but is not {_UNMISTAKABLE[named]}")
    if named == "page" and text.strip() and not _TAG.search(text):
        return "text"
    if named == "feed" and text.strip():
        raise UnusableError("unknown_format", "is no RSS or Atom feed")
    return named


def _json_or_lines(text: str, otherwise: str) -> str:
    """Tell one JSON document from a JSON object a line, which both are found under either name."""
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("[") or (first.strip() == "{" and _OBJECT.match(text)):
        return "json"
    try:
        complete = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return otherwise
    return "jsonl" if complete and rest.strip() else otherwise


def _is_header(line: str) -> bool:
    """Return whether a line has nothing but the names of our columns, `text` among them."""
    cells = {cell.strip().strip('"') for cell in re.split(r"[,;\t|]", line[:1000])}
    return "text" in cells and len(cells) > 1 and cells <= set(OURS)


def _glimpse(head: bytes) -> str:
    """Return the first bytes as a text that shows at least what is ASCII in it."""
    wide = marked(head)
    if wide is not None:
        return head.decode(wide, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
