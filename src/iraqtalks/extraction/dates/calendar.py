"""Which year, which week, how long ago: calendar arithmetic for dates that a text leaves open."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal

Side = Literal["past", "likely_past", "nearest", "likely_future", "future", "before", "after"] | None
"""On which side of the publication day a date lies.

`past` and `future` include that day; `before` and `after` (“dernier”, “prochain”) exclude it; `nearest` is the nearest
of all; `likely_past` is past unless the next one is much nearer, `likely_future` the other way round. None means that
nothing tells: for a weekday the nearest, else as `likely_past`, since news leaves the year out when it looks back.
"""

FARTHEST: Final = 330
"""Days from publication beyond which a date without a year does not lie, whatever the tense of its verb."""
NEARER: Final = 3
"""How many times nearer than the likely date the unlikely one must be to be meant."""
NEARER_UNTOLD: Final = 2.25
"""The same where nothing tells what is likely but that news looks back."""
_MIDDLE_MONTHS: Final = {21: 4, 22: 7, 23: 10, 24: 1}
_HALF_A_SEASON: Final = 46
_TWO_MONTHS: Final = 62
_WINTER: Final = 24


def valid_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none (30 February)."""
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def resolve_day(month: int, day: int, published: date, side: Side) -> date | None:
    """Return the day of that month and number that lies on the given side; None where the calendar has none."""
    years = range(published.year - 4, published.year + 5)  # enough for 29 February
    days = [found for year in years if (found := valid_day(year, month, day))]
    return _choose(days, published, side) if days else None


def resolve_month(month: int, published: date, side: Side) -> tuple[int, int]:
    """Return year and number of the month that lies on the given side, by first days of months."""
    firsts = [date(year, month, 1) for year in range(published.year - 1, published.year + 2)]
    chosen = _choose(firsts, published.replace(day=1), side)
    return chosen.year, chosen.month


def resolve_weekday(weekday: int, published: date, side: Side) -> date:
    """Return the day of the week (0 is Monday) that lies on the given side, within a week of publication."""
    back, ahead = (published.weekday() - weekday) % 7, (weekday - published.weekday()) % 7
    match side:
        case "before":
            return published - timedelta(back or 7)
        case "after":
            return published + timedelta(ahead or 7)
        case "future":
            is_past = False
        case "past":
            is_past = True
        case "likely_past":
            is_past = NEARER * ahead > back
        case "likely_future":
            is_past = NEARER * back <= ahead
        case _:
            is_past = back <= ahead
    return published - timedelta(back) if is_past else published + timedelta(ahead)


def resolve_weekday_number(weekday: int, number: int, published: date, side: Side) -> date | None:
    """Return the day of that weekday and number of the month on the given side, within two months; None without one."""
    near = [published + timedelta(distance) for distance in range(-_TWO_MONTHS, _TWO_MONTHS + 1)]
    days = [day for day in near if (day.weekday(), day.day) == (weekday, number)]
    return _choose(days, published, side) if days else None


def resolve_season(season: int, published: date, side: Side) -> int:
    """Return the year of the season (EDTF's number) that lies on the given side; the current one is on either."""
    middles = [date(year, _MIDDLE_MONTHS[season], 15) for year in range(published.year - 1, published.year + 2)]
    current = [middle for middle in middles if abs((middle - published).days) <= _HALF_A_SEASON]
    chosen = current[0] if current and side not in {"before", "after"} else _choose(middles, published, side)
    return chosen.year - 1 if season == _WINTER else chosen.year  # a winter bears the year that it begins in


def week_of(day: date) -> str:
    """Return the week from Monday to Sunday that holds the day, as an EDTF interval."""
    monday = day - timedelta(day.weekday())
    return f"{monday}/{monday + timedelta(6)}"


def add(edtf: str, count: int, unit: str) -> str | None:
    """Return the EDTF date `count` units (day, week, month, year) after a day, month or year.

    It is as exact as `edtf`, but a month at most when months or years are counted; None where `edtf` is less exact than
    the unit.
    """
    parts = [int(part) for part in edtf.split("-")]
    if unit in {"day", "week"}:
        return str(date(*parts) + _days(count, unit)) if len(parts) == 3 else None
    if len(parts) == 1:
        return f"{parts[0] + count:04d}" if unit == "year" else None
    return _add_months(parts[0], parts[1], _months(count, unit))


def counted(published: date, count: int, unit: str) -> str:
    """Return the date `count` units after publication, as exact as the unit: a day, a week, a month or a year."""
    match unit:
        case "day":
            return str(published + _days(count, unit))
        case "week":
            return week_of(published + _days(count, unit))
        case "month":
            return _add_months(published.year, published.month, count)
    return f"{published.year + count:04d}"


def counted_to_the_day(published: date, count: int, unit: str) -> str:
    """Return the day `count` units after publication, the month's last where it has no such day."""
    if unit in {"day", "week"}:
        return str(published + _days(count, unit))
    month = _add_months(published.year, published.month, _months(count, unit))
    return f"{month}-{min(published.day, monthrange(int(month[:4]), int(month[5:]))[1]):02d}"


def _days(count: int, unit: str) -> timedelta:
    return timedelta(7 * count if unit == "week" else count)


def _months(count: int, unit: str) -> int:
    return 12 * count if unit == "year" else count


def _add_months(year: int, month: int, count: int) -> str:
    years, months = divmod(year * 12 + month - 1 + count, 12)
    return f"{years:04d}-{months + 1:02d}"


def _choose(days: list[date], published: date, side: Side) -> date:
    """Return the one of `days` that lies on the given side and nearest to publication; there is at least one."""
    past = max((day for day in days if day < published or (day == published and side != "before")), default=None)
    future = min((day for day in days if day > published or (day == published and side != "after")), default=None)
    if past is None or future is None:
        return past or future or published
    back, ahead = (published - past).days, (future - published).days
    match side:
        case "before":
            is_past = True
        case "after":
            is_past = False
        case "past" if back <= FARTHEST:
            is_past = True
        case "future" if ahead <= FARTHEST:
            is_past = False
        case "nearest":
            is_past = back <= ahead
        case "likely_future":
            is_past = NEARER * back <= ahead
        case None:
            is_past = NEARER_UNTOLD * ahead > back
        case _:
            is_past = NEARER * ahead > back
    return past if is_past else future
