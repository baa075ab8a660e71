"""Dates that are said together: “de septembre à décembre 2009”, “dimanche et lundi”, “entre le 3 mars et le 7 avril”.

The first takes its year from the second, and what is said second comes second.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from iraqtalks.edtf import bounds
from iraqtalks.extraction.dates.grammar import Find, context, unnamed, vocabulary
from iraqtalks.extraction.model import DateMention

_CALENDAR: Final = frozenset({"day", "month"})
_NO_YEAR: Final = "XXXX"


def align(
    finds: Sequence[Find], mentions: Sequence[DateMention], text: str, published: date | None, language: str
) -> list[DateMention]:
    """Return the mentions, one for each find, with the dates of those that are said together made to fit one another."""
    aligned = list(mentions)
    for index in reversed(range(len(finds) - 1)):  # from the right, so that a year reaches the first of a list
        first, second = finds[index], finds[index + 1]
        if "shift" not in first.groups and are_joint(text[first.end : second.start], language):
            aligned[index : index + 2] = _fit(first, second, aligned[index], aligned[index + 1], published)
    return aligned


def periods(mentions: Sequence[DateMention], text: str, language: str) -> list[DateMention]:
    """Return the periods between two dates of a plain text (“entre 2014 et 2017”), as EDTF intervals."""
    found = []
    for a, b in pairwise(mentions):
        if a.date is None or b.date is None or "/" in a.date + b.date or a.date.startswith(_NO_YEAR):
            continue
        before, between = text[max(0, a.start - 20) : a.start], text[a.end : b.start]
        if _opens_period(before, between, language) and _in_order(a.date, b.date):
            found.append(DateMention(a.start, b.end, f"{a.date}/{b.date}", b.basis, "date.period"))
    return found


def _opens_period(before: str, between: str, language: str) -> bool:
    return any(
        unnamed(language, ends["before"]).search(before) and unnamed(language, ends["between"]).search(between)
        for ends in vocabulary(language)["periods"]
    )


def _in_order(first: str, second: str) -> bool:
    start, end = bounds(first)[0], bounds(second)[1]
    return start is not None and end is not None and start < end


def are_joint(between: str, language: str) -> bool:
    """Whether the words between two dates make them one range or list."""
    return context(language, "joint").search(between) is not None


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
