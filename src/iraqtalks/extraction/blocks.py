"""Article text → blocks: one line of text each, with what it is on the page."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from iraqtalks.extraction.model import Block
from iraqtalks.language import load

LONGEST: Final = 20_000
"""No block is longer, in characters. The parser's memory grows with the block, and it refuses a million; no article's
paragraph comes near, but a text may be anything."""
_LIFTED: Final = re.compile(r"[\"«“]\s*(.{10,150}?)\s*[\"»”]")
"""A line that is a quotation and no more."""


@cache
def _patterns(language: str) -> tuple[tuple[str, str, re.Pattern[str], bool], ...]:
    return tuple(
        (entry["kind"], entry["rule"], re.compile(entry["pattern"], re.IGNORECASE), bool(entry.get("between")))
        for entry in load(language, "blocks")["patterns"]
    )


def split_blocks(text: str, language: str) -> tuple[Block, ...]:
    """Return the blocks of the text in order: its non-empty lines, less outer white space.

    A line that is page furniture (“Pour en savoir plus : …”, a cross-heading between dashes) is told by the language's
    patterns, some of which hold only between other lines; every other line is body. One longer than `LONGEST` gives several
    blocks.
    """
    blocks: list[Block] = []
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", text))
    for index, match in enumerate(lines):
        between = 0 < index < len(lines) - 1
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        kind, rule = _kind(text, start, end, language, between=between)
        blocks.extend(Block(first, last, kind, rule) for first, last in _pieces(text, start, end))
    return tuple(blocks)


def _kind(text: str, start: int, end: int, language: str, *, between: bool) -> tuple[str, str]:
    """Return what a line is, and by which rule; `between`: others stand before and after it."""
    line = text[start:end].replace("’", "'")
    for kind, rule, pattern, only_between in _patterns(language):
        if (between or not only_between) and pattern.search(line):
            return kind, rule
    return ("subhead", "block.pull_quote") if between and _is_lifted(text, start, end) else ("body", "block.line")


def _is_lifted(text: str, start: int, end: int) -> bool:
    """Whether a line only shows words again, in quotation marks, that the article has elsewhere."""
    line = _LIFTED.fullmatch(text, start, end)
    return line is not None and text.count(line[1]) > 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a line whole or, where it is too long, cut behind a sentence, else at white space, else anywhere."""
    while end - start > LONGEST:
        limit = start + LONGEST
        behind = text.rfind(". ", start, limit) + 1
        cut = behind or max(text.rfind(white, start, limit) for white in " \u00a0\t")
        cut = cut if cut > start else limit
        yield start, start + len(text[start:cut].rstrip())
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    yield start, end
