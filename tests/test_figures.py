"""Measured figures with their intervals: computed as said, and those that are kept are the evaluation page's."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from golds import ROOT
from typer.testing import CliRunner

from iraqtalks.cli import app
from iraqtalks.evaluation import Report, figures
from iraqtalks.evaluation.intervals import f1_interval, share_interval

GOLDS = sorted((ROOT / "tests" / "gold").glob("*.json"))
KEPT = json.loads(figures.MEASURED.read_text(encoding="utf-8"))


def bounds(counts: list[tuple[int, int]]) -> tuple[str, str, str]:
    found = share_interval(counts)
    assert found is not None
    return f"{found.low:.4f}", f"{found.high:.4f}", found.method


def test_few_articles_have_the_interval_of_wilson() -> None:
    """The bounds are those of the formula's published tables (8 of 10: 49.0 to 94.3 per cent)."""
    assert bounds([(8, 10)]) == ("0.4902", "0.9433", "wilson")
    assert bounds([(1, 1)] * 8 + [(0, 1)]) == ("0.5650", "0.9801", "wilson")


def test_all_or_none_right_says_nothing_to_the_bootstrap() -> None:
    assert bounds([(2, 2)] * 20) == ("0.9124", "1.0000", "wilson")
    assert bounds([(0, 2)] * 20) == ("0.0000", "0.0876", "wilson")
    assert share_interval([(0, 0)] * 20) is None
    assert f1_interval([(2, 2)] * 20, [(2, 2)] * 20) is None
    assert f1_interval([(0, 0)] * 20, [(0, 2)] * 20) is None


def test_mistakes_in_one_article_are_less_sure_than_scattered_ones() -> None:
    """Both have 90 of 100 right; where one article has all mistakes, another sample may have none or twenty."""
    scattered = share_interval([(9, 10)] * 9 + [(8, 10)] + [(10, 10)])
    clustered = share_interval([(10, 10)] * 10 + [(0, 11)])
    assert scattered is not None
    assert clustered is not None
    assert (scattered.method, clustered.method) == ("bootstrap", "bootstrap")
    assert clustered.high - clustered.low > 3 * (scattered.high - scattered.low)
    assert clustered.low < 0.75 < scattered.low < 0.9 < scattered.high < clustered.high == 1.0


def test_articles_that_are_all_alike_have_no_spread() -> None:
    found = f1_interval([(4, 5)] * 12, [(4, 8)] * 12)
    assert found is not None
    assert found.low == found.high == pytest.approx(2 * 0.8 * 0.5 / 1.3)


def test_figures_count_all_articles_together() -> None:
    one, other = Report(), Report()
    for right, report in ((True, one), (False, other)):
        report.find("quotes", "exact").precision.add(right)
        report.find("quotes", "exact").recall.add(right)
        report.share("quotes", "kind right").add(right)
    found = figures.figures([one, other, Report()])
    assert found["quotes"]["exact"]["f1"] == {"value": 0.5, "low": None, "high": None, "method": None}
    assert found["quotes"]["exact"]["recall"] == found["quotes"]["kind right"]
    assert found["quotes"]["kind right"] == {
        "value": 0.5, "right": 1, "of": 2, "low": 0.0945, "high": 0.9055, "method": "wilson",
    }  # fmt: skip


def test_the_kept_figures_are_those_of_the_evaluation_page() -> None:
    """Both are written by `make evaluation`, and both tell of the annotations as they are now."""
    page = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    together = page[page.index("## All together") : page.index("### Speakers")]
    told = {
        (section, name): tuple(counts)
        for section, name, *counts in re.findall(
            r"^\| (\w+) \| ([^|]+) \|.* (\d+/\d+) \| (\d+/\d+) \|$", together, re.MULTILINE
        )
    }
    kept = {
        (section, name): tuple(f"{figure[part]['right']}/{figure[part]['of']}" for part in ("precision", "recall"))
        for section, named in KEPT["figures"].items()
        for name, figure in named.items()
        if "f1" in figure
    }
    assert len(kept) > 5
    assert kept == told
    assert {name: gold["sha256"] for name, gold in KEPT["gold"].items()} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in GOLDS
    }


def test_every_interval_holds_its_figure() -> None:
    held = [
        part
        for named in KEPT["figures"].values()
        for figure in named.values()
        for part in (figure.values() if "f1" in figure else (figure,))
        if part["low"] is not None
    ]
    assert len(held) > 30
    assert [part for part in held if not part["low"] <= part["value"] <= part["high"]] == []


def test_the_command_keeps_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MEASURED", tmp_path / "measured.json")
    arguments = ["evaluate", str(ROOT / "tests" / "gold" / "seed.json"), "--texts", str(ROOT / "data" / "raw")]
    result = CliRunner().invoke(app, [*arguments, "--keep-figures"])
    assert result.exit_code == 0, result.output
    kept = json.loads((tmp_path / "measured.json").read_text(encoding="utf-8"))
    assert kept["gold"]["seed.json"] == KEPT["gold"]["seed.json"]
    assert kept["figures"]["quotes"]["exact"]["recall"]["of"] == 8
    assert re.fullmatch("[0-9a-f]{32}", kept["code"])
