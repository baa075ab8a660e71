"""The parser: spaCy's pipeline of a language as we load it, and what it makes of a text as tokens of ours."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import spacy
import spacy.tokens
from spacy.language import Language
from spacy.strings import StringStore
from spacy.util import compile_infix_regex
from thinc.api import use_ops
from threadpoolctl import ThreadpoolController

from iraqtalks.extraction.tokens import Doc, Features, Token
from iraqtalks.extraction.word_vectors import remember_words
from iraqtalks.language import MODELS

# The model's tokenizer leaves a mark on the word where an elision or a hyphen stands before it (l'"axe").
_INFIXES = (r"(?<=['-])[\"«“(\[]",)

_BATCH: Final = 64
"""How many texts are parsed at once; fewer or more take longer."""
_NO_FEATURES: Final = "_"
_ATTRIBUTES: Final = (
    "IDX", "ORTH", "LOWER", "LEMMA", "POS", "DEP", "MORPH", "SPACY", "IS_PUNCT", "IS_QUOTE",
)  # fmt: skip


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
    remember_words(nlp)
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


class _Strings(dict[int, str]):
    """The parser's strings by their hashes; each is looked up once."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, key: int) -> str:
        found = self[key] = self._strings[key]
        return found


@cache
def _strings(strings: StringStore) -> _Strings:
    return _Strings(strings)


@cache
def _features(text: str) -> Features:
    return Features("" if text == _NO_FEATURES else text)


def of_parser(parsed: spacy.tokens.Doc, text: str) -> Doc:
    """Return what the parser made of the text as tokens of ours."""
    strings = _strings(parsed.vocab.strings)
    columns = parsed.to_array(list(_ATTRIBUTES)).T.tolist()
    tokens = [
        Token(
            number,
            position,
            strings[word],
            strings[lower],
            strings[lemma],
            strings[part_of_speech],
            strings[relation],
            _features(strings[features]),
            " " if space else "",
            bool(is_punct),
            bool(is_quote),
        )
        for number, position, word, lower, lemma, part_of_speech, relation, features, space, is_punct, is_quote in zip(
            range(len(parsed)), *columns, strict=True
        )
    ]
    heads, openings = parsed.to_array(["HEAD", "SENT_START"]).astype("int64").T.tolist()
    return Doc(
        text,
        parsed.lang_,
        tokens,
        [number + distance for number, distance in enumerate(heads)],
        [number for number, opening in enumerate(openings) if opening == 1 or number == 0],
    )


def parse(texts: Sequence[str], language: str) -> list[Doc]:
    """Return what the parser makes of each text, in order; it depends, in the last bit, on the other texts.

    Raises KeyError for a language that has no rules.
    """
    nlp = model(language)
    with _products().limit(limits=1, user_api="blas"):
        return [of_parser(*pair) for pair in zip(nlp.pipe(texts, batch_size=_BATCH), texts, strict=True)]
