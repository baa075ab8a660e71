"""Pairing what was found with what was annotated: positions, one-to-one assignment, names."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

Span = tuple[int, int]


def letters(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Return the positions of the letters and digits that the spans cover."""
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def overlap(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many positions two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of common positions among all positions of the two; 0 for two empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def assign(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Return the one-to-one pairing of rows and columns with the greatest total weight, as row → column.

    Only pairs with a weight may be paired; the groups that no weight connects are solved one by one.
    """
    pairs: dict[int, int] = {}
    for rows, columns in _components(weights):
        pairs.update(_best(rows, columns, weights))
    return pairs


def _components(weights: Mapping[tuple[int, int], int]) -> list[tuple[list[int], list[int]]]:
    by_row: dict[int, set[int]] = {}
    by_column: dict[int, set[int]] = {}
    for row, column in weights:
        by_row.setdefault(row, set()).add(column)
        by_column.setdefault(column, set()).add(row)
    components: list[tuple[list[int], list[int]]] = []
    seen: set[int] = set()
    for first in sorted(by_row):
        if first in seen:
            continue
        rows, columns, todo = {first}, set[int](), [first]
        while todo:
            for column in by_row[todo.pop()] - columns:
                columns.add(column)
                todo.extend(by_column[column] - rows)
                rows |= by_column[column]
        seen |= rows
        components.append((sorted(rows), sorted(columns)))
    return components


def _best(rows: list[int], columns: list[int], weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Solve one group by the Hungarian method (shortest augmenting paths with potentials), padded to a square."""
    size = max(len(rows), len(columns))
    cost = [
        [
            -weights.get((rows[i], columns[j]), 0) if i < len(rows) and j < len(columns) else 0
            for j in range(size)
        ]
        for i in range(size)
    ]  # fmt: skip
    # Index 0 stands for "nothing" in the arrays that follow; owner[j] is the row that column j is given to.
    row_potential, column_potential, owner = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        _augment(row, cost, row_potential, column_potential, owner)
    return {
        rows[owner[j] - 1]: columns[j - 1]
        for j in range(1, len(columns) + 1)
        if owner[j] <= len(rows) and (rows[owner[j] - 1], columns[j - 1]) in weights
    }


def _augment(
    row: int, cost: list[list[int]], row_potential: list[int], column_potential: list[int], owner: list[int]
) -> None:
    """Give `row` a column, moving others along the cheapest path; changes the potentials and owners in place."""
    size = len(cost)
    infinity = 1 << 60
    owner[0], column = row, 0
    least, way, used = [infinity] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    while owner[column] != 0:
        used[column] = True
        current, delta, following = owner[column], infinity, 0
        for j in range(1, size + 1):
            if used[j]:
                continue
            reduced = cost[current - 1][j - 1] - row_potential[current] - column_potential[j]
            if reduced < least[j]:
                least[j], way[j] = reduced, column
            if least[j] < delta:
                delta, following = least[j], j
        for j in range(size + 1):
            if used[j]:
                row_potential[owner[j]] += delta
                column_potential[j] -= delta
            else:
                least[j] -= delta
        column = following
    while column:
        owner[column] = owner[way[column]]
        column = way[column]


def normal_name(name: str) -> str:
    """Return the name for comparison: no case, diacritics, apostrophes, hyphens or doubled spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]|_", " ", plain).split())


def telling(words: str) -> bool:
    """Whether words could be an actor's name: a lone common noun (“président”) is anybody's."""
    return " " in words.strip() or words != words.lower() or words == words.upper()


def names_of(name: str) -> frozenset[str]:
    """Return a name's forms for comparison: with and without its parenthesis, and a capitalised parenthesis itself."""
    inside = [part for part in re.findall(r"\(([^()]*)\)", name) if part[:1] != part[:1].lower()]
    forms = {normal_name(form) for form in (name, re.sub(r"\([^()]*\)", " ", name), *inside)}
    return frozenset(forms - {""})
