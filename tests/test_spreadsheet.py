"""No cell begins a formula, and what it was is got back."""

import polars as pl
import pytest

from iraqtalks.spreadsheet import FORMULA, as_text

HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1", "\n1", " =1", "\u00a0=1", "\t=1", "＝1", "＋1", "－1", "＠A", "'=1", "'", "''",
    "=\n=1",
)  # fmt: skip
TAME = ("", " ", "1=1", "Odile-Anne", "a@courrier.example", "l'eau", "« = »", "–1", "1\n=1")


@pytest.mark.parametrize("cell", HOSTILE)
def test_what_begins_a_formula_becomes_text(cell: str) -> None:
    assert as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", TAME)
def test_what_begins_none_stays(cell: str) -> None:
    assert as_text(cell) == cell


def test_polars_reads_the_expression_as_python_does() -> None:
    cells = pl.Series([*HOSTILE, *TAME])
    assert cells.str.replace(FORMULA, "'$0").to_list() == [as_text(cell) for cell in cells]
