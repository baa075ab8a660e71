"""A paragraph → its frames: the narrator's sentences, in which a quotation counts as one piece however many sentences it holds."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.quotes.marks import Quoted
from iraqtalks.language import load

_STOPS = frozenset(".!?…")
_AFTER_STOP = frozenset(")]»”\"'’ \u00a0\u202f")


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence of the narrator. `start`, `end` are offsets into the paragraph, `first`, `last` the half-open range of its tokens.

    `quoted` holds the outermost quoted stretches, `inner` those that stand inside them.
    """

    paragraph: Paragraph
    start: int
    end: int
    first: int
    last: int
    quoted: tuple[Quoted, ...]
    inner: tuple[Quoted, ...]

    def stretch_at(self, offset: int) -> Quoted | None:
        """Return the outermost quoted stretch that covers the offset, its marks included, or None."""
        return next((s for s in self.quoted if s.outer_start <= offset < s.outer_end), None)


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(load(language, "marks")["abbreviations"])


def frames(paragraph: Paragraph, text: str, stretches: list[Quoted], language: str) -> list[Frame]:
    """Return the frames of the paragraph in order; `text` is the paragraph's own text, `stretches` its quoted stretches."""
    outer = [stretch for stretch in stretches if stretch.depth == 0]
    bounds = [0, *_boundaries(text, outer, _abbreviations(language)), len(text)]
    starts = paragraph.starts
    found = []
    first = 0
    for begin, end in pairwise(bounds):
        start = begin
        while start < end and text[start].isspace():
            start += 1
        last = first
        while last < len(starts) and starts[last] < end:
            last += 1
        if start < end:
            inside = [stretch for stretch in stretches if start <= stretch.start < end]
            top = tuple(stretch for stretch in inside if stretch.depth == 0)
            nested = tuple(stretch for stretch in inside if stretch.depth > 0)
            found.append(Frame(paragraph, start, end, first, last, top, nested))
        first = last
    return found


def _boundaries(text: str, outer: list[Quoted], abbreviations: frozenset[str]) -> list[int]:
    """Return the offsets at which a new frame begins."""
    found = []
    stretch = 0
    index = 0
    while index < len(text):
        if stretch < len(outer) and index >= outer[stretch].outer_start:
            current = outer[stretch]
            stretch += 1
            index = max(index + 1, current.outer_end)
            if current.closed and text[current.end - 1] in _STOPS and _sentence_begins(text, current.outer_end):
                found.append(current.outer_end)
            continue
        if text[index] in _STOPS and not _is_abbreviation(text, index, abbreviations):
            after = index + 1
            while after < len(text) and text[after] in _STOPS:
                after += 1
            # A bracket or mark that closes belongs to the sentence that it ends; one that opens does not.
            while after < len(text) and text[after] in ")]»”":
                after += 1
            if _sentence_begins(text, after):
                found.append(after)
            index = after
            continue
        index += 1
    return found


def _sentence_begins(text: str, offset: int) -> bool:
    """Whether white space and then a capital, a digit or an opening mark follow."""
    rest = offset
    while rest < len(text) and text[rest].isspace():
        rest += 1
    return offset < rest < len(text) and (text[rest].isupper() or text[rest].isdigit() or text[rest] in "«“‘\"'([-–—+")


def _is_abbreviation(text: str, index: int, abbreviations: frozenset[str]) -> bool:
    """Whether the point at `index` ends an abbreviation or an initial and not a sentence."""
    if text[index] != ".":
        return False
    start = index
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    word = text[start:index]
    return word.lower() in abbreviations or (len(word) == 1 and word.isupper())
