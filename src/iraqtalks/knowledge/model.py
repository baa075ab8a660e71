"""What the knowledge base holds: actors, offices and who held them, places, rounds of talks, issues, countries."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an actor. `language` is BCP 47 (`und` for a spelling of no one language), `script` ISO 15924."""

    text: str
    language: str
    script: str


@dataclass(frozen=True, slots=True)
class KnownActor:
    """A person, body or group that the base knows. `gender` and `plural` are grammatical, in French, for agreement."""

    actor_id: str
    kind: str
    name: str
    name_fr: str | None = None
    name_en: str | None = None
    name_ar: str | None = None
    country: str | None = None
    sector: str | None = None
    parent_id: str | None = None
    wikidata_id: str | None = None
    gender: str | None = None
    plural: bool | None = None
    aliases: tuple[Alias, ...] = ()
    short: tuple[str, ...] = ()
    """Surnames and the like, which name the actor only beside a title or once the full name was given."""
    source: str | None = None
    """Address of the page that the entry was checked against; None where it rests on `basis`."""
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """A post. `names` are its titles in French without the country (Premier ministre, chef du gouvernement)."""

    office_id: str
    title: str
    country: str | None = None
    organization_id: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Who held an office, from which day to which (EDTF; no `valid_from`: not known; no `valid_to`: not over)."""

    actor_id: str
    office_id: str
    valid_from: str | None = None
    valid_to: str | None = None
    source: str | None = None
    basis: str | None = None
    known_until: str | None = None
    """Last day of which the base says that a term was not over."""


@dataclass(frozen=True, slots=True)
class Membership:
    """An actor's place in a body, in French words (`role`), with dates where they are known."""

    actor_id: str
    organization_id: str
    role: str
    valid_from: str | None = None
    valid_to: str | None = None
    source: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place; coordinates in degrees (WGS 84), None where GeoNames gave none to us."""

    place_id: str
    name: str
    kind: str
    name_fr: str | None = None
    name_ar: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TalksRound:
    """A round of the talks. `number` only where the sides or the press count it; `date` is EDTF."""

    talks_round_id: str
    process: str
    number: int | None = None
    date: str | None = None
    place_id: str | None = None
    format: str | None = None
    source_url: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A question on which actors take positions. `statement` is what “for” means."""

    issue_id: str
    name: str
    name_fr: str
    statement: str
    terms: tuple[str, ...] = ()
    """French words that bring the issue up."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its words in French: names, adjectives and demonyms in all inflections, capitals."""

    alpha3: str
    actor_id: str
    adjective_en: str
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    bodies: dict[str, str] = field(default_factory=dict)
    """Actor ids of its government, forces, parliament … by sort of body."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country with a government of its own: its words in French and its bodies, as for a country."""

    actor_id: str
    country: str
    words: tuple[str, ...] = ()
    bodies: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a text that are a name in the base, with all that it may name.

    `short`: a surname or the like, only a candidate. `metonym`: the actor is meant only if the place is not
    (Washington, la Maison Blanche).
    """

    start: int
    end: int
    actor_ids: tuple[str, ...] = ()
    place_ids: tuple[str, ...] = ()
    short: bool = False
    metonym: bool = False
