"""Dates are declared, versions are the calendar's and only go up."""

import datetime as dt

import pytest

from iraqtalks.errors import ReleaseError
from iraqtalks.release.edition import Version, declared_date, next_version

MAY = dt.date(2024, 5, 6)


def test_the_date_is_the_options_else_the_environments_else_todays() -> None:
    seconds = {"SOURCE_DATE_EPOCH": "1714953600"}
    assert declared_date(dt.date(2020, 1, 2), seconds) == dt.date(2020, 1, 2)
    assert declared_date(None, seconds) == MAY
    before = dt.datetime.now(dt.UTC).date()
    assert before <= declared_date(None, {}) <= dt.datetime.now(dt.UTC).date()


@pytest.mark.parametrize("seconds", ["yesterday", "", "1e9", "9" * 30])
def test_an_environment_without_a_number_is_told(seconds: str) -> None:
    with pytest.raises(ReleaseError, match="no number of seconds"):
        declared_date(None, {"SOURCE_DATE_EPOCH": seconds})


@pytest.mark.parametrize(
    "text", ["2024.5", "2024.05.0", "2024.13.0", "2024.0.0", "2024.5.0rc1", "24.5.0", "2024.5.00", "٢٠٢٤.5.0"]
)
def test_what_is_no_version_is_told(text: str) -> None:
    with pytest.raises(ReleaseError, match="no calendar version"):
        Version.read(text)


@pytest.mark.parametrize(
    ("wanted", "previous", "version"),
    [
        (None, None, "2024.5.0"),
        (None, "2024.4.7", "2024.5.0"),
        (None, "2024.5.9", "2024.5.10"),
        ("2024.5.3", None, "2024.5.3"),
        ("2024.5.12", "2024.5.9", "2024.5.12"),
    ],
)
def test_the_version_is_the_one_wanted_or_the_next_of_the_month(
    wanted: str | None, previous: str | None, version: str
) -> None:
    read = [None if text is None else Version.read(text) for text in (wanted, previous)]
    assert str(next_version(MAY, *read)) == version


@pytest.mark.parametrize(
    ("wanted", "previous", "fault"),
    [
        ("2024.6.0", None, "not a version of 2024-05"),
        ("2024.5.9", "2024.5.9", "not later than 2024.5.9"),
        ("2024.5.9", "2024.5.10", "not later than 2024.5.10"),
        (None, "2024.6.0", "not later than 2024.6.0"),
    ],
)
def test_a_version_that_goes_back_or_lies_elsewhere_is_refused(
    wanted: str | None, previous: str | None, fault: str
) -> None:
    read = [None if text is None else Version.read(text) for text in (wanted, previous)]
    with pytest.raises(ReleaseError, match=fault):
        next_version(MAY, *read)
