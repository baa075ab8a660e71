"""Every rule that can make a row is explained."""

from pathlib import Path

import yaml

import iraqtalks
from iraqtalks.precision import MEASURED
from iraqtalks.rules import rules

RAW = Path(__file__).parent.parent / "data" / "raw"


def test_the_rules_of_the_seed_article_are_explained() -> None:
    (path,) = RAW.glob("*.txt")
    frames = iraqtalks.extract(path.read_text(encoding="utf-8"))
    for table, frame in frames.items():
        if "rule" in frame.columns:
            explained = rules()["quotes" if table == "quote_segments" else table]
            used = set(frame["rule"].drop_nulls())
            assert used <= explained.keys(), table


def test_the_rules_that_were_measured_are_explained() -> None:
    for table, measured in yaml.safe_load(MEASURED.read_text(encoding="utf-8")).items():
        assert measured.keys() - {"total"} <= rules()[table].keys(), table


def test_every_explanation_is_a_line() -> None:
    for listed in rules().values():
        assert all(meaning and "\n" not in meaning for meaning in listed.values())
