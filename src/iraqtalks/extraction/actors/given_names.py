"""A person's name → the gender that the first name tells."""

from functools import cache

from iraqtalks.language import load


@cache
def _genders(language: str) -> dict[str, str]:
    data = load(language, "given_names")
    return {name: gender for gender in ("m", "f") for name in data[gender]}


def is_given_name(word: str, language: str) -> bool:
    """Return whether the word, in any capitals, is a first name that the list has."""
    return word.lower() in _genders(language)


def gender_of(name: str, language: str) -> str | None:
    """Return `m` or `f` by the first word of a full name, or None where it is one word or its first name tells nothing.

    A compound first name that the list does not have goes by its first part (Jean-Rémi, Anne-Lise).
    """
    words = name.lower().split()
    if len(words) < 2:
        return None
    genders = _genders(language)
    return genders.get(words[0]) or genders.get(words[0].split("-")[0])
