"""Which candidates are political events: some political actor takes part, and the words tell enough."""

from typing import Final

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.events.candidate import Candidate
from iraqtalks.extraction.events.clauses import helpers_before, is_bare_participle
from iraqtalks.extraction.events.patterns import EventLanguage
from iraqtalks.extraction.events.triggers import content_has, is_done_by_office
from iraqtalks.extraction.model import EventMention, Mention, Participant
from iraqtalks.extraction.phrases import is_finite, lower
from iraqtalks.extraction.tokens import Token

_BODIES: Final = frozenset({"government", "country", "legislature", "international_organization"})
_UNPOLITICAL: Final = frozenset({"media", "company"})
_WORDS: Final = frozenset({"ACCUSE", "REQUEST", "SUPPORT"})
"""Types by words: that someone might say them, to nobody in particular, is no event."""
_PUBLIC_WORDS: Final = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types by which somebody takes a stand in public."""
_STATE_ACTS: Final = frozenset({"COERCE", "SANCTION", "RETREAT"})
"""Types by which a state acts on people, who need be nobody in politics."""
_OF_WAR: Final = frozenset({"aerial", "drone", "heavy-weapons", "explosives", "suicide-attack"})
"""Modes of violence that is political whoever does it to whom."""


def counts(candidate: Candidate, cast: Cast, rules: EventLanguage) -> bool:
    """Whether the candidate is an event to keep."""
    event = candidate.event
    if candidate.trigger.pattern.persons and any(_is_body(participant, cast) for participant in event.participants):
        return False
    if event.status == "hypothetical" and event.type in _WORDS and "target" not in _roles(event):
        return False
    if not event.participants and is_done_by_office(candidate.trigger):
        # A relative clause without a date only says who is meant (ceux qui ont été arrêtés).
        return event.status != "denied" and (event.date is not None or not _in_relative(candidate.trigger.token))
    if candidate.trigger.pattern.collective and not event.participants:
        # Who attacked or agreed may be left open where the text says when or where.
        told = event.type == "SUPPORT" or "military" in candidate.trigger.pattern.contexts
        return not told or event.date is not None or event.place_id is not None
    if event.type == "PROTEST":
        return True
    if _only_by_the_way(candidate) or (event.date is None and candidate.nominal and event.status == "denied"):
        return False
    if candidate.nominal and event.type == "CONSULT" and event.date is None and len(event.participants) < 2:
        # Talks that are only mentioned (les discussions du G7).
        return False
    if candidate.nominal and event.quote is not None and event.date is None and len(_roles(event)) < 2:
        return False
    if _is_political_violence(candidate, rules):
        return True
    return any(_is_political(participant, candidate, cast, rules) for participant in event.participants)


def _in_relative(verb: Token) -> bool:
    """Whether the verb's clause says of somebody which one is meant, by word order (ceux *qui* ont été arrêtés)."""
    own = {helper.i for helper in helpers_before(verb)}
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if lower(token) == "qui":
            return True
        if is_finite(token) and token.i not in own:
            return False
    return False


def _is_political_violence(candidate: Candidate, rules: EventLanguage) -> bool:
    """Whether people are killed with the means of war or in an unrest: political whoever they are."""
    event = candidate.event
    if event.type != "ASSAULT" or candidate.nominal:
        return False
    return event.mode in _OF_WAR or content_has(candidate.trigger.token, "unrest", rules)


def _only_by_the_way(candidate: Candidate) -> bool:
    """Whether a participle or an infinitive without date or other side is only said by the way (les combattants *détenus* en A).

    What is planned or in doubt is told by its infinitive (va démissionner); an agreement that was made, by its participle.
    """
    event, verb = candidate.event, candidate.trigger.token
    if candidate.trigger.nominal or event.date is not None or len(event.participants) > 1:
        return False
    if is_bare_participle(verb):
        return any(
            participant.role == "source" or _are_several(participant, candidate) for participant in event.participants
        )
    return "VerbForm=Inf" in str(verb.morph) and event.status in {"asserted", "reported"}


def _are_several(participant: Participant, candidate: Candidate) -> bool:
    """Whether the participant is several people whom the text only describes."""
    mention = participant.mention
    head = candidate.paragraph.token_at(mention.head) if mention is not None and mention.form == "description" else None
    return head is not None and "Number=Plur" in str(head.morph)


def _roles(event: EventMention) -> set[str]:
    return {participant.role for participant in event.participants}


def _is_body(participant: Participant, cast: Cast) -> bool:
    """Whether a target that should be people is named as a state or body (le gouvernement, interpellé sur …)."""
    if participant.role != "target" or participant.mention is None:
        return False
    return cast.actors[participant.actor_id].kind in _BODIES


def _is_political(participant: Participant, candidate: Candidate, cast: Cast, rules: EventLanguage) -> bool:
    """Whether the participant makes the event a political one.

    Known actors and bodies do, media and companies do not. A person whom the base does not know does by an office that the
    text gives, or where a state acts on them; people who are only described do by a noun for actors, if they act.
    """
    actor = cast.actors[participant.actor_id]
    acted_on = participant.role == "target" and _is_state_act(candidate)
    if actor.kind in _UNPOLITICAL:
        return acted_on
    if actor.in_knowledge_base or acted_on:
        return True
    mention = participant.mention
    if actor.kind == "person":
        in_post = _has_office(participant.actor_id, cast, rules) or _is_office(mention, candidate, rules)
        return in_post or (participant.role == "source" and _speaks_out(actor.name, candidate))
    if mention is None or mention.rule != "mention.described":
        return True
    # Who meets holds a post or sits in a body; whoever acts otherwise may be a mere rebel or voter.
    meets = candidate.event.type == "CONSULT"
    acting = rules.words["offices"] | rules.groups["assemblies"] if meets else rules.words["actor_nouns"]
    head = candidate.paragraph.token_at(mention.head)
    return participant.role != "target" and head is not None and head.lemma_.lower() in acting


def _is_office(mention: Mention | None, candidate: Candidate, rules: EventLanguage) -> bool:
    """Whether the words that describe the participant name a post (l'ambassadeur de Norvège)."""
    head = candidate.paragraph.token_at(mention.head) if mention is not None else None
    return head is not None and str(head.lemma_).lower() in rules.words["offices"]


def _speaks_out(name: str, candidate: Candidate) -> bool:
    """Whether the outlet itself tells that somebody whom it names in full accused, promised or demanded."""
    event = candidate.event
    return event.type in _PUBLIC_WORDS and event.status == "asserted" and " " in name


def _is_state_act(candidate: Candidate) -> bool:
    return candidate.event.type in _STATE_ACTS or candidate.event.mode in {"targeted", "investigate"}


def _has_office(actor_id: str, cast: Cast, rules: EventLanguage) -> bool:
    """Whether the article gives the person a post in politics, diplomacy or arms."""
    text = cast.reading.text
    words = {
        word
        for role in cast.roles
        if role.actor_id == actor_id
        for word in text[role.start : role.end].lower().replace("-", " ").split()
    }
    return bool(words & rules.words["offices"])
