"""Whether a place name stands for those who govern there: “Washington souhaite …” against “à Washington”."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from iraqtalks.extraction.phrases import ARTICLES, lower
from iraqtalks.language import load

_REACH: Final = 6
"""How many tokens back a verb is looked for that governs “à Washington”."""


@dataclass(frozen=True, slots=True)
class _Lists:
    locative: frozenset[str]
    dative_verbs: frozenset[str]
    dative_words: frozenset[str]
    partner: frozenset[str]
    place_heads: frozenset[str]
    place_verbs: frozenset[str]
    motion_heads: frozenset[str]


@cache
def _lists(language: str) -> _Lists:
    data = load(language, "metonyms")
    return _Lists(**{name: frozenset(data[name]) for name in _Lists.__dataclass_fields__})


def stands_for_government(first: Token, last: Token, previous: bool | None = None, language: str = "fr") -> bool:
    """Whether the capital written from token `first` to token `last` stands for its government.

    `previous` is what was found for the capital before it in the same coordination, or None.
    """
    lists = _lists(language)
    doc = first.doc
    if first.i == 0:
        return not _is_dateline(last)
    token = doc[first.i - 1]
    word = lower(token)
    if word in ARTICLES:
        if first.i == 1:
            return True
        token = doc[first.i - 2]
        word = lower(token)
    if word in {"et", "ou", ",", "que", "comme"} and previous is not None:
        return previous
    if word in {"à", "a", "au", "aux"} and token.pos_ not in {"AUX", "VERB"}:
        return _is_dative(token, lists)
    if word in lists.locative:
        return False
    if word in {"de", "du", "d'", "des"}:
        return _is_genitive_of_power(token, lists)
    if word in lists.partner:
        return word != "entre" or _partner_is_power(last)
    if token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in lists.place_verbs:
        return False
    return not _is_dateline(last)


def _is_dateline(last: Token) -> bool:
    """Whether the name opens the text as the place of the dispatch: “BAGDAD (Irak) -”, “Bagdad -”."""
    following = last.doc[last.i + 1 : last.i + 2]
    return len(following) == 0 or (following[0].text in {"(", "-", "–", "—", "/"} and last.i <= 1)


def _is_dative(preposition: Token, lists: _Lists) -> bool:
    doc = preposition.doc
    for index in range(preposition.i - 1, max(-1, preposition.i - 1 - _REACH), -1):
        token = doc[index]
        word = lower(token)
        if word in lists.dative_words and index == preposition.i - 1:
            return True
        if token.pos_ in {"VERB", "AUX"}:
            return index >= preposition.i - 3 and token.lemma_.lower() in lists.dative_verbs
        if word in {",", ".", ";", ":", "(", ")"}:
            return False
    return False


def _is_genitive_of_power(preposition: Token, lists: _Lists) -> bool:
    if preposition.i == 0:
        return True
    head = preposition.doc[preposition.i - 1]
    word = lower(head)
    if head.pos_ == "ADJ" and preposition.i >= 2:
        noun = lower(preposition.doc[preposition.i - 2])
        if noun in lists.place_heads:
            return False
    if head.pos_ == "PROPN" or word.isdigit() or word in lists.place_heads or word in lists.motion_heads:
        return False
    return not (head.pos_ in {"VERB", "AUX"} and head.lemma_.lower() in lists.place_verbs)


def _partner_is_power(last: Token) -> bool:
    """Whether “entre X et Y” has a capitalised partner right after."""
    following = last.doc[last.i + 1 : last.i + 4]
    return len(following) >= 2 and lower(following[0]) == "et"


def is_scene(first: Token, language: str = "fr") -> bool:
    """Whether a country's name only says where something happens or where somebody moves from (En Irak, …; retrait d'Irak)."""
    lists = _lists(language)
    doc = first.doc
    index = first.i - 1
    if index >= 0 and lower(doc[index]) in ARTICLES:
        index -= 1
    if index < 0:
        return False
    word = lower(doc[index])
    if word in {"en", "au", "aux", "dans"} and (index == 0 or doc[index - 1].text in {".", "!", "?", "«", '"', ":"}):
        following = doc[first.i + 1 : first.i + 2]
        return len(following) == 1 and following[0].text == ","
    return word in {"de", "d'", "du", "des"} and _follows_motion(doc[index], lists)


def _follows_motion(preposition: Token, lists: _Lists) -> bool:
    """Whether the genitive is where a movement starts or ends: “le retrait de leurs troupes d'Irak”."""
    for index in range(preposition.i - 1, max(-1, preposition.i - 1 - _REACH), -1):
        token = preposition.doc[index]
        if lower(token) in lists.motion_heads:
            return True
        if (
            token.is_punct
            or token.pos_ in {"VERB", "AUX"}
            or lower(token) in {"en", "dans", "sur", "pour", "contre", "et"}
        ):
            return False
    return False
