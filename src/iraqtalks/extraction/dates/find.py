"""French temporal expressions → EDTF. Dates are days and longer; times of a day (“mardi soir”) are kept apart.

The words are in `language/<language>/dates.yml`; `grammar` finds them, `readers` says what they mean,
`side` on which side of the publication day they lie, `calendar` counts, `joint` fits ranges together.
"""

from collections.abc import Sequence
from typing import Final

from iraqtalks.extraction.dates.grammar import Find, beginnings, context, finds_at, plain
from iraqtalks.extraction.dates.joint import align, periods
from iraqtalks.extraction.dates.place import Place
from iraqtalks.extraction.dates.readers import READERS
from iraqtalks.extraction.model import DateMention, Reading

_TIME: Final = "time."
_DAYS_WITH_TIMES: Final = frozenset({"day_word", "weekday", "eve"})
_AROUND: Final = 40


def find_dates(reading: Reading, language: str = "fr") -> list[DateMention]:
    """Return the article's dates in order, none overlapping another: days, months, seasons, years, spans of days.

    Hours and times of a day are no dates (see `find_times`), nor are durations. `date` is None where nothing fixes it.
    """
    return only_dates(find_temporal(reading, language))


def only_dates(temporal: Sequence[DateMention]) -> list[DateMention]:
    """Return the dates among temporal expressions."""
    return [mention for mention in temporal if not mention.rule.startswith(_TIME)]


def find_times(reading: Reading, language: str = "fr") -> list[DateMention]:
    """Return the article's times of a day (“mardi soir”, “ce matin”) and week-ends, with the days that they fall on.

    They are no rows of `date_mentions`, but they date events. In order, overlapping neither one another nor any date.
    """
    return [mention for mention in find_temporal(reading, language) if mention.rule.startswith(_TIME)]


def find_periods(reading: Reading, dates: Sequence[DateMention], language: str = "fr") -> list[DateMention]:
    """Return the periods whose two ends are among `dates`, each as one interval: “entre 2014 et 2017” is 2014/2017.

    The ends are dates of their own and stay in `date_mentions`; the period dates what happened in it.
    """
    return periods(dates, plain(reading.text), language)


def find_temporal(reading: Reading, language: str = "fr") -> list[DateMention]:
    """Return all temporal expressions of the article in order, dates and times of a day, none overlapping another."""
    text = plain(reading.text)
    finds: list[Find] = []
    mentions: list[DateMention] = []
    for position in beginnings(text, language):
        if mentions and position < mentions[-1].end:
            continue
        found = _read_at(position, reading, text, mentions, language)
        if found is not None:
            finds.append(found[0])
            mentions.append(found[1])
    return align(finds, mentions, text, reading.article.published_on, language)


def _read_at(
    position: int, reading: Reading, text: str, earlier: Sequence[DateMention], language: str
) -> tuple[Find, DateMention] | None:
    """Return the longest expression at the position that a reader takes for a date, with its mention."""
    for find in finds_at(text, position, language):
        value = READERS[find.reader](Place(find, reading, text, earlier, language))
        if value is not None:
            rule = "time.of_day" if _is_time_of_day(find, text, language) else find.rule
            return find, DateMention(find.start, find.end, value.date, value.basis, rule)
    return None


def _is_time_of_day(find: Find, text: str, language: str) -> bool:
    """Whether a part of the day or an hour is said right after the day: “mardi soir”, “hier à 10 h”."""
    after = text[find.end : find.end + _AROUND]
    return find.reader in _DAYS_WITH_TIMES and context(language, "part_of_day_after").search(after) is not None
