"""Who was found to speak for an annotated quote, and by what classes of speaker confusions are counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FORMS: Final = ("name", "description", "pronoun", "elided")
"""How the words beside a cue name the speaker; elided: not at all."""
PERSON: Final = "person"
BODY: Final = "body or group"
UNNAMED: Final = "unnamed source"
NOBODY: Final = "nobody"
MISSED: Final = "quote not found"
SPEAKERS: Final = (PERSON, BODY, UNNAMED, NOBODY)
"""The classes of speakers, annotated or found."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """An annotated quote that is not optional: how its speaker is named, of which class he, she or it is, and who was found."""

    form: str
    annotated: str
    found: str
    """A class, or `MISSED` where no quote was found that is close to the annotated one."""
    right: bool


def speaker_class(kind: str | None, *, anonymous: bool) -> str:
    """Return the class of an actor of the kind (one of `tables.ACTOR_KINDS`); None is nobody."""
    if anonymous or kind == "anonymous":
        return UNNAMED
    if kind is None:
        return NOBODY
    return PERSON if kind == "person" else BODY


def confusion(attributions: Iterable[Attribution]) -> dict[str, dict[str, int]]:
    """Return how often each annotated class was found as what: annotated class → `right`, a wrong class, or `MISSED`."""
    counted: dict[str, Counter[str]] = {}
    for attribution in attributions:
        outcome = "right" if attribution.right else attribution.found
        counted.setdefault(attribution.annotated, Counter())[outcome] += 1
    return {name: dict(counted[name]) for name in SPEAKERS if name in counted}
