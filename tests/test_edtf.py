"""EDTF: bounds against the reference library, the subset's borders, and invariants."""

import datetime as dt
import time

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from iraqtalks.edtf import bounds, precision
from iraqtalks.tables import DATE_PRECISIONS

YEARS = st.integers(min_value=1000, max_value=9998)
REFUSED = "EDTF|day of a season|out of range"
QUALIFIERS = st.sampled_from(["", "?", "~", "%"])


def as_date(moment: time.struct_time) -> dt.date:
    return dt.date(moment.tm_year, moment.tm_mon, moment.tm_mday)


@st.composite
def simple_dates(draw: st.DrawFn) -> str:
    year = draw(YEARS)
    day = draw(st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31)))
    written = [f"{year}", f"{year}-{day.month:02d}", day.isoformat(), f"{year}-{draw(st.integers(21, 24))}"]
    return draw(st.sampled_from([*written, f"{year // 10}X"]))


@given(simple_dates().filter(lambda edtf: not edtf.endswith("-24")), QUALIFIERS)
def test_bounds_are_those_of_the_reference_library(edtf: str, qualifier: str) -> None:
    reference = parse_edtf(edtf)
    assert bounds(edtf + qualifier) == (as_date(reference.lower_strict()), as_date(reference.upper_strict()))


@given(simple_dates(), simple_dates())
def test_an_interval_runs_from_its_first_day_to_its_last(one: str, other: str) -> None:
    first, last = sorted([one, other], key=lambda edtf: bounds(edtf)[0] or dt.date.min)
    start, end = bounds(first)[0], bounds(last)[1]
    assert start is not None
    assert end is not None
    assert bounds(f"{first}/{last}") == (start, end)
    assert bounds(f"{first}/..") == (start, None)
    assert bounds(f"../{last}") == (None, end)
    assert precision(f"{first}/{last}") == "interval"


@given(simple_dates())
def test_a_date_is_not_over_before_it_begins(edtf: str) -> None:
    first, last = bounds(edtf)
    assert first is not None
    assert last is not None
    assert first <= last
    assert precision(edtf) in DATE_PRECISIONS


@given(st.text(alphabet="0129X-/.?~ ", max_size=12))
def test_what_is_not_edtf_is_a_value_error_and_nothing_else(text: str) -> None:
    try:
        first, last = bounds(text)
    except ValueError:
        return
    assert first is None or last is None or first <= last


def test_winter_runs_into_the_next_year() -> None:
    assert bounds("2019-24") == (dt.date(2019, 12, 1), dt.date(2020, 2, 29))


@pytest.mark.parametrize("edtf", ["XXXX-07-23", "XXXX-07", "XXXX-02-29", "XXXX-01/XXXX-03", "XXXX-07-23?"])
def test_without_a_year_there_are_no_days(edtf: str) -> None:
    assert bounds(edtf) == (None, None)


@pytest.mark.parametrize(
    "edtf",
    [
        "", "2021-7-23", "2021-13", "2021-02-29", "XXXX-02-30", "XXXX", "2021-22-01", "201X-05", "20XX", "../..",
        "2021/2020", "2019/2020/2021", "/2020", "2021-07-23T10:00", " 2021", "2021-07-23 ", "juillet 2021", "２０２１",
        "0000", "9999-24",
    ],
)  # fmt: skip
def test_what_is_outside_the_subset_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError, match=REFUSED):
        bounds(edtf)
    with pytest.raises(ValueError, match=REFUSED):
        precision(edtf)


@pytest.mark.parametrize(
    ("edtf", "unit"),
    [
        ("2021-07-23", "day"), ("XXXX-07-23", "day"), ("2020-05-06~", "day"), ("2020-01", "month"),
        ("XXXX-01", "month"), ("2020-22", "season"), ("2020", "year"), ("198X", "decade"),
        ("2014/2017", "interval"), ("2020-05/..", "interval"),
    ],
)  # fmt: skip
def test_precision(edtf: str, unit: str) -> None:
    assert precision(edtf) == unit
