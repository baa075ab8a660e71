"""The rows behind the marks of an article, as notes for readers: what each row says, by which rule, and how good that is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from iraqtalks.database import Row
from iraqtalks.extraction.events.plover import plover
from iraqtalks.site.safety import page_name, words

Names = Mapping[str, Row]
"""Actors by id."""

ROLES: Final = {
    "source": "who acts", "target": "acted on", "host": "host", "chair": "chair", "mediator": "mediator",
    "instrument": "means",
}  # fmt: skip
STATUSES: Final = {
    "asserted": "asserted by the outlet itself",
    "reported": "only reported: a source says so",
    "planned": "planned, not yet done",
    "hypothetical": "hypothetical",
    "denied": "denied",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What a row says in one respect; `href` leads from the site's top to the page on it."""

    label: str
    text: str
    href: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A row for readers: `kind` says what sort of row, `tag` is the label of its mark, `heading` says it in short."""

    id: str
    tag: str
    kind: str
    heading: str
    facts: tuple[Fact, ...]
    start: int
    end: int
    rule: str
    confidence: float | None


def actor_href(actor_id: str) -> str:
    """Return where an actor's page is, from the site's top."""
    return f"actor/{page_name(actor_id)}.html"


def event_href(event_id: str) -> str:
    """Return where an event's page is, from the site's top."""
    return f"event/{page_name(event_id)}.html"


def article_href(article_id: str, row_id: str | None = None) -> str:
    """Return where an article's page is, from the site's top, or the place of one of its rows there."""
    return f"article/{page_name(article_id)}.html" + ("" if row_id is None else f"#{page_name(row_id)}")


def round_href(round_id: str) -> str:
    """Return where the page of a round of the talks is, from the site's top."""
    return f"round/{page_name(round_id)}.html"


def issue_href(issue: str) -> str:
    """Return where an issue's page is, from the site's top."""
    return f"issue/{page_name(issue)}.html"


def event_title(row: Row) -> str:
    """Return an event's type and mode."""
    return " ".join(part for part in (row["type"], row["mode"]) if part)


def definition(row: Row) -> str:
    """Return what the event's type, and its mode, mean in PLOVER."""
    told: Mapping[str, Any] = plover()["types"][row["type"]]
    modes: Mapping[str, str] = told.get("modes", {})
    return " ".join(part for part in (told["definition"], modes.get(row["mode"] or "")) if part)


def saying(quote: Row) -> str:
    """Return what the speaker does, in a word or two."""
    act = str(quote["act"] or "say").replace("_", " ")
    return f"does not {act}" if quote["negated"] else act


def _actor(label: str, actor_id: str | None, names: Names) -> Iterator[Fact]:
    if actor_id is not None and actor_id in names:
        yield Fact(label, names[actor_id]["name"], actor_href(actor_id))


def _dated(row: Row) -> Iterator[Fact]:
    if row["date"]:
        yield Fact("date", row["date"])


def quote_note(quote: Row, tag: str, names: Names) -> Note:
    """Return the note on a quote."""
    speaker = names.get(quote["speaker_id"])
    facts = [
        *_actor("speaker", quote["speaker_id"], names),
        *([] if speaker else [Fact("speaker", "the text does not tell")]),
        *([Fact("source", "unnamed")] if quote["speaker_anonymous"] else []),
        Fact("act", saying(quote) + (f" ({quote['cue_lemma']})" if quote["cue_lemma"] else "")),
        *_actor("said to", quote["said_to_id"], names),
        *([Fact("said on", quote["spoken_on"])] if quote["spoken_on"] else []),
        Fact("in quotation marks", {"direct": "all of it", "mixed": "some of it"}.get(quote["kind"], "none of it")),
    ]
    heading = f"{speaker['name'] if speaker else 'Somebody'} · {saying(quote)}"
    return _note(quote, "quote_id", tag, "Quote", heading, facts)


def statement_note(statement: Row, tag: str) -> Note:
    """Return the note on a statement of an event."""
    asserted = statement["status"] == "asserted"
    facts = [
        Fact("event", event_title(statement), event_href(statement["event_id"])),
        Fact("status", STATUSES[statement["status"]]),
        *(
            [Fact("claimed by", statement["speaker"], actor_href(statement["speaker_id"]))]
            if statement["speaker"]
            else []
        ),
        *(Fact(ROLES[one["role"]], one["name"], actor_href(one["id"])) for one in statement["participants"]),
        *_dated(statement),
        *([Fact("place", statement["place"])] if statement["place"] else []),
        *([Fact("about", statement["contexts"])] if statement["contexts"] else []),
        *(
            [Fact("round", "of the talks", round_href(statement["talks_round_id"]))]
            if statement["talks_round_id"]
            else []
        ),
    ]
    heading = f"{event_title(statement)} · {statement['status']}"
    return _note(statement, "event_mention_id", tag, "Event" if asserted else "Claim", heading, facts)


def mention_note(mention: Row, names: Names, *, speaks: bool) -> Note:
    """Return the note on words that name an actor; `speaks`: they name the speaker of a quote."""
    name = names[mention["actor_id"]]["name"]
    facts = [*_actor("names", mention["actor_id"], names), Fact("form", mention["form"])]
    return _note(mention, "mention_id", "", "Speaker" if speaks else "Actor", name, facts)


def date_note(date: Row) -> Note:
    """Return the note on a date."""
    facts = [
        Fact("date", date["date"] or "not told"),
        *([Fact("known by", date["date_basis"])] if date["date_basis"] else []),
    ]
    return _note(date, "date_mention_id", "", "Date", date["date"] or "not told", facts)


def position_note(position: Row, tag: str, names: Names, issues: Mapping[str, str], condition: str | None) -> Note:
    """Return the note on a position; `issues` are the issues' names by id."""
    facts = [
        *_actor("actor", position["actor_id"], names),
        Fact("stance", position["stance"]),
        Fact("issue", issues.get(position["issue"], position["issue"]), issue_href(position["issue"])),
        *([Fact("condition", condition, language="fr")] if words(condition) and condition else []),
    ]
    heading = f"{position['stance']} · {issues.get(position['issue'], position['issue'])}"
    return _note(position, "position_id", tag, "Position", heading, facts)


def _note(row: Row, key: str, tag: str, kind: str, heading: str, facts: Sequence[Fact]) -> Note:
    return Note(
        id=page_name(row[key]), tag=tag, kind=kind, heading=heading, facts=tuple(facts), start=row["start"],
        end=row["end"], rule=row["rule"], confidence=row["confidence"],
    )  # fmt: skip
