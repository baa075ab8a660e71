"""Terms of office: whether a day falls between two dates that may be known to the month or year only."""

import calendar
from datetime import date

_PARTS_OF_A_MONTH = 2
_PARTS_OF_A_DAY = 3


def bounds(edtf: str) -> tuple[date, date]:
    """Return the first and last day of a year, month or day in EDTF; raise ValueError for anything else.

    Terms of office need no more of EDTF than that.
    """
    parts = [int(part) for part in edtf.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == _PARTS_OF_A_MONTH:
        return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
    if len(parts) == _PARTS_OF_A_DAY:
        day = date(*parts)
        return day, day
    raise ValueError(f"not a year, month or day: {edtf!r}")


def covers(valid_from: str | None, valid_to: str | None, on: date) -> bool:
    """Whether a term surely or possibly includes the day: a month counts from its first to its last day."""
    return (valid_from is None or bounds(valid_from)[0] <= on) and (valid_to is None or on <= bounds(valid_to)[1])
