"""PLOVER's own exchange format: an event a line, in JSON, under the field names of PLOVER 2.0's manual."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from iraqtalks.export.records import EventRecord, Party, Place

QUAD_CODES: Final = {
    "verbal_cooperation": 1,
    "material_cooperation": 2,
    "verbal_conflict": 3,
    "material_conflict": 4,
}
_AUXILIARY: Final = {"planned": "future", "hypothetical": "hypothetical", "denied": "negation"}
"""PLOVER's auxiliary modes for what did not happen; what is only reported has none."""

_OF_THE_FUTURE: Final = frozenset({"AGREE", "CONCEDE"})
"""Types that themselves tell of what is announced: a planned meeting is AGREE, a planned withdrawal CONCEDE."""


def plover_lines(records: Iterable[EventRecord], version: str | None = None) -> Iterator[str]:
    """Yield each event as a line of JSON.

    The fields that PLOVER requires are always there: `date` is null and `actor` empty where the text says nothing. Every other
    field is left out when there is nothing to say. `version` is the dataset's.
    """
    for record in records:
        yield json.dumps(_event(record, version), ensure_ascii=False) + "\n"


def _event(record: EventRecord, version: str | None) -> dict[str, Any]:
    first, last = _days(record)
    required = {
        "id": record.event_id,
        "date": first,
        "actor": [_entity(party) for party in record.actors],
        "event": [record.type],
    }
    announced = record.status == "planned" and record.type in _OF_THE_FUTURE
    auxiliary = None if announced else _AUXILIARY.get(record.status)
    more = {
        "enddate": None if last == first else last,
        "recipient": [_entity(party) for party in record.recipients],
        "event_loc": None if record.place is None else _location(record.place),
        "event_text": [record.text],
        "quad_code": QUAD_CODES[record.quad_class],
        "mode": [mode for mode in (record.mode, auxiliary) if mode is not None],
        "context": list(record.contexts),
        "link": record.talks_round_id,
        "text_info": {"start": record.start, "end": record.end},
        "cite_info": _citation(record, version),
        "coder": "IraqTalks",
        "comment": _comment(record),
    }
    return {**required, **_filled(more)}


def _days(record: EventRecord) -> tuple[str | None, str | None]:
    """Return the first and the last day that the date covers; neither where one is not known."""
    if record.date_start is None or record.date_end is None:
        return None, None
    return record.date_start.isoformat(), record.date_end.isoformat()


def _entity(party: Party) -> dict[str, Any]:
    return _filled(
        {
            "code": party.code,
            "sector": party.sector,
            "entity_text": party.words,
            "identifier_id": party.wikidata_id,
            "identifier_text": party.name,
            "office": party.office,
        }
    )


def _location(place: Place) -> dict[str, Any]:
    return _filled(
        {
            "resolved_place": place.name,
            "geonameid": place.geonames_id,
            "lat": place.latitude,
            "lon": place.longitude,
            "city": place.name if place.kind == "city" else None,
            "province": place.name if place.kind == "governorate" else None,
            "country_code": place.country,
        }
    )


def _citation(record: EventRecord, version: str | None) -> dict[str, Any]:
    language = (record.language or "").split("-")[0]
    return _filled(
        {
            "corpus": "IraqTalks",
            "url": record.url,
            "title": record.title,
            "language": language if len(language) == 2 else None,
            "publication": record.outlet,
            "license": record.licence,
            "codebook": "PLOVER 2.0 draft",
            "version": version,
        }
    )


def _comment(record: EventRecord) -> str | None:
    """Return what PLOVER has no field for: the status, who says so, and a date that is no plain day."""
    told: list[str] = []
    if record.status != "asserted":
        told.append(f"status: {record.status}" + ("" if record.claimed_by is None else f", by {record.claimed_by}"))
    if record.date is not None and record.date != str(record.date_start):
        told.append(f"date in EDTF: {record.date}")
    return "; ".join(told) or None


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], {})}
