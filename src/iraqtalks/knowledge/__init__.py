"""Who and what the talks are about: actors, offices, places, rounds and issues, in YAML with sources."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from iraqtalks.knowledge import reading
from iraqtalks.knowledge.folding import fold, folded
from iraqtalks.knowledge.matching import Case, Matcher, Name
from iraqtalks.knowledge.model import (
    Alias,
    Country,
    Holding,
    Issue,
    KnownActor,
    KnownPlace,
    Match,
    Membership,
    Office,
    Region,
    TalksRound,
)
from iraqtalks.knowledge.names import Spellings, contractions, spellings, spellings_by_word
from iraqtalks.knowledge.terms import covers

__all__ = [
    "Alias",
    "Country",
    "Holding",
    "Issue",
    "Knowledge",
    "KnownActor",
    "KnownPlace",
    "Match",
    "Membership",
    "Office",
    "Region",
    "TalksRound",
    "fold",
    "knowledge",
]


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The knowledge base, read once. Ids are kebab-case English and stay what they are."""

    actors: dict[str, KnownActor]
    offices: dict[str, Office]
    holdings: tuple[Holding, ...]
    memberships: tuple[Membership, ...]
    places: dict[str, KnownPlace]
    rounds: dict[str, TalksRound]
    issues: dict[str, Issue]
    countries: dict[str, Country]
    regions: dict[str, Region]
    _names: tuple[Name, ...]
    _matcher: Matcher
    _country_words: dict[str, str]
    _capitals: dict[str, str]
    _titles: dict[str, tuple[str, ...]]
    _held: dict[str, tuple[Holding, ...]] = field(default_factory=dict)

    def match(self, text: str) -> list[Match]:
        """Return the names in `text` (an article's, positions in code points) that the base knows, by position.

        Of names that overlap, the longest; but a place and an actor may overlap. Surnames come as `short` matches.
        """
        return self._matcher.match(text)

    def names_of(self, alpha3: str) -> Iterator[Name]:
        """Yield the names of a country: of its actors and places, and its adjectives and demonyms."""
        for name in self._names:
            target = self.places[name.target] if name.is_place else self.actors[name.target]
            if target.country == alpha3:
                yield name
        country = self.countries[alpha3]
        yield from (Name(fold(word), country.actor_id, Case.of(word)) for word in country.words)

    def holders(self, office_id: str, on: date | None) -> tuple[str, ...]:
        """Return the ids of those who held the office on a day: two on the day of a handover, none when unknown.

        Without a day, the one holder if the base knows of no other.
        """
        held = self._held.get(office_id, ())
        if on is None:
            ids = tuple(dict.fromkeys(holding.actor_id for holding in held))
            return ids if len(ids) == 1 else ()
        return tuple(dict.fromkeys(h.actor_id for h in held if covers(h.valid_from, h.valid_to or h.known_until, on)))

    def offices_named(self, title: str, country: str | None = None) -> tuple[str, ...]:
        """Return the ids of the offices that French words name (“Premier ministre”), of one country if it is given."""
        found = self._titles.get(fold(title), ())
        return tuple(i for i in found if country is None or self.offices[i].country == country)

    def titles(self) -> tuple[str, ...]:
        """Return all titles of offices, folded, the longest first."""
        return tuple(sorted(self._titles, key=lambda title: (-len(title), title)))

    def offices_of(self, actor_id: str, on: date | None = None) -> tuple[Holding, ...]:
        """Return the actor's offices, on a day if one is given."""
        mine = (holding for holding in self.holdings if holding.actor_id == actor_id)
        return tuple(h for h in mine if on is None or covers(h.valid_from, h.valid_to or h.known_until, on))

    def country_of(self, word: str) -> str | None:
        """Return the alpha-3 code of the country of a French name, adjective or demonym, in any inflection."""
        return self._country_words.get(folded(word))

    def capital_of(self, name: str) -> str | None:
        """Return the alpha-3 code of the country whose capital it is (Washington: USA), else None."""
        return self._capitals.get(folded(name))

    def country_actor(self, alpha3: str) -> str | None:
        """Return the id of the country as an actor."""
        return self.countries[alpha3].actor_id if alpha3 in self.countries else None

    def body_of(self, alpha3: str, sort: str) -> str | None:
        """Return the id of a country's body by its sort in bodies.yml (government, forces, foreign_ministry)."""
        return self.countries[alpha3].bodies.get(sort) if alpha3 in self.countries else None

    def region_of(self, word: str) -> Region | None:
        """Return the region that a French name or adjective belongs to (kurdes: the Kurdistan Region), else None."""
        folded = fold(word)
        return next((r for r in self.regions.values() if folded in {fold(form) for form in r.words}), None)

    def government_of(self, alpha3: str) -> str | None:
        """Return the id of the country's government."""
        return self.body_of(alpha3, "government")

    def forces_of(self, alpha3: str) -> str | None:
        """Return the id of the country's armed forces."""
        return self.body_of(alpha3, "forces")


def _actor_names(actors: dict[str, KnownActor], entries: dict[str, Any], table: Spellings) -> Iterator[Name]:
    for actor_id, actor in actors.items():
        varied = reading.is_varied(actor.kind)
        for alias in actor.aliases:
            case = Case.of(alias.text, title=actor.kind == "media")
            for form in spellings(alias.text, table) if varied else (fold(alias.text),):
                yield Name(form, actor_id, case)
            if case is Case.TITLE:
                yield from (Name(form, actor_id, case) for form in contractions(alias.text))
        for short in actor.short:
            for form in spellings(short, table):
                yield Name(form, actor_id, Case.INITIAL, short=True)
                if actor.kind == "person" and actor.name_ar:
                    yield Name(f"al {form}", actor_id, Case.ANY, short=True)
        for metonym in entries[actor_id].get("metonyms", ()):
            yield Name(fold(metonym), actor_id, Case.of(metonym), metonym=True)


def _capital_names() -> Iterator[Name]:
    for entry in reading.country_entries()[0]:
        capital = entry.get("capital", {})
        for name in (*capital.get("fr", ()), *capital.get("also", ())):
            yield Name(fold(name), capital.get("stands_for", entry["id"]), Case.of(name), metonym=True)


def _place_names(places: dict[str, KnownPlace], table: Spellings) -> Iterator[Name]:
    for place in places.values():
        for alias in (*place.aliases, *([place.name_ar] if place.name_ar else ())):
            for form in spellings(alias, table):
                yield Name(form, place.place_id, Case.of(alias), is_place=True)


@cache
def knowledge() -> Knowledge:
    """Return the knowledge base, read and made ready for matching once per process."""
    entries = reading.actor_entries()
    actors = {actor_id: reading.actor_from(entry) for actor_id, entry in entries.items()}
    places = reading.places()
    countries = reading.countries()
    offices = reading.offices()
    holdings = tuple(reading.holdings())
    table = spellings_by_word(reading.read("transliterations")["groups"])
    titles: dict[str, list[str]] = {}
    for office in offices.values():
        for name in office.names:
            titles.setdefault(fold(name), []).append(office.office_id)
    held: dict[str, list[Holding]] = {}
    for holding in holdings:
        held.setdefault(holding.office_id, []).append(holding)
    names = (*_actor_names(actors, entries, table), *_capital_names(), *_place_names(places, table))
    return Knowledge(
        actors=actors,
        offices=offices,
        holdings=holdings,
        memberships=tuple(reading.memberships()),
        places=places,
        rounds=reading.rounds(),
        issues=reading.issues(),
        countries=countries,
        regions=reading.regions(),
        _names=names,
        _matcher=Matcher(names),
        _country_words={fold(word): code for code, country in countries.items() for word in country.words},
        _capitals={fold(name): code for code, country in countries.items() for name in country.capitals},
        _titles={title: tuple(dict.fromkeys(ids)) for title, ids in titles.items()},
        _held={office_id: tuple(rows) for office_id, rows in held.items()},
    )
