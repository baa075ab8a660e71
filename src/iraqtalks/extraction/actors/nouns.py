"""The language's common nouns for political actors, as its data file lists them."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from iraqtalks.knowledge.folding import fold
from iraqtalks.language import load

_SHORTEST_PERSON: Final = 4
"""Endings tell nothing of a word of so few letters."""


@dataclass(frozen=True, slots=True)
class Nouns:
    """The language's nouns for actors, folded; `again` holds (noun, kind)."""

    bodies: dict[str, str]
    groups: dict[str, str]
    again: dict[str, frozenset[str]]
    persons: frozenset[str]
    sources: frozenset[str]
    bare: frozenset[str]
    once: frozenset[str]
    former: frozenset[str]
    relational: frozenset[str]
    allegiances: frozenset[str]
    title_heads: frozenset[str]
    party_members: dict[str, str]
    called: dict[str, str]
    leaders: frozenset[str]
    residents: frozenset[str]
    things: frozenset[str]
    posts: frozenset[str]
    equipment: frozenset[str]
    synonyms: dict[str, str]
    person_endings: tuple[str, ...]
    kin: frozenset[str]
    people: frozenset[str]
    humans: frozenset[str]
    """All listed nouns for one person: `persons`, `kin` and `people`."""
    crowds: frozenset[str]
    parts: frozenset[str]
    indefinite: frozenset[str]
    no_roles: frozenset[str]
    state_nouns: frozenset[str]
    epithets: frozenset[str]
    states: frozenset[str]
    only_told: frozenset[str]
    quantities: frozenset[str]
    several: frozenset[str]
    peoples: dict[str, str]
    speaking_bodies: dict[str, str]


_PLAIN: Final = tuple(field.name for field in fields(Nouns) if field.type == frozenset[str] and field.name != "humans")
"""Lists that are taken as they stand, folded."""


@cache
def nouns_of(language: str) -> Nouns:
    """Return the language's nouns for actors."""
    data = load(language, "actor_nouns")
    again: dict[str, set[str]] = {}
    for kind, listed in data["again"].items():
        for noun in listed:
            again.setdefault(fold(noun), set()).add(kind)
    return Nouns(
        **{name: frozenset(map(fold, data[name])) for name in _PLAIN},
        bodies={fold(noun): sort for sort, listed in data["bodies"].items() for noun in listed},
        groups={fold(noun): kind for kind, listed in data["groups"].items() for noun in listed},
        again={noun: frozenset(kinds) for noun, kinds in again.items()},
        called={fold(noun): actor_id for noun, actor_id in data["called"].items()},
        party_members={fold(noun): sort for noun, sort in data["party_members"].items()},
        synonyms={fold(word): fold(other) for word, other in data["synonyms"].items()},
        person_endings=tuple(map(fold, data["person_endings"])),
        humans=frozenset(fold(noun) for group in ("persons", "kin", "people") for noun in data[group]),
        peoples={fold(noun): actor_id for noun, actor_id in data["peoples"].items()},
        speaking_bodies={fold(noun): kind for kind, listed in data["speaking_bodies"].items() for noun in listed},
    )


@cache
def is_person_word(noun: str, language: str) -> bool:
    """Return whether a folded common noun is one for a person or, in the plural, for people: listed, or by its ending."""
    nouns = nouns_of(language)
    singular = noun.removesuffix("s") if len(noun) > _SHORTEST_PERSON else noun
    if noun in nouns.humans or singular in nouns.humans:
        return True
    return len(singular) > _SHORTEST_PERSON and singular.endswith(nouns.person_endings) and singular not in nouns.things


@cache
def wanted_nouns(language: str) -> frozenset[str]:
    """Return all nouns that may head a description, folded."""
    nouns = nouns_of(language)
    listed = {*nouns.bodies, *nouns.groups, *nouns.again, *nouns.synonyms, *nouns.equipment, *nouns.called}
    return frozenset(noun.split()[0] for noun in listed) | nouns.persons | nouns.kin | nouns.state_nouns
