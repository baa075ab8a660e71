"""Says what is wrong with the knowledge base: structure, names, dates, references, sources."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

from iraqtalks.edtf import bounds
from iraqtalks.knowledge import reading
from iraqtalks.knowledge.folding import fold
from iraqtalks.knowledge.matching import Case
from iraqtalks.knowledge.names import MOST_SPELLINGS, spellings, spellings_by_word
from iraqtalks.tables import ACTOR_KINDS

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ALPHA3: Final = re.compile(r"[A-Z]{3}")
_WIKIDATA: Final = re.compile(r"Q[1-9][0-9]*")
_GENDERS: Final = frozenset({"m", "f", None})
_FORMATS: Final = frozenset({"in_person", "video", "hybrid", None})
_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "actor": reading.ACTOR_KEYS,
    "country": frozenset(
        {
            "id",
            "code",
            "name",
            "fr",
            "en",
            "ar",
            "also",
            "article",
            "adjectives",
            "adjective_en",
            "stems",
            "gender",
            "plural",
            "capital",
            "bodies",
            "without",
        }
    ),
    "region": frozenset({"id", "country", "fr", "adjectives", "bodies"}),
    "office": frozenset({"id", "title", "country", "organization", "sort", "names", "holdings"}),
    "holding": frozenset({"actor", "from", "to", "source", "basis"}),
    "membership": frozenset({"actor", "organization", "role", "from", "to", "source", "basis"}),
    "place": frozenset({"id", "name", "kind", "country", "fr", "ar", "also", "lat", "lon", "geonames"}),
    "round": frozenset({"id", "process", "number", "date", "place", "format", "source", "basis"}),
    "issue": frozenset({"id", "name", "fr", "statement", "terms"}),
}
_MISSHAPEN: Final = (AttributeError, KeyError, TypeError, ValueError)
"""What reading a file raises where lists, mappings or keys are not what they should be."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the base: the file that it is in, the entry (an id, or what else tells it), and what it is."""

    file: str
    entry: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}, {self.entry}: {self.what}"


def lint(folder: Path = reading.OWN) -> list[Fault]:
    """Return what is wrong with the base in a folder, in the order of the files; empty when all is well."""
    with reading.base_in(folder):
        broken = [*_missing(), *_syntax()]
        if broken:
            return broken
        try:
            entries = reading.actor_entries()
            files = _actor_files(entries)
        except _MISSHAPEN as error:
            return [Fault("actors_*.yml", "all", f"the actors cannot be read: {error!r}")]
        return [
            *_readable("actors_*.yml", _actors(entries, files)),
            *_readable("countries.yml", _countries(entries)),
            *_readable("ambiguous.yml", _names(entries, files)),
            *_readable("places.yml", _places()),
            *_readable("offices.yml", _offices(entries)),
            *_readable("memberships.yml", _memberships(entries)),
            *_readable("rounds.yml", _rounds()),
            *_readable("issues.yml", _issues()),
            *_readable("sources.yml", _sources()),
        ]


def _readable(file: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """Yield the faults, and where the file is not of the shape to be searched for them, that."""
    try:
        yield from faults
    except _MISSHAPEN as error:
        yield Fault(file, "all", f"is not of the shape of the package's own: {error!r}")


def _missing() -> Iterator[Fault]:
    """Say which files the base lacks; the actors may be listed in any files actors_*.yml."""
    there = set(reading.file_names())
    with reading.base_in(reading.OWN):
        needed = [name for name in reading.file_names() if not name.startswith("actors_")]
    for name in needed:
        if name not in there:
            yield Fault(f"{name}.yml", "the whole file", "is missing; copy the package's own")


def _syntax() -> Iterator[Fault]:
    """Say which files are no YAML."""
    for name in reading.file_names():
        try:
            reading.read(name)
        except UnicodeDecodeError:
            yield Fault(f"{name}.yml", "the whole file", "is not in UTF-8")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"line {mark.line + 1}" if mark is not None else "the whole file"
            yield Fault(f"{name}.yml", where, str(getattr(error, "problem", None) or error))


def _actor_files(entries: Iterable[str]) -> dict[str, str]:
    """Return the file of each actor; countries and what every country has come from countries.yml."""
    listed = {entry["id"]: f"{name}.yml" for name in reading.actor_files() for entry in reading.read(name)["actors"]}
    return {actor_id: listed.get(actor_id, "countries.yml") for actor_id in entries}


def _unknown_keys(file: str, sort: str, name: str, entry: Mapping[str, Any]) -> Iterator[Fault]:
    for key in sorted(set(entry) - _KEYS[sort]):
        yield Fault(file, name, f"no such key: {key}")


def _bad_ids(file: str, sort: str, ids: Iterable[str]) -> Iterator[Fault]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Fault(file, name, f"{count} entries have this id")
        if not _ID.fullmatch(name):
            yield Fault(file, name, f"the id of this {sort} is not in kebab case")


def _without_source(file: str, name: str, entry: Mapping[str, Any]) -> Iterator[Fault]:
    source = entry.get("source")
    if not source and not entry.get("basis"):
        yield Fault(file, name, "neither a source nor a basis")
    if source and not source.startswith(("https://", "http://")) and source not in reading.read("sources"):
        yield Fault(file, name, f"sources.yml has no {source}")


def _bad_dates(file: str, name: str, *dates: object) -> Iterator[Fault]:
    for value in dates:
        if value is None:
            continue
        try:
            bounds(str(value))
        except ValueError as error:
            yield Fault(file, name, str(error))


def _actors(entries: Mapping[str, Mapping[str, Any]], files: Mapping[str, str]) -> Iterator[Fault]:
    listed = list(reading.listed_actors())
    for fault in _bad_ids("", "actor", (entry["id"] for entry in listed)):
        yield replace(fault, file=files[fault.entry])
    for listed_entry in listed:
        yield from _unknown_keys(files[listed_entry["id"]], "actor", listed_entry["id"], listed_entry)
    for actor_id, entry in entries.items():
        file = files[actor_id]
        yield from _without_source(file, actor_id, entry)
        if entry["kind"] not in ACTOR_KINDS:
            yield Fault(file, actor_id, f"no such kind: {entry['kind']}")
        if entry.get("parent") and entry["parent"] not in entries:
            yield Fault(file, actor_id, f"its parent {entry['parent']} is not in the base")
        if entry.get("gender") not in _GENDERS:
            yield Fault(file, actor_id, "gender is m, f or nothing")
        for key, pattern in (("country", _ALPHA3), ("sector", _ALPHA3), ("wikidata", _WIKIDATA)):
            if entry.get(key) and not pattern.fullmatch(str(entry[key])):
                yield Fault(file, actor_id, f"{key} {entry[key]!r} is not of the form {pattern.pattern}")
    yield from _circles(entries, files)


def _circles(entries: Mapping[str, Mapping[str, Any]], files: Mapping[str, str]) -> Iterator[Fault]:
    for actor_id in entries:
        seen = {actor_id}
        parent: str | None = entries[actor_id].get("parent")
        while parent is not None and parent in entries and parent not in seen:
            seen.add(parent)
            parent = entries[parent].get("parent")
        if parent == actor_id:
            yield Fault(files[actor_id], actor_id, "is a part of itself")


def _countries(entries: Mapping[str, Any]) -> Iterator[Fault]:
    file = "countries.yml"
    data = reading.read("countries")
    yield from _bad_ids(file, "country", (entry["id"] for entry in data["countries"]))
    for sort, listed in (("country", data["countries"]), ("region", data["regions"])):
        for entry in listed:
            yield from _unknown_keys(file, sort, entry["id"], entry)
            stands_for = entry.get("capital", {}).get("stands_for", entry["id"])
            for actor_id in (stands_for, *entry.get("bodies", {}).values()):
                if actor_id not in entries:
                    yield Fault(file, entry["id"], f"{actor_id} is not in the base")
            for name in set(entry.get("without", ())) - set(reading.read("bodies")["bodies"]):
                yield Fault(file, entry["id"], f"without {name}, which bodies.yml does not have")


def _names(entries: Mapping[str, Mapping[str, Any]], files: Mapping[str, str]) -> Iterator[Fault]:
    """Say which names are shared and not declared, declared and not shared, or have too many spellings."""
    try:
        table = spellings_by_word(reading.read("transliterations")["groups"])
    except ValueError as error:
        yield Fault("transliterations.yml", "groups", str(error).removeprefix("transliterations.yml: "))
        return
    owners: dict[str, set[str]] = defaultdict(set)
    for actor_id, entry in entries.items():
        for alias in reading.names_of(entry):
            forms = list(spellings(alias.text, table)) if reading.is_varied(entry["kind"]) else [fold(alias.text)]
            if len(forms) >= MOST_SPELLINGS:
                yield Fault(files[actor_id], actor_id, f"{alias.text!r} has too many spellings")
            for form in forms:
                owners[_key(form, alias.text)].add(actor_id)
    declared = {fold(entry["name"]): set(entry["actors"]) for entry in reading.read("ambiguous")["names"]}
    shared = {form: ids for form, ids in owners.items() if len(ids) > 1}
    for form, ids in shared.items():
        if not ids <= declared.get(form.casefold(), set()):
            names = sorted(ids)
            told = f"{form!r} names {', '.join(names)}: declare it in ambiguous.yml or make the names differ"
            yield Fault(files[names[-1]], names[-1], told)
    for form, ids in declared.items():
        if not any(shared.get(key, set()) <= ids for key in shared if key.casefold() == form):
            yield Fault("ambiguous.yml", form, f"{form!r} is not ambiguous")


def _key(form: str, alias: str) -> str:
    """Return an acronym as it is written: the case of the others does not tell two names apart."""
    return alias if Case.of(alias) is Case.UPPER else form


def _places() -> Iterator[Fault]:
    file = "places.yml"
    places = reading.read("places")["places"]
    yield from _bad_ids(file, "place", (entry["id"] for entry in places))
    for entry in places:
        name = entry["id"]
        yield from _unknown_keys(file, "place", name, entry)
        if (entry.get("lat") is None) != (entry.get("geonames") is None):
            yield Fault(file, name, "coordinates and geonames id come together or not at all")
        if entry.get("country") and not _ALPHA3.fullmatch(entry["country"]):
            yield Fault(file, name, f"country {entry['country']!r} is not of the form {_ALPHA3.pattern}")


def _offices(entries: Mapping[str, Any]) -> Iterator[Fault]:
    file = "offices.yml"
    data = reading.read("offices")
    yield from _bad_ids(file, "office", (entry["id"] for entry in data["offices"]))
    yield from _bad_dates(file, "known_until", data["known_until"])
    for entry in data["offices"]:
        name = entry["id"]
        yield from _unknown_keys(file, "office", name, entry)
        if entry.get("sort") and entry["sort"] not in data["titles"]:
            yield Fault(file, name, f"no titles for the sort {entry['sort']}")
        if not entry.get("sort") and not entry.get("names"):
            yield Fault(file, name, "no name")
        if entry["organization"] not in entries:
            yield Fault(file, name, f"its body {entry['organization']} is not in the base")
        for holding in entry.get("holdings", ()):
            yield from _unknown_keys(file, "holding", name, holding)
            yield from _term(file, f"{name}, {holding['actor']}", holding, entries)
        if sum("to" not in holding for holding in entry.get("holdings", ())) > 1:
            yield Fault(file, name, "more than one holder whose term is not over")


def _term(file: str, name: str, entry: Mapping[str, Any], entries: Mapping[str, Any]) -> Iterator[Fault]:
    """Check a holding or membership: its actor, dates in order, and source."""
    if entry["actor"] not in entries:
        yield Fault(file, name, f"{entry['actor']} is not in the base")
    yield from _without_source(file, name, entry)
    wrong = list(_bad_dates(file, name, entry.get("from"), entry.get("to")))
    yield from wrong
    if not wrong and entry.get("from") and entry.get("to"):
        begin, end = bounds(str(entry["from"]))[0], bounds(str(entry["to"]))[1]
        if begin and end and begin > end:
            yield Fault(file, name, "ends before it begins")


def _memberships(entries: Mapping[str, Any]) -> Iterator[Fault]:
    file = "memberships.yml"
    for entry in reading.read("memberships")["memberships"]:
        name = entry["actor"]
        yield from _unknown_keys(file, "membership", name, entry)
        yield from _term(file, name, entry, entries)
        if entry["organization"] not in entries:
            yield Fault(file, name, f"{entry['organization']} is not in the base")


def _rounds() -> Iterator[Fault]:
    file = "rounds.yml"
    rounds = reading.read("rounds")["rounds"]
    places = reading.places()
    yield from _bad_ids(file, "round", (entry["id"] for entry in rounds))
    for entry in rounds:
        name = entry["id"]
        yield from _unknown_keys(file, "round", name, entry)
        yield from _without_source(file, name, entry)
        yield from _bad_dates(file, name, entry.get("date"))
        if entry.get("place") and entry["place"] not in places:
            yield Fault(file, name, f"its place {entry['place']} is not in places.yml")
        if entry.get("format") not in _FORMATS:
            yield Fault(file, name, f"no such format: {entry['format']}")
    numbered = Counter((entry["process"], entry["number"]) for entry in rounds if entry.get("number"))
    for (process, number), count in numbered.items():
        if count > 1:
            yield Fault(file, process, f"{count} rounds have the number {number}")


def _issues() -> Iterator[Fault]:
    file = "issues.yml"
    issues = reading.read("issues")["issues"]
    yield from _bad_ids(file, "issue", (entry["id"] for entry in issues))
    for entry in issues:
        yield from _unknown_keys(file, "issue", entry["id"], entry)


def _sources() -> Iterator[Fault]:
    file = "sources.yml"
    for key, source in reading.read("sources").items():
        if not str(source.get("url") or "").startswith(("https://", "http://")):
            yield Fault(file, key, f"{key} has no address")
        if not source.get("title"):
            yield Fault(file, key, f"{key} has no title")
