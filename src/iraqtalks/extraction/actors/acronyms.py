"""Acronyms that parentheses introduce: beside a body's name, or beside words that nothing else tells to be one."""

import re
from typing import TYPE_CHECKING, Final

from iraqtalks.extraction.actors.name_kinds import PLACE
from iraqtalks.extraction.actors.names import CAPITAL, Name, words_of
from iraqtalks.extraction.actors.nouns import nouns_of
from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.phrases import ARTICLES, CONTRACTED, is_finite, lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import fold

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast

_LONGEST: Final = 14
"""So many tokens at most are the words that an acronym stands for."""
_LETTERS: Final = range(2, 9)
"""An acronym has so many letters."""
_SURE: Final = 3
"""From so many letters on, one of them may be of no word that is written (Gouvernement d'union nationale (GNA))."""
_WORDS: Final = re.compile(r"[^\W\d_][\w’'-]*(?:[ ][^\W\d_][\w’'-]*){1,9}")
"""What stands in parentheses after an acronym: words and nothing else."""
_BEGINNING: Final = 3
"""Among so many words at the beginning of a body's name is the noun that tells it to be one."""
_BREAKS: Final = frozenset({",", ";", ":", ".", ")", "(", '"', "«", "»"})
"""What the words for an acronym do not go across."""
_ENCLOSED: Final = re.compile(rf"\(([{CAPITAL}]\w+)[),]")
"""A word with a capital that opens a parenthesis, alone or before a comma."""
_APART: Final = re.compile(r"[\s'’-]+")
"""What stands between words that have an initial each."""


def add_acronyms(cast: "Cast", free: list[tuple[Paragraph, Name]]) -> None:
    """Let an acronym beside a body's name in parentheses be another name of it (Basra Oil Company (BOC); BOC (Basra …))."""
    text = cast.reading.text
    for paragraph, name in free:
        if cast.covering(name.start) is None and _is_like_acronym(name) and text[name.end : name.end + 2] == " (":
            _add_before_words(cast, paragraph, name)
    # The parser may take what stands alone in parentheses for no name.
    for paragraph in cast.reading.paragraphs:
        for found in _ENCLOSED.finditer(text, paragraph.block.start, paragraph.block.end):
            name = Name(found.start(1), found.end(1), found[1])
            if cast.covering(name.start) is None and _is_like_acronym(name):
                _add_behind_words(cast, paragraph, name)


def _is_like_acronym(name: Name) -> bool:
    """Whether the name may be an acronym: one word, of capitals or read as a word (Monusco)."""
    return name.title is None and name.text.isalpha() and len(name.text) in _LETTERS


def _add_before_words(cast: "Cast", paragraph: Paragraph, name: Name) -> None:
    """Add an acronym that stands before the words that it stands for: those of a body, or any that spell it."""
    start = name.end + 2
    words = _WORDS.match(cast.reading.text, start, paragraph.block.end)
    if words is None or not _spells(words[0], name.text) or not (name.is_acronym or words[0][0].isupper()):
        return
    spelt = cast.starting_after(start)
    if spelt is None or spelt.start != start:
        kind = _kind_of(words[0], paragraph.language)
        if kind is None or cast.reading.text[words.end() : words.end() + 1] != ")" or not words[0][0].isupper():
            return
        actor = cast.new(words[0], kind)
        spelt = cast.add(start, words.end(), "name", actor.actor_id, start, "mention.acronym")
    cast.add(name.start, name.end, "name", spelt.actor_id, name.start, "mention.acronym")


def _add_behind_words(cast: "Cast", paragraph: Paragraph, name: Name) -> None:
    """Add an acronym in parentheses behind the body that it stands for: a name, or a phrase that it tells to be one."""
    text = cast.reading.text
    start = _spelt_from(cast, paragraph, name)
    named = cast.ending_before(name.start)
    # “X Y (PS)” belongs to a party; “Isna (AFP)” is somebody else.
    known = (
        named is not None
        and (start is None or named.start <= start)
        and name.is_acronym
        and cast.actors[named.actor_id].kind != "person"
        and " " in text[named.start : named.end]
        and text[named.end : name.start].strip(' \xa0\u202f»"') == "("
    )
    if named is not None and known:
        cast.add(name.start, name.end, "name", named.actor_id, name.start, "mention.acronym")
    elif start is not None:
        words = text[start : name.start - 1].rstrip()
        actor = cast.new(words, _kind_of(words, paragraph.language) or "other")
        form = "name" if words[0].isupper() else "description"
        cast.add(start, start + len(words), form, actor.actor_id, start, "mention.acronym")
        cast.add(name.start, name.end, "name", actor.actor_id, name.start, "mention.acronym")


def _spelt_from(cast: "Cast", paragraph: Paragraph, name: Name) -> int | None:
    """Return where the words for a body begin, behind an article, that the acronym in parentheses stands for, or None.

    Their initials spell it; or the first is a noun for a body and begins with its letter (la mission de l'ONU (Monusco)).
    """
    opening = paragraph.token_at(name.start - 1)
    if opening is None or opening.i == 0:
        return None
    told: Token | None = None
    for token in reversed(opening.doc[max(0, opening.i - _LONGEST) : opening.i]):
        if is_finite(token) or token.text in _BREAKS:
            break
        previous = token.doc[token.i - 1] if token.i else None
        if previous is None or lower(previous) not in ARTICLES | CONTRACTED or token.i + 1 == opening.i:
            continue
        words = paragraph.text[token.idx : opening.idx]
        if fold(words[0]) != fold(name.text[0]) or _kind_of(words, paragraph.language) is None:
            continue
        if _spells(words, name.text, missing=1 if len(name.text) >= _SURE and name.is_acronym else 0):
            return paragraph.start(token)
        if told is None and _kind_of(token.text, paragraph.language) is not None:
            told = token
    last = opening.doc[opening.i - 1]
    # Behind a town stands where it lies: “le magasin de Metz (Moselle)”.
    town = last.text[0].isupper() and cast.covering(paragraph.start(last)) is None
    return None if told is None or town else paragraph.start(told)


def _kind_of(words: str, language: str) -> str | None:
    """Return the kind of a body by a noun with which its name or description begins (Grand hôpital de …), or None."""
    nouns, listed = nouns_of(language), words_of(language).organization
    for word in _APART.split(words)[:_BEGINNING]:
        for noun in (word.lower(), word.lower().removesuffix("s")):
            kind = listed.get(noun) or nouns.groups.get(fold(noun)) or nouns.speaking_bodies.get(fold(noun))
            if kind is not None and kind != PLACE:
                return kind
    return None


def _spells(words: str, acronym: str, *, missing: int = 0) -> bool:
    """Whether the letters of the acronym begin words of the name, in order, all but `missing` of them."""
    initials = [fold(word[0]) for word in _APART.split(words) if word]
    for letter in fold(acronym):
        if letter in initials:
            del initials[: initials.index(letter) + 1]
        else:
            missing -= 1
    return missing >= 0
