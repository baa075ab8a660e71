"""Where actors stand on the issues of the talks: for, against, or for under a condition.

A position is a cue (what an actor wants or rejects) that governs a topic of an issue; both are data
(`language/<language>/positions.yml`). In a quotation, what must or must not be is its speaker's position.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.events.clauses import is_present_participle
from iraqtalks.extraction.events.complements import Ground
from iraqtalks.extraction.events.patterns import event_language, needed
from iraqtalks.extraction.events.reference import KNOWN, resolve
from iraqtalks.extraction.events.scene import Scene
from iraqtalks.extraction.events.status import is_negated, quote_at
from iraqtalks.extraction.events.triggers import sequence_after, verb_lemma, words_near
from iraqtalks.extraction.model import EventMention, Paragraph, Position, Quote, Reading
from iraqtalks.extraction.phrases import lower, phrase_bounds
from iraqtalks.extraction.tokens import Doc, Token
from iraqtalks.knowledge import Knowledge
from iraqtalks.language import load

_REACH: Final = 22
"""How many tokens after a cue its topic may stand."""
_STEP: Final = 6
"""How many tokens may separate two words of a topic."""

Topic = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class PositionLanguage:
    """The cues and topics of one language. `cues`: verb lemma → (further words, attitude, whether its speaker holds it)."""

    cues: Mapping[str, tuple[tuple[tuple[str, ...], int, bool], ...]]
    topics: tuple[tuple[str, int, Topic], ...]
    conditions: tuple[tuple[str, ...], ...]
    leading: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cue:
    verb: Token
    extra: tuple[Token, ...]
    attitude: int
    voiced: bool


@cache
def position_language(language: str) -> PositionLanguage:
    """Return the position cues of the language, read once a process."""
    data = load(language, "positions")
    cues: dict[str, list[tuple[tuple[str, ...], int, bool]]] = {}
    kinds = {"for": (1, False), "against": (-1, False), "voiced_for": (1, True), "voiced_against": (-1, True)}
    for kind, (attitude, voiced) in kinds.items():
        for entry in data["cues"][kind]:
            lemma, *words = entry.split()
            cues.setdefault(lemma, []).append((tuple(words), attitude, voiced))
    topics = [
        (issue, 1 if side == "for" else -1, tuple(frozenset(word.split("|")) for word in topic.split()))
        for issue, sides in data["topics"].items()
        for side, listed in sides.items()
        for topic in listed
    ]
    return PositionLanguage(
        MappingProxyType({lemma: tuple(sorted(entries, key=lambda e: -len(e[0]))) for lemma, entries in cues.items()}),
        tuple(topics),
        tuple(tuple(condition.split()) for condition in data["conditions"]),
        frozenset(data["leading_words"]),
    )


def find_positions(
    reading: Reading,
    cast: Cast,
    quotes: Sequence[Quote],
    events: Sequence[EventMention],
    knowledge: Knowledge,
    language: str = "fr",
) -> list[Position]:
    """Return the positions that the article states, sorted by place; each actor's stand on an issue once a sentence."""
    rules = position_language(language)
    found: dict[tuple[int, str, str], Position] = {}
    for paragraph in reading.paragraphs:
        scene = Scene(paragraph, cast, knowledge, Ground(event_language(language)), quotes)
        for cue in _cues(paragraph.doc, rules):
            for position in _positions(cue, scene, rules, events):
                if position.issue in knowledge.issues:
                    sentence = paragraph.start(cue.verb.sent[0])
                    found.setdefault((sentence, position.actor_id, position.issue), position)
    return sorted(
        found.values(), key=lambda position: (position.start, position.end, position.issue, position.actor_id)
    )


def _cues(doc: Doc, rules: PositionLanguage) -> Iterator[_Cue]:
    for token in doc:
        lemma = verb_lemma(token, rules.cues)
        if lemma is None:
            continue
        near = words_near(token)
        for words, attitude, voiced in rules.cues[lemma]:
            if needed(words) not in near:
                continue
            extra = sequence_after(token, words)
            if extra is not None and (not extra or extra[-1].i - token.i <= _STEP):
                yield _Cue(token, extra, attitude, voiced)
                break


def _positions(cue: _Cue, scene: Scene, rules: PositionLanguage, events: Sequence[EventMention]) -> Iterator[Position]:
    paragraph = scene.paragraph
    quote = quote_at(paragraph.start(cue.verb), scene.quotes)
    holders = _holders(cue, quote, scene)
    if not holders:
        return
    window = [(token, frozenset({token.lemma_.lower(), lower(token)})) for token in _window(cue)]
    said = frozenset[str]().union(*(words for _, words in window))
    attitude = -cue.attitude if is_negated(cue.verb) else cue.attitude
    seen: set[str] = set()
    for issue, side, topic in rules.topics:
        if issue in seen or any(words.isdisjoint(said) for words in topic):
            continue
        words = _match(window, topic)
        if words is None:
            continue
        seen.add(issue)
        condition = _condition(words[-1], paragraph, rules)
        start, end = _span(cue, words, scene)
        stance = "for" if attitude * side > 0 else "against"
        for actor_id in holders:
            yield Position(
                start=start,
                end=max(end, condition[1]) if condition else end,
                actor_id=actor_id,
                issue=issue,
                stance="conditional" if condition and stance == "for" else stance,
                rule="position.voiced" if cue.voiced else "position.wanted",
                condition=condition if stance == "for" else None,
                quote=quote,
                event=_event_at(paragraph.start(cue.verb), events),
            )


def _holders(cue: _Cue, quote: Quote | None, scene: Scene) -> list[str]:
    """Return whose position it is: the speaker's for what must be, else the subject's of the cue."""
    if cue.voiced:
        return [quote.speaker_id] if quote is not None and quote.speaker_id is not None else []
    introduced = scene.cue_quote(cue.verb)
    if introduced is not None and introduced.speaker_id is not None:
        return [introduced.speaker_id]
    heads = scene.subjects(cue.verb)
    return list(dict.fromkeys(actor_id for head in heads for actor_id, _, _ in resolve(head, scene, KNOWN)))


def _window(cue: _Cue) -> list[Token]:
    """Return the tokens in which a cue's topic may stand: its own clause for what must be, else what follows it."""
    if cue.voiced:
        return [token for token in cue.verb.subtree if token.i != cue.verb.i and _is_own(token, cue.verb)]
    window = []
    # A leading participle governs nothing after its comma (Souhaitant rester discret, X a dit …).
    leading = cue.verb.i == cue.verb.sent.start and is_present_participle(cue.verb)
    for token in cue.verb.doc[cue.verb.i + 1 : min(cue.verb.sent.end, cue.verb.i + _REACH)]:
        if _leaves_scope(token) or (leading and token.text == ","):
            break
        window.append(token)
    return window


def _is_own(token: Token, verb: Token) -> bool:
    """Whether a token of the verb's subtree stands in no clause of its own (ceux qui plaident … doivent)."""
    current = token
    while current.i not in {verb.i, current.head.i}:
        if current.dep_ in {"acl:relcl", "acl", "advcl", "parataxis"}:
            return False
        current = current.head
    return True


def _leaves_scope(token: Token) -> bool:
    """Whether what the cue governs ends here: a participle after a comma (…, affirmant que), a reason (de crainte que)."""
    if lower(token) in {"crainte", "afin", "parce", "puisque", "alors"}:
        return True
    after_comma = token.i > 0 and token.doc[token.i - 1].text == ","
    return after_comma and token.pos_ == "VERB" and is_present_participle(token)


def _match(window: Sequence[tuple[Token, frozenset[str]]], topic: Topic) -> tuple[Token, ...] | None:
    """Return the tokens of a topic's words in order, or None where they do not all stand close to one another.

    `window`: tokens, each with its lemma and its form.
    """
    for index, (token, forms) in enumerate(window):
        if topic[0].isdisjoint(forms):
            continue
        found = [token]
        for words in topic[1:]:
            reach = [other for other in window[index + 1 :] if found[-1].i < other[0].i <= found[-1].i + _STEP]
            following = next((other for other, said in reach if not words.isdisjoint(said)), None)
            if following is None:
                break
            found.append(following)
        if len(found) == len(topic):
            return tuple(found)
    return None


def _span(cue: _Cue, words: tuple[Token, ...], scene: Scene) -> tuple[int, int]:
    """Return the positions from the cue's subject to the end of the topic."""
    paragraph = scene.paragraph
    subjects = [t for t in scene.subjects(cue.verb) if t.sent == cue.verb.sent]
    core = [cue.verb, *words, *cue.extra, *subjects]
    first = min(core, key=lambda token: int(token.i))
    last = max(core, key=lambda token: int(token.i))
    _, end = phrase_bounds(last)
    return paragraph.start(first), paragraph.end(last.doc[max(end, last.i)])


def _condition(last: Token, paragraph: Paragraph, rules: PositionLanguage) -> tuple[int, int] | None:
    """Return the span of the condition or exception that follows a topic in its sentence, without its opening word."""
    doc = last.doc
    for index in range(last.i + 1, min(last.sent.end, last.i + _REACH)):
        for words in rules.conditions:
            if index + len(words) < last.sent.end and all(
                lower(doc[index + offset]) == word for offset, word in enumerate(words)
            ):
                first = index + len(words)
                while words[-1] in {"seuls", "seules"} and lower(doc[first - 1]) not in {"que", "qu'"}:
                    first -= 1
                return _to_clause_end(doc, first, last.sent.end, paragraph)
    return None


def _to_clause_end(doc: Doc, first: int, limit: int, paragraph: Paragraph) -> tuple[int, int] | None:
    end = first
    while end < limit and doc[end].text not in {".", ";", ":", '"', "»"}:
        end += 1
    while end > first and doc[end - 1].is_punct:
        end -= 1
    return (paragraph.start(doc[first]), paragraph.end(doc[end - 1])) if end > first else None


def _event_at(position: int, events: Sequence[EventMention]) -> EventMention | None:
    covering = [event for event in events if event.start <= position < event.end]
    return min(covering, key=lambda event: event.end - event.start, default=None)
