"""When an event happened: the date expression that modifies it, and no other."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from iraqtalks.extraction.events.clauses import RELATIVES, is_clause_head, is_past_participle
from iraqtalks.extraction.events.placed_dates import PlacedDate, Stated, clause_of, noun_before, stands_after
from iraqtalks.extraction.events.shared_dates import SHARED, framed, same_day, shared_by_place
from iraqtalks.extraction.events.status import Words
from iraqtalks.extraction.phrases import GENITIVE, NOUNS, lower
from iraqtalks.extraction.tokens import Token

_STRETCH: Final = 14
"""How many tokens of its clause may separate an event from the date that follows it."""


def date_of(event: Stated, dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the date that modifies the event, or None."""
    event = replace(event, anchor=_carrying(event.anchor))
    if event.anchor.i != event.trigger.i and str(event.anchor.lemma_).lower() in event.words["telling"]:
        # “L'attaque a été revendiquée lundi”: the day is that of the claim.
        event = replace(event, anchor=event.trigger)
    event = _borne(event, dates)
    sentences = (event.trigger.sent, event.anchor.sent)
    near = [date for date in dates if date.first.sent in sentences and not _is_apart(date, event)]
    for test in (_modifies_trigger, _follows_closely, _modifies_anchor, *SHARED, _same_stretch, shared_by_place):
        found = [date for date in near if date.mention.date is not None and test(date, event)]
        if found:
            return min(found, key=lambda date: abs(date.head.i - event.trigger.i))
    return same_day(event, dates) or framed(event, dates)


def _borne(event: Stated, dates: Sequence[PlacedDate]) -> Stated:
    """Return the event of a noun with the verb that says that it came about (a provoqué mardi *un tollé*)."""
    noun = event.trigger
    if event.anchor.i != noun.i or noun.pos_ not in NOUNS:
        return event
    between = {index for date in dates for index in range(date.first.i, date.last.i + 1)}
    index = noun.i - 1
    while index > noun.sent.start and (index in between or noun.doc[index].pos_ in {"DET", "ADJ", "NUM", "ADV"}):
        index -= 1
    for verb in (noun.head, noun.doc[index]):
        if verb.pos_ == "VERB" and str(verb.lemma_).lower() in event.words["affecting"]:
            return replace(event, anchor=verb)
    return event


def _is_apart(date: PlacedDate, event: Stated) -> bool:
    """Whether the date is another one's: what it is likened to (comme *la veille*), or what came later (avant *dimanche*)."""
    start = date.first.i
    before = lower(date.first.doc[start - 1]) if start else ""
    return before in event.words["likening"] or before in event.words["before_it"]


def _carrying(anchor: Token) -> Token:
    """Return the verb that an auxiliary or causative belongs to (a fait *fermer*)."""
    return anchor.head if anchor.pos_ == "AUX" and anchor.dep_ in {"dep", "aux", "aux:caus", "aux:tense"} else anchor


def _modifies_trigger(date: PlacedDate, event: Stated) -> bool:
    if date.genitive:
        return noun_before(date) == event.trigger.i
    modifies = date.head.head.i == event.trigger.i and not _follows_cause(date, event)
    return modifies and not _other_verb_between(date, event.trigger)


def _other_verb_between(date: PlacedDate, trigger: Token) -> bool:
    low, high = sorted((date.first.i, trigger.i))
    return any(token.pos_ == "VERB" and token.head.i != trigger.i for token in trigger.doc[low + 1 : high])


def _follows_closely(date: PlacedDate, event: Stated) -> bool:
    """Whether the date stands right after the verb (a dégainé mercredi son veto), whatever the parser hangs it on."""
    if date.genitive:
        return False
    if event.trigger.pos_ in NOUNS and (
        _interrupts(date, event) or _announces(date, event.trigger) or _in_participle(date, event)
    ):
        return True
    return any(stands_after(date, verb) for verb in (event.anchor, event.trigger) if verb.pos_ in {"VERB", "AUX"})


def _interrupts(date: PlacedDate, event: Stated) -> bool:
    """Whether the date stands between a noun and its complement (la mort, le 3 janvier, de X; sa visite lundi à Y)."""
    noun = event.trigger
    gap = noun.doc[noun.i + 1 : date.first.i]
    if (
        date.first.i < noun.i
        or len(gap) > 4
        or not all(t.pos_ in {"ADJ", "DET", "ADP", "PROPN"} or t.is_punct for t in gap)
    ):
        return False
    index = date.last.i + 1
    following = [lower(token) for token in noun.doc[index : index + 2] if not token.is_punct]
    return bool(following) and following[0] in event.words["complement_openings"]


def _in_participle(date: PlacedDate, event: Stated) -> bool:
    """Whether the date stands with a participle that tells of the noun's event (l'élection *prévue* samedi, un raid *mené* en mai)."""
    noun, participle = event.trigger, clause_of(date)
    if not (is_past_participle(participle) and participle.dep_ == "acl" and participle.head.i == noun.i < participle.i):
        return False
    return str(participle.lemma_).lower() not in event.words["telling"]


def _announces(date: PlacedDate, noun: Token) -> bool:
    """Whether the date stands between another noun and the event that it is of (l'annonce, le 3 mai, *de l'accord*)."""
    gap = [token for token in noun.doc[date.last.i + 1 : noun.i] if not token.is_punct]
    opened = date.first.i > 0 and noun.doc[date.first.i - 1].pos_ in {*NOUNS, "PUNCT"}
    return (
        opened and 0 < len(gap) <= 3 and lower(gap[0]) in GENITIVE and all(t.pos_ in {"ADP", "DET", "ADJ"} for t in gap)
    )


def _modifies_anchor(date: PlacedDate, event: Stated) -> bool:
    if date.genitive:
        return False
    governor = clause_of(date)
    if governor.i != event.anchor.i or _follows_cause(date, event):
        return False
    return not _belongs_to_noun_event(date, event.own)


def _follows_cause(date: PlacedDate, event: Stated) -> bool:
    """Whether the date is that of what the event followed (a démissionné à la suite de l'explosion *le 4 août*)."""
    if date.first.i < event.anchor.i:
        return False
    between = event.anchor.doc[event.anchor.i + 1 : date.first.i]
    openings = event.words["following_on"] | event.words["since"]
    causes = [token.i for token in between if lower(token) in openings]
    return bool(causes) and any(token.pos_ in NOUNS for token in event.anchor.doc[causes[0] + 1 : date.first.i])


def _belongs_to_noun_event(date: PlacedDate, own: frozenset[int]) -> bool:
    """Whether the date hangs on words that are no part of the event's statement (a participle, another noun's clause)."""
    head = date.head.head
    return is_clause_head(head) is False and head.pos_ in NOUNS and head.i not in own and head.i < date.head.i


def _same_stretch(date: PlacedDate, event: Stated) -> bool:
    """Whether the date stands in the event's clause by word order, whatever the parser hangs it on.

    Between them is no other verb and no opening of a clause (des manifestations contre la hausse des prix *en mai*).
    """
    if (
        date.genitive
        or date.first.i < event.trigger.i
        or _follows_since(date, event.words)
        or _follows_cause(date, event)
    ):
        return False
    verbal = event.anchor.pos_ in {"VERB", "AUX"}
    start = max(event.trigger.i, event.anchor.i) + 1
    between = event.trigger.doc[start : date.first.i]
    if len(between) > _STRETCH or date.first.sent != event.trigger.sent:
        return False
    commas = sum(token.text == "," for token in between)
    return commas <= int(verbal) and not any(_opens_clause(token) for token in between)


def _follows_since(date: PlacedDate, words: Words) -> bool:
    return any(lower(token) in words["since"] for token in date.first.doc[max(0, date.first.i - 5) : date.first.i + 1])


def _opens_clause(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX", "SCONJ"} or lower(token) in RELATIVES or token.text in {":", ";", "(", '"'}
