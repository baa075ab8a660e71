"""A text cut into marked stretches: it stays whole, and every letter knows its marks."""

from hypothesis import given
from hypothesis import strategies as st

from iraqtalks.site.marking import Mark, Segment, lines, segments
from iraqtalks.text_policy import Span

TEXT = "« Le pont tient », a dit Ferrand.\n\nIl pleut."

texts = st.text(st.sampled_from("ab é\n«🌉\u202e<"), max_size=30)
spans = st.tuples(st.integers(-3, 33), st.integers(-3, 33))
marks = st.lists(
    st.builds(lambda span, note: Mark(span[0], span[1], "actor", note), spans, st.sampled_from("pqrs")), max_size=8
)


@st.composite
def apart(draw: st.DrawFn) -> list[Span]:
    """Draw spans in order that do not touch."""
    bounds = sorted(draw(st.sets(st.integers(0, 33), max_size=8)))
    return list(zip(bounds[::2], bounds[1::2], strict=False))


@given(texts, marks, st.none() | apart())
def test_joined_segments_are_the_text(text: str, drawn: list[Mark], shown: list[Span] | None) -> None:
    cut = segments(text, drawn, shown)
    assert "".join(segment.text for segment in cut) == text
    assert all(text[segment.start : segment.start + len(segment.text)] == segment.text for segment in cut)
    assert all(segment.text for segment in cut)


@given(texts, marks, st.none() | apart())
def test_every_letter_has_the_marks_that_cover_it(text: str, drawn: list[Mark], shown: list[Span] | None) -> None:
    sound = [mark for mark in drawn if 0 <= mark.start < mark.end <= len(text)]
    for segment in segments(text, drawn, shown):
        for position in range(segment.start, segment.start + len(segment.text)):
            covering = [mark for mark in sound if mark.start <= position < mark.end]
            assert sorted(map(repr, segment.marks)) == sorted(map(repr, covering))
            assert segment.shown == (shown is None or any(start <= position < end for start, end in shown))


@given(texts, marks)
def test_every_mark_opens_once_and_stands_outside_of_shorter_ones(text: str, drawn: list[Mark]) -> None:
    cut = segments(text, drawn)
    opened = [mark for segment in cut for mark in segment.opens]
    assert sorted(map(repr, opened)) == sorted(repr(mark) for mark in drawn if 0 <= mark.start < mark.end <= len(text))
    for segment in cut:
        assert list(segment.marks) == sorted(segment.marks, key=lambda mark: (mark.start, -mark.end))


def shown(line: list[Segment]) -> list[tuple[str, str]]:
    return [(segment.text, "".join(mark.note for mark in segment.marks)) for segment in line]


def test_marks_that_cross_share_what_is_between() -> None:
    pont, tient = TEXT.index("pont"), TEXT.index("tient")
    crossing = [Mark(2, tient, "quote", "q"), Mark(pont, len("« Le pont tient"), "event", "e")]
    first, second = lines(segments(TEXT, crossing))
    assert shown(first) == [("« ", ""), ("Le ", "q"), ("pont ", "qe"), ("tient", "e"), (" », a dit Ferrand.", "")]
    assert shown(second) == [("Il pleut.", "")]


@given(texts, marks)
def test_lines_are_those_of_the_text(text: str, drawn: list[Mark]) -> None:
    cut = lines(segments(text, drawn))
    assert ["".join(segment.text for segment in line) for line in cut] == [line for line in text.split("\n") if line]
