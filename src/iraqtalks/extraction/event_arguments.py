"""Who took part: the fillers of an event's roles, as actors of the article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from iraqtalks.extraction.cast import Cast
from iraqtalks.extraction.event_clauses import (
    Phrase,
    is_passive,
    phrases_after,
    subject_tokens,
)
from iraqtalks.extraction.event_patterns import EventLanguage
from iraqtalks.extraction.event_triggers import Trigger
from iraqtalks.extraction.model import Actor, Mention, Paragraph, Participant, Quote
from iraqtalks.extraction.phrases import NOUNS, POSSESSIVES, lower
from iraqtalks.knowledge import Knowledge

_PRONOUNS: Final = frozenset({"il", "elle", "ils", "elles", "-il", "-elle", "-ils", "-elles", "lui", "eux"})
_MAX_DEPTH: Final = 3
_FORCES: Final = frozenset({"troupe", "force", "soldat", "militaire", "armée", "base", "convoi", "marine", "gi"})

Filler = tuple[str, Mention | None, Token]
"""An actor, the words that name it (None for an adjective), and the token by which it was found."""


@dataclass(frozen=True)
class Scene:
    """What the participants of one paragraph's events are looked up in."""

    paragraph: Paragraph
    cast: Cast
    knowledge: Knowledge
    language: EventLanguage
    quotes: Sequence[Quote]
    date_tokens: frozenset[int]
    mention_starts: frozenset[int]

    def phrases(self, token: Token) -> list[Phrase]:
        """Return the noun phrases after a token of the paragraph, in its clause."""
        return phrases_after(token, self.language, self.date_tokens, self.mention_starts)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The participants of an event and the tokens that the roles were filled from."""

    participants: tuple[Participant, ...]
    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]

    def ids(self, role: str) -> frozenset[str]:
        """Return the ids of the actors in a role."""
        return frozenset(p.actor_id for p in self.participants if p.role == role)


def find_arguments(trigger: Trigger, scene: Scene) -> Arguments:
    """Return the participants of the event by its pattern's roles. A role that nothing fills stays empty."""
    roles = trigger.pattern.noun_roles if trigger.nominal else trigger.pattern.verb_roles
    last = max([trigger.token, *trigger.extra], key=lambda token: int(token.i))
    phrases = scene.phrases(last if not trigger.nominal else trigger.token)
    if last.i > trigger.token.i and not trigger.nominal:
        phrases = _between(trigger, scene) + phrases
    filled: dict[str, list[Filler]] = {}
    for role, slots in roles.items():
        taken = {actor_id for fillers in filled.values() for actor_id, _, _ in fillers}
        for slot in slots:
            fillers = [f for f in _fill(slot, trigger, phrases, scene) if f[0] not in taken]
            if fillers:
                filled[role] = fillers
                break
    participants = _participants(filled, trigger.pattern.mutual)
    tokens = tuple(token for fillers in filled.values() for _, _, token in fillers)
    return Arguments(participants, tokens, tuple(phrases))


def _between(trigger: Trigger, scene: Scene) -> list[Phrase]:
    """Return the phrases between a verb and the last word of its sequence (mettre *les Etats-Unis* en garde)."""
    last = max(token.i for token in trigger.extra)
    extra = {token.i for token in trigger.extra}
    return [p for p in scene.phrases(trigger.token) if p.head.i < last and p.head.i not in extra]


def _participants(filled: dict[str, list[Filler]], mutual: str | None) -> tuple[Participant, ...]:
    found: dict[str, Participant] = {}
    for role, fillers in filled.items():
        for number, (actor_id, mention, _) in enumerate(fillers):
            found.setdefault(actor_id, Participant(actor_id, _role(role, number, len(fillers), mutual), mention))
    return tuple(found.values())


def _role(role: str, number: int, count: int, mutual: str | None) -> str:
    """Return the role of one of several fillers: parties that meet are source and target, parties that agree all sources."""
    if mutual == "joint":
        return "source" if role in {"parties", "source", "target"} else role
    if mutual == "pair" and (role == "parties" or (role == "source" and count > 1)):
        return "source" if number == 0 else "target"
    return role


def _fill(slot: str, trigger: Trigger, phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    if slot in {"subject", "patient"}:
        return _subject(slot, trigger, scene)
    if slot in {"object", "person"}:
        return _object(trigger, phrases, scene, owners=slot == "object")
    if slot == "agent":
        return _after(("par",), phrases, scene, owners=False)
    if slot == "support":
        return _support_subject(trigger, "source", scene)
    if slot == "support_target":
        return _support_subject(trigger, "target", scene)
    if slot == "adjective":
        return _adjectives(trigger.token, scene)
    if slot == "possessive":
        return _possessor(trigger.token, scene)
    if slot == "content":
        return _content(trigger, scene)
    if slot == "withdrawn":
        return _withdrawn(trigger, scene)
    if slot == "between":
        return _after(("entre",), phrases, scene, owners=False)
    return _after(tuple(slot.split("|")), phrases, scene, owners=True)


def _subject(slot: str, trigger: Trigger, scene: Scene) -> list[Filler]:
    """Fill with the agent side of a verb (`subject`: active subject, passive agent) or its patient side (`patient`)."""
    quote = _cue_quote(trigger, scene)
    if slot == "subject" and quote is not None and quote.speaker_id is not None:
        token = trigger.token
        if quote.speaker is not None:
            token = scene.paragraph.token_at(quote.speaker.head) or trigger.token
        return [(quote.speaker_id, quote.speaker, token)]
    passive = is_passive(trigger.token)
    if slot == "subject" and passive:
        return _after(("par",), scene.phrases(trigger.token), scene, owners=True)
    heads = subject_tokens(trigger.anchor, scene.language, scene.date_tokens)
    return [filler for head in heads for filler in resolve(head, scene, describe=True)]


def _cue_quote(trigger: Trigger, scene: Scene) -> Quote | None:
    """Return the quote whose cue the trigger is."""
    position = scene.paragraph.start(trigger.token)
    for quote in scene.quotes:
        if quote.cue is not None and quote.cue[0] <= position < quote.cue[1]:
            return quote
    return None


def _object(trigger: Trigger, phrases: Sequence[Phrase], scene: Scene, *, owners: bool) -> list[Filler]:
    """Fill with what a verb is done to: its object, its subject where it is passive, or a clitic."""
    if is_passive(trigger.token):
        heads = subject_tokens(trigger.token, scene.language, scene.date_tokens)
        return [filler for head in heads for filler in resolve(head, scene, owners=owners, describe=True)]
    clitic = _clitic_object(trigger.token, scene)
    if clitic:
        return clitic
    direct = [p for p in phrases if p.preposition is None]
    found: list[Filler] = []
    for index, phrase in enumerate(direct):
        if index and not phrase.coordinated:
            break
        found.extend(resolve(phrase.head, scene, owners=owners, describe=True))
    return found


def _clitic_object(verb: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of an object pronoun before the verb (ils l’ont exhortée)."""
    for child in verb.children:
        if (
            child.pos_ == "PRON"
            and child.dep_ in {"obj", "iobj"}
            and lower(child) in {"l'", "le", "la", "les"}
            and child.i < verb.i
        ):
            mention = scene.cast.covering(scene.paragraph.start(child))
            return [(mention.actor_id, mention, child)] if mention is not None else []
    return []


def _after(prepositions: tuple[str, ...], phrases: Sequence[Phrase], scene: Scene, *, owners: bool) -> list[Filler]:
    """Fill with the first phrase after one of the prepositions, and those coordinated with it."""
    found: list[Filler] = []
    open_series = False
    for phrase in phrases:
        if phrase.preposition in prepositions and (not found or open_series and phrase.coordinated):
            found.extend(resolve(phrase.head, scene, owners=owners))
            open_series = True
        elif found and not phrase.coordinated and phrase.preposition != "de":
            break
    return found


def _support_subject(trigger: Trigger, part: str, scene: Scene) -> list[Filler]:
    if trigger.support != part or trigger.anchor.i == trigger.token.i:
        return []
    if is_passive(trigger.anchor):
        return _after(("par",), scene.phrases(trigger.anchor), scene, owners=True)
    heads = subject_tokens(trigger.anchor, scene.language, scene.date_tokens)
    return [filler for head in heads for filler in resolve(head, scene)]


def _adjectives(noun: Token, scene: Scene) -> list[Filler]:
    """Return the countries whose adjectives qualify an event noun (une frappe américaine); its forces, if it is military."""
    near = {child.i: child for child in noun.children if child.pos_ in {"ADJ", "NOUN"}}
    for index in range(noun.i + 1, min(noun.i + 3, len(noun.doc))):
        if noun.doc[index].pos_ == "ADJ":
            near.setdefault(index, noun.doc[index])
        else:
            break
    military = any(lower(token).startswith("militaire") for token in near.values()) or noun.lemma_.lower() in _FORCES
    return [
        filler
        for token in near.values()
        for part in lower(token).split("-")[:1]
        for filler in _country_filler(part, token, military, scene)
    ]


def _country_filler(word: str, token: Token, military: bool, scene: Scene) -> Iterator[Filler]:
    country = scene.knowledge.country_of(word)
    if country is None:
        return
    actor_id = (scene.knowledge.forces_of(country) if military else None) or scene.knowledge.country_actor(country)
    if actor_id is not None and actor_id in scene.knowledge.actors:
        yield scene.cast.known(actor_id).actor_id, None, token


def _possessor(noun: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of a possessive (leur retrait): the subject of the clause that the noun stands in."""
    if not any(lower(child) in POSSESSIVES for child in noun.children if child.i < noun.i):
        return []
    for ancestor in [noun.head, noun.head.head]:
        heads = subject_tokens(ancestor, scene.language, scene.date_tokens)
        if heads and heads[0].i < noun.i and noun.i not in {head.i for head in heads}:
            return [filler for head in heads for filler in resolve(head, scene)]
    return []


def _content(trigger: Trigger, scene: Scene) -> list[Filler]:
    """Return the subject of a reported clause: whom a complaint or demand is about (déplore que le président ait …)."""
    doc = trigger.token.doc
    opened = False
    for token in doc[trigger.token.i + 1 : min(trigger.token.sent.end, trigger.token.i + 16)]:
        if lower(token) in {"que", "qu'"}:
            opened = True
        elif opened and (token.pos_ in NOUNS or token.pos_ == "PRON"):
            return resolve(token, scene, pronouns=False)
    return []


def _withdrawn(trigger: Trigger, scene: Scene) -> list[Filler]:
    """Return who is asked to leave: what the noun of withdrawal in the trigger's content is of (le retrait *des troupes*)."""
    words = scene.language.groups["withdrawal"]
    doc = trigger.token.doc
    for token in doc[trigger.token.i + 1 : min(trigger.token.sent.end, trigger.token.i + 16)]:
        if token.pos_ == "NOUN" and str(token.lemma_).lower() in words:
            return _after(("de",), scene.phrases(token), scene, owners=True)
    return []


def resolve(
    head: Token, scene: Scene, *, owners: bool = True, pronouns: bool = True, describe: bool = False, depth: int = 0
) -> list[Filler]:
    """Return the actor that a noun phrase names; where it names none, those that it belongs to (des bases de l’armée).

    `owners`: whether genitives, adjectives of origin and agents of participles are looked at; `describe`: whether a noun
    for people that names no known actor makes one of this article.
    """
    position = scene.paragraph.start(head)
    mention = scene.cast.covering(position)
    if mention is not None:
        return [(mention.actor_id, mention, head)]
    if head.pos_ == "PRON" or lower(head) in _PRONOUNS:
        return _pronoun(head, scene) if pronouns else []
    named = _named(head, scene) or _apposed(head, scene)
    if named:
        return named
    owners = owners or str(head.lemma_).lower() in scene.language.words["belongings"]
    if describe and str(head.lemma_).lower() in scene.language.words["actor_nouns"]:
        made = scene.cast.describe(scene.paragraph, head, anonymous=False)
        return [(made.actor_id, made, head)]
    return _owners(head, scene, depth) if owners and depth < _MAX_DEPTH else []


def _named(head: Token, scene: Scene) -> list[Filler]:
    """Return the actor whose name stands in the noun phrase itself (le président iranien *Hassan Rohani*) or in apposition."""
    comma = False
    for token in head.doc[head.i + 1 : min(head.i + 10, head.sent.end)]:
        if token.pos_ in {"VERB", "AUX", "CCONJ", "SCONJ"} or (
            token.pos_ == "ADP" and not comma and _is_genitive(token) is False
        ):
            break
        if token.text == ",":
            if comma:
                break
            comma = True
            continue
        if comma and token.pos_ != "PROPN":
            break
        if token.pos_ == "PROPN":
            mention = scene.cast.covering(scene.paragraph.start(token))
            if mention is not None and _may_be_named(mention, head, scene, comma=comma):
                return [(mention.actor_id, mention, token)]
    return []


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


def _is_genitive(token: Token) -> bool:
    return lower(token) in {"de", "d'", "du", "des", "à"}


def _may_be_named(mention: Mention, head: Token, scene: Scene, *, comma: bool) -> bool:
    """Whether a name after a noun is the noun's own and not one in its genitive: no preposition stands between."""
    kind = scene.cast.actors[mention.actor_id].kind
    if comma or str(head.lemma_).lower() not in scene.language.words["actor_nouns"] | scene.language.words["class_nouns"]:
        return kind == "person"
    between = head.doc[head.i + 1 : head.i + 10]
    return not any(token.pos_ == "ADP" and scene.paragraph.start(token) < mention.start for token in between)


def _owners(head: Token, scene: Scene, depth: int) -> list[Filler]:
    """Return whom a thing belongs to: by an adjective of origin, a genitive, or the agent of a participle after it."""
    found = _adjectives(head, scene)
    if found:
        return found
    phrases = scene.phrases(head)
    for phrase in phrases:
        if phrase.preposition == "de" or phrase.coordinated:
            fillers = resolve(phrase.head, scene, pronouns=False, owners=depth == 0, depth=depth + 1)
            if fillers:
                return fillers
        else:
            break
    participle = _participle_after(head)
    return _after(("par",), scene.phrases(participle), scene, owners=True) if participle is not None else []


def _participle_after(head: Token) -> Token | None:
    """Return the past participle that follows the noun and its adjectives (des bases militaires *utilisées* par …)."""
    for token in head.doc[head.i + 1 : min(head.i + 4, head.sent.end)]:
        if "VerbForm=Part" in str(token.morph) and "Tense=Past" in str(token.morph):
            return token
        if token.pos_ != "ADJ":
            return None
    return None


def _pronoun(token: Token, scene: Scene) -> list[Filler]:
    """Return the antecedent of a subject pronoun: the nearest subject before it that agrees, if it is an actor."""
    if lower(token).lstrip("-") not in {"il", "elle", "ils", "elles"}:
        return []
    plural = lower(token).endswith("s")
    feminine = "elle" in lower(token)
    for subject in reversed([t for t in token.doc[: token.i] if t.dep_.startswith("nsubj") and t.pos_ in NOUNS]):
        if not _token_agrees(subject, plural=plural, feminine=feminine):
            continue
        found = resolve(subject, scene, owners=False, pronouns=False)
        if not found:
            return []
        if _agrees(scene.cast.actors[found[0][0]], plural=plural, feminine=feminine):
            return [(found[0][0], None, token)]
    return _from_before(token, scene, plural=plural, feminine=feminine) or _announced(
        token, scene, plural=plural, feminine=feminine
    )


def _token_agrees(noun: Token, *, plural: bool, feminine: bool) -> bool:
    number, sex = noun.morph.get("Number"), noun.morph.get("Gender")
    if number and (number[0] == "Plur") != plural:
        return False
    return not (sex and noun.pos_ == "NOUN") or (sex[0] == "Fem") == feminine


def _from_before(token: Token, scene: Scene, *, plural: bool, feminine: bool) -> list[Filler]:
    """Return the nearest agreeing actor before the paragraph, or before the pronoun in it, that can act: no mere place."""
    for mention in scene.cast.before(scene.paragraph.start(token))[:10]:
        actor = scene.cast.actors.get(mention.actor_id)
        if actor is None or actor.kind in {"country", "media"}:
            continue
        if _agrees(actor, plural=plural, feminine=feminine):
            return [(mention.actor_id, None, token)]
    return []


def _announced(token: Token, scene: Scene, *, plural: bool, feminine: bool) -> list[Filler]:
    """Return the subject that a pronoun in a leading clause announces (Si elle part, l’armée …), where nothing stands before it."""
    for other in token.doc[token.i + 1 : token.sent.end]:
        if other.dep_.startswith("nsubj") and other.pos_ in NOUNS:
            mention = scene.cast.covering(scene.paragraph.start(other))
            if mention is not None and _agrees(scene.cast.actors[mention.actor_id], plural=plural, feminine=feminine):
                return [(mention.actor_id, None, token)]
    return []


def _agrees(actor: Actor, *, plural: bool, feminine: bool) -> bool:
    if actor.plural is not None and actor.plural != plural:
        return False
    return actor.gender is None or (actor.gender == "f") == feminine


def is_political(actor: Actor | None) -> bool:
    """Whether an actor can make an event a political one: media and companies alone do not."""
    return actor is not None and actor.kind not in {"media", "company"}
