"""RSS and Atom files: an article an entry, with the text that the feed has of it."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import feedparser
import lxml.html
from lxml.etree import LxmlError, iterwalk

from iraqtalks.ingest.decode import to_text
from iraqtalks.ingest.model import MAX_PAGE_BYTES, RawFile, RawFolder, Record, UnusableError
from iraqtalks.ingest.pages import declared_charset
from iraqtalks.ingest.records import to_record

_ENTITY: Final = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_BLOCKS: Final = (
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
)  # fmt: skip
"""Elements that begin a new line, as a browser shows them."""
_UNSEEN: Final = ("script", "style")
_HEADERS: Final = {"content-type": "application/xml; charset=utf-8"}


def read(file: RawFile, _folder: RawFolder) -> Iterator[Record]:
    """Yield a record for each entry, numbered from 1. An entry is told by its address, or by its id without one."""
    data = file.read(MAX_PAGE_BYTES)
    xml = to_text(data, declared_charset(data))
    if _ENTITY.search(xml):
        raise UnusableError("record_syntax", "declares entities of its own, which could stand for anything; not read")
    # A stream, never a string: strings are taken for addresses and fetched.
    feed = feedparser.parse(io.BytesIO(re.sub(r"^\s*<\?xml[^>]*\?>", "", xml).encode()), response_headers=_HEADERS)
    if not feed.entries:
        raise UnusableError("empty", "holds no entry that can be read")
    outlet = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        yield to_record(file, number, _fields(entry, outlet))


def _fields(entry: Any, outlet: str | None) -> dict[str, Any]:  # noqa: ANN401  (feedparser's dictionaries)
    contents = [part.get("value") or "" for part in entry.get("content", ())]
    text = max([*contents, entry.get("summary") or ""], key=len)
    link = entry.get("link")
    return {
        "text": _shown_text(text),
        "id": None if link else entry.get("id"),
        "title": _shown_text(entry.get("title") or ""),
        "outlet": outlet,
        "url": link,
        "byline": entry.get("author"),
        "published_on": _day(entry),
    }


def _day(entry: Any) -> str | None:  # noqa: ANN401
    """Return the day of publication where it was published: the parser's own is that of Greenwich."""
    written = entry.get("published") or ""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return parse(written).date().isoformat()
        except ValueError:
            continue
    moment = entry.get("published_parsed")
    return None if moment is None else date(*moment[:3]).isoformat()


def _shown_text(html: str) -> str:
    """Return the text that a piece of HTML shows, a line for each of its blocks."""
    try:
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except (LxmlError, ValueError):
        return html
    parts: list[str] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            parts.append("\n")
        if event == "end":
            parts.append(element.tail or "")
        elif element.tag not in _UNSEEN:
            parts.append(element.text or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
