"""Noun phrases that describe actors, taken apart: head noun, whose it is, what else they say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iraqtalks.extraction import phrases
from iraqtalks.extraction.actors.nouns import is_person_word, nouns_of
from iraqtalks.extraction.model import Mention, Paragraph
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge import Region
from iraqtalks.knowledge.folding import folded

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast

DEFINITE: Final = frozenset({"le", "la", "l'", "les", "du", "des", "au", "aux"})
"""Definite articles, with those that a preposition has swallowed."""
_NO_COMPLEMENTS: Final = frozenset({"sein", "cours", "moment", "nom", "titre", "sujet", "terme", "début", "fin"})
"""Nouns that with “au”, “en” or “à” are prepositions or times."""

_BEHIND_PARTY: Final = 80
"""So many characters behind a post at most its holder is named, with the party and the place between."""
_OPENING: Final = 16
"""So many tokens at most has a phrase that opens a sentence before its person is named."""
_SHORTEST_COUNTRY: Final = 3
"""No word for a country is shorter (RDC, turc)."""
_TITLED: Final = 60
"""No title before a name is as long as that."""
_QUANTITY: Final = 2
"""A quantity and its “de” are so many tokens."""


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase taken apart: where it stands, its head noun, whose it is, and what else it says."""

    paragraph: Paragraph
    head: Token
    first: int
    last: int
    noun: str
    """The head noun, folded."""
    core: str
    """The phrase from its noun on without its countries, folded: what a body is looked up by."""
    title: str
    """The same with the adjectives before the noun (premier ministre): what an office is looked up by."""
    countries: tuple[str, ...]
    """Alpha-3 codes of the countries whose adjectives, demonyms, names or capitals stand in it."""
    determiner: str | None
    former: bool
    """Whether it says that somebody was or will be it (ancien, futur)."""
    allied: bool
    """Whether an adjective tells a people, creed or camp (kurde, chiite, européen)."""
    counted: bool
    """Whether a numeral stands in it."""
    plural: bool
    """Whether the head noun is plural."""
    region: Region | None
    """The region with a government of its own whose adjective stands in it (kurde)."""

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.paragraph.language

    @property
    def definite(self) -> bool:
        """Whether the phrase speaks of something that the reader can tell."""
        return self.determiner in DEFINITE or self.determiner in phrases.DEMONSTRATIVES

    @property
    def demonstrative(self) -> bool:
        """Whether the phrase points back (ce, cette)."""
        return self.determiner in phrases.DEMONSTRATIVES

    @property
    def bare(self) -> bool:
        """Whether the head noun stands alone, apart from its countries."""
        return self.core == self.noun

    @property
    def start(self) -> int:
        """First position in the article."""
        return self.paragraph.start(self.head.doc[self.first])

    @property
    def end(self) -> int:
        """Position after the last character in the article."""
        return self.paragraph.end(self.head.doc[self.last])


def take_apart(cast: "Cast", paragraph: Paragraph, head: Token) -> Description:
    """Return the noun phrase headed by `head`, taken apart."""
    nouns = cast.nouns
    first, last = phrases.phrase_bounds(head)
    if folded(head.text) in nouns.relational:
        last = _relational_complement(head, last)
    last = _at_person(cast, paragraph, head, last)
    last = _to_end_of_name(cast, paragraph, head, last)
    if phrases.determiner(head) in phrases.POSSESSIVES:
        last = _without_country(cast, head, last)
    countries: list[str] = []
    words: list[str] = []
    leading: list[str] = []
    former = allied = counted = False
    region: Region | None = None
    for index in range(first, last + 1):
        token = head.doc[index]
        word = folded(token.text)
        named = cast.covering(paragraph.start(token)) if token.i > head.i else None
        if named is not None and cast.actors[named.actor_id].kind == "country":
            countries.extend(filter(None, [cast.actors[named.actor_id].country]))
            _drop_linking(words)
            continue
        code = None
        if len(token) >= _SHORTEST_COUNTRY:
            code = cast.knowledge.country_of(word) or (
                cast.knowledge.capital_of(word) if token.text[0].isupper() else None
            )
        if code is not None and token.i != head.i:
            countries.append(code)
            _drop_linking(words)
        elif word in nouns.former:
            former = True
        elif token.i >= head.i:
            words.append(word)
        elif token.pos_ == "NUM":
            counted = True
        else:
            leading.append(word)
        # An adjective after a genitive is another noun's (la mission des militaires étrangers).
        allied = allied or (
            token.i != head.i and word in nouns.allegiances and "de" not in words and "des" not in words
        )
        if token.i > head.i and word in nouns.allegiances:
            region = region or cast.knowledge.region_of(word)
    noun = folded(head.text)
    former = former or noun.startswith("ex ")
    _drop_linking(words)
    core = " ".join(words).replace("' ", "'")
    return Description(
        paragraph=paragraph,
        head=head,
        first=first,
        last=last,
        noun=noun,
        core=core,
        title=" ".join([*leading, core]),
        countries=tuple(dict.fromkeys(countries)),
        determiner=phrases.determiner(head),
        former=former,
        allied=allied,
        counted=counted,
        plural=phrases.is_plural(head) is True,
        region=region,
    )


def _relational_complement(head: Token, last: int) -> int:
    """Return the last token with a complement like “à l'ONU”, “en Iran”, “auprès de l'UE” taken in."""
    doc = head.doc
    index = last + 1
    if index >= len(doc) or lower(doc[index]) not in {"à", "au", "en", "auprès", "aux"}:
        return last
    for position in range(index + 1, min(index + 4, len(doc))):
        token = doc[position]
        if token.pos_ in phrases.NOUNS and lower(token) not in _NO_COMPLEMENTS:
            return phrases.phrase_bounds(token)[1]
        if lower(token) not in {"de", "l'", "la", "du", "des", "d'", "le"}:
            return last
    return last


def _at_person(cast: "Cast", paragraph: Paragraph, head: Token, last: int) -> int:
    """Return the last token without the name of a person beside the phrase (la ministre de la Justice X).

    A person in the genitive belongs to the phrase (le régime de X, l'administration du président X).
    """
    end = paragraph.end(head.doc[min(last + 1, len(head.doc) - 1)])
    person = cast.person_between(paragraph.end(head), end)
    token = None if person is None else paragraph.token_at(person.start)
    if person is None or token is None:
        return last
    before = token.i - 1
    titles = cast.words.titles
    while before > head.i and head.doc[before].lower_ in titles:
        before -= 1
    if before > head.i and lower(head.doc[before]) in phrases.GENITIVE:
        final = paragraph.token_at(person.end - 1)
        return last if final is None else final.i
    return last if token.i > last else max(head.i, token.i - 1)


def _to_end_of_name(cast: "Cast", paragraph: Paragraph, head: Token, last: int) -> int:
    """Return the last token, or that of the name that begins in the phrase and goes on after it."""
    named = cast.covering(paragraph.start(head.doc[last]))
    if named is None or last == head.i or named.start <= paragraph.start(head):
        return last
    token = paragraph.token_at(named.end - 1)
    return last if token is None else max(last, token.i)


def _without_country(cast: "Cast", head: Token, last: int) -> int:
    """Return the last token without a genitive country: “leurs troupes d'Irak” are not Iraq's."""
    token = head.doc[last]
    if last - 1 > head.i and token.text[0].isupper() and cast.knowledge.country_of(token.text) is not None:
        return last - 2 if lower(head.doc[last - 1]) in phrases.GENITIVE else last
    return last


def _drop_linking(words: list[str]) -> None:
    """Drop the words that joined what was taken out to what stays (de, des, d', de la, et)."""
    while len(words) > 1 and words[-1] in {
        "de",
        "des",
        "du",
        "d'",
        "la",
        "l'",
        "les",
        "et",
        "a",
        "en",
        "aux",
        "au",
        ",",
    }:
        words.pop()


def with_quantity(description: Description) -> int:
    """Return the first token of the phrase with the quantity before it (plusieurs pays, des milliers de pèlerins)."""
    doc = description.head.doc
    first = description.first
    nouns = nouns_of(description.language)
    quantities = nouns.quantities
    if first and folded(doc[first - 1].text) in nouns.several:
        first -= 1
    while (
        first >= _QUANTITY and lower(doc[first - 1]) in phrases.GENITIVE and folded(doc[first - 2].text) in quantities
    ):
        first -= 2
        while first and doc[first - 1].pos_ in {"ADJ", "NUM"}:
            first -= 1
    return first


def with_coordinated(description: Description) -> tuple[int, int]:
    """Return the positions of the phrase, with a bare plural that “et” joins to a bare plural (journalistes et juges)."""
    doc, paragraph = description.head.doc, description.paragraph
    first, last = description.first, description.last
    if not description.plural or description.determiner is not None:
        return description.start, description.end
    if last + 2 < len(doc) and lower(doc[last + 1]) == "et" and _is_bare_plural(doc[last + 2]):
        last = phrases.phrase_bounds(doc[last + 2])[1]
    elif first >= 2 and lower(doc[first - 1]) == "et":
        index = first - 2
        while index > 0 and doc[index].pos_ == "ADJ":
            index -= 1
        if _is_bare_plural(doc[index]):
            first = phrases.phrase_bounds(doc[index])[0]
    return paragraph.start(doc[first]), paragraph.end(doc[last])


def _is_bare_plural(token: Token) -> bool:
    return token.pos_ == "NOUN" and phrases.is_plural(token) is True and phrases.determiner(token) is None


def inside_title(head: Token) -> bool:
    """Return whether the words at `head` only complete a title (le chef du gouvernement)."""
    doc = head.doc
    index = head.i - 1
    if index >= 0 and lower(doc[index]) in {"la", "l'"}:
        index -= 1
    if index < 1 or lower(doc[index]) not in phrases.GENITIVE:
        return False
    nouns = nouns_of(head.lang_)
    governing = folded(doc[index - 1].text)
    return governing in nouns.residents or (head.text[0].islower() and governing in nouns.title_heads)


def name_beside(cast: "Cast", description: Description) -> Mention | None:
    """Return the name right beside the phrase, whose role the phrase then is; None where it stands alone."""
    text = cast.reading.text
    human = is_person_noun(cast, description)
    following = cast.starting_after(description.end)
    if following is not None and following.form == "name":
        gap = _without_title(cast, text[description.end : following.start])
        person = cast.actors[following.actor_id].kind == "person"
        if gap == "" and human and cast.actors[following.actor_id].kind == "party":
            # “le maire Les Républicains (LR) de Nice, X”: the party is no head.
            return _behind_party(cast, description)
        if gap == "" and (human or not person) and not (human and _names_complement(cast, description, following)):
            return following
        if gap == "(" and person and human and description.definite and text[following.end : following.end + 1] == ")":
            return following
        if gap == "," and person and human and not description.plural and description.definite:
            return following
    opened = _opened_person(cast, description) if human else None
    if opened is not None:
        return opened
    preceding = cast.ending_before(description.start)
    if preceding is None or preceding.form != "name" or not _is_apposition_gap(text[preceding.end : description.start]):
        return None
    person = cast.actors[preceding.actor_id].kind == "person"
    return preceding if person == human and not is_clause_subject(description) else None


def _names_complement(cast: "Cast", description: Description, name: Mention) -> bool:
    """Whether a name right behind a person's phrase is its last noun's (la propriétaire de la boutique X): a body's, no person's."""
    last = description.head.doc[description.last]
    return last.i > description.head.i and last.pos_ == "NOUN" and cast.actors[name.actor_id].kind != "person"


def _behind_party(cast: "Cast", description: Description) -> Mention | None:
    """Return the person named behind the party that a post is told by, over a comma at most and no verb, or None."""
    person = cast.person_between(description.end, description.end + _BEHIND_PARTY)
    if person is None or person.form != "name" or person.start > description.paragraph.block.end:
        return None
    doc = description.head.doc
    last = description.paragraph.token_at(person.start)
    between = doc[description.last + 1 : last.i] if last is not None else doc[0:0]
    if any(phrases.is_finite(token) for token in between) or sum(token.text == "," for token in between) > 1:
        return None
    return person


def _opened_person(cast: "Cast", description: Description) -> Mention | None:
    """Return the person named after the comma of the phrase that opens the sentence (Chercheur à l'université, M. X)."""
    doc, paragraph = description.head.doc, description.paragraph
    first = doc[description.first]
    opens = first.i == 0 or doc[first.i - 1].text in {".", "!", "?", "-", "»", '"'}
    if not opens or description.determiner is not None or description.plural:
        return None
    for token in doc[description.last + 1 : description.last + _OPENING]:
        if phrases.is_finite(token) or token.text in {".", ";", ":"}:
            return None
        if token.text == ",":
            mention = cast.starting_after(paragraph.end(token))
            if mention is None or mention.form != "name" or mention.start > paragraph.end(token) + 1:
                return None
            return mention if cast.actors[mention.actor_id].kind == "person" else None
    return None


def _without_title(cast: "Cast", gap: str) -> str:
    """Return what stands between a phrase and a name, without an article and title of the name (, l'ayatollah X)."""
    if len(gap) > _TITLED:
        return gap
    words = gap.replace("’", "'").replace("l'", "").split()
    titles = cast.words.titles
    return " ".join(word for word in words if word not in {"le", "la"} and word.lower() not in titles)


def is_clause_subject(description: Description) -> bool:
    """Return whether a finite verb follows the phrase with its article (selon X, le président a refusé)."""
    following = phrases.after(description.head.doc[description.last])
    if following is None or description.determiner is None:
        return False
    # “X, le chef de Y et le ministre Z” is a list.
    return phrases.is_finite(following) or lower(following) in {"n'", "ne", "s'", "se", "y", "et"}


def _is_apposition_gap(gap: str) -> bool:
    """Whether only a comma and an article stand between a name and the phrase after it (X, le chef de Y)."""
    words = gap.replace(",", " , ").replace("’", "' ").replace("'", "' ").removeprefix(")").split()
    if not words or words[0] != ",":
        return False
    return len(words) == 1 or (
        len(words) == 2 and words[1].lower() in {"le", "la", "un", "une", "son", "sa", "l'", "leur"}
    )


def offices_of(cast: "Cast", description: Description, country: str | None) -> tuple[str, ...]:
    """Return the offices of the base that the description names, of one country if it is given.

    Adjectives before the title may be more than belongs to it (le nouveau Premier ministre).
    """
    words = description.title.split(" ")
    for first in range(len(words)):
        found = cast.knowledge.offices_named(" ".join(words[first:]), country)
        if found or words[first] == description.noun:
            return found
    return ()


def is_person_noun(cast: "Cast", description: Description) -> bool:
    """Whether the head noun is one for a person: listed, an office's title, or by its ending."""
    return is_person_word(description.noun, cast.language) or bool(offices_of(cast, description, None))


def kind_of_noun(description: Description) -> str:
    """Return the kind of actor that a new description makes: by its noun, people by number; `other` where the noun does not tell."""
    nouns = nouns_of(description.language)
    kind = nouns.groups.get(description.noun) or nouns.speaking_bodies.get(description.noun)
    if kind is not None and description.noun not in nouns.persons:
        return kind
    known = (
        is_person_word(description.noun, description.language)
        or description.noun in nouns.epithets | nouns.crowds | nouns.sources
    )
    if (
        known
        or nouns.bodies.get(description.noun)
        or description.noun in nouns.posts | nouns.leaders | nouns.title_heads
    ):
        return "group" if description.plural else "person"
    return "other"
