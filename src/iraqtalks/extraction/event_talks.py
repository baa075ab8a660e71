"""Talks: who meets whom, who visits whom, and what “the negotiations” refers back to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from iraqtalks.extraction.cast import Cast
from iraqtalks.extraction.event_candidate import Candidate
from iraqtalks.extraction.event_places import LocatedPlace
from iraqtalks.extraction.event_patterns import EventLanguage
from iraqtalks.extraction.model import EventMention, Participant
from iraqtalks.extraction.phrases import lower
from iraqtalks.knowledge import Knowledge

_DEFINITE: Final = frozenset({"le", "la", "l'", "les", "ce", "cet", "cette", "ces", "du", "des", "un", "une"})


def pair(participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """Return parties that meet as source and targets, in the order of the text (entre A et B)."""
    return tuple(
        Participant(party.actor_id, "source" if number == 0 else "target", party.mention)
        for number, party in enumerate(participants)
    )


def complete_talks(candidates: Sequence[Candidate], cast: Cast, knowledge: Knowledge) -> None:
    """Fill in what talks and agreements leave to the context, in place.

    “Les négociations” without parties are those of the nearest talks of the article that have two; an agreement that is
    sought or missing is between the same parties. Talks in the country of one side are a visit of the other's.
    """
    full = [c for c in candidates if _is_talks(c) and len(_parties(c.event)) >= 2]
    for candidate in candidates:
        if candidate.trigger.pattern.mutual and not candidate.event.participants and full:
            nearest = min(full, key=lambda other: abs(other.event.start - candidate.event.start))
            candidate.event.participants = _as_parties(candidate, _parties(nearest.event))
        if candidate.event.type == "CONSULT" and candidate.event.mode is None:
            _mark_visit(candidate.event, cast, knowledge)


def _is_talks(candidate: Candidate) -> bool:
    return candidate.event.type == "CONSULT" and candidate.trigger.pattern.mutual is not None


def _parties(event: EventMention) -> list[Participant]:
    return [p for p in event.participants if p.role in {"source", "target"}]


def _as_parties(candidate: Candidate, parties: Sequence[Participant]) -> tuple[Participant, ...]:
    unnamed = [replace(party, mention=None) for party in parties]
    if candidate.trigger.pattern.mutual == "joint":
        return tuple(replace(party, role="source") for party in unnamed)
    return pair(unnamed)


def _mark_visit(event: EventMention, cast: Cast, knowledge: Knowledge) -> None:
    """Make talks of two sides in the country of one a visit by the other: the visitor is the source, the host the target."""
    parties = _parties(event)
    place = knowledge.places.get(event.place_id) if event.place_id is not None else None
    if len(parties) != 2 or place is None or place.country is None:
        return
    countries = [cast.actors[party.actor_id].country if party.actor_id in cast.actors else None for party in parties]
    if countries.count(place.country) != 1 or None in countries:
        return
    host, visitor = (parties[0], parties[1]) if countries[0] == place.country else (parties[1], parties[0])
    event.mode = "visit"
    event.participants = (
        *(p for p in event.participants if p not in parties),
        replace(visitor, role="source"),
        replace(host, role="target"),
    )


def delegation_place(trigger: Token, places: Sequence[LocatedPlace], language: EventLanguage) -> str | None:
    """Return where the delegates of a sentence are (les négociateurs irakiens à Washington): there they talk."""
    for place in places:
        if place.head.sent != trigger.sent:
            continue
        for index in range(place.head.i - 1, max(-1, place.head.i - 5), -1):
            token = trigger.doc[index]
            if str(token.lemma_).lower() in language.words["delegates"]:
                return place.place_id
            if token.pos_ not in {"ADJ", "ADP", "DET", "PROPN"} or lower(token) in {"de", "d'"}:
                break
    return None
