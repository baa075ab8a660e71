"""Remembered vectors are those that the parser's network makes."""

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from iraqtalks.extraction.word_vectors import WordVectors, remember_words
from iraqtalks.language import MODELS

TEXTS = [
    "Odile Ferrand n'a pas dit qu'elle partirait.",
    "Qu'a dit  Odile Ferrand,\tl'ex-maire ?",
    "Elle n'a pas dit.",
    " ",
]


@pytest.fixture(scope="module")
def plain() -> spacy.language.Language:
    return spacy.load(MODELS["fr"], exclude=["ner"])


def test_each_word_is_asked_for_once(plain: spacy.language.Language) -> None:
    network: Any = plain.get_pipe("tok2vec")
    embed = network.model.layers[0]
    asked: list[str] = []

    def compute(docs: list[Doc]) -> Any:
        asked.extend(token.text_with_ws for doc in docs for token in doc)
        return embed.predict(docs)

    vectors_of = WordVectors(compute, embed.ops.xp.stack)
    docs = [plain.make_doc(text) for text in TEXTS]
    for _ in range(2):
        for found, expected in zip(vectors_of(docs), embed.predict(docs), strict=True):
            np.testing.assert_allclose(np.asarray(found), expected, atol=1e-5)
    assert asked.count("Odile ") == 1
    # A form with a norm of its own (n' stands for ne), and the same word with and without white space behind it.
    assert {"n'", "dit ", "dit"} <= set(asked)


def test_the_parse_is_that_of_the_plain_network(plain: spacy.language.Language) -> None:
    remembering = spacy.load(MODELS["fr"], exclude=["ner"])
    remember_words(remembering)
    for _ in range(2):
        for text in TEXTS:
            told = [(token.pos_, token.dep_, token.head.i, str(token.morph)) for token in remembering(text)]
            assert told == [(token.pos_, token.dep_, token.head.i, str(token.morph)) for token in plain(text)]


def test_vectors_do_not_depend_on_the_words_that_came_before() -> None:
    found = []
    for order in (1, -1):
        remembering = spacy.load(MODELS["fr"], exclude=["ner"])
        remember_words(remembering)
        network: Any = remembering.get_pipe("tok2vec")
        docs = [remembering.make_doc(text) for text in TEXTS]
        found.append([network.predict([doc])[0] for doc in docs[::order]][::order])
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one, other)
