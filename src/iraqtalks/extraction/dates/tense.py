"""What a verb's form says of when: a side of the publication day, by auxiliary, modal and mood."""

from functools import cache
from typing import Final

from iraqtalks.extraction.dates.calendar import Side
from iraqtalks.extraction.tokens import Token
from iraqtalks.language import load

_AUXILIARY: Final = frozenset({"aux:tense", "aux:pass", "aux", "cop"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN"})


@cache
def words(language: str, name: str) -> frozenset[str]:
    """Return a word list of the language's dates as a set."""
    return frozenset(load(language, "dates")[name])


def is_verb(token: Token) -> bool:
    """Whether the word is a verb, participle or predicate; one with an auxiliary is, whatever the parser calls it."""
    return (
        token.pos_ in {"VERB", "AUX"}
        or "VerbForm=Part" in token.morph
        or any(child.dep_ in _AUXILIARY for child in token.children)
    )


def is_copular(verb: Token) -> bool:
    """Whether the word is a predicate with “être”: “la ville est calme”."""
    return any(child.dep_ == "cop" for child in verb.children)


def tense(verb: Token, language: str) -> Side:
    """Return the side that the verb group tells; None where it tells nothing, as the present does.

    A participle without auxiliary (“l'accord signé mardi”) is only `likely_past`.
    """
    auxiliaries = [child for child in verb.children if child.dep_ in _AUXILIARY and child.pos_ == "AUX"]
    perfect = next((child for child in auxiliaries if child.dep_ == "aux:tense" or child.lemma_ == "avoir"), None)
    if perfect is not None:
        return "future" if "Tense=Fut" in perfect.morph else "past"
    form = auxiliaries[0] if auxiliaries else verb
    if is_infinitive(form):
        return _infinitive(verb, language)
    if not auxiliaries and "VerbForm=Part" in verb.morph:
        return _participle(verb, language)
    told = _finite(form)
    if told is None and _has_infinitive(verb) and verb.lemma_ in words(language, "future_modals"):
        return "future"  # “les troupes doivent partir jeudi”, the date hanging on the modal
    return None if told == "past" and _has_infinitive(verb) else told


def is_infinitive(token: Token) -> bool:
    """Whether the word is an infinitive."""
    return "VerbForm=Inf" in token.morph


def is_present(verb: Token) -> bool:
    """Whether the verb is a bare present: “nous devons”, not “nous avons dû”."""
    return "Tense=Pres" in verb.morph and not any(child.dep_ in _AUXILIARY for child in verb.children)


def _has_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "xcomp" and is_infinitive(child) for child in verb.children)


def _finite(form: Token) -> Side:
    """Return the side that a finite form tells."""
    if "Tense=Fut" in form.morph or "Mood=Cnd" in form.morph:
        return "future"
    if _is_also_present(form):
        return None
    if "Tense=Past" in form.morph or ("Tense=Imp" in form.morph and "Mood=Sub" not in form.morph):
        return "past"
    return None


def _is_also_present(form: Token) -> bool:
    """Whether the form is the present as well as the past (“réunit”, “dit”): news mostly means the present."""
    return form.lower_.endswith("it") and form.lemma_.endswith(("ir", "dire")) and "Tense=Past" in form.morph


def _participle(verb: Token, language: str) -> Side:
    """Return the side of a participle without auxiliary: “prévu mardi” lies ahead, “élu mardi” behind."""
    if "Tense=Pres" in verb.morph:
        return None
    return "likely_future" if verb.lemma_ in words(language, "future_participles") else "likely_past"


def _infinitive(verb: Token, language: str) -> Side:
    """Return the side of an infinitive, by what governs it: “doit se réunir lundi”, “avant de se rendre lundi à …”."""
    governor = verb.head
    if governor == verb or governor.pos_ in _NOMINAL:
        return None
    if any(child.lower_ in words(language, "sequence") for child in verb.children):
        return tense(governor, language)
    if governor.lemma_ in words(language, "future_modals"):
        return None if _finite(governor) == "past" else "future"
    return None
