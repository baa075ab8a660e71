"""Article text → blocks: one line of text each, with what it is on the page."""

import re
from functools import cache

from iraqtalks.extraction.model import Block
from iraqtalks.language import load


@cache
def _patterns(language: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (entry["kind"], entry["rule"], re.compile(entry["pattern"], re.IGNORECASE))
        for entry in load(language, "blocks")["patterns"]
    )


def split_blocks(text: str, language: str) -> tuple[Block, ...]:
    """Return the blocks of the text in order: its non-empty lines, less outer white space.

    A line that is page furniture (“Pour en savoir plus : …”, a cross-heading between dashes) is told by the language's
    patterns; every other line is body.
    """
    blocks: list[Block] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        kind, rule = next(
            (
                (kind, rule)
                for kind, rule, pattern in _patterns(language)
                if pattern.search(text[start:end].replace("’", "'"))
            ),
            ("body", "block.line"),
        )
        blocks.append(Block(start, end, kind, rule))
    return tuple(blocks)
