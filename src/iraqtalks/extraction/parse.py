"""Article → blocks → parse: paragraph by paragraph, since the model's sentence splitter joins lines."""

from collections.abc import Iterable, Iterator

from iraqtalks.extraction.blocks import split_blocks
from iraqtalks.extraction.characters import one_for_one
from iraqtalks.extraction.model import Article, Paragraph, Reading
from iraqtalks.extraction.pipeline import parse

UNPARSED = frozenset({"related_link", "caption", "byline"})
"""Kinds of block that are page furniture: they bear no statement of the article's own and are not parsed."""

# One for one, so that positions stay: the model has hardly seen these characters.
_PLAIN = {"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "“": '"', "”": '"', "\t": " "}


def read(articles: Iterable[Article], language: str = "fr") -> Iterator[Reading]:
    """Parse articles of one language, each by itself, so that none depends on another; yields a reading for each, in order."""
    for article in articles:
        blocks = split_blocks(article.text, language)
        bearing = [block for block in blocks if block.kind not in UNPARSED]
        docs = parse([one_for_one(article.text[block.start : block.end], _PLAIN) for block in bearing], language)
        yield Reading(article, blocks, tuple(map(Paragraph, bearing, docs)))
