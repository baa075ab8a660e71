"""Measuring what was extracted against annotated gold, by the rules of the annotation protocol."""

from collections.abc import Mapping

from iraqtalks.database import Rows
from iraqtalks.evaluation.actors import score_actors
from iraqtalks.evaluation.calibration import calibrate
from iraqtalks.evaluation.case import Case
from iraqtalks.evaluation.dates import score_dates
from iraqtalks.evaluation.events import score_events
from iraqtalks.evaluation.gold import Annotation, Source, annotated_hash, load_gold, load_texts, pair
from iraqtalks.evaluation.quotes import score_quotes
from iraqtalks.evaluation.report import Error, Found, Report, Share, error_lines, merge

__all__ = [
    "Annotation", "Error", "Found", "Report", "Rows", "Share", "Source",
    "annotated_hash", "calibrate", "error_lines", "load_gold", "load_texts", "merge", "pair", "score", "score_each",
]  # fmt: skip


def score(gold: Mapping[str, Annotation], predicted: Mapping[str, Rows], texts: Mapping[str, str]) -> Report:
    """Score the rows of each annotated article against its annotation; returns one report on all of them.

    All three go by the article's id in the gold; `predicted` holds rows by table name. What an annotation leaves out
    (`dates`, say) is not scored for that article. Raises KeyError where an article has no rows or no text.
    """
    return merge(score_each(gold, predicted, texts).values())


def score_each(
    gold: Mapping[str, Annotation], predicted: Mapping[str, Rows], texts: Mapping[str, str]
) -> dict[str, Report]:
    """Score as `score` does, and return a report for each article, by its id, in order of the ids."""
    reports: dict[str, Report] = {}
    for name, annotation in sorted(gold.items()):
        case = Case(name, texts[name], annotation, predicted[name], reports.setdefault(name, Report()))
        if "quotes" in annotation:
            score_quotes(case)
        if "actors" in annotation:
            score_actors(case)
        if "events" in annotation:
            score_events(case)
        if "dates" in annotation:
            score_dates(case)
    return reports
