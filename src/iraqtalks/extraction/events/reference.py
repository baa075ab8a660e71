"""Whom a noun phrase in an event's clause refers to: the actor that it names, or those that it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from iraqtalks.extraction.actors.nouns import is_person_word
from iraqtalks.extraction.events.clauses import is_past_participle
from iraqtalks.extraction.events.complements import Phrase
from iraqtalks.extraction.events.naming import named_actor
from iraqtalks.extraction.events.origin import adjectives_of
from iraqtalks.extraction.events.patterns import EventLanguage
from iraqtalks.extraction.events.pronouns import antecedent, latter
from iraqtalks.extraction.events.scene import Filler, Scene
from iraqtalks.extraction.events.status import quote_at
from iraqtalks.extraction.phrases import DEMONSTRATIVES, NOUNS, lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import fold

_APART: Final = frozenset({"lors", "cadre", "après", "avant", "depuis", "selon"})
"""Canonical prepositions of adjuncts that are no argument and have complements of their own."""


@dataclass(frozen=True, slots=True)
class Looking:
    """How far to look for an actor behind a noun phrase that names none.

    `owners`: at genitives, adjectives of origin and agents of participles (des bases de l’armée); `pronouns`: at what a
    pronoun stands for; `describe`: a noun for people makes an actor of this article; `selected`: so does any noun, since
    its verb takes nothing but actors (accuser *les réseaux sociaux*).
    """

    owners: bool = True
    pronouns: bool = True
    describe: bool = False
    selected: bool = False


ITSELF = Looking(owners=False, describe=True)
WIDELY = Looking(describe=True)
KNOWN = Looking(owners=False)


def resolve(head: Token, scene: Scene, looking: Looking) -> list[Filler]:
    """Return the actor that a noun phrase names; where it names none, what `looking` allows; none where nothing fits."""
    named = named_actor(head, scene)
    if named:
        return named
    if scene.is_word(head, "quantities"):
        return after(("de",), scene.phrases(head)[:1], scene, looking)
    if head.pos_ == "PRON":
        return (antecedent(head, scene) or _speaking(head, scene)) if looking.pronouns else []
    if looking.pronouns and _is_latter(head, scene):
        return latter(head, scene)
    described = (
        scene.is_word(head, "actor_nouns")
        or _is_person(head, scene.language)
        or _is_demonym(head, scene)
        or _are_states(head, scene)
    )
    if (looking.describe and described) or (looking.selected and head.pos_ in NOUNS):
        made = scene.cast.describe(scene.paragraph, head, anonymous=False)
        return [(made.actor_id, made, head)]
    if looking.owners or scene.is_word(head, "belongings"):
        return owners(head, scene)
    return []


def _is_latter(head: Token, scene: Scene) -> bool:
    """Whether the word is “ce dernier”, which stands for the person named last."""
    words = scene.language.words
    pointed = head.i > 0 and lower(head.doc[head.i - 1]) in DEMONSTRATIVES
    return pointed and lower(head) in words["latter"]


def _speaking(pronoun: Token, scene: Scene) -> list[Filler]:
    """Return who says “je” or “nous”: the speaker of the quote that the pronoun stands in."""
    if lower(pronoun) not in scene.language.words["first_person"]:
        return []
    quote = quote_at(scene.paragraph.start(pronoun), scene.quotes)
    speaker = quote.speaker_id if quote is not None else None
    return [(speaker, None, pronoun)] if speaker is not None and speaker in scene.cast.actors else []


def _is_demonym(head: Token, scene: Scene) -> bool:
    """Whether the noun says of what country people are (sept Français, un Iranien), and is no country's name."""
    if scene.knowledge.country_of(head.text) is None:
        return False
    before = [child for child in head.children if child.pos_ in {"DET", "NUM"} and child.i < head.i]
    if not head.text[:1].isupper():
        # Without its capital it may be the language or an adjective, unless it is counted (quatre français).
        return head.pos_ == "NOUN" and any(child.pos_ == "NUM" for child in before)
    opening = {lower(child) for child in before}
    if not opening and head.i > 1 and lower(head.doc[head.i - 1]) in scene.language.words["of"]:
        # “une vingtaine d'Iraniens”, “l'arrestation de Français”: no country's name stands in the plural without an article.
        return head.text.endswith("s")
    return bool(opening) and (
        bool(opening & scene.language.words["one"]) or "Number=Plur" in str(head.morph) or head.text.endswith("s")
    )


def _are_states(head: Token, scene: Scene) -> bool:
    """Whether the noun is one for states, several that the text introduces (*des pays* importants, plusieurs capitales)."""
    if not scene.is_word(head, "states"):
        return False
    opening = {lower(child) for child in head.children if child.pos_ in {"DET", "ADJ", "NUM"} and child.i < head.i}
    # “pays” has one form; its determiner tells the number.
    return bool(opening & scene.language.words["several"])


def _is_person(head: Token, language: EventLanguage) -> bool:
    """Whether the noun is one for people (un patron, des grévistes) and not for an act (un dialogue)."""
    word = str(head.lemma_).lower()
    return head.pos_ == "NOUN" and word not in language.nouns and is_person_word(fold(lower(head)), head.lang_)


def after(
    prepositions: tuple[str, ...], phrases: Sequence[Phrase], scene: Scene, looking: Looking = WIDELY
) -> list[Filler]:
    """Return the actors of the first phrase after one of the prepositions, and of those coordinated with it."""
    found: list[Filler] = []
    for before, phrase in zip([None, *phrases], phrases, strict=False):
        if phrase.preposition == "à" and before is not None and before.preposition in _APART:
            # “lors de son discours à X”: what follows an adjunct belongs to it.
            continue
        if phrase.preposition in prepositions and (not found or phrase.coordinated):
            found.extend(resolve(phrase.head, scene, looking))
        elif found and not phrase.coordinated and phrase.preposition not in {"de", None}:
            break
    return found


def owners(head: Token, scene: Scene) -> list[Filler]:
    """Return whom a thing belongs to: its agent (une violation par X), an adjective of origin, a genitive, a participle's agent."""
    phrases = scene.phrases(head)
    found = [f for p in phrases if p.preposition == "par" for f in named_actor(p.head, scene)] or adjectives_of(
        head, scene
    )
    if found:
        return found
    for phrase in phrases:
        if phrase.preposition != "de" and not phrase.coordinated:
            break
        fillers = named_actor(phrase.head, scene) or adjectives_of(phrase.head, scene)
        if fillers:
            return fillers
    participle = participle_after(head)
    return after(("par",), scene.phrases(participle), scene, KNOWN) if participle is not None else []


def participle_after(head: Token) -> Token | None:
    """Return the past participle that follows the noun and its adjectives (des bases militaires *utilisées* par …)."""
    for token in head.doc[head.i + 1 : min(head.i + 6, head.sent.end)]:
        if is_past_participle(token):
            return token
        if token.pos_ != "ADJ" and token.text not in {'"', "«", "»"}:
            return None
    return None
