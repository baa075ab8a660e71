"""The smallest clause or noun phrase that states an event."""

from collections.abc import Iterable, Sequence
from itertools import islice

from iraqtalks.extraction.events.arguments import Arguments
from iraqtalks.extraction.events.clauses import ancestors, auxiliaries, is_finite_clause, is_past_participle
from iraqtalks.extraction.events.complements import Ground, Phrase, phrases_after
from iraqtalks.extraction.events.subjects import subject_tokens
from iraqtalks.extraction.events.triggers import Trigger
from iraqtalks.extraction.phrases import NOUNS, is_finite, lower, phrase_bounds
from iraqtalks.extraction.tokens import Token

_FAR = 40
_CLAUSE = 14  # how many tokens after its opening a clause's verb may stand
_NAME = 6  # tokens that a noun and the name after it may take (le martyr Abu Mahdi al-Mohandes)
_WITH_CONTENT = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "CONCEDE"})
_DETERMINERS = frozenset({
    "le", "la", "l'", "les", "un", "une", "des", "du", "de", "d'", "ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs",
})  # fmt: skip


def statement(trigger: Trigger, arguments: Arguments, carried: Sequence[Token], ground: Ground) -> tuple[int, int]:
    """Return the indices of the first and the last token of the event's statement.

    `carried`: the heads of the phrases after the verb that carries an event noun (a eu lieu *à Washington*).
    """
    core = [trigger.token, *trigger.extra]
    if trigger.anchor.i != trigger.token.i:
        core.append(trigger.anchor)
    if not trigger.nominal or trigger.anchor.i != trigger.token.i:
        if trigger.nominal:
            core.extend(carried)
        core.extend(auxiliaries(trigger.anchor))
        core.extend(_subject(trigger, ground))
    if trigger.nominal:
        core.extend(_determiner(trigger.token))
    finite = is_finite_clause(trigger.anchor)
    core.extend(t for t in arguments.tokens if _is_near(t, trigger) and (finite or _is_own(t, trigger, arguments)))
    core.extend(_complements(trigger, arguments.phrases))
    if trigger.pattern.type in _WITH_CONTENT and not trigger.nominal:
        core.extend(_content(max(core, key=lambda token: int(token.i)), ground))
    sentence = trigger.token.sent
    indices = [index for token in core for index in _extent(token)]
    inside = [index for index in indices if sentence.start <= index < sentence.end] or [trigger.token.i]
    return min([*inside, trigger.token.i]), max([*inside, trigger.token.i])


def _content(last: Token, ground: Ground) -> list[Token]:
    """Return the verb of what is demanded, promised, threatened or refused, right after the rest, with its complements."""
    doc = last.doc
    _, end = _extent(last)
    for token in doc[end + 1 : min(end + 6, last.sent.end)]:
        if token.pos_ == "VERB" and "VerbForm=Inf" in str(token.morph):
            return [token, *(phrase.head for phrase in phrases_after(token, ground))]
        if lower(token) in {"que", "qu'"}:
            return _clause(token, ground)
        if token.pos_ not in {"ADP", "PRON", "ADV", "AUX"} and token.text != '"':
            return []
    return []


def _clause(opening: Token, ground: Ground) -> list[Token]:
    """Return the finite verb of the clause that `que` opens, with its complements (voulait que les troupes *partent*)."""
    for token in opening.doc[opening.i + 1 : min(opening.i + _CLAUSE, opening.sent.end)]:
        if is_finite(token):
            verb = token.head if token.dep_.startswith("aux") else token
            return [token, verb, *(phrase.head for phrase in phrases_after(verb, ground))]
    return []


def _subject(trigger: Trigger, ground: Ground) -> Iterable[Token]:
    heads = subject_tokens(trigger.anchor, ground)
    finite = is_finite_clause(trigger.anchor)
    return [token for token in heads if _is_near(token, trigger) and (finite or token.i < trigger.anchor.i)]


def _is_own(token: Token, trigger: Trigger, arguments: Arguments) -> bool:
    """Whether a participant's words are the statement's own: before it, or among what follows it in its clause."""
    return token.i < trigger.token.i or any(0 <= token.i - phrase.head.i < _NAME for phrase in arguments.phrases)


def _is_near(token: Token, trigger: Trigger) -> bool:
    """Whether a participant's words may belong to the statement: in its sentence, and before it with no other clause between."""
    if token.sent != trigger.token.sent or abs(token.i - trigger.token.i) >= _FAR:
        return False
    if is_past_participle(trigger.anchor) and not auxiliaries(trigger.anchor):
        # It shares the auxiliary of the clause before (ont tiré des obus et *mené* des frappes).
        return True
    own = {trigger.anchor.i, trigger.token.i, *(helper.i for helper in auxiliaries(trigger.anchor))}
    between = token.doc[token.i + 1 : min(own)]
    clauses = [
        other for other in between if is_finite(other) and not _governs(other, trigger.anchor) and other.i not in own
    ]
    return not any(other.head.i != token.i and not other.dep_.startswith("acl") for other in clauses)


def _governs(verb: Token, anchor: Token) -> bool:
    """Whether the finite verb before the event's own is a modal or the like of the same clause (doit se rendre)."""
    return any(head.i == verb.i for head in islice(ancestors(anchor), 2)) and anchor.dep_ == "xcomp"


def _determiner(noun: Token) -> list[Token]:
    return [child for child in noun.children if child.pos_ == "DET" and child.i < noun.i]


def _complements(trigger: Trigger, phrases: tuple[Phrase, ...]) -> list[Token]:
    """Return the phrases that belong to the statement: all in a verb's clause; a noun's genitives and what is coordinated."""
    if not trigger.nominal or trigger.anchor.i != trigger.token.i:
        return [phrase.head for phrase in phrases]
    kept: list[Token] = []
    for phrase in phrases:
        if phrase.preposition not in {"de", "entre", "contre", "par"} and not (kept and phrase.coordinated):
            break
        kept.append(phrase.head)
    return kept


def _extent(token: Token) -> tuple[int, int]:
    if token.pos_ not in NOUNS:
        return token.i, token.i
    first, last = phrase_bounds(token)
    while first > 0 and lower(token.doc[first - 1]) in _DETERMINERS and token.doc[first - 1].pos_ in {"DET", "ADP"}:
        if token.doc[first - 1].pos_ == "ADP":
            break
        first -= 1
    return first, _with_name(token, last)


def _with_name(head: Token, last: int) -> int:
    """Return the end of a noun phrase with the name that follows it in apposition (le général *Qassem Soleimani*)."""
    doc = head.doc
    while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN":
        last += 1
    return last
