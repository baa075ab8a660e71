"""What a word is to the parser's network before it looks at the word's neighbours, computed once a word.

A fifth of the parse would go into it, and texts say the same words again and again.
"""

from collections.abc import Callable
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Token
from thinc.api import Model, NumpyOps
from thinc.types import Floats1d, Floats2d

_KEPT: Final = 2**17
"""So many words are remembered at most, in some 60 MB."""
_TOLD_BY: Final[list[int | str]] = ["ORTH", "NORM", "SPACY"]
"""What tells words apart to the network: all else that it asks for follows from the characters."""


def remember_words(nlp: Language) -> None:
    """Let the pipeline remember the vectors of the words that it has met."""
    network: Any = nlp.get_pipe("tok2vec")
    embedding = network.model.layers[0]  # the other layer looks at neighbours
    for layer in embedding.walk():
        # In NumPy's products a row's last bit depends on the rows beside it, here on what words came before.
        layer.ops = NumpyOps(use_blis=True)
    remembered: Model[list[Doc], list[Floats2d]] = Model("remembered_words", _forward)
    remembered.attrs["vectors_of"] = WordVectors(embedding.predict, embedding.ops.xp.stack)
    network.model.replace_node(embedding, remembered)


def _forward(
    model: Model[list[Doc], list[Floats2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    if is_train:
        raise NotImplementedError("a network that remembers words cannot be trained")
    vectors: list[Floats2d] = model.attrs["vectors_of"](docs)
    return vectors, lambda _: docs


class WordVectors:
    """Gives the vectors of texts' words: `compute`, which gives those of any texts, is asked for new words only.

    `stack` makes the vectors of a text of those of its words.
    """

    def __init__(
        self, compute: Callable[[list[Doc]], list[Floats2d]], stack: Callable[[list[Floats1d]], Floats2d]
    ) -> None:
        """Begin without any word."""
        self._compute = compute
        self._stack = stack
        self._known: dict[tuple[int, ...], Floats1d] = {}

    def __call__(self, docs: list[Doc]) -> list[Floats2d]:
        """Return the vectors of each text's words, in order."""
        if len(self._known) > _KEPT:
            self._known.clear()
        told = [[tuple(word) for word in doc.to_array(_TOLD_BY).tolist()] for doc in docs]
        new: dict[tuple[int, ...], Token] = {}
        for doc, words in zip(docs, told, strict=True):
            for index, word in enumerate(words):
                if word not in self._known and word not in new:
                    new[word] = doc[index]
        if new:
            (vectors,) = self._compute([_in_a_row(list(new.values()))])
            self._known.update(zip(new, vectors, strict=True))
        return [self._stack([self._known[word] for word in words]) for words in told]


def _in_a_row(tokens: list[Token]) -> Doc:
    """Return a text of the tokens, one after the other."""
    row = Doc(
        tokens[0].vocab, words=[token.text for token in tokens], spaces=[bool(token.whitespace_) for token in tokens]
    )
    for copy, token in zip(row, tokens, strict=True):
        copy.norm_ = token.norm_
    return row
