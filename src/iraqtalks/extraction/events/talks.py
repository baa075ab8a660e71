"""Talks: who meets whom, who visits whom, and what “the negotiations” refers back to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.events.candidate import Candidate
from iraqtalks.extraction.events.patterns import EventLanguage
from iraqtalks.extraction.events.places import LocatedPlace
from iraqtalks.extraction.model import EventMention, Participant
from iraqtalks.extraction.phrases import DEMONSTRATIVES, lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge import Knowledge

_SIDES: Final = (("iraqi-government", "iraq"), ("united-states", "us-government"))
_TRAVELLERS: Final = frozenset({"person", "group", "government", "legislature"})


def pair(participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """Return parties that meet as source and targets, in the order of the text (entre A et B)."""
    return tuple(
        Participant(party.actor_id, "source" if number == 0 else "target", party.mention)
        for number, party in enumerate(participants)
    )


def complete_talks(
    candidates: Sequence[Candidate], cast: Cast, knowledge: Knowledge, processes: frozenset[str]
) -> None:
    """Fill in what talks and agreements leave to the context, in place.

    “Les négociations” without parties are those of the nearest talks of the article that have two; an agreement that is
    sought or missing is between the same parties; talks of one of the `processes` are between Iraq and the United States.
    Talks in the country of one side are a visit of the other's.
    """
    full = [c for c in candidates if _is_talks(c) and len(_parties(c.event)) >= 2]
    for candidate in candidates:
        if not full and _names_process(candidate, processes):
            candidate.event.participants = _as_parties(candidate, _sides(cast))
        if _refers_to_talks(candidate) and full:
            nearest = min(full, key=lambda other: abs(other.event.start - candidate.event.start))
            candidate.event.participants = _as_parties(candidate, _parties(nearest.event))
        if _may_be_visit(candidate):
            _mark_visit(candidate.event, cast, knowledge)
        if candidate.event.mode == "visit" and not any(p.role == "target" for p in candidate.event.participants):
            _name_host(candidate.event, cast, knowledge)
        if candidate.trigger.pattern.travel:
            _add_host(candidate.event, cast, knowledge)
    _recall_sanctions(candidates)


def _recall_sanctions(candidates: Sequence[Candidate]) -> None:
    """Give sanctions without a target that of the sanctions named last before (Ces sanctions avaient été levées)."""
    target: tuple[Participant, ...] = ()
    for candidate in candidates:
        event = candidate.event
        if event.type != "SANCTION" and not candidate.trigger.pattern.rule.endswith("retreat.lift"):
            continue
        own = tuple(p for p in event.participants if p.role == "target")
        if own:
            target = own
        elif target and event.mode != "withdraw" and _is_demonstrative(candidate):
            event.participants += tuple(replace(p, mention=None) for p in target)


def _is_demonstrative(candidate: Candidate) -> bool:
    words = candidate.trigger.extra or (candidate.trigger.token,)
    return any(lower(child) in DEMONSTRATIVES for word in words for child in word.children)


def _names_process(candidate: Candidate, processes: frozenset[str]) -> bool:
    """Whether talks without parties are named as a process between Iraq and the United States (le dialogue stratégique)."""
    if candidate.event.type not in {"CONSULT", "AGREE"} or candidate.event.participants:
        return False
    sentence = str(candidate.trigger.token.sent.text).lower()
    return candidate.trigger.pattern.mutual == "pair" and any(words in sentence for words in processes)


def _sides(cast: Cast) -> list[Participant]:
    """Return Iraq and the United States as the article names them, its government first; nobody where it names only one."""
    sides = [next((name for name in names if name in cast.actors), None) for names in _SIDES]
    return [Participant(side, "source") for side in sides if side is not None] if None not in sides else []


def _refers_to_talks(candidate: Candidate) -> bool:
    """Whether a meeting or an agreement names no parties, so that those of the article's talks are meant."""
    event = candidate.event
    # A meeting told for the first time (une réunion d'urgence) is none that was spoken of.
    new = any(lower(child) in {"un", "une", "des"} for child in candidate.trigger.token.children)
    mutual = candidate.trigger.pattern.mutual is not None
    return mutual and not new and event.type in {"CONSULT", "AGREE"} and not event.participants


def _is_talks(candidate: Candidate) -> bool:
    return candidate.event.type == "CONSULT" and candidate.trigger.pattern.mutual is not None


def _parties(event: EventMention) -> list[Participant]:
    return [p for p in event.participants if p.role in {"source", "target"}]


def _as_parties(candidate: Candidate, parties: Sequence[Participant]) -> tuple[Participant, ...]:
    unnamed = [replace(party, mention=None) for party in parties]
    if candidate.trigger.pattern.mutual == "joint":
        return tuple(replace(party, role="source") for party in unnamed)
    return pair(unnamed)


def _may_be_visit(candidate: Candidate) -> bool:
    """Whether talks may be a visit: a meeting that was held, stated by a noun (diplomats meet ministers where they are posted)."""
    trigger = candidate.trigger
    return (
        candidate.event.type == "CONSULT" and candidate.event.mode is None and trigger.nominal and not trigger.ongoing
    )


def _add_host(event: EventMention, cast: Cast, knowledge: Knowledge) -> None:
    """Give an official's journey to another country that country's government as host, unless a host is named.

    A journey of someone unknown, or to one's own country, is no visit: its participants are taken away.
    """
    place = knowledge.places.get(event.place_id) if event.place_id is not None else None
    sources = [cast.actors[p.actor_id] for p in event.participants if p.role == "source"]
    known = [a for a in sources if a.kind in _TRAVELLERS and (a.in_knowledge_base or a.country is not None)]
    if not known or place is None or place.country is None or place.country in {actor.country for actor in known}:
        event.participants = ()
        return
    host = knowledge.government_of(place.country) or knowledge.country_actor(place.country)
    if host in knowledge.actors and not any(p.role == "target" for p in event.participants):
        event.participants += (Participant(cast.known(host).actor_id, "target"),)


def _name_host(event: EventMention, cast: Cast, knowledge: Knowledge) -> None:
    """Give a visit without a host the government of the other country that it goes to (une visite à Bagdad)."""
    place = knowledge.places.get(event.place_id) if event.place_id is not None else None
    countries = {cast.actors[p.actor_id].country for p in event.participants if p.role == "source"}
    if place is None or place.country is None or not countries or place.country in countries or None in countries:
        return
    host = knowledge.government_of(place.country) or knowledge.country_actor(place.country)
    if host in knowledge.actors:
        event.participants += (Participant(cast.known(host).actor_id, "target"),)


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
