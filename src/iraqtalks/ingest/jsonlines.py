"""`.jsonl` files: a JSON object a line, with `text` and the keys of the metadata."""

import codecs
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from iraqtalks.ingest.columns import columns_of
from iraqtalks.ingest.decode import refuse_binary, to_text
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
    number = 0
    for number, line in _lines(file):
        try:
            fields = parse_json(_decode_line(line), "record_syntax")
        except UnusableError as fault:
            yield Record(number, None, (file.reject(fault, number),))
        else:
            yield to_record(file, number, fields, columns)
    if number == 0:
        raise UnusableError("empty", "holds no record")


def _lines(file: RawFile) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank with their numbers, the end of one that is too long left out."""
    sample = file.head(_SAMPLE)
    wide = sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide:
        refuse_binary(sample)
    with file.open() as opened:
        stream = _narrowed(opened) if wide else opened
        number = 0
        while line := stream.readline(_MAX_LINE_BYTES + 1):
            number += 1
            rest = line
            while len(rest) > _MAX_LINE_BYTES and not rest.endswith(b"\n"):
                rest = stream.readline(_MAX_LINE_BYTES + 1)
            if line.strip():
                yield number, line


class _Narrowed(io.RawIOBase):
    """A stream of UTF-16 as one of UTF-8; what is no UTF-16 becomes U+FFFD."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        while not self._left:
            data = self._stream.read(_SAMPLE)
            self._left = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        taken, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


def _narrowed(stream: BinaryIO) -> io.BufferedReader:
    return io.BufferedReader(_Narrowed(stream))


def _decode_line(line: bytes) -> str:
    if len(line) > _MAX_LINE_BYTES:
        raise UnusableError("too_large", f"is a line of more than {_MAX_LINE_BYTES:,} bytes")
    return to_text(line)
