"""On which side of the publication day a date lies: by the words before it, its noun, and the tense of its verb."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from iraqtalks.extraction.dates.calendar import Side
from iraqtalks.extraction.dates.grammar import context
from iraqtalks.extraction.dates.tense import is_infinitive, is_verb, tense, words
from iraqtalks.extraction.model import Reading
from iraqtalks.extraction.tokens import Token

_NOMINAL: Final = frozenset({"NOUN", "PROPN"})


def side_of(reading: Reading, before: str, head: int, language: str) -> Side:
    """Return the side of the date that stands after the plain words `before`, its weekday, day or month at `head`."""
    if context(language, "past_before").search(before) or context(language, "perfect_before").search(before):
        return "past"
    if context(language, "time_given_before").search(before):
        return "future"
    told = _told(reading, head, language)
    noun = genitive_noun(reading, before, head, language)
    if noun is not None:
        scheduled = told == "future" or noun.lemma_ in words(language, "scheduled_nouns")
        return "nearest" if scheduled else "likely_past"
    if context(language, "deadline_before").search(before):
        return "past" if told == "past" and not _follows_infinitive(reading, head) else "future"
    return _side_of_noun(reading, head, told, language) or told


def token_of(reading: Reading, position: int) -> Token | None:
    """Return the word at a position of the article, or None where the text is not parsed."""
    paragraph = reading.paragraph_at(position)
    return None if paragraph is None else paragraph.token_at(position)


def governing_verb(reading: Reading, position: int) -> Token | None:
    """Return the verb or participle that the word at `position` depends on, directly or through other words."""
    token = token_of(reading, position)
    return None if token is None else next((above for above in _chain(token) if is_verb(above)), None)


def genitive_noun(reading: Reading, before: str, position: int, language: str) -> Token | None:
    """Return the noun that a date belongs to (“l'élection du 3 novembre”): the tense of the verb is not the date's."""
    if not context(language, "genitive_before").search(before):
        return None
    token = token_of(reading, position)
    if token is None:
        return None
    above = next((above for above in _above(token) if is_verb(above) or _is_noun_before(above, token)), None)
    return None if above is None or not _is_noun_before(above, token) else above


def _is_noun_before(above: Token, token: Token) -> bool:
    return above.pos_ in _NOMINAL and above.i < token.i


def _told(reading: Reading, position: int, language: str) -> Side:
    """Return the side that the verb above tells; without one, that on which all verbs of the sentence agree."""
    verb = governing_verb(reading, position)
    if verb is not None and not _is_aside(verb, language):
        return tense(verb, language)
    token = token_of(reading, position)
    if token is None:
        return None
    sides = {tense(word, language) for word in token.sent if is_verb(word) and word.pos_ != "AUX"}
    return sides.pop() if len(sides) == 1 else None


def _is_aside(verb: Token, language: str) -> bool:
    """Whether the participle is a set phrase that dates nothing: “comme prévu lundi”."""
    return (
        any(child.lower_ in words(language, "aside_before") for child in verb.children)
        and "VerbForm=Part" in verb.morph
    )


def _chain(token: Token) -> Iterator[Token]:
    """Yield the word if it carries a verb's auxiliary, then what it depends on, up to the root."""
    yield token
    yield from _above(token)


def _above(token: Token) -> Iterator[Token]:
    while token.head != token:
        token = token.head
        yield token


def _follows_infinitive(reading: Reading, position: int) -> bool:
    """Whether the last verb before the date is an infinitive: “il avait promis de partir avant le 31 décembre”."""
    token = token_of(reading, position)
    if token is None:
        return False
    verb = next((word for word in reversed(token.doc[token.sent.start : token.i]) if is_verb(word)), None)
    return verb is not None and is_infinitive(verb)


def _side_of_noun(reading: Reading, position: int, told: Side, language: str) -> Side:
    """Return the side of a date of something before or after which the rest is told (“avant la sortie mardi du livre”)."""
    token = token_of(reading, position)
    for noun in () if token is None else takewhile(lambda above: above.pos_ in _NOMINAL, _above(token)):
        before = {child.lower_ for child in noun.children if child.pos_ == "ADP"}
        if before & words(language, "ahead_of"):
            return "nearest"
        if before & words(language, "behind_of") and told is None:
            return "likely_past"
    return None
