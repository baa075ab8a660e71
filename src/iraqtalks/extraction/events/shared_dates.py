"""The date that an event shares with what is told beside it: a frame, a main clause, a place, what it happened in."""

from collections.abc import Sequence
from typing import Final

from iraqtalks.extraction.events.clauses import (
    MAX_CLIMB,
    RELATIVES,
    ancestors,
    clause_head,
    is_finite_clause,
    is_present_participle,
    sharing_auxiliary,
)
from iraqtalks.extraction.events.placed_dates import (
    PlacedDate,
    Stated,
    clause_of,
    is_day,
    noun_before,
    opens_sentence,
    tense,
)
from iraqtalks.extraction.events.status import Words
from iraqtalks.extraction.phrases import NOUNS, is_finite, lower
from iraqtalks.extraction.tokens import Sentence

_FRAME_REACH: Final = 3
"""How many sentences a leading date holds for, its own included."""
_OPENING: Final = 5
_LASTING: Final = frozenset({("Imp", False)})
"""The tense of what lasted (où ils étaient détenus): no day of the main clause is its own."""


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


def _shared_by_participle(date: PlacedDate, event: Stated) -> bool:
    """Whether the date is that of the main clause that a present participle goes with (Accusant X, Y déclenche le 20 août …)."""
    if date.genitive or event.trigger.pos_ in NOUNS or not is_present_participle(event.trigger):
        return False
    main = clause_of(date)
    return any(above.i == main.i for above in ancestors(event.trigger)) or (
        event.trigger.dep_ == "ROOT" and main.i > event.trigger.i and main.sent == event.trigger.sent
    )


def _shared_by_auxiliary(date: PlacedDate, event: Stated) -> bool:
    """Whether the date is that of the verb whose auxiliary the event's shares (a signalé *jeudi* un feu et mis en garde X)."""
    sharing = sharing_auxiliary(event.anchor)
    if date.genitive or sharing is None or not sharing.i < date.first.i < event.anchor.i:
        return False
    return clause_of(date).i == sharing.i


def _of_what_it_happened_in(date: PlacedDate, event: Stated) -> bool:
    """Whether the date is that of something during which the verb's act was done (tués lors des troubles *de novembre*)."""
    noun = noun_before(date) if date.genitive else None
    if noun is None or noun <= event.anchor.i or event.anchor.pos_ not in {"VERB", "AUX"}:
        return False
    doc = event.anchor.doc
    between = doc[event.anchor.i + 1 : noun]
    opening = [token.i for token in between if lower(token) in event.words["simultaneous"]]
    if len(opening) != 1 or any(token.pos_ in {"VERB", "SCONJ"} for token in between):
        return False
    return not any(token.pos_ in NOUNS for token in doc[opening[0] + 1 : noun])


def _told_by_relative(date: PlacedDate, event: Stated) -> bool:
    """Whether the date stands in the relative clause that says what a noun's event did (l'invasion qui a renversé X *en 2003*)."""
    verb = clause_of(date)
    if event.trigger.pos_ not in NOUNS or date.genitive or date.first.i < event.trigger.i or verb.dep_ != "acl:relcl":
        return False
    told = verb.head.i == event.trigger.i and str(verb.lemma_).lower() not in event.words["telling"]
    return (
        told
        and tense(verb) is not None
        and any(lower(child) in RELATIVES and child.dep_.startswith("nsubj") for child in verb.children)
    )


def _of_the_death_it_caused(date: PlacedDate, event: Stated) -> bool:
    """Whether the date is that of the death that the event brought about (la mort *le 3 janvier* de X, tué dans un raid)."""
    doc, start = event.trigger.doc, event.trigger.sent.start
    if not date.last.i < event.trigger.i < event.trigger.sent.end or date.first.sent != event.trigger.sent:
        return False
    if any(is_finite(token) for token in doc[date.last.i + 1 : event.trigger.i]):
        return False
    for token in reversed(doc[start : date.first.i]):
        if str(token.lemma_).lower() in event.words["deaths"]:
            between = doc[date.last.i + 1 : event.trigger.i + 1]
            openings = event.words["simultaneous"] | event.words["killing"]
            return any({lower(other), str(other.lemma_).lower()} & openings for other in between)
        if token.pos_ not in {"DET", "ADP", "PROPN"} and not token.is_punct:
            return False
    return False


def _at_the_same_time(date: PlacedDate, event: Stated) -> bool:
    """Whether the date is that of the main clause, which the event's was simultaneous with (a relâché X jeudi, *alors que* Y a …)."""
    verb, main = event.anchor, clause_of(date)
    before = verb.doc[verb.sent.start + 1 : verb.i]
    opened = next((t.i for t in reversed(before) if lower(t) in event.words["that"]), None)
    if opened is None or lower(verb.doc[opened - 1]) not in event.words["while"] or date.genitive:
        return False
    return main.i < opened and date.last.i < opened and tense(verb) is not None and tense(main) == tense(verb)


def shared_by_place(date: PlacedDate, event: Stated) -> bool:
    """Whether the event is told in a clause of place of the one that the date belongs to (attendu lundi à X, *où* il verra …)."""
    before = event.anchor.doc[max(event.anchor.sent.start, event.anchor.i - 6) : event.anchor.i]
    where = any(lower(token) in event.words["where"] for token in before)
    if date.genitive or date.first.i > event.trigger.i or not where or tense(event.anchor) in _LASTING:
        return False
    return not any(lower(token) in event.words["that"] for token in event.anchor.doc[date.last.i : event.anchor.i])


SHARED: Final = (
    _fronted,
    _shared_by_participle,
    _shared_by_auxiliary,
    _of_what_it_happened_in,
    _told_by_relative,
    _of_the_death_it_caused,
    _at_the_same_time,
)
"""Tests whether an event shares a date of its sentence, the closest tie first."""


def same_day(event: Stated, dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the one day of the sentence before where this one opens with hours after it (*Quelques heures plus tard*, X …), or None."""
    own = event.anchor.sent
    opening = " ".join(lower(token) for token in own[:_OPENING])
    later = opening.startswith(tuple(event.words["same_day"]))
    if own.start == 0 or not later or clause_head(own[0]).i not in {event.anchor.i, own.root.i}:
        return None
    before = own.doc[own.start - 1].sent
    days = [date for date in dates if date.first.sent == before and not date.genitive and is_day(date.mention)]
    return days[0] if len(days) == 1 else None


def _opens_with_time(sentence: Sentence, words: Words) -> bool:
    """Whether the sentence opens with a time that is no date (*En une semaine*, X a …)."""
    return any(str(token.lemma_).lower() in words["durations"] for token in sentence[:_OPENING])


def framed(event: Stated, dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the date that opens a sentence before in the paragraph and frames this one too, or None.

    “Mercredi soir, X a déploré … Il a appelé …”: a leading date holds for the sentences that follow in the same tense, up to
    the next date. The event must be what its sentence says in the main.
    """
    anchor, own = event.anchor, event.anchor.sent
    if anchor.dep_ not in {"ROOT", "conj"} or not is_finite_clause(anchor):
        return None
    if any(date.first.sent.start == own.start for date in dates) or _opens_with_time(own, event.words):
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
