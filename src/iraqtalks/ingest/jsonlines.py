"""`.jsonl` files: a JSON object a line, with `text` and the keys of the metadata."""

import codecs
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from iraqtalks.ingest.columns import columns_of
from iraqtalks.ingest.decode import encoding_of, marked, refuse_binary, to_text
from iraqtalks.ingest.metadata import parse_json
from iraqtalks.ingest.model import MAX_TEXT_BYTES, RawFile, RawFolder, Record, UnusableError
from iraqtalks.ingest.records import to_record

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAX_LINE_BYTES: Final = 6 * MAX_TEXT_BYTES + 1_000_000
"""JSON writes a character as at most six bytes for each byte that it has in UTF-8, and the metadata take their part."""
_SAMPLE: Final = 65_536


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield a record for each line that is not blank, numbered from 1; a broken line costs none of the others."""
    columns = columns_of(file, folder)
    sample = file.head(_SAMPLE)
    wide = marked(sample)
    encoding = None if wide else _encoding(sample)
    number = 0
    for number, line in _lines(file, wide):
        try:
            fields = parse_json(_decode_line(line, encoding), "record_syntax")
        except UnusableError as fault:
            yield Record(number, None, (file.reject(fault, number),))
        else:
            yield to_record(file, number, fields, columns)
    if number == 0:
        raise UnusableError("empty", "holds no record")


def _encoding(sample: bytes) -> str | None:
    """Return the encoding that the beginning of the file tells, for lines that alone tell too little; None where it tells none.

    Raises UnusableError where the file is no text.
    """
    refuse_binary(sample)
    try:
        return encoding_of(sample.rpartition(b"\n")[0] or sample)
    except UnusableError:
        return None


def _lines(file: RawFile, wide: str | None) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank with their numbers, the end of one that is too long left out.

    `wide` is the encoding of units of two or four bytes that the file is in, if any.
    """
    with file.open() as opened:
        stream = io.BufferedReader(_Narrowed(opened, wide)) if wide else opened
        number = 0
        while line := stream.readline(_MAX_LINE_BYTES + 1):
            number += 1
            rest = line
            while len(rest) > _MAX_LINE_BYTES and not rest.endswith(b"\n"):
                rest = stream.readline(_MAX_LINE_BYTES + 1)
            if line.strip():
                yield number, line


class _Narrowed(io.RawIOBase):
    """A stream of UTF-16 or UTF-32 as one of UTF-8; reading raises UnusableError where it is damaged."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._stream = stream
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        while not self._left:
            data = self._stream.read(_SAMPLE)
            try:
                self._left = self._decoder.decode(data, final=not data).encode()
            except UnicodeError as error:
                name = self._encoding.upper()
                raise UnusableError(
                    "encoding", f"is damaged: no {name} to its end; what came before was read"
                ) from error
            if not data:
                break
        taken, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


def _decode_line(line: bytes, encoding: str | None) -> str:
    if len(line) > _MAX_LINE_BYTES:
        raise UnusableError("too_large", f"is a line of more than {_MAX_LINE_BYTES:,} bytes")
    return to_text(line, encoding)
