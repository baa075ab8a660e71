"""A `.json` of the same stem beside a document: its metadata."""

from typing import Final

from iraqtalks.ingest.decode import decode
from iraqtalks.ingest.formats import EXTENSIONS
from iraqtalks.ingest.metadata import Metadata, parse_json, read_metadata
from iraqtalks.ingest.model import ENDINGS, RawFile, RawFolder, Reject, UnusableError

_DOCUMENTS: Final = tuple(extension for extension, kind in EXTENSIONS.items() if kind in {"text", "page"})
"""Extensions of what metadata may lie beside."""
_MAX_METADATA_BYTES: Final = 1_000_000


def read_beside(file: RawFile, folder: RawFolder) -> tuple[Metadata, list[Reject]]:
    """Return what the file beside a document declares, and what of it is faulty; nothing where there is none."""
    beside = folder.beside(file, ".json")
    if beside is None:
        return Metadata(), []
    try:
        text = decode(beside.read(_MAX_METADATA_BYTES))
    except UnusableError as fault:
        reason = fault.reason if fault.reason in {"unreadable", "too_large"} else "metadata_syntax"
        return Metadata(), [beside.reject(UnusableError(reason, fault.detail))]
    try:
        metadata = read_metadata(parse_json(text, "metadata_syntax"))
    except UnusableError as fault:
        return Metadata(), [beside.reject(fault)]
    return metadata, [beside.reject(fault) for fault in metadata.faults]


def is_beside(file: RawFile, folder: RawFolder) -> bool:
    """Return whether the file is the metadata of a document beside it."""
    endings = (f"{suffix}{packed}" for suffix in _DOCUMENTS for packed in ("", *ENDINGS))
    return file.suffix == ".json" and any(folder.beside(file, ending) is not None for ending in endings)
