"""Noun phrases and clauses read off a paragraph's parse.

The parser's long attachments are often wrong in news French, its parts of speech are not: phrases are read off word
order and parts of speech, and the tree only decides between close candidates.
"""

from functools import cache
from typing import Final

from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.tokens import Doc, Token

GENITIVE: Final = frozenset({"de", "d'", "du", "des"})
ARTICLES: Final = frozenset({"le", "la", "l'", "les", "un", "une"})
CONTRACTED: Final = frozenset({"du", "des", "au", "aux"})
DEMONSTRATIVES: Final = frozenset({"ce", "cet", "cette", "ces"})
POSSESSIVES: Final = frozenset(
    {"son", "sa", "ses", "leur", "leurs", "mon", "ma", "mes", "notre", "nos", "votre", "vos"}
)
NOUNS: Final = frozenset({"NOUN", "PROPN"})
# Verb forms that may stand after a noun as its adjective are told from finite verbs by this feature.
_PARTICIPLE: Final = "VerbForm=Part"
_PARTICIPLE_ENDINGS: Final = ("é", "ée", "és", "ées")
_WITH_GENITIVE: Final = (
    "armé",
    "accus",
    "charg",
    "compos",
    "entour",
    "dot",
    "équip",
    "form",
    "soupçonn",
    "suspect",
    "priv",
    "issu",
    "originaire",
    "venu",
    "âgé",
    "né",
    "proche",
    "digne",
    "victime",
)
"""How participles begin that take a genitive of their own."""
_ARMED: Final = frozenset({"armées", "unies", "unis"})
"""Participles that are part of names (forces armées de …)."""
_GOVERNING: Final = (
    "prêt",
    "prête",
    "prêts",
    "prêtes",
    "hostile",
    "hostiles",
    "favorable",
    "favorables",
    "fidèle",
    "fidèles",
)


def lower(token: Token) -> str:
    """Return the token's text in lower case; its apostrophe is straight, for so the text was parsed."""
    return token.lower_


def before(token: Token) -> Token | None:
    """Return the token before, or None at the paragraph's start."""
    return token.doc[token.i - 1] if token.i > 0 else None


def after(token: Token) -> Token | None:
    """Return the token after, or None at the paragraph's end."""
    return token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None


def is_plural(token: Token) -> bool | None:
    """Return the grammatical number, or None where the tagger gives none."""
    return _is_plural(str(token.morph))


@cache
def _is_plural(features: str) -> bool | None:
    """Read the number off grammatical features (Gender=Masc|Number=Plur), of which there are few sets."""
    return "Number=Plur" in features if "Number=" in features else None


def gender(token: Token) -> str | None:
    """Return the grammatical gender, `m` or `f`, or None where the tagger gives none."""
    features = str(token.morph)
    return "m" if "Gender=Masc" in features else "f" if "Gender=Fem" in features else None


def determiner(head: Token) -> str | None:
    """Return the determiner of the noun phrase that `head` heads, in lower case: before its numerals and adjectives.

    Contracted prepositions (du, des, au, aux) count as one. None where there is no determiner.
    """
    index = head.i - 1
    while index >= 0 and index > head.i - 5:
        token = head.doc[index]
        word = lower(token)
        if word in ARTICLES or word in CONTRACTED or word in DEMONSTRATIVES or word in POSSESSIVES:
            return word
        if token.pos_ == "DET":
            return word
        if token.pos_ not in {"ADJ", "NUM"}:
            return None
        index -= 1
    return None


def preposition(head: Token) -> str | None:
    """Return the preposition right before the noun phrase that `head` heads, in lower case, or None."""
    index = head.i - 1
    opened = False
    while index >= 0 and index > head.i - 6:
        token = head.doc[index]
        word = lower(token)
        if word in CONTRACTED and token.pos_ != "DET":
            return None if opened else "de" if word in GENITIVE else "à"
        if token.pos_ == "ADP":
            return "de" if word == "d'" else word
        if token.pos_ not in {"DET", "ADJ", "NUM"} and word not in ARTICLES:
            return None
        if opened and token.pos_ != "DET":
            # “en 2018 son pays”: what stands before the determiner is no part of the phrase.
            return None
        opened = opened or word in ARTICLES or word in POSSESSIVES or word in DEMONSTRATIVES
        index -= 1
    return None


def noun_phrase(paragraph: Paragraph, head: Token) -> tuple[int, int]:
    """Return the article positions of the noun phrase headed by `head`.

    It begins after the determiner, with numerals and adjectives before the noun, and runs over adjectives and
    genitives; appositions, relative clauses, participial clauses and parentheses are cut off.
    """
    first, last = phrase_bounds(head)
    return paragraph.start(head.doc[first]), paragraph.end(head.doc[last])


def phrase_bounds(head: Token) -> tuple[int, int]:
    """Return the indices of the first and the last token of the noun phrase headed by `head`."""
    return _first(head), _last(head)


def _first(head: Token) -> int:
    index = head.i
    while index > 0:
        token = head.doc[index - 1]
        word = lower(token)
        if word in ARTICLES or word in POSSESSIVES or token.is_punct:
            break
        if token.pos_ == "NUM" or (token.pos_ == "ADJ" and _is_premodifier(token, head)):
            index -= 1
            continue
        break
    return index


def _is_premodifier(token: Token, head: Token) -> bool:
    """Whether an adjective before the noun belongs to it and not to a noun further left."""
    if token.head.i == head.i:
        return True
    return token.i == 0 or head.doc[token.i - 1].pos_ not in NOUNS


def _last(head: Token) -> int:
    last = _compound_end(head)
    while last + 1 < len(head.doc):
        step = _extension(head, last)
        if step is None:
            break
        last = step
    return last


def phrase_tail(head: Token, index: int) -> int:
    """Return the last token of the complement that the preposition at `index` opens, or the token before it."""
    end = _genitive(head, index)
    if end is None:
        return index - 1
    while (step := _extension(head, end)) is not None:
        end = step
    return end


def _compound_end(head: Token) -> int:
    """Return the last token of a hyphenated word that the tokenizer took apart (état-major)."""
    doc = head.doc
    last = head.i
    if lower(head) == "numéro" and last + 1 < len(doc) and doc[last + 1].pos_ in {"NUM", "ADJ", "NOUN"}:
        # “le numéro deux de X”
        return last + 1
    while (
        last + 2 < len(doc)
        and doc[last + 1].text == "-"
        and not doc[last].whitespace_
        and not doc[last + 1].whitespace_
    ):
        last += 2
    return last


def _extension(head: Token, last: int) -> int | None:
    """Return the index of the last token of the next modifier after token `last`, or None where the phrase ends."""
    doc = head.doc
    token = doc[last + 1]
    if _is_adjective(token):
        return last + 1
    if lower(token) in GENITIVE:
        return _genitive(head, last + 1)
    if token.pos_ == "CCONJ" or token.text == ",":
        return _coordinated_adjective(doc[last], last + 1) or _coordinated_field(head, last)
    return None


def _coordinated_field(head: Token, last: int) -> int | None:
    """Return the last token of a second genitive with a capital (le ministère de la Jeunesse et des Sports), or None."""
    doc = head.doc
    if last + 2 >= len(doc) or lower(doc[last + 1]) != "et" or lower(doc[last + 2]) not in GENITIVE:
        return None
    end = _genitive(head, last + 2)
    return end if end is not None and doc[end].text[0].isupper() and _is_capitalised(doc[last]) else None


def _is_capitalised(token: Token) -> bool:
    """Whether the word, or the noun that it follows as an adjective, has a capital (Affaires étrangères)."""
    if token.text[0].isupper():
        return True
    return token.pos_ == "ADJ" and token.i > 0 and token.doc[token.i - 1].text[0].isupper()


def _is_adjective(token: Token) -> bool:
    """Whether the token after a noun is its adjective, without a complement of its own."""
    if token.pos_ != "ADJ":
        return False
    follower = after(token)
    if follower is None or follower.pos_ != "ADP":
        return True
    # “armé de trois canons”, “hostile à l'accord”: what follows says more than whose or which the noun is.
    if lower(token) in _ARMED:
        return True
    governs = lower(follower) in {"par", "à", "au", "aux"} and token.text.endswith(_GOVERNING)
    if lower(follower) in GENITIVE:
        # “le journal télévisé de X”: an adjective; “le canon armé de X”: no.
        return not token.text.startswith(_WITH_GENITIVE)
    return not governs and not token.text.endswith(_PARTICIPLE_ENDINGS)


def _genitive(head: Token, index: int) -> int | None:
    """Return the index of the last token of the genitive that begins at `index`, or None where it is not one."""
    doc = head.doc
    position = index + 1
    while position < len(doc) and position < index + 5:
        token = doc[position]
        if token.pos_ in NOUNS and lower(token) not in POSSESSIVES:
            return _name_end(position, doc)
        if token.pos_ not in {"DET", "ADJ", "NUM"} and lower(token) not in ARTICLES:
            return None
        if lower(token) in {"un", "une"} or lower(token) in POSSESSIVES:
            # “l'annonce par le gouvernement d'un retour”: an indefinite or possessed genitive is rarely this noun's.
            return None
        position += 1
    return None


def _name_end(position: int, doc: Doc) -> int:
    """Return the last token of the name that begins at `position`: capitalised words and their hyphens in a row."""
    if not doc[position].text[0].isupper():
        return position
    end = position
    while end + 1 < len(doc) and doc[end + 1].pos_ == "PROPN" and not doc[end + 1].text[0].islower():
        end += 1
    return end


def _coordinated_adjective(previous: Token, index: int) -> int | None:
    """Return the index of an adjective joined to the adjective `previous` by a conjunction or comma at `index`."""
    doc = previous.doc
    if previous.pos_ != "ADJ" or index + 1 >= len(doc) or doc[index + 1].pos_ != "ADJ":
        return None
    if doc[index].text == "," and not _series_goes_on(doc[index + 1]):
        return None
    return index + 1


def _series_goes_on(adjective: Token) -> bool:
    """Whether a comma series of adjectives is closed by a conjunction (française, allemande et britannique)."""
    following = after(adjective)
    return following is not None and (following.pos_ == "CCONJ" or following.text == ",")


def is_finite(token: Token) -> bool:
    """Whether the token is a finite verb or auxiliary."""
    return token.pos_ in {"VERB", "AUX"} and "VerbForm=Fin" in str(token.morph)


def is_participle(token: Token) -> bool:
    """Whether the token is a participle."""
    return _PARTICIPLE in str(token.morph)
