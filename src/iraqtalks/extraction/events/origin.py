"""Countries that only an adjective names (une frappe américaine, les pourparlers irako-américains)."""

from collections.abc import Iterator
from typing import Final

from iraqtalks.extraction.events.scene import Filler, Scene
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token

_FORCES: Final = frozenset({"troupe", "force", "soldat", "militaire", "armée", "base", "convoi", "marine", "gi"})


def adjectives_of(noun: Token, scene: Scene) -> list[Filler]:
    """Return the countries whose adjectives qualify an event noun (une frappe américaine); its forces, if it is military."""
    near = {child.i: child for child in noun.children if child.pos_ in {"ADJ", "NOUN"}}
    near |= {child.i: child for token in tuple(near.values()) for child in token.children if child.dep_ == "conj"}
    for index in range(noun.i + 1, min(noun.i + 3, len(noun.doc))):
        if noun.doc[index].pos_ == "ADJ":
            near.setdefault(index, noun.doc[index])
        else:
            break
    military = any(lower(token).startswith("militaire") for token in near.values()) or noun.lemma_.lower() in _FORCES
    return [
        filler
        for token in sorted(near.values(), key=lambda token: int(token.i))
        for country in _countries(token, scene)
        for filler in _country_filler(country, token, military, scene)
    ]


def _countries(adjective: Token, scene: Scene) -> list[str]:
    """Return the countries that an adjective is of, two for a compound (irako-américain, also where it is split up)."""
    doc, word = adjective.doc, lower(adjective)
    if adjective.i > 1 and doc[adjective.i - 1].text == "-":
        word = f"{lower(doc[adjective.i - 2])}-{word}"
    prefix, _, last = word.rpartition("-")
    found = [scene.language.country_prefixes.get(prefix), scene.knowledge.country_of(last)]
    return [country for country in found if country is not None]


def _country_filler(country: str, token: Token, military: bool, scene: Scene) -> Iterator[Filler]:
    actor_id = (scene.knowledge.forces_of(country) if military else None) or scene.knowledge.country_actor(country)
    if actor_id is not None and actor_id in scene.knowledge.actors:
        yield scene.cast.known(actor_id).actor_id, None, token
