"""Which known actor a description names: by office, the same words, body and country, or a class noun."""

from typing import TYPE_CHECKING, Final

from iraqtalks.extraction import phrases
from iraqtalks.extraction.actors.descriptions import DEFINITE, Description, offices_of
from iraqtalks.extraction.actors.metonyms import governs_place
from iraqtalks.extraction.actors.nouns import is_person_word, nouns_of
from iraqtalks.extraction.model import Actor, Mention
from iraqtalks.extraction.phrases import lower
from iraqtalks.knowledge.folding import fold, folded

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast

Found = tuple[str, str]
"""An actor's id and the name of the rule that found it."""
_OPENING: Final = 4
"""The scene of a sentence stands in so many tokens at its beginning."""
_INSIDE: Final = frozenset({"en", "au", "aux", "à", "a"})
_NOUN_AND_ADJECTIVE: Final = 2
_WORLD: Final = ("onusien", "onusienne", "onusiens", "onusiennes", "europeen", "europeenne")
"""How adjectives end that only an international organization has."""
_TOWARDS: Final = frozenset({None, "de", "pour", "contre", "avec", "que"})
"""Prepositions after which “le pays” is somebody."""
_TELLING: Final = (["le", "plus"], ["le", "moins"])
"""What goes on after a country that is only told among others (le pays le plus touché)."""
_POSSESSED: Final = frozenset({"forces", "government"})
"""Sorts of body that are somebody's (ses troupes, son gouvernement)."""
_POSSESSORS: Final = frozenset({"country", "government", "person"})
_PARAGRAPH: Final = 400
"""So many characters back at most ends the paragraph in which “ce médecin” was introduced."""
_BESIDE: Final = 40
"""A name so near behind a noun is whose noun it is."""
_CLASS_REACH: Final = 18
"""How many mentions back “l'organisation” may point."""


def resolve(cast: "Cast", description: Description, home: str | None) -> Found | None:
    """Return the actor that the description names and the rule that says so, or None."""
    if description.former:
        return None
    return (
        _by_office(cast, description, home)
        or _by_scene(cast, description)
        or _by_party(cast, description)
        or _by_call(cast, description)
        or _by_leader(cast, description)
        or _by_same_words(cast, description)
        or _by_body(cast, description, home)
        or _by_person_noun(cast, description)
        or _by_leadership(cast, description)
        or _by_class(cast, description)
        or _by_state_noun(cast, description)
        or _by_homeland(cast, description)
        or _by_possessive(cast, description)
        or _by_own_party(cast, description)
        or _by_epithet(cast, description)
    )


def resolve_words(cast: "Cast", description: Description) -> str | None:
    """Return the body or group that the article last called by exactly these words, or None."""
    return _by_identical_words(cast, description)


def _by_office(cast: "Cast", description: Description, home: str | None) -> Found | None:
    """Return the holder of an office by its title and country: by the article, else by the base on its day."""
    if description.plural or description.former or not description.definite:
        return None
    country = description.countries[0] if description.countries else None
    offices = frozenset(offices_of(cast, description, country))
    if not offices:
        return None
    by_text = _holder_in_text(cast, description, offices, country)
    if by_text is not None:
        return by_text
    if country is None:
        offices = frozenset(offices_of(cast, description, home)) if home else frozenset()
    holders = _holders(cast, offices)
    return (cast.known(holders.pop()).actor_id, "mention.office") if len(holders) == 1 else None


def _holders(cast: "Cast", offices: frozenset[str]) -> set[str]:
    """Return who holds one of the offices on the day of publication, by the base."""
    day = cast.reading.article.published_on
    return {actor_id for office in offices for actor_id in cast.knowledge.holders(office, day)}


def _holder_in_text(
    cast: "Cast", description: Description, offices: frozenset[str], country: str | None
) -> Found | None:
    """Return the nearest person before of whom the article or, without a country, the base says so; else one after."""
    holders = _holders(cast, offices) if country is None else set()
    for mention in cast.before(description.start):
        if offices & cast.offices_in_text.get(mention.actor_id, set()):
            return mention.actor_id, "mention.office_in_text"
        if mention.actor_id in holders:
            return mention.actor_id, "mention.office"
    for actor_id, held in cast.offices_in_text.items():
        if held & offices and (country is None or cast.actors[actor_id].country in {None, country}):
            return actor_id, "mention.office_in_text"
    return None


def _by_same_words(cast: "Cast", description: Description) -> Found | None:
    """Return the actor that the article called by the same words, or last by the same noun."""
    if description.noun in cast.nouns.states and description.bare:
        return None
    if description.definite or description.countries:
        same = _by_identical_words(cast, description)
        if same is not None:
            return same, "mention.same_words"
    if description.definite and not description.bare:
        shortened = _by_shortened_words(cast, description)
        if shortened is not None:
            return shortened, "mention.shortened"
    if description.definite and description.bare and not description.countries:
        for mention in cast.before(description.start):
            if _is_called(cast, mention, description):
                return mention.actor_id, "mention.same_noun"
    return None


def _by_identical_words(cast: "Cast", description: Description) -> str | None:
    """Return the body or group that the article last called by exactly these words, or None.

    What was meant in a sentence of its own scene (En France, le gouvernement …) is not meant elsewhere.
    """
    text = cast.reading.text
    words = fold(text[description.start : description.end])
    for mention in cast.before(description.start):
        if mention.end - mention.start != len(words) or fold(text[mention.start : mention.end]) != words:
            continue
        if mention.rule != "mention.scene_body" and cast.actors[mention.actor_id].kind != "person":
            return mention.actor_id
    return None


def _is_called(cast: "Cast", mention: Mention, description: Description) -> bool:
    """Whether the mention has the description's noun, or one that calls the same body."""
    nouns = cast.nouns
    noun = cast.noun_of(mention)
    if noun not in {description.noun, nouns.synonyms.get(description.noun)}:
        return False
    if description.demonstrative and cast.actors[mention.actor_id].kind == "person":
        # “cet Irakien” is the person spoken of last, whoever was called so before.
        return False
    if description.noun not in nouns.once:
        return True
    return description.demonstrative and cast.actors[mention.actor_id].plural in {None, description.plural}


def _by_shortened_words(cast: "Cast", description: Description) -> str | None:
    """Return the actor that the article described before with these words and more, or None."""
    words = fold(cast.reading.text[description.start : description.end])
    for mention in cast.before(description.start):
        if mention.form == "description" and fold(cast.reading.text[mention.start : mention.end]).startswith(
            words + " "
        ):
            return mention.actor_id
    return None


def _by_body(cast: "Cast", description: Description, home: str | None) -> Found | None:
    """Return a body that every country has, by its noun and country."""
    sort = _sort_of_body(description)
    if sort is None or len(description.countries) > 1:
        return None
    regional = _regional_body(cast, description, sort)
    if regional is not None:
        return regional
    country = _country_of_body(cast, description, sort, home)
    actor_id = cast.knowledge.body_of(country, sort) if country is not None else None
    if actor_id is None:
        return None
    return cast.known(actor_id).actor_id, "mention.body" if description.countries else "mention.home_body"


def _regional_body(cast: "Cast", description: Description, sort: str) -> Found | None:
    """Return a body of a region with a government of its own: by its adjective, or where the article is about the region."""
    region = description.region
    definite = description.definite or _is_agent(description)
    if region is None and not description.countries and not description.allied and definite:
        region = cast.region
        if region is None or description.determiner in phrases.POSSESSIVES:
            return None
    if region is None or region.country not in {cast.home, *description.countries} or sort not in region.bodies:
        return None
    rule = "mention.body" if description.region is not None else "mention.home_body"
    return cast.known(region.bodies[sort]).actor_id, rule


def _sort_of_body(description: Description) -> str | None:
    """Return which of the bodies that every country has the noun names."""
    nouns = nouns_of(description.language)
    if description.bare and description.noun in nouns.equipment and description.countries:
        return "forces" if phrases.preposition(description.head) == "par" else None
    core = description.core
    if description.region is not None:
        # “les forces de sécurité kurdes”: the region's adjective says whose, as a country's does.
        core = " ".join(word for word in core.split(" ") if word not in nouns.allegiances)
    sort = nouns.bodies.get(core) or _sort_with_epithet(description)
    if sort == "foreign_ministry" and description.noun == "affaires" and description.determiner not in {"les", "aux"}:
        # “les Affaires étrangères” act, those of a ministry or minister do not.
        return None
    return sort


def _sort_with_epithet(description: Description) -> str | None:
    """Return the sort of a government that an adjective judges (le régime théocratique, un gouvernement surendetté)."""
    sort = nouns_of(description.language).bodies.get(description.noun)
    judged = sort == "government" and not description.plural and not description.allied and description.noun != "regime"
    following = description.head.doc[description.head.i + 1 : description.last + 1]
    judged = judged and len(following) > 0 and all(token.pos_ == "ADJ" for token in following)
    return sort if judged and (description.definite or description.countries or _is_agent(description)) else None


def _is_agent(description: Description) -> bool:
    """Whether the phrase is who does something, told by “un” only to be judged (imposé par un gouvernement ruiné)."""
    return description.determiner == "un" and phrases.preposition(description.head) == "par"


def _country_of_body(cast: "Cast", description: Description, sort: str, home: str | None) -> str | None:
    """Return whose the body is: as the phrase says, its possessor's, or the country that the article is about."""
    if description.determiner in phrases.POSSESSIVES:
        return _possessor_country(cast, description) if sort in _POSSESSED else None
    if description.allied and description.bare:
        return None
    if description.countries:
        return description.countries[0]
    counted = description.counted and sort == "parliament"
    judged = sort == "government" and _is_agent(description)
    return home if description.definite or counted or judged else None


def _by_party(cast: "Cast", description: Description) -> Found | None:
    """Return a party by its members, where the article speaks of the country (les républicains)."""
    sort = cast.nouns.party_members.get(description.noun)
    if sort is None or not description.bare or description.determiner is None:
        return None
    present = {*description.countries, *filter(None, (actor.country for actor in cast.actors.values()))}
    for country in sorted(present):
        actor_id = cast.knowledge.body_of(country, sort)
        if actor_id is not None:
            return cast.known(actor_id).actor_id, "mention.party_members"
    return None


def _by_call(cast: "Cast", description: Description) -> Found | None:
    """Return the actor that the article named and goes on to call so (les jihadistes)."""
    actor_id = cast.nouns.called.get(description.noun)
    if actor_id is None or actor_id not in cast.actors or not description.bare or description.countries:
        return None
    return actor_id, "mention.called"


def _by_leader(cast: "Cast", description: Description) -> Found | None:
    """Return the body that is called after its leader (l'administration du président X: l'administration X), or None."""
    person = cast.person_between(description.start, description.end)
    if person is None or person.end != description.end or cast.nouns.groups.get(description.noun) != "government":
        return None
    surname = cast.reading.text[person.start : person.end].split()[-1]
    short = f"{description.head.text} {surname}"
    for match in cast.knowledge.match(short):
        if len(match.actor_ids) == 1 and match.end - match.start == len(short):
            return cast.known(match.actor_ids[0]).actor_id, "mention.leaders_body"
    return None


def _by_scene(cast: "Cast", description: Description) -> Found | None:
    """Return the body of the country in which the sentence is set (en France, l'exécutif …)."""
    sort = cast.nouns.bodies.get(description.core)
    if sort is None or description.countries or description.allied or description.determiner not in DEFINITE:
        return None
    country = _scene(cast, description)
    actor_id = cast.knowledge.body_of(country, sort) if country is not None else None
    return None if actor_id is None else (cast.known(actor_id).actor_id, "mention.scene_body")


def _scene(cast: "Cast", description: Description) -> str | None:
    """Return the country with which the sentence opens as its scene (En France, …), or None."""
    sentence = description.head.sent
    for token in sentence[:_OPENING]:
        mention = cast.headed_at(description.paragraph.start(token))
        if mention is None or token.i == 0 or token.i >= description.head.i:
            continue
        actor = cast.actors[mention.actor_id]
        previous = token.doc[token.i - 1]
        # The last of several coordinated countries is no better than the first.
        if actor.kind == "country" and lower(previous) in _INSIDE:
            return actor.country
    return None


def _possessor_country(cast: "Cast", description: Description) -> str | None:
    """Return the country whose “leurs troupes” are: of the nearest state or person before that agrees in number."""
    plural = description.determiner in {"leur", "leurs"}
    if description.determiner not in {"son", "sa", "ses", "leur", "leurs"}:
        return None
    for mention in cast.before(description.start):
        if cast.reading.paragraph_at(mention.start) is not description.paragraph:
            return None
        actor = cast.actors[mention.actor_id]
        if (
            actor.kind in _POSSESSORS
            and actor.country is not None
            and (actor.kind != "person" and _is_plural_name(cast, mention)) == plural
        ):
            return actor.country
    return None


def _is_plural_name(cast: "Cast", mention: Mention) -> bool:
    """Whether the words of a mention are plural (les États-Unis; Washington is not)."""
    words = cast.reading.text[mention.start : mention.end].split()
    return bool(words) and words[0][-1] in "sx" and cast.knowledge.capital_of(" ".join(words)) is None


def _by_person_noun(cast: "Cast", description: Description) -> Found | None:
    """Return a person whom the article introduced with the same noun (le scientifique iranien)."""
    if description.plural or not description.definite:
        return None
    for mention in cast.before(description.start):
        actor = cast.actors[mention.actor_id]
        called = cast.role_nouns.get(mention.actor_id, set())
        same = description.noun in called if description.bare else description.core in called
        if actor.kind == "person" and same:
            if description.countries and actor.country not in {None, *description.countries}:
                continue
            return mention.actor_id, "mention.role_noun"
    return None


def _by_leadership(cast: "Cast", description: Description) -> Found | None:
    """Return the nearest holder of an office of the country before (le dirigeant irakien), or None."""
    singular = not description.plural and description.definite and description.bare and len(description.countries) == 1
    if not singular or description.noun not in cast.nouns.leaders:
        return None
    day = cast.reading.article.published_on
    for mention in cast.before(description.start):
        actor = cast.actors[mention.actor_id]
        if actor.kind != "person" or actor.country != description.countries[0]:
            continue
        if cast.offices_in_text.get(mention.actor_id) or cast.knowledge.offices_of(mention.actor_id, day):
            return mention.actor_id, "mention.leader"
    return None


def _by_class(cast: "Cast", description: Description) -> Found | None:
    """Return a body of the article by a noun for its kind (l'organisation, le quotidien américain)."""
    again = cast.nouns.again
    kinds = again.get(description.core) or again.get(description.noun)
    if kinds is None or not description.definite:
        return None
    told = description.bare or description.core in again or _by_camp(description)
    if not description.demonstrative and not told:
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


def _by_camp(description: Description) -> bool:
    """Whether nothing but the adjective of a camp stands with the noun (l'agence onusienne, la milice chiite)."""
    words = description.core.split(" ")
    return len(words) == _NOUN_AND_ADJECTIVE and words[1] in nouns_of(description.language).allegiances


def _fits_class(cast: "Cast", description: Description, mention: Mention, kinds: frozenset[str]) -> bool:
    actor = cast.actors[mention.actor_id]
    if description.plural and actor.plural is not True:
        return False
    if actor.kind not in kinds or (not description.demonstrative and _is_ambiguous(actor, description)):
        return False
    if _by_camp(description) and description.core.endswith(_WORLD) and actor.kind != "international_organization":
        return False
    return not description.countries or actor.country in {None, *description.countries}


def _is_ambiguous(actor: Actor, description: Description) -> bool:
    """Whether “le pays”, “le gouvernement” could be any; an agency or institution of a state is told by its noun."""
    return actor.kind == "country" or (
        actor.kind == "government" and description.noun in nouns_of(description.language).bodies
    )


def _is_subject(cast: "Cast", mention: Mention) -> bool:
    paragraph = cast.reading.paragraph_at(mention.head)
    token = paragraph.token_at(mention.head) if paragraph is not None else None
    return token is not None and token.dep_.startswith("nsubj")


def _by_state_noun(cast: "Cast", description: Description) -> Found | None:
    """Return the country that a noun with its adjective calls (le grand voisin iranien, la nation iranienne)."""
    singular = not description.plural and description.definite and description.bare and len(description.countries) == 1
    if not singular or description.noun not in cast.nouns.state_nouns:
        return None
    if description.head.doc[description.last].text[0].isupper():
        # “l'allié de l'Iran” is somebody else.
        return None
    actor_id = cast.knowledge.country_actor(description.countries[0])
    return None if actor_id is None else (cast.known(actor_id).actor_id, "mention.state_noun")


def _by_homeland(cast: "Cast", description: Description) -> Found | None:
    """Return the country that “le pays” or “son pays” is, where it is somebody and not a place (dans le pays)."""
    owned = description.determiner in {"son", "mon"}
    if description.noun != "pays" or not (description.bare or owned) or description.plural or description.countries:
        return None
    if phrases.preposition(description.head) not in _TOWARDS:
        return None
    if _is_partitive(description) or _is_predicate(description):
        return None
    if owned:
        country = _country_of_owner(cast, description)
    elif description.determiner in {"le", "du"}:
        country = _country_spoken_of(cast, description)
    else:
        return None
    actor_id = cast.knowledge.country_actor(country) if country is not None else None
    return None if actor_id is None else (cast.known(actor_id).actor_id, "mention.homeland")


def _is_partitive(description: Description) -> bool:
    """Whether the phrase is where something is or among what it is counted (le nord du pays, quitter le pays)."""
    if description.first > 1 and governs_place(description.head.doc[description.first - 2]):
        return True
    if description.determiner != "du" and phrases.preposition(description.head) != "de":
        return False
    index = description.first - 2 if description.determiner == "du" else description.first - 3
    governing = description.head.doc[index] if index >= 0 else None
    if governing is None or (
        governing.pos_ == "ADJ" and index > 0 and governing.doc[index - 1].lower_ in {"plus", "moins"}
    ):
        return True
    return folded(governing.text) in nouns_of(description.language).parts


def _is_predicate(description: Description) -> bool:
    """Whether the phrase says what some country is (l'Iran est le pays le plus touché, le pays où …)."""
    doc = description.head.doc
    earlier = doc[description.first - 2] if description.first > 1 else None
    if earlier is not None and (earlier.lemma_.lower() == "être" or lower(earlier) in {"comme", "plus"}):
        return True
    return [lower(token) for token in doc[description.last + 1 : description.last + 3]] in _TELLING or (
        description.last + 1 < len(doc) and lower(doc[description.last + 1]) in {"où", "qui", "que", "dont"}
    )


def _country_of_owner(cast: "Cast", description: Description) -> str | None:
    """Return the country of the nearest person before in the paragraph whose country is known."""
    for mention in cast.before(description.start):
        if cast.reading.paragraph_at(mention.start) is not description.paragraph:
            return None
        actor = cast.actors[mention.actor_id]
        if actor.kind == "person" and actor.country is not None:
            return actor.country
    return None


def _country_spoken_of(cast: "Cast", description: Description) -> str | None:
    """Return the country that the text last made a subject close before, else the one that the article is about."""
    for mention in cast.before(description.start)[:_CLASS_REACH]:
        actor = cast.actors[mention.actor_id]
        if actor.kind == "country" and _is_subject(cast, mention):
            return actor.country
    return cast.home


def _by_possessive(cast: "Cast", description: Description) -> Found | None:
    """Return the person whom the article introduced as somebody's relative (son fils X … mon fils)."""
    if description.determiner not in phrases.POSSESSIVES or description.plural:
        return None
    if description.noun not in cast.nouns.kin:
        return None
    for mention in cast.before(description.start):
        if description.noun in cast.role_nouns.get(mention.actor_id, set()):
            return mention.actor_id, "mention.role_noun"
    return None


def _by_own_party(cast: "Cast", description: Description) -> Found | None:
    """Return the party of the nearest person before in the paragraph (son parti), by the base."""
    if description.noun != "parti" or not description.bare or description.determiner not in {"son", "mon"}:
        return None
    for mention in cast.before(description.start):
        if cast.reading.paragraph_at(mention.start) is not description.paragraph:
            return None
        if cast.actors[mention.actor_id].kind == "person":
            return _party_of(cast, mention.actor_id)
    return None


def _party_of(cast: "Cast", actor_id: str) -> Found | None:
    """Return the one party that the base says somebody is a member of, or None."""
    parties = {
        membership.organization_id
        for membership in cast.knowledge.memberships
        if membership.actor_id == actor_id and cast.knowledge.actors[membership.organization_id].kind == "party"
    }
    return (cast.known(parties.pop()).actor_id, "mention.own_party") if len(parties) == 1 else None


def _by_epithet(cast: "Cast", description: Description) -> Found | None:
    """Return the person spoken of just before, by what he or she is (ce médecin, cet Irakien de 20 ans, le milliardaire)."""
    nouns = cast.nouns
    if description.plural or not is_person_word(description.noun, cast.language) or description.noun in nouns.leaders:
        return None
    if not (description.demonstrative or (description.determiner in DEFINITE and _is_epithet(description))):
        return None
    gender = phrases.gender(description.head)
    for mention in cast.before(description.start):
        start = cast.reading.paragraph_at(mention.start)
        if start is None or description.paragraph.block.start - start.block.end > _PARAGRAPH:
            return None
        actor = cast.actors[mention.actor_id]
        if actor.kind != "person" or (gender is not None and actor.gender not in {None, gender}):
            continue
        if description.countries and actor.country not in {None, *description.countries}:
            continue
        if _somebody_else(cast, mention.end, description):
            return None
        return mention.actor_id, "mention.epithet"
    return None


def _is_epithet(description: Description) -> bool:
    """Whether “le” with the noun points back and tells nobody by itself (le milliardaire républicain)."""
    if description.noun in {"homme", "femme"} and phrases.preposition(description.head) is not None:
        # “les droits de l'homme”
        return False
    return (
        description.noun in nouns_of(description.language).epithets
        and description.head.doc[description.last].pos_ != "PROPN"
    )


def _somebody_else(cast: "Cast", start: int, description: Description) -> bool:
    """Whether somebody without a name is introduced between a position and the description (un responsable …)."""
    for paragraph in cast.reading.paragraphs:
        if paragraph.block.end <= start or paragraph.block.start > description.start:
            continue
        for token in paragraph.doc:
            position = paragraph.start(token)
            if (
                not start <= position < description.start
                or token.pos_ != "NOUN"
                or not is_person_word(folded(token.text), cast.language)
            ):
                continue
            if phrases.determiner(token) in {"un", "une"} and not phrases.is_plural(token):
                named = cast.covering(position) or cast.starting_after(position)
                if named is None or named.start > paragraph.end(token) + _BESIDE:
                    return True
    return False
