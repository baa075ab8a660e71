"""A text and the marks in it → the stretches that it is shown in. Marks may lie in one another and may cross."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from iraqtalks.text_policy import Span

_BREAK: Final = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a row stands on: `kind` says how they are shown, `note` is the id of the row's note on the page.

    `tag` is a short label that is shown where the mark begins.
    """

    start: int
    end: int
    kind: str
    note: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text with the same marks throughout, the outermost first; `opens` are those that begin with it."""

    start: int
    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    shown: bool


def segments(text: str, marks: Iterable[Mark], shown: Sequence[Span] | None = None) -> list[Segment]:
    """Return the text cut wherever a mark begins or ends, a line ends, or what may be shown of it does.

    Joined, the segments are the text. `shown` are the spans that may be shown, in order and apart; None for all. A mark that is
    empty or leads out of the text is left out.
    """
    length = len(text)
    inside = sorted(
        (mark for mark in marks if 0 <= mark.start < mark.end <= length), key=lambda mark: (mark.start, -mark.end)
    )
    opening: dict[int, list[Mark]] = defaultdict(list)
    for mark in inside:
        opening[mark.start].append(mark)
    allowed = [(0, length)] if shown is None else shown
    cuts = {0, length, *(mark.start for mark in inside), *(mark.end for mark in inside)}
    cuts |= {position for span in allowed for position in span if position <= length}
    cuts |= {position for match in _BREAK.finditer(text) for position in match.span()}
    return list(_cut(text, sorted(cuts), opening, allowed))


def _cut(text: str, cuts: Sequence[int], opening: dict[int, list[Mark]], allowed: Sequence[Span]) -> Iterator[Segment]:
    spans = iter((*allowed, (len(text), len(text))))
    span = next(spans)
    active: list[Mark] = []
    for start, end in pairwise(cuts):
        opens = opening.get(start, [])
        active = [*(mark for mark in active if mark.end > start), *opens]
        while span[1] <= start < len(text) and span[0] < len(text):
            span = next(spans)
        yield Segment(start, text[start:end], tuple(active), tuple(opens), shown=span[0] <= start < span[1])


def lines(cut: Iterable[Segment]) -> list[list[Segment]]:
    """Return the segments by line of the text, without the line ends."""
    found: list[list[Segment]] = [[]]
    for segment in cut:
        if segment.text.startswith("\n"):
            found.append([])
        else:
            found[-1].append(segment)
    return [line for line in found if line]
