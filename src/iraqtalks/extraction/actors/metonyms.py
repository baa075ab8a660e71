"""Whether a place name stands for those who govern there: “Washington souhaite …” against “à Washington”."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from iraqtalks.extraction.phrases import ARTICLES, GENITIVE, NOUNS, is_finite, is_plural, lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.language import load

_BREAKS: Final = frozenset({"en", "dans", "sur", "pour", "contre", "et"})
_JOINING: Final = frozenset({"et", "ou", ",", "que", "comme"})
_NEAR: Final = 3
"""At most so many tokens back stands the verb that “à Téhéran” completes."""
_CHAIN: Final = 3
"""How many nouns joined by “de” are looked at."""
_QUOTES: Final = frozenset({'"', "«", "»"})
_SCENE: Final = 7
"""So many tokens after a city at most stands what it was (avait déjà été le théâtre de)."""
_SAID: Final = 4
"""So many tokens after a city stands the verb that is said of it."""
_REACH: Final = 8
"""How many tokens back a verb is looked for that governs “à Washington”."""


@dataclass(frozen=True, slots=True)
class _Lists:
    locative: frozenset[str]
    dative_verbs: frozenset[str]
    dative_words: frozenset[str]
    giving_verbs: frozenset[str]
    partner: frozenset[str]
    place_heads: frozenset[str]
    place_verbs: frozenset[str]
    motion_heads: frozenset[str]
    motion_verbs: frozenset[str]
    ways: frozenset[str]
    power_heads: frozenset[str]
    houses: frozenset[str]
    house_parts: frozenset[str]
    city_verbs: frozenset[str]
    city_nouns: frozenset[str]
    scenes: frozenset[str]
    passing: frozenset[str]
    power_endings: frozenset[str]


@cache
def _lists(language: str) -> _Lists:
    data = load(language, "metonyms")
    return _Lists(**{name: frozenset(data[name]) for name in _Lists.__dataclass_fields__})


def stands_for_government(first: Token, last: Token, *, previous: bool | None = None) -> bool:
    """Return whether the capital written from token `first` to token `last` stands for its government.

    `previous` is what was found for the name before it in the same coordination, None where there is none.
    """
    lists = _lists(first.lang_)
    if _is_said_of_city(last, lists):
        return False
    if first.i == 0 or _is_route(first, last):
        return first.i == 0 and not _is_dateline(last)
    before = _before(first)
    subject = _is_subject(last) and before.pos_ != "ADP"
    if previous is not None and _joins(before) and not (subject and (before.text == "," or _is_plural_verb(last))):
        return previous
    if subject:
        return lower(before) != "tout"
    return _stands_after(before, last, lists)


def _before(first: Token) -> Token:
    """Return the word before a name that does not open the paragraph, its article and quotation mark left out."""
    index = first.i - 1
    while index and (lower(first.doc[index]) in ARTICLES or first.doc[index].text in _QUOTES):
        index -= 1
    return first.doc[index]


def is_house(name: str, language: str) -> bool:
    """Return whether a folded name is a house's that stands for whoever governs in it (Maison Blanche, Kremlin)."""
    return name in _lists(language).houses


def is_entered(first: Token) -> bool:
    """Return whether the house whose name begins at `first` is only where something is (à la Maison Blanche)."""
    if first.i == 0:
        return False
    lists = _lists(first.lang_)
    before = _before(first)
    word = lower(before)
    if before.pos_ in {"VERB", "AUX"}:
        return before.lemma_.lower() in lists.place_verbs
    if word in {"à", "a", "au", "aux"}:
        return not _is_dative(before, lists)
    if word in GENITIVE:
        heads = _governing_nouns(before)
        around = [lower(head) for head in heads] or [
            lower(token) for token in before.doc[max(0, before.i - 1) : before.i]
        ]
        return any(noun in lists.house_parts or noun in lists.motion_heads for noun in around)
    return word in lists.locative


def _is_said_of_city(last: Token, lists: _Lists) -> bool:
    """Whether what follows is said of cities only (Tripoli a connu …; Moscou, principal foyer de …)."""
    following = last.doc[last.i + 1 : last.i + 1 + _SAID]
    if len(following) and following[0].text == ",":
        return any(lower(token) in lists.city_nouns for token in following[1:3])
    verb = next((token for token in following if token.pos_ == "VERB"), None)
    others = {"AUX", "VERB", "PRON", "ADV", "PART"}
    if any(lower(token) in lists.scenes for token in last.doc[last.i + 1 : last.i + _SCENE]):
        return True
    alone = verb is not None and all(token.pos_ in others for token in last.doc[last.i + 1 : verb.i])
    return verb is not None and alone and verb.lemma_.lower() in lists.city_verbs


def _is_subject(last: Token) -> bool:
    """Whether a finite verb, or what stands before one, follows right after the name (Washington n'a pas …)."""
    following = last.doc[last.i + 1 : last.i + 4]
    if len(following) == 3 and lower(following[0]) == "et" and following[1].pos_ == "PROPN":
        # “Tunis et Alger ont …”
        return is_finite(following[2]) and is_plural(following[2]) is True
    return len(following) > 0 and (is_finite(following[0]) or lower(following[0]) in {"n'", "ne"})


def _is_plural_verb(last: Token) -> bool:
    """Whether a plural verb follows right after the name: those before it are its subjects as well."""
    following = last.doc[last.i + 1 : last.i + 2]
    return len(following) == 1 and is_finite(following[0]) and is_plural(following[0]) is True


def _joins(token: Token) -> bool:
    """Whether the word coordinates what follows with what stands before, with its preposition or without (et de …)."""
    if lower(token) in _JOINING:
        return True
    # A preposition of its own (en Suisse et à Londres) says more than the one before.
    return token.i > 0 and lower(token) in GENITIVE and lower(token.doc[token.i - 1]) in _JOINING


def _stands_after(token: Token, last: Token, lists: _Lists) -> bool:
    """Return whether a capital's name after the word `token` stands for the government."""
    word = lower(token)
    verb = token.pos_ in {"VERB", "AUX"}
    if word in {"à", "a", "au", "aux"} and not verb:
        return _is_dative(token, lists)
    if word == "après" and token.i and lower(token.doc[token.i - 1]) == "d'":
        return True
    if word in lists.locative or word in {"et", "ou"}:
        # “entre Amsterdam et Bagdad”: its partner is nobody, or `previous` would say so.
        return False
    if word in {"de", "du", "d'", "des"}:
        return _is_genitive_of_power(token, lists)
    if word == "," and token.i and token.doc[token.i - 1].pos_ == "PROPN":
        # One of several places: of an actor before the comma, `previous` would tell.
        return False
    if word == "pour" and _is_under_way(token, lists):
        return False
    if word == "comme" and token.i and lower(token.doc[token.i - 1]) in lists.place_heads:
        # “des villes comme Londres”
        return False
    if word == "par" and _is_way_through(token, lists):
        return False
    if word in lists.partner:
        return word != "entre" or (_has_partner(last) and not _is_way(token, lists))
    place = token.lemma_.lower() in lists.place_verbs if verb else word in lists.place_heads
    return not place and not _is_dateline(last)


def _is_route(first: Token, last: Token) -> bool:
    """Whether a hyphen joins the name with another (la liaison Tripoli-Le Caire)."""
    following = last.doc[last.i + 1 : last.i + 3]
    if last.i + 1 < len(last.doc) and last.whitespace_ == "" and following[0].text in {"-", "–"}:
        return True
    return first.i > 0 and first.doc[first.i - 1].text == "-" and first.doc[first.i - 1].whitespace_ == ""


def _is_dateline(last: Token) -> bool:
    """Whether the name opens the text as the place of the dispatch: “BAGDAD (Irak) -”, “Bagdad -”."""
    following = last.doc[last.i + 1 : last.i + 2]
    return last.i <= 1 and (len(following) == 0 or following[0].text in {"(", "-", "–", "—", "/"})


def _is_dative(preposition: Token, lists: _Lists) -> bool:
    doc = preposition.doc
    for index in range(preposition.i - 1, max(-1, preposition.i - 1 - _REACH), -1):
        token = doc[index]
        word = lower(token)
        if word in lists.dative_words and index == preposition.i - 1:
            return True
        if token.pos_ in {"VERB", "AUX"}:
            if token.lemma_.lower() in lists.giving_verbs:
                return True
            return index >= preposition.i - _NEAR and _is_dealing(token, lists)
        if word in {",", ".", ";", ":", "(", ")"}:
            return False
    return False


def _is_dealing(verb: Token, lists: _Lists) -> bool:
    """Whether the verb is one of dealing with somebody; “se rendre à” goes to a place."""
    lemma = verb.lemma_.lower()
    reflexive = any(lower(token) in {"se", "s'"} for token in verb.doc[max(0, verb.i - 2) : verb.i])
    return lemma in lists.dative_verbs and not (reflexive and lemma in lists.place_verbs)


def _is_genitive_of_power(preposition: Token, lists: _Lists) -> bool:
    """Whether the nouns before “de Washington” are a government's acts or attitudes, not things in a city."""
    if preposition.i and lower(preposition.doc[preposition.i - 1]) == "auprès":
        return True
    heads = _governing_nouns(preposition)
    if not heads:
        # A verb (dépendre de Washington) deals with a government; an adjective or adverb (près de) measures distance.
        verb = preposition.doc[preposition.i - 1] if preposition.i else None
        return verb is not None and verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() not in lists.place_verbs
    words = [lower(head) for head in heads]
    if any(word in lists.place_heads or word in lists.motion_heads or word.isdigit() for word in words):
        return False
    return words[0] in lists.power_heads or words[0].endswith(tuple(lists.power_endings))


def _governing_nouns(preposition: Token) -> list[Token]:
    """Return the nouns of the phrase that the genitive completes, the nearest first."""
    doc = preposition.doc
    nouns: list[Token] = []
    index = preposition.i - 1
    while index >= 0 and len(nouns) < _CHAIN:
        token = doc[index]
        if index and lower(doc[index - 1]) == "numéro":
            # “l'ennemi numéro un de Washington”
            index -= 2
            continue
        if token.pos_ in NOUNS or token.text.isdigit():
            nouns.append(token)
            if not (index and lower(doc[index - 1]) in GENITIVE):
                break
            index -= 1
        elif (
            token.pos_ not in {"ADJ", "NUM"} and token.text not in _QUOTES and not (lower(token) == "et" and not nouns)
        ):
            break
        index -= 1
    return nouns


def _is_under_way(preposition: Token, lists: _Lists) -> bool:
    """Whether somebody or something is on the way (le train pour Londres, partir pour Bagdad)."""
    return any(
        token.lemma_.lower() in lists.place_verbs or lower(token) in lists.ways or lower(token) in lists.motion_heads
        for token in preposition.doc[max(0, preposition.i - _NEAR - 1) : preposition.i]
    )


def _is_way_through(by: Token, lists: _Lists) -> bool:
    """Whether somebody or something passes by there (passer par Bagdad)."""
    return any(
        token.pos_ == "VERB" and token.lemma_.lower() in lists.passing for token in by.doc[max(0, by.i - 2) : by.i]
    )


def _is_way(between: Token, lists: _Lists) -> bool:
    """Whether what is “entre X et Y” is a way or a distance (la liaison entre X et Y)."""
    return between.i > 0 and lower(between.doc[between.i - 1]) in lists.ways


def _has_partner(last: Token) -> bool:
    """Whether “et Y” follows right after (entre X et Y)."""
    following = last.doc[last.i + 1 : last.i + 4]
    return len(following) >= 2 and lower(following[0]) == "et"


def governs_place(token: Token) -> bool:
    """Return whether the word before a noun phrase makes it a place (quitter le pays, à travers le pays)."""
    lists = _lists(token.lang_)
    return (token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in lists.place_verbs) or lower(token) == "travers"


def is_scene(first: Token) -> bool:
    """Return whether a country's name only says where (En Irak, …) or from where (le retrait d'Irak)."""
    lists = _lists(first.lang_)
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
        if lower(token) in lists.motion_heads or token.lemma_.lower() in lists.motion_verbs:
            return True
        if token.is_punct or token.pos_ in {"VERB", "AUX"} or lower(token) in _BREAKS:
            return False
    return False
