"""Who or what a verb's clause is about: its subject, across control, coordination and relative pronouns."""

from typing import Final

from iraqtalks.extraction.events.clauses import (
    CLITICS,
    NOMINAL,
    RELATIVES,
    ancestors,
    auxiliaries,
    coordinated,
    helpers_before,
    is_clause_head,
    is_finite_clause,
    is_past_participle,
    is_present_participle,
    may_agree,
    sharing_auxiliary,
)
from iraqtalks.extraction.events.complements import Ground
from iraqtalks.extraction.phrases import NOUNS, is_finite, is_participle, lower
from iraqtalks.extraction.tokens import Token

_WHO: Final = frozenset({"qui", "lequel", "laquelle", "lesquels", "lesquelles"})
_IMPERSONAL: Final = frozenset({"il", "-t", "-il", "ce", "c'"})
_LEADING: Final = frozenset({"après", "avant", "pour", "sans", "afin"})
_MAX_DEPTH: Final = 5
_PARTING: Final = frozenset({"NOUN", "ADP", "PRON", "NUM", "PUNCT"})
"""What does not stand between a name and the one that is joined to it."""
_LONGEST_SERIES: Final = 8
_INSERTION: Final = 16
"""How many tokens may stand between two commas before a verb."""


def subject_tokens(verb: Token, ground: Ground, depth: int = 0) -> list[Token]:
    """Return the heads of the verb's subject: its own, or that of the verb that it depends on or is coordinated with.

    For a passive this is the grammatical subject. A relative pronoun is replaced by its antecedent.
    """
    if depth > _MAX_DEPTH:
        return []
    if verb.dep_ == "cop":
        # What has the subject of a copula is its predicate (X a été *la cible* de tirs).
        verb = verb.head
    own = _own_subject(verb, ground.skip)
    if own is not None:
        antecedent = _antecedent(own, verb)
        return _with_later(_with_earlier(coordinated(antecedent)), verb) if antecedent is not None else []
    head = verb.head
    if _is_main_beside(verb):
        return _with_later(coordinated(head), verb)
    if _is_gerund(verb):
        return _participial_subject(verb, ground, depth)
    if is_participle(verb) and not helpers_before(verb):
        sharing = sharing_auxiliary(verb)
        if sharing is not None:
            return subject_tokens(sharing, ground, depth + 1)
        modified = _modified(verb)
        if modified is not None:
            return _with_earlier(coordinated(modified))
    if head.i != verb.i and verb.dep_ in {"conj", "xcomp", "advcl", "dep", "acl"} and is_clause_head(head):
        if verb.dep_ == "xcomp" or _is_infinitive(verb):
            controlled = _controlled(verb, head, ground)
            if controlled:
                return controlled
        if verb.dep_ == "conj" or not is_finite_clause(verb):
            # A finite verb goes on with a finite one (accuse X d'avoir menti, et *a gelé* …).
            level = _finite_above(head) if is_finite_clause(verb) else head
            if level is not None:
                return subject_tokens(level, ground, depth + 1)
    return _positional_subject(verb, ground.skip, depth) or _participial_subject(verb, ground, depth)


def _is_gerund(verb: Token) -> bool:
    """Whether the verb is a present participle after “en”, which has the subject of its clause (en *menaçant* de …)."""
    return is_present_participle(verb) and verb.i > 0 and lower(verb.doc[verb.i - 1]) == "en"


def _finite_above(verb: Token) -> Token | None:
    """Return the verb, or the nearest finite one that it depends on; None where there is none."""
    above = [verb, *ancestors(verb)]
    return next((token for token in above if is_clause_head(token) and is_finite_clause(token)), None)


def _is_main_beside(verb: Token) -> bool:
    """Whether a finite verb that the parser hangs on a noun is what the sentence says of it (X, ministre de Y, *a dit* …): no relative."""
    head = verb.head
    if not verb.dep_.startswith("acl") or head.i > verb.i or head.pos_ not in NOMINAL or not is_finite_clause(verb):
        return False
    return not any(lower(token) in RELATIVES for token in verb.doc[head.i + 1 : verb.i])


def _participial_subject(verb: Token, ground: Ground, depth: int) -> list[Token]:
    """Return the subject of the clause that a present participle goes on (X a réagi, *affirmant* avoir …; en *menaçant* de …)."""
    first = min([verb.i, *(helper.i for helper in helpers_before(verb))])
    if not is_present_participle(verb) or first == 0 or lower(verb.doc[first - 1]) not in {",", "en"}:
        return []
    main = verb.sent.root
    before = list(reversed(verb.doc[verb.sent.start : first]))
    for token in [child for child in main.children if main.i < first and child.i < main.i] + before:
        if token.dep_.startswith("nsubj") and token.head.i > token.i and is_finite_clause(token.head):
            return subject_tokens(token.head, ground, depth + 1)
    return []


def _with_earlier(heads: list[Token]) -> list[Token]:
    """Return the heads and the name that a conjunction joins on before them, where the parser missed it (X et Y ont signé)."""
    heads = _with_series(heads)
    if len(heads) != 1 or heads[0].pos_ != "PROPN":
        return heads
    index = heads[0].i
    while index > 0 and heads[0].doc[index - 1].pos_ in {"PROPN", "DET"}:
        index -= 1
    if index < 2 or lower(heads[0].doc[index - 1]) != "et" or heads[0].doc[index - 2].pos_ != "PROPN":
        return heads
    return [heads[0].doc[index - 2], *heads]


def _with_series(heads: list[Token]) -> list[Token]:
    """Return the heads of a series that a conjunction closes, with the names before the first comma that the parser cut off."""
    found = list(heads)
    while len(found) > 1 and len(found) < _LONGEST_SERIES:
        index = found[0].i - 1
        doc = found[0].doc
        while index > 0 and doc[index].pos_ == "DET":
            index -= 1
        name = doc[index - 1] if index > 0 and doc[index].text == "," else None
        if name is None or not name.text[:1].isupper() or not found[0].text[:1].isupper() or name.pos_ not in NOUNS:
            return found
        found.insert(0, name)
    return found


def _with_later(heads: list[Token], verb: Token) -> list[Token]:
    """Return the head and the noun that a conjunction joins on, before a verb in the plural (le chef de X et Y ont convenu)."""
    if len(heads) != 1 or heads[0].i > verb.i or _number(verb) != "Plur":
        return heads
    plural = "Plur" in heads[0].morph.get("Number", [])
    own = {helper.i for helper in auxiliaries(verb)}
    for token in reversed(heads[0].doc[heads[0].i + 1 : verb.i]):
        if token.pos_ == "CCONJ" and lower(token) == "et":
            joined = next((t for t in heads[0].doc[token.i + 1 : token.i + 4] if t.pos_ in NOUNS), None)
            # A head in the plural needs no other: only a name in its own phrase is joined to it.
            near = heads[0].doc[heads[0].i + 1 : token.i]
            apart = plural and (joined is None or joined.pos_ != "PROPN" or any(t.pos_ in _PARTING for t in near))
            return heads if joined is None or apart else [*heads, joined]
        if is_finite(token) and token.i not in own:
            return heads
    return heads


def _modified(participle: Token) -> Token | None:
    """Return the noun that a participle without auxiliary modifies: by attachment, else the phrase right before it."""
    head = participle.head
    if participle.dep_ in {"acl", "amod"} and head.i < participle.i and (head.pos_ in NOMINAL or _has_article(head)):
        return head if len(coordinated(head)) > 1 or may_agree(head, participle) else _agreeing(head, participle)
    return None


def _agreeing(head: Token, participle: Token) -> Token:
    """Return the noun nearest before a participle that agrees with it, where its head does not (le retour *des jihadistes* détenus …)."""
    for token in reversed(head.doc[head.i + 1 : participle.i]):
        if token.pos_ in NOUNS and token.dep_ != "flat:name" and may_agree(token, participle):
            return token
    return head


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
        and not (lower(child) in _IMPERSONAL and child.dep_ == "expl:subj" and child.i < verb.i)
    ]
    before = [child for child in candidates if child.i < verb.i]
    if before:
        return next((child for child in reversed(before) if not _is_apposed(child, before[0])), before[0])
    return candidates[0] if candidates and _may_invert(verb) else None


def _is_apposed(noun: Token, first: Token) -> bool:
    """Whether an indefinite noun between commas only says what the first subject is (le conseil, *un organe* …, a adopté)."""
    opening = noun.i - 1
    while opening > first.i and noun.doc[opening].pos_ in {"DET", "ADJ", "NUM"}:
        opening -= 1
    doc = noun.doc
    return opening > first.i and doc[opening].text == "," and lower(doc[opening + 1]) in {"un", "une", "des", "deux"}


def _may_invert(verb: Token) -> bool:
    """Whether the verb opens its clause after a comma, a quotation or a relative, so that its subject may follow."""
    first = min([verb.i, *(helper.i for helper in helpers_before(verb))])
    if first == 0:
        return False
    previous = verb.doc[first - 1]
    return previous.is_punct or lower(previous) in RELATIVES


def _antecedent(subject: Token, verb: Token) -> Token | None:
    """Return what a relative pronoun stands for; the subject itself where it is none.

    The nearest noun before it that agrees in number with the verb, the parser's choice first.
    """
    if lower(subject) not in _WHO:
        return subject
    number = _number(verb)
    if (
        verb.dep_.startswith("acl")
        and verb.head.pos_ in NOMINAL
        and verb.head.i < subject.i
        and _agrees(verb.head, number)
    ):
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
        number = token.morph.get("Number", [])
        if number and "VerbForm=Fin" in str(token.morph):
            return str(number[0])
    return None


def _agrees(noun: Token, number: str | None) -> bool:
    own = noun.morph.get("Number", [])
    if len(coordinated(noun)) > 1:
        return True
    return number is None or not own or own[0] == number


def _controlled(verb: Token, head: Token, ground: Ground) -> list[Token]:
    """Return the object of a verb like `appeler`, which is what its infinitive's subject is."""
    if head.lemma_ not in ground.language.words["object_control"]:
        return []
    for child in head.children:
        if (
            child.dep_ in {"obj", "iobj", "obl:arg"}
            and child.i not in ground.skip
            and child.pos_ in NOMINAL
            and child.i < verb.i
        ):
            return coordinated(child)
    return []


def _positional_subject(verb: Token, skip: frozenset[int], depth: int) -> list[Token]:
    """Return the noun right before a finite verb, or the subject of the clause that a leading participle depends on."""
    # A verb that the tagger took for a noun is a finite one: only there does it stand without an article.
    mistaken = verb.pos_ in NOUNS and not is_past_participle(verb)
    if mistaken or is_finite(verb) or any(is_finite(helper) for helper in auxiliaries(verb)):
        first = min([verb.i, *(helper.i for helper in auxiliaries(verb))])
        return _noun_before(verb, first, skip)
    if depth <= 1 and _leads(verb):
        for token in verb.doc[verb.i + 1 : min(verb.i + 40, _end_of_sentence(verb))]:
            if token.dep_.startswith("nsubj") and is_finite_clause(token.head) and token.i not in skip:
                return coordinated(token)
    return []


def _end_of_sentence(verb: Token) -> int:
    """Return where the verb's sentence ends; the parser parts some behind what leads them (Limogé en mai | , X a …)."""
    end = int(verb.sent.end)
    return int(verb.doc[end].sent.end) if end < len(verb.doc) and verb.doc[end].text == "," else end


def _leads(verb: Token) -> bool:
    """Whether the verb may stand in a clause without subject that leads the main one (Après avoir rencontré X, Y …)."""
    if is_present_participle(verb) or (verb.i == verb.sent.start and is_past_participle(verb)):
        return True
    infinitive = any("VerbForm=Inf" in str(token.morph) for token in [*helpers_before(verb), verb])
    return infinitive and any(lower(child) in _LEADING for child in verb.children if child.i < verb.i)


def _compound_start(noun: Token) -> Token:
    """Return the first part of a hyphenated noun that the tokenizer took apart (attentat-suicide)."""
    doc, index = noun.doc, noun.i
    while (
        index > 1 and doc[index - 1].text == "-" and not doc[index - 1].whitespace_ and not doc[index - 2].whitespace_
    ):
        index -= 2
    return doc[index]


def _insertion_start(closing: Token) -> int | None:
    """Return the comma that opens what stands between commas up to this one (Marine X, *comme son père*, s'est …), None where none does."""
    clause = False
    for token in reversed(closing.doc[max(closing.sent.start, closing.i - _INSERTION) : closing.i]):
        if token.text == ",":
            relative = any(lower(following) in RELATIVES for following in closing.doc[token.i + 1 : token.i + 3])
            return int(token.i) if relative or not clause else None
        if token.pos_ in {"CCONJ", "SCONJ"} or token.text in {'"', ";", ":"}:
            return None
        clause = clause or is_finite(token)
    return None


def _noun_before(verb: Token, first: int, skip: frozenset[int]) -> list[Token]:
    for index in range(first - 1, max(-1, first - 12), -1):
        token = verb.doc[index]
        word = lower(token)
        if index in skip or word in CLITICS or token.pos_ in {"ADV", "ADJ"}:
            continue
        if token.pos_ == "PRON" and word in {"il", "elle", "ils", "elles"}:
            return [token]
        if token.text == ",":
            opening = _insertion_start(token)
            return [] if opening is None else _noun_before(verb, opening, skip)
        if token.pos_ in NOUNS:
            head = _compound_start(token)
            while head.dep_ in {"flat:name", "nmod", "appos"} and head.head.i < head.i and head.head.pos_ in NOUNS:
                if any(other.text == "," for other in token.doc[head.head.i : head.i]):
                    break
                head = head.head
            if any(child.dep_ == "case" and child.i > index - 8 for child in head.children):
                return []
            while head.dep_ == "conj" and head.head.i < head.i and head.head.pos_ in NOUNS:
                head = head.head
            return _with_earlier([noun for noun in coordinated(head) if noun.i < first])
        return []
    return []
