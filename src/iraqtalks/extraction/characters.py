"""Changes of a text's characters that leave every position where it is."""

from collections.abc import Mapping


def one_for_one(text: str, others: Mapping[str, str]) -> str:
    """Return the text with some characters replaced by another one each."""
    # For the few characters that are replaced here, quicker than str.translate, which looks every one of the text up.
    for character, other in others.items():
        text = text.replace(character, other)
    return text


def in_small_letters(text: str) -> str:
    """Return the text in small letters; İ, whose small letter is two characters, stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
