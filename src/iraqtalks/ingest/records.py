"""A text and what is declared of it → an article, a mapping of both → a record: what all formats have in common."""

from collections.abc import Mapping
from typing import Any

from iraqtalks.extraction.model import Article
from iraqtalks.ingest.columns import AS_THEY_ARE, Columns
from iraqtalks.ingest.decode import normalise
from iraqtalks.ingest.metadata import Metadata, read_metadata
from iraqtalks.ingest.model import RawFile, Record, UnusableError


def to_record(file: RawFile, number: int, fields: Mapping[str, Any], columns: Columns = AS_THEY_ARE) -> Record:
    """Return the record of a document's fields, whose names `columns` tells; faults are told in it."""
    document = columns.document(fields)
    text = document.pop("text", None)
    metadata = read_metadata(document)
    rejects = tuple(file.reject(fault, number) for fault in metadata.faults)
    try:
        article = to_article(file, number, _text(text, fields, columns), metadata)
    except UnusableError as fault:
        return Record(number, None, (file.reject(fault, number),))
    return Record(number, article, rejects)


def to_article(file: RawFile, number: int, text: str, metadata: Metadata) -> Article:
    """Return the article of a record with this number in the file, 0 where the file is the record."""
    place = f"{file.name}#{number}" if number else file.name
    return Article(text=text, source_key=metadata.source_key(place), raw_path=file.name, **metadata.fields)


def _text(value: object, fields: Mapping[str, Any], columns: Columns) -> str:
    if isinstance(value, str):
        return normalise(value)
    if columns.taken is not None:
        raise UnusableError("record_value", f"has no text in `{columns.taken['text']}`, which columns.yml names for it")
    known = ", ".join(map(str, list(fields)[:20]))
    hint = f"; it has {known}. A columns.yml says which of them holds it" if known else ""
    raise UnusableError("record_value", f"has no text: the key `text` must hold one{hint}")
