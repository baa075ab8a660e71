"""A temporal expression in its article, and the value that is read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Final

from iraqtalks.extraction.dates.calendar import Side
from iraqtalks.extraction.dates.grammar import Find, context, lexicon
from iraqtalks.extraction.dates.side import side_of, token_of
from iraqtalks.extraction.model import DateMention, Reading
from iraqtalks.extraction.tokens import Token

YEARS_OF_NEWS: Final = range(1600, 9000)
_AROUND: Final = 40
"""How many characters before and after an expression its surroundings are."""
_ANCHOR_REACH: Final = 250
"""How many characters, about two sentences, “la veille” looks back for the day that it is the eve of."""
_CENTURY_TURN: Final = 50
"""Two-digit years below it are of the 2000s: “octobre 98”, “mai 03”."""


@dataclass(frozen=True, slots=True)
class Value:
    """A date in EDTF and its basis (`tables.DATE_BASES`); both None where the text does not fix it."""

    date: str | None
    basis: str | None


UNKNOWN: Final = Value(None, None)


@dataclass(frozen=True, slots=True)
class Place:
    """An expression in its article, with the dates that were read before it."""

    find: Find
    reading: Reading
    text: str
    """The article's text with plain apostrophes and spaces (`grammar.plain`)."""
    earlier: Sequence[DateMention]
    language: str

    @property
    def published(self) -> date | None:
        """The day that relative dates count from; None as well for a day on which there was no news."""
        day = self.reading.article.published_on
        return day if day is not None and day.year in YEARS_OF_NEWS else None

    @property
    def groups(self) -> Mapping[str, str]:
        """The words of the expression by their group in the pattern."""
        return self.find.groups

    @property
    def before(self) -> str:
        """The text just before the expression."""
        return self.text[max(0, self.find.start - _AROUND) : self.find.start]

    @property
    def after(self) -> str:
        """The text just after the expression."""
        return self.text[self.find.end : self.find.end + _AROUND]

    def preceded_by(self, name: str) -> bool:
        """Whether the data file's pattern `name` matches what stands before."""
        return context(self.language, name).search(self.before) is not None

    def followed_by(self, name: str) -> bool:
        """Whether the data file's pattern `name` matches what stands after."""
        return context(self.language, name).search(self.after) is not None

    def value_of(self, group: str, name: str) -> int:
        """Return the number that the word list `name` gives for the words of `group`."""
        value: int = lexicon(self.language, name)[self.groups[group].lower()]
        return value

    def unit(self, group: str) -> str:
        """Return the unit that the words of `group` name: day, week, month or year."""
        unit: str = lexicon(self.language, "units")[self.groups[group].lower()]
        return unit

    def side(self) -> Side:
        """Return the side of the publication day by “dernier” or “prochain”, else by the sentence."""
        return self.strict_side() or side_of(self.reading, self.before, self.find.head, self.language)

    def strict_side(self) -> Side:
        """Return `before` or `after` by the word that shifts (“dernier”, “prochain”); None where there is none."""
        word = self.groups.get("shift", self.groups.get("shift2"))
        if word is None:
            return None
        return "before" if lexicon(self.language, "shifts")[word.lower()] == "past" else "after"

    def step(self) -> int:
        """Return -1, 0 or 1 for a unit before, at or after the one of publication (“l'an dernier”, “cette année”)."""
        return {"before": -1, "after": 1}.get(self.strict_side() or "", 0)

    def year(self) -> int | None:
        """Return the year that is written out, in four digits or two."""
        if "year" in self.groups:
            return int(self.groups["year"])
        if "short_year" in self.groups:
            short = int(self.groups["short_year"].strip("'"))
            return short + (2000 if short < _CENTURY_TURN else 1900)
        return None

    def month(self) -> int:
        """Return the number of the month."""
        return int(self.groups["month_number"]) if "month_number" in self.groups else self.value_of("month", "months")

    def day(self, group: str = "day") -> int:
        """Return the number of the day that `group` tells (“1er”, “premier”, “07”)."""
        digits = "".join(character for character in self.groups[group] if character.isdecimal())
        return int(digits) if digits else 1

    def count(self) -> int:
        """Return the number that is counted with, in words or digits."""
        return self.value_of("number", "numbers") if "number" in self.groups else int(self.groups["count"])

    def token(self) -> Token | None:
        """Return the first word of the expression in the parse."""
        return token_of(self.reading, self.find.start)

    def next_token(self) -> Token | None:
        """Return the word that follows after a space, if it is of the same paragraph."""
        paragraph = self.reading.paragraph_at(self.find.end)
        return paragraph.token_at(self.find.end + 1) if paragraph is not None and self.after[:1] == " " else None

    def anchor(self) -> str | None:
        """Return the nearest exact day, month or year shortly before the expression in its paragraph."""
        paragraph = self.reading.paragraph_at(self.find.start)
        if paragraph is None:
            return None
        reach = max(paragraph.block.start, self.find.start - _ANCHOR_REACH)
        near = (mention.date for mention in takewhile(lambda it: it.start >= reach, reversed(self.earlier)))
        return next((edtf for edtf in near if edtf is not None and edtf.replace("-", "").isdecimal()), None)

    def is_quoted(self) -> bool:
        """Whether the expression stands inside quotation marks in its paragraph."""
        paragraph = self.reading.paragraph_at(self.find.start)
        before = "" if paragraph is None else self.text[paragraph.block.start : self.find.start]
        if before.count('"') % 2:
            return True
        return any(before.rfind(opening) > before.rfind(closing) for opening, closing in ("«»", "“”"))
