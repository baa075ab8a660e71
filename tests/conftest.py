"""Fixtures of all tests: a small sound dataset, and a home without links to the tests' datasets."""

from collections.abc import Mapping

import polars as pl
import pytest
from small import small_frames

from iraqtalks import whereabouts

pytest_plugins = ["releasing"]
"""Fixtures of releases, which several files of tests read."""


@pytest.fixture
def frames() -> Mapping[str, pl.DataFrame]:
    """Give the frames of a small sound dataset; tests replace what they break."""
    return small_frames()


@pytest.fixture(autouse=True)
def _no_links(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Keep links to the tests' datasets out of the user's data folder; the tests of the links have a home of their own."""
    if request.module.__name__ != "test_whereabouts":
        monkeypatch.setattr(whereabouts, "remember", lambda *_: None)
