"""`.csv` and `.tsv` files: a heading with the names of the columns, then an article a row."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from iraqtalks.ingest.columns import Columns, columns_of
from iraqtalks.ingest.decode import encoding_of, is_damaged_utf8, marked
from iraqtalks.ingest.model import MAX_TEXT_BYTES, RawFile, RawFolder, Record, UnusableError
from iraqtalks.ingest.records import to_record

_SEPARATORS: Final = ",;\t|"
_SAMPLE: Final = 1 << 20

# The module's own limit, 131,072 characters, is below what an article may have.
csv.field_size_limit(2 * MAX_TEXT_BYTES)


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield a record for each row, numbered from 1; a row that does not fit the heading costs none of the others."""
    columns = columns_of(file, folder)
    encoding, errors = _encoding(file)
    with file.open() as stream, io.TextIOWrapper(stream, encoding, errors, newline="") as text:
        number = 0
        try:
            heading = text.readline(_SAMPLE)
            separator = max(_SEPARATORS, key=heading.count)
            names = next(csv.reader([heading], delimiter=separator), [])
            unknown = require_text(names, columns)
            if unknown is not None:
                yield Record(0, None, (file.reject(unknown),))
            for number, cells in enumerate(csv.reader(text, delimiter=separator), 1):
                if any(cells):
                    yield _record(file, number, names, cells, columns)
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnusableError("record_syntax", f"cannot be read behind row {number:,}: {error}") from error
        if number == 0:
            raise UnusableError("empty", "holds no record")


def require_text(names: list[str], columns: Columns) -> UnusableError | None:
    """Return the fault that the file has columns that nobody knows, once for all rows, or None.

    Raises UnusableError where no column holds the text.
    """
    text = "text" if columns.taken is None else columns.taken["text"]
    shown = ", ".join(name[:50] for name in names[:20])
    if text not in names:
        raise UnusableError(
            "record_value", f"has no column `{text}`; it has {shown}. A columns.yml says which of them holds the text"
        )
    twice = sorted({name for name in names if columns.wanted(name) and names.count(name) > 1})
    if twice:
        raise UnusableError("record_value", f"has columns that are there twice: {', '.join(twice)}")
    unknown = [name for name in names if columns.taken is None and not columns.wanted(name)]
    if not unknown:
        return None
    return UnusableError("metadata_key", f"has columns that are not ours, not read: {', '.join(unknown)[:500]}")


def _record(file: RawFile, number: int, names: list[str], cells: list[str], columns: Columns) -> Record:
    if len(cells) != len(names):
        fault = UnusableError("record_syntax", f"has {len(cells)} cells; the heading has {len(names)}")
        return Record(number, None, (file.reject(fault, number),))
    fields = {name: cell for name, cell in zip(names, cells, strict=True) if columns.wanted(name)}
    return to_record(file, number, fields, columns)


def _encoding(file: RawFile) -> tuple[str, str]:
    """Return the encoding of the whole file and how faults of it are read.

    UTF-8 where all of it is, and where all but some places are: the rows that they stand in are refused. Else what the bytes tell.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open() as stream:
        first = data = stream.read(_SAMPLE)
        if not data.strip():
            raise UnusableError("empty", "holds no record")
        wide = marked(data)
        if wide is not None:
            return wide, "strict"
        try:
            while data:
                decoder.decode(data)
                data = stream.read(_SAMPLE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            sample = data if data is first else first + data
            return ("utf-8-sig", "surrogateescape") if is_damaged_utf8(sample) else (encoding_of(sample), "strict")
    return "utf-8-sig", "strict"
