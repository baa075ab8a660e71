"""French temporal expressions → EDTF. `find_temporal` is the whole; `only_dates` and `find_dates` leave times of a day out.

The words are in `language/<language>/dates.yml`. `grammar` finds them, the `readers` (of words that name a time, of words that count
one) say what they mean, `side` on which side of the publication day they lie, `calendar` counts, `joint` fits ranges together.
"""

from iraqtalks.extraction.dates.find import find_dates, find_periods, find_temporal, find_times, only_dates

__all__ = ["find_dates", "find_periods", "find_temporal", "find_times", "only_dates"]
