"""Proper names in a paragraph, found by their capitals and particles, and what their surroundings tell of their kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from spacy.tokens import Token

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
from iraqtalks.knowledge.folding import fold
from iraqtalks.language import load

_CAPITAL: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁŃŅŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽḤṢṬḌ"
_ELISION: Final = "(?:[LDCSJMNT]|Qu|Lorsqu|Puisqu|Jusqu|Quoiqu)['’]"
_SENTENCE_START: Final = frozenset(
    {".", "!", "?", ":", "«", '"', "“", "-", "--", "—", "–", "...", "…", "»", "(", "+", "'", ";"}
)
_FUNCTION_WORDS: Final = frozenset({"DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ", "VERB", "AUX", "NUM", "INTJ"})


_ARTICLE_OF_NAMES: Final = re.compile(r"^(?:al|el|as|ar|an|at|ad|az|ach|ash|ech|es|ed|er|ez) ")


def surname_key(name: str) -> str:
    """Return what two mentions of a person's surname share: the last word, folded, without the Arabic article."""
    words = _ARTICLE_OF_NAMES.sub("", fold(name.split()[-1] if name.split() else name))
    return words.split()[-1] if words.split() else words


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as written: positions in the article, the words, and the title before it, if any."""

    start: int
    end: int
    text: str
    title: str | None = None
    title_start: int | None = None
    gender: str | None = None

    @property
    def words(self) -> list[str]:
        """The words of the name; a particle with a hyphen belongs to its word (al-Kazimi)."""
        return self.text.split()

    def stripped(self) -> "Name":
        """Return the name without outer white space."""
        start = self.start + len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        return Name(start, start + len(text), text)

    @property
    def is_acronym(self) -> bool:
        """Whether the name is one word of capitals."""
        return len(self.text) >= 2 and self.text.isupper() and self.text.replace("-", "").isalnum()

    @property
    def full(self) -> bool:
        """Whether the name has more than one word that is no particle."""
        if " " not in self.text.strip():
            return False
        return sum(any(part[:1].isupper() for part in word.split("-")) for word in self.words) > 1


@dataclass(frozen=True, slots=True)
class _Words:
    """The language's word lists for names, by word."""

    titles: dict[str, str | None]
    not_names: frozenset[str]
    portfolios: frozenset[str]
    places: frozenset[str]
    organization: dict[str, str]
    class_nouns: dict[str, str]
    locative: frozenset[str]
    address_verbs: frozenset[str]
    not_acronyms: frozenset[str]


@cache
def words_of(language: str) -> _Words:
    """Return the language's word lists for names."""
    titles: dict[str, str | None] = {}
    data = load(language, "titles")
    for group in ("civil", "rank", "dignity"):
        for gender, listed in data[group].items():
            titles.update(dict.fromkeys(listed, None if gender == "either" else gender))
    names = load(language, "names")
    return _Words(
        titles,
        frozenset(names["not_names"]),
        frozenset(names["portfolios"]),
        frozenset(names["places"]),
        _inverted(names["organization_words"]),
        _inverted(names["class_nouns"]),
        frozenset(names["locative"]),
        frozenset(names["address_verbs"]),
        frozenset(names["not_acronyms"]),
    )


def _inverted(groups: dict[str, Any]) -> dict[str, str]:
    """Return the group of each word; the first group that lists it decides."""
    table: dict[str, str] = {}
    for group, listed in groups.items():
        for word in listed:
            table.setdefault(word, group)
    return table


@cache
def _pattern(language: str) -> re.Pattern[str]:
    particles = load(language, "titles")["particles"]
    word = rf"(?!{_ELISION})[{_CAPITAL}](?:\.|\w*(?:[-’']\w+)*)"
    unit = rf"(?:(?:{'|'.join(particles['bound'])})[-‑])?{word}"
    joining = "|".join(load(language, "names")["joining"])
    # English joining words only hold a name together when more of it follows.
    link = rf"[ \xa0](?:(?:{'|'.join(particles['free'])})[ \xa0-])*|[ \xa0](?:{joining})[ \xa0]"
    return re.compile(rf"(?<![\w-]){unit}(?:(?:{link}){unit})*")


def find_names(paragraph: Paragraph, text: str, language: str = "fr") -> Iterator[Name]:
    """Yield the proper names of a paragraph in order: runs of capitalised words, less what only begins a sentence.

    `text` is the article's. A lone capitalised word comes too, whether or not it turns out to name anybody.
    """
    lists = words_of(language)
    for match in _pattern(language).finditer(text, paragraph.block.start, paragraph.block.end):
        start = _skip_opening(paragraph, match.start(), match.end(), text, lists)
        end = match.end()
        if text[end - 1] == "." and text[end - 2 : end - 1].isupper() and start == end - 2:
            continue
        if start < end:
            yield _titled(paragraph, start, end, text, lists)


def _skip_opening(paragraph: Paragraph, start: int, end: int, text: str, lists: _Words) -> int:
    """Return where the name begins, past titles and words that have their capital only as a sentence's first."""
    while start < end:
        token = paragraph.token_at(start)
        if token is None:
            return end
        word_end = _word_end(text, start, end)
        word = text[start:word_end].lower().rstrip(".")
        opening = token.i == 0 or token.doc[token.i - 1].text in _SENTENCE_START
        is_title = word in lists.titles or f"{word}." in lists.titles
        if (
            word in lists.not_names
            or (
                word_end < end
                and (word in lists.portfolios or (word in lists.class_nouns and text[start:word_end].isupper()))
            )
            or (opening and token.pos_ in _FUNCTION_WORDS)
            or (is_title and word_end < end)
        ):
            start = word_end + 1
            continue
        if is_title or (opening and word_end == end and token.pos_ != "PROPN" and not text[start:end].isupper()):
            return end
        return start
    return end


def _word_end(text: str, start: int, end: int) -> int:
    """Return the end of the word at `start`, or the end of the name."""
    position = start
    while position < end and text[position] not in " \xa0":
        position += 1
    return position


def _titled(paragraph: Paragraph, start: int, end: int, text: str, lists: _Words) -> Name:
    token = paragraph.token_at(start)
    previous = token.doc[token.i - 1] if token is not None and token.i else None
    if previous is not None:
        word = lower(previous)
        if word not in lists.titles and word == "." and previous.i:
            word = lower(previous.doc[previous.i - 1]) + "."
            previous = previous.doc[previous.i - 1]
        if word in lists.titles and text[paragraph.end(previous) : start].strip(" \xa0.") == "":
            return Name(start, end, text[start:end], word, paragraph.start(previous), lists.titles[word])
    return Name(start, end, text[start:end])


def kind_of(name: Name, paragraph: Paragraph, language: str = "fr") -> str | None:
    """Return the kind of actor that an unknown name is: one of `tables.ACTOR_KINDS`, `place`, or None where nothing tells.

    French gives bodies an article and persons none; nouns before the name and words in it say the rest.
    """
    lists = words_of(language)
    head = paragraph.token_at(name.start)
    if head is None:
        return None
    if name.title is not None:
        return "person"
    inside = next((lists.organization[word] for word in _folded_words(name) if word in lists.organization), None)
    nouns = apposed_nouns(head)
    for noun in nouns:
        sort = lists.class_nouns.get(lower(noun))
        if sort is not None:
            return sort
    if name.text in lists.places:
        return "place"
    if nouns and name.full and inside is None:
        # “des véhicules X Y” are no person.
        return None if is_plural(nouns[-1]) else "person"
    if inside is not None:
        return inside
    return _kind_by_article(name, head, lists)


def names_place(head: Token, language: str = "fr") -> bool:
    """Whether the name at `head` is a place's or a ship's by the noun before it (l'aéroport Imam Khomeini)."""
    nouns = apposed_nouns(head)
    return bool(nouns) and words_of(language).class_nouns.get(lower(nouns[0])) == "place"


def body_name(name: Name, paragraph: Paragraph, language: str = "fr") -> Name | None:
    """Return the whole name of the body whose first word is `name` (Comité → Comité pour la protection des …), or None."""
    if (
        name.title is not None
        or name.full
        or name.text.isupper()
        or name.text.lower() not in words_of(language).organization
    ):
        return None
    head = paragraph.token_at(name.start)
    if head is None or paragraph.start(head) != name.start or determiner(head) is None:
        return None
    last = phrase_bounds(head)[1]
    following = head.doc[last + 1] if last + 1 < len(head.doc) else None
    if following is not None and lower(following) == "pour":
        last = phrase_tail(head, last + 1)
    if last == head.i:
        return None
    end = paragraph.end(head.doc[last])
    start = name.start
    return Name(start, end, paragraph_text(paragraph, start, end))


def paragraph_text(paragraph: Paragraph, start: int, end: int) -> str:
    """Return the parsed text between two positions of the article."""
    return str(paragraph.doc.text[start - paragraph.offset : end - paragraph.offset])


def _kind_by_article(name: Name, head: Token, lists: _Words) -> str | None:
    previous = head.doc[head.i - 1] if head.i else None
    word = lower(previous) if previous is not None else ""
    if word in GENITIVE and head.i >= 2 and lists.class_nouns.get(lower(head.doc[head.i - 2])) == "place":
        return "place"
    if name.is_acronym:
        return None if name.text in lists.not_acronyms else "acronym"
    if word in ARTICLES or word in CONTRACTED:
        return None
    if word in lists.locative and not _addressed(head, lists):
        return "place"
    if name.full and len(name.words) <= 6:
        return "person"
    return None


def _addressed(head: Token, lists: _Words) -> bool:
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

    The last one heads the phrase (le ministre des Affaires étrangères X: Affaires, ministre); its adjectives and genitives may
    stand between. Empty where there is none.
    """
    doc = head.doc
    nouns: list[Token] = []
    for index in range(head.i - 1, max(-1, head.i - 12), -1):
        token = doc[index]
        word = lower(token)
        if word in GENITIVE:
            if not nouns:
                return []
        elif word in ARTICLES or word in {"au", "aux"}:
            if not (nouns and index and lower(doc[index - 1]) in GENITIVE):
                break
        elif token.pos_ in NOUNS and (
            token.pos_ == "NOUN" or token.text[0].islower() or nouns or token.text in {"Affaires", "Etat"}
        ):
            if nouns and lower(doc[index + 1]) not in GENITIVE and doc[index + 1].pos_ != "ADJ":
                break
            nouns.append(token)
        elif token.pos_ not in {"ADJ", "NUM"}:
            break
    return nouns


def apposed_noun(head: Token) -> Token | None:
    """Return the noun that heads the phrase that the name at `head` stands beside without a comma, or None."""
    nouns = apposed_nouns(head)
    return nouns[-1] if nouns else None


def _folded_words(name: Name) -> list[str]:
    return [part for word in name.words for part in (word.lower(), *word.lower().split("-"))]
