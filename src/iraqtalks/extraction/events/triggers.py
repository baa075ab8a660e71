"""Words that state an event: verbs, nouns, and nouns carried by a support verb."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iraqtalks.extraction.events.clauses import (
    RELATIVES,
    auxiliaries,
    helpers_before,
    is_finite_clause,
    is_passive,
    is_past_participle,
    is_present_participle,
    is_reflexive,
    may_agree,
)
from iraqtalks.extraction.events.complements import Ground, phrases_after
from iraqtalks.extraction.events.patterns import ANY, INFINITIVE, EventLanguage, Pattern, needed
from iraqtalks.extraction.events.subjects import subject_tokens
from iraqtalks.extraction.phrases import NOUNS, lower
from iraqtalks.extraction.tokens import Doc, Token, once_a_token

_CLOSE: Final = 2
_WINDOW: Final = 10
"""Within how many tokens after the one before a word of a sequence must stand (mettre … son veto), one marked `+` closer."""
_OBJECTS: Final = 2
"""How many direct phrases after a verb are read for its object: the first may be a date (a annoncé *mardi* l'envoi …)."""
_CONTENT: Final = 25
"""How many tokens of what follows a trigger are read as its content."""


_AFTER_VERB: Final = frozenset({"que", "qu'", "le", "les", "un", "des"})
"""What follows a verb that the tagger took for a noun."""
_AFTER_PARTICIPLE: Final = _AFTER_VERB | {
    "la",
    "l'",
    "une",
    "de",
    "d'",
    "à",
    "au",
    "aux",
    "ainsi",
    "sinon",
    "notamment",
}
_OPEN: Final = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV", "X"})
"""The parts of speech of triggers, or what the tagger takes them for."""
_BREAKS: Final = frozenset({".", ";", ":", "?", "!", "par", "qui", "que", "qu'", "dont", "où", "mais"})
"""What no sequence goes over: the end of a clause, an agent."""
_CONTRACTIONS: Final = {"de": ("d'", "du", "des"), "à": ("au", "aux")}
_CONTRACTED: Final = {form: word for word, forms in _CONTRACTIONS.items() for form in forms}
_WITH_PREPOSITION: Final = frozenset({"procéder", "participer", "bénéficier"})
"""Support verbs whose event noun stands after a preposition (procéder à des frappes)."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that states an event by `pattern`.

    `anchor` is the verb that carries it: itself for a verb, a support or occurrence verb for a noun, else the noun itself.
    `support` tells how a support verb's subject takes part: `source`, `target` or None.
    `extra`: the further words of the pattern's sequence.
    """

    pattern: Pattern
    token: Token
    anchor: Token
    nominal: bool
    support: str | None = None
    extra: tuple[Token, ...] = ()

    ongoing: bool = False
    """Whether the text says that it is still under way."""


def is_done_by_office(trigger: Trigger) -> bool:
    """Whether a finite passive clause tells what only authorities do: it need name nobody (deux suspects *ont été arrêtés*)."""
    verb = trigger.token
    return trigger.pattern.official and not trigger.nominal and is_passive(verb) and is_finite_clause(verb)


def find_triggers(doc: Doc, language: EventLanguage) -> Iterator[Trigger]:
    """Yield the event triggers of a parsed paragraph, in order; at most one a word."""
    for token in doc:
        if token.pos_ not in _OPEN:
            continue
        lemma = verb_lemma(token, language.verbs)
        if lemma is not None:
            trigger = _verb_trigger(token, lemma, language)
        elif token.pos_ in {"NOUN", "PROPN", "ADJ"}:
            trigger = _noun_trigger(token, language)
        else:
            trigger = None
        if trigger is not None:
            yield trigger


def verb_lemma(token: Token, verbs: Mapping[str, object]) -> str | None:
    """Return the infinitive when the token is one of the verbs, or None.

    Verbs that the tagger took for nouns or adjectives are recognized where no noun could stand
    (le gouvernement menace de …, un général visé par …).
    """
    lemma = str(token.lemma_).lower()
    if token.pos_ in {"VERB", "AUX"}:
        if lemma in verbs:
            return None if _stands_as_noun(token) else lemma
        return _regular_infinitive(lower(token), verbs)
    if lemma in verbs and any(child.lemma_ == "avoir" and child.dep_.startswith("aux") for child in token.children):
        return lemma
    if token.pos_ in {"NOUN", "PROPN", "ADJ"}:
        infinitive = _regular_infinitive(lower(token), verbs)
        if infinitive is not None and _stands_as_verb(token):
            return infinitive
    return None


def _is_bare_adjective(participle: Token) -> bool:
    """Whether a participle only describes its noun (le Premier ministre *désigné* a annoncé …)."""
    if not is_past_participle(participle) or helpers_before(participle) or participle.i + 1 >= len(participle.doc):
        return False
    following = participle.doc[participle.i + 1]
    return participle.head.i < participle.i and (following.pos_ in {"VERB", "AUX", "CCONJ"} or following.is_punct)


def _stands_as_noun(participle: Token) -> bool:
    """Whether a participle is a noun by what stands before it (la *remise* en cause, seule *élue*)."""
    if participle.i == 0 or not is_past_participle(participle):
        return False
    previous = participle.doc[participle.i - 1]
    if previous.pos_ == "DET":
        return True
    return not helpers_before(participle) and lower(previous) in {"de", "seul", "seule", "seuls", "seules"}


def _regular_infinitive(word: str, verbs: Mapping[str, object]) -> str | None:
    for ending in ("ées", "ée", "és", "é", "ent", "e", "aient", "ait", "a", "èrent", "ant"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if ending.startswith("a"):
                # Before an a the stem keeps its sound by its spelling (menaçant, exigeait).
                stem = stem[:-1] + "c" if stem.endswith("ç") else stem.removesuffix("e")
            if stem + "er" in verbs:
                return stem + "er"
    return None


def _stands_as_verb(token: Token) -> bool:
    doc = token.doc
    word = lower(token)
    following = lower(doc[token.i + 1]) if token.i + 1 < len(doc) else ""
    if word.endswith(("é", "ée", "és", "ées")):
        opens = token.i == token.sent.start and token.i + 1 < len(doc) and doc[token.i + 1].pos_ in {"ADP", "ADV"}
        shares = token.dep_ == "conj" and is_past_participle(token.head) and bool(helpers_before(token.head))
        return opens or shares or following == "par" or any(child.pos_ == "AUX" for child in token.children)
    previous = doc[token.i - 1] if token.i else None
    if is_present_participle(token) and previous is not None and (lower(previous) == "en" or previous.text == ","):
        return following in _AFTER_PARTICIPLE
    if previous is None or previous.pos_ not in {"NOUN", "PROPN", "ADJ", "PRON"}:
        return False
    if any(
        lower(other) in {"une", "la", "toute", "cette", "sa", "leur"} for other in doc[max(0, token.i - 3) : token.i]
    ):
        return False
    infinitive_follows = token.i + 2 < len(doc) and "VerbForm=Inf" in str(doc[token.i + 2].morph)
    return (following in {"de", "d'", "à"} and infinitive_follows) or following in _AFTER_VERB


def _verb_trigger(token: Token, lemma: str, language: EventLanguage) -> Trigger | None:
    # A passive's thing stands before it.
    near = words_near(token, before=is_past_participle(token))
    if language.phrasal[lemma].isdisjoint(near):
        # No word that a pattern of the verb needs stands anywhere near, which rules most verbs out.
        return None
    passive = is_passive(token)
    for sequence, pattern in language.verbs[lemma]:
        if needed(sequence[1:]) not in near:
            continue
        extra = _verb_sequence(token, sequence[1:], passive=passive)
        if extra is None or (pattern.reflexive is not None and pattern.reflexive != is_reflexive(token)):
            continue
        if pattern.voice is not None and (pattern.voice == "passive") != passive:
            continue
        if pattern.finite and not is_finite_clause(token):
            continue
        if pattern.complemented and _is_bare_adjective(token):
            continue
        if pattern.subject is not None and not _subject_is(token, language.groups[pattern.subject], language):
            continue
        if _object_fits(token, extra, pattern, language) and _content_fits(token, pattern, language):
            return Trigger(pattern, token, token, nominal=False, extra=extra)
    return None


def _object_fits(verb: Token, extra: tuple[Token, ...], pattern: Pattern, language: EventLanguage) -> bool:
    """Whether the direct object, or a passive's subject, is of the groups that the pattern asks for, if it asks for any."""
    if not pattern.objects and not pattern.intransitive:
        return True
    ground = Ground(language)
    passive = is_passive(verb)
    if passive:
        heads = subject_tokens(verb, ground)
    elif extra and extra[-1].pos_ == "ADP":
        heads = [phrase.head for phrase in phrases_after(extra[-1], ground)[:_OBJECTS]]
    else:
        heads = _direct_objects(verb, ground)
    if pattern.intransitive:
        return not passive and all(head.dep_ == "obl:mod" for head in heads)
    words = frozenset[str]().union(*(language.groups[group] for group in pattern.objects))
    return any(lower(head) in words or str(head.lemma_).lower() in words for head in _counted(heads, language))


def _counted(heads: Sequence[Token], language: EventLanguage) -> list[Token]:
    """Return the heads, and what the quantities among them are of (des tonnes *d'armes*)."""
    quantities = [head for head in heads if str(head.lemma_).lower() in language.words["quantities"]]
    of = [phrase.head for head in quantities for phrase in phrases_after(head, Ground(language))[:1]]
    return [*heads, *of]


def _genitive_fits(noun: Token, pattern: Pattern, language: EventLanguage) -> bool:
    """Whether what the noun is of is of the groups that a verb's object must be of (la suspension *du projet*)."""
    if not pattern.objects:
        return True
    words = frozenset[str]().union(*(language.groups[group] for group in pattern.objects))
    heads = [p.head for p in phrases_after(noun, Ground(language))[:2] if p.preposition in {"de", "à"}]
    return any(lower(head) in words or str(head.lemma_).lower() in words for head in heads)


def _direct_objects(verb: Token, ground: Ground) -> list[Token]:
    return [phrase.head for phrase in phrases_after(verb, ground) if phrase.preposition is None][:_OBJECTS]


def sequence_after(token: Token, words: Sequence[str]) -> tuple[Token, ...] | None:
    """Return the tokens after `token` that bear the words (lemmas or forms), in order; None where one is missing."""
    if not words:
        return ()
    found: list[int] = []
    doc = token.doc
    forms = _forms(doc)
    position = token.i + 1
    for word in words:
        infinitive = word.endswith(INFINITIVE)
        reach = _CLOSE if word.startswith("+") or infinitive else _WINDOW
        wanted = word.removeprefix("+").removesuffix(INFINITIVE)
        match = None
        for index in range(position, min(position + reach, len(forms))):
            if forms[index][0] in _BREAKS and forms[index][0] != wanted:
                return None
            if _bears(forms[index], wanted) and not (infinitive and not _infinitive_follows(doc, index)):
                match = index
                break
        if match is None:
            return None
        found.append(match)
        position = match + 1
    return tuple(doc[index] for index in found)


def _infinitive_follows(doc: Doc, index: int) -> bool:
    """Whether an infinitive stands after the preposition, past clitics and negation (de *ne pas se retirer*)."""
    for token in doc[index + 1 : index + 6]:
        if "VerbForm=Inf" in str(token.morph):
            return True
        if token.pos_ not in {"PRON", "ADV", "AUX", "DET"}:
            return False
    return False


def _forms(doc: Doc) -> list[tuple[str, str]]:
    """Return form and lemma of the tokens in small letters, made once a document: sequences are tried at every verb."""
    cached: list[tuple[str, str]] | None = doc.user_data.get("forms")
    if cached is None:
        cached = [(lower(token), str(token.lemma_).lower()) for token in doc]
        doc.user_data["forms"] = cached
    return cached


def _subject_is(verb: Token, words: frozenset[str], language: EventLanguage) -> bool:
    return any(str(head.lemma_).lower() in words for head in subject_tokens(verb, Ground(language)))


def words_near(token: Token, *, before: bool = False) -> set[str]:
    """Return what the tokens within reach after one, or from its sentence's start on, may bear.

    Most sequences are ruled out by their first word.
    """
    start = token.sent.start if before else token.i + 1
    return {ANY}.union(*_bearings(token.doc)[start : token.i + 1 + _WINDOW])


def _bearings(doc: Doc) -> list[tuple[str, ...]]:
    """Return what each token may bear of a pattern's words, made once a document."""
    cached: list[tuple[str, ...]] | None = doc.user_data.get("bearings")
    if cached is None:
        cached = [(form, lemma, form.removesuffix("s"), _CONTRACTED.get(form, form)) for form, lemma in _forms(doc)]
        doc.user_data["bearings"] = cached
    return cached


def _verb_sequence(verb: Token, words: Sequence[str], *, passive: bool) -> tuple[Token, ...] | None:
    """Return the tokens of a verb's further words: after it, or as its subject where it is passive (un accord conclu)."""
    found = sequence_after(verb, words)
    if found is not None or not words or not passive:
        return found
    if len(words) > 1:
        return None
    for subject in [child for child in verb.children if child.dep_.startswith("nsubj")] + [verb.head]:
        near = [subject, *subject.children]
        match = next((t for t in near if _bears((lower(t), str(t.lemma_).lower()), words[0]) and t.i < verb.i), None)
        if match is not None:
            return (match,)
    return _modified_thing(verb, words[0])


def _modified_thing(participle: Token, word: str) -> tuple[Token, ...] | None:
    """Return the noun of the word that a participle modifies over what stands between (l'*accord* sur le nucléaire iranien *conclu* …)."""
    if helpers_before(participle):
        return None
    forms = _forms(participle.doc)
    for index in range(participle.i - 1, max(participle.sent.start, participle.i - _WINDOW) - 1, -1):
        token = participle.doc[index]
        if token.pos_ in {"VERB", "SCONJ"} or token.is_punct or lower(token) in RELATIVES:
            return None
        if token.pos_ in NOUNS and _bears(forms[index], word):
            return (token,) if may_agree(token, participle) else None
    return None


def _bears(form: tuple[str, str], word: str) -> bool:
    """Whether a form and its lemma bear the word of a pattern; a preposition also drawn together with an article.

    `=à` is the form alone; the article *des* is no *de*.
    """
    if word.startswith("="):
        return form[0] == word[1:]
    return word in form or form[0] == word + "s" or (form[0] in _CONTRACTIONS.get(word, ()) and form[1] != "un")


def _noun_trigger(token: Token, language: EventLanguage) -> Trigger | None:
    entries = _noun_entries(token, language)
    if not entries or (token.pos_ == "ADJ" and not _has_determiner(token)):
        return None
    near = words_near(token)
    for sequence, pattern in entries:
        if needed(sequence[1:]) not in near:
            continue
        extra = sequence_after(token, sequence[1:])
        if extra is None or not _genitive_fits(token, pattern, language) or not _content_fits(token, pattern, language):
            continue
        if pattern.determined and not _has_determiner(token):
            continue
        if pattern.plural_only and "Number=Plur" not in str(token.morph):
            continue
        anchor, support = _carrier(token, language)
        ongoing = anchor is not token and lower(anchor) in language.words["under_way"]
        return Trigger(pattern, token, anchor, nominal=True, support=support, extra=extra, ongoing=ongoing)
    return None


def _noun_entries(token: Token, language: EventLanguage) -> tuple[tuple[tuple[str, ...], Pattern], ...]:
    """Return the sequences that the noun may begin, by its form (what only the plural states) and by its lemma, the longer first."""
    form, lemma = lower(token), str(token.lemma_).lower()
    entries = language.nouns.get(form, ())
    if form == lemma or lemma not in language.nouns:
        return entries
    if not entries:
        return language.nouns[lemma]
    return tuple(sorted((*entries, *language.nouns[lemma]), key=lambda entry: -len(entry[0])))


def _has_determiner(token: Token) -> bool:
    return any(child.pos_ == "DET" and child.i < token.i for child in token.children)


def _carrier(noun: Token, language: EventLanguage) -> tuple[Token, str | None]:
    """Return the verb that carries an event noun, and the part that its subject takes; the noun itself where none does."""
    verb = _governing_verb(noun)
    if verb is None:
        return noun, None
    lemma = str(verb.lemma_).lower()
    words = language.words
    is_subject = noun.i < verb.i
    if is_subject:
        if _is_passive_support(verb, lemma, language):
            return verb, "source"
        if lemma in words["occurring"] or _is_under_way(verb, language):
            return verb, None
        return noun, None
    if lemma in words["support_source"]:
        return verb, "source"
    if lemma in words["support_target"]:
        return verb, "target"
    if lemma in words["occurring"] and lower(verb) not in {"mort"}:
        return verb, None
    return noun, None


def _is_passive_support(verb: Token, lemma: str, language: EventLanguage) -> bool:
    return lemma in language.words["support_source"] and any(
        lower(child) == "été" or child.dep_ == "aux:pass" for child in auxiliaries(verb)
    )


def _is_under_way(predicate: Token, language: EventLanguage) -> bool:
    return lower(predicate) in language.words["under_way"]


def _governing_verb(noun: Token) -> Token | None:
    """Return the verb that the noun is subject or object of: by attachment, else the verb right before its determiner."""
    if noun.dep_.startswith("nsubj") or noun.dep_ in {"obj", "obl:arg", "obl:mod"}:
        head = noun.head
        if noun.dep_.startswith("nsubj") or not _has_preposition(noun) or head.lemma_ in _WITH_PREPOSITION:
            return head
    if _has_preposition(noun):
        return None
    for index in range(noun.i - 1, max(-1, noun.i - 7), -1):
        token = noun.doc[index]
        if token.pos_ == "VERB":
            return token
        if token.pos_ not in {"DET", "ADJ", "ADV", "NUM"} and not _is_time_word(token):
            return None
    return None


def _is_time_word(token: Token) -> bool:
    return token.pos_ in NOUNS and token.dep_ == "obl:mod"


def _has_preposition(noun: Token) -> bool:
    return any(child.dep_ == "case" and child.i < noun.i for child in noun.children)


def _content_fits(token: Token, pattern: Pattern, language: EventLanguage) -> bool:
    if not pattern.when and not pattern.unless:
        return True
    if pattern.when and not any(content_has(token, group, language) for group in pattern.when):
        return False
    return not any(content_has(token, group, language) for group in pattern.unless)


def content_has(token: Token, group: str, language: EventLanguage) -> bool:
    """Whether a word of the group stands in what the token governs: after it in its sentence, or as its subject when passive."""
    return not language.groups[group].isdisjoint(_content_words(token))


@once_a_token
def _content_words(token: Token) -> frozenset[str]:
    """Return forms and lemmas of what a trigger governs: many groups are looked for in it."""
    forms = _forms(token.doc)
    return frozenset(word for other in content_tokens(token) for word in forms[other.i])


def content_tokens(token: Token) -> list[Token]:
    """Return the tokens of what a trigger governs: what follows it in its sentence, and its grammatical subject if passive."""
    doc = token.doc
    after = []
    for other in doc[token.i + 1 : min(token.i + 1 + _CONTENT, token.sent.end)]:
        if other.text in {";", ":"}:
            break
        after.append(other)
    subject = [
        other
        for child in token.children
        if child.dep_ == "nsubj:pass" and child.i < token.i
        for other in [child, *child.children]
    ]
    if token.pos_ in {"VERB", "ADJ"} and token.dep_ == "acl" and token.head.pos_ in NOUNS:
        subject.append(token.head)
    return after + subject + _quoted_before(token)


def _quoted_before(verb: Token) -> list[Token]:
    """Return the words before a verb that follows what it introduces (S’ils restent, nous frapperons, a prévenu X)."""
    first = min([verb.i, *(helper.i for helper in helpers_before(verb))])
    if (
        verb.pos_ not in {"VERB", "AUX"}
        or first == 0
        or not verb.doc[first - 1].is_punct
        or first - verb.sent.start < 4
    ):
        return []
    return list(verb.doc[max(verb.sent.start, first - _CONTENT) : first])
