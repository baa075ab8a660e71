"""`.json` files: one object with `text` and the keys of the metadata, a list of such objects, or an object that holds the list."""

from collections.abc import Iterator
from typing import Any, Final

from iraqtalks.ingest.columns import Columns, columns_of
from iraqtalks.ingest.decode import to_text
from iraqtalks.ingest.metadata import KEYS, load_json
from iraqtalks.ingest.model import RawFile, RawFolder, Record, UnusableError
from iraqtalks.ingest.records import to_record

_MAX_BYTES: Final = 100_000_000
"""A JSON document is read as a whole. What is larger is written as lines (.jsonl), which have no limit."""


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield a record for each object of the list, numbered from 1, or the one record of an object, numbered 0."""
    columns = columns_of(file, folder)
    document = load_json(_text(file), "record_syntax")
    found = _records(document, columns)
    if isinstance(found, dict):
        if columns.taken is None and "text" not in found and set(found) <= set(KEYS):
            raise UnusableError("metadata_without_text", "is metadata, but there is no text of the same name beside it")
        yield to_record(file, 0, found, columns)
        return
    if not found:
        raise UnusableError("empty", "holds no record")
    for number, fields in enumerate(found, 1):
        if isinstance(fields, dict):
            yield to_record(file, number, fields, columns)
        else:
            fault = UnusableError("record_syntax", "must be a JSON object")
            yield Record(number, None, (file.reject(fault, number),))


def _text(file: RawFile) -> str:
    text = to_text(file.read(_MAX_BYTES))
    if not text.strip():
        raise UnusableError("empty", "holds no text")
    return text


def _records(document: object, columns: Columns) -> dict[str, Any] | list[Any]:
    if columns.records is not None:
        if not isinstance(document, dict) or not isinstance(document.get(columns.records), list):
            raise UnusableError("record_value", f"has no list under `{columns.records}`, which columns.yml names")
        document = document[columns.records]
    if not isinstance(document, dict | list):
        raise UnusableError("record_syntax", "must be a JSON object or a list of such")
    return document
