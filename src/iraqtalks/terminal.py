"""Showing text from anywhere in a terminal without letting it command the terminal."""

import re
from typing import Final

_COMMANDS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and newline, and those that reorder the text around them."""


def printable(text: str) -> str:
    """Return the text with each control character replaced by U+FFFD: one for one, so that positions stay."""
    return _COMMANDS.sub("\ufffd", text)
