"""When an event happened: the date expression that modifies it, and no other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from iraqtalks.extraction.events.clauses import (
    MAX_CLIMB,
    RELATIVES,
    clause_head,
    is_clause_head,
    is_finite_clause,
    is_past_participle,
    is_present_participle,
)
from iraqtalks.extraction.events.placed_dates import PlacedDate, clause_of, is_day, opens_sentence, stands_after, tense
from iraqtalks.extraction.events.status import Words
from iraqtalks.extraction.phrases import GENITIVE, NOUNS, lower

_FRAME_REACH: Final = 3
"""How many sentences a leading date holds for, its own included."""
_STRETCH: Final = 14
"""How many tokens of its clause may separate an event from the date that follows it."""
_OPENING: Final = 5


@dataclass(frozen=True, slots=True)
class Stated:
    """What is asked for its date: an event's word, the verb that carries it, the tokens of its statement without other clauses.

    `words`: the closed word lists of its language.
    """

    trigger: Token
    anchor: Token
    own: frozenset[int]
    words: Words


def date_of(event: Stated, dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the date that modifies the event, or None."""
    event = replace(event, anchor=_carrying(event.anchor))
    if event.anchor.i != event.trigger.i and str(event.anchor.lemma_).lower() in event.words["telling"]:
        # “L'attaque a été revendiquée lundi”: the day is that of the claim.
        event = replace(event, anchor=event.trigger)
    near = [date for date in dates if date.first.sent in (event.trigger.sent, event.anchor.sent)]
    for test in (
        _modifies_trigger,
        _follows_closely,
        _modifies_anchor,
        _fronted,
        _shared_by_participle,
        _same_stretch,
        _shared_by_place,
    ):
        found = [date for date in near if date.mention.date is not None and test(date, event)]
        if found:
            return min(found, key=lambda date: abs(date.head.i - event.trigger.i))
    return _same_day(event, dates) or _framed(event, dates)


def _same_day(event: Stated, dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the one day of the sentence before where this one opens with hours after it (*Quelques heures plus tard*, X …), or None."""
    own = event.anchor.sent
    opening = " ".join(lower(token) for token in own[:_OPENING])
    later = opening.startswith(tuple(event.words["same_day"]))
    if own.start == 0 or not later or clause_head(own[0]).i not in {event.anchor.i, own.root.i}:
        return None
    before = own.doc[own.start - 1].sent
    days = [date for date in dates if date.first.sent == before and not date.genitive and is_day(date.mention)]
    return days[0] if len(days) == 1 else None


def _carrying(anchor: Token) -> Token:
    """Return the verb that an auxiliary or causative belongs to (a fait *fermer*)."""
    return anchor.head if anchor.pos_ == "AUX" and anchor.dep_ in {"dep", "aux", "aux:caus", "aux:tense"} else anchor


def _modifies_trigger(date: PlacedDate, event: Stated) -> bool:
    if date.genitive:
        return _noun_before(date) == event.trigger.i
    modifies = date.head.head.i == event.trigger.i and not _follows_cause(date, event)
    return modifies and not _other_verb_between(date, event.trigger)


def _noun_before(date: PlacedDate) -> int | None:
    """Return the index of the noun that a genitive date belongs to, past its adjectives."""
    index = date.first.i - 1
    doc = date.first.doc
    while index >= 0 and index > date.first.i - 6:
        if doc[index].pos_ in NOUNS:
            return index
        if doc[index].pos_ not in {"ADP", "DET", "ADJ"}:
            return None
        index -= 1
    return None


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
    causes = [token.i for token in between if lower(token) in event.words["following_on"]]
    return bool(causes) and any(token.pos_ in NOUNS for token in event.anchor.doc[causes[0] + 1 : date.first.i])


def _belongs_to_noun_event(date: PlacedDate, own: frozenset[int]) -> bool:
    """Whether the date hangs on words that are no part of the event's statement (a participle, another noun's clause)."""
    head = date.head.head
    return is_clause_head(head) is False and head.pos_ in NOUNS and head.i not in own and head.i < date.head.i


def _fronted(date: PlacedDate, event: Stated) -> bool:
    """Whether the date opens the sentence and so frames its main clause, the coordinated ones, and what goes with them."""
    if date.genitive or not opens_sentence(date):
        return False
    if event.anchor.dep_ == "ROOT" and is_finite_clause(event.anchor):
        return True
    current = event.anchor
    for _ in range(MAX_CLIMB):
        if current.i == clause_of(date).i:
            return True
        if current.head.i == current.i or current.dep_ not in {"conj", "xcomp"}:
            break
        current = current.head
    return _in_framed_adjunct(date, event)


def _shared_by_participle(date: PlacedDate, event: Stated) -> bool:
    """Whether the date is that of the main clause that a present participle goes with (Accusant X, Y déclenche le 20 août …)."""
    if date.genitive or event.trigger.pos_ != "VERB" or not is_present_participle(event.trigger):
        return False
    main = clause_of(date)
    return main.i == event.trigger.head.i or (
        event.trigger.dep_ == "ROOT" and main.i > event.trigger.i and main.sent == event.trigger.sent
    )


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


def _shared_by_place(date: PlacedDate, event: Stated) -> bool:
    """Whether the event is told in a clause of place of the one that the date belongs to (attendu lundi à X, *où* il verra …)."""
    before = event.anchor.doc[max(event.anchor.sent.start, event.anchor.i - 6) : event.anchor.i]
    where = any(lower(token) in event.words["where"] for token in before)
    if date.genitive or date.first.i > event.trigger.i or not where:
        return False
    return not any(lower(token) in event.words["that"] for token in event.anchor.doc[date.last.i : event.anchor.i])


def _framed(event: Stated, dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the date that opens a sentence before in the paragraph and frames this one too, or None.

    “Mercredi soir, X a déploré … Il a appelé …”: a leading date holds for the sentences that follow in the same tense, up to
    the next date. The event must be what its sentence says in the main.
    """
    anchor, own = event.anchor, event.anchor.sent
    if anchor.dep_ not in {"ROOT", "conj"} or not is_finite_clause(anchor):
        return None
    if any(date.first.sent.start == own.start for date in dates):
        return None
    before = [date for date in dates if date.first.i < own.start]
    if not before:
        return None
    last = max(date.first.sent.start for date in before)
    framing = [date for date in before if date.first.sent.start == last]
    sentences = [sentence for sentence in anchor.doc.sents if last <= sentence.start < own.start]
    if len(framing) != 1 or len(sentences) > _FRAME_REACH or not opens_sentence(framing[0]):
        return None
    if _is_since(framing[0], event.words):
        return None
    main = framing[0].first.sent.root
    same = tense(main) is not None and tense(main) == tense(anchor)
    return framing[0] if same and framing[0].mention.date is not None else None


def _is_since(date: PlacedDate, words: Words) -> bool:
    """Whether the date only opens a span that lasts (depuis mardi): it frames nothing but its own clause."""
    start = date.first.sent.start
    return any(lower(token) in words["since"] for token in date.first.doc[start : date.first.i + 1])


def _in_framed_adjunct(date: PlacedDate, event: Stated) -> bool:
    """Whether the event is a noun in an adjunct that follows the opening date and shares it.

    “En janvier 2020, à la suite de l’assassinat de X, le Parlement a voté”: a month or a year covers the cause and what followed;
    a day does so only for what is simultaneous (mardi, lors d’une réunion).
    """
    trigger = event.trigger
    if trigger.pos_ not in NOUNS or trigger.i < date.last.i or trigger.sent != date.first.sent:
        return False
    between = trigger.doc[date.last.i + 1 : trigger.i]
    if any(token.pos_ in {"VERB", "AUX"} for token in between) or len(between) > 9:
        return False
    coarse = date.mention.date is not None and len(date.mention.date) <= len("2020-01")
    leading = {lower(token) for token in between}
    if leading & event.words["simultaneous"]:
        return True
    return coarse and bool(leading & event.words["following_on"])
