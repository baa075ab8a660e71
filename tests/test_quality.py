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


def test_articles_in_languages_without_rules_are_listed(frames: Mapping[str, pl.DataFrame]) -> None:
    (row,) = frames["articles"].rows(named=True)
    title = "<script>alert(1)</script> | [pont](javascript:x) `a`"
    others = [row | {"article_id": f"a{number}", "language": "en", "title": title} for number in range(2, 204)]
    others.append(row | {"article_id": "a1000", "language": None, "raw_path": "un|pont.txt"})
    others.append(row | {"article_id": "a1001", "language": "fr-FR"})
    articles = contract.frame("articles", [row, *others])
    quality = assess({**frames, "articles": articles})
    assert len(quality.without_rules) == 203
    report = report_md(quality)
    assert "202 in en, 1 in unknown." in report
    assert "| unknown | a1000 |  | un\\|pont.txt |" in report
    assert "| … | 3 more | | |" in report
    assert "a1001" not in report
    assert "<script>" not in report
    assert "[pont](" not in report


def test_a_build_in_which_all_languages_have_rules_says_nothing_of_them(frames: Mapping[str, pl.DataFrame]) -> None:
    assert "without rules" not in report_md(assess(frames))
