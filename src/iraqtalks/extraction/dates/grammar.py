"""Where temporal expressions may stand: the patterns of `language/<language>/dates.yml`, compiled and matched.

No value is decided here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from iraqtalks.extraction.characters import in_small_letters, one_for_one
from iraqtalks.language import load

_PLAIN: Final = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u2010": "-",
    "\u2011": "-",
}
_REACH: Final = 60
"""How many characters before an anchor word an expression may begin."""
_CONTEXT: Final = 40
"""How many characters before an expression its pattern's `after` may look at."""
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+?)(\d?)\}")
_GROUP_NAME: Final = re.compile(r"\(\?P<\w+>")
_WORD: Final = re.compile(r"(?:(?<![\w-])|(?<=\b\d\d\d\d-))\w")
_HEADS: Final = ("weekday", "day", "month", "season", "year", "day_word", "unit")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of the data file: `reader` names what reads its groups, `after` is what must stand before it."""

    rule: str
    reader: str
    form: re.Pattern[str]
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Find:
    """Words that a pattern matched, with its rule and reader, and the groups that took part."""

    start: int
    end: int
    rule: str
    reader: str
    groups: Mapping[str, str]
    head: int
    """Position of the word that stands for the expression in the sentence's grammar: weekday, day, month …"""


def plain(text: str) -> str:
    """Return the text with plain apostrophes, spaces and hyphens, one for one: what the patterns match."""
    return one_for_one(text, _PLAIN)


def vocabulary(language: str) -> Mapping[str, Any]:
    """Return the language's data on dates as it stands in its file."""
    return load(language, "dates")


@cache
def lexicon(language: str, name: str) -> Mapping[str, Any]:
    """Return a word list of the data file as word → value, also where the file lists the words by value."""
    words = vocabulary(language)[name]
    if any(isinstance(several, list) for several in words.values()):
        return {word.replace("\\", ""): value for value, several in words.items() for word in several}
    return dict(words)


@cache
def context(language: str, name: str) -> re.Pattern[str]:
    """Return the data file's pattern `name` of what stands around an expression; case is ignored."""
    return unnamed(language, vocabulary(language)[name])


@cache
def unnamed(language: str, expression: str) -> re.Pattern[str]:
    """Compile an expression whose placeholders are word groups and make no named groups; case is ignored."""
    return re.compile(_spelt_out(language, expression), re.IGNORECASE)


def _spelt_out(language: str, expression: str) -> str:
    """Return the expression with each placeholder as a group without a name."""
    groups = _groups(language)
    return _PLACEHOLDER.sub(lambda match: f"(?:{groups[match[1]]})", expression)


def beginnings(text: str, language: str) -> Iterator[int]:
    """Yield, in order, the positions of a plain text at which a pattern matches, whatever must stand before it.

    Only words near an anchor word are tried.
    """
    # Patterns that need not care for capitals are twice as fast.
    small = in_small_letters(text)
    done = 0
    for anchor in _anchors(language).finditer(small):
        for word in _WORD.finditer(small, max(done, anchor.start() - _REACH), anchor.end()):
            if _any_pattern(language).match(small, word.start()) is not None:
                yield word.start()
            done = word.end()


def finds_at(text: str, position: int, language: str) -> list[Find]:
    """Return what matches at a position of a plain text, the longest first, of equals the data file's first."""
    before = text[max(0, position - _CONTEXT) : position]
    found = [
        _found(pattern, match)
        for pattern in _patterns(language)
        if (match := pattern.form.match(text, position)) is not None
        and (pattern.after is None or pattern.after.search(before))
    ]
    return sorted(found, key=lambda find: -find.end)


def _found(pattern: Pattern, match: re.Match[str]) -> Find:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    head = next((match.start(name) for name in _HEADS if name in groups), match.start())
    return Find(match.start(), match.end(), pattern.rule, pattern.reader, groups, head)


@cache
def _patterns(language: str) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(
            entry["rule"],
            entry["reader"],
            re.compile(f"(?:{_named(language, entry['pattern'])})(?!\\w)", re.IGNORECASE),
            unnamed(language, entry["after"]) if "after" in entry else None,
        )
        for entry in vocabulary(language)["patterns"]
    )


@cache
def _anchors(language: str) -> re.Pattern[str]:
    """Return the pattern of anchor words, for a text in small letters."""
    return re.compile(_spelt_out(language, vocabulary(language)["anchors"]))


@cache
def _any_pattern(language: str) -> re.Pattern[str]:
    """Return all patterns as alternatives of one, for a text in small letters: much faster where none matches."""
    expressions = (_GROUP_NAME.sub("(?:", entry["pattern"]) for entry in vocabulary(language)["patterns"])
    return re.compile(_spelt_out(language, "|".join(f"(?:{expression})(?!\\w)" for expression in expressions)))


def _named(language: str, expression: str) -> str:
    """Return the expression with each placeholder as a group of its name and number."""
    groups = _groups(language)
    return _PLACEHOLDER.sub(lambda match: f"(?P<{match[1]}{match[2]}>{groups[match[1]]})", expression)


@cache
def _groups(language: str) -> Mapping[str, str]:
    """Return the regular expression of each placeholder: the file's word lists and its own groups."""
    data = vocabulary(language)
    listed = {
        "month": [word for several in data["months"].values() for word in several],
        "shift": [word for several in data["shifts"].values() for word in several],
        "weekday": data["weekdays"],
        "day_word": data["day_words"],
        "season": data["seasons"],
        "number": data["numbers"],
        "ordinal": data["ordinals"],
        "tens": data["tens"],
        "units": data["units"],
    }
    groups: Mapping[str, str] = data["groups"]
    return {name: _alternatives(words) for name, words in listed.items()} | dict(groups)


def _alternatives(words: Iterable[str]) -> str:
    """Return the words as alternatives, the longest first, none matching the beginning of a longer word."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(f"{word}(?!\\w)" if word[-1].isalpha() else word for word in longest_first)
