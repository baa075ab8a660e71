"""`.txt` files, with their metadata in a `.json` of the same stem beside them."""

from collections.abc import Iterator
from typing import Final

from iraqtalks.extraction.model import Article
from iraqtalks.ingest.decode import decode
from iraqtalks.ingest.metadata import Metadata, parse_json, read_metadata
from iraqtalks.ingest.model import MAX_TEXT_BYTES, RawFile, RawFolder, Record, Reject, UnusableError

_MAX_METADATA_BYTES: Final = 1_000_000


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield the one record of a text file. Faulty metadata cost no article, only what is faulty."""
    beside = folder.beside(file, ".json")
    metadata, rejects = Metadata(), list[Reject]()
    if beside is not None:
        metadata, rejects = _read_beside(beside)
    article = None
    try:
        article = Article(
            text=decode(file.read(MAX_TEXT_BYTES)),
            source_key=metadata.source_key(file.name),
            raw_path=file.name,
            **metadata.fields,
        )
    except UnusableError as fault:
        rejects.append(file.reject(fault))
    yield Record(0, article, tuple(rejects))


def _read_beside(file: RawFile) -> tuple[Metadata, list[Reject]]:
    try:
        text = decode(file.read(_MAX_METADATA_BYTES))
    except UnusableError as fault:
        reason = fault.reason if fault.reason in {"unreadable", "too_large"} else "metadata_syntax"
        return Metadata(), [file.reject(UnusableError(reason, fault.detail))]
    try:
        metadata = read_metadata(parse_json(text, "metadata_syntax"))
    except UnusableError as fault:
        return Metadata(), [file.reject(fault)]
    return metadata, [file.reject(fault) for fault in metadata.faults]


def read_metadata_alone(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield why a `.json` without a text beside it cannot be used; nothing for one that `read` has used."""
    if folder.beside(file, ".txt") is None:
        fault = UnusableError("metadata_without_text", "is metadata, but there is no .txt of the same name beside it")
        yield Record(0, None, (file.reject(fault),))
