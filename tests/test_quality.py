"""The quality report of a build."""

from collections.abc import Mapping

import polars as pl

from iraqtalks import contract
from iraqtalks.quality import assess, report_md


def test_rows_filled_columns_and_rejects_are_counted(frames: Mapping[str, pl.DataFrame]) -> None:
    quality = assess(frames)
    assert quality.rows["quotes"] == 3
    assert quality.rows["talks_rounds"] == 0
    assert round(quality.filled["quotes", "speaker_id"], 3) == 0.333
    assert quality.filled["articles", "published_on"] == 1
    assert not any(table == "talks_rounds" for table, _ in quality.filled)
    assert quality.rejects == {"empty": 1}


def test_the_report_tells_them(frames: Mapping[str, pl.DataFrame]) -> None:
    lines = report_md(assess(frames)).splitlines()
    assert "| quotes | 3 |" in lines
    assert "| quotes.speaker_id | 33.3% |" in lines
    assert "| empty | 1 |" in lines


def test_a_build_without_rejects_says_so(frames: Mapping[str, pl.DataFrame]) -> None:
    assert report_md(assess({**frames, "rejects": contract.frame("rejects")})).endswith("## Rejects\n\nNone.\n")
