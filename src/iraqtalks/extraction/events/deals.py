"""Whom an agreement is with: the country that it is about, said beside it or elsewhere in the article."""

from collections.abc import Sequence
from typing import Final

from iraqtalks.extraction.events.candidate import Candidate
from iraqtalks.extraction.events.clauses import RELATIVES
from iraqtalks.extraction.events.origin import adjectives_of
from iraqtalks.extraction.events.scene import Filler, Scene
from iraqtalks.extraction.model import EventMention, Participant
from iraqtalks.extraction.phrases import NOUNS, lower
from iraqtalks.extraction.tokens import Token

_REACH: Final = 9
"""How many tokens after its noun an agreement's country may stand (l'accord international sur le programme nucléaire *iranien*)."""
_PARTING: Final = frozenset({"par", "pour", "depuis", "après"})
"""Canonical prepositions of what is no part of an agreement's name (la dénonciation de l'accord *par* X)."""
_DEAL: Final = "accord"
_LEAVING: Final = ("event.sanction.leave_deal", "event.sanction.leaving_deal", "event.sanction.announce_leaving")


def country_of_deal(noun: Token, scene: Scene) -> list[Filler]:
    """Return the country that an agreement is about, by an adjective or a name in its noun phrase; none where it names none."""
    for token in noun.doc[noun.i + 1 : min(noun.i + 1 + _REACH, noun.sent.end)]:
        apart = scene.language.prepositions.get(lower(token)) in _PARTING
        if apart or token.is_punct or token.pos_ in {"VERB", "AUX", "SCONJ"} or lower(token) in RELATIVES:
            return []
        mention = scene.cast.covering(scene.paragraph.start(token))
        if mention is not None and scene.cast.actors[mention.actor_id].kind in {"country", "government"}:
            return [(mention.actor_id, mention, token)]
        found = adjectives_of(token, scene) if token.pos_ in NOUNS else []
        if found:
            return found
    return []


def recall_deals(candidates: Sequence[Candidate], scenes: Sequence[Scene]) -> None:
    """Give a withdrawal from an agreement that names no other side that of the article's one agreement, in place."""
    leaving = [candidate.event for candidate in candidates if candidate.event.rule in _LEAVING]
    if all(_sides(event) for event in leaving):
        return
    sides = {side for event in leaving for side in _sides(event)} or {
        actor_id
        for scene in scenes
        for token in scene.paragraph.doc
        if str(token.lemma_) == _DEAL
        for actor_id, _, _ in country_of_deal(token, scene)
    }
    if len(sides) != 1:
        return
    (side,) = sides
    for event in leaving:
        if not _sides(event) and side not in {p.actor_id for p in event.participants}:
            event.participants += (Participant(side, "target"),)


def _sides(event: EventMention) -> set[str]:
    return {participant.actor_id for participant in event.participants if participant.role == "target"}
