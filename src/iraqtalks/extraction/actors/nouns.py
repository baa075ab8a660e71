"""The language's common nouns for political actors, as its data file lists them."""

from dataclasses import dataclass
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


@cache
def nouns_of(language: str) -> Nouns:
    """Return the language's nouns for actors."""
    data = load(language, "actor_nouns")
    again: dict[str, set[str]] = {}
    for kind, listed in data["again"].items():
        for noun in listed:
            again.setdefault(fold(noun), set()).add(kind)
    return Nouns(
        bodies={fold(noun): sort for sort, listed in data["bodies"].items() for noun in listed},
        groups={fold(noun): kind for kind, listed in data["groups"].items() for noun in listed},
        again={noun: frozenset(kinds) for noun, kinds in again.items()},
        persons=frozenset(map(fold, data["persons"])),
        sources=frozenset(map(fold, data["sources"])),
        bare=frozenset(map(fold, data["bare"])),
        once=frozenset(map(fold, data["once"])),
        former=frozenset(map(fold, data["former"])),
        relational=frozenset(map(fold, data["relational"])),
        allegiances=frozenset(map(fold, data["allegiances"])),
        leaders=frozenset(map(fold, data["leaders"])),
        called={fold(noun): actor_id for noun, actor_id in data["called"].items()},
        party_members={fold(noun): sort for noun, sort in data["party_members"].items()},
        title_heads=frozenset(map(fold, data["title_heads"])),
        things=frozenset(map(fold, data["things"])),
        residents=frozenset(map(fold, data["residents"])),
        posts=frozenset(map(fold, data["posts"])),
        equipment=frozenset(map(fold, data["equipment"])),
        synonyms={fold(word): fold(other) for word, other in data["synonyms"].items()},
        person_endings=tuple(map(fold, data["person_endings"])),
        kin=frozenset(map(fold, data["kin"])),
        people=frozenset(map(fold, data["people"])),
        humans=frozenset(fold(noun) for group in ("persons", "kin", "people") for noun in data[group]),
        crowds=frozenset(map(fold, data["crowds"])),
        parts=frozenset(map(fold, data["parts"])),
        quantities=frozenset(map(fold, data["quantities"])),
        several=frozenset(map(fold, data["several"])),
        only_told=frozenset(map(fold, data["only_told"])),
        states=frozenset(map(fold, data["states"])),
        epithets=frozenset(map(fold, data["epithets"])),
        state_nouns=frozenset(map(fold, data["state_nouns"])),
        no_roles=frozenset(map(fold, data["no_roles"])),
        indefinite=frozenset(map(fold, data["indefinite"])),
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
