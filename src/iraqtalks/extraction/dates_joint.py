"""Dates that are said together: “de septembre à décembre 2009”, “dimanche et lundi”, “entre le 3 mars et le 7 avril”.

The first takes its year from the second, and what is said second comes second.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from iraqtalks.edtf import bounds
from iraqtalks.extraction.dates_grammar import Find, compiled, vocabulary
from iraqtalks.extraction.model import DateMention

_CALENDAR: Final = frozenset({"day", "month"})
_NO_YEAR: Final = "XXXX"

Dated = tuple[Find, DateMention]


def align(dated: Sequence[Dated], text: str, published: date | None, language: str) -> list[DateMention]:
    """Return the mentions, in order, with the dates of those that are said together made to fit one another."""
    mentions = [mention for _, mention in dated]
    for index in reversed(range(len(dated) - 1)):  # from the right, so that a year reaches the first of a list
        first, second = dated[index][0], dated[index + 1][0]
        if are_joint(text[first.end : second.start], language) and "shift" not in first.groups:
            mentions[index : index + 2] = _fit(first, second, mentions[index], mentions[index + 1], published)
    return mentions


def are_joint(between: str, language: str) -> bool:
    """Whether the words between two dates make them one range or list."""
    return compiled(vocabulary(language)["joint"]).search(between) is not None


def _fit(
    first: Find, second: Find, a: DateMention, b: DateMention, published: date | None
) -> tuple[DateMention, DateMention]:
    if a.date is None or b.date is None:
        return a, b
    readers = {first.reader, second.reader}
    if readers <= _CALENDAR and "year" not in first.groups:
        if "year" in second.groups:
            return replace(a, date=_with_year_of(a.date, b.date), basis="explicit"), b
        if published is not None and a.date[:7] > b.date[:7] and "shift" not in second.groups:
            ahead = (bounds(a.date)[0] or published) > published
            return (a, replace(b, date=_years_on(b.date, 1))) if ahead else (replace(a, date=_years_on(a.date, -1)), b)
    if readers == {"weekday"} and a.date > b.date:
        return replace(a, date=str(date.fromisoformat(a.date) - timedelta(7))), b
    return a, b


def _with_year_of(first: str, second: str) -> str:
    """Return the day or month `first` in the last year that puts it before `second`."""
    year = int(second[:4]) - (first[5:] > second[5:])
    return f"{year:04d}{first[4:]}"


def _years_on(edtf: str, years: int) -> str:
    """Return the day or month so many years later; one of an unknown year stays."""
    return edtf if edtf.startswith(_NO_YEAR) else f"{int(edtf[:4]) + years:04d}{edtf[4:]}"
