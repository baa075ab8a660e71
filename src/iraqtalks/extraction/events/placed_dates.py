"""A date in a paragraph's parse: its tokens, what it modifies, where in its sentence it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from iraqtalks.extraction.dates import find_periods
from iraqtalks.extraction.events.clauses import MAX_CLIMB, clause_head, helpers_before, is_clause_head
from iraqtalks.extraction.events.status import Words
from iraqtalks.extraction.model import DateMention, Paragraph, Reading
from iraqtalks.extraction.phrases import GENITIVE, NOUNS, lower
from iraqtalks.extraction.tokens import Token


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
        self.genitive = lower(self.first) in GENITIVE or (previous is not None and lower(previous) in GENITIVE)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is asked for its date: an event's word, the verb that carries it, the tokens of its statement without other clauses.

    `words`: the closed word lists of its language.
    """

    trigger: Token
    anchor: Token
    own: frozenset[int]
    words: Words


def event_dates(reading: Reading, dates: Sequence[DateMention], language: str) -> list[DateMention]:
    """Return what may date an event: the article's dates and times of a day, and periods in place of their two ends."""
    periods = find_periods(reading, dates, language)
    single = [d for d in dates if not any(p.start <= d.start and d.end <= p.end for p in periods)]
    return sorted([*single, *periods], key=lambda mention: (mention.start, mention.end))


def placed_dates(paragraph: Paragraph, dates: Sequence[DateMention]) -> list[PlacedDate]:
    """Return the dates that stand in the paragraph, with their tokens."""
    placed = []
    for mention in dates:
        if not paragraph.block.start <= mention.start < paragraph.block.end:
            continue
        tokens = paragraph.doc.covering(mention.start - paragraph.offset, mention.end - paragraph.offset)
        placed.append(PlacedDate(mention, tokens))
    return placed


def belongs_to(date: PlacedDate, verb: Token) -> bool:
    """Whether the date modifies the verb's clause: attached to it, right behind the verb, or opening the sentence."""
    return not date.genitive and (clause_of(date).i == verb.i or stands_after(date, verb) or opens_sentence(date))


def is_day(mention: DateMention) -> bool:
    """Whether the date is a day of a known year."""
    return mention.date is not None and len(mention.date) == len("2020-01-01") and "X" not in mention.date


def clause_of(date: PlacedDate) -> Token:
    """Return the verb or predicate that the date hangs on; the sentence's root where there is none."""
    current = date.head
    for _ in range(MAX_CLIMB):
        if current.head.i == current.i or is_clause_head(current):
            return current
        current = current.head
    return clause_head(current)


def stands_after(date: PlacedDate, verb: Token) -> bool:
    """Whether the date stands right behind the verb."""
    gap = verb.doc[verb.i + 1 : date.first.i]
    if date.first.i < verb.i or len(gap) > 2:
        return False
    return all(token.pos_ in {"ADP", "DET", "ADV", "ADJ", "AUX"} or token.is_punct for token in gap)


def opens_sentence(date: PlacedDate) -> bool:
    """Whether nothing but prepositions, adverbs and the like stands before the date in its sentence."""
    start = date.first.sent.start
    return all(
        token.pos_ in {"ADP", "ADV", "CCONJ", "DET"} or token.is_punct for token in date.first.doc[start : date.first.i]
    )


def tense(verb: Token) -> tuple[str, bool] | None:
    """Return the tense of the finite verb or auxiliary, and whether the form is compound (a déploré: present, compound)."""
    for token in [*helpers_before(verb), verb]:
        tense = token.morph.get("Tense", [])
        if tense and "VerbForm=Fin" in str(token.morph):
            return str(tense[0]), token.i != verb.i
    return None


def noun_before(date: PlacedDate) -> int | None:
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
