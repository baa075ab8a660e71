"""Proper names in a paragraph, found by their capitals, particles and titles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from iraqtalks.extraction.actors.given_names import is_given_name
from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.phrases import GENITIVE, lower
from iraqtalks.knowledge.folding import fold
from iraqtalks.language import load

CAPITAL: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁŃŅŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽḤṢṬḌ"
_ELISION: Final = "(?:[LDCSJMNT]|Qu|Lorsqu|Puisqu|Jusqu|Quoiqu)['’]"
_SENTENCE_START: Final = frozenset(
    {".", "!", "?", ":", "«", '"', "“", "-", "--", "—", "–", "...", "…", "»", "(", "+", "'", ";", "•", "►", "·", "*"}
)
_FUNCTION_WORDS: Final = frozenset({"DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ", "VERB", "AUX", "NUM", "INTJ"})


_OFFICE: Final = 2
"""Before a place in the genitive stand at least so many words."""
_REACH: Final = 6
"""How many tokens back the office stands whose place is named (le procureur de la République de X)."""
_SPACE: Final = re.compile("[ \xa0\u202f]")
_AGE: Final = re.compile(
    r"(?:(?:,| \() ?(?:[a-zà-ÿ'’-]+[ \xa0\u202f]){0,4}\d{1,3}"
    r"| (?:a|avait|aura) (?:à peine |environ |presque |déjà |seulement )?(?:\d{1,3}|[a-zà-ÿ-]+))[ \xa0\u202f]ans\b"
)
_ARTICLE_OF_NAMES: Final = re.compile(r"^(?:al|el|as|ar|an|at|ad|az|ach|ash|ech|es|ed|er|ez) ")


def surname_key(name: str) -> str:
    """Return what two mentions of a person's surname share: the last word, folded, without the Arabic article."""
    words = _ARTICLE_OF_NAMES.sub("", fold(name.rsplit(maxsplit=1)[-1] if name.split() else name))
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
        return _is_full(self.text)


_ELIDED: Final = re.compile("^d['’]")
"""A particle that leans on the surname (Yves d'Orvault)."""


@lru_cache(maxsize=2**14)
def _is_full(text: str) -> bool:
    words = (_ELIDED.sub("", word) for word in text.split())
    return sum(any(part[:1].isupper() for part in word.split("-")) for word in words) > 1


def with_title(name: Name, language: str) -> Name:
    """Return the name with a title that is its first word told apart (M. Durand), else as it is."""
    first, _, rest = name.text.partition(" ")
    titles = words_of(language).titles
    if not rest or first.lower() not in titles:
        return name
    return Name(name.end - len(rest), name.end, rest, first.lower(), name.start, titles[first.lower()])


@dataclass(frozen=True, slots=True)
class NameWords:
    """The language's word lists for names, by word."""

    titles: dict[str, str | None]
    civil: frozenset[str]
    """Those that say nothing but the gender (M., Mme)."""
    particles: frozenset[str]
    dignities: frozenset[str]
    """Titles that a text also calls somebody by alone (l'imam, le général)."""
    seats: frozenset[str]
    vague_titles: frozenset[str]
    bare_surnames: frozenset[str]
    not_names: frozenset[str]
    portfolios: frozenset[str]
    places: frozenset[str]
    described: frozenset[str]
    not_bodies: frozenset[str]
    organization: dict[str, str]
    class_nouns: dict[str, str]
    locative: frozenset[str]
    address_verbs: frozenset[str]
    not_acronyms: frozenset[str]
    authored: frozenset[str]
    of_the_world: frozenset[str]
    networks: frozenset[str]
    heads: frozenset[str]


@cache
def words_of(language: str) -> NameWords:
    """Return the language's word lists for names."""
    titles: dict[str, str | None] = {}
    data = load(language, "titles")
    for group in ("civil", "rank", "dignity"):
        for gender, listed in data[group].items():
            titles.update(dict.fromkeys(listed, None if gender == "either" else gender))
    names = load(language, "names")
    return NameWords(
        titles,
        frozenset(word for listed in data["civil"].values() for word in listed),
        frozenset({*data["particles"]["bound"], *data["particles"]["free"]}),
        frozenset(word for group in ("rank", "dignity") for listed in data[group].values() for word in listed),
        frozenset(data["seats"]),
        frozenset(data["vague"]),
        frozenset(data["bare_surnames"]),
        frozenset(names["not_names"]),
        frozenset(names["portfolios"]),
        frozenset(names["places"]),
        frozenset(names["described"]),
        frozenset(names["not_bodies"]),
        _inverted(names["organization_words"]),
        _inverted(names["class_nouns"]),
        frozenset(names["locative"]),
        frozenset(names["address_verbs"]),
        frozenset(names["not_acronyms"]),
        frozenset(names["authored"]),
        frozenset(names["of_the_world"]),
        frozenset(names["networks"]),
        frozenset(names["heads"]),
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
    word = rf"(?!{_ELISION})[{CAPITAL}](?:\.|\w*(?:[-’']\w+)*)"
    unit = rf"(?:(?:{'|'.join(particles['bound'])})[-‑])?{word}"
    joining = "|".join(load(language, "names")["joining"])
    # English joining words only hold a name together when more of it follows.
    link = rf"[ \xa0\u202f](?:(?:{'|'.join(particles['free'])})[ \xa0\u202f-])*|[ \xa0\u202f](?:{joining})[ \xa0\u202f]"
    return re.compile(rf"(?<![\w-]){unit}(?:(?:{link}){unit})*")


def find_names(paragraph: Paragraph, text: str) -> Iterator[Name]:
    """Yield the proper names of a paragraph in order: runs of capitalised words, less what only begins a sentence.

    `text` is the article's. A lone capitalised word comes too, whether or not it turns out to name anybody.
    """
    lists = words_of(paragraph.language)
    for match in _pattern(paragraph.language).finditer(text, paragraph.block.start, paragraph.block.end):
        start = _skip_opening(paragraph, match.start(), match.end(), text, lists)
        end = _with_particle(text, start, match.end(), paragraph.language)
        if text[end - 1] == "." and text[end - 2 : end - 1].isupper() and start == end - 2:
            continue
        if start < end:
            for first, last in _parted(paragraph, start, end, text, lists):
                yield _titled(paragraph, first, last, text, lists)


_NOBILIARY: Final = re.compile(
    rf"[ \xa0](?:de[ \xa0]|d['’])([{CAPITAL}][\w’'-]*(?:[ \xa0][{CAPITAL}][a-zà-ÿ][\w’'-]*)?)"
)
"""A surname's particle in a French name, and the surname."""


_PARTICLES: Final = frozenset({"de", "d'"})


def _with_particle(text: str, start: int, end: int, language: str) -> int:
    """Return the end of a person's name with the surname that a particle leads to (François de Rugy), else `end`.

    A first name alone is one that goes on so. Behind a full name “de X” may be where the person is from: it belongs to the
    name where the article also has a first name before it (Marie Durand de Rugy, whose husband is François de Rugy).
    """
    surname = _NOBILIARY.match(text, end)
    lists = words_of(language)
    if surname is None or surname[1].isupper() or surname[1].split()[0].lower() in lists.described | lists.not_names:
        return end
    words = text[start:end].split()
    if surname[1] in lists.places or not words:
        return end
    if not is_given_name(words[0].split("-")[0], language):
        # “le PDG de Larimine Marcel de Tournelune”: the name proper begins with the last word.
        return surname.end() if is_given_name(words[-1], language) else end
    if len(words) == 1:
        return surname.end()
    pattern = re.compile(rf"(\w+(?:-\w+)?){re.escape(surname[0])}(?!\w)")
    borne = any(is_given_name(found[1], language) for found in pattern.finditer(text))
    return surname.end() if borne else end


def _parted(paragraph: Paragraph, start: int, end: int, text: str, lists: NameWords) -> list[tuple[int, int]]:
    """Part from a person's full name what stands before it; else return the name whole.

    That is a body's acronym (le député LR X Y), or where somebody holds office (le maire de Los Angeles X Y).
    """
    first = _word_end(text, start, end)
    if first == end:
        return [(start, end)]
    rest = Name(first + 1, end, text[first + 1 : end])
    if text[start:first].isupper() and first - start > 1 and rest.full:
        return [(start, end)] if _names_body(rest, lists) else [(start, first), (first + 1, end)]
    if text[start:first].lower() in lists.not_bodies and rest.full and not _names_body(rest, lists):
        # “le chef du Parlement X Y”
        return [(first + 1, end)]
    if not rest.full or not _is_seat(paragraph, start, lists):
        return [(start, end)]
    first = next((start + len(place) for place in lists.places if text.startswith(place + " ", start, end)), first)
    rest = Name(first + 1, end, text[first + 1 : end])
    return [(start, first), (first + 1, end)] if rest.full and not _names_body(rest, lists) else [(start, end)]


def _names_body(name: Name, lists: NameWords) -> bool:
    return any(word in lists.organization for word in folded_words(name))


def _is_seat(paragraph: Paragraph, start: int, lists: NameWords) -> bool:
    """Whether the words at `start` are in the genitive of an office that a place has (le procureur de la République de X)."""
    token = paragraph.token_at(start)
    if token is None or token.i < _OFFICE:
        return False
    before = [lower(word) for word in token.doc[max(0, token.i - _REACH) : token.i]]
    if before[-1] in {"la", "l'"}:
        before.pop()
    if not before or before.pop() not in GENITIVE:
        return False
    return any(word in lists.seats for word in before)


def _skip_opening(paragraph: Paragraph, start: int, end: int, text: str, lists: NameWords) -> int:
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
        if is_title:
            return end
        if opening and word_end == end and token.pos_ != "PROPN" and not text[start:end].isupper():
            # A lone word that opens a sentence is a name where an age follows (Rim, 25 ans, …), one in parentheses may be a body's.
            bodys = text[start - 1 : start] == "(" and word in lists.organization
            return start if bodys or told_by_age(text, end) else end
        return start
    return end


def told_by_age(text: str, end: int) -> bool:
    """Return whether an age follows a name that ends at `end` (X, 25 ans; X, étudiante de 25 ans; X (25 ans); X a à peine dix ans)."""
    return _AGE.match(text, end) is not None


def _word_end(text: str, start: int, end: int) -> int:
    """Return the end of the word at `start`, or the end of the name."""
    space = _SPACE.search(text, start, end)
    return end if space is None else space.start()


def _titled(paragraph: Paragraph, start: int, end: int, text: str, lists: NameWords) -> Name:
    token = paragraph.token_at(start)
    previous = token.doc[token.i - 1] if token is not None and token.i else None
    name = Name(start, end, text[start:end])
    if previous is not None and not name.is_acronym:
        if lower(previous) in _PARTICLES and any(
            lower(word) in lists.civil for word in previous.doc[max(0, previous.i - 2) : previous.i]
        ):
            start = paragraph.start(previous)  # M. de Rugy
            previous = previous.nbor(-1)
        word = lower(previous)
        if word not in lists.titles and word == "." and previous.i:
            word = lower(previous.doc[previous.i - 1]) + "."
            previous = previous.doc[previous.i - 1]
        if word in lists.titles and text[paragraph.end(previous) : start].strip(" \xa0\u202f.") == "":
            before = previous.doc[previous.i - 1] if previous.i else previous
            first = before if before.lower_ in {"premier", "première"} else previous
            return Name(start, end, text[start:end], word, paragraph.start(first), lists.titles[word])
    return name


def folded_words(name: Name) -> list[str]:
    """Return the words of the name in lower case, and the parts of those with a hyphen."""
    return [part for word in name.words for part in (word.lower(), *word.lower().split("-"))]


_GOES_ON: Final = re.compile(rf"[\w-]| [{CAPITAL}]|\.[a-z]")
"""What after a word makes it a part of a longer one, of a longer name, or of an address (.fr)."""
_BEGUN: Final = re.compile(r".{0,3}(?<![\w’'-])(?:[LlDd][’'])?$", re.DOTALL)
"""What may stand before a word that stands alone."""


def lone_words(text: str, word: str) -> Iterator[int]:
    """Yield where the word stands alone: elided articles aside, it is neither a part of another nor of a longer name."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if _GOES_ON.match(text, end) is None and _BEGUN.match(text, max(0, start - 3), start) is not None:
            yield start
        start = text.find(word, end)
