"""Calendar arithmetic for dates that a text leaves open: which year, which week, how long ago. Pure functions on days.

A `Side` says on which side of the publication day a date lies: `past` and `future` include that day, `before` and `after` (the
words “dernier” and “prochain”) exclude it; `nearest` is what lies nearest; `likely_past` means that what lies ahead must be three times as near. None means that nothing tells: of weekdays the nearest, else as
`likely_past`, since news leaves the year out when it looks back.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal

Side = Literal["past", "future", "before", "after", "nearest", "likely_past"] | None

FARTHEST: Final = 330
"""Days after which a newspaper no longer leaves a year out: a date that the tense would put farther away goes to the nearest."""


def valid_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none (30 February)."""
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def resolve_day(month: int, day: int, published: date, side: Side) -> date | None:
    """Return the day of that month and number that lies on the given side of the publication day."""
    years = range(published.year - 4, published.year + 5)  # enough for 29 February
    return _choose([found for year in years if (found := valid_day(year, month, day))], published, side)


def resolve_month(month: int, published: date, side: Side) -> tuple[int, int]:
    """Return year and month of the month that lies on the given side of the publication day."""
    here = date(published.year, published.month, 1)
    firsts = [date(year, month, 1) for year in range(published.year - 1, published.year + 2)]
    chosen = _choose(firsts, here, side)
    assert chosen is not None  # noqa: S101  (three years hold every month)
    return chosen.year, chosen.month


def resolve_weekday(weekday: int, published: date, side: Side) -> date:
    """Return the day of the week (0 is Monday) that lies on the given side of the publication day, within a week."""
    back = (published.weekday() - weekday) % 7
    ahead = (weekday - published.weekday()) % 7
    match side:
        case "past":
            return published - timedelta(back)
        case "likely_past":
            return published + timedelta(ahead if 3 * ahead <= back else -back)
        case "future":
            return published + timedelta(ahead)
        case "before":
            return published - timedelta(back or 7)
        case "after":
            return published + timedelta(ahead or 7)
    return published - timedelta(back) if back <= ahead else published + timedelta(ahead)


def resolve_season(season: int, published: date, side: Side) -> int:
    """Return the year of the season (EDTF's number) that lies on the given side of the publication day."""
    middle_month = {21: 4, 22: 7, 23: 10, 24: 1}[season]
    middles = [date(year, middle_month, 15) for year in range(published.year - 1, published.year + 2)]
    current = [middle for middle in middles if abs((middle - published).days) <= 46]
    chosen = current[0] if current and side not in {"before", "after"} else _choose(middles, published, side)
    assert chosen is not None  # noqa: S101  (three years hold every season)
    return chosen.year - 1 if season == 24 else chosen.year


def week_of(day: date) -> str:
    """Return the week from Monday to Sunday that holds the day, as an EDTF interval."""
    monday = day - timedelta(day.weekday())
    return f"{monday}/{monday + timedelta(6)}"


def add(edtf: str, count: int, unit: str) -> str | None:
    """Return the EDTF date `count` units (day, week, month, year) after `edtf`; None where that is less exact than the unit.

    It is as exact as `edtf`, but a month at most when months or years are counted.
    """
    parts = [int(part) for part in edtf.split("-")]
    if unit in {"day", "week"}:
        return str(date(*parts) + timedelta(count * (7 if unit == "week" else 1))) if len(parts) == 3 else None
    if unit == "month" and len(parts) < 2:
        return None
    if len(parts) == 1:
        return f"{parts[0] + count:04d}"
    year, month = divmod(parts[0] * 12 + parts[1] - 1 + count * (12 if unit == "year" else 1), 12)
    return f"{year:04d}-{month + 1:02d}"


def counted(published: date, count: int, unit: str) -> str:
    """Return the date `count` units after publication, as exact as the unit: a year for years, a month, a week, a day."""
    if unit == "week":
        return week_of(published + timedelta(7 * count))
    exact = str(published)[: {"day": 10, "month": 7, "year": 4}[unit]]
    moved = add(exact, count, unit)
    assert moved is not None  # noqa: S101  (cut to the unit's own exactness)
    return moved


def _choose(days: list[date], published: date, side: Side) -> date | None:
    """Return the day on the given side that is nearest to publication; the nearest of all where that side's is too far away."""
    past = max((day for day in days if day < published or (day == published and side != "before")), default=None)
    future = min((day for day in days if day > published or (day == published and side != "after")), default=None)
    if past is None or future is None:
        return past or future
    back, ahead = (published - past).days, (future - published).days
    match side:
        case "before":
            return past
        case "after":
            return future
        case "past" if back <= FARTHEST:
            return past
        case "future" if ahead <= FARTHEST:
            return future
        case _ if side != "nearest":
            return future if 3 * ahead <= back else past
    return past if back <= ahead else future
