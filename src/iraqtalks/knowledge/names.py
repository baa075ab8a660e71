"""Spellings of a name: newspapers write Arabic, Persian and Kurdish names in many ways (Kadhimi, Kazimi, Kazemi)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from iraqtalks.knowledge.folding import fold

Spellings = Mapping[str, tuple[str, ...]]
"""The spellings of a word, by each of them folded."""

MOST_SPELLINGS = 400
"""More than that for one name would be an error in the data."""


def spellings_by_word(groups: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    """Return every group of spellings (all of one word) under each of its members; raise ValueError on an overlap."""
    table: dict[str, tuple[str, ...]] = {}
    for group in groups:
        members = tuple(dict.fromkeys(group))
        for word in filter(None, members):
            if table.setdefault(fold(word), members) is not members:
                raise ValueError(f"transliterations.yml: {word!r} stands in two groups")
    return table


def spellings(name: str, table: Spellings) -> Iterator[str]:
    """Yield `name` in every combination of its words' spellings, folded: hyphens come as spaces.

    The article inside an Arabic name may be missing: the empty string is one of its spellings, except as first word.
    """
    parts = fold(name).split()
    if not any(part in table for part in parts):
        yield " ".join(parts)
        return
    choices = [
        dict.fromkeys(fold(word) for word in table.get(part, (part,)) if word or position)
        for position, part in enumerate(parts)
    ]
    for words in islice(product(*choices), MOST_SPELLINGS):
        yield " ".join(word for word in words if word)


def surname(name: str) -> str:
    """Return the last word of a person's name."""
    return name.replace("-", " ").split()[-1]


_CONTRACTED = {"le": ("au", "du"), "les": ("aux", "des")}


def contractions(title: str) -> Iterator[str]:
    """Yield a French title, folded, with its article contracted with “à” and “de” (Le Monde: au Monde, du Monde)."""
    article, _, rest = fold(title).partition(" ")
    yield from (f"{contracted} {rest}" for contracted in _CONTRACTED.get(article, ()) if rest)
