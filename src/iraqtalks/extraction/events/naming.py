"""The actor that a noun phrase names by itself: its mention, a name in it, or what it stands in apposition to."""

from iraqtalks.extraction.events.scene import Filler, Scene
from iraqtalks.extraction.model import Mention
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token


def named_actor(head: Token, scene: Scene) -> list[Filler]:
    """Return the actor that the noun phrase names: one, two for “les deux pays”, none where it names none."""
    mention = scene.cast.covering(scene.paragraph.start(head))
    if mention is not None:
        return [(mention.actor_id, mention, head)]
    if scene.is_word(head, "sides") and any(lower(child) == "deux" for child in head.children):
        return _both_sides(head, scene)
    return _named(head, scene) or _apposed(head, scene)


def _both_sides(head: Token, scene: Scene) -> list[Filler]:
    """Return the two states that “les deux pays” stands for: those named last before, by different countries."""
    found: dict[str, Filler] = {}
    for mention in scene.cast.before(scene.paragraph.start(head)):
        actor = scene.cast.actors[mention.actor_id]
        if actor.kind in {"country", "government"} and actor.country is not None:
            found.setdefault(actor.country, (actor.actor_id, None, head))
        if len(found) == 2:
            return list(found.values())[::-1]
    return []


def _named(head: Token, scene: Scene) -> list[Filler]:
    """Return the actor whose name stands in the noun phrase itself (le président iranien *Hassan Rohani*) or in apposition."""
    comma = False
    for token in head.doc[head.i + 1 : min(head.i + 10, head.sent.end)]:
        if token.text == "," and not comma:
            comma = True
            continue
        if _ends_name(token, comma=comma):
            break
        mention = scene.cast.covering(scene.paragraph.start(token))
        named = mention is not None and (token.pos_ == "PROPN" or mention.form == "name")
        if mention is not None and named and _may_be_named(mention, head, scene, comma=comma):
            return [(mention.actor_id, mention, token)]
    return []


def _ends_name(token: Token, *, comma: bool) -> bool:
    """Whether no name of the phrase can follow: a verb, a conjunction, another complement; after the comma, anything but a name."""
    if comma:
        return token.pos_ != "PROPN"
    if token.pos_ == "ADP":
        return lower(token) not in {"de", "d'", "du", "des", "à"}
    return token.pos_ in {"VERB", "AUX", "CCONJ", "SCONJ"}


def _may_be_named(mention: Mention, head: Token, scene: Scene, *, comma: bool) -> bool:
    """Whether a name after a noun is the noun's own: le président de la région *Untel*, but not le frère d'Untel."""
    person = scene.cast.actors[mention.actor_id].kind == "person"
    if comma:
        return person
    titled = person or scene.is_word(head, "actor_nouns") or scene.is_word(head, "class_nouns")
    return titled and not _follows_preposition(mention, scene)


def _follows_preposition(mention: Mention, scene: Scene) -> bool:
    token = scene.paragraph.token_at(mention.start)
    return token is not None and token.i > 0 and token.doc[token.i - 1].pos_ in {"ADP", "DET"}


def _apposed(head: Token, scene: Scene) -> list[Filler]:
    """Return the actor that a noun phrase after a comma stands in apposition to (Soleimani, un général tué par …)."""
    index = head.i - 1
    while index > 0 and head.doc[index].pos_ in {"DET", "ADJ", "NUM"}:
        index -= 1
    if index < 1 or head.doc[index].text != ",":
        return []
    mention = scene.cast.covering(scene.paragraph.start(head.doc[index - 1]))
    if mention is None or scene.cast.actors[mention.actor_id].kind != "person":
        return []
    return [(mention.actor_id, mention, head)]
