"""What a temporal expression means: one small function for each `reader` of the patterns in `language/<language>/dates.yml`.

A reader gets the expression and its surroundings and returns a `Value`, or None when the words are no date after all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from iraqtalks.extraction import dates_calendar as calendar
from iraqtalks.extraction.dates_calendar import Side
from iraqtalks.extraction.dates_grammar import Find, compiled, lexicon, vocabulary
from iraqtalks.extraction.dates_tense import genitive_noun, governing_verb, side_of, tense
from iraqtalks.extraction.model import DateMention, Reading


@dataclass(frozen=True, slots=True)
class Value:
    """A date in EDTF and where it comes from; both None where the text does not fix it."""

    date: str | None
    basis: str | None


UNKNOWN: Final = Value(None, None)
CENTURY_TURN: Final = 50
"""Two-digit years below it are of the 2000s: “octobre 98”, “mai 03”."""
ANCHOR_REACH: Final = 250
"""How many characters, about two sentences, “la veille” looks back for the day that it is the eve of."""


@dataclass(frozen=True, slots=True)
class Place:
    """An expression in its article, with the dates read before it."""

    find: Find
    reading: Reading
    text: str
    """The article's text with plain apostrophes and spaces (`dates_grammar.plain`)."""
    earlier: tuple[DateMention, ...]
    language: str

    @property
    def published(self) -> date | None:
        """The day that relative dates count from."""
        return self.reading.article.published_on

    @property
    def groups(self) -> Mapping[str, str]:
        """The words of the expression by their group in the pattern."""
        return self.find.groups

    @property
    def before(self) -> str:
        """The text just before the expression."""
        return self.text[max(0, self.find.start - 40) : self.find.start]

    @property
    def after(self) -> str:
        """The text just after the expression."""
        return self.text[self.find.end : self.find.end + 40]

    def preceded_by(self, name: str) -> bool:
        """Whether the data file's pattern `name` matches what stands before."""
        return compiled(vocabulary(self.language)[name]).search(self.before) is not None

    def followed_by(self, name: str) -> bool:
        """Whether the data file's pattern `name` matches what stands after."""
        return compiled(vocabulary(self.language)[name]).search(self.after) is not None

    def word(self, group: str, name: str) -> int:
        """Return the number that the word list `name` gives for the words of `group`."""
        value: int = lexicon(self.language, name)[self.groups[group].lower()]
        return value

    def side(self) -> Side:
        """Return the side of the publication day by “dernier” or “prochain”, else by preposition and tense."""
        if "shift" in self.groups or "shift2" in self.groups:
            return self.strict_side()
        return side_of(self.reading, self.before, self.find.head, self.language)

    def strict_side(self) -> Side:
        """Return `before` or `after` by the word that shifts; None where there is none."""
        word = self.groups.get("shift", self.groups.get("shift2"))
        if word is None:
            return None
        return "before" if lexicon(self.language, "shifts")[word.lower()] == "past" else "after"

    def year(self) -> int | None:
        """Return the year that is written out, in four digits or two."""
        if "year" in self.groups:
            return int(self.groups["year"])
        if "short_year" in self.groups:
            short = int(self.groups["short_year"].strip("'"))
            return short + (2000 if short < CENTURY_TURN else 1900)
        return None

    def month(self) -> int:
        """Return the number of the month."""
        return int(self.groups["month_number"]) if "month_number" in self.groups else self.word("month", "months")

    def count(self) -> int:
        """Return the number that is counted with, in words or digits."""
        return self.word("number", "numbers") if "number" in self.groups else int(self.groups.get("count", "1"))


def _number_of_day(words: str) -> int:
    return 1 if words.lower() == "premier" else int("".join(character for character in words if character.isdigit()))


def _read_day(place: Place) -> Value | None:
    return _calendar_day(place, _number_of_day(place.groups["day"]))


def _calendar_day(place: Place, day: int) -> Value | None:
    month, year = place.month(), place.year()
    if calendar.valid_day(2000, month, day) is None:
        return None
    if year is not None:
        found = calendar.valid_day(year, month, day)
        return None if found is None else Value(str(found), "explicit")
    if place.published is None:
        return Value(f"XXXX-{month:02d}-{day:02d}", "explicit")
    known = _known_day(place, month, day)
    if known is not None:
        return Value(str(known), "inferred")
    resolved = calendar.resolve_day(month, day, place.published, place.side())
    return None if resolved is None else Value(str(resolved), "relative")


def _known_day(place: Place, month: int, day: int) -> date | None:
    """Return the day of an event that goes by its day alone (“les attentats du 11 septembre”), once it has happened."""
    for entry in vocabulary(place.language)["known_days"]:
        named = (entry["month"], entry["day"]) == (month, day) and compiled(entry["before"]).search(place.before)
        if named and place.published is not None and place.published > date(entry["year"], month, day):
            return date(entry["year"], month, day)
    return None


def _read_day_span(place: Place) -> Value | None:
    last = _read_day(place)
    first_day = _number_of_day(place.groups["first_day"])
    if last is None or last.date is None or not 1 <= first_day < int(last.date[-2:]):
        return None
    return Value(f"{last.date[:-2]}{first_day:02d}/{last.date}", last.basis)


def _read_month(place: Place) -> Value | None:
    month, year = place.month(), place.year()
    if place.find.head == place.find.start and place.preceded_by("number_before"):  # “post-13 novembre”
        return None
    if year is None and place.groups["month"][0].isupper() and not _may_be_capitalised(place):
        return None
    if "short_year" in place.groups and _counts_something(place):
        return None
    if year is not None:
        return Value(f"{year:04d}-{month:02d}", "explicit")
    if place.published is None:
        return Value(f"XXXX-{month:02d}", "explicit")
    if "this_year" in place.groups:
        return Value(f"{place.published.year:04d}-{month:02d}", "relative")
    if "shift2" in place.groups:  # “mai de l'an dernier”
        return Value(
            f"{place.published.year + (-1 if place.strict_side() == 'before' else 1):04d}-{month:02d}", "relative"
        )
    resolved_year, resolved_month = calendar.resolve_month(month, place.published, place.side())
    return Value(f"{resolved_year:04d}-{resolved_month:02d}", "relative")


def _may_be_capitalised(place: Place) -> bool:
    """Whether a capitalised month is the month and not a planet, a first name or a street."""
    return place.find.groups["month"] != place.text[place.find.start : place.find.end] or place.preceded_by(
        "month_capital_before"
    )


def _counts_something(place: Place) -> bool:
    """Whether the number that ends the expression counts what follows it: “en mars 40 personnes”, “2000 soldats”."""
    paragraph = place.reading.paragraph_at(place.find.end)
    if paragraph is None or not place.after[:1].isspace():
        return False
    following = paragraph.token_at(place.find.end + 1)
    return following is not None and following.pos_ in {"NOUN", "NUM", "SYM"} and following.text[:1].islower()


def _read_year(place: Place) -> Value | None:
    year = place.year()
    return None if year is None or _counts_something(place) else Value(f"{year:04d}", "explicit")


def _read_bare_year(place: Place) -> Value | None:
    year = place.year()
    if year is None or _counts_something(place):
        return None
    if place.preceded_by("year_before") or place.followed_by("year_after"):
        return Value(f"{year:04d}", "explicit")
    return Value(f"{year:04d}", "explicit") if _is_recent(year, place) and _stands_as_a_year(place) else None


def _is_recent(year: int, place: Place) -> bool:
    """Whether a number may be a year of the news without a word that says so; 2000 is a name's or a count's too often."""
    latest = 2100 if place.published is None else place.published.year + 15
    return 1950 <= year <= latest and year != 2000


def _stands_as_a_year(place: Place) -> bool:
    """Whether the number follows what it dates (“la présidentielle 2017”, “Mondial 2022”) or is its verb's subject (“2019 a vu”)."""
    paragraph = place.reading.paragraph_at(place.find.start)
    token = None if paragraph is None else paragraph.token_at(place.find.start)
    if token is None:
        return False
    if token.dep_ in {"nsubj", "nsubj:pass"} and token.head.i > token.i:
        return True
    return token.i > 0 and place.before.endswith(" ") and token.nbor(-1).pos_ in {"NOUN", "PROPN"}


def _read_year_span(place: Place) -> Value | None:
    first, last = int(place.groups["first_year"]), int(place.groups["year"])
    last = first - first % 100 + last if last < 100 else last
    return Value(f"{first:04d}/{last:04d}", "explicit") if first < last <= first + 100 else None


def _read_decade(place: Place) -> Value | None:
    tens = place.word("tens", "tens") if "tens" in place.groups else int(place.groups["decade"])
    decade = tens if tens >= 100 else 1900 + tens
    return Value(f"{decade // 10}X", "explicit")


def _read_season(place: Place) -> Value | None:
    season, year = place.word("season", "seasons"), place.year()
    if year is not None:
        return Value(f"{year:04d}-{season}", "explicit")
    if place.published is None:
        return UNKNOWN
    return Value(f"{calendar.resolve_season(season, place.published, place.side()):04d}-{season}", "relative")


def _read_unit(place: Place) -> Value | None:
    """Read “la semaine dernière”, “cette année”, “fin d'année”: a unit before, at or after the one of publication."""
    if place.published is None:
        return UNKNOWN
    step = {"before": -1, "after": 1, None: 0}[place.strict_side()]
    return Value(calendar.counted(place.published, step, _unit(place, "unit")), "relative")


def _unit(place: Place, group: str) -> str:
    unit: str = lexicon(place.language, "units")[place.groups[group].lower()]
    return unit


def _read_months_of_year(place: Place) -> Value | None:
    count = place.count()
    year = _year_of_part(place, "year", "year2")
    if year is None or not 1 <= count <= 12:
        return UNKNOWN if year is None else None
    first, last = (1, count) if place.groups["which"].lower() == "premiers" else (13 - count, 12)
    return Value(f"{year:04d}-{first:02d}/{year:04d}-{last:02d}", _basis_of_part(place))


def _read_quarter(place: Place) -> Value | None:
    length = 3 if place.groups["part"].lower() == "trimestre" else 6
    number = place.word("ordinal", "ordinals")
    number = 12 // length if number == -1 else number
    year = _year_of_part(place, "year")
    if year is None or number * length > 12:
        return UNKNOWN if year is None else None
    ahead = place.published is not None and (year, (number - 1) * length + 1) > (
        place.published.year,
        place.published.month,
    )
    if "year" not in place.groups and ahead and place.side() == "past":
        year -= 1
    return Value(f"{year:04d}-{(number - 1) * length + 1:02d}/{year:04d}-{number * length:02d}", _basis_of_part(place))


def _year_of_part(place: Place, *groups: str) -> int | None:
    for group in groups:
        if group in place.groups:
            return int(place.groups[group])
    if place.published is None:
        return None
    return place.published.year + {"before": -1, "after": 1, None: 0}[place.strict_side()]


def _basis_of_part(place: Place) -> str:
    return "explicit" if "year" in place.groups or "year2" in place.groups else "relative"


def _read_day_word(place: Place) -> Value | None:
    step = place.word("day_word", "day_words")
    if (step == 0 and _means_nowadays(place)) or (step == 1 and _means_the_future(place)):
        return None
    return UNKNOWN if place.published is None else Value(str(place.published + timedelta(step)), "relative")


def _means_nowadays(place: Place) -> bool:
    """Whether “aujourd'hui” is the present time and not the day: with a state, or with nothing that happens on a day."""
    data = vocabulary(place.language)
    noun = genitive_noun(place.reading, place.before, place.find.head)
    if noun is not None:
        return noun.lemma_ not in data["eventful_nouns"]
    if _describes_a_noun(place):
        return True
    verb = governing_verb(place.reading, place.find.head)
    told = None if verb is None else tense(verb, place.language)
    if place.after.startswith(",") and place.preceded_by("opens_sentence"):
        return told is None or (told == "past" and _is_quoted(place))
    if verb is None or told is not None:
        return False
    return verb.lemma_ in data["vague_verbs"] or "VerbForm=Inf" in verb.morph


def _means_the_future(place: Place) -> bool:
    """Whether “demain” is the time to come: “le monde de demain”."""
    noun = genitive_noun(place.reading, place.before, place.find.head)
    return noun is not None and noun.lemma_ not in vocabulary(place.language)["eventful_nouns"]


def _is_quoted(place: Place) -> bool:
    """Whether the expression stands inside quotation marks in its paragraph."""
    paragraph = place.reading.paragraph_at(place.find.start)
    before = "" if paragraph is None else place.text[paragraph.block.start : place.find.start]
    return before.count('"') % 2 == 1 or before.rfind("«") > before.rfind("»") or before.rfind("“") > before.rfind("”")


def _describes_a_noun(place: Place) -> bool:
    """Whether the word goes with a description that follows: “aujourd'hui âgé de 24 ans”, “aujourd'hui Premier ministre”."""
    paragraph = place.reading.paragraph_at(place.find.end)
    following = None if paragraph is None or not place.after.startswith(" ") else paragraph.token_at(place.find.end + 1)
    if following is None or following.i == 0:
        return False
    before = following.doc[: following.i]
    auxiliary = next((token for token in reversed(before) if token.pos_ in {"AUX", "VERB"}), None)
    participle = following.pos_ in {"ADJ", "VERB"} and "VerbForm=Part" in following.morph
    has_auxiliary = auxiliary is not None and any(child == auxiliary for child in following.children)
    return (participle and not has_auxiliary) or following.pos_ in {"ADJ", "NOUN", "PROPN"}


def _read_weekday(place: Place) -> Value | None:
    if "shift" not in place.groups and (_is_habit(place) or _is_part_of_a_name(place)):
        return None
    if place.published is None:
        return UNKNOWN
    return Value(
        str(calendar.resolve_weekday(place.word("weekday", "weekdays"), place.published, place.side())), "relative"
    )


def _is_habit(place: Place) -> bool:
    """Whether the weekday is any of its kind: “chaque lundi”, “le dimanche”."""
    words = place.text[place.find.start : place.find.end].lower()
    if place.preceded_by("weekday_to") or (place.preceded_by("weekday_from") and place.followed_by("weekdays_between")):
        return True
    return words.startswith("le ") or place.preceded_by("habit_before")


def _is_part_of_a_name(place: Place) -> bool:
    """Whether a capitalised weekday belongs to a name: “France Dimanche”."""
    word = place.groups["weekday"]
    return (
        word[0].isupper()
        and not word.isupper()
        and place.find.head == place.find.start
        and not place.preceded_by("opens_sentence")
    )


def _read_night(place: Place) -> Value | None:
    if "month" in place.groups:
        last = _calendar_day(place, _number_of_day(place.groups["day"]))
        if last is None or last.date is None or last.date.startswith("XXXX"):
            return UNKNOWN if last is not None else None
        end = date.fromisoformat(last.date)
        return Value(f"{end - timedelta(1)}/{end}", last.basis)
    if place.published is None:
        return UNKNOWN
    end = calendar.resolve_weekday(place.word("weekday2", "weekdays"), place.published, place.side())
    return Value(f"{end - timedelta(1)}/{end}", "relative")


def _read_ago(place: Place) -> Value | None:
    return _counted(place, -place.count())


def _read_ahead(place: Place) -> Value | None:
    return _counted(place, place.count())


def _counted(place: Place, count: int) -> Value:
    if place.published is None:
        return UNKNOWN
    edtf = calendar.counted(place.published, count, _unit(place, "units"))
    about = "~" if "about" in place.groups and "/" not in edtf else ""
    return Value(edtf + about, "relative")


def _anchor(place: Place) -> str | None:
    """Return the nearest date shortly before the expression in its paragraph that is an exact day, month or year."""
    paragraph = place.reading.paragraph_at(place.find.start)
    for mention in reversed(place.earlier):
        if paragraph is None or mention.start < max(paragraph.block.start, place.find.start - ANCHOR_REACH):
            return None
        if mention.date is not None and mention.date.replace("-", "").isdigit():
            return mention.date
    return None


def _read_eve(place: Place) -> Value | None:
    """Read “la veille” and “le lendemain”: from the last day named in the paragraph; the eve else from publication."""
    step = {"avant-veille": -2, "veille": -1, "lendemain": 1, "surlendemain": 2}[place.groups["eve"].lower()]
    anchor = _anchor(place)
    if anchor is not None:
        moved = calendar.add(anchor, step, "day")
        return UNKNOWN if moved is None else Value(moved, "inferred")
    if step > 0 or place.published is None:
        return UNKNOWN
    return Value(str(place.published + timedelta(step)), "relative")


def _read_offset(place: Place) -> Value | None:
    """Read “un an plus tard”: from the last date named in the paragraph; without one the words are no more than a duration."""
    anchor = _anchor(place)
    later = place.groups["side"].lower() in vocabulary(place.language)["later"]
    moved = (
        None if anchor is None else calendar.add(anchor, place.count() * (1 if later else -1), _unit(place, "units"))
    )
    if moved is None or (place.published is not None and moved > str(place.published)):
        return None
    return Value(moved, "inferred")


def _read_neighbour(place: Place) -> Value | None:
    """Read “l'année suivante”: the unit before or after the one of the last date named in the paragraph."""
    anchor, unit = _anchor(place), _unit(place, "units")
    exact = {"week": 10, "month": 7, "year": 4}[unit]
    if anchor is None or len(anchor) < exact:
        return UNKNOWN
    moved = calendar.add(
        anchor[:exact], 1 if place.groups["side"].lower() in vocabulary(place.language)["later"] else -1, unit
    )
    if moved is None:
        return UNKNOWN
    return Value(calendar.week_of(date.fromisoformat(moved)) if unit == "week" else moved, "inferred")


def _read_year_before(place: Place) -> Value | None:
    """Read “à la même époque” of last year: the month of publication, a year before."""
    if place.published is None:
        return UNKNOWN
    return Value(f"{place.published.year - 1:04d}-{place.published.month:02d}", "inferred")


def _read_unknown(_place: Place) -> Value | None:
    return UNKNOWN


def _read_part_of_day(place: Place) -> Value | None:
    return UNKNOWN if place.published is None else Value(str(place.published), "relative")


def _read_last_night(place: Place) -> Value | None:
    if place.published is None:
        return UNKNOWN
    return Value(f"{place.published - timedelta(1)}/{place.published}", "relative")


def _read_weekend(place: Place) -> Value | None:
    if place.published is None:
        return UNKNOWN
    side = place.side()
    saturday = calendar.resolve_weekday(5, place.published, "past" if side is None else side)
    return Value(f"{saturday}/{saturday + timedelta(1)}", "relative")


READERS: Final[Mapping[str, Callable[[Place], Value | None]]] = {
    "day": _read_day,
    "day_span": _read_day_span,
    "month": _read_month,
    "year": _read_year,
    "bare_year": _read_bare_year,
    "year_span": _read_year_span,
    "decade": _read_decade,
    "season": _read_season,
    "unit": _read_unit,
    "months_of_year": _read_months_of_year,
    "quarter": _read_quarter,
    "day_word": _read_day_word,
    "weekday": _read_weekday,
    "night": _read_night,
    "ago": _read_ago,
    "ahead": _read_ahead,
    "eve": _read_eve,
    "offset": _read_offset,
    "neighbour": _read_neighbour,
    "year_before": _read_year_before,
    "unknown": _read_unknown,
    "part_of_day": _read_part_of_day,
    "last_night": _read_last_night,
    "weekend": _read_weekend,
}
