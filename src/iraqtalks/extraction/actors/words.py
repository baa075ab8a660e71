"""What the words of a text may be for its cast: looked up once a word, for a text says the same ones again and again."""

from functools import cache
from typing import Final, NamedTuple

from iraqtalks.extraction import phrases
from iraqtalks.extraction.actors.nouns import is_person_word, wanted_nouns
from iraqtalks.extraction.tokens import Doc
from iraqtalks.knowledge import Knowledge
from iraqtalks.knowledge.folding import fold

_KEPT: Final = 2**17
"""So many words are remembered at most."""
_SHORTEST_COUNTRY: Final = 4
"""A shorter word (une, pas) is not counted for a country."""


class Word(NamedTuple):
    """What one word may be, wherever it stands."""

    folded: str
    pointing: bool = False
    """A demonstrative: what follows is pointed at."""
    wanted: bool = False
    """A noun that may head a description of an actor."""
    person: bool = False
    """A noun for a person or, in the plural, for people."""
    demonym: bool = False
    """A capitalised word that belongs to a country (Iraniens)."""
    country: str | None = None
    """Alpha-3 code of the country that the word speaks of: by its name, adjective, demonym or capital."""
    hyphen: bool = False
    """A hyphen, where the tokenizer took a word apart (Royaume-Uni)."""

    @property
    def telling(self) -> bool:
        """Whether the word may be something to a rule."""
        return self.pointing or self.wanted or self.person or self.demonym or self.hyphen or self.country is not None


class Words:
    """Tells of words what they may be."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self._knowledge = knowledge
        self._language = language
        self._wanted = wanted_nouns(language) | {title.split()[0] for title in knowledge.titles() if title}
        self._told: dict[str, Word | None] = {}

    def of(self, doc: Doc) -> list[tuple[int, Word]]:
        """Return the words of a paragraph that may be something to a rule, with their numbers in it."""
        told = self._told
        if len(told) > _KEPT:
            told.clear()
        found = []
        for token in doc:
            text = token.text
            if text not in told:
                word = self._tell(text)
                told[text] = word if word.telling else None
            known = told[text]
            if known is not None:
                found.append((token.i, known))
        return found

    def _tell(self, text: str) -> Word:
        folded = fold(text)
        pointing = text.lower() in phrases.DEMONSTRATIVES
        if text == "-":
            return Word(folded, hyphen=True)
        if not text.isalpha() and "-" not in text:
            return Word(folded, pointing=pointing)
        capital = text[0].isupper()
        country = self._knowledge.country_of(folded)
        spoken_of = country or (self._knowledge.capital_of(folded) if capital else None)
        return Word(
            folded,
            pointing=pointing,
            wanted=folded in self._wanted,
            person=is_person_word(folded, self._language),
            demonym=capital and country is not None,
            country=spoken_of if len(text) >= _SHORTEST_COUNTRY else None,
        )


@cache
def words_for(knowledge: Knowledge, language: str) -> Words:
    """Return what tells of words what they may be, by a knowledge base and in a language."""
    return Words(knowledge, language)
