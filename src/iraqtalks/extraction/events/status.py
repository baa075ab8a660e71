"""Did it happen? The modality of an event: negation, condition, plan; then who answers for it.

Modality beats attribution: what is planned, denied or hypothetical stays so inside a quote.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from iraqtalks.extraction.events.clauses import MAX_CLIMB, auxiliaries, is_verb
from iraqtalks.extraction.model import Quote
from iraqtalks.extraction.phrases import NOUNS, lower
from iraqtalks.extraction.tokens import Token

Words = Mapping[str, frozenset[str]]

_SI: Final = frozenset({"si", "s'"})
_FUTURE: Final = ("ai", "as", "a", "ons", "ez", "ont")
_CHAIN: Final = frozenset({"xcomp", "obj", "obl:arg", "dep", "ccomp", "acl"})


def modality(trigger: Token, anchor: Token, words: Words) -> str | None:
    """Return `denied`, `hypothetical`, `planned` or `reported` (the conditional of hearsay), or None for a plain fact.

    `trigger` is the event's own word, `anchor` the verb that carries it (itself, or a support verb).
    """
    governors = list(_governors(anchor, words))
    chain = [anchor, *governors]
    if _in_condition(chain):
        return "hypothetical"
    if _is_denied(trigger, chain, words):
        return "denied"
    if _is_hypothetical(trigger, chain, words):
        return "hypothetical"
    if _is_planned(trigger, chain, words):
        return "planned"
    claimed = anchor.i != trigger.i and anchor.lemma_.lower() in words["claiming"]
    return "reported" if claimed or any(_is_hearsay(verb) for verb in chain) else None


def _governors(verb: Token, words: Words) -> Iterator[Token]:
    """Yield the modal and aspectual verbs and the nouns of intent that govern a verb, nearest first."""
    current = verb
    for _ in range(MAX_CLIMB):
        head = current.head
        if head.i == current.i or head.i > current.i or current.dep_ not in _CHAIN:
            return
        lemma = head.lemma_.lower()
        infinitive = "VerbForm=Inf" in str(current.morph) or current.pos_ in NOUNS
        if not (infinitive and (lemma in words["modal"] or (is_verb(head) and lemma in words["aspect"]))):
            return
        yield head
        current = head


def _is_denied(trigger: Token, chain: Sequence[Token], words: Words) -> bool:
    if any(is_negated(verb) for verb in chain):
        return True
    if _determiner_negates(trigger) or _is_after_without(trigger):
        return True
    head = chain[-1].head
    return chain[-1].dep_ in {"xcomp", "ccomp", "obj", "acl"} and head.lemma_.lower() in words["denying"]


def is_negated(verb: Token) -> bool:
    """Whether ne … pas, jamais, plus, aucun … encloses the verb or its auxiliary; `ne … que` and `n'avoir de cesse` do not deny."""
    if not any(lower(child) in {"ne", "n'"} for child in verb.children):
        return False
    for child in verb.children:
        word = lower(child)
        if word in {"pas", "plus", "jamais", "guère", "rien", "personne", "nullement", "point"}:
            return word != "plus" or child.i < verb.i or not _is_comparison(child)
        if any(lower(grandchild) in {"aucun", "aucune", "nul", "nulle"} for grandchild in child.children):
            return True
    return False


def _is_comparison(plus: Token) -> bool:
    return any(lower(token) in {"de", "que", "d'"} for token in plus.doc[plus.i + 1 : plus.i + 3])


def _determiner_negates(noun: Token) -> bool:
    """Whether a noun is negated (aucune rencontre, pas de rencontre)."""
    if noun.pos_ not in NOUNS:
        return False
    before = [lower(token) for token in noun.doc[max(0, noun.i - 3) : noun.i]]
    return bool({"aucun", "aucune"} & set(before)) or any(
        first == "pas" and second in {"de", "d'"} for first, second in pairwise(before)
    )


def _is_after_without(token: Token) -> bool:
    for index in range(token.i - 1, max(-1, token.i - 4), -1):
        word = lower(token.doc[index])
        if word == "sans":
            return True
        if token.doc[index].pos_ not in {"AUX", "DET", "PRON", "ADJ", "ADV"}:
            return False
    return False


def _is_hypothetical(trigger: Token, chain: Sequence[Token], words: Words) -> bool:
    # A verb of wishing that is itself the event (voulait que les troupes partent) is voiced, not wished for.
    if any(_is_possibility(verb, words) for verb in chain if verb.i != trigger.i):
        return True
    if any(_is_present_conditional(verb) and not _is_future_in_past(verb) for verb in chain):
        return not any(verb.lemma_ == "devoir" for verb in chain)
    return trigger.pos_ in NOUNS and _noun_is(
        trigger, words["hypothetical_adjectives"], words["hypothetical_nouns"], words
    )


def _in_condition(chain: Sequence[Token]) -> bool:
    """Whether the clause stands under `si`; before a near future `si` concedes and sets no condition (si elle va partir, …)."""
    if any(verb.lemma_ == "aller" for verb in chain[1:]):
        return False
    return any(
        child.i < verb.i and not _is_indirect_question(verb, child) for verb in chain for child in _conditions(verb)
    )


def _conditions(verb: Token) -> Iterator[Token]:
    """Yield the `si` of the verb's clause: its mark, and what stands right before its pronoun, whatever the tagger took it for."""
    for child in verb.children:
        if child.dep_ == "mark" and _is_si(child):
            yield child
        elif child.dep_.startswith("nsubj") and child.pos_ == "PRON" and child.i and _is_si(child.doc[child.i - 1]):
            yield child.doc[child.i - 1]


def _is_si(mark: Token) -> bool:
    """Whether the word is `si`, drawn together only before il and ils (s'il part, but s'en est pris)."""
    following = lower(mark.doc[mark.i + 1]) if mark.i + 1 < len(mark.doc) else ""
    return lower(mark) in _SI and (lower(mark) == "si" or following in {"il", "ils"})


def _is_indirect_question(verb: Token, mark: Token) -> bool:
    return verb.head.i < mark.i and verb.head.i != verb.i and verb.head.lemma_ in {"savoir", "demander", "ignorer"}


def _is_possibility(verb: Token, words: Words) -> bool:
    lemma = verb.lemma_.lower()
    if lemma == "pouvoir":
        # “a pu frapper”, “avait pu” tell of a fact.
        return not any(child.lemma_ == "avoir" for child in auxiliaries(verb))
    return lemma in words["wishing"]


def _finite(verb: Token) -> Token:
    """Return the auxiliary that carries the verb's tense and mood, or the verb itself."""
    for child in auxiliaries(verb):
        if "VerbForm=Fin" in str(child.morph):
            return child
    return verb


def _is_conditional(verb: Token) -> bool:
    carrier = _finite(verb)
    return "Mood=Cnd" in str(carrier.morph) or _looks_conditional(carrier)


def _looks_conditional(token: Token) -> bool:
    """Whether the ending is a conditional's, where the tagger gave an imperfect (-rait, -raient after an infinitive's stem)."""
    word = lower(token)
    return word.endswith(
        ("erait", "eraient", "irait", "iraient", "aurait", "auraient", "serait", "seraient", "vrait", "vraient")
    )


def _is_past(verb: Token) -> bool:
    """Whether the verb's form is compound with a participle (aurait frappé, serait mort)."""
    carrier = _finite(verb)
    if carrier.i == verb.i:
        return False
    return carrier.lemma_ == "avoir" or any(lower(child) == "été" for child in auxiliaries(verb))


def _is_present_conditional(verb: Token) -> bool:
    return _is_conditional(verb) and not _is_past(verb)


def _is_hearsay(verb: Token) -> bool:
    return _is_conditional(verb) and _is_past(verb)


def _is_future_in_past(verb: Token) -> bool:
    """Whether the conditional stands in a reported clause (a promis que des mesures seraient annoncées)."""
    return any(child.dep_ == "mark" and lower(child) in {"que", "qu'"} for child in verb.children)


def _is_planned(trigger: Token, chain: Sequence[Token], words: Words) -> bool:
    if any(_is_future(verb) for verb in chain):
        return True
    if any(_is_present_conditional(verb) for verb in chain):
        return True
    if any(_is_intention(verb, words) for verb in chain[1:]):
        return True
    if trigger.pos_ not in NOUNS:
        return False
    if chain[0].i != trigger.i and chain[0].lemma_.lower() in words["noun_planning"]:
        return True
    return _noun_is(trigger, words["planned_adjectives"], words["planned_nouns"], words)


def _is_future(verb: Token) -> bool:
    carrier = _finite(verb)
    if "Tense=Fut" in str(carrier.morph) and "VerbForm=Fin" in str(carrier.morph):
        return True
    # The tagger knows few futures of rare verbs: infinitive and ending tell them (s'affranchira).
    return any(lower(carrier) == str(carrier.lemma_).lower().removesuffix("e") + ending for ending in _FUTURE)


def _is_intention(verb: Token, words: Words) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in {"aller", "devoir"}:
        return not any(child.lemma_ == "avoir" for child in auxiliaries(verb)) and verb.pos_ in {"VERB", "AUX"}
    return lemma in words["planning"]


def _noun_is(noun: Token, adjectives: frozenset[str], nouns: frozenset[str], words: Words) -> bool:
    """Whether an adjective of the noun, or the noun that it is a genitive of, puts it into the future or in doubt."""
    for child in noun.children:
        if child.lemma_.lower() in adjectives or lower(child) in adjectives:
            return True
    head = noun.head
    if head.i < noun.i and head.lemma_.lower() in nouns:
        return True
    return head.i < noun.i and is_verb(head) and head.lemma_.lower() in words["noun_planning"] and noun.dep_ == "obj"


def quote_at(position: int, quotes: Sequence[Quote]) -> Quote | None:
    """Return the innermost quote whose content covers the position, or None."""
    covering = [quote for quote in quotes if any(start <= position < end for start, end in quote.segments)]
    return min(covering, key=lambda quote: quote.end - quote.start, default=None)
