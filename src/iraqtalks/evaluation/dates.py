"""Scoring dates: the value and the words."""

from collections.abc import Mapping
from typing import Any

from iraqtalks.database import Row
from iraqtalks.evaluation.case import Case
from iraqtalks.evaluation.matching import assign, overlap

Gold = Mapping[str, Any]


def _same_value(gold: Gold, row: Row) -> bool:
    """Whether the found date is the annotated one: the same EDTF string or, where annotated, the same days."""
    if row["date"] == gold.get("date", gold.get("value")):
        return True
    days = (gold.get("from"), gold.get("to"))
    return None not in days and days == (_iso(row["date_start"]), _iso(row["date_end"]))


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def score_dates(case: Case) -> None:
    """Score the dated expressions of an article; expressions without a value are not annotated and not counted."""
    found = [row for row in case.table("date_mentions") if row["date"] is not None]
    gold = [entry for entry in case.gold["dates"] if entry.get("date", entry.get("value")) is not None]
    pairs = assign(
        {
            (i, j): shared
            for i, entry in enumerate(gold)
            for j, row in enumerate(found)
            if (shared := overlap((entry["start"], entry["end"]), (row["start"], row["end"])))
        }
    )
    partners = {j: i for i, j in pairs.items()}
    values, spans = case.report.find("dates", "value"), case.report.find("dates", "words overlap")
    exact = case.report.find("dates", "words exact")
    for i, entry in enumerate(gold):
        row = found[pairs[i]] if i in pairs else None
        spans.recall.add(row is not None)
        exact.recall.add(row is not None and (row["start"], row["end"]) == (entry["start"], entry["end"]))
        if not values.recall.add(row is not None and _same_value(entry, row)):
            annotated, span = entry.get("date", entry.get("value")), (entry["start"], entry["end"])
            if row is None:
                case.error("dates", "missed", span, annotated=annotated)
            else:
                case.error("dates", "wrong value", span, found=row["date"], annotated=annotated, rule=row["rule"])
    for j, row in enumerate(found):
        entry = gold[partners[j]] if j in partners else None
        right = entry is not None and _same_value(entry, row)
        values.precision.add(right)
        spans.precision.add(entry is not None)
        exact.precision.add(entry is not None and (row["start"], row["end"]) == (entry["start"], entry["end"]))
        case.report.rule("date_mentions", row["rule"]).add(right)
        if entry is None:
            case.error("dates", "spurious", (row["start"], row["end"]), found=row["date"], rule=row["rule"])
