"""Measured figures for machines, each with its interval: what `make evaluation` keeps in the package, and a release has."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from iraqtalks.evaluation.intervals import (
    LEAST_ARTICLES,
    LEVEL,
    RESAMPLES,
    Counts,
    Interval,
    f1_interval,
    share_interval,
)
from iraqtalks.evaluation.page import Measured
from iraqtalks.evaluation.report import Report, Share, merge

MEASURED: Final = Path(__file__).with_name("measured.json")
"""The figures on all committed annotations, as `make evaluation` last wrote them."""

METHODS: Final = {
    "level": LEVEL,
    "bootstrap": f"percentile bootstrap, whole articles drawn with replacement {RESAMPLES} times",
    "wilson": f"Wilson score interval, cases taken as independent: fewer than {LEAST_ARTICLES} articles, or all or none right",
}
"""What the names of methods mean."""


def figures(reports: Sequence[Report]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return all figures of articles together: section → name → value, counts and interval; without a case all is null.

    `reports` has one report an article. `f1` stands beside `precision` and `recall`; what is only a share stands alone.
    """
    whole = merge(reports)
    result: dict[str, dict[str, dict[str, Any]]] = {}
    for (section, name), found in whole.found.items():
        parts = [report.found[section, name] for report in reports if (section, name) in report.found]
        precision, recall = _counts(part.precision for part in parts), _counts(part.recall for part in parts)
        result.setdefault(section, {})[name] = {
            "f1": {"value": _rounded(found.f1), **_bounds(f1_interval(precision, recall))},
            "precision": _share(found.precision, precision),
            "recall": _share(found.recall, recall),
        }
    for (section, name), share in whole.shares.items():
        counts = _counts(report.shares[section, name] for report in reports if (section, name) in report.shares)
        result.setdefault(section, {})[name] = _share(share, counts)
    return result


def document(sets: Iterable[Measured], code: str) -> dict[str, Any]:
    """Return what is kept of an evaluation: the gold files by hash, the code's fingerprint, the figures of all together."""
    ordered = sorted(sets, key=lambda measured: measured.name)
    return {
        "code": code,
        "intervals": METHODS,
        "gold": {measured.name: {"sha256": measured.sha256, "articles": len(measured.reports)} for measured in ordered},
        "figures": figures([report for measured in ordered for report in measured.reports.values()]),
    }


def write(document: dict[str, Any], path: Path) -> None:
    """Write the document as JSON."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _counts(shares: Iterable[Share]) -> Counts:
    return [(share.right, share.of) for share in shares]


def _share(share: Share, counts: Counts) -> dict[str, Any]:
    return {
        "value": _rounded(share.value), "right": share.right, "of": share.of, **_bounds(share_interval(counts)),
    }  # fmt: skip


def _bounds(interval: Interval | None) -> dict[str, Any]:
    if interval is None:
        return {"low": None, "high": None, "method": None}
    return {"low": _rounded(interval.low), "high": _rounded(interval.high), "method": interval.method}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
