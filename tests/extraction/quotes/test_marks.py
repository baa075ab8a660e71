"""Quotation marks: pairs, nesting, odd marks, paragraphs; invariants on arbitrary text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iraqtalks.extraction.quotes.marks import quoted_stretches


def found(text: str, *, continued: bool = False) -> list[tuple[str, int]]:
    return [(text[s.start : s.end], s.depth) for s in quoted_stretches(text, "fr", continued=continued)]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("« Oui », dit-elle.", [("Oui", 0)]),
        ("“Oui”, dit-elle.", [("Oui", 0)]),
        ('"Oui", dit-elle.', [("Oui", 0)]),
        ("«\u00a0Oui\u00a0», dit-elle.", [("Oui", 0)]),
        ("‹ Oui ›, dit-elle.", [("Oui", 0)]),
        ("l'«axe» de Valbrume", [("axe", 0)]),
        ('l\'"axe" de Valbrume', [("axe", 0)]),
        ('"Ils ont dit: +partez+", raconte-t-il.', [("Ils ont dit: +partez+", 0), ("partez", 1)]),
        ("« Un ‘grand’ jour », dit-il.", [("Un ‘grand’ jour", 0), ("grand", 1)]),
        ("« Un “grand” jour », dit-il.", [("Un “grand” jour", 0), ("grand", 1)]),
        (
            "« Elle a dit : 'C'est l'heure' », raconte-t-il.",
            [("Elle a dit : 'C'est l'heure'", 0), ("C'est l'heure", 1)],
        ),
        ("L’axe de l’eau n’est pas une citation.", []),
        ("Il pèse 4 + 3 kilos.", []),
        ('"A" et "B"', [("A", 0), ("B", 0)]),
        ('Un "pont ", un "quai ".', [("pont", 0), ("quai", 0)]),
        ('Un "... pont" est là.', [("... pont", 0)]),
    ],
)
def test_marks_of_every_kind(text: str, stretches: list[tuple[str, int]]) -> None:
    assert found(text) == stretches


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("« Oui, dit-elle. Le reste est perdu.", [("Oui, dit-elle. Le reste est perdu.", 0)]),
        ("Un » de trop, puis « oui ».", [("oui", 0)]),
        ('Une "ouvrante, puis "oui", dit-il.', [("oui", 0)]),
        ("« »", []),
        ("‹ « Oui », dit-elle.", [("Oui", 0)]),
        ("Voir ‹ le pont", []),
        ("‘ « Oui », dit l’élue.", [("Oui", 0)]),
        ("„ « Oui », dit-elle.", [("Oui", 0)]),
        ("« Pars, dit-elle. « Non », dit-il. « Si », dit-elle.", [("Pars, dit-elle.", 0), ("Non", 0), ("Si", 0)]),
        ("Un « pont puis « oui », dit-il.", [("oui", 0)]),
        ("« Elle a dit « oui » hier », dit-il.", [("Elle a dit « oui » hier", 0), ("oui", 1)]),
    ],
)
def test_an_odd_mark_costs_no_more_than_itself(text: str, stretches: list[tuple[str, int]]) -> None:
    assert found(text) == stretches


def test_a_quotation_that_the_paragraph_before_left_open_ends_here() -> None:
    assert found("et la suite ». Puis « autre chose ».", continued=True) == [("et la suite", 0), ("autre chose", 0)]


def test_an_unclosed_quotation_says_so() -> None:
    (stretch,) = quoted_stretches("« Oui", "fr")
    assert not stretch.closed


@given(st.text(alphabet="ab «»“”„‹›\"'‘’+.,\u00a0\n", max_size=60))
def test_stretches_lie_in_the_text_and_nest(text: str) -> None:
    stretches = quoted_stretches(text, "fr")
    for stretch in stretches:
        assert 0 <= stretch.outer_start <= stretch.start < stretch.end <= stretch.outer_end <= len(text)
        assert text[stretch.start : stretch.end].strip() == text[stretch.start : stretch.end]
    outer = [stretch for stretch in stretches if stretch.depth == 0]
    assert all(one.outer_end <= two.outer_start for one, two in pairwise(outer))
