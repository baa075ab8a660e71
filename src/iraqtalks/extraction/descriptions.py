"""Nominal descriptions of actors: offices, bodies and groups by their nouns (le président américain, les troupes, ce quotidien)."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from iraqtalks.extraction import phrases
from iraqtalks.extraction.model import Mention, Paragraph
from iraqtalks.extraction.phrases import lower
from iraqtalks.knowledge.folding import fold
from iraqtalks.language import load

if TYPE_CHECKING:
    from iraqtalks.extraction.cast import Cast

_QUANTITIES: Final = frozenset(
    {"tous", "toutes", "majorité", "plupart", "parmi", "millions", "milliers", "centaines", "dizaines"}
)
_CLASS_REACH: Final = 12
"""How many mentions back “l'organisation” may point."""
_DEFINITE: Final = frozenset({"le", "la", "l'", "les", "du", "des", "au", "aux"})


@dataclass(frozen=True, slots=True)
class _Nouns:
    """The language's nouns for actors, folded; `again` holds (noun, kind)."""

    bodies: dict[str, str]
    groups: dict[str, str]
    again: dict[str, frozenset[str]]
    persons: frozenset[str]
    sources: frozenset[str]
    bare: frozenset[str]
    once: frozenset[str]
    transparent: frozenset[str]
    former: frozenset[str]
    relational: frozenset[str]
    allegiances: frozenset[str]
    title_heads: frozenset[str]
    equipment: frozenset[str]
    synonyms: dict[str, str]
    person_endings: tuple[str, ...]

    @property
    def wanted(self) -> frozenset[str]:
        """All nouns that may head a description."""
        listed = {*self.bodies, *self.groups, *self.again, *self.synonyms, *self.equipment}
        return frozenset(noun.split()[0] for noun in listed) | self.persons


@cache
def nouns_of(language: str) -> _Nouns:
    """Return the language's nouns for actors."""
    data = load(language, "actor_nouns")
    again: dict[str, set[str]] = {}
    for kind, listed in data["again"].items():
        for noun in listed:
            again.setdefault(fold(noun), set()).add(kind)
    return _Nouns(
        bodies={fold(noun): sort for sort, listed in data["bodies"].items() for noun in listed},
        groups={fold(noun): kind for kind, listed in data["groups"].items() for noun in listed},
        again={noun: frozenset(kinds) for noun, kinds in again.items()},
        persons=frozenset(map(fold, data["persons"])),
        sources=frozenset(map(fold, data["sources"])),
        bare=frozenset(map(fold, data["bare"])),
        once=frozenset(map(fold, data["once"])),
        transparent=frozenset(map(fold, data["transparent"])),
        former=frozenset(map(fold, data["former"])),
        relational=frozenset(map(fold, data["relational"])),
        allegiances=frozenset(map(fold, data["allegiances"])),
        title_heads=frozenset(map(fold, data["title_heads"])),
        equipment=frozenset(map(fold, data["equipment"])),
        synonyms={fold(word): fold(other) for word, other in data["synonyms"].items()},
        person_endings=tuple(map(fold, data["person_endings"])),
    )


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
    """The phrase without its countries, folded: what an office or body is looked up by."""
    countries: tuple[str, ...]
    """Alpha-3 codes of the countries whose adjectives, demonyms, names or capitals stand in it."""
    determiner: str | None
    former: bool
    """Whether it says that somebody was or will be it (ancien, futur)."""
    allied: bool
    """Whether an adjective tells a people, creed or camp (kurde, chiite, européen)."""
    counted: bool
    """Whether a numeral stands in it."""

    @property
    def definite(self) -> bool:
        """Whether the phrase speaks of something that the reader can tell."""
        return self.determiner in _DEFINITE or self.determiner in phrases.DEMONSTRATIVES

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

    @property
    def plural(self) -> bool:
        """Whether the head noun is plural."""
        return phrases.is_plural(self.head) is True


def take_apart(cast: "Cast", paragraph: Paragraph, head: Token) -> Description:
    """Return the noun phrase headed by `head`, taken apart."""
    nouns = nouns_of("fr")
    first, last = phrases.phrase_bounds(head)
    if fold(head.text) in nouns.relational:
        last = _relational_complement(head, last)
    if phrases.determiner(head) in phrases.POSSESSIVES:
        last = _without_country(cast, head, last)
    countries: list[str] = []
    words: list[str] = []
    former = allied = counted = False
    for token in head.doc[first : last + 1]:
        word = fold(token.text)
        named = cast.covering(paragraph.start(token)) if token.i > head.i else None
        if named is not None and cast.actors[named.actor_id].kind == "country":
            countries.extend(filter(None, [cast.actors[named.actor_id].country]))
            _drop_linking(words)
            continue
        code = cast.knowledge.country_of(token.text) or (
            cast.knowledge.capital_of(token.text) if token.text[0].isupper() else None
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
        # An adjective after a genitive is another noun's (la mission des militaires étrangers).
        allied = allied or (token.i != head.i and word in nouns.allegiances and "de" not in words and "des" not in words)
    noun = fold(head.text)
    former = former or noun.startswith("ex ")
    _drop_linking(words)
    core = " ".join(words).replace("' ", "'")
    return Description(
        paragraph, head, first, last, noun, core, tuple(dict.fromkeys(countries)), phrases.determiner(head),
        former, allied, counted,
    )  # fmt: skip


def _relational_complement(head: Token, last: int) -> int:
    """Return the last token with a complement like “à l'ONU”, “en Iran”, “auprès de l'UE” taken in."""
    doc = head.doc
    index = last + 1
    if index >= len(doc) or lower(doc[index]) not in {"à", "au", "en", "auprès", "aux"}:
        return last
    for position in range(index + 1, min(index + 4, len(doc))):
        token = doc[position]
        if token.pos_ == "PROPN" and token.text[0].isupper():
            return position
        if lower(token) not in {"de", "l'", "la", "du", "des", "d'", "le"}:
            return last
    return last


def _without_country(cast: "Cast", head: Token, last: int) -> int:
    """Return the last token without a genitive country: in “leurs troupes d'Irak” that is where they leave from."""
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


def find_descriptions(cast: "Cast") -> None:
    """Add the offices, bodies and groups that the article describes without a name."""
    nouns = nouns_of("fr")
    wanted = nouns.wanted | _first_words(cast.knowledge.titles())
    for paragraph in cast.reading.paragraphs:
        for token in paragraph.doc:
            if not token.is_alpha and "-" not in token.text:
                continue
            if fold(token.text) in wanted and _is_nominal(token):
                _describe_head(cast, paragraph, token)
            elif token.text[0].isupper() and cast.knowledge.country_of(token.text) is not None:
                _demonym(cast, paragraph, token)


def _is_nominal(token: Token) -> bool:
    """Whether the word is used as a noun: tagged so, or an adjective or verb right after an article (les militaires)."""
    if token.pos_ in phrases.NOUNS:
        return True
    previous = phrases.before(token)
    return (
        previous is not None
        and token.pos_ in {"ADJ", "VERB"}
        and lower(previous) in {"les", "des", "aux", "le", "la", "l'"}
    )


@cache
def _first_words(titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title.split()[0] for title in titles if title)


def home_country(cast: "Cast") -> str | None:
    """Return the country that the article is about: the one of most of its mentions; None where there is none."""
    counts: Counter[str] = Counter()
    for mention in cast.mentions:
        country = cast.actors[mention.actor_id].country
        if country is not None:
            counts[country] += 1
    return counts.most_common(1)[0][0] if counts else None


def inside_title(head: Token) -> bool:
    """Whether the words at `head` only complete a title (le chef du gouvernement, le locataire de la Maison Blanche)."""
    doc = head.doc
    index = head.i - 1
    if index >= 0 and lower(doc[index]) in {"la", "l'"}:
        index -= 1
    if index < 1 or lower(doc[index]) not in phrases.GENITIVE:
        return False
    return fold(doc[index - 1].text) in nouns_of("fr").title_heads


def _describe_head(cast: "Cast", paragraph: Paragraph, head: Token) -> None:
    position = paragraph.start(head)
    if cast.covering(position) is not None or inside_title(head):
        return
    description = take_apart(cast, paragraph, head)
    if name_beside(cast, description) is not None:
        return
    found = resolve(cast, description, cast.home)
    if found is None:
        found = _new_group(cast, description)
    if found is not None:
        actor_id, rule = found
        cast.add(description.start, description.end, "description", actor_id, position, rule)


def name_beside(cast: "Cast", description: Description) -> Mention | None:
    """Return the name that stands right beside the phrase, so that the phrase is its role and no mention of its own, or None."""
    nouns = nouns_of("fr")
    text = cast.reading.text
    human = description.noun in nouns.persons or bool(cast.knowledge.offices_named(description.core))
    following = cast.starting_after(description.end)
    if following is not None and following.form == "name":
        gap = text[description.end : following.start].strip(" \xa0")
        person = cast.actors[following.actor_id].kind == "person"
        if gap == "" and (human or not person):
            return following
        if gap == "," and person and human and not description.plural and description.definite:
            return following
    preceding = cast.ending_before(description.start)
    if preceding is not None and _is_apposition_gap(text[preceding.end : description.start]):
        return preceding if preceding.form == "name" else None
    return None


def _is_apposition_gap(gap: str) -> bool:
    """Whether only a comma and an article stand between a name and the phrase after it (X, le chef de Y; BOC), la compagnie)."""
    words = gap.replace(",", " , ").replace("’", "' ").replace("'", "' ").removeprefix(")").split()
    if not words or words[0] != ",":
        return False
    return len(words) == 1 or (
        len(words) == 2 and words[1].lower() in {"le", "la", "un", "une", "son", "sa", "l'", "leur"}
    )


def resolve(cast: "Cast", description: Description, home: str | None) -> tuple[str, str] | None:
    """Return the actor that the description names and the rule that says so, or None where it names none that is known."""
    return (
        _by_office(cast, description, home)
        or _by_same_words(cast, description)
        or _by_body(cast, description, home)
        or _by_person_noun(cast, description)
        or _by_class(cast, description)
    )


def _by_office(cast: "Cast", description: Description, home: str | None) -> tuple[str, str] | None:
    """An office by its title and country: its holder by the article, else by the base on the day of publication."""
    if description.plural or description.former or not description.definite:
        return None
    country = description.countries[0] if description.countries else None
    offices = cast.knowledge.offices_named(description.core, country)
    if not offices:
        return None
    for mention in cast.before(description.start):
        if cast.offices_in_text.get(mention.actor_id, frozenset()) & set(offices):
            return mention.actor_id, "mention.office_in_text"
    if country is None:
        offices = cast.knowledge.offices_named(description.core, home) if home else ()
    holders = {
        actor_id for office in offices for actor_id in cast.knowledge.holders(office, cast.reading.article.published_on)
    }
    if country is None:
        for mention in cast.before(description.start):
            if mention.actor_id in holders:
                return mention.actor_id, "mention.office"
    if len(holders) != 1:
        return None
    actor_id = holders.pop()
    return cast.known(actor_id).actor_id, "mention.office"


def _by_same_words(cast: "Cast", description: Description) -> tuple[str, str] | None:
    """The same words as before, or the last actor described with the same noun."""
    known = cast.named(cast.reading.text[description.start : description.end])
    if known is not None and (description.definite or description.countries) and cast.actors[known].kind != "person":
        return known, "mention.same_words"
    if description.definite and not description.bare:
        shortened = _by_shortened_words(cast, description)
        if shortened is not None:
            return shortened, "mention.shortened"
    if description.definite and description.bare and not description.countries:
        for mention in cast.before(description.start):
            if _is_called(cast, mention, description):
                return mention.actor_id, "mention.same_noun"
    return None


def _is_called(cast: "Cast", mention: Mention, description: Description) -> bool:
    """Whether the mention has the description's noun, or one that calls the same body, in the same number."""
    nouns = nouns_of("fr")
    noun = cast.noun_of(mention)
    if noun not in {description.noun, nouns.synonyms.get(description.noun)}:
        return False
    if description.noun in nouns.once and not description.demonstrative:
        return False
    return cast.actors[mention.actor_id].plural in {None, description.plural} or noun != description.noun


def _by_shortened_words(cast: "Cast", description: Description) -> str | None:
    """Return the actor that the article described before with these words and more (la région autonome du nord de l'Irak)."""
    words = fold(cast.reading.text[description.start : description.end])
    for mention in cast.before(description.start):
        if mention.form == "description" and fold(cast.reading.text[mention.start : mention.end]).startswith(
            words + " "
        ):
            return mention.actor_id
    return None


def _by_body(cast: "Cast", description: Description, home: str | None) -> tuple[str, str] | None:
    """A body that every country has, by its noun and country."""
    nouns = nouns_of("fr")
    sort = nouns.bodies.get(description.core)
    if sort is None and description.bare and description.noun in nouns.equipment and description.countries:
        sort = "forces" if phrases.preposition(description.head) == "par" else None
    if sort is None:
        return None
    if description.core != description.noun and description.determiner not in {"les", "aux"}:
        # “les Affaires étrangères” act, those of a ministry or minister do not.
        return None
    if len(description.countries) > 1:
        return None
    if description.determiner in phrases.POSSESSIVES:
        country = _possessor_country(cast, description) if sort == "forces" else None
    else:
        country = description.countries[0] if description.countries else home
        if not (description.countries or description.definite):
            return None
    if country is None:
        return None
    actor_id = cast.knowledge.body_of(country, sort)
    if actor_id is None:
        return None
    return cast.known(actor_id).actor_id, "mention.body" if description.countries else "mention.home_body"


def _possessor_country(cast: "Cast", description: Description) -> str | None:
    """Return the country whose “leurs troupes” are: that of the nearest state or government before, agreeing in number."""
    plural = description.determiner in {"leur", "leurs"}
    if description.determiner not in {"son", "sa", "ses", "leur", "leurs"}:
        return None
    for mention in cast.before(description.start):
        if cast.reading.paragraph_at(mention.start) is not description.paragraph:
            return None
        actor = cast.actors[mention.actor_id]
        if (
            actor.kind in {"country", "government"}
            and actor.country is not None
            and _is_plural_name(cast, mention) == plural
        ):
            return actor.country
    return None


def _is_plural_name(cast: "Cast", mention: Mention) -> bool:
    """Whether the words of a mention are plural (les États-Unis; Washington is not)."""
    words = cast.reading.text[mention.start : mention.end].split()
    return bool(words) and words[0][-1] in "sx" and cast.knowledge.capital_of(" ".join(words)) is None


def _by_person_noun(cast: "Cast", description: Description) -> tuple[str, str] | None:
    """A person whom the article introduced with the same noun (le scientifique iranien)."""
    if description.plural or not description.definite:
        return None
    for mention in cast.before(description.start):
        actor = cast.actors[mention.actor_id]
        if actor.kind == "person" and description.noun in cast.role_nouns.get(mention.actor_id, ()):
            if description.countries and actor.country not in {None, *description.countries}:
                continue
            return mention.actor_id, "mention.role_noun"
    return None


def _by_class(cast: "Cast", description: Description) -> tuple[str, str] | None:
    """A body of the article by a noun for its kind (l'organisation, le quotidien américain)."""
    again = nouns_of("fr").again
    kinds = again.get(description.core) or again.get(description.noun)
    if kinds is None or not description.definite:
        return None
    if not description.demonstrative and not description.bare and description.core not in again:
        return None
    candidates = [
        mention
        for mention in cast.before(description.start)[:_CLASS_REACH]
        if mention.form == "name" and _fits_class(cast, description, mention, kinds)
    ]
    # What the text spoke of is rather the subject than the nearest name.
    subjects = (mention for mention in candidates if _is_subject(cast, mention))
    chosen = next(subjects, None) or next(iter(candidates), None)
    return None if chosen is None else (chosen.actor_id, "mention.class_noun")


def _fits_class(cast: "Cast", description: Description, mention: Mention, kinds: frozenset[str]) -> bool:
    actor = cast.actors[mention.actor_id]
    if actor.kind not in kinds or (actor.kind in {"country", "government"} and not description.demonstrative):
        return False
    return not description.countries or actor.country in {None, *description.countries}


def _is_subject(cast: "Cast", mention: Mention) -> bool:
    paragraph = cast.reading.paragraph_at(mention.head)
    token = paragraph.token_at(mention.head) if paragraph is not None else None
    return token is not None and token.dep_.startswith("nsubj")


def _new_group(cast: "Cast", description: Description) -> tuple[str, str] | None:
    """A body or group that the article describes and nobody knows: an actor of this article."""
    nouns = nouns_of("fr")
    kind = nouns.groups.get(description.noun)
    if kind is None:
        return _new_office_holder(cast, description)
    if description.demonstrative or description.former or not _is_told(description):
        return None
    if not (description.countries or description.allied or description.counted) and _contains_name(cast, description):
        # “des éléments de Daech”, “les soldats de la Task Force X”: the name is the mention.
        return None
    text = cast.reading.text[description.start : description.end]
    actor = cast.new(text, kind, phrases.gender(description.head), description.plural)
    if len(description.countries) == 1:
        actor.country = description.countries[0]
    return actor.actor_id, "mention.group"


def kind_of_noun(description: Description) -> str:
    """Return the kind of actor that a description without a known actor makes: by its noun, else a person or a group."""
    kind = nouns_of("fr").groups.get(description.noun)
    return (
        kind
        if kind is not None and description.noun not in nouns_of("fr").persons
        else "group"
        if description.plural
        else "person"
    )


def _is_told(description: Description) -> bool:
    """Whether the phrase says enough to tell a group: whose it is, or a definite phrase with an epithet."""
    nouns = nouns_of("fr")
    whose = bool(description.countries) or description.allied
    if description.bare and not whose and description.noun in nouns.bare:
        return description.definite or (
            description.determiner is not None and nouns.groups[description.noun] == "party"
        )
    if description.noun in nouns.once:
        return whose and (description.plural or description.definite)
    if whose:
        return True
    described = not description.bare or description.head.i - description.first > 1
    return described and (description.definite or description.counted)


def _contains_name(cast: "Cast", description: Description) -> bool:
    following = cast.starting_after(description.start)
    return (
        following is not None
        and following.form == "name"
        and following.start <= description.end + 1
        and cast.actors[following.actor_id].kind not in {"country", "person"}
    )


def _new_office_holder(cast: "Cast", description: Description) -> tuple[str, str] | None:
    """Somebody known by an office alone (l'ambassadeur de Chine en Iran): an actor of this article."""
    if description.plural or description.former or not description.countries:
        return None
    if description.determiner not in _DEFINITE or not cast.knowledge.offices_named(description.core):
        return None
    text = cast.reading.text[description.start : description.end]
    actor = cast.new(text, "person", phrases.gender(description.head), False)
    actor.country = description.countries[0]
    return actor.actor_id, "mention.office_holder"


def _demonym(cast: "Cast", paragraph: Paragraph, head: Token) -> None:
    """Américains, Iraniens: the state where they deal with one another, its people where the article is about them."""
    position = paragraph.start(head)
    code = cast.knowledge.country_of(head.text)
    if code is None or cast.covering(position) is not None or phrases.is_plural(head) is not True:
        return
    actor_id = cast.knowledge.country_actor(code)
    if actor_id is None or not _stands_for_state(cast, head):
        return
    if code == cast.home and not _is_paired(cast, head):
        if not _acts(head):
            return
        actor = cast.new(head.text.lower(), "group", "m", True)
        actor.country = code
        actor_id = actor.actor_id
        rule = "mention.people"
    else:
        actor_id = cast.known(actor_id).actor_id
        rule = "mention.demonym"
    cast.add(position, paragraph.end(head), "description", actor_id, position, rule)


def _stands_for_state(cast: "Cast", head: Token) -> bool:
    """Whether the demonym stands with a plain article or paired, not as some of its people (quinze millions d'Iraniens)."""
    if _is_paired(cast, head):
        return True
    previous = phrases.before(head)
    if previous is None or lower(previous) not in {"les", "des", "aux"}:
        return False
    earlier = phrases.before(previous)
    if earlier is not None and earlier.is_punct and earlier.text in {'"', "»", ")"}:
        earlier = phrases.before(earlier)
    if lower(previous) == "des" and (earlier is None or earlier.pos_ not in {"NOUN", "ADJ", "PROPN", "ADP"}):
        return False
    following = phrases.after(head)
    return not (
        (earlier is not None and lower(earlier) in _QUANTITIES) or (following is not None and following.pos_ == "ADJ")
    )


def _acts(head: Token) -> bool:
    """Whether the demonym is the subject of a verb right after it."""
    following = phrases.after(head)
    return following is not None and (phrases.is_finite(following) or following.pos_ == "AUX")


def _is_paired(cast: "Cast", head: Token) -> bool:
    """Whether demonyms of two countries stand side by side (entre Américains et Iraniens)."""
    doc = head.doc
    own = cast.knowledge.country_of(head.text)
    for index, joint in (
        (head.i - 2, head.i - 1),
        (head.i - 3, head.i - 2),
        (head.i + 2, head.i + 1),
        (head.i + 3, head.i + 1),
    ):
        if 0 <= index < len(doc) and lower(doc[joint]) == "et" and doc[index].text[0].isupper():
            other = cast.knowledge.country_of(doc[index].text)
            if other is not None and other != own:
                return True
    return False
