"""A parsed paragraph as rules read it: its tokens and what the parser says of each, in plain objects.

Names and meanings are the parser's (spaCy's). Its own tokens are views that are made anew, and look each string up anew, at
every question; rules ask a hundred things of a word, so all that they may ask is looked up once.
"""

import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from itertools import pairwise
from typing import Any, Final, TypeVar

_Made = TypeVar("_Made")


class Features(str):
    """Grammatical features as the tagger writes them (`Gender=Masc|Number=Plur`)."""

    __slots__ = ("_values",)
    _values: dict[str, list[str]]

    def __new__(cls, text: str) -> "Features":
        """Take the features apart; a language has few sets of them, each is to be made once."""
        made = super().__new__(cls, text)
        pairs = (pair.partition("=") for pair in text.split("|") if pair)
        made._values = {name: values.split(",") for name, _, values in pairs}
        return made

    def get(self, name: str, default: list[str]) -> list[str]:
        """Return the values of a feature, or `default` where the tagger gives none."""
        return self._values.get(name, default)


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """A word or a mark; its `doc` sets the last four fields. A root is its own `head`, `children` are in the text's order."""

    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    dep_: str
    morph: Features
    whitespace_: str
    is_punct: bool
    is_quote: bool
    doc: "Doc" = field(init=False)
    head: "Token" = field(init=False)
    children: Sequence["Token"] = field(init=False)
    sent: "Sentence" = field(init=False)

    def __len__(self) -> int:
        """Return the number of characters."""
        return len(self.text)

    def __repr__(self) -> str:
        """Return the text, as it is told in a failing test."""
        return self.text

    @property
    def is_alpha(self) -> bool:
        """Whether there are only letters."""
        return self.text.isalpha()

    @property
    def is_space(self) -> bool:
        """Whether there is only white space."""
        return self.text.isspace()

    @property
    def lang_(self) -> str:
        """The language that the paragraph was parsed as."""
        return self.doc.lang_

    @property
    def subtree(self) -> Iterator["Token"]:
        """The token and all that hangs on it: what hangs on the left, the token, what hangs on the right."""
        for child in self.children:
            if child.i < self.i:
                yield from child.subtree
        yield self
        for child in self.children:
            if child.i > self.i:
                yield from child.subtree

    def nbor(self, step: int) -> "Token":
        """Return the token `step` tokens on; raises IndexError where the paragraph has none."""
        if self.i + step < 0:
            raise IndexError(f"no token stands {-step} before {self.text!r}")
        return self.doc[self.i + step]


_NONE: Final[tuple[Token, ...]] = ()


class _Tokens(tuple[Token, ...]):
    """Tokens in a row; no other row is equal, even one of the same tokens."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    __hash__ = object.__hash__


class Sentence(_Tokens):
    """The tokens of a sentence; `start` and `end` are the numbers in the paragraph of its first and behind its last."""

    doc: "Doc"
    start: int
    end: int

    @property
    def root(self) -> Token:
        """The first token that hangs on no other."""
        return next(token for token in self if token.head is token)

    @property
    def text(self) -> str:
        """The sentence as it stands, without white space behind it."""
        last = self[-1]
        return self.doc.text[self[0].idx : last.idx + len(last)]


class Doc(_Tokens):
    """The tokens of a paragraph in order, tied to one another."""

    text: str
    lang_: str
    sents: tuple[Sentence, ...]
    user_data: dict[object, Any]
    """What rules found out about the paragraph and may want again, by a key of their own."""

    def __new__(
        cls, text: str, language: str, tokens: Iterable[Token], heads: Sequence[int], starts: Iterable[int]
    ) -> "Doc":
        """Tie tokens together.

        `heads` has the number of each token's head; `starts` the numbers of the tokens at which sentences begin, 0 among them.
        """
        doc = super().__new__(cls, tokens)
        doc.text, doc.lang_, doc.user_data = text, language, {}
        hanging: dict[int, list[Token]] = {}
        for token, head in zip(doc, heads, strict=True):
            token.doc, token.head, token.children = doc, doc[head], _NONE
            if head != token.i:
                hanging.setdefault(head, []).append(token)
        for head, children in hanging.items():
            doc[head].children = children
        doc.sents = tuple(_sentence(doc, start, end) for start, end in pairwise([*starts, len(doc)]))
        return doc

    @cached_property
    def starts(self) -> list[int]:
        """The positions of the tokens' first characters, in order."""
        return [token.idx for token in self]

    def covering(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that share characters with the text from `start` up to `end`."""
        first = bisect.bisect_right(self.starts, start) - 1
        if self[first].idx + len(self[first]) <= start:
            first += 1
        return self[first : bisect.bisect_left(self.starts, end)]


def once_a_token(make: Callable[[Token], _Made]) -> Callable[[Token], _Made]:
    """Let what is made of a token be made once; it is kept with the paragraph, and no caller may change it."""

    @wraps(make)
    def kept(token: Token) -> _Made:
        made: dict[int, _Made] = token.doc.user_data.setdefault(make, {})
        if token.i not in made:
            made[token.i] = make(token)
        return made[token.i]

    return kept


def _sentence(doc: Doc, start: int, end: int) -> Sentence:
    sentence = Sentence(doc[start:end])
    sentence.doc, sentence.start, sentence.end = doc, start, end
    for token in sentence:
        token.sent = sentence
    return sentence
