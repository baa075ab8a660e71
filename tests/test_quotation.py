"""What quotation marks say for certain, and which kinds of quote they refute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iraqtalks.quotation import agrees, read_marks


def kinds(text: str, *segments: str) -> set[str]:
    """Return the kinds that a quote with these segments may have in the text."""
    ranges = [(text.index(segment), text.index(segment) + len(segment)) for segment in segments]
    return {kind for kind in ("direct", "indirect", "mixed") if agrees(kind, text, ranges, read_marks(text))}


@pytest.mark.parametrize(
    ("text", "segments", "possible"),
    [
        ("Elle a dit : « Le pont tient. »", ["Le pont tient."], {"direct"}),
        ("« Le pont, dit-elle, tient. » Puis rien.", ["Le pont", "tient."], {"direct"}),
        ("Elle a dit que le pont tenait.", ["le pont tenait"], {"indirect"}),
        ("Elle a dit que le pont était « solide ».", ["le pont était « solide"], {"mixed"}),
        ('Elle a dit que le pont était "solide".', ['le pont était "solide'], {"mixed"}),
        ("“Le pont ‘neuf’ tient”, dit-elle.", ["Le pont ‘neuf’ tient"], {"direct"}),
        ("« Le pont “neuf” tient », dit-elle.", ["Le pont “neuf” tient"], {"direct"}),
        ("« Le pont « neuf » tient », dit-elle.", ["Le pont « neuf » tient"], {"direct"}),
        ("L’air d’un pont qu’on n’ouvre pas, selon elle.", ["L’air d’un pont qu’on n’ouvre pas"], {"indirect"}),
        # An odd mark, and marks that may be none, refute nothing that they may reach.
        ("« Le pont tient, dit-elle.", ["Le pont tient"], {"direct", "indirect", "mixed"}),
        ("Le pont tient », dit-elle.", ["Le pont tient"], {"direct", "indirect", "mixed"}),
        ("« Le pont tient.\nLa route aussi.\nBien », dit-elle.", ["La route aussi"], {"direct", "indirect", "mixed"}),
        # Straight marks in straight marks: what pairs up in turn is not what belongs together.
        ('"Le pont "neuf" tient", dit-elle.', ["Le pont"], {"direct", "indirect", "mixed"}),
        ('"Le pont "neuf" tient", dit-elle.', ["neuf"], {"direct", "indirect", "mixed"}),
        ('Un "pont ", un "quai" : elle a dit que le bac tenait.', ["le bac tenait"], {"indirect"}),
        ("„Le pont“ neuf” tient, dit-elle.", ["neuf"], {"direct", "indirect", "mixed"}),
        ("Le pont est +neuf+, dit-elle.", ["neuf"], {"direct", "indirect", "mixed"}),
        # Nothing odd is left after the line with the other half.
        ("« Le pont tient.\nBien », dit-elle.\nElle a dit que la route tenait.", ["la route tenait"], {"indirect"}),
    ],
)  # fmt: skip
def test_the_kinds_that_marks_allow(text: str, segments: list[str], possible: set[str]) -> None:
    assert kinds(text, *segments) == possible


@given(st.text('«»“”„"‘’‹›+ab \n', max_size=60), st.data())
def test_some_kind_is_always_possible(text: str, data: st.DataObject) -> None:
    words = [position for position, character in enumerate(text) if character.isalnum()]
    if words:
        start = data.draw(st.sampled_from(words))
        end = data.draw(st.integers(start + 1, len(text)))
        marks = read_marks(text)
        assert any(agrees(kind, text, [(start, end)], marks) for kind in ("direct", "indirect", "mixed"))
