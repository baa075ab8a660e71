"""A dataset's events in the formats of other projects; `docs/decisions/exports.md` says what is mapped to what."""

from iraqtalks.export.plover import plover_lines
from iraqtalks.export.polecat import polecat_table
from iraqtalks.export.records import EventRecord, event_records

__all__ = ["EventRecord", "event_records", "plover_lines", "polecat_table"]
