"""What the article says that somebody is: before the name (le président iranien X) or after it (X, chef de Y)."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iraqtalks.extraction import phrases
from iraqtalks.extraction.actors.descriptions import (
    Description,
    is_clause_subject,
    is_person_noun,
    offices_of,
    take_apart,
)
from iraqtalks.extraction.actors.name_kinds import apposed_noun
from iraqtalks.extraction.actors.nouns import nouns_of
from iraqtalks.extraction.model import Mention, Paragraph, Role
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast

_BEFORE_NOUN: Final = frozenset(
    {"un", "une", "des", "le", "la", "l'", "les", "du", "de", "lui-même", "elle-même", "par", "ailleurs"}
)
_DEFINITE: Final = frozenset({"le", "la", "l'", "du", "au", "son", "sa", "leur"})
_PHRASE: Final = 14
"""How many tokens a phrase before a name and its comma may have."""
_REACH: Final = 4
"""How many tokens after the comma the noun of an apposition may come (un des commandants, lui-même …)."""


def find_roles(cast: "Cast") -> None:
    """Add the roles that the article states of persons named in it."""
    for mention in list(cast.mentions):
        paragraph = cast.reading.paragraph_at(mention.start)
        if paragraph is None or mention.form != "name" or cast.actors[mention.actor_id].kind != "person":
            continue
        first, last = paragraph.token_at(mention.start), paragraph.token_at(mention.end - 1)
        if first is None or last is None:
            continue
        before = apposed_noun(first) or _noun_before_comma(cast, paragraph, first)
        if before is not None:
            _add_role(cast, paragraph, mention, before, "role.before_name")
        after = _apposition(cast, paragraph, last)
        if after is not None:
            _add_role(cast, paragraph, mention, after, "role.apposition")


def _noun_before_comma(cast: "Cast", paragraph: Paragraph, first: Token) -> Token | None:
    """Return the noun of “le porte-parole du ministre, X,”: of the widest phrase that the comma ends, or None."""
    if first.i < 2 or first.doc[first.i - 1].text != ",":
        return None
    comma = paragraph.start(first.doc[first.i - 1])
    outermost: Token | None = None
    for index in range(first.i - 2, max(-1, first.i - 2 - _PHRASE), -1):
        token = first.doc[index]
        if (token.is_punct and token.text not in {"(", ")"}) or phrases.is_finite(token):
            break
        if token.pos_ != "NOUN" or not (phrases.determiner(token) in _DEFINITE or _opens_sentence(token)):
            continue
        description = take_apart(cast, paragraph, token)
        reaches = (
            _reaches(cast, description.end, comma) or _opens_sentence(token) or _is_told_by_party(cast, description)
        )
        if is_person_noun(cast, description) and reaches:
            outermost = token
    return outermost


def _is_told_by_party(cast: "Cast", description: Description) -> bool:
    """Whether a party stands right behind the post (le maire Les Républicains (LR) de Nice, X)."""
    named = cast.starting_after(description.end)
    return named is not None and named.start <= description.end + 1 and cast.actors[named.actor_id].kind == "party"


def _opens_sentence(noun: Token) -> bool:
    """Whether a bare noun opens the sentence (Chercheur à l'université de Y, X a …)."""
    previous = phrases.before(noun)
    return noun.text[0].isupper() and (previous is None or previous.text in {".", "!", "?", "-", "»", '"'})


def _reaches(cast: "Cast", end: int, comma: int) -> bool:
    """Whether nothing but a name stands between the phrase and the comma (le chef du bloc Fatah, X)."""
    named = cast.starting_after(end)
    return end == comma or (named is not None and named.end == comma and named.start - end <= 1)


def _apposition(cast: "Cast", paragraph: Paragraph, last: Token) -> Token | None:
    """Return the noun of an apposition after the name, or None."""
    doc = last.doc
    index = last.i + 1
    if index >= len(doc) or doc[index].text not in {",", "(", "-", "–"}:
        return None
    for token in doc[index + 1 : index + 1 + _REACH]:
        if token.pos_ == "NOUN":
            return None if cast.covering(paragraph.start(token)) is not None else token
        if token.pos_ not in {"DET", "ADJ"} and lower(token) not in _BEFORE_NOUN:
            return None
    return None


def _one_among(noun: Token) -> Token | None:
    """Return the pronoun of “un des commandants”, “l'une des porte-parole”, or None."""
    if noun.i < 2 or lower(noun.doc[noun.i - 1]) != "des" or lower(noun.doc[noun.i - 2]) not in {"un", "une"}:
        return None
    return noun.doc[noun.i - 2]


def _is_role(description: Description) -> bool:
    """Whether the phrase states an office, job or membership, not a tie to somebody (son homologue, le mari de X)."""
    nouns = nouns_of(description.language)
    if description.noun in nouns.no_roles or description.noun in nouns.kin:
        return False
    return not (description.bare and not description.countries and description.noun in nouns.only_told)


def _add_role(cast: "Cast", paragraph: Paragraph, mention: Mention, noun: Token, rule: str) -> None:
    description = take_apart(cast, paragraph, noun)
    if rule == "role.apposition" and is_clause_subject(description):
        return
    among = _one_among(noun)
    if (
        (description.plural and among is None)
        or description.end > mention.start > description.start
        or not is_person_noun(cast, description)
    ):
        return
    actor = cast.actors[mention.actor_id]
    cast.role_nouns.setdefault(mention.actor_id, set()).update({description.noun, description.core})
    if actor.gender is None:
        actor.gender = phrases.gender(noun) if lower(noun) != "porte-parole" else None
    country = description.countries[0] if description.countries else None
    if actor.country is None and country is not None and not actor.in_knowledge_base:
        actor.country = country
    if not description.former or "futur" in lower(noun.doc[description.first]):
        # “le président Kim” holds an office of his own country, not every presidency.
        where = country or actor.country or cast.home
        offices = offices_of(cast, description, where) if where is not None else ()
        cast.offices_in_text.setdefault(mention.actor_id, set()).update(offices)
    if not _is_role(description):
        return
    start = description.start if among is None else paragraph.start(among)
    end = description.end
    # A name in two parts (Jean-X, X) has the phrase before it twice.
    if all((role.actor_id, role.start, role.end) != (mention.actor_id, start, end) for role in cast.roles):
        cast.roles.append(Role(mention.actor_id, start, end, None, rule))


def name_organizations(cast: "Cast") -> None:
    """Say of each role at whom it is held: the first other actor named or described in its words."""
    cast.roles = [replace(role, organization_id=_organization(cast, role)) for role in cast.roles]


def _organization(cast: "Cast", role: Role) -> str | None:
    mention = cast.starting_after(role.start + 1)
    within = mention is not None and mention.end <= role.end and mention.actor_id != role.actor_id
    return mention.actor_id if mention is not None and within else None
