"""Scoring events: the event itself, then its status, date, participants, place and quote."""

from collections.abc import Mapping
from typing import Any

from iraqtalks.database import Row
from iraqtalks.evaluation.case import Case
from iraqtalks.evaluation.matching import assign, names_of, normal_name, overlap

FIGURE = "type and place in the text"
SHARES = (
    "status right",
    "date right, dated events",
    "left undated, undated events",
    "sources right",
    "targets right",
    "place right, where annotated",
    "place right, where given",
    "quote right",
)
"""What is given as a share, in the order of the report."""

Gold = Mapping[str, Any]


def _span(row: Row) -> tuple[int, int]:
    return row["start"], row["end"]


def _weight(gold: Gold, row: Row) -> int:
    """Return the overlap of an annotated and a found event that may be the same, else 0."""
    shared = overlap(gold["span"], _span(row))
    shorter = min(gold["span"][1] - gold["span"][0], row["end"] - row["start"])
    return shared if gold["type"] == row["type"] and 2 * shared >= shorter else 0


def score_events(case: Case) -> None:
    """Score the events of an article; its quotes must have been scored before."""
    case.report.expect("events", (FIGURE,), SHARES)
    found, gold = list(case.table("event_mentions")), case.gold["events"]
    pairs = assign(
        {
            (i, j): weight
            for i, event in enumerate(gold)
            for j, row in enumerate(found)
            if (weight := _weight(event, row))
        }
    )
    partners = {j: i for i, j in pairs.items()}
    events = case.report.find("events", FIGURE)
    for i, event in enumerate(gold):
        if not event.get("optional") and not events.recall.add(i in pairs):
            case.error("events", "missed", event["span"], annotated=f"{event['type']} {event['status']}")
        if i in pairs:
            _score_attributes(case, event, found[pairs[i]])
    for j, row in enumerate(found):
        event = gold[partners[j]] if j in partners else None
        if event is not None and event.get("optional"):
            continue
        right = event is not None
        events.precision.add(right)
        case.report.rule("event_mentions", row["rule"]).add(event is not None and row["status"] == event["status"])
        if not right:
            case.error("events", "spurious", _span(row), found=f"{row['type']} {row['status']}", rule=row["rule"])


def _participants(case: Case, row: Row, role: str) -> list[str]:
    return [
        participant["actor_id"]
        for participant in case.table("event_participants")
        if participant["event_mention_id"] == row["event_mention_id"] and participant["role"] == role
    ]


def _is_place(case: Case, place_id: str | None, name: str) -> bool:
    """Whether the found place goes by the annotated name."""
    place = next((row for row in case.table("places") if row["place_id"] == place_id), None)
    columns = ("name", "name_fr", "name_ar", "place_id")
    names = {normal_name(form) for column in columns if place and place[column] for form in names_of(place[column])}
    return bool(names & names_of(name))


def _score_attributes(case: Case, event: Gold, row: Row) -> None:
    """Score what is said of a matched event."""

    def judge(name: str, attribute: str, right: bool, found: object, annotated: object) -> None:
        if not case.report.share("events", name).add(right):
            problem = f"wrong {attribute}"
            case.error("events", problem, event["span"], found=found, annotated=annotated, rule=row["rule"])

    judge("status right", "status", row["status"] == event["status"], row["status"], event["status"])
    dated = event["date"] is not None
    judge(
        "date right, dated events" if dated else "left undated, undated events",
        "date",
        row["date"] == event["date"],
        row["date"],
        event["date"],
    )
    for role in ("source", "target"):
        actors = _participants(case, row, role)
        told = [", ".join(names) or "nobody" for names in (map(case.label, actors), event[role])]
        judge(f"{role}s right", f"{role}s", case.same_set(actors, event[role]), *told)
    place = event["place"]
    if place is not None:
        judge("place right, where annotated", "place", _is_place(case, row["place_id"], place), row["place_id"], place)
    elif row["place_id"] is not None:
        judge("place right, where given", "place", False, row["place_id"], None)
    if place is not None and row["place_id"] is not None:
        case.report.share("events", "place right, where given").add(_is_place(case, row["place_id"], place))
    quote = None if row["quote_id"] is None else case.matched_quotes.get(row["quote_id"], "an unmatched quote")
    judge("quote right", "quote", quote == event["reported_by"], quote, event["reported_by"])
