"""Finds the base's names in a text: one pass of an Aho-Corasick automaton over the folded text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

import ahocorasick

from iraqtalks.knowledge.folding import fold
from iraqtalks.knowledge.model import Match

T = TypeVar("T")

LONGEST_ACRONYM: Final = 6
_REMEMBERED: Final = 64
"""So many texts' names are remembered: actors and places of an article are looked for one after the other."""


class Case(Enum):
    """Which capitals the text must have for a name to be meant."""

    UPPER = "upper"
    """All letters: an acronym (EI, but not the Latin i.e.)."""
    INITIAL = "initial"
    """The first letter: a name of one word (Chine, but not chine)."""
    ANY = "any"
    """Some letter: a name of several words, whose capitals newspapers set as they please."""
    TITLE = "title"
    """The first letter of the last word: the title of a paper (Le Monde, l'Obs, but not “Le monde entier”)."""
    FREE = "free"
    """None: the name is written in small letters in the base, or its script has no capitals."""

    @classmethod
    def of(cls, name: str, *, title: bool = False) -> "Case":
        """Return what the spelling of `name` in the base asks for; `title`: it is a paper's or channel's."""
        if name == name.lower():
            return cls.FREE
        if title and len(_words(name)) > 1 and _words(name)[-1][0].isupper():
            return cls.TITLE
        if " " in fold(name):
            return cls.ANY
        return cls.UPPER if name.isupper() and len(name) <= LONGEST_ACRONYM else cls.INITIAL

    def allows(self, words: str) -> bool:
        """Whether the words of a text have the capitals that are asked for."""
        if self is Case.UPPER:
            return words.isupper()
        if self is Case.INITIAL:
            return words[0].isupper() or words[-1].isupper()
        if self is Case.TITLE:
            return _words(words)[-1][0].isupper()
        return self is Case.FREE or any(letter.isupper() for letter in words)


def _words(name: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in name).split()


class Name(NamedTuple):
    """A folded name and one thing that it names: an actor, or a place (`is_place`)."""

    folded: str
    target: str
    case: Case
    is_place: bool = False
    short: bool = False
    metonym: bool = False


class Forms(Generic[T]):
    """Folded forms, each with what it stands for, found as whole words: one pass over a text, however many there are.

    `glued` tells of a form's first letter whether the form may also be glued to what stands before it.
    """

    def __init__(self, forms: Mapping[str, T], glued: Callable[[str], bool] = lambda _: False) -> None:
        self._automaton = ahocorasick.Automaton()
        for form, meant in forms.items():
            self._automaton.add_word(form, (len(form), glued(form[0]), meant))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Yield start, end and meaning of the forms in a text, by their ends."""
        folded = fold(text)
        length = len(folded)
        for last, (size, glued, meant) in self._automaton.iter(folded):
            start, end = last + 1 - size, last + 1
            if (glued or not start or not folded[start - 1].isalnum()) and (end == length or not folded[end].isalnum()):
                yield start, end, meant


class Matcher:
    """Finds names in texts."""

    def __init__(self, names: Iterable[Name]) -> None:
        by_form: dict[str, dict[Name, None]] = {}
        for name in names:
            by_form.setdefault(name.folded, {})[name] = None
        self._forms = Forms({form: tuple(found) for form, found in by_form.items()})
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._match)

    def match(self, text: str) -> list[Match]:
        """Return the names in `text`, sorted by position, the longest first where they overlap.

        Names of actors and of places may overlap one another; where both stand at the same words, the match has both.
        """
        return list(self._remembered(text))

    def _match(self, text: str) -> tuple[Match, ...]:
        found = self._found(text)
        actors = _longest([hit for hit in found if any(not name.is_place for name in hit[2])])
        places = _longest([hit for hit in found if any(name.is_place for name in hit[2])])
        inside_places = _covered(places)
        kept: dict[tuple[int, int], tuple[Name, ...]] = {}
        for start, end, names in actors:
            place = inside_places.get(start, (start, end))
            # “Aéroport de Bagdad”, “mer d'Oman” do not speak of Baghdad as a government or of Oman.
            if place == (start, end) or end > place[1]:
                kept[start, end] = tuple(name for name in names if not name.is_place)
        for start, end, names in places:
            kept[start, end] = kept.get((start, end), ()) + tuple(name for name in names if name.is_place)
        return tuple(_as_match(start, end, names) for (start, end), names in sorted(kept.items()))

    def _found(self, text: str) -> list[tuple[int, int, tuple[Name, ...]]]:
        found = []
        for start, end, names in self._forms.find(text):
            words = text[start:end]
            meant = tuple(name for name in names if name.case.allows(words))
            if meant:
                found.append((start, end, meant))
        return found


def _longest(hits: list[tuple[int, int, tuple[Name, ...]]]) -> list[tuple[int, int, tuple[Name, ...]]]:
    """Return the hits that overlap no longer one (of two as long, the first)."""
    kept: list[tuple[int, int, tuple[Name, ...]]] = []
    taken: set[int] = set()
    for start, end, names in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        if start not in taken and end - 1 not in taken:
            taken.update(range(start, end))
            kept.append((start, end, names))
    return kept


def _covered(hits: list[tuple[int, int, tuple[Name, ...]]]) -> dict[int, tuple[int, int]]:
    return {position: (start, end) for start, end, _ in hits for position in range(start, end)}


def _as_match(start: int, end: int, names: tuple[Name, ...]) -> Match:
    actors = [name for name in names if not name.is_place]
    # A full name of one actor that is another's surname (Al-Sadr) is a name first.
    full = [name for name in actors if not name.short] or actors
    return Match(
        start,
        end,
        tuple(dict.fromkeys(name.target for name in full)),
        tuple(dict.fromkeys(name.target for name in names if name.is_place)),
        short=bool(full) and all(name.short for name in full),
        metonym=bool(full) and all(name.metonym for name in full),
    )
