"""The day of the news: a dated act's day holds for what the same actor did besides.

A report's first sentence says who did what when (X a rejeté mercredi …). What the same actor did, told after it in the
same tense and without a date of its own, is of that day: the form of agency news. A later sentence so dated holds for the
paragraph after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from iraqtalks.extraction.events.candidate import Candidate
from iraqtalks.extraction.events.clauses import RELATIVES, clause_head, is_present_participle
from iraqtalks.extraction.events.placed_dates import PlacedDate, belongs_to, clause_of, is_day, tense
from iraqtalks.extraction.events.reference import WIDELY, resolve
from iraqtalks.extraction.events.scene import Scene
from iraqtalks.extraction.model import DateMention
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token

_PERFECT: Final = ("Pres", True)
"""The tense of news (a rejeté)."""
_NEXT: Final = 1
"""For how many paragraphs after its own a dated sentence holds, if it is not the report's first."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Who did something on what day, by a sentence that ends at `end` in the paragraph of this number."""

    actors: frozenset[str]
    date: DateMention
    end: int
    paragraph: int


def find_leads(scene: Scene, dates: Sequence[PlacedDate], number: int) -> Iterator[Lead]:
    """Yield the sentences of the paragraph whose main clause has a day and an actor."""
    for sentence in scene.paragraph.doc.sents:
        own = [d for d in dates if d.first.sent.start == sentence.start and is_day(d.mention)]
        verb = _dated_verb(own, sentence.root)
        if verb is None:
            continue
        heads = scene.subjects(verb)
        actors = frozenset(filler[0] for head in heads for filler in resolve(head, scene, WIDELY))
        if actors:
            yield Lead(actors, own[0].mention, scene.paragraph.end(sentence[-1]), number)
    yield from _spoken_leads(scene, dates, number)


def _dated_verb(days: Sequence[PlacedDate], root: Token) -> Token | None:
    """Return the verb of the sentence that the first of its days dates: its main one in the tense of news, or None."""
    if not days:
        return None
    verbs = (root, clause_of(days[0]))
    return next((v for v in verbs if tense(v) == _PERFECT and belongs_to(days[0], v) and _is_main(v)), None)


def _spoken_leads(scene: Scene, dates: Sequence[PlacedDate], number: int) -> Iterator[Lead]:
    """Yield the sentences in which somebody spoke on a day (« … », a déclaré lundi X)."""
    block = scene.paragraph.block
    for quote in scene.quotes:
        if quote.cue is None or quote.spoken_on is None or quote.speaker_id is None or quote.anonymous:
            continue
        verb = scene.paragraph.token_at(quote.cue[1] - 1) if block.start <= quote.cue[0] < block.end else None
        if verb is None or tense(verb) != _PERFECT:
            continue
        sentence = verb.sent
        day = next((d.mention for d in dates if d.first.sent == sentence and d.mention.date == quote.spoken_on), None)
        if day is not None and is_day(day):
            yield Lead(frozenset({quote.speaker_id}), day, scene.paragraph.end(sentence[-1]), number)


def date_by_leads(candidates: Sequence[tuple[int, Candidate]], leads: Sequence[Lead], dated: frozenset[int]) -> None:
    """Date the acts of the leads' actors that are told in their tense, in place.

    `candidates` come with the number of their paragraph; `dated`: where the sentences begin that have a date.
    """
    for number, candidate in candidates:
        event, anchor = candidate.event, _main_verb(candidate.trigger.anchor)
        if event.date is not None or event.status != "asserted" or not _is_main(anchor) or tense(anchor) != _PERFECT:
            continue
        sources = {participant.actor_id for participant in event.participants if participant.role == "source"}
        before = [lead for lead in leads if lead.end <= event.start and _holds(lead, number) and sources <= lead.actors]
        if sources and before and candidate.paragraph.start(anchor.sent[0]) not in dated:
            last = max(before, key=lambda lead: lead.end).date
            event.date, event.date_basis = last.date, last.basis


def _holds(lead: Lead, number: int) -> bool:
    return lead.paragraph == 0 or number - lead.paragraph <= _NEXT


def _main_verb(verb: Token) -> Token:
    """Return the verb of the clause that a present participle goes on, whose time it shares; the verb itself else."""
    if not is_present_participle(verb):
        return verb
    return verb.head if tense(verb.head) is not None else clause_head(verb)


def _is_main(verb: Token) -> bool:
    """Whether the verb's clause is no subordinate or relative one."""
    return not any(child.dep_ == "mark" or lower(child) in RELATIVES for child in verb.children if child.i < verb.i)
