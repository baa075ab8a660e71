"""What a pronoun in an event's clause stands for."""

from collections.abc import Collection
from typing import Final

from iraqtalks.extraction.events.clauses import clause_head, is_past_participle, is_present_participle
from iraqtalks.extraction.events.naming import named_actor
from iraqtalks.extraction.events.scene import Filler, Scene
from iraqtalks.extraction.model import Mention
from iraqtalks.extraction.phrases import NOUNS, lower
from iraqtalks.extraction.quotes.antecedents import Antecedents, agrees
from iraqtalks.extraction.tokens import Token

_PERSONAL: Final = frozenset({"il", "elle", "ils", "elles"})
_CLITIC_OBJECTS: Final = frozenset({"l'", "le", "la", "les"})
_DATIVES: Final = frozenset({"lui", "leur"})
_FEMININE_PARTICIPLES: Final = ("ée", "ées", "ie", "ise", "ue")
_NEAR: Final = 10
"""How many mentions back an antecedent may stand."""


def antecedent(token: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of a personal pronoun: the nearest subject before it that agrees, if it is an actor."""
    word = lower(token).lstrip("-")
    if word not in _PERSONAL or _is_impersonal(token):
        return []
    plural, gender = word.endswith("s"), "f" if word.startswith("elle") else "m"
    dates = scene.ground.skip
    for subject in reversed([t for t in token.doc[: token.i] if t.dep_.startswith("nsubj") and t.pos_ in NOUNS]):
        if subject.i in dates or not _noun_agrees(subject, gender, plural=plural):
            continue
        found = named_actor(subject, scene)
        if not found:
            return []
        if agrees(scene.cast.actors[found[0][0]], gender, token.lang_, plural=plural):
            return [(found[0][0], None, token)]
    # “ils” stands for mixed company too.
    spoken_of = None if plural and gender == "m" else gender
    return _most_in_mind(token, spoken_of, scene, plural=plural) or _announced(token, gender, scene, plural=plural)


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


def _noun_agrees(noun: Token, gender: str, *, plural: bool) -> bool:
    number, own = noun.morph.get("Number", []), noun.morph.get("Gender", [])
    if number and (number[0] == "Plur") != plural:
        return False
    return not (own and noun.pos_ == "NOUN") or (own[0] == "Fem") == (gender == "f")


def _most_in_mind(
    pronoun: Token, gender: str | None, scene: Scene, *, plural: bool, besides: Collection[str] = ()
) -> list[Filler]:
    """Return the actor that is most in mind at the pronoun, the speaker of the quote before among them; none of `besides`."""
    position = scene.paragraph.start(pronoun)
    who = Antecedents.before(position, scene.cast, scene.quotes, pronoun.lang_)
    found = who.best(position, gender, plural=plural, besides=besides)
    return [] if found is None else [(found, None, pronoun)]


def _announced(token: Token, gender: str, scene: Scene, *, plural: bool) -> list[Filler]:
    """Return the subject that a pronoun in a leading clause announces (Si elle part, l’armée …)."""
    for other in token.doc[token.i + 1 : token.sent.end]:
        if other.dep_.startswith("nsubj") and other.pos_ in NOUNS:
            mention = scene.cast.covering(scene.paragraph.start(other))
            if mention is not None and agrees(scene.cast.actors[mention.actor_id], gender, token.lang_, plural=plural):
                return [(mention.actor_id, None, token)]
    return []


def clitic_object(verb: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of an object pronoun before the verb: whoever is most in mind, agrees and is not its subject."""
    clitic = _clitic(verb, _CLITIC_OBJECTS)
    if clitic is None:
        return []
    mention = scene.cast.covering(scene.paragraph.start(clitic))
    if mention is not None:
        return [(mention.actor_id, mention, clitic)]
    plural, gender = lower(clitic) == "les", _gender_of_object(clitic, verb)
    subjects = _subjects(verb, scene)
    if is_present_participle(verb):
        # What goes with the clause before speaks of whom that one named (X a attaqué *Y* en l'accusant …).
        beside = _beside(clitic, gender, scene, subjects, plural=plural)
        if beside is not None:
            return [(beside.actor_id, None, clitic)]
    return _most_in_mind(clitic, gender, scene, plural=plural, besides=subjects)


def dative(verb: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of `lui` or `leur` before the verb: whoever is most in mind, of the number and not its subject."""
    clitic = _clitic(verb, _DATIVES)
    if clitic is None:
        return []
    return _most_in_mind(clitic, None, scene, plural=lower(clitic) == "leur", besides=_subjects(verb, scene))


def _clitic(verb: Token, forms: frozenset[str]) -> Token | None:
    """Return the verb's clitic of one of the forms; the tagger may take one for an article (en *l'*accusant)."""
    return next((c for c in verb.children if lower(c) in forms and c.i < verb.i and _is_clitic(c)), None)


def _is_clitic(word: Token) -> bool:
    return word.pos_ == "PRON" or (word.pos_ == "DET" and word.nbor(1).pos_ in {"VERB", "AUX"})


def _gender_of_object(clitic: Token, verb: Token) -> str | None:
    """Return the gender that the clitic or the participle after it shows; None where neither does (l'accuse, les accuse)."""
    if lower(clitic) == "la" or lower(verb).endswith(_FEMININE_PARTICIPLES):
        return "f"
    return "m" if lower(clitic) == "le" or (lower(clitic) == "l'" and is_past_participle(verb)) else None


def _subjects(verb: Token, scene: Scene) -> set[str]:
    """Return whom the verb's subject names; a participle's is that of its clause."""
    heads = scene.subjects(verb) or scene.subjects(clause_head(verb))
    return {f[0] for head in heads for f in named_actor(head, scene) or antecedent(head, scene)}


def _beside(
    clitic: Token, gender: str | None, scene: Scene, subjects: Collection[str], *, plural: bool
) -> Mention | None:
    """Return the nearest mention before the clitic in its sentence that agrees and is none of the subjects."""
    start = scene.paragraph.start(clitic.sent[0])
    for mention in scene.cast.before(scene.paragraph.start(clitic)):
        if mention.start < start:
            return None
        token = scene.paragraph.token_at(mention.head)
        many = token is not None and plural and "Number=Plur" in str(token.morph)
        fits = many or agrees(scene.cast.actors[mention.actor_id], gender, clitic.lang_, plural=plural)
        if fits and mention.actor_id not in subjects:
            return mention
    return None
