"""`.txt` and `.md` files, with their metadata in a `.json` of the same stem beside them."""

from collections.abc import Iterator

from iraqtalks.ingest.beside import read_beside
from iraqtalks.ingest.decode import decode
from iraqtalks.ingest.model import MAX_TEXT_BYTES, RawFile, RawFolder, Record, UnusableError
from iraqtalks.ingest.records import to_article


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield the one record of a text file. Faulty metadata cost no article, only what is faulty."""
    metadata, rejects = read_beside(file, folder)
    article = None
    try:
        article = to_article(file, 0, decode(file.read(MAX_TEXT_BYTES)), metadata)
    except UnusableError as fault:
        rejects.append(file.reject(fault))
    yield Record(0, article, tuple(rejects))
