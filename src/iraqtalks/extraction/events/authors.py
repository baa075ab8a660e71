"""Who is behind what a text only points back to: “ces propos” are the last speaker's, “cette initiative” the last actor's."""

from collections.abc import Iterator, Sequence
from typing import Final

from iraqtalks.extraction.events.candidate import Candidate
from iraqtalks.extraction.events.clauses import RELATIVES
from iraqtalks.extraction.events.scene import Scene
from iraqtalks.extraction.model import Participant
from iraqtalks.extraction.phrases import DEMONSTRATIVES, is_finite, lower
from iraqtalks.extraction.tokens import Token

_JUDGING: Final = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
"""Types by which somebody judges what another said or did."""
_JUDGED: Final = frozenset({"à", "contre"})
"""Canonical prepositions of what is judged (s'opposer à cette idée)."""
_NOUNS: Final = ("utterances", "plans", "violence")
_FAR: Final = 1500
"""What a demonstrative points back to stands within so many characters."""


def recall_authors(candidates: Sequence[Candidate], scenes: Sequence[Scene]) -> None:
    """Give a judgement of “ces propos” or “cette initiative” whoever said or did that as its target, in place.

    The author of words is the speaker of the last quote before, of a plan also who acted in the last event before, of
    violence who did some; never the judge. A judgement that names somebody, or of what nobody in the article said or did,
    is left as it is.
    """
    by_paragraph = {id(scene.paragraph): scene for scene in scenes}
    for candidate in candidates:
        event = candidate.event
        scene = by_paragraph[id(candidate.paragraph)]
        judges = {p.actor_id for p in event.participants if p.role == "source"}
        if event.type not in _JUDGING or not judges or len(judges) < len(event.participants):
            continue
        noun = _pointing_back(candidate.trigger.token, scene)
        if noun is None:
            continue
        position = scene.paragraph.start(noun)
        told = [
            (end, actor)
            for end, actor in _authors(noun, position, candidates, scene)
            if actor not in judges and position - end <= _FAR
        ]
        if told:
            event.participants += (Participant(max(told)[1], "target"),)


def _authors(noun: Token, position: int, candidates: Sequence[Candidate], scene: Scene) -> Iterator[tuple[int, str]]:
    """Yield who said or did something before the position that the noun may be for, with where that ends."""
    violent, words = scene.is_word(noun, "violence"), scene.is_word(noun, "utterances")
    if not violent:
        yield from ((q.end, q.speaker_id) for q in scene.quotes if q.end <= position and q.speaker_id is not None)
    if not words:
        for event in (candidate.event for candidate in candidates):
            if event.end <= position and (event.type == "ASSAULT") == violent:
                yield from ((event.end, p.actor_id) for p in event.participants if p.role == "source")


def _pointing_back(verb: Token, scene: Scene) -> Token | None:
    """Return the noun for words or deeds with a demonstrative that is judged, or None.

    It may stand past an infinitive (monter au créneau pour dénoncer *ces propos*).
    """
    for token in verb.doc[verb.i + 2 : verb.sent.end]:
        if is_finite(token) or lower(token) in RELATIVES:
            return None
        before = lower(token.nbor(-1))
        if before in DEMONSTRATIVES and any(scene.is_word(token, words) for words in _NOUNS):
            governor = token.nbor(-2)
            preposition = scene.language.prepositions.get(lower(governor))
            if preposition == "de":  # a verb's (se plaindre de ces propos), no noun's (l'ensemble de cette proposition)
                governor = governor.nbor(-1)
            return token if preposition in _JUDGED or governor.pos_ in {"VERB", "ADV"} else None
    return None
