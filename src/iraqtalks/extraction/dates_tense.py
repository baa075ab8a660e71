"""On which side of the publication day a date lies: told by the preposition before it and by the tense of its verb."""

import re
from functools import cache
from typing import Final

from spacy.tokens import Token

from iraqtalks.extraction.dates_calendar import Side
from iraqtalks.extraction.dates_grammar import compiled
from iraqtalks.extraction.model import Reading
from iraqtalks.language import load

_GENITIVE: Final = re.compile(r"(?:\bd[eu] |\bd'|\bdes )$", re.IGNORECASE)
_NOMINAL: Final = frozenset({"NOUN", "PROPN"})


@cache
def _words(language: str, name: str) -> frozenset[str]:
    return frozenset(load(language, "dates")[name])


def side_of(reading: Reading, before: str, head: int, language: str = "fr") -> Side:
    """Return the side of the date that stands after the plain words `before` and whose weekday, number or month is at `head`."""
    data = load(language, "dates")
    if compiled(data["past_before"]).search(before):
        return "past"
    noun = genitive_noun(reading, before, head)
    verb = governing_verb(reading, head)
    told = None if verb is None else tense(verb, language)
    if noun is not None:
        return "nearest" if told == "future" or noun.lemma_ in _words(language, "scheduled_nouns") else "likely_past"
    if compiled(data["deadline_before"]).search(before):
        return "past" if told == "past" and verb is not None and _is_finite(verb) else "future"
    return "nearest" if _is_of_something_ahead(reading, head, language) else told


def _is_of_something_ahead(reading: Reading, position: int, language: str) -> bool:
    """Whether the date belongs to a noun that is still to come (“avant la sortie mardi de son livre”)."""
    paragraph = reading.paragraph_at(position)
    token = None if paragraph is None else paragraph.token_at(position)
    while token is not None and token.head != token and token.head.pos_ in _NOMINAL:
        token = token.head
        if any(child.pos_ == "ADP" and child.lower_ in _words(language, "ahead_of") for child in token.children):
            return True
    return False


def genitive_noun(reading: Reading, before: str, position: int) -> Token | None:
    """Return the noun that the date at `position` belongs to (“l'élection du 3 novembre”): the verb's tense is not the date's."""
    if not _GENITIVE.search(before):
        return None
    paragraph = reading.paragraph_at(position)
    token = None if paragraph is None else paragraph.token_at(position)
    while token is not None and token.head != token:
        token = token.head
        if token.pos_ in _NOMINAL and token.i < position:
            return token
        if token.pos_ in {"VERB", "AUX"}:
            return None
    return None


def governing_verb(reading: Reading, position: int) -> Token | None:
    """Return the verb or participle that the word at `position` depends on, directly or through other words."""
    paragraph = reading.paragraph_at(position)
    token = None if paragraph is None else paragraph.token_at(position)
    while token is not None and token.head != token:
        token = token.head
        if token.pos_ in {"VERB", "AUX"} or "VerbForm=Part" in token.morph:
            return token
    return None


def tense(verb: Token, language: str = "fr") -> Side:
    """Return `past` or `future` by the verb's group (auxiliary, modal, mood); None where it tells nothing, as the present does."""
    auxiliaries = [
        child
        for child in verb.children
        if child.dep_ in {"aux:tense", "aux", "aux:pass", "cop"} and child.pos_ == "AUX"
    ]
    tense_auxiliary = next(
        (child for child in auxiliaries if child.dep_ == "aux:tense" or child.lemma_ == "avoir"), None
    )
    if tense_auxiliary is not None:
        return "future" if "Tense=Fut" in tense_auxiliary.morph else "past"
    form = auxiliaries[0] if auxiliaries else verb
    if auxiliaries and "VerbForm=Inf" in form.morph:
        return _infinitive(verb, language)
    if not auxiliaries and verb.morph.get("VerbForm") == ["Part"]:
        return _participle(verb, language)
    if verb.morph.get("VerbForm") == ["Inf"]:
        return _infinitive(verb, language)
    return _finite(form, language)


def _finite(form: Token, language: str) -> Side:
    """Return the side that a finite form tells."""
    if "Tense=Fut" in form.morph or "Mood=Cnd" in form.morph:
        return "future"
    if "Tense=Past" in form.morph or "Tense=Imp" in form.morph and "Mood=Sub" not in form.morph:
        return "past"
    return None


def _participle(verb: Token, language: str) -> Side:
    """Return the side of a participle without auxiliary: “prévu mardi” lies ahead, “élu mardi” behind."""
    if "Tense=Pres" in verb.morph:
        return None
    return "future" if verb.lemma_ in _words(language, "future_participles") else "likely_past"


def _infinitive(verb: Token, language: str) -> Side:
    """Return the side of an infinitive, which its governing verb decides: “doit se réunir lundi”, “va partir”."""
    governor = verb.head
    if governor == verb or governor.pos_ in _NOMINAL:
        return None
    if governor.lemma_ in _words(language, "future_modals"):
        return None if _finite(governor, language) == "past" else "future"
    return None


def _is_finite(verb: Token) -> bool:
    """Whether the verb group is a clause of its own, not a participle or infinitive hanging on a noun or another verb."""
    return verb.morph.get("VerbForm") != ["Inf"] and (
        verb.morph.get("VerbForm") != ["Part"] or any(child.pos_ == "AUX" for child in verb.children)
    )
