"""What a source declares of itself → the fields of an article, and what of it could not be used.

A faulty field is left out and told in `rejects`; the article and its sound fields are kept
(docs/decisions/faulty-metadata.md).
"""

import difflib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from iraqtalks.ingest.model import UnusableError
from iraqtalks.tables import TEXT_POLICIES

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_YEARS: Final = range(1900, 2100)
"""Years that an article can be from: outside of them a date is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The sound fields of metadata by their names in `Article`, the declared id, and the faults of the rest."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    declared_id: str | None = None
    faults: tuple[UnusableError, ...] = ()

    def source_key(self, path: str) -> str:
        """Return what identifies the source: the declared id, else the URL, else `path`."""
        return self.declared_id or self.fields.get("url") or path


def parse_json(text: str, reason: str) -> dict[str, Any]:
    """Return the JSON object that the text holds; raises UnusableError with `reason` for anything else."""
    document = load_json(text, reason)
    if not isinstance(document, dict):
        raise UnusableError(reason, f"must be a JSON object, not {_shown(document)}")
    return document


def load_json(text: str, reason: str) -> object:
    """Return what JSON holds.

    Raises UnusableError with `reason` for broken syntax, nesting without end, a key given twice.
    """
    try:
        document: object = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnusableError(reason, f"is not JSON: {error.msg} at {place}") from error
    except (ValueError, RecursionError) as error:
        raise UnusableError(reason, f"is not usable JSON: {error}") from error
    return document


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError("a key is given twice")
    return document


def read_metadata(document: Mapping[str, Any]) -> Metadata:
    """Return what a mapping of metadata declares; null and blank values are unknown, not faulty."""
    sound: dict[str, Any] = {}
    wrong: list[str] = []
    for key, value in document.items():
        if key in _READ and value is not None:
            try:
                sound[key] = _READ[key](value)
            except ValueError as error:
                wrong.append(f"{key} {error}")
                if key == "text_policy":
                    # Somebody wanted the text to be held back, or not: until that can be read, nothing of it is given away.
                    sound[key] = "offsets"
    unknown = [_unknown(key) for key in document if key not in _READ]
    faults = [
        UnusableError(reason, "; ".join(details))
        for reason, details in (("metadata_value", wrong), ("metadata_key", unknown))
        if details
    ]
    declared_id = sound.pop("id", None)
    return Metadata(sound, declared_id, tuple(faults))


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        raise ValueError(f"must be a text, not {_shown(value)}")  # noqa: TRY004  (a fault of the input, not of the caller)
    text = unicodedata.normalize("NFC", value).strip()
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise ValueError("holds control characters or half of a surrogate pair")
    return text or None


def _identifier(value: object) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _day(value: object) -> date | None:
    text = _text(value)
    if text is None:
        return None
    if not re.match(r"\d{4}-\d\d-\d\d(?:$|[T ])", text):
        raise ValueError(f"must be a date as 2021-07-25, not {_shown(value)}")
    try:
        # A time of day does not matter, but must be one.
        day = datetime.fromisoformat(text).date()
    except ValueError as error:
        raise ValueError(f"is no date: {_shown(value)}") from error
    return _plausible(day)


def _moment(value: object) -> datetime | None:
    text = _text(value)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"must be a time as 2021-07-25T14:30:00Z, not {_shown(value)}") from error
    _plausible(moment.date())
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _plausible(day: date) -> date:
    if day.year not in _YEARS:
        raise ValueError(f"cannot be in the year {day.year}")
    return day


def _language(value: object) -> str | None:
    text = _text(value)
    if text is None:
        return None
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"must be a BCP 47 tag as fr or ar-IQ, not {_shown(value)}")
    primary, *subtags = text.split("-")
    # The usual case of BCP 47: fr-FR, zh-Hant.
    case = {2: str.upper, 4: str.title}
    return "-".join([primary.lower(), *(case.get(len(tag), str.lower)(tag) for tag in subtags)])


def _policy(value: object) -> str | None:
    text = _text(value)
    if text is not None and text not in TEXT_POLICIES:
        raise ValueError(f"must be one of {', '.join(TEXT_POLICIES)}, not {_shown(value)}; taken for offsets")
    return text


_READ: Final[Mapping[str, Callable[[object], Any]]] = {
    "id": _identifier,
    "title": _text,
    "outlet": _text,
    "url": _text,
    "byline": _text,
    "published_on": _day,
    "retrieved_at": _moment,
    "language": _language,
    "licence": _text,
    "text_policy": _policy,
}
"""How the value of each key is read."""
KEYS: Final = tuple(_READ)
"""The keys of an article's metadata."""


def _unknown(key: str) -> str:
    close = difflib.get_close_matches(key, _READ, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(_READ)}"
    return f"unknown key {_shown(key)} ({hint})"


def _shown(value: object, most: int = 80) -> str:
    """Return the value as JSON in ASCII, cut to what fits a message."""
    text = json.dumps(value, default=str)
    return text if len(text) <= most else f"{text[:most]}…"
