"""Verb forms and clauses: what carries tense and voice, what depends on what."""

from collections.abc import Iterator
from typing import Final

from iraqtalks.extraction.phrases import NOUNS, is_finite, is_participle, lower
from iraqtalks.extraction.tokens import Token, once_a_token

NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
CLITICS: Final = frozenset({"se", "s'", "y", "en", "l'", "le", "la", "les", "me", "m'", "te", "nous", "lui", "leur"})
RELATIVES: Final = frozenset({"qui", "que", "qu'", "dont", "où", "lequel", "laquelle", "lesquels", "lesquelles"})
# Verbs whose perfect is formed with être: their participle is no passive.
_BEING: Final = frozenset({
    "aller", "arriver", "convenir", "décéder", "descendre", "devenir", "entrer", "intervenir", "monter", "mourir", "naître", "partir",
    "parvenir", "rentrer", "repartir", "rester", "retourner", "revenir", "sortir", "survenir", "tomber", "venir",
})  # fmt: skip
_SELF: Final = frozenset({"même", "mêmes"})
_PARTICIPLE_ENDINGS: Final = ("é", "ée", "és", "ées")
_SPLIT: Final = 8
"""How many tokens an auxiliary may stand before its participle."""
MAX_CLIMB: Final = 12
"""No chain of heads in real text is longer; a bound keeps odd parses cheap."""


def is_verb(token: Token) -> bool:
    """Whether the token is a verb other than an auxiliary."""
    return bool(token.pos_ == "VERB") or (token.pos_ == "AUX" and not token.dep_.startswith(("aux", "cop")))


def is_clause_head(token: Token) -> bool:
    """Whether the token heads a clause: a verb, or a predicate with a copula."""
    return is_verb(token) or any(child.dep_ == "cop" for child in token.children)


def clause_head(token: Token) -> Token:
    """Return the nearest verb or predicate that `token` depends on; the sentence's root where there is none."""
    current = token
    for _ in range(MAX_CLIMB):
        if current.head.i == current.i:
            return current
        current = current.head
        if is_clause_head(current):
            return current
    return current


def ancestors(token: Token) -> Iterator[Token]:
    """Yield the heads of the token, nearest first."""
    current = token
    for _ in range(MAX_CLIMB):
        if current.head.i == current.i:
            return
        current = current.head
        yield current


@once_a_token
def auxiliaries(verb: Token) -> list[Token]:
    """Return the verb's auxiliaries, in the order of the text."""
    return [child for child in verb.children if child.dep_.startswith(("aux", "cop")) or child.pos_ == "AUX"]


@once_a_token
def helpers_before(verb: Token) -> list[Token]:
    """Return the auxiliaries and reflexive pronouns right before a verb form, past adverbs and clitics."""
    found = []
    for index in range(verb.i - 1, max(-1, verb.i - 8), -1):
        token = verb.doc[index]
        word = lower(token)
        if token.pos_ == "AUX" or word == "été" or word in {"se", "s'"}:
            found.append(token)
        elif token.lemma_ == "avoir" and is_past_participle(verb) and token.i > verb.i - 6:
            # Split from its participle the auxiliary is tagged as a verb (ont elles-mêmes réclamé).
            found.append(token)
            break
        elif not (token.pos_ in {"ADV", "PRON"} or word in CLITICS or word.startswith("-") or word in _SELF):
            break
    return found


def is_passive(verb: Token) -> bool:
    """Whether the verb is a past participle that stands in the passive or alone as a modifier."""
    if not is_past_participle(verb):
        return False
    helpers = helpers_before(verb) or auxiliaries(verb)
    if not helpers and verb.head.lemma_ == "avoir" and 0 < verb.i - verb.head.i < _SPLIT:
        # “a une fois de plus dénoncé”: what stands between makes the auxiliary a verb of its own for the parser.
        return False
    if not helpers:
        if verb.dep_ == "conj" and is_past_participle(verb.head):
            return is_passive(verb.head)
        sharing = sharing_auxiliary(verb)
        return sharing is None or is_passive(sharing)
    words = {lower(helper) for helper in helpers}
    if "été" in words:
        return True
    if words & {"se", "s'"} or any(helper.lemma_ in {"avoir", "faire"} for helper in helpers):
        return False
    return any(helper.lemma_ == "être" for helper in helpers) and verb.lemma_ not in _BEING


def sharing_auxiliary(verb: Token) -> Token | None:
    """Return the participle before a bare one that a conjunction joins on, whose auxiliary it shares (a dénoncé X et *réclamé* Y)."""
    if not is_past_participle(verb) or {"Fem", "Plur"} & {*verb.morph.get("Gender", []), *verb.morph.get("Number", [])}:
        return None
    index = verb.i - 1
    while index > verb.sent.start and verb.doc[index].pos_ == "ADV":
        index -= 1
    if verb.doc[index].pos_ != "CCONJ":
        return None
    for token in reversed(verb.doc[verb.sent.start : index]):
        if is_past_participle(token) and token.pos_ in {"VERB", "AUX"} and lower(token) != "été":
            return token if helpers_before(token) else None
    return None


def is_past_participle(verb: Token) -> bool:
    """Whether the token is a past participle.

    Behind “été” the tagger takes some for adjectives (a été empoisonné), at the head of a sentence for names (*Limogé* en mai, X …).
    """
    if is_participle(verb):
        return "Tense=Past" in str(verb.morph)
    if verb.pos_ in {"VERB", "AUX"}:
        # What the tagger takes for an infinitive has its ending too (est parfois *pointé* du doigt).
        return "VerbForm=Inf" in str(verb.morph) and lower(verb).endswith(_PARTICIPLE_ENDINGS)
    if verb.pos_ == "ADJ":
        return verb.i > 0 and lower(verb.doc[verb.i - 1]) == "été"
    if verb.pos_ not in NOUNS or verb.i != verb.sent.start or verb.i + 1 >= len(verb.doc):
        return False
    return lower(verb).endswith(_PARTICIPLE_ENDINGS) and verb.doc[verb.i + 1].pos_ == "ADP"


def is_bare_participle(verb: Token) -> bool:
    """Whether the verb is a past participle without auxiliary, which describes somebody or something (X, *détenu* à Y)."""
    return is_past_participle(verb) and not helpers_before(verb) and not auxiliaries(verb)


def is_present_participle(verb: Token) -> bool:
    """Whether the form is a present participle, by its ending: the tagger takes many for adjectives."""
    return lower(verb).endswith("ant")


def is_reflexive(verb: Token) -> bool:
    """Whether a reflexive pronoun stands right before the verb or its auxiliaries."""
    index = verb.i - 1
    while index >= 0 and index >= verb.i - 4:
        token = verb.doc[index]
        if lower(token) in {"se", "s'"}:
            return True
        if token.pos_ not in {"AUX", "ADV", "PRON"}:
            return False
        index -= 1
    return False


def is_finite_clause(verb: Token) -> bool:
    """Whether the verb or one of its auxiliaries is finite."""
    return is_finite(verb) or any(is_finite(helper) for helper in auxiliaries(verb))


def may_agree(noun: Token, participle: Token) -> bool:
    """Whether nothing in gender and number keeps the participle from the noun."""
    for feature in ("Gender", "Number"):
        one, other = noun.morph.get(feature, []), participle.morph.get(feature, [])
        if one and other and one[0] != other[0]:
            return False
    return True


def coordinated(head: Token) -> list[Token]:
    """Return the noun and the nouns coordinated with it, in the order of the text."""
    found = [head]
    queue = [head]
    while queue and len(found) < MAX_CLIMB:
        current = queue.pop()
        for child in current.children:
            if child.dep_ == "conj" and child.pos_ in NOMINAL:
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda token: int(token.i))
