"""The part of EDTF (ISO 8601-2) that the dataset uses: which days a date covers and how exact it is.

Days, months, seasons (`2020-21` spring … `2020-24` winter, by the meteorologists' months), years, decades (`201X`),
dates of an unknown year (`XXXX-07-23`), intervals with open ends (`2020-05/..`), and qualifiers (`?`, `~`, `%`) behind
a date.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Final

_SIMPLE: Final = re.compile(
    r"(?P<year>\d{4}|\d{3}X|XXXX)(?:-(?P<month>0[1-9]|1[0-2]|2[1-4])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?[?~%]?",
    re.ASCII,
)
_SEASON_START: Final = {21: 3, 22: 6, 23: 9, 24: 12}
_OPEN: Final = ".."
_NO_YEAR: Final = "XXXX"
_LEAP_YEAR: Final = 2000
"""Stands in for an unknown year, so that 29 February is a day."""


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that an EDTF date covers.

    Both are None when no year is known; an open end of an interval is None. Winter runs from December of its year to
    the next year's February. Qualifiers change nothing. Raises ValueError for what is not in our part of EDTF or runs
    backwards.
    """
    if "/" not in edtf:
        return _simple_bounds(edtf)
    ends = edtf.split("/")
    if len(ends) != 2 or ends == [_OPEN, _OPEN]:
        raise ValueError(f"not an EDTF interval: {edtf!r}")
    first = None if ends[0] == _OPEN else _simple_bounds(ends[0])[0]
    last = None if ends[1] == _OPEN else _simple_bounds(ends[1])[1]
    if first is not None and last is not None and first > last:
        raise ValueError(f"an EDTF interval that runs backwards: {edtf!r}")
    return (None, None) if _NO_YEAR in edtf else (first, last)


def precision(edtf: str) -> str:
    """Return the unit that an EDTF date is exact to, one of `tables.DATE_PRECISIONS`; ValueError as in `bounds`."""
    bounds(edtf)
    if "/" in edtf:
        return "interval"
    year, month, day = _parts(edtf)
    if day is not None:
        return "day"
    if month is not None:
        return "season" if month in _SEASON_START else "month"
    return "decade" if year.endswith("X") else "year"


def _parts(edtf: str) -> tuple[str, int | None, int | None]:
    """Split a date that is no interval into year, month (or season) and day."""
    match = _SIMPLE.fullmatch(edtf)
    if match is None or match["year"] == "0000":
        raise ValueError(f"not an EDTF date of our part: {edtf!r}")
    year, month, day = match["year"], match["month"], match["day"]
    if year == _NO_YEAR and month is None:
        raise ValueError(f"an EDTF date that says nothing: {edtf!r}")
    if year[-1] == "X" and year != _NO_YEAR and (month is not None or year == "000X"):
        raise ValueError(f"not an EDTF decade: {edtf!r}")
    return year, None if month is None else int(month), None if day is None else int(day)


def _simple_bounds(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and last day of a date that is no interval."""
    year, month, day = _parts(edtf)
    if day is not None and (month is None or month in _SEASON_START):
        raise ValueError(f"a day of a season: {edtf!r}")
    if year == _NO_YEAR:
        if month is not None and day is not None:
            date(_LEAP_YEAR, month, day)  # raises for 30 February
        return None, None
    if year.endswith("X"):
        return date(int(year[:3]) * 10, 1, 1), date(int(year[:3]) * 10 + 9, 12, 31)
    if month is None:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if day is not None:
        return date(int(year), month, day), date(int(year), month, day)
    if month in _SEASON_START:
        return _season_bounds(int(year), month)
    return date(int(year), month, 1), date(int(year), month, monthrange(int(year), month)[1])


def _season_bounds(year: int, season: int) -> tuple[date, date]:
    """Return the first and last day of a season's three months."""
    start = _SEASON_START[season]
    end_year, end = (year, start + 2) if start + 2 <= 12 else (year + 1, start - 10)
    return date(year, start, 1), date(end_year, end, monthrange(end_year, end)[1])
