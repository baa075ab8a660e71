"""`.txt` and `.md` files, with their metadata in a `.json` of the same stem beside them."""

from collections.abc import Iterator

from iraqtalks.extraction.model import Article
from iraqtalks.ingest.beside import read_beside
from iraqtalks.ingest.decode import decode
from iraqtalks.ingest.model import MAX_TEXT_BYTES, RawFile, RawFolder, Record, UnusableError


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield the one record of a text file. Faulty metadata cost no article, only what is faulty."""
    metadata, rejects = read_beside(file, folder)
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
