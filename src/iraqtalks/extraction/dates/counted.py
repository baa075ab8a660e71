"""Dates that are counted from the day of publication (“hier”, “jeudi”) or from the last date named (“la veille”)."""

from datetime import date, timedelta
from typing import Final

from iraqtalks.extraction.dates import calendar
from iraqtalks.extraction.dates.grammar import vocabulary
from iraqtalks.extraction.dates.named import counts_something, read_day
from iraqtalks.extraction.dates.place import UNKNOWN, Place, Value
from iraqtalks.extraction.dates.side import genitive_noun, governing_verb
from iraqtalks.extraction.dates.tense import is_copular, is_infinitive, is_present, tense

_SATURDAY: Final = 5
_TURN_OF_THE_YEAR: Final = 11
"""From this month on “la nouvelle année” is the next one."""


def read_day_word(place: Place) -> Value | None:
    """Read “hier”, “aujourd'hui”, “demain”; None where they are no day but the present time or the future."""
    step = place.value_of("day_word", "day_words")
    if (step == 0 and _means_nowadays(place)) or (step == 1 and _belongs_to_no_event(place)):
        return None
    return UNKNOWN if place.published is None else Value(str(place.published + timedelta(step)), "relative")


def _means_nowadays(place: Place) -> bool:
    """Whether “aujourd'hui” is the present time: with a description, with a state, or opening a general statement."""
    if _belongs_to_no_event(place) or _describes_a_noun(place):
        return True
    verb = governing_verb(place.reading, place.find.head)
    told = None if verb is None else tense(verb, place.language)
    if place.after.startswith(",") and place.preceded_by("opens_sentence"):
        return told is None or (told == "past" and place.is_quoted())
    if verb is None:
        return False
    is_state = is_copular(verb) or verb.lemma_ in vocabulary(place.language)["vague_verbs"]
    return (is_state and (told is None or is_present(verb))) or (told is None and is_infinitive(verb))


def _belongs_to_no_event(place: Place) -> bool:
    """Whether the day belongs to a noun of nothing that happens on a day: “le monde de demain”."""
    noun = genitive_noun(place.reading, place.before, place.find.head, place.language)
    return noun is not None and noun.lemma_ not in vocabulary(place.language)["eventful_nouns"]


def _describes_a_noun(place: Place) -> bool:
    """Whether the word goes with a description behind it: “aujourd'hui âgé de 24 ans”, “aujourd'hui ministre”."""
    following = place.next_token()
    if following is None:
        return False
    if "VerbForm=Part" in following.morph:
        return not any(child.pos_ == "AUX" for child in following.children)
    return following.pos_ == "ADJ" or (following.pos_ in {"NOUN", "PROPN"} and place.before.endswith(", "))


def read_weekday(place: Place) -> Value | None:
    """Read “jeudi”, “jeudi dernier”, “ce lundi”; None where it is any such day, or a name's part."""
    if place.strict_side() is None and (_is_habit(place) or _is_part_of_a_name(place)):
        return None
    if place.published is None:
        return UNKNOWN
    weekday = place.value_of("weekday", "weekdays")
    nearest = calendar.resolve_weekday(weekday, place.published, "nearest")
    if "this" in place.groups and abs((nearest - place.published).days) <= 1:
        return Value(str(nearest), "relative")  # “ce lundi”, read on Tuesday
    return Value(str(calendar.resolve_weekday(weekday, place.published, place.side())), "relative")


def read_weekday_number(place: Place) -> Value | None:
    """Read “samedi 21”: the day near publication on which weekday and number meet."""
    if counts_something(place):
        return None
    if place.published is None:
        return UNKNOWN
    weekday, side = place.value_of("weekday", "weekdays"), place.side()
    day = calendar.resolve_weekday_number(weekday, place.day(), place.published, side)
    return None if day is None else Value(str(day), "relative")


def _is_habit(place: Place) -> bool:
    """Whether the weekday is any of its kind: “chaque lundi”, “le dimanche”, “du lundi au vendredi”."""
    if place.preceded_by("weekday_from") and place.followed_by("weekday_to"):
        return True
    return place.preceded_by("habit_before") or place.preceded_by("weekdays_before")


def _is_part_of_a_name(place: Place) -> bool:
    """Whether a capitalised weekday inside a sentence belongs to a name: “France Dimanche”."""
    word = place.groups["weekday"]
    capitalised = word[0].isupper() and not word.isupper()
    return capitalised and place.find.head == place.find.start and not place.preceded_by("opens_sentence")


def read_night(place: Place) -> Value | None:
    """Read “la nuit de samedi à dimanche”, “la nuit du 5 au 6 mai”: an interval of two days."""
    if "month" in place.groups:
        last = read_day(place)
        if last is None or last.date is None or not last.date[:4].isdecimal():
            return None if last is None else UNKNOWN
        end, basis = date.fromisoformat(last.date), last.basis
    elif place.published is None:
        return UNKNOWN
    else:
        weekday = place.value_of("weekday2", "weekdays")
        end, basis = calendar.resolve_weekday(weekday, place.published, place.side()), "relative"
    return Value(f"{end - timedelta(1)}/{end}", basis)


def read_unit(place: Place) -> Value | None:
    """Read “la semaine dernière”, “cette année”, “fin d'année”: a unit before, at or after that of publication."""
    if place.published is None:
        return UNKNOWN
    return Value(calendar.counted(place.published, place.step(), place.unit("unit")), "relative")


def read_new_year(place: Place) -> Value | None:
    """Read “la nouvelle année”: the year that begins next, or has just begun."""
    if place.published is None:
        return UNKNOWN
    return Value(f"{place.published.year + (place.published.month >= _TURN_OF_THE_YEAR):04d}", "relative")


def read_year_before(place: Place) -> Value | None:
    """Read “la même époque” of last year: the month of publication, a year before."""
    if place.published is None:
        return UNKNOWN
    return Value(f"{place.published.year - 1:04d}-{place.published.month:02d}", "inferred")


def read_ago(place: Place) -> Value | None:
    """Read “il y a deux ans”: as exact as the unit; to the day where the text says “jour pour jour”."""
    return _read_counted(place, -place.count())


def read_ahead(place: Place) -> Value | None:
    """Read “dans trois mois”."""
    return _read_counted(place, place.count())


def _read_counted(place: Place, count: int) -> Value:
    if place.published is None:
        return UNKNOWN
    counted = calendar.counted_to_the_day if "to_the_day" in place.groups else calendar.counted
    edtf = counted(place.published, count, place.unit("units"))
    approximate = ("about" in place.groups or "nearly" in place.groups) and "/" not in edtf
    return Value(f"{edtf}~" if approximate else edtf, "relative")


def read_eve(place: Place) -> Value | None:
    """Read “la veille” and “le lendemain”: from the last day named; where none is, the eve is that of publication."""
    step, anchor = place.value_of("eve", "eves"), place.anchor()
    if anchor is not None:
        moved = calendar.add(anchor, step, "day")
        return UNKNOWN if moved is None else Value(moved, "inferred")
    if step > 0 or place.published is None:
        return UNKNOWN
    return Value(str(place.published + timedelta(step)), "relative")


def read_offset(place: Place) -> Value | None:
    """Read “un an plus tard”: from the last date named; None (a mere duration) without one or after publication."""
    anchor = place.anchor()
    moved = None if anchor is None else calendar.add(anchor, place.count() * _direction(place), place.unit("units"))
    if moved is None or (place.published is not None and moved > str(place.published)):
        return None
    return Value(moved, "inferred")


def read_neighbour(place: Place) -> Value | None:
    """Read “l'année suivante”, “la semaine précédente”: the unit next to that of the last date named."""
    anchor, unit = place.anchor(), place.unit("units")
    exact = len({"week": "2020-01-01", "month": "2020-01", "year": "2020"}[unit])
    if anchor is None or len(anchor) < exact:
        return UNKNOWN
    moved = calendar.add(anchor[:exact], _direction(place), unit)
    if moved is None:
        return UNKNOWN
    return Value(calendar.week_of(date.fromisoformat(moved)) if unit == "week" else moved, "inferred")


def _direction(place: Place) -> int:
    return 1 if place.groups["side"].lower() in vocabulary(place.language)["later"] else -1


def read_unknown(_place: Place) -> Value | None:
    """Read “ce jour-là”, “à l'époque”: a date that the words alone do not fix."""
    return UNKNOWN


def read_today(place: Place) -> Value | None:
    """Read “ce matin”, “cette nuit”: a part of the day of publication."""
    return UNKNOWN if place.published is None else Value(str(place.published), "relative")


def read_last_night(place: Place) -> Value | None:
    """Read “la nuit dernière”: from the eve of publication to its day."""
    if place.published is None:
        return UNKNOWN
    return Value(f"{place.published - timedelta(1)}/{place.published}", "relative")


def read_weekend(place: Place) -> Value | None:
    """Read “ce week-end”: Saturday and Sunday."""
    if place.published is None:
        return UNKNOWN
    saturday = calendar.resolve_weekday(_SATURDAY, place.published, place.side() or "past")
    return Value(f"{saturday}/{saturday + timedelta(1)}", "relative")
