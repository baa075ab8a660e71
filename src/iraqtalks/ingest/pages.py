"""Saved web pages: the article's text and what the page declares of it, by trafilatura; metadata may lie beside."""

import re
from collections.abc import Iterator
from typing import Final

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from iraqtalks.extraction.model import Article
from iraqtalks.ingest.beside import read_beside
from iraqtalks.ingest.decode import normalise, to_text
from iraqtalks.ingest.metadata import Metadata, read_metadata
from iraqtalks.ingest.model import MAX_PAGE_BYTES, RawFile, RawFolder, Record, UnusableError
from iraqtalks.ingest.records import to_article

TYPES: Final = ("text/html", "application/xhtml+xml")
"""The media types of pages."""
_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE
)
_DECLARATIONS: Final = 4096
"""How far from the beginning a page may declare its encoding; browsers look at a quarter of that."""
# A page's date is what it declares (meta data, JSON-LD, <time>, address), never a number found in its text. The last day is
# fixed, or the same page would be read otherwise tomorrow.
_DATES: Final = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
_MOST_ELEMENTS: Final = 50_000
_MOST_CHILDREN: Final = 5_000
"""What a page is built of, and what one of its elements: trafilatura's time grows with the square of the latter."""
_NO_ARTICLE: Final = "holds no article's text: a menu, a list of links, a page made by a program"


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield the one record of a saved page. What is declared beside it counts more than what the page says."""
    declared, rejects = read_beside(file, folder)
    article = None
    try:
        article = page_article(file, file.read(MAX_PAGE_BYTES), declared)
    except UnusableError as fault:
        rejects.append(file.reject(fault))
    yield Record(0, article, tuple(rejects))


def page_article(
    file: RawFile, data: bytes, declared: Metadata, number: int = 0, charset: str | None = None
) -> Article:
    """Return the article of a page with what the page says of itself where `declared` says nothing.

    `charset` is the encoding that the page was sent with. Raises UnusableError where the page holds no article.
    """
    tree = _parsed(to_text(data, charset or declared_charset(data)))
    found = trafilatura.bare_extraction(
        tree, url=declared.fields.get("url"), with_metadata=True, include_comments=False, date_extraction_params=_DATES
    )
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise UnusableError("no_article", _NO_ARTICLE)
    said = {
        "title": found.title,
        "outlet": found.sitename,
        "url": found.url if (found.url or "").startswith(("http://", "https://")) else None,
        "byline": found.author,
        "published_on": found.date,
    }
    # What a page gets wrong of itself is nothing that a reader of the rejects could mend: it is left out.
    metadata = Metadata({**read_metadata(said).fields, **declared.fields}, declared.declared_id)
    return to_article(file, number, normalise(_below_title(found.text or "", found.title or "")), metadata)


def _below_title(text: str, title: str) -> str:
    """Return the text without its first line where that is the title, which has a column of its own."""
    first, _, rest = text.partition("\n")
    return rest if rest.strip() and first.split() == title.split() else text


def _parsed(html: str) -> HtmlElement:
    """Return the page's elements; raises UnusableError for none, or for so many that a hostile page would take hours."""
    tree = trafilatura.load_html(html)
    if tree is None:
        raise UnusableError("no_article", _NO_ARTICLE)
    for elements, element in enumerate(tree.iter(), 1):
        if elements > _MOST_ELEMENTS or len(element) > _MOST_CHILDREN:
            raise UnusableError("too_large", f"is built of more elements than a page has ({_MOST_ELEMENTS:,})")
    return tree


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page or an XML document declares at its beginning, or None."""
    found = _CHARSET.search(data[:_DECLARATIONS])
    return found[1].decode("ascii") if found else None


def media_type(content_type: str | None) -> str:
    """Return the media type that a `Content-Type` gives, in small letters without its parameters; empty for none."""
    return (content_type or "").partition(";")[0].strip().lower()
