"""Where an event happened: a place name after a locative preposition in the event's own clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iraqtalks.extraction.events.clauses import clause_head, helpers_before, is_past_participle
from iraqtalks.extraction.model import Reading
from iraqtalks.extraction.phrases import NOUNS, is_finite, lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge import Knowledge

LOCATIVE: Final = frozenset({"à", "a", "en", "au", "aux", "dans", "près", "vers"})
_CLOSE: Final = 3
"""How many tokens may stand between a verb and the place that hangs on it."""
_STEPPING: Final = frozenset({"de", "d'", "du", "des", "la", "le", "l'", "les", "ville", "province", "région", "capitale",
                              "village", "camp", "aéroport", "nord", "sud", "est", "ouest", "centre", "rues", "place"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """A place name that stands after a locative preposition; `head` is its first token, `governor` what the phrase hangs on."""

    place_id: str
    head: Token
    end: int
    start: int


def located_places(reading: Reading, knowledge: Knowledge) -> Mapping[int, Sequence[LocatedPlace]]:
    """Return the located places of the article, by the start of their paragraph."""
    found: dict[int, list[LocatedPlace]] = {}
    for match in knowledge.match(reading.text):
        if len(match.place_ids) != 1:
            continue
        paragraph = reading.paragraph_at(match.start)
        if paragraph is None:
            continue
        token = paragraph.token_at(match.start)
        if token is None or not _is_located(token, near=knowledge.places[match.place_ids[0]].kind != "country"):
            continue
        found.setdefault(paragraph.block.start, []).append(
            LocatedPlace(match.place_ids[0], token, match.end, match.start)
        )
    return found


def _is_located(token: Token, *, near: bool) -> bool:
    """Whether a locative preposition stands before the name, directly or over a common noun (dans la ville de Mossoul).

    `near`: the place is small enough that what falls on it happens there (sur Erbil).
    """
    for index in range(token.i - 1, max(-1, token.i - 7), -1):
        word = lower(token.doc[index])
        if word in LOCATIVE or (near and word == "sur"):
            return True
        if word not in _STEPPING and token.doc[index].pos_ not in {"DET", "ADJ", "NUM"}:
            return False
    return False


def _in_modifier(token: Token, own: frozenset[int]) -> bool:
    """Whether a token stands in a participle's clause that modifies a noun of the statement (des bases utilisées … en Irak)."""
    participle = clause_head(token)
    return (
        is_past_participle(participle) and participle.dep_ == "acl" and participle.head.i in own and token.i > max(own)
    )


def place_of_words(trigger: Token, anchor: Token, places: Sequence[LocatedPlace]) -> str | None:
    """Return where an act by words was done: only what opens or closes its sentence or hangs on its verb (à Paris, X a dénoncé …).

    What is spoken of has its own places.
    """
    for place in places:
        if place.head.sent != trigger.sent:
            continue
        after = trigger.doc[trigger.i + 1 : place.head.i] if place.head.i > trigger.i else None
        close = (
            after is not None and len(after) <= _CLOSE and all(token.pos_ in {"ADP", "DET", "ADV"} for token in after)
        )
        closes = place.head.i + 2 >= place.head.sent.end and place.head.i > trigger.i
        if _opens_sentence(place) or closes or close or (place.head.head.i == anchor.i and place.head.i < trigger.i):
            return place.place_id
    return None


def _tells_of_noun(place: Token) -> bool:
    """Whether a place stands in a participle's clause (fabriqué *en Iran*) or belongs to a noun that no comma parts from it."""
    if place.head.pos_ in NOUNS and place.head.i < place.i:
        return not any(token.text == "," for token in place.doc[place.head.i : place.i])
    verb = clause_head(place)
    return is_past_participle(verb) and not helpers_before(verb)


def _opens_sentence(place: LocatedPlace) -> bool:
    return all(_opens(token) for token in place.head.doc[place.head.sent.start : place.head.i])


def _opens(token: Token) -> bool:
    """Whether a word may stand before a place that opens its sentence; the tagger takes “A” for a verb."""
    return token.pos_ in {"ADP", "DET", "PROPN", "CCONJ", "ADV"} or token.is_punct or lower(token) in LOCATIVE


def _in_agreement(token: Token, trigger: Token) -> bool:
    """Whether the place is where an agreement was made that is only spoken of (levées en vertu de l'accord conclu à *Vienne*)."""
    participle = clause_head(token)
    return participle.i != trigger.i and participle.dep_ == "acl" and str(participle.lemma_) in {"conclure", "signer"}


def place_near(trigger: Token, places: Sequence[LocatedPlace]) -> str | None:
    """Return where a deed was done that its own clause does not place: the nearest place of its sentence with no clause between.

    Before a noun this is none that only tells of another noun (des comptes liés à *Paris* lors des émeutes).
    """
    nominal = trigger.pos_ not in {"VERB", "AUX"}
    found = [
        place
        for place in places
        if place.head.sent == trigger.sent
        and _is_level(place.head, trigger)
        and (not nominal or place.head.i > trigger.i or not _tells_of_noun(place.head))
    ]
    return min(found, key=lambda place: abs(place.head.i - trigger.i)).place_id if found else None


def _is_level(place: Token, trigger: Token) -> bool:
    """Whether at most one verb stands between a place and the event's word: those of one clause."""
    low, high = sorted((place.i, trigger.i))
    return sum(is_finite(token) and token.pos_ == "VERB" for token in place.doc[low + 1 : high]) <= 1


def place_of(trigger: Token, anchor: Token, own: frozenset[int], places: Sequence[LocatedPlace]) -> str | None:
    """Return the place of an event: in the words of its statement, else at the head of its clause; None where there is none."""
    places = [place for place in places if not _in_agreement(place.head, trigger)]
    inside = [place for place in places if place.head.i in own or _in_modifier(place.head, own)]
    if inside:
        # Before a verb stands what belongs to its subject (X, soldat *en Syrie*, a été jugé *en Irak*).
        verbal = trigger.pos_ in {"VERB", "AUX"}
        return min(inside, key=lambda p: (verbal and p.head.i < trigger.i, abs(p.head.i - trigger.i))).place_id
    same_clause = [
        place
        for place in places
        if place.head.sent == anchor.sent and clause_head(place.head).i == anchor.i and anchor.pos_ in {"VERB", "AUX"}
    ]
    if same_clause:
        return min(same_clause, key=lambda place: abs(place.head.i - trigger.i)).place_id
    return None
