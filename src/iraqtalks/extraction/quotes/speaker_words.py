"""The language's words for who may speak, and what a pronoun asks of whom it stands for."""

from dataclasses import dataclass, fields
from functools import cache

from iraqtalks.extraction.actors.nouns import is_person_word, nouns_of
from iraqtalks.extraction.quotes.cues import grammar
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import fold
from iraqtalks.language import load


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """The word lists of `language/<language>/speakers.yml`; a pronoun has its gender and whether it is plural."""

    pronouns: dict[str, tuple[str | None, bool]]
    described_pronouns: dict[str, str]
    unnamed_pronouns: frozenset[str]
    indefinite: frozenset[str]
    unnamed_nouns: frozenset[str]
    documents: frozenset[str]
    impersonal_verbs: frozenset[str]
    named_things: frozenset[str]
    nearest_pronouns: frozenset[str]
    mankind: frozenset[str]


@cache
def speaker_words(language: str) -> SpeakerWords:
    """Return the language's word lists."""
    data = load(language, "speakers")
    return SpeakerWords(
        {word: (entry["gender"], entry["plural"]) for word, entry in data["pronouns"].items()},
        dict(data["described_pronouns"]),
        **{
            field.name: frozenset(data[field.name])
            for field in fields(SpeakerWords)
            if field.name not in {"pronouns", "described_pronouns"}
        },
    )


@cache
def speaking_nouns(language: str) -> frozenset[str]:
    """Return the language's nouns for persons and bodies, folded."""
    nouns = nouns_of(language)
    return frozenset(
        {
            *nouns.persons, *nouns.sources, *nouns.bodies, *nouns.groups, *nouns.again, *nouns.bare,
            *nouns.kin, *nouns.people, *nouns.crowds, *nouns.epithets, *nouns.speaking_bodies,
        }
    )  # fmt: skip


@cache
def thing_endings(language: str) -> tuple[str, ...]:
    """Return endings of the language's nouns for things and acts, with their accents (la beauté, not l'adolescente)."""
    return tuple(grammar(language, "thing_endings"))


def is_plural(head: Token) -> bool:
    """Whether a common noun is for several: no one person's name behind it is whom it means."""
    return head.pos_ == "NOUN" and head.morph.get("Number", []) == ["Plur"]


def is_thing(head: Token, language: str) -> bool:
    """Whether a common noun names a thing or an act: by its ending, unless it is known as a person's, a body's or a document's."""
    word = head.lower_.removesuffix("s") if len(head) > 4 else head.lower_
    return not is_somebody(head, language) and word.endswith(thing_endings(language))


def is_somebody(head: Token, language: str) -> bool:
    """Whether a common noun is one for persons, for a body, or for a document that speaks for its author."""
    noun, words = fold(head.text), speaker_words(language)
    known = speaking_nouns(language)
    return (
        noun in known
        or noun.removesuffix("s") in known
        or is_person_word(noun, language)
        or head.lower_ in words.documents
        or head.lower_ in words.unnamed_nouns
        or head.lower_ in words.unnamed_pronouns
    )
