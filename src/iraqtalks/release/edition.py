"""Which release it is: its date, declared and never read off files, and its calendar version.

A version is YYYY.MM.N: year and month of the date, then a count from 0. The year is the major version: what a release of one
year lets users do, every later release of that year lets them do too (`iraqtalks.release.compatibility`).
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from iraqtalks.errors import ReleaseError

EPOCH: Final = "SOURCE_DATE_EPOCH"
"""The environment variable by which builds are told their date, in seconds since 1970 (reproducible-builds.org)."""

_VERSION: Final = re.compile(r"([1-9][0-9]{3})\.([1-9]|1[0-2])\.(0|[1-9][0-9]*)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A calendar version; versions are in the order of their numbers."""

    year: int
    month: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the version that the text is; raises ReleaseError where it is none."""
        found = _VERSION.fullmatch(text)
        if found is None:
            raise ReleaseError(f"{text} is no calendar version; give one as 2026.11.0: year, month, count")
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        """Return the version as it is written."""
        return f"{self.year}.{self.month}.{self.number}"


@dataclass(frozen=True, slots=True)
class Edition:
    """What is the same in all that a release says of itself; `url` is where it will be found, if that is known."""

    version: Version
    date: dt.date
    url: str | None = None


def declared_date(option: dt.date | None, environment: Mapping[str, str]) -> dt.date:
    """Return the date of the release: that of the option, else SOURCE_DATE_EPOCH's, else today's, in UTC.

    Raises ReleaseError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    if option is not None:
        return option
    seconds = environment.get(EPOCH)
    if seconds is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise ReleaseError(f"{EPOCH} is {seconds}, which is no number of seconds since 1970") from error


def next_version(date: dt.date, wanted: Version | None, previous: Version | None) -> Version:
    """Return the version of a release of that date: the one wanted, else the next one of the month.

    Raises ReleaseError where it would not be of the date's month or not be later than the release before it.
    """
    same_month = previous is not None and (previous.year, previous.month) == (date.year, date.month)
    counted = Version(date.year, date.month, previous.number + 1 if previous is not None and same_month else 0)
    version = wanted or counted
    if (version.year, version.month) != (date.year, date.month):
        raise ReleaseError(f"{version} is not a version of {date:%Y-%m}, the month of the release; give another --date")
    if previous is not None and version <= previous:
        raise ReleaseError(f"{version} is not later than {previous}, the release before it; give another --version")
    return version
