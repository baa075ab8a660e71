"""What the patterns of `language/<language>/dates.yml` call their readers.

A reader gets an expression and its surroundings and returns its value, or None when the words are no date after all.
"""

from collections.abc import Callable, Mapping
from typing import Final

from iraqtalks.extraction.dates import counted, named
from iraqtalks.extraction.dates.place import Place, Value

READERS: Final[Mapping[str, Callable[[Place], Value | None]]] = {
    "day": named.read_day,
    "day_span": named.read_day_span,
    "month": named.read_month,
    "month_span": named.read_month_span,
    "year": named.read_year,
    "bare_year": named.read_bare_year,
    "year_span": named.read_year_span,
    "decade": named.read_decade,
    "season": named.read_season,
    "first_months": named.read_first_months,
    "quarter": named.read_quarter,
    "day_word": counted.read_day_word,
    "weekday_number": counted.read_weekday_number,
    "weekday": counted.read_weekday,
    "night": counted.read_night,
    "unit": counted.read_unit,
    "new_year": counted.read_new_year,
    "year_before": counted.read_year_before,
    "ago": counted.read_ago,
    "ahead": counted.read_ahead,
    "eve": counted.read_eve,
    "offset": counted.read_offset,
    "neighbour": counted.read_neighbour,
    "unknown": counted.read_unknown,
    "today": counted.read_today,
    "last_night": counted.read_last_night,
    "weekend": counted.read_weekend,
}
