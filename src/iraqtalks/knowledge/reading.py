"""Reads the YAML files beside this module, or of another folder, into the records of `iraqtalks.knowledge.model`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from iraqtalks.knowledge.countries import bodies_of, country_from, words_of
from iraqtalks.knowledge.folding import fold
from iraqtalks.knowledge.model import (
    Alias,
    Country,
    Holding,
    Issue,
    KnownActor,
    KnownPlace,
    Membership,
    Office,
    Region,
    TalksRound,
)

ACTOR_KEYS: Final = frozenset(
    {
        "id",
        "kind",
        "name",
        "fr",
        "en",
        "ar",
        "also",
        "country",
        "sector",
        "parent",
        "wikidata",
        "gender",
        "plural",
        "short",
        "source",
        "basis",
        "metonyms",
    }
)
_SCRIPTS: Final = {"ar": "Arab"}


OWN: Final = Path(__file__).parent
"""The folder of the base that the package comes with."""

_folder: ContextVar[Path] = ContextVar("folder", default=OWN)


@contextmanager
def base_in(folder: Path) -> Iterator[None]:
    """Read the files of another folder while the context lasts; the folder holds all that a base consists of."""
    before = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(before)


def read(name: str) -> Any:  # noqa: ANN401  (YAML holds what it holds; the functions below give it types)
    """Return the content of the file `name`.yml; the caller must not change it."""
    return _read(_folder.get(), name)


@cache
def _read(folder: Path, name: str) -> Any:  # noqa: ANN401
    text = (folder / f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (safe, in C if built)


def file_names() -> list[str]:
    """Return the names of the base's files without their ending, in order."""
    names = (path.name for path in _folder.get().iterdir())
    return sorted(name.removesuffix(".yml") for name in names if name.endswith(".yml"))


def actor_files() -> list[str]:
    """Return the names of the files that list actors, in order."""
    return [name for name in file_names() if name.startswith("actors_")]


def source_url(key: str | None) -> str | None:
    """Return the address that a source's short name in sources.yml stands for; an address stands for itself."""
    if key is None or key.startswith("https://") or key.startswith("http://"):
        return key
    return str(read("sources")[key]["url"])


def is_varied(kind: str) -> bool:
    """Whether names of such actors are matched in all the spellings of transliterations.yml."""
    return kind in {"person", "armed_group"}


def country_entries() -> tuple[list[dict[str, Any]], Mapping[str, str]]:
    """Return the entries of countries.yml and the endings by which its adjectives are inflected."""
    data = read("countries")
    return data["countries"], data["feminine_endings"]


def listed_actors() -> Iterator[dict[str, Any]]:
    """Yield the actors that the files actors_*.yml list, each with its file's defaults."""
    for name in actor_files():
        data = read(name)
        defaults = data.get("defaults", {})
        for entry in data["actors"]:
            yield {**defaults, **entry}


def _country_actor(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": entry["id"],
        "name": entry["name"],
        "kind": "country",
        "fr": entry["fr"],
        "en": [entry["name"], *entry.get("en", ())],
        "ar": entry.get("ar"),
        "also": entry.get("also", ()),
        "country": entry["code"],
        "sector": None,
        "gender": entry["gender"],
        "plural": entry.get("plural", False),
        "basis": "general knowledge",
    }


def _merged(generated: dict[str, Any], listed: Mapping[str, Any]) -> dict[str, Any]:
    names = [*listed.get("fr", ()), *generated.get("fr", ())]
    return {**generated, **listed, "fr": list(dict.fromkeys(names))}


def actor_entries() -> dict[str, dict[str, Any]]:
    """Return every actor's entry by id: countries, what every country has, and the listed ones."""
    entries: dict[str, dict[str, Any]] = {}
    listed = list(listed_actors())
    owners = {fold(name): entry["id"] for entry in listed for name in entry.get("fr", ())}
    countries, endings = country_entries()
    for country in countries:
        entries[country["id"]] = _country_actor(country)
        for _, body in bodies_of(country, read("bodies")["bodies"], endings):
            # “Armée irakienne” is the army, where the base lists it apart from the forces as a whole.
            names = [name for name in body["fr"] if owners.get(fold(name), body["id"]) == body["id"]]
            entries[body["id"]] = {**body, "fr": names}
    for entry in listed:
        known = entries.get(entry["id"])
        entries[entry["id"]] = _merged(known, entry) if known else dict(entry)
    return entries


def names_of(entry: Mapping[str, Any]) -> list[Alias]:
    """Return the names of an actor's entry in the order of display, each once."""
    aliases = [Alias(text, "fr", "Latn") for text in entry.get("fr", ())]
    aliases += [Alias(text, "en", "Latn") for text in (entry.get("en") or [entry["name"]])]
    arabic = entry.get("ar") or ()
    aliases += [Alias(text, "ar", "Arab") for text in ([arabic] if isinstance(arabic, str) else arabic)]
    aliases += [Alias(text, "und", "Latn") for text in entry.get("also", ())]
    unique: dict[str, Alias] = {}
    for alias in aliases:
        unique.setdefault(alias.text, alias)
    return list(unique.values())


def _first(aliases: list[Alias], language: str) -> str | None:
    return next((alias.text for alias in aliases if alias.language == language), None)


def actor_from(entry: Mapping[str, Any]) -> KnownActor:
    """Return the actor of an entry."""
    aliases = names_of(entry)
    listed = {"fr": entry.get("fr"), "ar": entry.get("ar")}
    return KnownActor(
        actor_id=entry["id"],
        kind=entry["kind"],
        name=entry["name"],
        name_fr=_first(aliases, "fr") if listed["fr"] else None,
        name_en=(entry.get("en") or [entry["name"]])[0],
        name_ar=_first(aliases, "ar") if listed["ar"] else None,
        country=entry.get("country"),
        sector=entry.get("sector"),
        parent_id=entry.get("parent"),
        wikidata_id=entry.get("wikidata"),
        gender=entry.get("gender"),
        plural=entry.get("plural", False if entry["kind"] == "person" else None),
        aliases=tuple(aliases),
        short=tuple(entry["short"]) if "short" in entry else _default_short(entry),
        source=source_url(entry.get("source")),
        basis=entry.get("basis"),
    )


def _default_short(entry: Mapping[str, Any]) -> tuple[str, ...]:
    if entry["kind"] != "person":
        return ()
    names = [entry["name"], *entry.get("fr", ()), *entry.get("also", ())]
    return tuple(dict.fromkeys(name.replace("-", " ").split()[-1] for name in names))


def countries() -> dict[str, Country]:
    """Return the countries by their alpha-3 code."""
    entries, endings = country_entries()
    templates = read("bodies")["bodies"]
    result = {}
    for entry in entries:
        bodies = {
            **entry.get("bodies", {}),
            **{sort: body["id"] for sort, body in bodies_of(entry, templates, endings)},
        }
        result[entry["code"]] = country_from(entry, bodies, endings)
    return result


def regions() -> dict[str, Region]:
    """Return the regions that countries.yml lists, by their id as actors."""
    endings = country_entries()[1]
    return {
        entry["id"]: Region(entry["id"], entry["country"], words_of(entry, endings), dict(entry["bodies"]))
        for entry in read("countries")["regions"]
    }


def offices() -> dict[str, Office]:
    """Return the offices by id; `titles` of offices.yml lists the words for a sort of post once for all countries."""
    data = read("offices")
    return {
        entry["id"]: Office(
            office_id=entry["id"],
            title=entry["title"],
            country=entry.get("country"),
            organization_id=entry.get("organization"),
            names=(*data["titles"].get(entry.get("sort"), ()), *entry.get("names", ())),
        )
        for entry in data["offices"]
    }


def holdings() -> list[Holding]:
    """Return who held which office when, in the order of the file."""
    data = read("offices")
    known_until = str(data["known_until"])
    return [
        Holding(
            actor_id=holding["actor"],
            office_id=entry["id"],
            valid_from=_text(holding.get("from")),
            valid_to=_text(holding.get("to")),
            source=source_url(holding.get("source")),
            basis=holding.get("basis"),
            known_until=None if "to" in holding else known_until,
        )
        for entry in data["offices"]
        for holding in entry.get("holdings", ())
    ]


def memberships() -> list[Membership]:
    """Return who belongs to which body, in the order of the file."""
    return [
        Membership(
            actor_id=entry["actor"],
            organization_id=entry["organization"],
            role=entry["role"],
            valid_from=_text(entry.get("from")),
            valid_to=_text(entry.get("to")),
            source=source_url(entry.get("source")),
            basis=entry.get("basis"),
        )
        for entry in read("memberships")["memberships"]
    ]


def _country_places() -> Iterator[KnownPlace]:
    """Yield every country as a place, under the actor's id, and its capital."""
    for entry in country_entries()[0]:
        yield KnownPlace(
            place_id=entry["id"],
            name=entry["name"],
            kind="country",
            name_fr=entry["fr"][0],
            name_ar=entry.get("ar"),
            country=entry["code"],
            aliases=tuple(entry["fr"]),
        )
        capital = entry.get("capital")
        if capital:
            yield KnownPlace(
                place_id=capital["place"],
                name=capital.get("name", capital["place"].replace("-", " ").title()),
                kind="city",
                name_fr=capital["fr"][0],
                country=entry["code"],
                aliases=tuple(capital["fr"]),
            )


def places() -> dict[str, KnownPlace]:
    """Return the places by id: countries, their capitals, and those that places.yml lists."""
    return {place.place_id: place for place in _country_places()} | {
        entry["id"]: KnownPlace(
            place_id=entry["id"],
            name=entry["name"],
            kind=entry["kind"],
            name_fr=next(iter(entry.get("fr", ())), None),
            name_ar=entry.get("ar"),
            country=entry.get("country"),
            latitude=entry.get("lat"),
            longitude=entry.get("lon"),
            geonames_id=entry.get("geonames"),
            aliases=tuple(dict.fromkeys([*entry.get("fr", ()), entry["name"], *entry.get("also", ())])),
        )
        for entry in read("places")["places"]
    }


def rounds() -> dict[str, TalksRound]:
    """Return the rounds of the talks by id."""
    return {
        entry["id"]: TalksRound(
            talks_round_id=entry["id"],
            process=entry["process"],
            number=entry.get("number"),
            date=_text(entry.get("date")),
            place_id=entry.get("place"),
            format=entry.get("format"),
            source_url=source_url(entry.get("source")),
            basis=entry.get("basis"),
        )
        for entry in read("rounds")["rounds"]
    }


def issues() -> dict[str, Issue]:
    """Return the issues by id."""
    return {
        entry["id"]: Issue(entry["id"], entry["name"], entry["fr"], entry["statement"], tuple(entry.get("terms", ())))
        for entry in read("issues")["issues"]
    }


def _text(value: object) -> str | None:
    """Return a date as text: YAML reads 2021-07-23 as a date and 2021 as a number."""
    return None if value is None else str(value)
