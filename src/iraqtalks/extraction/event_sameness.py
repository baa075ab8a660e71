"""Each event once an article, at its clearest statement."""

from collections.abc import Sequence
from typing import Final

from iraqtalks.extraction.event_candidate import Candidate
from iraqtalks.extraction.model import EventMention

_CLARITY: Final = {"asserted": 0, "denied": 1, "planned": 1, "reported": 2, "hypothetical": 3}
_ACTS: Final = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"})


def distinct(candidates: Sequence[Candidate]) -> list[EventMention]:
    """Return the events of an article without their restatements.

    The clearest statement is kept: a clause before a noun, more participants before fewer, the outlet's own word before
    reported speech, the dated before the undated, the earlier before the later.
    """
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=_rank):
        if not any(_same(candidate, other) for other in kept):
            kept.append(candidate)
    return [candidate.event for candidate in kept]


def _rank(candidate: Candidate) -> tuple[bool, bool, int, int, bool, int]:
    event = candidate.event
    return (
        candidate.trigger.pattern.background,
        candidate.nominal,
        -len({participant.role for participant in event.participants}),
        _CLARITY[event.status],
        event.date is None,
        event.start,
    )


def _same(candidate: Candidate, clearer: Candidate) -> bool:
    """Whether a candidate restates an event that has a clearer statement."""
    mine, other = candidate.event, clearer.event
    if mine.type != other.type or not _dates_agree(mine, other):
        return False
    if mine.start < other.end and other.start < mine.end and candidate.trigger.token.i == clearer.trigger.token.i:
        return True
    if candidate.trigger.pattern.background:
        return _ids(mine, "target") <= _ids(other, "target") or _ids(mine, "source") <= _ids(other, "source")
    if candidate.nominal or clearer.nominal:
        return _covers(mine, other) or _covers(other, mine)
    if mine.type in _ACTS and candidate.trigger.token.lemma_ != clearer.trigger.token.lemma_:
        return False
    return _ids(mine, "source") == _ids(other, "source") and _ids(mine, "target") == _ids(other, "target")


def _covers(mine: EventMention, other: EventMention) -> bool:
    shared = _ids(mine, "source") | _ids(mine, "target")
    if not shared & (_ids(other, "source") | _ids(other, "target")):
        return False
    return _ids(mine, "source") <= _ids(other, "source") and _ids(mine, "target") <= _ids(other, "target")


def _dates_agree(one: EventMention, other: EventMention) -> bool:
    return one.date is None or other.date is None or one.date.startswith(other.date) or other.date.startswith(one.date)


def _ids(event: EventMention, role: str) -> frozenset[str]:
    return frozenset(participant.actor_id for participant in event.participants if participant.role == role)
