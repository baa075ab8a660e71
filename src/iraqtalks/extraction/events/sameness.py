"""Each event once an article, at its clearest statement."""

from collections.abc import Sequence
from typing import Final

from iraqtalks.extraction.events.candidate import Candidate
from iraqtalks.extraction.events.clauses import is_bare_participle, is_finite_clause
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
        clearer = next((o for o in kept if _same(candidate, o) or _is_row_of(candidate.event, o.event)), None)
        if clearer is None:
            kept.append(candidate)
        elif clearer.trigger.token.sent == candidate.trigger.token.sent:
            if candidate.event.date is not None and clearer.event.date is None and _is_modifier(clearer):
                # The noun that says when is clearer (X, détenu à Y depuis *son arrestation en mai*).
                kept[kept.index(clearer)] = candidate
                _complete(candidate.event, clearer.event)
            else:
                _complete(clearer.event, candidate.event)
    return [candidate.event for candidate in kept]


def _is_row_of(event: EventMention, other: EventMention) -> bool:
    """Whether both are one row: the same words for the same type and mode (“a condamné X mais aussi dénoncé Y”)."""
    return (event.start, event.end, event.type, event.mode) == (other.start, other.end, other.type, other.mode)


def _complete(event: EventMention, restated: EventMention) -> None:
    """Fill in what the clearest statement leaves out and another one in the same sentence says."""
    if event.date is None:
        event.date, event.date_basis = restated.date, restated.date_basis
    if event.place_id is None:
        event.place_id = restated.place_id
    roles = {participant.role for participant in event.participants}
    event.participants += tuple(p for p in restated.participants if p.role not in roles)


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


def _is_modifier(candidate: Candidate) -> bool:
    """Whether the event is told by a participle without auxiliary, which describes somebody (X, *détenu* à Y)."""
    return not candidate.trigger.nominal and is_bare_participle(candidate.trigger.anchor)


def _same(candidate: Candidate, clearer: Candidate) -> bool:
    """Whether a candidate restates an event that has a clearer statement."""
    mine, other = candidate.event, clearer.event
    if mine.type != other.type or not _dates_agree(mine, other):
        return False
    if mine.start < other.end and other.start < mine.end and candidate.trigger.token.i == clearer.trigger.token.i:
        return True
    if mine.type == "CONSULT" and candidate.trigger.ongoing != clearer.trigger.ongoing:
        # Talks that are under way are not the round that was held.
        return False
    if candidate.trigger.pattern.collective and not mine.participants:
        if mine.mode != other.mode:
            return False
        return not other.participants or (mine.type == "PROTEST" and (mine.date is None) == (other.date is None))
    if candidate.trigger.pattern.background:
        return _ids(mine, "target") <= _ids(other, "target") or _ids(mine, "source") <= _ids(other, "source")
    return _two_sides(candidate, clearer) or _tells_again(candidate, clearer)


def _tells_again(candidate: Candidate, clearer: Candidate) -> bool:
    """Whether a statement has the participants of a clearer one, or none that it has not."""
    mine, other = candidate.event, clearer.event
    if candidate.nominal or clearer.nominal or _one_breath(candidate, clearer):
        joint = candidate.trigger.pattern.mutual == "joint"
        return _covers(mine, other) or (_covers(other, mine) and not joint)
    if mine.type in _ACTS and _echoes(candidate, clearer):
        return True
    if mine.type in _ACTS and candidate.trigger.token.lemma_ != clearer.trigger.token.lemma_:
        return False
    if mine.mode != other.mode and (not _ids(mine, "target") or None not in {mine.mode, other.mode}):
        return False
    return _ids(mine, "source") == _ids(other, "source") and _ids(mine, "target") == _ids(other, "target")


def _two_sides(candidate: Candidate, clearer: Candidate) -> bool:
    """Whether a noun names the author or the victim of an attack whose other side its sentence tells (X tué dans une frappe de Y)."""
    if candidate.event.type != "ASSAULT" or not candidate.nominal:
        return False
    roles = [{p.role for p in c.event.participants} for c in (candidate, clearer)]
    return candidate.trigger.token.sent == clearer.trigger.token.sent and sorted(map(sorted, roles)) == [
        ["source"],
        ["target"],
    ]


def _one_breath(candidate: Candidate, clearer: Candidate) -> bool:
    """Whether two clauses of one sentence tell of one deed (ont tiré des obus et mené des frappes)."""
    same_sentence = candidate.trigger.token.sent == clearer.trigger.token.sent
    return same_sentence and candidate.event.mode == clearer.event.mode and candidate.event.type not in _ACTS


def _echoes(candidate: Candidate, clearer: Candidate) -> bool:
    """Whether an act only goes on with one told before: a cue with a pronoun (a-t-il déploré), a participle (en annonçant)."""
    mine, other = candidate.event, clearer.event
    if _ids(mine, "target") or _ids(mine, "source") != _ids(other, "source"):
        return False
    if candidate.trigger.pattern is clearer.trigger.pattern and not is_finite_clause(candidate.trigger.anchor):
        return True
    return all(
        participant.mention is None or participant.mention.form == "pronoun" for participant in mine.participants
    )


def _covers(mine: EventMention, other: EventMention) -> bool:
    shared = _ids(mine, "source") | _ids(mine, "target")
    if not shared & (_ids(other, "source") | _ids(other, "target")):
        return False
    if mine.type == "CONSULT":
        return _parties(mine) <= _parties(other)
    return _ids(mine, "source") <= _ids(other, "source") and _ids(mine, "target") <= _ids(other, "target")


def _parties(event: EventMention) -> frozenset[str]:
    return _ids(event, "source") | _ids(event, "target")


def _dates_agree(one: EventMention, other: EventMention) -> bool:
    return one.date is None or other.date is None or one.date.startswith(other.date) or other.date.startswith(one.date)


def _ids(event: EventMention, role: str) -> frozenset[str]:
    return frozenset(participant.actor_id for participant in event.participants if participant.role == role)
