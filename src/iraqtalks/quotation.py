"""What the quotation marks of a text say for certain, read apart from the extraction's own reading of them.

Marks that pair up within their line are certain. Where one is odd, its line is not, nor are the lines after it up to
the one that has the other half. The checks refute a quote's kind by what is certain alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_CLOSES: Final = {"»": "«", "”": "“", '"': '"'}
_MARK: Final = re.compile('[«»“”"]')
_WEAK: Final = re.compile(r"‘[^\n]*’|‹[^\n]*›|\+[^\n]*\+")
"""Marks that are also apostrophes, arrows and plus signs: what stands between them is in quotation marks perhaps."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quotation:
    """The ranges of a text that are in quotation marks for certain, and those that may be."""

    inside: tuple[Range, ...]
    perhaps: tuple[Range, ...]


def read_marks(text: str) -> Quotation:
    """Return what the quotation marks of the text say."""
    inside: list[Range] = []
    perhaps = [match.span() for match in _WEAK.finditer(text)]
    carried = False
    for line in re.finditer(r"[^\n]+", text):
        pairs, left_open, left_closed = _pair(line)
        if carried or left_open or left_closed:
            perhaps.append(line.span())
            carried = left_open or (carried and not left_closed)
        else:
            inside.extend(pairs)
    return Quotation(tuple(inside), tuple(perhaps))


def _pair(line: re.Match[str]) -> tuple[list[Range], bool, bool]:
    """Return the outermost pairs of a line, and whether an opening or a closing mark in it has no other half."""
    pairs: list[Range] = []
    stack: list[tuple[str, int]] = []
    left_closed = False
    for mark in _MARK.finditer(line.string, line.start(), line.end()):
        character, position = mark.group(), mark.start()
        if stack and stack[-1][0] == _CLOSES.get(character):
            _, opened = stack.pop()
            if not stack:
                pairs.append((opened + 1, position))
        elif character in "»”":
            left_closed = True
        else:
            stack.append((character, position))
    return pairs, bool(stack), left_closed


def agrees(kind: str, text: str, segments: Iterable[Range], marks: Quotation) -> bool:
    """Return whether a quote with these segments can be of the kind: all, none or some of its words in the marks."""
    words = [position for start, end in segments for position in range(start, end) if text[position].isalnum()]
    certain = set(_covered(marks.inside, words))
    possible = certain | set(_covered(marks.perhaps, words))
    if kind == "direct":
        return len(possible) == len(words)
    if kind == "indirect":
        return not certain
    return bool(possible) and len(certain) < len(words)


def _covered(ranges: Iterable[Range], positions: list[int]) -> Iterator[int]:
    listed = list(ranges)
    return (position for position in positions if any(start <= position < end for start, end in listed))
