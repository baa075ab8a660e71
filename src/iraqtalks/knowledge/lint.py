"""Says what is wrong with the knowledge base: structure, names, dates, references, sources."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

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


def lint() -> list[str]:
    """Return what is wrong with the base, a sentence each, in the order of the files; empty when all is well."""
    try:
        entries = reading.actor_entries()
    except (KeyError, ValueError, TypeError) as error:
        return [f"the actors cannot be read: {error!r}"]
    return [
        *_actors(entries),
        *_countries(entries),
        *_names(entries),
        *_places(),
        *_offices(entries),
        *_memberships(entries),
        *_rounds(),
        *_issues(),
        *_sources(),
    ]


def _unknown_keys(sort: str, name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(set(entry) - _KEYS[sort]):
        yield f"{name}: no such key: {key}"


def _bad_ids(sort: str, ids: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield f"{name}: {count} entries have this id"
        if not _ID.fullmatch(name):
            yield f"{name}: the id of this {sort} is not in kebab case"


def _without_source(name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    source = entry.get("source")
    if not source and not entry.get("basis"):
        yield f"{name}: neither a source nor a basis"
    if source and not source.startswith(("https://", "http://")) and source not in reading.read("sources"):
        yield f"{name}: sources.yml has no {source}"


def _bad_dates(name: str, *dates: object) -> Iterator[str]:
    for value in dates:
        if value is None:
            continue
        try:
            bounds(str(value))
        except ValueError as error:
            yield f"{name}: {error}"


def _actors(entries: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    listed = list(reading.listed_actors())
    yield from _bad_ids("actor", (entry["id"] for entry in listed))
    for listed_entry in listed:
        yield from _unknown_keys("actor", listed_entry["id"], listed_entry)
    for actor_id, entry in entries.items():
        yield from _without_source(actor_id, entry)
        if entry["kind"] not in ACTOR_KINDS:
            yield f"{actor_id}: no such kind: {entry['kind']}"
        if entry.get("parent") and entry["parent"] not in entries:
            yield f"{actor_id}: its parent {entry['parent']} is not in the base"
        if entry.get("gender") not in _GENDERS:
            yield f"{actor_id}: gender is m, f or nothing"
        for key, pattern in (("country", _ALPHA3), ("sector", _ALPHA3), ("wikidata", _WIKIDATA)):
            if entry.get(key) and not pattern.fullmatch(entry[key]):
                yield f"{actor_id}: {key} {entry[key]!r} is not of the form {pattern.pattern}"
    yield from _circles(entries)


def _circles(entries: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for actor_id in entries:
        seen = {actor_id}
        parent: str | None = entries[actor_id].get("parent")
        while parent is not None and parent in entries and parent not in seen:
            seen.add(parent)
            parent = entries[parent].get("parent")
        if parent == actor_id:
            yield f"{actor_id}: is a part of itself"


def _countries(entries: Mapping[str, Any]) -> Iterator[str]:
    data = reading.read("countries")
    yield from _bad_ids("country", (entry["id"] for entry in data["countries"]))
    for sort, listed in (("country", data["countries"]), ("region", data["regions"])):
        for entry in listed:
            yield from _unknown_keys(sort, entry["id"], entry)
            stands_for = entry.get("capital", {}).get("stands_for", entry["id"])
            for actor_id in (stands_for, *entry.get("bodies", {}).values()):
                if actor_id not in entries:
                    yield f"{entry['id']}: {actor_id} is not in the base"
            for name in set(entry.get("without", ())) - set(reading.read("bodies")["bodies"]):
                yield f"{entry['id']}: without {name}, which bodies.yml does not have"


def _names(entries: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Say which names are shared and not declared, declared and not shared, or have too many spellings."""
    try:
        table = spellings_by_word(reading.read("transliterations")["groups"])
    except ValueError as error:
        yield str(error)
        return
    owners: dict[str, set[str]] = defaultdict(set)
    for actor_id, entry in entries.items():
        for alias in reading.names_of(entry):
            forms = list(spellings(alias.text, table)) if reading.is_varied(entry["kind"]) else [fold(alias.text)]
            if len(forms) >= MOST_SPELLINGS:
                yield f"{actor_id}: {alias.text!r} has too many spellings"
            for form in forms:
                owners[_key(form, alias.text)].add(actor_id)
    declared = {fold(entry["name"]): set(entry["actors"]) for entry in reading.read("ambiguous")["names"]}
    shared = {form: ids for form, ids in owners.items() if len(ids) > 1}
    for form, ids in shared.items():
        if not ids <= declared.get(form.casefold(), set()):
            yield f"{form!r} names {', '.join(sorted(ids))}: declare it in ambiguous.yml or make the names differ"
    for form, ids in declared.items():
        if not any(shared.get(key, set()) <= ids for key in shared if key.casefold() == form):
            yield f"ambiguous.yml: {form!r} is not ambiguous"


def _key(form: str, alias: str) -> str:
    """Return an acronym as it is written: the case of the others does not tell two names apart."""
    return alias if Case.of(alias) is Case.UPPER else form


def _places() -> Iterator[str]:
    places = reading.read("places")["places"]
    yield from _bad_ids("place", (entry["id"] for entry in places))
    for entry in places:
        name = entry["id"]
        yield from _unknown_keys("place", name, entry)
        if (entry.get("lat") is None) != (entry.get("geonames") is None):
            yield f"{name}: coordinates and geonames id come together or not at all"
        if entry.get("country") and not _ALPHA3.fullmatch(entry["country"]):
            yield f"{name}: country {entry['country']!r} is not of the form {_ALPHA3.pattern}"


def _offices(entries: Mapping[str, Any]) -> Iterator[str]:
    data = reading.read("offices")
    yield from _bad_ids("office", (entry["id"] for entry in data["offices"]))
    yield from _bad_dates("known_until", data["known_until"])
    for entry in data["offices"]:
        name = entry["id"]
        yield from _unknown_keys("office", name, entry)
        if entry.get("sort") and entry["sort"] not in data["titles"]:
            yield f"{name}: no titles for the sort {entry['sort']}"
        if not entry.get("sort") and not entry.get("names"):
            yield f"{name}: no name"
        if entry["organization"] not in entries:
            yield f"{name}: its body {entry['organization']} is not in the base"
        for holding in entry.get("holdings", ()):
            yield from _unknown_keys("holding", name, holding)
            yield from _term(f"{name}, {holding['actor']}", holding, entries)
        if sum("to" not in holding for holding in entry.get("holdings", ())) > 1:
            yield f"{name}: more than one holder whose term is not over"


def _term(name: str, entry: Mapping[str, Any], entries: Mapping[str, Any]) -> Iterator[str]:
    """Check a holding or membership: its actor, dates in order, and source."""
    if entry["actor"] not in entries:
        yield f"{name}: {entry['actor']} is not in the base"
    yield from _without_source(name, entry)
    wrong = list(_bad_dates(name, entry.get("from"), entry.get("to")))
    yield from wrong
    if not wrong and entry.get("from") and entry.get("to"):
        begin, end = bounds(str(entry["from"]))[0], bounds(str(entry["to"]))[1]
        if begin and end and begin > end:
            yield f"{name}: ends before it begins"


def _memberships(entries: Mapping[str, Any]) -> Iterator[str]:
    for entry in reading.read("memberships")["memberships"]:
        name = f"memberships.yml, {entry['actor']}"
        yield from _unknown_keys("membership", name, entry)
        yield from _term(name, entry, entries)
        if entry["organization"] not in entries:
            yield f"{name}: {entry['organization']} is not in the base"


def _rounds() -> Iterator[str]:
    rounds = reading.read("rounds")["rounds"]
    places = reading.places()
    yield from _bad_ids("round", (entry["id"] for entry in rounds))
    for entry in rounds:
        name = entry["id"]
        yield from _unknown_keys("round", name, entry)
        yield from _without_source(name, entry)
        yield from _bad_dates(name, entry.get("date"))
        if entry.get("place") and entry["place"] not in places:
            yield f"{name}: its place {entry['place']} is not in places.yml"
        if entry.get("format") not in _FORMATS:
            yield f"{name}: no such format: {entry['format']}"
    numbered = Counter((entry["process"], entry["number"]) for entry in rounds if entry.get("number"))
    for (process, number), count in numbered.items():
        if count > 1:
            yield f"{process}: {count} rounds have the number {number}"


def _issues() -> Iterator[str]:
    issues = reading.read("issues")["issues"]
    yield from _bad_ids("issue", (entry["id"] for entry in issues))
    for entry in issues:
        yield from _unknown_keys("issue", entry["id"], entry)


def _sources() -> Iterator[str]:
    for key, source in reading.read("sources").items():
        if not str(source.get("url") or "").startswith(("https://", "http://")):
            yield f"sources.yml: {key} has no address"
        if not source.get("title"):
            yield f"sources.yml: {key} has no title"
