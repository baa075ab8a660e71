"""How sure a measured figure is: the interval that holds it, with a confidence of 95 %, on articles of the same kind.

Mistakes come in clusters: an article with an odd layout breaks ten quotes at once. So articles are drawn, not cases: the
percentile bootstrap (B. Efron, 1979) with whole articles as its units. Where it can say nothing, with few articles or where all
cases are right, or none, a share has the interval of E. B. Wilson (1927), which takes cases for independent of one another.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

LEVEL: Final = 0.95
LEAST_ARTICLES: Final = 10
"""Fewer articles with a case than this are too few to draw from."""

RESAMPLES: Final = 2000
_Z: Final = 1.959963984540054
"""The quantile of the normal distribution that leaves 2.5 % above."""

Counts = Sequence[tuple[int, int]]
"""Right and of how many, article by article."""

_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """Its bounds, from 0 to 1, and the method that they come from: `bootstrap` (articles drawn) or `wilson`."""

    low: float
    high: float
    method: str


def share_interval(counts: Counts) -> Interval | None:
    """Return the interval of a share; None without a case."""
    right, of = (sum(count[number] for count in counts) for number in (0, 1))
    if of == 0:
        return None
    if 0 < right < of and _enough(counts):
        return _drawn([counts], lambda sums: sums[0][:, 0] / sums[0][:, 1])
    return _wilson(right, of)


def f1_interval(precision: Counts, recall: Counts) -> Interval | None:
    """Return the interval of the harmonic mean of precision and recall, article by article in the same order.

    None with few articles, or where everything or nothing is right: no formula gives it then.
    """
    right, of = (sum(count[number] for count in (*precision, *recall)) for number in (0, 1))
    if not 0 < right < of or not (_enough(precision) and _enough(recall)):
        return None
    return _drawn([precision, recall], _f1)


def _f1(sums: Sequence[_Numbers]) -> _Numbers:
    precision, recall = (one[:, 0] / one[:, 1] for one in sums)
    return np.asarray(2 * precision * recall / (precision + recall))


def _enough(counts: Counts) -> bool:
    return sum(of > 0 for _, of in counts) >= LEAST_ARTICLES


def _drawn(figures: Sequence[Counts], value: Callable[[Sequence[_Numbers]], _Numbers]) -> Interval:
    """Return what the middle 95 % of the figures are that the articles give when they are drawn with replacement."""
    articles = len(figures[0])
    # The same draws at every run: what is published must not depend on chance.
    drawn = np.random.default_rng(0).multinomial(articles, np.full(articles, 1 / articles), size=RESAMPLES)
    times = drawn.astype(np.float64)
    with np.errstate(invalid="ignore"):  # a draw without a case gives no figure
        values = value([times @ np.asarray(counts, dtype=np.float64) for counts in figures])
    low, high = np.nanquantile(values, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Interval(float(low), float(high), "bootstrap")


def _wilson(right: int, of: int) -> Interval:
    share = right / of
    spread = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    middle = share + _Z**2 / (2 * of)
    scale = 1 + _Z**2 / of
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale), "wilson")
