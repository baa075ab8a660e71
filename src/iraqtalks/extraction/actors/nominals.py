"""Descriptions without a name found in a text: offices, bodies and groups (le président américain, les troupes)."""

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from iraqtalks.extraction import phrases
from iraqtalks.extraction.actors.demonyms import add_demonym
from iraqtalks.extraction.actors.descriptions import (
    DEFINITE,
    Description,
    inside_title,
    name_beside,
    take_apart,
    with_quantity,
)
from iraqtalks.extraction.actors.names import words_of
from iraqtalks.extraction.actors.nouns import is_person_word, nouns_of
from iraqtalks.extraction.actors.resolution import Found, resolve, resolve_words
from iraqtalks.extraction.model import Mention, Paragraph
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge import Region
from iraqtalks.knowledge.folding import fold, folded

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast

_WORD: Final = re.compile(r"[^\W\d_][\w-]{3,}")
"""A word that may be of a country: shorter ones (une, pas) are not."""
_AFTER_DEMONSTRATIVE: Final = 3
"""A noun is pointed at right after a demonstrative or with an adjective between."""
_BEFORE_VERB: Final = frozenset({"n'", "ne", "se", "s'", "y", "en", "l'", "le", "la", "les", "lui", "leur"})
"""What may stand between a subject and its verb."""


def find_descriptions(cast: "Cast") -> None:
    """Add the offices, bodies and groups that the article describes without a name."""
    for paragraph, words in zip(cast.reading.paragraphs, cast.words_told, strict=True):
        pointed = -_AFTER_DEMONSTRATIVE
        for index, word in words:
            if word.pointing:
                pointed = index
            if not (word.wanted or word.person or word.demonym):
                continue
            token = paragraph.doc[index]
            sought = word.wanted or (word.person and index - pointed < _AFTER_DEMONSTRATIVE)
            if sought and _is_nominal(token) and not _is_premodifier(token):
                _describe_head(cast, paragraph, token)
            elif word.demonym:
                add_demonym(cast, paragraph, token)
            elif word.person and token.text[-1] in "sx" and token.pos_ in phrases.NOUNS:
                _describe_head(cast, paragraph, token)


def _is_premodifier(token: Token) -> bool:
    """Whether the next word is the noun (le Premier ministre)."""
    following = phrases.after(token)
    return following is not None and token.lower_.startswith("premi") and following.lower_.startswith("ministre")


def _is_nominal(token: Token) -> bool:
    """Whether the word is used as a noun: tagged so, or right after an article (les militaires)."""
    if token.pos_ in phrases.NOUNS:
        return True
    previous = phrases.before(token)
    return (
        previous is not None
        and token.pos_ in {"ADJ", "VERB"}
        and lower(previous) in {"les", "des", "aux", "le", "la", "l'"}
    )


def country_words(cast: "Cast") -> Counter[str]:
    """Return how many words of the article are names, adjectives, demonyms and capitals of each country."""
    counts: Counter[str] = Counter()
    for paragraph, words in zip(cast.reading.paragraphs, cast.words_told, strict=True):
        for index, word in words:
            country = _country_of_compound(cast, paragraph, index) if word.hyphen else word.country
            if country is not None:
                counts[country] += 1
    return counts


def _country_of_compound(cast: "Cast", paragraph: Paragraph, hyphen: int) -> str | None:
    """Return the country of the word that the tokenizer took apart at its hyphen (Royaume-Uni), or None."""
    doc = paragraph.doc
    if not 0 < hyphen < len(doc) - 1 or doc[hyphen - 1].whitespace_ or doc[hyphen].whitespace_:
        return None
    return cast.knowledge.country_of(f"{doc[hyphen - 1].text}-{doc[hyphen + 1].text}")


def home_country(cast: "Cast") -> str | None:
    """Return the country that most of the article's words and actors belong to; None where there is none."""
    counts = cast.countries.copy()
    counts.update(filter(None, (cast.actors[mention.actor_id].country for mention in cast.mentions)))
    return counts.most_common(1)[0][0] if counts else None


def home_region(cast: "Cast") -> Region | None:
    """Return the region of whose name and adjective the article has more words than of its country's, or None."""
    for region in cast.knowledge.regions.values():
        if region.country != cast.home:
            continue
        forms = {fold(word) for word in region.words}
        times = sum(
            folded(token) in forms for paragraph in cast.reading.paragraphs for token in _WORD.findall(paragraph.text)
        )
        if times > cast.countries[region.country]:
            return region
    return None


def _is_portfolio(head: Token) -> bool:
    """Whether the capitalised word is a field of government (la ministre de la Justice); “les Affaires étrangères” act."""
    if phrases.determiner(head) in {"les", "aux"}:
        return False
    return head.i > 0 and head.text[0].isupper() and head.lower_ in words_of(head.lang_).portfolios


def add_groups_again(cast: "Cast") -> None:
    """Add the groups of the article where they come in numbers or anew (des milliers de pèlerins, d'autres prisonniers)."""
    groups: dict[str, str] = {}
    for mention in cast.mentions:
        if mention.rule == "mention.people_group":
            groups.setdefault(cast.noun_of(mention), mention.actor_id)
    if not groups:
        return
    for paragraph, words in zip(cast.reading.paragraphs, cast.words_told, strict=True):
        for index, word in words:
            if word.folded in groups:
                token = paragraph.doc[index]
                if token.pos_ == "NOUN" and cast.covering(paragraph.start(token)) is None:
                    _add_group_again(cast, take_apart(cast, paragraph, token), groups)


def _add_group_again(cast: "Cast", description: Description, groups: dict[str, str]) -> None:
    counted = description.counted and description.noun in cast.nouns.crowds
    if not description.plural or description.former or counted or description.noun not in groups:
        return
    actor_id = resolve_words(cast, description) or groups[description.noun]
    start = description.paragraph.start(description.head.doc[with_quantity(description)])
    head = description.paragraph.start(description.head)
    cast.add(start, description.end, "description", actor_id, head, "mention.group_again")


def _completes_title(head: Token) -> bool:
    """Whether the noun only completes a title (le chef du gouvernement); “le patron de l'agence” names the agency too."""
    nouns, noun = nouns_of(head.lang_), folded(head.text)
    return inside_title(head) and (noun in nouns.bodies or noun not in nouns.again)


def _describe_head(cast: "Cast", paragraph: Paragraph, head: Token) -> None:
    position = paragraph.start(head)
    around = cast.covering(position)
    if (
        (around is not None and not _may_stand_inside(cast, around, head))
        or _completes_title(head)
        or _is_portfolio(head)
    ):
        return
    if _is_somebody_new(cast, head):
        return
    description = take_apart(cast, paragraph, head)
    if around is not None:
        named = resolve(cast, description, cast.home)
        if named is not None and named[0] != around.actor_id and description.end <= around.end:
            cast.add(description.start, description.end, "description", named[0], position, named[1])
        return
    beside = name_beside(cast, description)
    if beside is not None:
        _add_apposed_body(cast, description, beside)
        return
    found = resolve(cast, description, cast.home)
    if found is None:
        found = _new_group(cast, description)
    if found is not None:
        actor_id, rule = found
        start, end = description.start, description.end
        if rule in {"mention.people_group", "mention.group"}:
            start = paragraph.start(head.doc[with_quantity(description)])
        if rule == "mention.homeland":
            # “a retiré son pays de l'accord”
            end = paragraph.end(head)
        cast.add(start, end, "description", actor_id, position, rule)


def _is_somebody_new(cast: "Cast", head: Token) -> bool:
    """Whether a noun for one person introduces somebody (un homme, une étudiante): no rule takes that for an actor."""
    if phrases.is_plural(head) is not False or phrases.determiner(head) not in {"un", "une", None}:
        return False
    noun, nouns = folded(head.text), cast.nouns
    return not (noun in nouns.bodies or noun in nouns.groups or noun in nouns.again or noun in nouns.called)


def _may_stand_inside(cast: "Cast", around: Mention, head: Token) -> bool:
    """Whether a noun inside the description of a person may call a body again (le patron de l'agence onusienne)."""
    person = around.form == "description" and cast.actors[around.actor_id].kind in {"person", "anonymous"}
    return person and folded(head.text) in cast.nouns.again


def _add_apposed_body(cast: "Cast", description: Description, beside: Mention) -> None:
    """Add what a text calls a body right after its name (X (Y), la compagnie publique); persons have roles instead."""
    named = cast.actors[beside.actor_id]
    apposed = named.kind not in {"person", "country"} and beside.end <= description.start and description.definite
    if apposed and (description.noun in cast.nouns.again or description.noun in cast.nouns.groups):
        position = description.paragraph.start(description.head)
        cast.add(description.start, description.end, "description", beside.actor_id, position, "mention.apposition")


def _new_group(cast: "Cast", description: Description) -> Found | None:
    """Make an actor of this article of a body or group that it describes and nobody knows."""
    nouns = cast.nouns
    kind = nouns.groups.get(description.core) or nouns.groups.get(description.noun)
    if "chaque" in description.core.split(" "):
        # “les membres de chaque chambre”: whoever they are.
        return None
    if kind is None:
        return (
            _new_office_holder(cast, description)
            or _new_people(cast, description)
            or _new_acting_people(cast, description)
        )
    if description.demonstrative or description.former or (description.noun in nouns.states and not description.plural):
        return None
    if not (_is_told(description) or _are_several_states(description)):
        return _new_people(cast, description) or _new_acting_people(cast, description)
    whose = description.countries or description.allied or description.counted or description.noun == "regime"
    if not whose and _contains_name(cast, description):
        # “des éléments de Daech”, “les soldats de la Task Force X”: the name is the mention.
        return None
    if not description.plural and description.noun in nouns.persons:
        kind = "person"
    text = cast.reading.text[description.start : description.end]
    actor = cast.new(text, kind, phrases.gender(description.head), description.plural)
    if len(description.countries) == 1:
        actor.country = description.countries[0]
    return actor.actor_id, "mention.group"


def _are_several_states(description: Description) -> bool:
    """Whether the phrase says that there are several states (plusieurs pays); “les deux pays” are those spoken of."""
    nouns = nouns_of(description.language)
    if description.noun not in nouns.states or not description.plural or description.definite:
        return False
    before = description.head.doc[with_quantity(description) : description.head.i]
    return description.counted or any(folded(token.text) in nouns.several for token in before)


def _is_told(description: Description) -> bool:
    """Whether the phrase says enough to tell a group: whose it is, or a definite phrase with an epithet."""
    nouns = nouns_of(description.language)
    whose = bool(description.countries) or description.allied
    if description.noun == "regime" and not description.bare and description.definite:
        return _says_whose_regime(description)
    if description.definite and any(" " in bare and description.core.startswith(bare + " ") for bare in nouns.bare):
        return True
    if not whose and description.core in nouns.bare:
        return description.definite or (
            description.determiner is not None and nouns.groups[description.core] == "party"
        )
    if description.noun in nouns.synonyms and description.head.doc[description.last].pos_ == "PROPN":
        # “la population de l'Iran” is counted, not addressed.
        return False
    if description.noun in nouns.once:
        return whose and (description.plural or description.definite)
    described = not description.bare or description.head.i - description.first > 1
    return whose or (described and (description.definite or description.counted))


def _new_people(cast: "Cast", description: Description) -> Found | None:
    """Make an actor of this article of people that the reader is taken to know (les prisonniers, aux inspecteurs)."""
    nouns = cast.nouns
    singular = description.noun.removesuffix("s")
    if not description.plural or description.former or not is_person_word(description.noun, cast.language):
        return None
    if description.noun in nouns.crowds or singular in nouns.crowds or not _is_articled(description):
        return None
    if description.bare and singular in nouns.only_told:
        return None
    if nouns.groups.get(description.noun) in {"military", "armed_group"}:
        # “les soldats de la Task Force X”: the name is the mention.
        return None
    people = nouns.peoples.get(description.noun)
    if people is not None and description.bare and people in cast.knowledge.actors:
        return cast.known(people).actor_id, "mention.people"
    text = cast.reading.text[description.start : description.end]
    return cast.new(text, "group", phrases.gender(description.head), True).actor_id, "mention.people_group"


def _new_acting_people(cast: "Cast", description: Description) -> Found | None:
    """Make an actor of this article of people whom the text introduces by what they do (des employés pulvérisent …)."""
    nouns = cast.nouns
    if not description.plural or description.former or not is_person_word(description.noun, cast.language):
        return None
    agents = phrases.preposition(description.head) == "par"
    if not (_acts(description) or (agents and description.noun not in nouns.crowds)):
        return None
    if nouns.groups.get(description.noun) in {"military", "armed_group"} and _contains_name(cast, description):
        return None
    many = with_quantity(description) < description.first and _is_many(description)
    if not many and description.determiner not in {"des", "de"}:
        return None
    text = cast.reading.text[description.start : description.end]
    return cast.new(text, "group", phrases.gender(description.head), True).actor_id, "mention.people_group"


def _is_many(description: Description) -> bool:
    """Whether an adverb of quantity counts the people (beaucoup de jeunes), which a number would only report."""
    return lower(description.head.doc[with_quantity(description)]) in {"beaucoup", "nombre", "plupart", "majorité"}


def _acts(description: Description) -> bool:
    """Whether a finite verb that is no passive follows the phrase."""
    doc = description.head.doc
    following = [
        token for token in doc[description.last + 1 : description.last + 4] if lower(token) not in _BEFORE_VERB
    ]
    if not following or not phrases.is_finite(following[0]) or following[0].lemma_.lower() == "être":
        return False
    return not any(lower(token) == "été" for token in doc[description.last + 1 : description.last + 5])


def _is_articled(description: Description) -> bool:
    """Whether the article is the definite one: “les”, “aux”, or “des” after the noun that it completes."""
    if description.determiner in {"les", "aux"}:
        return True
    if description.determiner != "des":
        return False
    article = description.head.doc[description.first - 1] if description.first else None
    earlier = phrases.before(article) if article is not None else None
    if earlier is not None and lower(earlier) in {"à", "devant"}:
        # Whom somebody speaks to (a déclaré à des journalistes).
        return True
    # “le syndicat des médecins” is the union's name; an epithet tells that people are meant (le sort des prisonniers politiques).
    if earlier is None or folded(earlier.text) in nouns_of(description.language).quantities:
        return earlier is not None
    told = earlier.pos_ in {"NOUN", "PROPN", "ADP"} and not description.bare
    return told and nouns_of(description.language).groups.get(folded(earlier.text)) is None


def _says_whose_regime(description: Description) -> bool:
    """Whether a name or nothing but adjectives follow the noun (le régime de X, un régime autoritaire; régime de sanctions)."""
    following = description.head.doc[description.head.i + 1 : description.last + 1]
    return any(token.text[0].isupper() for token in following) or all(token.pos_ == "ADJ" for token in following)


def _contains_name(cast: "Cast", description: Description) -> bool:
    """Whether a body's name stands in the phrase or at its end."""
    following = cast.starting_after(description.start)
    return (
        following is not None
        and following.start <= description.end + 1
        and cast.actors[following.actor_id].kind not in {"country", "person"}
        and any(letter.isupper() for letter in cast.reading.text[following.start : following.end])
    )


def _new_office_holder(cast: "Cast", description: Description) -> Found | None:
    """Make an actor of this article of somebody known by an office alone (l'ambassadeur de Chine en Iran)."""
    if description.plural or description.former or not description.countries:
        return None
    if description.determiner not in DEFINITE or description.noun not in cast.nouns.posts:
        return None
    text = cast.reading.text[description.start : description.end]
    actor = cast.new(text, "person", phrases.gender(description.head), False)
    actor.country = description.countries[0]
    return actor.actor_id, "mention.office_holder"
