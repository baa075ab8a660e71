"""The event patterns of a language: what `language/<language>/events.yml` says, in exact types."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from iraqtalks.language import load

VARIANTS: Final = {"de": frozenset({"de", "d'", "du", "des"}), "à": frozenset({"à", "a", "au", "aux"})}
"""Prepositions with the forms that they are drawn together to."""
INFINITIVE: Final = "…"
"""What marks a preposition of a pattern that an infinitive must follow."""
ANY: Final = ""
"""What every token has near it, for patterns that need no further word."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of stating an event: its words, the PLOVER type and mode, and where its participants stand.

    `verbs` and `nouns` hold sequences of lemmas: the trigger word first, then words that must follow it within a few tokens
    (`mettre veto`; `proposer de…`: a preposition that an infinitive follows). `when` and `unless` name content groups that
    must (not) occur in what the trigger governs; `modes` are
    tried in order, the first whose group occurs gives the mode. `mutual`: parties named together are source and target
    (`pair`) or all sources (`joint`). `voice`: only in the active or the passive; `subject`: the group that the subject's noun
    must be of; `voiced` false: not where the verb introduces words (« … », a-t-il soutenu).

    `objects`: groups of one of which the direct object must be; `intransitive`: without a direct object; `finite`: no
    infinitive or participle; `planned`: its words tell of what is to come; `people`: roles that only persons may fill;
    `least`: how many participants it needs; `determined`: a noun with a determiner of its own (la guerre, no navire de
    guerre); `complemented`: a participle only with a complement (élu *par* X, not le président élu); `collective`: a mass
    act, which needs no named actor; `official`: what only authorities do, which in a finite passive clause needs nobody named
    (deux suspects ont été arrêtés). `persons`: the target is
    people, not a state; `travel`: a journey, which is an event only for officials abroad. A `background` event only counts
    where no other statement tells it.
    """

    rule: str
    type: str
    mode: str | None
    verbs: tuple[tuple[str, ...], ...]
    nouns: tuple[tuple[str, ...], ...]
    verb_roles: Mapping[str, tuple[str, ...]]
    noun_roles: Mapping[str, tuple[str, ...]]
    modes: tuple[tuple[str, str], ...]
    when: tuple[str, ...]
    unless: tuple[str, ...]
    needs: tuple[str, ...]
    contexts: tuple[str, ...]
    reflexive: bool | None
    voice: str | None
    subject: str | None
    voiced: bool
    persons: bool
    travel: bool
    plural_only: bool
    mutual: str | None
    background: bool
    objects: tuple[str, ...]
    intransitive: bool
    finite: bool
    planned: bool
    people: tuple[str, ...]
    collective: bool
    official: bool
    least: int
    determined: bool
    complemented: bool


@dataclass(frozen=True)
class EventLanguage:
    """All that event extraction knows of one language."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], Pattern], ...]]
    nouns: Mapping[str, tuple[tuple[tuple[str, ...], Pattern], ...]]
    phrasal: Mapping[str, frozenset[str]]
    """For each verb, the words of which one must be near it (`needed`) for any of its patterns."""
    groups: Mapping[str, frozenset[str]]
    context_words: Mapping[str, frozenset[str]]
    prepositions: Mapping[str, str]
    compound_prepositions: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """By their first word, in each form that it may have."""
    targeting_participles: Mapping[str, str]
    country_prefixes: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    """Closed word lists by name: support verbs, occurrence verbs, object control, …"""


def _sequences(spec: Mapping[str, Any], part: str) -> tuple[tuple[str, ...], ...]:
    """Return the sequences that a pattern lists, and every pair of a verb (or noun) and what it goes with."""
    single = [tuple(entry.split()) for entry in spec.get(part, ())]
    pairs = [
        (*first.split(), *second.split())
        for pair in spec.get(f"{part[:-1]}_pairs", ())
        for first in pair["of"]
        for second in pair["with"]
    ]
    return tuple(dict.fromkeys([*single, *pairs]))


def _roles(spec: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({role: tuple(slots) for role, slots in spec.items()})


def _pattern(name: str, spec: Mapping[str, Any], frames: Mapping[str, Any]) -> Pattern:
    frame = frames[spec["frame"]]
    return Pattern(
        rule=f"event.{name}",
        type=spec["type"],
        mode=spec.get("mode"),
        verbs=_sequences(spec, "verbs"),
        nouns=_sequences(spec, "nouns"),
        verb_roles=_roles(frame.get("verb", {})),
        noun_roles=_roles(frame.get("noun", {})),
        modes=tuple((mode, group) for mode, group in spec.get("modes", {}).items()),
        when=tuple(spec.get("when", ())),
        unless=tuple(spec.get("unless", ())),
        needs=tuple(spec.get("needs", ())),
        contexts=tuple(spec.get("contexts", ())),
        reflexive=spec.get("reflexive"),
        voice=spec.get("voice"),
        subject=spec.get("subject"),
        voiced=spec.get("voiced", True),
        persons=frame.get("persons", False),
        travel=frame.get("travel", False),
        plural_only=spec.get("plural_only", False),
        mutual=frame.get("mutual"),
        background=spec.get("background", False),
        objects=tuple(spec.get("object", ())),
        intransitive=spec.get("intransitive", False),
        finite=spec.get("finite", False),
        planned=spec.get("planned", False),
        people=tuple(spec.get("people", ())),
        collective=spec.get("collective", False),
        official=spec.get("official", False),
        least=spec.get("least", 0),
        determined=spec.get("determined", False),
        complemented=spec.get("complemented", False),
    )


def _index(patterns: list[Pattern], attribute: str) -> Mapping[str, tuple[tuple[tuple[str, ...], Pattern], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Pattern]]] = {}
    for pattern in patterns:
        for sequence in getattr(pattern, attribute):
            index.setdefault(sequence[0], []).append((sequence, pattern))
    # Longer sequences are tried first: `mettre fin` before `mettre`; among equals, the order of the file.
    return MappingProxyType({key: tuple(sorted(entries, key=lambda e: -len(e[0]))) for key, entries in index.items()})


@cache
def needed(further: tuple[str, ...]) -> str:
    """Return what must be near a word for the further words of its sequence: the first of them without marks, `ANY` where none is."""
    return further[0].lstrip("+=").removesuffix(INFINITIVE) if further else ANY


def _compounds(phrases: Mapping[str, str]) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, canonical in phrases.items():
        words = tuple(phrase.split())
        for opening in VARIANTS.get(words[0], (words[0],)):
            found.setdefault(opening, []).append((words, canonical))
    return MappingProxyType({opening: tuple(listed) for opening, listed in found.items()})


@cache
def event_language(language: str) -> EventLanguage:
    """Return the event patterns of the language, read once a process."""
    data = load(language, "events")
    patterns = [_pattern(name, spec, data["frames"]) for name, spec in data["patterns"].items()]
    verbs = _index(patterns, "verbs")
    return EventLanguage(
        verbs=verbs,
        phrasal=MappingProxyType(
            {verb: frozenset(needed(sequence[1:]) for sequence, _ in entries) for verb, entries in verbs.items()}
        ),
        nouns=_index(patterns, "nouns"),
        groups=MappingProxyType({name: frozenset(words) for name, words in data["groups"].items()}),
        context_words=MappingProxyType({name: frozenset(words) for name, words in data["contexts"].items()}),
        prepositions=MappingProxyType(data["prepositions"]),
        compound_prepositions=_compounds(data["compound_prepositions"]),
        targeting_participles=MappingProxyType(data["targeting_participles"]),
        country_prefixes=MappingProxyType(data["country_prefixes"]),
        words=MappingProxyType({name: frozenset(words) for name, words in data["words"].items()}),
    )
