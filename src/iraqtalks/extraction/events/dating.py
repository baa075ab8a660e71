"""When an event happened: the date expression that modifies it, and no other."""

from collections.abc import Sequence
from typing import Final

from iraqtalks.extraction.dates import find_periods
from iraqtalks.extraction.events.clauses import (
    MAX_CLIMB,
    RELATIVES,
    clause_head,
    helpers_before,
    is_clause_head,
    is_finite_clause,
    is_past_participle,
)
from iraqtalks.extraction.model import DateMention, Paragraph, Reading
from iraqtalks.extraction.phrases import NOUNS, lower
from iraqtalks.extraction.tokens import Token

_GENITIVE: Final = frozenset({"du", "de", "d'", "des"})
_FRAME_REACH: Final = 3
"""How many sentences a leading date holds for, its own included."""
_STRETCH: Final = 14
"""How many tokens of its clause may separate an event from the date that follows it."""
_TELLING: Final = frozenset({
    "annoncer", "revendiquer", "dénoncer", "condamner", "critiquer", "révéler", "publier", "évoquer", "confirmer", "saluer", "rejeter",
    "démentir",
})  # fmt: skip
"""Verbs whose date is not that of what they speak of (une attaque revendiquée lundi)."""
_LATER: Final = (
    "quelques heures plus tard",
    "quelques heures après",
    "peu après",
    "plus tard dans la",
    "le même jour",
    "dans la foulée",
)
"""What opens a sentence that tells of the same day as the one before."""
_OPENING: Final = 5
_SIMULTANEOUS: Final = frozenset({"lors", "pendant", "durant"})


class PlacedDate:
    """A date mention in a paragraph's parse: its tokens, its head and what it modifies."""

    __slots__ = ("first", "genitive", "head", "last", "mention")

    def __init__(self, mention: DateMention, tokens: Sequence[Token]) -> None:
        self.mention = mention
        self.first = tokens[0]
        self.last = tokens[-1]
        inside = {token.i for token in tokens}
        self.head = next(
            (token for token in tokens if token.head.i not in inside or token.head.i == token.i), tokens[0]
        )
        previous = self.first.doc[self.first.i - 1] if self.first.i else None
        # “la frappe du 3 janvier”: the date belongs to the noun right before it.
        self.genitive = lower(self.first) in {"du", "d'", "de"} or (
            previous is not None and lower(previous) in _GENITIVE
        )


def event_dates(reading: Reading, dates: Sequence[DateMention], language: str) -> list[DateMention]:
    """Return what may date an event: the article's dates and times of a day, and periods in place of their two ends."""
    periods = find_periods(reading, dates, language)
    single = [d for d in dates if not any(p.start <= d.start and d.end <= p.end for p in periods)]
    return sorted([*single, *periods], key=lambda mention: (mention.start, mention.end))


def placed_dates(paragraph: Paragraph, dates: Sequence[DateMention]) -> list[PlacedDate]:
    """Return the dates that stand in the paragraph, with their tokens; dates without a value are left out."""
    placed = []
    for mention in dates:
        if not paragraph.block.start <= mention.start < paragraph.block.end:
            continue
        tokens = paragraph.doc.covering(mention.start - paragraph.offset, mention.end - paragraph.offset)
        placed.append(PlacedDate(mention, list(tokens)))
    return placed


def date_of(trigger: Token, anchor: Token, own: frozenset[int], dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the date that modifies the event, or None.

    `trigger`: the event's word; `anchor`: the verb that carries it; `own`: the tokens of the event's statement without other clauses.
    """
    anchor = _carrying(anchor)
    near = [date for date in dates if date.first.sent in (trigger.sent, anchor.sent)]
    for test in (
        _modifies_trigger,
        _follows_closely,
        _modifies_anchor,
        _fronted,
        _shared_by_participle,
        _same_stretch,
        _shared_by_place,
    ):
        found = [date for date in near if date.mention.date is not None and test(date, trigger, anchor, own)]
        if found:
            return min(found, key=lambda date: abs(date.head.i - trigger.i))
    return _same_day(anchor, dates) or _framed(anchor, dates)


def _same_day(anchor: Token, dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the one day of the sentence before where this one opens with hours after it (*Quelques heures plus tard*, X …), or None."""
    own = anchor.sent
    opening = " ".join(lower(token) for token in own[:_OPENING])
    if own.start == 0 or not opening.startswith(_LATER) or clause_head(own[0]).i not in {anchor.i, own.root.i}:
        return None
    before = anchor.doc[own.start - 1].sent
    days = [date for date in dates if date.first.sent == before and not date.genitive and _is_day(date)]
    return days[0] if len(days) == 1 else None


def _is_day(date: PlacedDate) -> bool:
    return date.mention.date is not None and len(date.mention.date) == len("2020-01-01")


def _carrying(anchor: Token) -> Token:
    """Return the verb that an auxiliary or causative belongs to (a fait *fermer*)."""
    return anchor.head if anchor.pos_ == "AUX" and anchor.dep_ in {"dep", "aux", "aux:caus", "aux:tense"} else anchor


def _modifies_trigger(date: PlacedDate, trigger: Token, _anchor: Token, _own: frozenset[int]) -> bool:
    if date.genitive:
        return _noun_before(date) == trigger.i
    return bool(date.head.head.i == trigger.i) and not _other_verb_between(date, trigger)


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


def _follows_closely(date: PlacedDate, trigger: Token, anchor: Token, _own: frozenset[int]) -> bool:
    """Whether the date stands right after the verb (a dégainé mercredi son veto), whatever the parser hangs it on."""
    if date.genitive:
        return False
    if trigger.pos_ in NOUNS and (
        _interrupts(date, trigger) or _announces(date, trigger) or _in_participle(date, trigger)
    ):
        return True
    return any(_stands_after(date, verb) for verb in (anchor, trigger) if verb.pos_ in {"VERB", "AUX"})


def _stands_after(date: PlacedDate, verb: Token) -> bool:
    gap = verb.doc[verb.i + 1 : date.first.i]
    if date.first.i < verb.i or len(gap) > 2:
        return False
    return all(token.pos_ in {"ADP", "DET", "ADV", "ADJ", "AUX"} or token.is_punct for token in gap)


def _interrupts(date: PlacedDate, noun: Token) -> bool:
    """Whether the date stands between a noun and its complement (la mort, le 3 janvier, de X; sa visite lundi à Y)."""
    gap = noun.doc[noun.i + 1 : date.first.i]
    if (
        date.first.i < noun.i
        or len(gap) > 4
        or not all(t.pos_ in {"ADJ", "DET", "ADP", "PROPN"} or t.is_punct for t in gap)
    ):
        return False
    index = date.last.i + 1
    following = [lower(token) for token in noun.doc[index : index + 2] if not token.is_punct]
    return bool(following) and following[0] in {
        "de",
        "du",
        "des",
        "d'",
        "à",
        "au",
        "aux",
        "contre",
        "avec",
        "entre",
        "par",
    }


def _in_participle(date: PlacedDate, noun: Token) -> bool:
    """Whether the date stands with a participle that tells of the noun's event (l'élection *prévue* samedi, un raid *mené* en mai)."""
    participle = _clause_of(date)
    if not (is_past_participle(participle) and participle.dep_ == "acl" and participle.head.i == noun.i < participle.i):
        return False
    return str(participle.lemma_).lower() not in _TELLING


def _announces(date: PlacedDate, noun: Token) -> bool:
    """Whether the date stands between another noun and the event that it is of (l'annonce, le 3 mai, *de l'accord*)."""
    gap = [token for token in noun.doc[date.last.i + 1 : noun.i] if not token.is_punct]
    opened = date.first.i > 0 and noun.doc[date.first.i - 1].pos_ in {*NOUNS, "PUNCT"}
    return (
        opened
        and 0 < len(gap) <= 3
        and lower(gap[0]) in _GENITIVE
        and all(t.pos_ in {"ADP", "DET", "ADJ"} for t in gap)
    )


def _modifies_anchor(date: PlacedDate, _trigger: Token, anchor: Token, own: frozenset[int]) -> bool:
    if date.genitive:
        return False
    governor = _clause_of(date)
    return governor.i == anchor.i and not _belongs_to_noun_event(date, own)


def _belongs_to_noun_event(date: PlacedDate, own: frozenset[int]) -> bool:
    """Whether the date hangs on words that are no part of the event's statement (a participle, another noun's clause)."""
    head = date.head.head
    return is_clause_head(head) is False and head.pos_ in NOUNS and head.i not in own and head.i < date.head.i


def _clause_of(date: PlacedDate) -> Token:
    current = date.head
    for _ in range(MAX_CLIMB):
        if current.head.i == current.i or is_clause_head(current):
            return current
        current = current.head
    return clause_head(current)


def _fronted(date: PlacedDate, trigger: Token, anchor: Token, own: frozenset[int]) -> bool:
    """Whether the date opens the sentence and so frames its main clause, the coordinated ones, and what goes with them."""
    if date.genitive or not _opens_sentence(date):
        return False
    if anchor.dep_ == "ROOT" and is_finite_clause(anchor):
        return True
    current = anchor
    for _ in range(MAX_CLIMB):
        if current.i == _clause_of(date).i:
            return True
        if current.head.i == current.i or current.dep_ not in {"conj", "xcomp"}:
            break
        current = current.head
    return _in_framed_adjunct(date, trigger)


def _shared_by_participle(date: PlacedDate, trigger: Token, _anchor: Token, _own: frozenset[int]) -> bool:
    """Whether the date is that of the main clause that a present participle goes with (Accusant X, Y déclenche le 20 août …)."""
    if date.genitive or trigger.pos_ != "VERB" or not lower(trigger).endswith("ant"):
        return False
    main = _clause_of(date)
    return main.i == trigger.head.i or (trigger.dep_ == "ROOT" and main.i > trigger.i and main.sent == trigger.sent)


def _same_stretch(date: PlacedDate, trigger: Token, anchor: Token, _own: frozenset[int]) -> bool:
    """Whether the date stands in the event's clause by word order, whatever the parser hangs it on.

    Between them is no other verb and no opening of a clause (des manifestations contre la hausse des prix *en mai*).
    """
    if date.genitive or date.first.i < trigger.i or _follows_since(date):
        return False
    verbal = anchor.pos_ in {"VERB", "AUX"}
    start = max(trigger.i, anchor.i) + 1
    between = trigger.doc[start : date.first.i]
    if len(between) > _STRETCH or date.first.sent != trigger.sent:
        return False
    commas = sum(token.text == "," for token in between)
    return commas <= int(verbal) and not any(_opens_clause(token) for token in between)


def _follows_since(date: PlacedDate) -> bool:
    return any(
        lower(token) in {"depuis", "dès"} for token in date.first.doc[max(0, date.first.i - 5) : date.first.i + 1]
    )


def _opens_clause(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX", "SCONJ"} or lower(token) in RELATIVES or token.text in {":", ";", "(", '"'}


def _shared_by_place(date: PlacedDate, trigger: Token, anchor: Token, _own: frozenset[int]) -> bool:
    """Whether the event is told in a clause of place of the one that the date belongs to (attendu lundi à X, *où* il verra …)."""
    where = any(lower(token) == "où" for token in anchor.doc[max(anchor.sent.start, anchor.i - 6) : anchor.i])
    if date.genitive or date.first.i > trigger.i or not where:
        return False
    return not any(lower(token) == "que" for token in anchor.doc[date.last.i : anchor.i])


def _framed(anchor: Token, dates: Sequence[PlacedDate]) -> PlacedDate | None:
    """Return the date that opens a sentence before in the paragraph and frames this one too, or None.

    “Mercredi soir, X a déploré … Il a appelé …”: a leading date holds for the sentences that follow in the same tense, up to
    the next date. The event must be what its sentence says in the main.
    """
    if anchor.dep_ not in {"ROOT", "conj"} or not is_finite_clause(anchor):
        return None
    own = anchor.sent
    if any(date.first.sent.start == own.start for date in dates):
        return None
    before = [date for date in dates if date.first.i < own.start]
    if not before:
        return None
    last = max(date.first.sent.start for date in before)
    framing = [date for date in before if date.first.sent.start == last]
    sentences = [sentence for sentence in anchor.doc.sents if last <= sentence.start < own.start]
    if len(framing) != 1 or len(sentences) > _FRAME_REACH or not _opens_sentence(framing[0]):
        return None
    if _is_since(framing[0]):
        return None
    main = framing[0].first.sent.root
    same = tense(main) is not None and tense(main) == tense(anchor)
    return framing[0] if same and framing[0].mention.date is not None else None


def belongs_to(date: PlacedDate, verb: Token) -> bool:
    """Whether the date modifies the verb's clause: attached to it, right behind the verb, or opening the sentence."""
    return not date.genitive and (_clause_of(date).i == verb.i or _stands_after(date, verb) or _opens_sentence(date))


def _is_since(date: PlacedDate) -> bool:
    """Whether the date only opens a span that lasts (depuis mardi): it frames nothing but its own clause."""
    start = date.first.sent.start
    return any(lower(token) in {"depuis", "dès"} for token in date.first.doc[start : date.first.i + 1])


def tense(verb: Token) -> tuple[str, bool] | None:
    """Return the tense of the finite verb or auxiliary, and whether the form is compound (a déploré: present, compound)."""
    for token in [*helpers_before(verb), verb]:
        tense = token.morph.get("Tense", [])
        if tense and "VerbForm=Fin" in str(token.morph):
            return str(tense[0]), token.i != verb.i
    return None


def _opens_sentence(date: PlacedDate) -> bool:
    start = date.first.sent.start
    return all(
        token.pos_ in {"ADP", "ADV", "CCONJ", "DET"} or token.is_punct for token in date.first.doc[start : date.first.i]
    )


def _in_framed_adjunct(date: PlacedDate, trigger: Token) -> bool:
    """Whether the event is a noun in an adjunct that follows the opening date and shares it.

    “En janvier 2020, à la suite de l’assassinat de X, le Parlement a voté”: a month or a year covers the cause and what followed;
    a day does so only for what is simultaneous (mardi, lors d’une réunion).
    """
    if trigger.pos_ not in NOUNS or trigger.i < date.last.i or trigger.sent != date.first.sent:
        return False
    between = trigger.doc[date.last.i + 1 : trigger.i]
    if any(token.pos_ in {"VERB", "AUX"} for token in between) or len(between) > 9:
        return False
    coarse = date.mention.date is not None and len(date.mention.date) <= len("2020-01")
    leading = {lower(token) for token in between}
    if leading & _SIMULTANEOUS:
        return True
    return coarse and bool(leading & {"suite", "après", "lendemain"})
