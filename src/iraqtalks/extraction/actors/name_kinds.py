"""What sort of actor a name that the knowledge base does not have is, by the words around it and in it."""

import re
from typing import Final

from iraqtalks.extraction.actors.names import Name, NameWords, folded_words, told_by_age, words_of
from iraqtalks.extraction.actors.nouns import is_person_word, nouns_of
from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.phrases import (
    ARTICLES,
    CONTRACTED,
    GENITIVE,
    NOUNS,
    determiner,
    is_plural,
    lower,
    phrase_bounds,
    phrase_tail,
)
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import folded

PLACE: Final = "place"
_TO_ACRONYM: Final = re.compile(r"((?:[ ][^\W\d_][\w'’-]*){1,9}) \(([A-ZÀ-Ý]{2,8})\)")
"""The rest of a body's name up to its acronym (en Iran (CHRI))."""
_APPOSED: Final = 2
"""A comma and a noun are so many tokens."""
_LONGEST: Final = 6
"""More words than that a person's name in the news has not."""
_CAPITALS: Final = 3
_SURNAME: Final = 4
"""A word of capitals as long as that may be a surname in capitals; a shorter one is an acronym."""
_SEAS: Final = frozenset({"mer", "golfe", "détroit"})
_QUOTES: Final = frozenset({'"', "«", "»", "“", "”", "'"})


def kind_of(name: Name, paragraph: Paragraph) -> str | None:
    """Return the kind of an unknown name: one of `tables.ACTOR_KINDS`, `place`, `acronym`, or None.

    None where nothing tells. French gives bodies an article and persons none; nouns before the name and words in it
    say the rest.
    """
    lists = words_of(paragraph.language)
    head = paragraph.token_at(name.start)
    if head is None or (name.title is None and _is_common(name, lists)):
        return None
    if name.title is not None:
        return "person"
    if name.text in lists.places:
        return PLACE
    nouns = apposed_nouns(head)
    sort = _kind_by_noun(nouns, lists) or _kind_by_words(name, lists)
    if sort is None and nouns and name.full:
        # “des véhicules X Y” are no person, “les astronautes X Y et Z” and “les propos de l'activiste X Y” are.
        human = not is_plural(nouns[-1]) or any(is_person_word(folded(noun.text), paragraph.language) for noun in nouns)
        return "person" if _is_personal(name) and human else None
    if sort is None and name.text[1:2].islower() and not name.full and _is_one_person(name, head, nouns, paragraph):
        return "person"
    return sort or _kind_by_article(name, head, paragraph, lists)


def _is_one_person(name: Name, head: Token, nouns: list[Token], paragraph: Paragraph) -> bool:
    """Whether a lone word is somebody's name: by the noun before it (son fils X), an age or an apposition after it."""
    if nouns:
        return nouns[0].i == head.i - 1 and _is_singular_person(nouns[0])
    if told_by_age(paragraph.text, name.end - paragraph.offset):
        return True
    last = paragraph.token_at(name.end - 1)
    if last is None or determiner(head) is not None or _is_governed(head):
        return False
    return _is_apposed_to(head, last) or _has_apposition(last)


def _is_governed(head: Token) -> bool:
    """Whether a preposition stands right before the name, as before places (de Goma, frontalière de …)."""
    previous = head.doc[head.i - 1] if head.i else None
    return previous is not None and (previous.pos_ == "ADP" or lower(previous) in GENITIVE)


def _is_singular_person(noun: Token) -> bool:
    """Whether the word is a common noun for one person."""
    return noun.text.islower() and is_plural(noun) is not True and is_person_word(folded(noun.text), noun.lang_)


def _is_apposed_to(head: Token, last: Token) -> bool:
    """Whether the name stands between commas after a noun for a relative (son père, X, …)."""
    doc = head.doc
    if head.i < _APPOSED or last.i + 1 >= len(doc) or doc[head.i - 1].text != "," or doc[last.i + 1].text != ",":
        return False
    return folded(doc[head.i - 2].text) in nouns_of(head.lang_).kin


def _has_apposition(last: Token) -> bool:
    """Whether a noun for one person follows the name after a comma (X, chauffeur de taxi; X, la mère de Y)."""
    doc = last.doc
    following = [token for token in doc[last.i + 1 : last.i + 5] if token.pos_ not in {"DET", "ADJ"}]
    if len(following) < _APPOSED or following[0].text != "," or last.pos_ != "PROPN":
        return False
    nouns = nouns_of(last.lang_)
    noun = following[1]
    if noun.text[0].isupper():
        return lower(noun.nbor(-2)) in _INDEFINITE and noun.nbor(-1).pos_ == "ADJ"  # X, un jeune Libanais
    known = noun.pos_ == "NOUN" and _is_singular_person(noun)
    return known and folded(noun.text) not in nouns.leaders | nouns.no_roles


_INDEFINITE: Final = frozenset({"un", "une"})


def _is_common(name: Name, lists: NameWords) -> bool:
    """Whether it is a common noun with a capital (le Parlement, la ministre des Armées) or a headline in capitals."""
    if name.full:
        return name.text.isupper()
    return name.text.lower() in lists.described or name.text.lower() in lists.portfolios


def _kind_by_noun(nouns: list[Token], lists: NameWords) -> str | None:
    """Return the kind that a common noun before the name tells (l'agence X), the nearest first."""
    small = (lower(noun) for noun in nouns if noun.text[0].islower() or noun.text.isupper())
    return next((lists.class_nouns[noun] for noun in small if noun in lists.class_nouns), None)


def _kind_by_words(name: Name, lists: NameWords) -> str | None:
    """Return the kind that a word of the name tells (X News, Comité X)."""
    return next((lists.organization[word] for word in folded_words(name) if word in lists.organization), None)


def _is_personal(name: Name) -> bool:
    """Whether the words are such as persons bear: no digits, no acronyms (a surname may be in capitals)."""
    if len(name.words) > _LONGEST or any(letter.isdigit() for letter in name.text):
        return False
    first, *others = name.words
    acronyms = (word for word in others if word.isupper() and 1 < len(word) < _SURNAME)
    return not (first.isupper() and len(first) >= _CAPITALS) and not any(acronyms)


def names_place(head: Token, *, seas_only: bool = True) -> bool:
    """Return whether the name at `head` is a place's or a ship's by the noun before it (l'aéroport Imam Khomeini).

    A genitive tells only after mer, golfe, détroit (la mer d'Oman), unless `seas_only` is false (le champ de X).
    """
    nouns = apposed_nouns(head)
    lists = words_of(head.lang_)
    if nouns:
        return nouns[0].text[0].islower() and lists.class_nouns.get(lower(nouns[0])) == PLACE
    if head.i < 2 or lower(head.doc[head.i - 1]) not in GENITIVE:
        return False
    return _is_named_after_place(head, lists) and (lower(head.doc[head.i - 2]) in _SEAS or not seas_only)


def body_name(name: Name, paragraph: Paragraph) -> Name | None:
    """Return the whole name of the body that `name` begins (Comité: Comité pour la protection des …), or None."""
    lists = words_of(paragraph.language)
    head = paragraph.token_at(name.start)
    begins = not (name.full or name.text.isupper() or name.title is not None) and _begins_body(name.text.lower(), lists)
    if head is None or not begins or paragraph.start(head) != name.start:
        return None
    if determiner(head) is None and not (head.i and head.doc[head.i - 1].text == "("):
        return None
    last = phrase_bounds(head)[1]
    following = head.doc[last + 1] if last + 1 < len(head.doc) else None
    if following is not None and lower(following) == "pour":
        last = phrase_tail(head, last + 1)
    last = _second_genitive(head, last)
    if last == head.i:
        return None
    end = to_acronym(name, paragraph, paragraph.end(head.doc[last]))
    return Name(name.start, end, paragraph_text(paragraph, name.start, end))


def to_acronym(name: Name, paragraph: Paragraph, end: int) -> int:
    """Return where a body's name ends if its acronym follows in parentheses a few words on, else `end`."""
    text = paragraph.text
    found = _TO_ACRONYM.match(text, end - paragraph.offset)
    if found is None:
        return end
    whole = text[name.start - paragraph.offset : found.end(1)]
    initials = {word[0].upper() for word in re.split(r"[\s'’-]+", whole) if word}
    missing = sum(letter not in initials for letter in found.group(2).upper())
    return paragraph.offset + found.end(1) if missing <= 1 and len(found.group(2)) > missing + 1 else end


def _second_genitive(head: Token, last: int) -> int:
    """Return the last token with a second genitive taken in (Organisation de coopération et de développement …)."""
    coordinated = last > head.i and last + 2 < len(head.doc) and lower(head.doc[last + 1]) == "et"
    return max(last, phrase_tail(head, last + 2)) if coordinated and lower(head.doc[last + 2]) in GENITIVE else last


def _begins_body(word: str, lists: NameWords) -> bool:
    return lists.organization.get(word) not in {None, PLACE} and word not in lists.not_bodies


def paragraph_text(paragraph: Paragraph, start: int, end: int) -> str:
    """Return the parsed text between two positions of the article."""
    return paragraph.text[start - paragraph.offset : end - paragraph.offset]


def _kind_by_article(name: Name, head: Token, paragraph: Paragraph, lists: NameWords) -> str | None:
    """Return the kind that the word before the name tells: an article, a numeral, a preposition of place, or none."""
    previous = head.doc[head.i - 1] if head.i else None
    word = lower(previous) if previous is not None else ""
    if word in GENITIVE and _is_named_after_place(head, lists):
        return PLACE
    if name.is_acronym:
        # “A43”, “V8” are roads and engines.
        return None if name.text in lists.not_acronyms or any(map(str.isdigit, name.text)) else "acronym"
    articled = word in ARTICLES or word in CONTRACTED or (previous is not None and previous.pos_ in {"NUM", "DET"})
    if articled or _is_quoted(name, head, paragraph):
        return None
    if name.words[0] == "Les" and name.full:
        return "other"
    if word in lists.locative and not _addressed(head, lists):
        return PLACE
    return "person" if name.full and _is_personal(name) else None


def _is_named_after_place(head: Token, lists: NameWords) -> bool:
    """Whether the name stands in the genitive of a place's noun (la région portuaire de X, le camp de prisonniers de X)."""
    index = head.i - 2
    for _ in range(2):
        while index >= 0 and head.doc[index].pos_ == "ADJ":
            index -= 1
        if index >= 0 and lists.class_nouns.get(lower(head.doc[index])) == PLACE:
            return True
        if index < 1 or lower(head.doc[index - 1]) not in GENITIVE:
            return False
        index -= 2
    return False


def _is_quoted(name: Name, head: Token, paragraph: Paragraph) -> bool:
    """Whether the name stands alone in quotation marks, as titles and nicknames do."""
    last = paragraph.token_at(name.end - 1)
    if last is None or head.i == 0 or last.i + 1 >= len(head.doc):
        return False
    return head.doc[head.i - 1].text in _QUOTES and head.doc[last.i + 1].text in _QUOTES


def _addressed(head: Token, lists: NameWords) -> bool:
    """Whether the “à” before the name belongs to a verb of address (a déclaré à X) close before."""
    preposition = head.doc[head.i - 1]
    if lower(preposition) != "à":
        return False
    return any(
        token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in lists.address_verbs
        for token in head.doc[max(0, head.i - 6) : head.i]
    )


def apposed_nouns(head: Token) -> list[Token]:
    """Return the common nouns that the name at `head` stands beside without a comma, the nearest first.

    The last one heads the phrase (le ministre des Affaires étrangères X: Affaires, ministre); its adjectives and
    genitives may stand between. Empty where there is none.
    """
    doc = head.doc
    nouns: list[Token] = []
    place = False
    for index in range(head.i - 1, max(-1, head.i - 12), -1):
        token = doc[index]
        word = lower(token)
        if word in GENITIVE:
            if not nouns and not place:
                return []
        elif not nouns and token.pos_ == "PROPN" and token.text[0].isupper() and _is_in_genitive(token):
            # “le maire de Dijon X”: the office's place.
            place = True
        elif word in ARTICLES or word in {"au", "aux"}:
            if not ((nouns or place) and index and lower(doc[index - 1]) in GENITIVE):
                break
        elif token.pos_ in NOUNS and (
            token.pos_ == "NOUN" or token.text[0].islower() or nouns or token.text in {"Affaires", "Etat"}
        ):
            if nouns and lower(doc[index + 1]) not in GENITIVE and doc[index + 1].pos_ not in {"ADJ", "NOUN"}:
                break
            nouns.append(token)
        elif token.pos_ not in {"ADJ", "NUM"}:
            break
    return nouns


def _is_in_genitive(token: Token) -> bool:
    """Whether “de” stands before the name that the word ends, with its article or alone (de Los Angeles)."""
    index = token.i - 1
    if index > 0 and token.doc[index].pos_ == "PROPN":
        index -= 1
    if index > 0 and lower(token.doc[index]) in {"la", "l'"}:
        index -= 1
    return index >= 0 and lower(token.doc[index]) in GENITIVE


def apposed_noun(head: Token) -> Token | None:
    """Return the noun that heads the phrase that the name at `head` stands beside without a comma, or None."""
    nouns = apposed_nouns(head)
    return nouns[-1] if nouns else None
