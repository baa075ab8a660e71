"""`.parquet` files: an article a row, in columns of our names or those that a `columns.yml` tells."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from iraqtalks.ingest.columns import columns_of
from iraqtalks.ingest.containers import seekable
from iraqtalks.ingest.model import RawFile, RawFolder, Record, UnusableError
from iraqtalks.ingest.records import to_record
from iraqtalks.ingest.tables import require_text

_BATCH: Final = 32
"""Rows at once: each may have a text of five million bytes."""


def read(file: RawFile, folder: RawFolder) -> Iterator[Record]:
    """Yield a record for each row, numbered from 1."""
    columns = columns_of(file, folder)
    number = 0
    with seekable(file) as stream:
        try:
            table = pq.ParquetFile(stream)
            names = table.schema_arrow.names
            unknown = require_text(names, columns)
            if unknown is not None:
                yield Record(0, None, (file.reject(unknown),))
            wanted = [name for name in names if columns.wanted(name)]
            for batch in table.iter_batches(_BATCH, columns=wanted):
                # A dictionary gives one text to any number of rows.
                file.budget.spend(batch.nbytes)
                for fields in batch.to_pylist():
                    number += 1
                    yield to_record(file, number, fields, columns)
        except (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError) as error:
            raise UnusableError("archive", f"cannot be read behind row {number:,}: {error}") from error
    if number == 0:
        raise UnusableError("empty", "holds no record")
