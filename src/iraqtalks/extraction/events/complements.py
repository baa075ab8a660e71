"""The noun phrases that follow a word in its clause, read off word order with their prepositions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from iraqtalks.extraction.events.clauses import CLITICS, NOMINAL, RELATIVES, is_past_participle
from iraqtalks.extraction.events.patterns import VARIANTS, EventLanguage
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Doc, Token

_STOPS: Final = frozenset({":", ";", ".", "?", "!", "»"})
_PREPOSITION_TAGS: Final = frozenset({"ADP", "DET", "AUX", "NOUN", "ADV"})
_ARTICLES: Final = frozenset({"le", "la", "l'", "les", "un", "une"})
_REACH: Final = 60
"""How many tokens after the word are read."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase after a word: its head, its preposition (None for a direct complement), whether a conjunction joins it on."""

    head: Token
    preposition: str | None
    coordinated: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of a paragraph before its phrases are read.

    `skip`: tokens that are no argument (dates); `starts`: tokens at which a name or description of an actor begins, which
    always begin a phrase (“sur Twitter M. Untel”).
    """

    language: EventLanguage
    skip: frozenset[int] = frozenset()
    starts: frozenset[int] = frozenset()


def phrases_after(word: Token, ground: Ground) -> list[Phrase]:
    """Return the noun phrases that follow the word up to the next clause, in order."""
    return list(_Reader(word, ground).phrases())


@dataclass
class _Reader:
    """Reads the phrases after a word token by token; the state is what the next noun would stand in."""

    word: Token
    ground: Ground
    preposition: str | None = None
    last_preposition: str | None = None
    joined: bool = False
    inside: bool = False
    index: int = field(init=False)

    def __post_init__(self) -> None:
        self.index = self.word.i + 1
        if self.word.pos_ == "ADP":
            # A pattern may end in the preposition of its complement (s'opposer à).
            self.preposition = self.ground.language.prepositions.get(lower(self.word))

    def phrases(self) -> Iterator[Phrase]:
        """Yield the phrases."""
        doc = self.word.doc
        limit = min(len(doc), self.word.i + _REACH)
        while self.index < limit:
            token = doc[self.index]
            if self.index in self.ground.skip:
                self._enter(None)
            elif lower(token) in _STOPS or _begins_clause(token, self.word):
                return
            elif token.text == "," and not _goes_on(doc, self.index):
                resumed = _after_apposition(doc, self.index)
                if resumed is None:
                    return
                self.index = resumed
                continue
            elif not self._function_word(token) and _starts_phrase(
                token, self.inside, self.index in self.ground.starts
            ):
                yield self._phrase(token)
            self.index += 1

    def _enter(self, preposition: str | None) -> None:
        self.preposition, self.inside = preposition, False

    def _function_word(self, token: Token) -> bool:
        """Take in a preposition, a conjunction or a verb form that goes by; tell whether the token was one."""
        language, word = self.ground.language, lower(token)
        passed = _approximation(token)
        if passed:
            self.index += passed - 1
            return True
        compound = _compound(token.doc, self.index, language)
        if compound is not None:
            self._enter(compound[0])
            self.index += compound[1] - 1
            self.joined = False
        elif word in language.targeting_participles:
            self._enter(language.targeting_participles[word])
            self.joined = False
        elif token.pos_ in {"VERB", "AUX"} and word not in language.prepositions:
            return True
        elif _opens_phrase(token):
            if self.preposition is not None and _cuts_off(token):
                self.preposition = None
            self.inside = False
            return True
        elif word == "des" and self._goes_on_after_conjunction(token):
            return True
        elif word in language.prepositions and token.pos_ in _PREPOSITION_TAGS and not _is_article(token):
            self._enter(language.prepositions[word])
        elif token.pos_ == "CCONJ" or word == ",":
            self.joined, self.inside = True, False
        else:
            return False
        return True

    def _goes_on_after_conjunction(self, token: Token) -> bool:
        """Whether “des” right behind a conjunction is the article of what goes on (avec X et *des* élus)."""
        return self.joined and token.doc[token.i - 1].pos_ == "CCONJ" and self.last_preposition != "de"

    def _phrase(self, head: Token) -> Phrase:
        if self.joined and self.preposition is None:
            self.preposition = self.last_preposition
        phrase = Phrase(head, self.preposition, self.joined)
        self.last_preposition, self.preposition, self.inside, self.joined = self.preposition, None, True, False
        return phrase


def _approximation(token: Token) -> int:
    """Return how many tokens from this one only say how exact the number after them is (au moins dix, plus de 500), 0 if none."""
    doc, index, word = token.doc, token.i, lower(token)
    if word not in {"au", "plus", "moins", "près"} or index + 2 >= len(doc):
        return 0
    following = lower(doc[index + 1])
    if word == "au" and following in {"moins", "plus", "total"}:
        return 2
    if word != "au" and following in {"de", "d'"}:
        number = doc[index + 2]
        return 2 if number.pos_ == "NUM" or number.text[:1].isdigit() or lower(number) in {"un", "une"} else 0
    return 0


def _is_article(token: Token) -> bool:
    if token.pos_ != "DET" or lower(token) not in {"des", "du"} or token.lemma_ != "un":
        return False
    # No indefinite article stands before a name (obtenir *des Etats-Unis* …).
    return not (token.i + 1 < len(token.doc) and token.doc[token.i + 1].pos_ == "PROPN")


def _starts_phrase(token: Token, open_phrase: bool, known: bool) -> bool:
    if known:
        return True
    if (token.pos_ not in NOMINAL and not _is_demonym(token)) or open_phrase:
        return False
    return not (token.pos_ == "PRON" and lower(token) in CLITICS) and not (
        token.pos_ == "NUM" and token.head.i > token.i
    )


def _is_demonym(token: Token) -> bool:
    """Whether an adjective with a capital stands as a noun behind a determiner (un *Palestinien*)."""
    if token.pos_ != "ADJ" or not token.text[:1].isupper() or token.i == 0:
        return False
    return token.doc[token.i - 1].pos_ in {"DET", "NUM"}


def _cuts_off(article: Token) -> bool:
    """Whether an article after an adjective ends the phrase that a preposition opened (a qualifié d'illégales *les* sanctions)."""
    previous = article.doc[article.i - 1]
    return previous.pos_ == "ADJ" and lower(previous) not in {"tous", "toutes", "tout", "toute"}


def _opens_phrase(token: Token) -> bool:
    """Whether an article or numeral opens a noun phrase, also right after another (condamner à mort *trois* hommes)."""
    if lower(token) in _ARTICLES:
        return bool(token.pos_ == "DET")
    return bool(token.pos_ == "NUM") and token.head.i > token.i


def _begins_clause(token: Token, word: Token) -> bool:
    """Whether a new clause begins here: a relative, a subordinator, a finite verb, an infinitive or a participle with an agent."""
    if lower(token) in RELATIVES or token.pos_ == "SCONJ":
        return True
    if token.pos_ not in {"VERB", "AUX"} or (token.head.i == word.i and token.dep_.startswith("aux")):
        return False
    if lower(token) in {"visant", "ciblant", "impliquant", "touchant", "aux", "dits", "dites"}:
        return False
    if token.doc[token.i - 1].pos_ == "CCONJ":
        return True
    # A participle like an adjective (un échange croisé de prisonniers) goes on, one with an agent has its own clause.
    return not is_past_participle(token) or any(lower(other) == "par" for other in token.doc[token.i + 1 : token.i + 4])


def _compound(doc: Doc, index: int, language: EventLanguage) -> tuple[str, int] | None:
    """Return the preposition that begins at `index` in several words (à l'encontre de), with their number, or None."""
    for words, canonical in language.compound_prepositions.get(lower(doc[index]), ()):
        if index + len(words) <= len(doc) and all(
            lower(doc[index + offset]) in VARIANTS.get(word, {word}) for offset, word in enumerate(words)
        ):
            return canonical, len(words)
    return None


def _is_apposition(doc: Doc, comma: int) -> bool:
    """Whether a common noun without article follows the comma (X, commandant de …; les élus, démocrates mais aussi …)."""
    follower: Token = doc[comma + 1]
    return follower.pos_ in {"NOUN", "ADJ"}


def _after_apposition(doc: Doc, comma: int) -> int | None:
    """Return where the phrase goes on after an apposition between commas (X, chef de Y, et Z), or None where it does not."""
    for index in range(comma + 1, min(len(doc) - 1, comma + 20)):
        token: Token = doc[index]
        if token.text == ",":
            resumes = doc[index + 1].pos_ == "CCONJ" or lower(doc[index + 1]) in {"de", "du", "des", "d'", "contre"}
            return index + 1 if resumes else None
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or lower(token) in RELATIVES or token.text in _STOPS:
            return None
    return None


def _goes_on(doc: Doc, comma: int) -> bool:
    """Whether the comma goes on with a series that a conjunction closes (Paris, Londres et Berlin)."""
    if comma + 1 >= len(doc) or _is_apposition(doc, comma):
        return False
    for token in doc[comma + 1 : comma + 14]:
        if token.pos_ == "CCONJ":
            return token.i > comma + 1
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or lower(token) in RELATIVES or token.text in _STOPS:
            return False
    return False
