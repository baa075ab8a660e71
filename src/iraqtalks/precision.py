"""How often a rule was right on the annotated gold: what the column `confidence` says."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import yaml

MEASURED: Final = Path(__file__).with_name("precision.yml")
"""The measured counts: table → rule → `right` and `of`; the rule `total` sums up its table."""

ENOUGH: Final = 5
"""A rule that spoke less often on the gold has no figure of its own."""


@cache
def _measured() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    return yaml.safe_load(MEASURED.read_text(encoding="utf-8")) or {}


def confidence(table: str, rule: str) -> float | None:
    """Return the measured precision of a table's rule, from 0 to 1, rounded to three decimals.

    A rule that spoke less than `ENOUGH` times on the gold has its table's; None when the table was never measured.
    """
    rules = _measured().get(table, {})
    for name in (rule, "total"):
        counts = rules.get(name)
        if counts is not None and counts["of"] >= (ENOUGH if name == rule else 1):
            return round(counts["right"] / counts["of"], 3)
    return None


def counts(table: str, rule: str) -> tuple[int, int]:
    """Return how often a table's rule was right on the gold and how often it spoke there; (0, 0) if it never did."""
    measured = _measured().get(table, {}).get(rule)
    return (0, 0) if measured is None else (measured["right"], measured["of"])
