"""The clause around a trigger: its subject, what follows it, what governs it.

Attachment is trusted for subjects before the verb; what follows a trigger is read off word order, up to the next clause.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from iraqtalks.extraction.event_patterns import EventLanguage
from iraqtalks.extraction.phrases import NOUNS, is_finite, is_participle, lower

CLAUSE_DEPS: Final = frozenset({"ROOT", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "xcomp", "csubj", "dep"})
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_CLITICS: Final = frozenset({"se", "s'", "y", "en", "l'", "le", "la", "les", "me", "m'", "te", "nous", "lui", "leur"})
_RELATIVES: Final = frozenset({"qui", "que", "qu'", "dont", "où", "lequel", "laquelle", "lesquels", "lesquelles"})
_STOPS: Final = frozenset({":", ";", ".", "?", "!", "»"})
# Verbs whose perfect is formed with être: their participle is no passive.
_BEING: Final = frozenset({
    "aller", "arriver", "décéder", "descendre", "devenir", "entrer", "intervenir", "monter", "mourir", "naître", "partir", "parvenir",
    "rentrer", "repartir", "rester", "retourner", "revenir", "sortir", "survenir", "tomber", "venir",
})  # fmt: skip
MAX_CLIMB: Final = 12
"""No chain of heads in real text is longer; a bound keeps odd parses cheap."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase after a trigger: its head and its preposition (None for a direct complement).

    `depth` counts the noun phrases between it and the trigger in a chain of genitives.
    """

    head: Token
    preposition: str | None
    coordinated: bool = False


def is_verb(token: Token) -> bool:
    """Whether the token is a verb other than an auxiliary."""
    return bool(token.pos_ == "VERB") or (token.pos_ == "AUX" and not token.dep_.startswith(("aux", "cop")))


def is_clause_head(token: Token) -> bool:
    """Whether the token heads a clause: a verb, or a predicate with a copula."""
    return is_verb(token) or any(child.dep_ == "cop" for child in token.children)


def clause_head(token: Token) -> Token:
    """Return the nearest verb or predicate that `token` depends on; the sentence's root where there is none."""
    current = token
    for _ in range(MAX_CLIMB):
        if current.head.i == current.i:
            return current
        current = current.head
        if is_clause_head(current):
            return current
    return current


def ancestors(token: Token) -> Iterator[Token]:
    """Yield the heads of the token, nearest first."""
    current = token
    for _ in range(MAX_CLIMB):
        if current.head.i == current.i:
            return
        current = current.head
        yield current


def auxiliaries(verb: Token) -> list[Token]:
    """Return the verb's auxiliaries, in the order of the text."""
    return [child for child in verb.children if child.dep_.startswith(("aux", "cop")) or child.pos_ == "AUX"]


def helpers_before(verb: Token) -> list[Token]:
    """Return the auxiliaries and reflexive pronouns right before a verb form, past adverbs and clitics."""
    found = []
    for index in range(verb.i - 1, max(-1, verb.i - 8), -1):
        token = verb.doc[index]
        word = lower(token)
        if token.pos_ == "AUX" or word == "été" or word in {"se", "s'"}:
            found.append(token)
        elif not (token.pos_ in {"ADV", "PRON"} or word in _CLITICS or word.startswith("-")):
            break
    return found


def is_passive(verb: Token) -> bool:
    """Whether the verb is a past participle that stands in the passive or alone as a modifier."""
    if not _is_past_participle(verb):
        return False
    helpers = helpers_before(verb) or auxiliaries(verb)
    if not helpers:
        if verb.dep_ == "conj" and _is_past_participle(verb.head):
            return is_passive(verb.head)
        return True
    words = {lower(helper) for helper in helpers}
    if "été" in words:
        return True
    if words & {"se", "s'"} or any(helper.lemma_ in {"avoir", "faire"} for helper in helpers):
        return False
    return any(helper.lemma_ == "être" for helper in helpers) and verb.lemma_ not in _BEING


def _is_past_participle(verb: Token) -> bool:
    return is_participle(verb) and "Tense=Past" in str(verb.morph)


def is_reflexive(verb: Token) -> bool:
    """Whether a reflexive pronoun stands right before the verb or its auxiliaries."""
    index = verb.i - 1
    while index >= 0 and index >= verb.i - 4:
        token = verb.doc[index]
        if lower(token) in {"se", "s'"}:
            return True
        if token.pos_ not in {"AUX", "ADV", "PRON"}:
            return False
        index -= 1
    return False


def coordinated(head: Token) -> list[Token]:
    """Return the noun and the nouns coordinated with it, in the order of the text."""
    found = [head]
    queue = [head]
    while queue and len(found) < MAX_CLIMB:
        current = queue.pop()
        for child in current.children:
            if child.dep_ == "conj" and child.pos_ in NOMINAL:
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda token: int(token.i))


def phrases_after(
    trigger: Token, language: EventLanguage, skip: frozenset[int], starts: frozenset[int]
) -> list[Phrase]:
    """Return the noun phrases that follow the trigger in its clause, in order.

    `skip`: tokens that are no argument (dates); `starts`: tokens at which a name or description of an actor begins, which
    always begin a phrase (“sur Twitter M. Untel”).
    """
    return list(_scan(trigger, language, skip, starts))


def _scan(trigger: Token, language: EventLanguage, skip: frozenset[int], starts: frozenset[int]) -> Iterator[Phrase]:
    doc = trigger.doc
    preposition: str | None = None
    open_phrase = False
    pending_conjunction = False
    index = trigger.i + 1
    last_preposition: str | None = None
    limit = min(len(doc), trigger.i + 60)
    while index < limit:
        token = doc[index]
        word = lower(token)
        if index in skip:
            index, preposition, open_phrase = index + 1, None, False
            continue
        if word in _STOPS or _begins_clause(token, trigger):
            return
        compound = _compound(doc, index, language)
        if compound is not None:
            preposition, length = compound
            index, open_phrase, pending_conjunction = index + length, False, False
            continue
        if word in language.targeting_participles:
            preposition, open_phrase, pending_conjunction = language.targeting_participles[word], False, False
        elif (
            word in language.prepositions
            and token.pos_ in {"ADP", "DET", "AUX", "NOUN", "ADV"}
            and not _is_article(token)
        ):
            preposition, open_phrase = language.prepositions[word], False
        elif token.pos_ == "CCONJ" or word == ",":
            if word == "," and not _series(doc, index):
                resumed = _after_apposition(doc, index)
                if resumed is None:
                    return
                index = resumed
                continue
            pending_conjunction, open_phrase = True, False
        elif _starts_phrase(token, open_phrase, index in starts):
            if pending_conjunction and preposition is None:
                preposition = last_preposition
            yield Phrase(token, preposition, pending_conjunction)
            last_preposition, preposition, open_phrase, pending_conjunction = preposition, None, True, False
        index += 1


def _is_article(token: Token) -> bool:
    return bool(token.pos_ == "DET") and lower(token) in {"des", "du"} and token.lemma_ == "un"


def _starts_phrase(token: Token, open_phrase: bool, known: bool) -> bool:
    if known:
        return True
    if token.pos_ not in NOMINAL or open_phrase:
        return False
    return not (token.pos_ == "PRON" and lower(token) in _CLITICS) and not (
        token.pos_ == "NUM" and token.head.i > token.i
    )


def _begins_clause(token: Token, trigger: Token) -> bool:
    """Whether a new clause begins here: a relative, a subordinator, a finite verb, an infinitive or a participle."""
    word = lower(token)
    if word in _RELATIVES:
        return True
    if token.pos_ == "SCONJ":
        return True
    if token.pos_ in {"VERB", "AUX"} and token.i != trigger.i:
        if token.head.i == trigger.i and token.dep_.startswith("aux"):
            return False
        return word not in {"visant", "ciblant", "impliquant", "touchant", "aux", "dits", "dites"}
    return False


def _compound(doc: Doc, index: int, language: EventLanguage) -> tuple[str, int] | None:
    for words, canonical in language.compound_prepositions:
        if all(
            index + offset < len(doc) and lower(doc[index + offset]) in _variants(word)
            for offset, word in enumerate(words)
        ):
            return canonical, len(words)
    return None


def _variants(word: str) -> frozenset[str]:
    if word == "de":
        return frozenset({"de", "d'", "du", "des"})
    if word == "à":
        return frozenset({"à", "a", "au", "aux"})
    return frozenset({word})


def _is_apposition(doc: Doc, comma: int) -> bool:
    """Whether a noun without article follows a name and a comma (Soleimani, commandant de …)."""
    before: Token = doc[comma - 1]
    follower: Token = doc[comma + 1]
    return before.pos_ == "PROPN" and follower.pos_ == "NOUN"


def _after_apposition(doc: Doc, comma: int) -> int | None:
    """Return where the sentence goes on with a conjunction after an apposition between commas (X, chef de Y, et Z), or None."""
    for index in range(comma + 1, min(len(doc) - 1, comma + 20)):
        token: Token = doc[index]
        if token.text == ",":
            return index + 1 if doc[index + 1].pos_ == "CCONJ" else None
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or lower(token) in _RELATIVES or token.text in _STOPS:
            return None
    return None


def _series(doc: Doc, comma: int) -> bool:
    """Whether the comma goes on with a series that a conjunction closes (Paris, Londres et Berlin)."""
    words = 0
    if comma + 1 < len(doc) and _is_apposition(doc, comma):
        return False
    for index in range(comma + 1, min(len(doc), comma + 14)):
        token: Token = doc[index]
        if token.pos_ == "CCONJ":
            return words > 0
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or lower(token) in _RELATIVES or token.text in _STOPS:
            return False
        words += 1
    return False


def subject_tokens(verb: Token, language: EventLanguage, skip: frozenset[int], depth: int = 0) -> list[Token]:
    """Return the heads of the verb's subject: its own, or that of the verb that it depends on or is coordinated with.

    For a passive this is the grammatical subject. A relative pronoun is replaced by its antecedent.
    """
    if depth > 5:
        return []
    own = _own_subject(verb, skip)
    if own is not None:
        antecedent = _antecedent(own, verb)
        return coordinated(antecedent) if antecedent is not None else []
    head = verb.head
    if is_participle(verb) and not helpers_before(verb):
        modified = _modified(verb)
        if modified is not None:
            return coordinated(modified)
    if head.i != verb.i and verb.dep_ in {"conj", "xcomp", "advcl", "dep", "acl"} and is_clause_head(head):
        if verb.dep_ == "xcomp" or _is_infinitive(verb):
            controlled = _controlled(verb, head, language, skip)
            if controlled:
                return controlled
        if verb.dep_ == "conj" or not is_finite(verb):
            return subject_tokens(head, language, skip, depth + 1)
    return _positional_subject(verb, skip, depth)


def _modified(participle: Token) -> Token | None:
    """Return the noun that a participle without auxiliary modifies: by attachment, else the phrase right before it."""
    head = participle.head
    if participle.dep_ in {"acl", "amod"} and head.i < participle.i and (head.pos_ in NOMINAL or _has_article(head)):
        return head
    return None


def _has_article(token: Token) -> bool:
    return any(child.pos_ == "DET" for child in token.children) or token.dep_ in {"nmod", "nsubj", "obj", "appos"}


def _is_infinitive(verb: Token) -> bool:
    return "VerbForm=Inf" in str(verb.morph)


def _own_subject(verb: Token, skip: frozenset[int]) -> Token | None:
    candidates = [
        child
        for child in verb.children
        if child.dep_.startswith(("nsubj", "expl:subj"))
        and child.i not in skip
        and not (lower(child) in {"il", "-t", "-il", "ce", "c'"} and child.dep_ == "expl:subj" and child.i < verb.i)
    ]
    before = [child for child in candidates if child.i < verb.i]
    return (before or candidates or [None])[-1]


def _antecedent(subject: Token, verb: Token) -> Token | None:
    """Return what a relative pronoun stands for; the subject itself where it is none.

    The nearest noun before it that agrees in number with the verb, the parser's choice first.
    """
    if lower(subject) not in {"qui", "lequel", "laquelle", "lesquels", "lesquelles"}:
        return subject
    number = _number(verb)
    if verb.dep_.startswith("acl") and verb.head.pos_ in NOMINAL and verb.head.i < subject.i and _agrees(verb.head, number):
        return verb.head
    for index in range(subject.i - 1, max(-1, subject.i - 18), -1):
        token = subject.doc[index]
        if token.pos_ in NOUNS and token.dep_ not in {"flat:name", "flat:foreign"} and _agrees(token, number):
            return token
        if is_finite(token):
            return None
    return None


def _number(verb: Token) -> str | None:
    """Return the number of a verb form, by its auxiliary where it has one."""
    for token in [*helpers_before(verb), verb]:
        number = token.morph.get("Number")
        if number and "VerbForm=Fin" in str(token.morph):
            return str(number[0])
    return None


def _agrees(noun: Token, number: str | None) -> bool:
    own = noun.morph.get("Number")
    if len(coordinated(noun)) > 1:
        return True
    return number is None or not own or own[0] == number


def _controlled(verb: Token, head: Token, language: EventLanguage, skip: frozenset[int]) -> list[Token]:
    """Return the object of a verb like `appeler`, which is what its infinitive's subject is."""
    if head.lemma_ not in language.words["object_control"]:
        return []
    for child in head.children:
        if (
            child.dep_ in {"obj", "iobj", "obl:arg"}
            and child.i not in skip
            and child.pos_ in NOMINAL
            and child.i < verb.i
        ):
            return coordinated(child)
    return []


def _positional_subject(verb: Token, skip: frozenset[int], depth: int) -> list[Token]:
    """Return the noun right before a finite verb, or the subject of the clause that a leading participle depends on."""
    if is_finite(verb) or any(is_finite(helper) for helper in auxiliaries(verb)):
        first = min([verb.i, *(helper.i for helper in auxiliaries(verb))])
        return _noun_before(verb, first, skip)
    if depth == 0 and "Tense=Pres" in str(verb.morph) and is_participle(verb):
        for token in verb.doc[verb.i + 1 : verb.i + 40]:
            if token.dep_.startswith("nsubj") and is_finite_clause(token.head) and token.i not in skip:
                return coordinated(token)
    return []


def is_finite_clause(verb: Token) -> bool:
    """Whether the verb or one of its auxiliaries is finite."""
    return is_finite(verb) or any(is_finite(helper) for helper in auxiliaries(verb))


def _noun_before(verb: Token, first: int, skip: frozenset[int]) -> list[Token]:
    for index in range(first - 1, max(-1, first - 12), -1):
        token = verb.doc[index]
        word = lower(token)
        if index in skip or word in _CLITICS or token.pos_ in {"ADV", "ADJ"}:
            continue
        if token.pos_ == "PRON" and word in {"il", "elle", "ils", "elles"}:
            return [token]
        if token.pos_ in NOUNS:
            head = token
            while head.dep_ in {"flat:name", "nmod", "appos"} and head.head.i < head.i and head.head.pos_ in NOUNS:
                head = head.head
            if any(child.dep_ == "case" and child.i > index - 8 for child in head.children):
                return []
            return [head]
        return []
    return []
