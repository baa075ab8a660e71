"""`.jsonl` files: a JSON object a line, with `text` and the keys of the metadata."""

from collections.abc import Iterator
from typing import Final

from iraqtalks.extraction.model import Article
from iraqtalks.ingest.decode import decode, normalise, refuse_binary
from iraqtalks.ingest.metadata import parse_json, read_metadata
from iraqtalks.ingest.model import MAX_TEXT_BYTES, RawFile, RawFolder, Record, UnusableError

_MAX_LINE_BYTES: Final = 6 * MAX_TEXT_BYTES + 1_000_000
"""JSON writes a character as at most six bytes for each byte that it has in UTF-8, and the metadata take their part."""
_SAMPLE: Final = 65_536


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield a record for each line that is not blank, numbered from 1; a broken line costs none of the others."""
    number = 0
    try:
        for number, line in _lines(file):
            yield _record(file, number, line)
    except UnusableError as fault:
        yield Record(0, None, (file.reject(fault),))
    else:
        if number == 0:
            yield Record(0, None, (file.reject(UnusableError("empty", "holds no record")),))


def _lines(file: RawFile) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank with their numbers, the end of one that is too long left out."""
    try:
        with file.path.open("rb") as stream:
            refuse_binary(stream.read(_SAMPLE))
            stream.seek(0)
            number = 0
            while line := stream.readline(_MAX_LINE_BYTES + 1):
                number += 1
                rest = line
                while len(rest) > _MAX_LINE_BYTES and not rest.endswith(b"\n"):
                    rest = stream.readline(_MAX_LINE_BYTES + 1)
                if line.strip():
                    yield number, line
    except OSError as error:
        raise UnusableError("unreadable", f"cannot be read: {error.strerror}") from error


def _record(file: RawFile, number: int, line: bytes) -> Record:
    try:
        document = parse_json(_decode_line(line), "record_syntax")
        text = _text(document.pop("text", None))
    except UnusableError as fault:
        return Record(number, None, (file.reject(fault, number),))
    metadata = read_metadata(document)
    article = Article(
        text=text, source_key=metadata.source_key(f"{file.name}#{number}"), raw_path=file.name, **metadata.fields
    )
    return Record(number, article, tuple(file.reject(fault, number) for fault in metadata.faults))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnusableError("record_value", "has no text: the key `text` must hold one")
    return normalise(value)


def _decode_line(line: bytes) -> str:
    if len(line) > _MAX_LINE_BYTES:
        raise UnusableError("too_large", f"is a line of more than {_MAX_LINE_BYTES:,} bytes")
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        # `decode` refuses the bytes too, and says what they look like.
        return decode(line)
