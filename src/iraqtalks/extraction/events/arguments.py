"""Who took part: the roles of an event's pattern, filled with actors of the article."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from iraqtalks.extraction.events.clauses import (
    RELATIVES,
    clause_head,
    helpers_before,
    is_finite_clause,
    is_passive,
    is_present_participle,
)
from iraqtalks.extraction.events.complements import Phrase
from iraqtalks.extraction.events.deals import country_of_deal
from iraqtalks.extraction.events.naming import named_actor
from iraqtalks.extraction.events.origin import adjectives_of
from iraqtalks.extraction.events.pronouns import clitic_object, dative
from iraqtalks.extraction.events.reference import (
    ITSELF,
    KNOWN,
    WIDELY,
    Looking,
    after,
    owners,
    participle_after,
    resolve,
)
from iraqtalks.extraction.events.scene import Filler, Scene
from iraqtalks.extraction.events.triggers import Trigger
from iraqtalks.extraction.model import Mention, Participant
from iraqtalks.extraction.phrases import NOUNS, POSSESSIVES, is_finite, lower
from iraqtalks.extraction.tokens import Token

_DECIDING_REACH: Final = 14
"""How many tokens before an infinitive the noun may stand that it goes with."""
_CONTENT_REACH: Final = 16
"""How many tokens after a trigger its content may begin."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The participants of an event and the tokens that the roles were filled from."""

    participants: tuple[Participant, ...]
    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]

    @property
    def roles(self) -> frozenset[str]:
        """The roles that are filled."""
        return frozenset(p.role for p in self.participants)

    def ids(self, role: str) -> frozenset[str]:
        """Return the ids of the actors in a role."""
        return frozenset(p.actor_id for p in self.participants if p.role == role)


def find_arguments(trigger: Trigger, scene: Scene) -> Arguments:
    """Return the participants of the event by its pattern's roles. A role that nothing fills stays empty."""
    roles = trigger.pattern.noun_roles if trigger.nominal else trigger.pattern.verb_roles
    phrases = _phrases(trigger, scene)
    filled: dict[str, list[Filler]] = {}
    for role, slots in roles.items():
        if "parties" in filled:
            break
        taken = {actor_id for fillers in filled.values() for actor_id, _, _ in fillers}
        for slot in slots:
            found = _each(_fill(slot, trigger, phrases, scene), scene)
            fillers = [filler for filler in found if filler[0] not in taken]
            if fillers:
                filled[role] = fillers
                break
    if trigger.pattern.mutual == "pair":
        _split_party(filled, scene)
    tokens = tuple(token for fillers in filled.values() for _, _, token in fillers)
    return Arguments(_participants(filled, trigger.pattern.mutual), tokens, tuple(phrases))


def _each(fillers: Sequence[Filler], scene: Scene) -> list[Filler]:
    """Return the fillers with the members in place of actors that act together (Washington et Israël)."""
    return [
        (actor_id, _own_words(mention, actor_id, scene), token)
        for filler, mention, token in fillers
        for actor_id in scene.cast.actors[filler].members or (filler,)
    ]


def _own_words(mention: Mention | None, actor_id: str, scene: Scene) -> Mention | None:
    """Return the mention, or the actor's own inside one that names several together; None where it has none there."""
    if mention is None or mention.actor_id == actor_id:
        return mention
    inside = (own for own in scene.cast.mentions if mention.start <= own.start and own.end <= mention.end)
    return next((own for own in inside if own.actor_id == actor_id), None)


def _split_party(filled: dict[str, list[Filler]], scene: Scene) -> None:
    """Make two parties of one that two adjectives tell apart (des responsables américains et irakiens se sont rencontrés)."""
    fillers = [filler for role in filled.values() for filler in role]
    if len(fillers) != 1 or "target" in filled:
        return
    sides = adjectives_of(fillers[0][2], scene)
    if len(sides) == 2:
        filled.clear()
        filled["parties"] = sides


def _phrases(trigger: Trigger, scene: Scene) -> list[Phrase]:
    """Return the complements of a trigger.

    Of a verb with further words (mettre X en garde) those between and those after; of a noun also those of a support
    verb's participle (une attaque menée par X contre Y).
    """
    if trigger.nominal:
        own = [phrase for phrase in scene.phrases(trigger.token) if phrase.head not in trigger.extra]
        participle = participle_after(trigger.token)
        carried = participle is not None and scene.is_word(participle, "support_source")
        return own + (scene.phrases(participle) if participle is not None and carried else [])
    if not trigger.extra:
        return scene.phrases(trigger.token)
    last = max([trigger.token, *trigger.extra], key=lambda token: int(token.i))
    extra = {token.i for token in trigger.extra}
    if last.i == trigger.token.i:
        # A passive's thing stands before it with its own complements (les ponts *avec X* sont rompus).
        before = [p for token in trigger.extra for p in scene.phrases(token) if p.head.i < trigger.token.i]
        return before + scene.phrases(trigger.token)
    between = [p for p in scene.phrases(trigger.token) if p.head.i < last.i and p.head.i not in extra]
    return between + scene.phrases(last)


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
    """Return what stands in a slot: one of the places below, or after one of the prepositions that the slot names."""
    filler = _PLACES.get(slot)
    if filler is not None:
        return filler(trigger, phrases, scene)
    prepositions = tuple(slot.split("|"))
    found = after(prepositions, phrases, scene)
    if found or trigger.nominal:
        return found
    found = _relative(prepositions, trigger.token, scene)
    return dative(trigger.token, scene) if not found and "à" in prepositions else found


def _relative(prepositions: tuple[str, ...], verb: Token, scene: Scene) -> list[Filler]:
    """Return whom a relative pronoun after one of the prepositions stands for (*X*, avec qui Y s'est entretenu)."""
    if not verb.dep_.startswith("acl") or verb.head.i > verb.i:
        return []
    for pronoun in verb.children:
        if pronoun.i < verb.i and lower(pronoun) in RELATIVES and pronoun.i > 0:
            before = lower(pronoun.doc[pronoun.i - 1])
            if scene.language.prepositions.get(before) in prepositions:
                return resolve(verb.head, scene, WIDELY)
    return []


def _agent(trigger: Trigger, phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return who does what a verb says: its subject, a passive's agent, the speaker of the words that it introduces."""
    if is_passive(trigger.token):
        return _agent_of_passive(trigger.token, scene) or _chamber(trigger, phrases, scene)
    quote = scene.cue_quote(trigger.token)
    if quote is not None and quote.speaker_id in scene.cast.actors:
        named = scene.paragraph.token_at(quote.speaker.head) if quote.speaker is not None else None
        return [(quote.speaker_id, quote.speaker, named or trigger.token)]
    return _goes_on_with_cue(trigger.anchor, scene) or _acting(trigger.anchor, scene)


def _goes_on_with_cue(verb: Token, scene: Scene) -> list[Filler]:
    """Return who speaks by the verb that a present participle goes on with (« … », réclame *X*, *s'en prenant* à Y)."""
    if not is_present_participle(verb):
        return []
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - _DECIDING_REACH) : verb.i]):
        if is_finite(token):
            quote = scene.cue_quote(token)
            inverted = quote is not None and quote.start < scene.paragraph.start(token)
            if quote is None or not inverted or quote.speaker_id not in scene.cast.actors:
                return []
            return [(quote.speaker_id, None, verb)]
    return []


def _agent_of_passive(verb: Token, scene: Scene) -> list[Filler]:
    """Return who a passive says it is done by; a noun in between has an agent of its own (poursuivi pour violences *par* …)."""
    phrases = scene.phrases(verb)
    for index, phrase in enumerate(phrases):
        if phrase.preposition == "pour" and any(later.preposition == "par" for later in phrases[index:]):
            return after(("par",), phrases[:index], scene)
    return after(("par",), phrases, scene)


def _chamber(trigger: Trigger, phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the legislature in which something was passed or rejected (la loi a été rejetée *au Sénat*)."""
    if trigger.pattern.type not in {"REJECT", "SUPPORT", "REQUEST"}:
        return []
    found = after(("à", "dans"), phrases, scene, KNOWN)
    return [filler for filler in found if scene.cast.actors[filler[0]].kind == "legislature"]


def _acting(verb: Token, scene: Scene) -> list[Filler]:
    """Return the verb's subject as who acts: the actor itself; of forces and instruments, those whose they are."""
    heads = scene.subjects(verb)
    found = [
        filler
        for head in heads
        for filler in resolve(head, scene, WIDELY if scene.is_word(head, "instruments") else ITSELF)
    ]
    return found or _before_relative(verb, scene) or _deciding(verb, scene) or _voicing(verb, scene)


def _voicing(verb: Token, scene: Scene) -> list[Filler]:
    """Return who speaks by the verb that one without subject goes with (a-t-il ajouté, avant de *s'en prendre* à X)."""
    if is_finite_clause(verb) or any(is_finite(helper) for helper in helpers_before(verb)):
        return []
    quote = scene.cue_quote(clause_head(verb))
    if quote is None or quote.speaker_id not in scene.cast.actors:
        return []
    return [(quote.speaker_id, None, verb)]


def _deciding(verb: Token, scene: Scene) -> list[Filler]:
    """Return whose the noun is that an infinitive goes with (la décision des *Etats-Unis* de se retirer, leur refus de négocier)."""
    if "VerbForm=Inf" not in str(verb.morph):
        return []
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - _DECIDING_REACH) : verb.i]):
        if token.pos_ == "NOUN" and scene.is_word(token, "deciding"):
            return owners(token, scene)
        if is_finite(token):
            return []
    return []


def _before_relative(verb: Token, scene: Scene) -> list[Filler]:
    """Return the actor named right before the relative pronoun that is the verb's subject (l'attitude de *X*, qui a refusé …)."""
    pronoun = next((child for child in verb.children if lower(child) == "qui" and child.i < verb.i), None)
    if pronoun is None:
        return []
    before = [token for token in verb.doc[max(0, pronoun.i - 2) : pronoun.i] if not token.is_punct]
    mention = scene.cast.covering(scene.paragraph.start(before[-1])) if before else None
    return [(mention.actor_id, mention, before[-1])] if mention is not None else []


def _object(trigger: Trigger, phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return what a verb is done to, or whose it is (bombarder les positions de X)."""
    return _done_to(trigger, phrases, scene, WIDELY)


def _person(trigger: Trigger, phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return who a verb is done to, and not whose they are (arrêter des partisans de X)."""
    return _done_to(trigger, phrases, scene, ITSELF)


def _done_to(trigger: Trigger, phrases: Sequence[Phrase], scene: Scene, looking: Looking) -> list[Filler]:
    """Return the verb's object, its subject where it is passive, or a clitic's antecedent."""
    if scene.is_word(trigger.token, "selecting"):
        looking = replace(looking, selected=True)
    if is_passive(trigger.token):
        return [filler for head in scene.subjects(trigger.token) for filler in resolve(head, scene, looking)]
    clitic = clitic_object(trigger.token, scene)
    if clitic:
        return clitic
    found: list[Filler] = []
    for index, phrase in enumerate([phrase for phrase in phrases if phrase.preposition is None]):
        if index and not phrase.coordinated:
            break
        found.extend(resolve(phrase.head, scene, looking))
    return found


def _against(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the first “contre X” after the trigger in its sentence, in whatever clause."""
    for token in trigger.token.doc[trigger.token.i + 1 : trigger.token.sent.end]:
        if lower(token) == "contre":
            found = after(("contre",), scene.phrases(token), scene, Looking())
            if found:
                return found
    return []


def _owner(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return who a pattern's last word names, or whose it is (s'en prendre à la *presse*, geler les fonds *irakiens*)."""
    if not trigger.extra:
        return []
    thing = trigger.extra[-1]
    return resolve(thing, scene, ITSELF) or adjectives_of(thing, scene)


def _of(trigger: Trigger, phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the genitive of an event noun, right after it or after a place (l’assassinat à Bagdad *de X*)."""
    leading = next((p for p in phrases if p.preposition not in {"en", "à", "dans", "lors", "par"}), None)
    if leading is None or leading.preposition != "de":
        return []
    theirs = any(lower(child) in POSSESSIVES for child in leading.head.children)
    if theirs and not named_actor(leading.head, scene):
        # “le déploiement de leurs troupes”: theirs who are the clause's subject.
        heads = scene.subjects(clause_head(trigger.token))
        owning = [f for head in heads for f in resolve(head, scene, ITSELF) if head.i < trigger.token.i]
        if owning:
            return owning
    joined = [phrase for phrase in phrases[phrases.index(leading) + 1 :] if phrase.coordinated]
    return after(("de",), [leading, *joined], scene, ITSELF)


def _between(_trigger: Trigger, phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the parties named together (entre X et Y)."""
    return after(("entre",), phrases, scene, KNOWN)


def _support_source(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the subject of a support verb that makes it the agent (mener une attaque)."""
    return _supporting(trigger, "source", scene)


def _support_target(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the subject of a support verb that makes it the patient (subir une attaque)."""
    return _supporting(trigger, "target", scene)


def _supporting(trigger: Trigger, part: str, scene: Scene) -> list[Filler]:
    if trigger.support != part or trigger.anchor.i == trigger.token.i:
        return []
    if is_passive(trigger.anchor):
        return after(("par",), scene.phrases(trigger.anchor), scene)
    return _acting(trigger.anchor, scene)


def _adjective(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the countries of the adjectives of an event noun, or of what it is of (une frappe, la levée des sanctions *américaine*)."""
    words = (trigger.token, *(token for token in trigger.extra if token.pos_ in NOUNS))
    return next((found for word in words if (found := adjectives_of(word, scene))), [])


def _possessor(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the antecedent of a possessive (leur retrait): the subject of the clause that the noun stands in."""
    noun = trigger.token
    if not any(lower(child) in POSSESSIVES for child in noun.children if child.i < noun.i):
        return []
    for ancestor in (noun.head, noun.head.head):
        quote = scene.cue_quote(ancestor)
        # What somebody calls “his” in his own words is another's.
        if quote is not None and quote.speaker_id in scene.cast.actors and quote.kind != "direct":
            return [(quote.speaker_id, None, noun)]
        heads = scene.subjects(ancestor)
        # In an adjunct that opens the clause the possessive announces its subject (lors de *sa* visite, le ministre a …).
        placed = heads and (
            heads[0].i < noun.i or (noun.i < ancestor.i and noun.dep_ in {"obl:mod", "obl:arg", "advcl"})
        )
        if placed and noun.i not in {head.i for head in heads}:
            return [filler for head in heads for filler in resolve(head, scene, Looking())]
    return []


def _attender(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return who takes part in talks that the clause only mentions (lors d'un entretien avec Y, *X* a dit): the clause's subject.

    Who is interviewed holds no talks.
    """
    noun = trigger.token
    index = noun.i - 1
    while index > noun.sent.start and noun.doc[index].pos_ in {"DET", "ADJ", "ADP", "NUM"}:
        if lower(noun.doc[index]) in scene.language.words["adjunct_openings"]:
            break
        index -= 1
    if lower(noun.doc[index]) not in scene.language.words["adjunct_openings"]:
        return []
    phrases = scene.phrases(noun)
    others = after(("avec",), phrases, scene)
    media = scene.language.groups["media_words"]
    interview = any(str(phrase.head.lemma_).lower() in media for phrase in phrases)
    if interview or not others or any(scene.cast.actors[other].kind == "media" for other, _, _ in others):
        return []
    return [filler for head in scene.subjects(clause_head(noun)) for filler in resolve(head, scene, ITSELF)]


def _visitor(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return who is on a visit (*X*, en visite à Y; en visite à Y, *X* a dit): the noun that it follows, else the subject."""
    noun = trigger.token
    if noun.i == 0 or lower(noun.doc[noun.i - 1]) != "en":
        return []
    found: list[Filler] = []
    if noun.head.i < noun.i and noun.head.pos_ in NOUNS:
        found = resolve(noun.head, scene, ITSELF)
    if not found:
        found = [filler for head in scene.subjects(clause_head(noun)) for filler in resolve(head, scene, ITSELF)]
    return found or _person_before(noun, scene)


def _person_before(noun: Token, scene: Scene) -> list[Filler]:
    """Return the first person that the sentence names before the noun (*X*, ministre de Y, en déplacement à Z)."""
    for token in noun.doc[noun.sent.start : noun.i]:
        mention = scene.cast.covering(scene.paragraph.start(token))
        if mention is not None and scene.cast.actors[mention.actor_id].kind == "person":
            return [(mention.actor_id, mention, token)]
    return []


def _deal(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the country that the agreement is about which somebody leaves (sortir de l'accord sur le nucléaire *iranien*)."""
    for token in trigger.token.doc[trigger.token.i : min(trigger.token.i + _CONTENT_REACH, trigger.token.sent.end)]:
        if scene.language.groups["deals"] & {str(token.lemma_).lower(), lower(token)}:
            return country_of_deal(token, scene)
    return []


def _content(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the subject of a reported clause: whom a complaint or demand is about (déplore que le président ait …)."""
    opened = False
    for token in _following(trigger):
        if lower(token) in {"que", "qu'"}:
            opened = True
        elif opened and (token.pos_ in NOUNS or token.pos_ == "PRON"):
            return resolve(token, scene, Looking(owners=False, pronouns=False))
    return []


def _quoted(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return the subject of the words before the verb that introduces them (*X* a menti, a dénoncé Y)."""
    quote = scene.cue_quote(trigger.token)
    first = scene.paragraph.token_at(quote.start) if quote is not None else None
    if quote is None or first is None or first.i > trigger.token.i:
        return []
    inside = [head for head in scene.subjects(first.sent.root) if scene.paragraph.start(head) < quote.end]
    return [filler for head in inside for filler in resolve(head, scene, Looking(owners=False, pronouns=False))]


def _withdrawn(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return who is asked to leave: what the noun of withdrawal in the trigger's content is of (le retrait *des troupes*)."""
    words = scene.language.groups["withdrawal"]
    for token in _following(trigger):
        if token.pos_ == "NOUN" and str(token.lemma_).lower() in words:
            return after(("de",), scene.phrases(token), scene, Looking())
    return []


def _complement(trigger: Trigger, _phrases: Sequence[Phrase], scene: Scene) -> list[Filler]:
    """Return whom the infinitive that a trigger governs is done to (menacer de frapper *X*, refuser de négocier avec *X*)."""
    for token in _following(trigger):
        if token.pos_ == "VERB" and ("VerbForm=Inf" in str(token.morph) or _is_own_clause(token)):
            if scene.is_word(token, "own_means"):
                return []
            phrases = scene.phrases(token)
            direct = [phrase for phrase in phrases if phrase.preposition is None][:1]
            found = [filler for phrase in direct for filler in resolve(phrase.head, scene, Looking())]
            return found or after(("avec", "contre", "à"), phrases, scene, Looking())
        if token.pos_ == "VERB" and scene.is_word(token, "demanding"):
            # What a resolution demands of whom (adopter une résolution demandant à *X* de …).
            return after(("à",), scene.phrases(token), scene, Looking())
        if token.text == "," or (token.pos_ == "VERB" and not is_present_participle(token)):
            return []
    return []


def _is_own_clause(verb: Token) -> bool:
    """Whether a finite verb's subject is a pronoun, as in a clause that says what its speaker will do (qu'ils frapperaient …)."""
    return any(
        child.dep_.startswith("nsubj") and lower(child) in {"il", "elle", "ils", "elles"} for child in verb.children
    )


def _following(trigger: Trigger) -> Sequence[Token]:
    token = trigger.token
    return list(token.doc[token.i + 1 : min(token.sent.end, token.i + _CONTENT_REACH)])


_PLACES: Final[Mapping[str, Callable[[Trigger, Sequence[Phrase], Scene], list[Filler]]]] = MappingProxyType(
    {
        "subject": _agent,
        "object": _object,
        "person": _person,
        "of": _of,
        "owner": _owner,
        "between": _between,
        "support": _support_source,
        "support_target": _support_target,
        "adjective": _adjective,
        "possessive": _possessor,
        "content": _content,
        "quoted": _quoted,
        "visitor": _visitor,
        "attender": _attender,
        "withdrawn": _withdrawn,
        "complement": _complement,
        "against": _against,
        "deal": _deal,
    }
)
"""The slots that are no preposition."""
