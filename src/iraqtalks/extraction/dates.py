"""French temporal expressions → EDTF. Dates are days and longer; times of a day (“mardi soir”) are kept apart.

What the words are is in `language/<language>/dates.yml`; `dates_grammar` finds them, `dates_readers` says what they mean,
`dates_tense` on which side of the publication day they lie, `dates_calendar` counts.
"""

from iraqtalks.extraction.dates_grammar import Find, compiled, find, plain, vocabulary
from iraqtalks.extraction.dates_joint import Dated, align
from iraqtalks.extraction.dates_readers import READERS, Place
from iraqtalks.extraction.model import DateMention, Reading

_TIME: str = "time."


def find_dates(reading: Reading, language: str = "fr") -> list[DateMention]:
    """Return the article's dates in order, none overlapping another: days, months, seasons, years, spans of days.

    Hours and times of a day are no dates (see `find_times`), nor are durations. `date` is None where nothing fixes the value.
    """
    return [mention for mention in _find_all(reading, language) if not mention.rule.startswith(_TIME)]


def find_times(reading: Reading, language: str = "fr") -> list[DateMention]:
    """Return the article's times of a day (“mardi soir”, “ce matin”) and week-ends, with the days that they fall on.

    They are no rows of `date_mentions`, but they date events. In order, overlapping neither one another nor any date.
    """
    return [mention for mention in _find_all(reading, language) if mention.rule.startswith(_TIME)]


def _find_all(reading: Reading, language: str) -> list[DateMention]:
    text = plain(reading.text)
    mentions: list[DateMention] = []
    dated: list[Dated] = []
    for found in find(text, language):
        value = READERS[found.reader](Place(found, reading, text, tuple(mentions), language))
        if value is not None:
            rule = "time.of_day" if _is_time_of_day(found, text, language) else found.rule
            mentions.append(DateMention(found.start, found.end, value.date, value.basis, rule))
            dated.append((found, mentions[-1]))
    return align(dated, text, reading.article.published_on, language)


def _is_time_of_day(found: Find, text: str, language: str) -> bool:
    """Whether a part of the day or an hour is said right after the day: “mardi soir”, “hier à 10 h”."""
    if found.reader not in {"day_word", "weekday", "eve"}:
        return False
    return compiled(vocabulary(language)["part_of_day_after"]).search(text[found.end : found.end + 40]) is not None
