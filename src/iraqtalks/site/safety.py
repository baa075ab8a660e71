"""What keeps hostile text from doing anything on a page: besides autoescaping, what may be a link, a language, a file name."""

import hashlib
import re
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from iraqtalks.terminal import printable
from iraqtalks.text_policy import WITHHELD

_PAGE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NONCHARACTERS: Final = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
"""What XML, and so SVG, does not allow even when escaped."""
_GAP: Final = re.compile(rf"[{WITHHELD}·](?:.*[{WITHHELD}·])?", re.DOTALL)


def shown(value: object) -> object:
    """Return what a template prints for a value: text without what commands a terminal or reorders the text around it."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return "" if value is None else value
    return plain(value)


def plain(text: str) -> str:
    """Return the text with control characters, bidirectional overrides and noncharacters replaced one for one by U+FFFD."""
    return _NONCHARACTERS.sub("\ufffd", printable(text))


def web_address(url: str | None) -> str | None:
    """Return the address if it is one of the web (http, https), else None: nothing else becomes a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def language(tag: str | None) -> str | None:
    """Return the tag if it can be one of BCP 47, else None."""
    return tag if tag and _LANGUAGE.fullmatch(tag) else None


def page_name(row_id: str) -> str:
    """Return the name of a row's page, without ending: its id where that is a plain name, else a hash of it."""
    return row_id if _PAGE.fullmatch(row_id) else "h-" + hashlib.sha256(row_id.encode()).hexdigest()[:16]


def words(text: str | None) -> str | None:
    """Return the words if some of them may be shown, else None."""
    legible = text is not None and any(letter.isalnum() and letter != WITHHELD for letter in text)
    return text if legible else None


def gaps(text: str) -> str:
    """Return a withheld stretch as a reader sees it: its punctuation at both ends, and […] for what is between."""
    return _GAP.sub("[…]", text)
