"""Cells that a spreadsheet takes for text, whatever they begin with: a CSV file is opened by a double click.

Names, titles and words come from articles, and an article can be hostile: a cell `=HYPERLINK(…)` would be run as a formula.
"""

import re
from typing import Final

FORMULA: Final = r"^(\s*[=+\-@＝＋－＠']|[\t\r\n])"
"""What a spreadsheet may take for the beginning of a formula, also behind white space and in full width; and the apostrophe, so
that what is put before can be told from what was there."""

_FORMULA: Final = re.compile(FORMULA)


def as_text(cell: str) -> str:
    """Return the cell with an apostrophe before it where it begins as a formula does.

    The text is got back by taking the apostrophe off every cell that begins with one.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell
