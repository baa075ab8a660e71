"""Terms of office: whether a day falls between two dates that may be known to the month or year only."""

from datetime import date

from iraqtalks.edtf import bounds


def covers(valid_from: str | None, valid_to: str | None, on: date) -> bool:
    """Whether a term surely or possibly includes the day: a month counts from its first to its last day."""
    first = None if valid_from is None else bounds(valid_from)[0]
    last = None if valid_to is None else bounds(valid_to)[1]
    return (first is None or first <= on) and (last is None or on <= last)
