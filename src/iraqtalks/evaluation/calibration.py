"""Measured precision of the rules, written to the package so that `confidence` means something."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import yaml

from iraqtalks.evaluation.report import Report, Share, merge
from iraqtalks.precision import MEASURED

_HEADER: Final = """\
# Measured precision of the rules on the annotated gold: how often a rule was right, of how many times it spoke.
# Made by `iraqtalks evaluate … --calibrate`; `iraqtalks.precision` turns it into the column `confidence`.
# A quote is right when its content is close and its speaker right; a mention, when it names that actor; an event, when
# one of its type is annotated there with its status; a date, when its value is right.
"""


def calibrate(reports: Iterable[Report], path: Path = MEASURED) -> dict[str, dict[str, dict[str, int]]]:
    """Write the rules' counts of all reports to `path`; returns table → rule (or `total`) → `right` and `of`."""
    shares: dict[str, dict[str, Share]] = {}
    for (table, rule), share in merge(reports).rules.items():
        for name in ("total", rule):
            counted = shares.setdefault(table, {}).setdefault(name, Share())
            counted.right += share.right
            counted.of += share.of
    counts = {
        table: {rule: {"right": share.right, "of": share.of} for rule, share in sorted(rules.items())}
        for table, rules in sorted(shares.items())
    }
    body = yaml.safe_dump(counts, sort_keys=True, default_flow_style=None)
    path.write_text(_HEADER + body, encoding="utf-8")
    return counts
