"""Quotation marks → the stretches of a paragraph that stand inside them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from iraqtalks.language import load

_OPENS_AFTER = frozenset(" \u00a0\u202f\t([{-–—'’/«“:")
_LEFT_OPEN = frozenset("«“")
"""The marks that may stay open to the end of a paragraph; any other without its other half is an arrow or a slip."""
_APOSTROPHES = frozenset("’'")
_CLOSES_BEFORE = frozenset(" \u00a0\u202f\t)]}-–—.,;:!?…/»”")


_NEVER_FIRST = frozenset(",;:.!?)]}")
"""What no quotation begins with; several points may stand for words left out."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch inside quotation marks, as offsets into the paragraph.

    `start`–`end` is what stands inside, less white space; `outer_start`–`outer_end` takes the marks along. `depth` is 0 for
    the outermost. `closed` is false when the paragraph ends first, `opened` when it began in an earlier paragraph.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Marks:
    closing: dict[str, str]
    symmetric: frozenset[str]
    inner: frozenset[str]
    all: frozenset[str]


@cache
def _marks(language: str) -> _Marks:
    data = load(language, "marks")
    pairs: dict[str, str] = data["pairs"]
    symmetric, inner = frozenset(data["symmetric"]), frozenset(data["inner"])
    return _Marks(pairs, symmetric, inner, frozenset({*pairs, *pairs.values(), *symmetric, *inner}))


def _may_open(text: str, index: int) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    if after in _NEVER_FIRST and text[index + 1 : index + 3] != "..":
        return False  # the closing mark of “le pont " .”, with a space before it
    return before in _OPENS_AFTER and not after.isspace()


def _may_close(text: str, index: int) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    return not before.isspace() and (after in _CLOSES_BEFORE or not (after.isalnum() or after in "«“"))


def _closes_twice(text: str, mark: str, index: int) -> bool:
    """Whether the next two marks of the sort can only close: the opening at `index` stands inside another one."""
    first = text.find(mark, index + 1)
    second = text.find(mark, first + 1) if first >= 0 else -1
    return second >= 0 and all(_only_closes(text, i) for i in (first, second))


def _is_apostrophe(text: str, index: int) -> bool:
    """Whether a ’ or ' stands between two letters or between one and a mark: it is then no quotation mark."""
    after = text[index + 1] if index + 1 < len(text) else " "
    return index > 0 and text[index - 1].isalpha() and (after.isalnum() or after in '«"“')


def _is_odd(text: str, index: int, closing: str) -> bool:
    """Whether the rest of the paragraph does not close what opens at `index`, and the mark is not one that stays open."""
    if text[index] in _LEFT_OPEN:
        return False
    other = text.find(closing, index + 1)
    while other >= 0 and closing == "’" and _is_apostrophe(text, other):
        other = text.find(closing, other + 1)
    return other < 0


def _stretch(
    text: str, opening: int, closing: int, depth: int, *, opened: bool = True, closed: bool = True
) -> Quoted | None:
    start, end = opening + 1 if opened else opening, closing
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    return Quoted(start, end, opening, closing + 1 if closed else closing, depth, opened, closed)


def quoted_stretches(text: str, language: str, *, continued: bool = False) -> list[Quoted]:
    """Return the quoted stretches of a paragraph, in order of their start; a nested one follows the one that it stands in.

    An odd mark never costs more than itself: a closing mark with no opening one is passed over, an opening one that another
    opening follows is dropped, and one that is never closed reaches to the end of the paragraph. With `continued`, a
    quotation was left open by the paragraph before: a closing mark with no opening one then ends a stretch that began with
    the paragraph.
    """
    found = [stretch for stretch in _scan(text, _marks(language), continued=continued) if stretch is not None]
    return sorted(found, key=lambda stretch: (stretch.start, -stretch.end))


def _scan(text: str, marks: _Marks, *, continued: bool) -> Iterator[Quoted | None]:
    stack: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if character not in marks.all or (character in _APOSTROPHES and _is_apostrophe(text, index)):
            continue
        opener = next(
            (open_ for open_, close in marks.closing.items() if close == character and _is_open(stack, open_)), None
        )
        if opener is not None:
            yield from _close(text, stack, opener, index)
        elif character in marks.closing:
            if _is_odd(text, index, marks.closing[character]):
                continue
            if _is_open(stack, character) and not _closes_both(text, index, marks.closing[character]):
                yield _left_open(text, stack, character, index)
            if character == "«" and not stack and continued and text[:index].strip() == "":
                continued = False
            stack.append((character, index))
        elif continued and not stack and character in marks.symmetric and _only_closes(text, index):
            continued = False
            yield _stretch(text, 0, index, 0, opened=False)
        elif character in marks.symmetric or character in marks.inner:
            yield from _toggle(text, stack, character, index, inner=character in marks.inner)
        elif continued and not stack and character in "»”":
            continued = False
            yield _stretch(text, 0, index, 0, opened=False)
    for depth, (_, opening) in enumerate(stack):
        if depth == 0 or text[opening] not in "‘'":
            yield _stretch(text, opening, len(text), depth, closed=False)


def _only_closes(text: str, index: int) -> bool:
    return _may_close(text, index) and not _may_open(text, index)


def _closes_both(text: str, index: int, closing: str) -> bool:
    """Whether the rest of the paragraph closes what opens at `index` and what was open before as well."""
    return text.count(closing, index) > text.count(text[index], index)


def _left_open(text: str, stack: list[tuple[str, int]], mark: str, index: int) -> Quoted | None:
    """Take what `mark` began off the stack: it is never closed. It ends with the sentence before `index`, or was odd."""
    position = max(i for i, (open_, _) in enumerate(stack) if open_ == mark)
    opening = stack[position][1]
    del stack[position:]
    stretch = _stretch(text, opening, index, position, closed=False)
    whole = stretch is not None and text[stretch.end - 1] in ".!?…"
    return replace(stretch, outer_end=stretch.end, closed=True) if stretch is not None and whole else None


def _is_open(stack: list[tuple[str, int]], opener: str) -> bool:
    return any(mark == opener for mark, _ in stack)


def _close(text: str, stack: list[tuple[str, int]], opener: str, index: int) -> Iterator[Quoted | None]:
    """Close the last stretch that `opener` began; marks opened inside it and never closed were odd."""
    while stack:
        mark, opening = stack.pop()
        if mark == opener:
            yield _stretch(text, opening, index, len(stack))
            return


def _toggle(text: str, stack: list[tuple[str, int]], mark: str, index: int, *, inner: bool) -> Iterator[Quoted | None]:
    """Open or close a stretch at a mark that does both, by what stands around it."""
    if _is_open(stack, mark):
        if _may_close(text, index) or not _may_open(text, index):
            yield from _close(text, stack, mark, index)
        elif _closes_twice(text, mark, index):
            stack.append((mark, index))  # “« … les patients "suspects" … »” in one sort of mark
        else:
            # Two openings in a row: the earlier one was odd.
            position = max(i for i, (open_, _) in enumerate(stack) if open_ == mark)
            del stack[position]
            stack.append((mark, index))
    elif (not inner and (_may_open(text, index) or not _may_close(text, index))) or (
        inner and stack and _may_open(text, index)
    ):
        stack.append((mark, index))
