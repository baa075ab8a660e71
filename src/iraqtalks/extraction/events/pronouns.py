"""What a pronoun in an event's clause stands for."""

from typing import Final

from iraqtalks.extraction.events.naming import named_actor
from iraqtalks.extraction.events.scene import Filler, Scene
from iraqtalks.extraction.model import Actor, Mention
from iraqtalks.extraction.phrases import NOUNS, lower
from iraqtalks.extraction.tokens import Token

_PERSONAL: Final = frozenset({"il", "elle", "ils", "elles"})
_CLITIC_OBJECTS: Final = frozenset({"l'", "le", "la", "les"})
_FEMININE_PARTICIPLES: Final = ("ée", "ées", "ie", "ise", "ue")
_BODIES: Final = frozenset({"government", "group", "organization", "armed_group", "party", "military"})
_MANY: Final = frozenset({"group", "armed_group", "military", "party", "anonymous"})
_NEAR: Final = 10
"""How many mentions back an antecedent may stand."""


def antecedent(token: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of a personal pronoun: the nearest subject before it that agrees, if it is an actor."""
    word = lower(token).lstrip("-")
    if word not in _PERSONAL or _is_impersonal(token):
        return []
    plural, feminine = word.endswith("s"), word.startswith("elle")
    dates = scene.ground.skip
    for subject in reversed([t for t in token.doc[: token.i] if t.dep_.startswith("nsubj") and t.pos_ in NOUNS]):
        if subject.i in dates or not _token_agrees(subject, plural=plural, feminine=feminine):
            continue
        found = named_actor(subject, scene)
        if not found:
            return []
        if _agrees(scene.cast.actors[found[0][0]], plural=plural, feminine=feminine):
            return [(found[0][0], None, token)]
    return _from_before(token, scene, plural=plural, feminine=feminine) or _announced(
        token, scene, plural=plural, feminine=feminine
    )


def latter(token: Token, scene: Scene) -> list[Filler]:
    """Return whom “ce dernier” is: the person named last."""
    for mention in scene.cast.before(scene.paragraph.start(token))[:_NEAR]:
        if scene.cast.actors[mention.actor_id].kind == "person":
            return [(mention.actor_id, None, token)]
    return []


def _is_impersonal(pronoun: Token) -> bool:
    """Whether `il` stands for nobody (il est temps de …, il faut que …, il s'agit de …)."""
    if lower(pronoun) != "il":
        return False
    following = [token for token in pronoun.doc[pronoun.i + 1 : pronoun.i + 8] if token.pos_ != "ADV"]
    verb = next((token for token in following if token.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return False
    if str(verb.lemma_) in {"falloir", "agir"}:
        return True
    after = following[following.index(verb) + 1 :][:3]
    predicate = any(token.pos_ in {"ADJ", "NOUN"} for token in after[:2])
    return (
        str(verb.lemma_) == "être" and predicate and any(lower(token) in {"de", "d'", "que", "qu'"} for token in after)
    )


def _token_agrees(noun: Token, *, plural: bool, feminine: bool) -> bool:
    number, sex = noun.morph.get("Number", []), noun.morph.get("Gender", [])
    if number and (number[0] == "Plur") != plural:
        return False
    return not (sex and noun.pos_ == "NOUN") or (sex[0] == "Fem") == feminine


def _from_before(token: Token, scene: Scene, *, plural: bool, feminine: bool) -> list[Filler]:
    """Return the nearest agreeing actor before the paragraph, or before the pronoun in it, that can act: no mere place."""
    near = scene.cast.before(scene.paragraph.start(token))[:_NEAR]
    found: list[Filler] = []
    for mention in near:
        actor = scene.cast.actors[mention.actor_id]
        if actor.kind in {"country", "media"} or not _agrees(actor, plural=plural, feminine=feminine):
            continue
        if actor.kind == "person":
            return [(mention.actor_id, None, token)]
        found.append((mention.actor_id, None, token))
    return found[:1]


def _agrees(actor: Actor, *, plural: bool, feminine: bool) -> bool:
    number = False if actor.kind == "person" else actor.plural
    if number is None and plural:
        # What is not known to be many is no `ils`, unless it is people.
        number = actor.kind in _MANY
    if number is not None and number != plural:
        return False
    return actor.gender is None or (actor.gender == "f") == feminine


def _announced(token: Token, scene: Scene, *, plural: bool, feminine: bool) -> list[Filler]:
    """Return the subject that a pronoun in a leading clause announces (Si elle part, l’armée …)."""
    for other in token.doc[token.i + 1 : token.sent.end]:
        if other.dep_.startswith("nsubj") and other.pos_ in NOUNS:
            mention = scene.cast.covering(scene.paragraph.start(other))
            if mention is not None and _agrees(scene.cast.actors[mention.actor_id], plural=plural, feminine=feminine):
                return [(mention.actor_id, None, token)]
    return []


def clitic_object(verb: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of an object pronoun before the verb: by number and the participle's gender, the nearest person."""
    clitic = next((c for c in verb.children if c.pos_ == "PRON" and lower(c) in _CLITIC_OBJECTS and c.i < verb.i), None)
    if clitic is None:
        return []
    position = scene.paragraph.start(clitic)
    mention = scene.cast.covering(position)
    if mention is not None:
        return [(mention.actor_id, mention, clitic)]
    plural = lower(clitic) == "les"
    feminine = lower(clitic) == "la" or lower(verb).endswith(_FEMININE_PARTICIPLES)
    subjects = {f[0] for head in scene.subjects(verb) for f in named_actor(head, scene) or antecedent(head, scene)}
    found: list[Mention] = []
    for other in scene.cast.before(position)[:_NEAR]:
        actor = scene.cast.actors[other.actor_id]
        beside = other.start >= scene.paragraph.start(verb.sent[0])
        if beside and plural and actor.kind in _BODIES:
            named = scene.paragraph.token_at(other.head)
            fits = named is not None and "Number=Plur" in str(named.morph)
        else:
            group = plural and actor.kind == "group" and actor.plural is True
            able = actor.kind == "person" or group or (beside and actor.kind in _BODIES)
            fits = able and _agrees(actor, plural=plural, feminine=feminine)
        if fits and other.actor_id not in subjects:
            found.append(other)
    # Whom the text speaks of is a subject; who is only named beside is not called by a pronoun.
    topic = next((other for other in found if _is_subject(other, scene)), found[0] if found else None)
    return [(topic.actor_id, None, clitic)] if topic is not None else []


def _is_subject(mention: Mention, scene: Scene) -> bool:
    """Whether the mention is a subject, as far as its paragraph is at hand."""
    token = scene.paragraph.token_at(mention.head)
    return token is not None and token.dep_.startswith("nsubj")


def dative(verb: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of `lui` or `leur` before the verb: the nearest actor of the number that is not its subject."""
    clitic = next((c for c in verb.children if lower(c) in {"lui", "leur"} and c.i < verb.i and c.pos_ == "PRON"), None)
    if clitic is None:
        return []
    subjects = {f[0] for head in scene.subjects(verb) for f in named_actor(head, scene) or antecedent(head, scene)}
    plural = lower(clitic) == "leur"
    for other in scene.cast.before(scene.paragraph.start(clitic))[:_NEAR]:
        actor = scene.cast.actors[other.actor_id]
        number = False if actor.kind == "person" else actor.plural
        able = actor.kind == "person" or (plural and actor.kind in _BODIES)
        if able and other.actor_id not in subjects and number in {None, plural}:
            return [(other.actor_id, None, clitic)]
    return []
