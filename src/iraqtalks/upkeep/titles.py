"""The office that a text's words for somebody name (ministre irakien des Affaires étrangères), by the titles of the base."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from iraqtalks.knowledge import Knowledge, fold
from iraqtalks.language import load

_WORD: Final = re.compile(r"\w+'?")
_LONGEST_COUNTRY: Final = 4
"""How many words a country's name has at most (République démocratique du Congo)."""


@dataclass(frozen=True, slots=True)
class Title:
    """An office's title without its country, folded, and the countries that stood in it (alpha-3)."""

    words: tuple[str, ...]
    countries: frozenset[str]


def read_title(words: str, knowledge: Knowledge) -> Title:
    """Return the title in words for somebody: without the country, and without what says only that it is held now."""
    data = load("fr", "titles")
    linking, current = frozenset(data["linking"]), frozenset(data["current"])
    kept: list[str] = []
    countries = set()
    for word, country in _with_countries(_WORD.findall(fold(words)), knowledge):
        if country is None:
            kept.append(word)
            continue
        countries.add(country)
        while kept and kept[-1] in linking:
            kept.pop()
    while kept and kept[0] in current:
        kept.pop(0)
    return Title(tuple(kept), frozenset(countries))


def _with_countries(words: list[str], knowledge: Knowledge) -> Iterator[tuple[str, str | None]]:
    """Yield the words, those of a country's name or adjective together and with its code."""
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_COUNTRY, len(words) - at), 0, -1):
            joined = " ".join(words[at : at + length]).replace("' ", "'")
            country = knowledge.country_of(joined)
            if country is not None or length == 1:
                yield joined, country
                at += length
                break


def offices_titled(title: Title, country: str | None, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the ids of the offices with exactly this title: of its own country, else of the one given; none without any."""
    countries = title.countries or {country}
    if len(countries) != 1 or None in countries or not title.words:
        return ()
    (code,) = countries
    return tuple(
        office_id
        for office_id, office in knowledge.offices.items()
        if office.country == code and title.words in _names(office.names)
    )


def extends(title: Title, names: tuple[str, ...]) -> bool:
    """Whether one of an office's names begins with the title: “président” for the président du Parlement."""
    return any(name[: len(title.words)] == title.words for name in _names(names))


def _names(names: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {tuple(_WORD.findall(fold(name))) for name in names}
