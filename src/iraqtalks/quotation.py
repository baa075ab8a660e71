"""What the quotation marks of a text say for certain, read apart from the extraction's own reading of them.

Marks that pair up within their line are certain. Where one is odd, its line is not, nor are the lines after it up to
the one that has the other half. Nor is a line whose straight marks do not open and close in turn: some are nested. The
checks refute a quote's kind by what is certain alone.
"""

import re
from collections.abc import Iterable
from typing import Final

OUTSIDE: Final = 0
PERHAPS: Final = 1
INSIDE: Final = 2

_CLOSES: Final = {"»": "«", "”": "“", '"': '"'}
_MARK: Final = re.compile('[«»“”"„]')
_WEAK: Final = re.compile(r"‘[^\n]*’|‹[^\n]*›|\+[^\n]*\+")
"""Marks that are also apostrophes, arrows and plus signs: what stands between them is in quotation marks perhaps."""

Range = tuple[int, int]


def read_marks(text: str) -> bytes:
    """Return for each code point of the text whether it is OUTSIDE of all quotation marks, PERHAPS inside, or INSIDE."""
    marks = bytearray(len(text))
    carried = False
    for line in re.finditer(r"[^\n]+", text):
        pairs, left_open, left_closed = _pair(line)
        if carried or left_open or left_closed:
            _fill(marks, line.span(), PERHAPS)
            carried = left_open or (carried and not left_closed)
        else:
            for weak in _WEAK.finditer(line.group()):
                _fill(marks, (line.start() + weak.start(), line.start() + weak.end()), PERHAPS)
            for pair in pairs:
                _fill(marks, pair, INSIDE)
    return bytes(marks)


def _fill(marks: bytearray, span: Range, value: int) -> None:
    start, end = span
    marks[start:end] = bytes([value]) * (end - start)


def _pair(line: re.Match[str]) -> tuple[list[Range], bool, bool]:
    """Return the outermost pairs of a line, and whether an opening or a closing mark in it has no other half."""
    pairs: list[Range] = []
    stack: list[tuple[str, int]] = []
    left_closed = False
    for mark in _MARK.finditer(line.string, line.start(), line.end()):
        character, position = mark.group(), mark.start()
        if stack and stack[-1][0] == _CLOSES.get(character):
            if _only_opens(line.string, position):
                left_closed = True
            _, opened = stack.pop()
            if not stack:
                pairs.append((opened + 1, position))
        elif character in "»”„" or _only_closes(line.string, position):
            # After „ a “ closes, or opens after all: nothing in the line is certain.
            left_closed = True
        else:
            stack.append((character, position))
    return pairs, bool(stack), left_closed


def _only_opens(text: str, position: int) -> bool:
    """Whether a straight mark stands right before a word and behind neither a word nor its point: where it closes, marks are nested."""
    before, after = text[max(0, position - 1) : position], text[position + 1 : position + 2]
    return text[position] == '"' and after.isalnum() and not (before.isalnum() or before in _ENDS)


_ENDS: Final = frozenset(".!?…,;:)]%»”")
"""What a closing mark may stand behind besides a word."""


def _only_closes(text: str, position: int) -> bool:
    """Whether a straight mark stands right behind a word or its point and no word begins behind it."""
    before, after = text[max(0, position - 1) : position], text[position + 1 : position + 2]
    return text[position] == '"' and (before.isalnum() or before in {".", "!", "?", "…"}) and not after.isalnum()


def agrees(kind: str, text: str, segments: Iterable[Range], marks: bytes) -> bool:
    """Return whether a quote with these segments can be of the kind: all, none or some of its words in the marks."""
    listed = list(segments)
    refuting = {"direct": OUTSIDE, "indirect": INSIDE}.get(kind)
    if refuting is not None and all(refuting not in marks[start:end] for start, end in listed):
        # Most are told without a look at each letter.
        return True
    where = {marks[position] for start, end in listed for position in range(start, end) if text[position].isalnum()}
    if kind == "direct":
        return OUTSIDE not in where
    if kind == "indirect":
        return INSIDE not in where
    return where not in ({OUTSIDE}, {INSIDE})
