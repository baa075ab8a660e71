"""Folds text for look-ups, one character for one, so that positions stay those of the text."""

import unicodedata
from functools import lru_cache
from typing import Final

_APOSTROPHES: Final = "’‘ʼʻʿʾ´`′"
_SPACES: Final = "-‐‑\u00a0\u202f\u2009\t"
"""Hyphens and the spaces that typesetters use: a name is the same with a hyphen as with a space."""
_ARABIC: Final = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ک": "ك", "ی": "ي"}


def _folded(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base


def _table() -> dict[int, str]:
    letters = (chr(code) for block in (range(0x250), range(0x1E00, 0x1F00)) for code in block)
    table = {ord(letter): _folded(letter) for letter in letters if letter.isalpha()}
    table |= dict.fromkeys(map(ord, _APOSTROPHES), "'")
    table |= dict.fromkeys(map(ord, _SPACES), " ")
    return table | {ord(letter): folded for letter, folded in _ARABIC.items()}


_TABLE: Final = _table()
_PHRASE: Final = 64
"""What is no longer is a word or a phrase, which texts say again and again."""


def fold(text: str) -> str:
    """Return `text` without case, diacritics and the difference of ’ and ', of hyphen and space; its length stays."""
    return folded(text) if len(text) <= _PHRASE else text.translate(_TABLE)


@lru_cache(maxsize=2**16)
def folded(word: str) -> str:
    """Return a word or short phrase folded; the last 65,000 are remembered."""
    return word.translate(_TABLE)
