"""Dates that are named: days, months, seasons, years, decades; tense and publication tell what they leave open."""

from datetime import date
from typing import Final

from iraqtalks.extraction.dates import calendar
from iraqtalks.extraction.dates.grammar import unnamed, vocabulary
from iraqtalks.extraction.dates.place import UNKNOWN, Place, Value

_LEAP_YEAR: Final = 2000
_MODERN: Final = range(1600, 2100)
"""Years for which “de” or “à” is word enough: “l'accord de 2015”, but not “plus de 1200 mètres”."""
_COUNTED: Final = frozenset("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùû€$£%")
"""What begins a word for what is counted: a small letter or a unit's sign."""
_CONTENT_NOUNS: Final = frozenset({"NOUN", "SYM"})


def read_day(place: Place) -> Value | None:
    """Read “le 7 avril”, “mardi 15 janvier 2019”, “23/07/2021”."""
    month, day, year = place.month(), place.day(), place.year()
    if calendar.valid_day(_LEAP_YEAR, month, day) is None or counts_something(place):
        return None
    if year is not None:
        written = calendar.valid_day(year, month, day)
        return None if written is None else Value(str(written), "explicit")
    if place.published is None:
        return Value(f"XXXX-{month:02d}-{day:02d}", "explicit")
    known = _known_day(place, place.published)
    if known is not None:
        return Value(str(known), "inferred")
    resolved = calendar.resolve_day(month, day, place.published, place.side())
    return None if resolved is None else Value(str(resolved), "relative")


def _known_day(place: Place, published: date) -> date | None:
    """Return the day of an event that goes by its day alone (“les attentats du 11 septembre”), once it has happened."""
    for entry in vocabulary(place.language)["known_days"]:
        day = date(entry["year"], entry["month"], entry["day"])
        named = (day.month, day.day) == (place.month(), place.day())
        if named and published > day and unnamed(place.language, entry["before"]).search(place.before):
            return day
    return None


def read_day_span(place: Place) -> Value | None:
    """Read “du 11 au 14 février”: an interval that ends on the day with the month."""
    last, first = read_day(place), place.day("first_day")
    if last is None or last.date is None or not 1 <= first < place.day():
        return None
    return Value(f"{last.date[:-2]}{first:02d}/{last.date}", last.basis)


def read_month(place: Place) -> Value | None:
    """Read “janvier 2020”, “fin août”, “octobre 98”, “mai de l'an dernier”."""
    if not _is_the_month(place) or counts_something(place):
        return None
    month, year = place.month(), place.year()
    if year is not None:
        return Value(f"{year:04d}-{month:02d}", "explicit")
    if place.published is None:
        return Value(f"XXXX-{month:02d}", "explicit")
    if "this_year" in place.groups or "shift2" in place.groups:
        return Value(f"{place.published.year + place.step():04d}-{month:02d}", "relative")
    resolved_year, resolved_month = calendar.resolve_month(month, place.published, place.side())
    return Value(f"{resolved_year:04d}-{resolved_month:02d}", "relative")


def read_month_span(place: Place) -> Value | None:
    """Read “juillet-août 2019”: an interval of months in order."""
    first, last = place.month(), place.value_of("month2", "months")
    read = read_month(place)
    if read is None or read.date is None or first >= last:
        return None
    return Value(f"{read.date}/{read.date[:4]}-{last:02d}", read.basis)


def _is_the_month(place: Place) -> bool:
    """Whether the word is the month: no day's number before it, and no planet's or person's capital."""
    stands_alone = place.find.head == place.find.start
    if stands_alone and place.preceded_by("number_before"):
        return False
    bare = stands_alone and place.groups["month"] == place.text[place.find.start : place.find.end]
    return not (bare and place.groups["month"][0].isupper()) or place.preceded_by("month_capital_before")


def counts_something(place: Place) -> bool:
    """Whether the number that ends the expression counts what follows: “en mars 40 personnes”, “2000 soldats”."""
    if not place.text[place.find.end - 1].isdecimal():
        return False
    following = place.next_token()
    if following is not None and following.pos_ == "ADJ" and following.head.i > following.i:
        following = following.head  # “1000 nouvelles places”
    return following is not None and following.pos_ in _CONTENT_NOUNS and following.text[0] in _COUNTED


def read_year(place: Place) -> Value | None:
    """Read “l'année 2001”, “fin 2016”."""
    return None if counts_something(place) else _written(int(place.groups["year"]))


def read_bare_year(place: Place) -> Value | None:
    """Read a number that is a year by the words around it: “en 2014”, “la présidentielle 2017”, “2019 a été”."""
    if counts_something(place):
        return None
    year = int(place.groups["year"])
    if year not in _MODERN and not place.preceded_by("old_year_before"):
        return None
    told = place.preceded_by("year_before") or place.followed_by("year_after")
    return _written(year) if told or (_is_recent(year, place.published) and _stands_as_a_year(place)) else None


def _written(year: int) -> Value:
    return Value(f"{year:04d}", "explicit")


def _is_recent(year: int, published: date | None) -> bool:
    """Whether a number may be a year without a word that says so; 2000 is a product's or a count's too often."""
    latest = 2100 if published is None else published.year + 15
    return 1950 <= year <= latest and year != 2000


def _stands_as_a_year(place: Place) -> bool:
    """Whether the number follows what it dates (“Mondial 2022”) or is the subject of its verb (“2019 a vu”)."""
    token = place.token()
    if token is None:
        return False
    if token.dep_ in {"nsubj", "nsubj:pass"} and token.head.i > token.i:
        return True
    return token.i > 0 and place.before.endswith(" ") and token.nbor(-1).pos_ in {"NOUN", "PROPN", "ADJ"}


def read_year_span(place: Place) -> Value | None:
    """Read “2018-19”: two years, the second one cut short."""
    first = int(place.groups["first_year"])
    last = first - first % 100 + int(place.groups["last_digits"])
    return Value(f"{first:04d}/{last:04d}", "explicit") if first < last else None


def read_decade(place: Place) -> Value | None:
    """Read “les années 1980”, “les années 80”, “les années soixante-dix”."""
    number = place.value_of("tens", "tens") if "tens" in place.groups else int(place.groups["decade"])
    return Value(f"{(number if number >= 100 else 1900 + number) // 10}X", "explicit")


def read_season(place: Place) -> Value | None:
    """Read “l'été 2020”, “l'automne dernier”, “au printemps”."""
    season, year = place.value_of("season", "seasons"), place.year()
    if year is not None:
        return Value(f"{year:04d}-{season}", "explicit")
    if place.published is None:
        return UNKNOWN
    return Value(f"{calendar.resolve_season(season, place.published, place.side()):04d}-{season}", "relative")


def read_first_months(place: Place) -> Value | None:
    """Read “les six premiers mois de 2020”."""
    count = place.count()
    if not 1 <= count <= 12:
        return None
    return _months_of_year(place, *((1, count) if "first" in place.groups else (13 - count, 12)))


def read_quarter(place: Place) -> Value | None:
    """Read “le premier trimestre 2019”, “le second semestre”."""
    length = 3 if "quarter" in place.groups else 6
    ordinal = place.value_of("ordinal", "ordinals")
    last = 12 if ordinal == -1 else ordinal * length  # “le dernier trimestre”
    return _months_of_year(place, last - length + 1, last) if last <= 12 else None


def _months_of_year(place: Place, first: int, last: int) -> Value:
    written = place.groups.get("year", place.groups.get("year2"))
    if written is not None:
        return Value(f"{int(written):04d}-{first:02d}/{int(written):04d}-{last:02d}", "explicit")
    if place.published is None:
        return UNKNOWN
    year = place.published.year + place.step()
    if first > place.published.month and place.strict_side() is None and place.side() == "past":
        year -= 1  # “le quatrième trimestre”, told in January of what is over
    return Value(f"{year:04d}-{first:02d}/{year:04d}-{last:02d}", "relative")
