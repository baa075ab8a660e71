"""The clause that hangs on a noun for talks and says that they take place (le dialogue *qui a débuté le 7 avril*)."""

from iraqtalks.extraction.events.clauses import auxiliaries, is_past_participle, is_verb
from iraqtalks.extraction.events.status import Words
from iraqtalks.extraction.events.triggers import Trigger
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token


def occurrence_clause(trigger: Trigger, words: Words) -> Token | None:
    """Return the verb of the clause that tells when the talks of a noun took place, or None.

    A relative clause of which they are the subject (qui s'est tenue lundi) or a participle (entamées en mars).
    """
    if trigger.pattern.type != "CONSULT" or not trigger.nominal:
        return None
    noun = trigger.token
    # The parser hangs “le dialogue entre X et Y, qui a débuté …” on Y.
    names = [token for token in noun.subtree if token.pos_ == "PROPN" and token.i > noun.i]
    return next((child for token in (noun, *names) for child in token.children if _tells(child, words)), None)


def begins(verb: Token, words: Words) -> bool:
    """Whether the verb says of talks that they begin."""
    return str(verb.lemma_).lower() in words["beginning"]


def _tells(verb: Token, words: Words) -> bool:
    if not is_verb(verb):
        return False
    lemma = str(verb.lemma_).lower()
    if verb.dep_ == "acl:relcl":
        objects = {lower(child) for child in verb.children if child.dep_ == "obj"} - {"se", "s'"}
        taking_place = objects == {"lieu"} if lemma == "avoir" else not objects and lemma in words["occurring"]
        subject = any(lower(child) == "qui" and child.dep_.startswith("nsubj") for child in verb.children)
        return subject and (taking_place or (not objects and lemma in words["beginning"]))
    bare = verb.dep_ == "acl" and verb.head.pos_ != "PROPN" and is_past_participle(verb) and not auxiliaries(verb)
    return bare and (lemma in words["beginning"] or lemma in words["holding"])
