"""Article → blocks → parse: paragraph by paragraph, since the model's sentence splitter joins lines."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex
from thinc.api import use_ops
from threadpoolctl import ThreadpoolController

from iraqtalks.extraction.blocks import split_blocks
from iraqtalks.extraction.model import Article, Paragraph, Reading
from iraqtalks.language import MODELS

UNPARSED = frozenset({"related_link", "caption", "byline"})
"""Kinds of block that are page furniture: they bear no statement of the article's own and are not parsed."""

# One for one, so that positions stay: the model has hardly seen these characters.
_ONE_FOR_ONE = str.maketrans(
    {"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "“": '"', "”": '"', "\t": " "}
)


# The model's tokenizer leaves a mark on the word where an elision or a hyphen stands before it (l'"axe").
_INFIXES = (r"(?<=['-])[\"«“(\[]",)


@cache
def model(language: str) -> Language:
    """Return the spaCy pipeline of the language, loaded once a process, without its named-entity tagger.

    Raises KeyError for a language that has no rules.
    """
    # NumPy's matrix products are twice as fast as those of the library that the parser comes with.
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(MODELS[language], exclude=["ner"])
    tokenizer: Any = nlp.tokenizer  # its class has no type stubs
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_INFIXES]).finditer
    _index_lemmas(nlp)
    _leave_out_tags(nlp)
    return nlp


@cache
def _products() -> ThreadpoolController:
    """Return what tells NumPy's products how many threads they may take: more than one cost more than they gain."""
    return ThreadpoolController()


def _index_lemmas(nlp: Language) -> None:
    """Let the lemmatizer find a word among its known lemmas at once: it keeps them as lists of up to 66,000 words."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech, lemmas in list(index.items()):
        index[part_of_speech] = frozenset(lemmas)


def _leave_out_tags(nlp: Language) -> None:
    """Drop the rules that copy every word's part of speech into its tag, which nothing reads; white space keeps its own."""
    ruler: Any = nlp.get_pipe("attribute_ruler")
    others = [pattern for pattern in ruler.patterns if set(pattern["attrs"]) != {"TAG"}]
    ruler.clear()
    ruler.add_patterns(others)


def read(articles: Iterable[Article], language: str = "fr", batch_size: int = 64) -> Iterator[Reading]:
    """Parse articles of one language; yields a reading for each, in order."""
    nlp = model(language)

    def blocks() -> Iterator[tuple[str, tuple[int, int, str]]]:
        for number, (article, split) in enumerate(pending):
            for index, block in enumerate(split):
                if block.kind not in UNPARSED:
                    text = article.text[block.start : block.end].translate(_ONE_FOR_ONE)
                    yield text, (number, index, text)

    pending = [(article, split_blocks(article.text, language)) for article in articles]
    parsed: dict[int, list[Paragraph]] = {}
    with _products().limit(limits=1, user_api="blas"):
        for doc, (number, index, text) in nlp.pipe(blocks(), as_tuples=True, batch_size=batch_size):
            doc.user_data["text"] = text
            parsed.setdefault(number, []).append(Paragraph(pending[number][1][index], doc))
    for number, (article, split) in enumerate(pending):
        yield Reading(article, split, tuple(parsed.get(number, ())))
