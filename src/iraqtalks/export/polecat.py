"""The forty columns of POLECAT, the dataset that is coded in PLOVER: tab-separated as POLECAT is, or CSV."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from iraqtalks.export.records import EventRecord, Party
from iraqtalks.spreadsheet import as_text

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
"""In POLECAT's order. COW codes, Wikipedia ids, intensity and GeoNames' feature types are not ours to give: they stay empty."""

_SEPARATOR: Final = "; "
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def polecat_table(records: Iterable[EventRecord], version: str | None = None, *, delimiter: str = "\t") -> str:
    """Return the events as a table with POLECAT's columns and a header; `version` is the dataset's.

    Several values of a cell are joined by “; ”, party by party in the same order. No cell breaks its line, and none begins
    a formula.
    """
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(record, version) for record in records)
    return table.getvalue()


def _row(record: EventRecord, version: str | None) -> list[str]:
    place = record.place
    day = record.date_start if record.date_precision == "day" else None
    cells: dict[str, object] = {
        "Event ID": record.event_id,
        "Event Date": day,
        "Event Type": record.type,
        "Event Mode": record.mode,
        "Quad Code": record.quad_class.replace("_", " ").upper(),
        "Contexts": _joined(record.contexts),
        **_party_cells("Actor", record.actors),
        **_party_cells("Recipient", record.recipients),
        "Source": record.outlet,
        "Publication Date": record.published_on,
        "Story People": _joined(record.people),
        "Story Organizations": _joined(record.bodies),
        "Language": record.language,
        "Version": version,
    }
    if place is not None:
        cells |= {
            "Placename": place.name,
            "City": place.name if place.kind == "city" else None,
            "Province": place.name if place.kind == "governorate" else None,
            "Country": place.country,
            "Latitude": place.latitude,
            "Longitude": place.longitude,
            "GeoNames ID": place.geonames_id,
        }
    return [_cell(cells.get(column)) for column in COLUMNS]


def _party_cells(side: str, parties: Sequence[Party]) -> dict[str, object]:
    def each(value: Callable[[Party], str | None]) -> str:
        return _joined([value(party) or "" for party in parties])

    return {
        f"{side} Name": each(lambda party: party.name),
        f"{side} Country": each(lambda party: party.code),
        f"Primary {side} Sector": each(lambda party: party.sector),
        f"{side} Sectors": each(lambda party: party.sector),
        f"{side} Title": each(lambda party: party.office),
        f"{side} Name Raw": each(lambda party: party.words),
    }


def _joined(values: Sequence[str]) -> str:
    """Return the values joined; empty where all are, so that what is not known looks the same for one party and for many."""
    return _SEPARATOR.join(value.replace(";", ",") for value in values) if any(values) else ""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return as_text(_BREAKS.sub(" ", str(value)))
