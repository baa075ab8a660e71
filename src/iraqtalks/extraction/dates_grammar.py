"""Where temporal expressions stand: the patterns of `language/<language>/dates.yml`, compiled and matched. No value is decided here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from iraqtalks.language import load

_PLAIN: Final = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-"})
_REACH: Final = 60
"""How many characters before an anchor word an expression may begin."""
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+?)(\d?)\}")
_WORD: Final = re.compile(r"(?:(?<![\w-])|(?<=\b\d\d\d\d-))\w")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of the data file: `reader` names the function that reads its groups, `after` what must stand before it."""

    rule: str
    reader: str
    form: re.Pattern[str]
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Find:
    """An expression found: its words, the pattern's rule and reader, and the groups that matched, by name without number."""

    start: int
    end: int
    rule: str
    reader: str
    groups: Mapping[str, str]
    head: int
    """Position of the word that stands in the sentence's grammar for the expression: weekday, number or month."""


def vocabulary(language: str) -> dict[str, Any]:
    """Return the language's date words as they stand in its data file."""
    return load(language, "dates")


def plain(text: str) -> str:
    """Return the text with plain apostrophes, spaces and hyphens, one for one, so that positions stay: what patterns match."""
    return text.translate(_PLAIN)


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """Compile a pattern of the data file; case is ignored."""
    return re.compile(expression, re.IGNORECASE)


@cache
def lexicon(language: str, name: str) -> Mapping[str, Any]:
    """Return a word list of the data file as word → value, whatever side the file keys it by."""
    words = vocabulary(language)[name]
    return (
        {word.replace("\\.", "."): value for value, several in words.items() for word in several}
        if name in {"months", "shifts"}
        else words
    )


@cache
def _groups(language: str) -> dict[str, str]:
    """Return the regular expression of each placeholder, without its group's name."""
    data = vocabulary(language)

    def alternatives(words: Any) -> str:
        return "|".join(
            f"{word}(?!\\w)" if word[-1].isalpha() else word for word in sorted(words, key=len, reverse=True)
        )

    months = [word for several in data["months"].values() for word in several]
    shifts = [word for several in data["shifts"].values() for word in several]
    return {
        **data["groups"],
        "month": alternatives(months), "months": alternatives(months),
        "shift": alternatives(shifts),
        "weekday": alternatives(data["weekdays"]), "weekdays": alternatives(data["weekdays"]),
        "day_words": alternatives(data["day_words"]),
        "season": alternatives(data["seasons"]),
        "number": alternatives(data["numbers"]),
        "ordinal": alternatives(data["ordinals"]),
        "tens": alternatives(data["tens"]),
        "units": alternatives(data["units"]),
        "this_year": "cette année",
    }  # fmt: skip


def _expand(expression: str, language: str) -> str:
    groups = _groups(language)
    return _PLACEHOLDER.sub(lambda match: f"(?P<{match[1]}{match[2]}>{groups[match[1]]})", expression)


@cache
def patterns(language: str) -> tuple[Pattern, ...]:
    """Return the language's patterns, compiled, in the order of the data file."""
    return tuple(
        Pattern(
            entry["rule"],
            entry["reader"],
            compiled(f"(?:{_expand(entry['pattern'], language)})(?!\\w)"),
            compiled(entry["after"]) if "after" in entry else None,
        )
        for entry in vocabulary(language)["patterns"]
    )


@cache
def _anchors(language: str) -> re.Pattern[str]:
    groups = _groups(language)
    expression = _PLACEHOLDER.sub(lambda match: groups[match[1]], vocabulary(language)["anchors"])
    return compiled(f"(?<!\\w)(?:{expression})")


def find(text: str, language: str = "fr") -> Iterator[Find]:
    """Yield the expressions in a plain text in order, none overlapping another: at each word the longest match, else the first pattern's."""
    done = 0
    for anchor in _anchors(language).finditer(text):
        for word in _WORD.finditer(text, max(done, anchor.start() - _REACH), anchor.end()):
            if word.start() < done:
                continue
            found = _longest(text, word.start(), language)
            if found is not None:
                yield found
                done = found.end


def _longest(text: str, position: int, language: str) -> Find | None:
    best: tuple[Pattern, re.Match[str]] | None = None
    for pattern in patterns(language):
        match = pattern.form.match(text, position)
        if match is None or (best is not None and match.end() <= best[1].end()):
            continue
        if pattern.after is None or pattern.after.search(text[max(0, position - 30) : position]):
            best = pattern, match
    return None if best is None else _found(*best)


def _found(pattern: Pattern, match: re.Match[str]) -> Find:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    heads = [
        match.start(name)
        for name in ("weekday", "day", "month", "season", "year", "day_word", "unit")
        if name in groups
    ]
    end = match.end()
    return Find(match.start(), end, pattern.rule, pattern.reader, groups, heads[0] if heads else match.start())
