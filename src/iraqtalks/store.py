"""The only writer: sorts, casts, writes, and publishes a dataset at once or not at all.

Everything is written into a folder beside the published one, `.<name>.build-…`, and swapped in by a rename. A run that
dies leaves that folder behind; the next one clears it away. A lock keeps two builds of one folder apart.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from iraqtalks import contract, swap, whereabouts
from iraqtalks.database import views_sql
from iraqtalks.errors import DatasetError, PublishError
from iraqtalks.frames import ReadFrames
from iraqtalks.materialize import materialize
from iraqtalks.tables import TABLES
from iraqtalks.views import VIEWS, description

_VIEWS: Final = "views.sql"
_PACKAGE: Final = "datapackage.json"
_FILES: Final = frozenset({*(f"{name}.parquet" for name in (*TABLES, *VIEWS)), _VIEWS, _PACKAGE})
_ROW_GROUP: Final = 100_000
_JOURNAL: Final = "replacing.json"
"""What a build writes down in its work folder before it replaces the dataset: the hashes of the new one's files."""


def publish(frames: Mapping[str, pl.DataFrame], processed: Path) -> None:
    """Publish the frames, by table, as the dataset in the folder `processed`; until it is whole the old one stays.

    Waits where another process builds the same folder. Raises PublishError where the folder cannot be replaced.
    """
    with building(processed) as work:
        write_dataset(frames, work / "dataset")
        put_in_place(work, processed)


@contextmanager
def building(processed: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Hold the folder `processed` for one build and yield an empty work folder beside it, removed afterwards.

    `on_wait` is called when another process holds it. Raises PublishError where the folder is none to publish into.
    """
    processed = processed.resolve()
    refuse_foreign(processed)
    with ExitStack() as stack:
        with writable(processed):
            processed.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(swap.locked(processed.with_name(f".{processed.name}.lock"), on_wait))
            _clear(processed)
            # A name of its own: what is left of a killed build may still write into the folder that was its.
            work = Path(tempfile.mkdtemp(prefix=_prefix(processed), dir=processed.parent))
        try:
            yield work
        finally:
            _clear(processed)


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Turn a fault of the file system into one that the user can mend."""
    try:
        yield
    except OSError as error:
        raise PublishError(f"{error.filename or folder} cannot be written: {error.strerror}") from error


def put_in_place(work: Path, processed: Path) -> bool:
    """Put the dataset in `work / "dataset"` in the place of the one in `processed`. Only while `building` holds it.

    Where the two are the same to the last byte, the published files stay as they are. Else the dataset that was there is kept
    in `previous_folder`, in the place of the one before it. Returns whether anything has changed.
    Raises PublishError where the folder cannot be replaced; it is then untouched.
    """
    processed = processed.resolve()
    refuse_foreign(processed)
    new = _hashes(work / "dataset")
    changed = new != _hashes(processed)
    try:
        if changed:
            _replace(work, new, processed)
    except OSError as error:
        hint = (
            ". A mount point cannot be; give a folder inside of it as --processed" if error.errno == errno.EBUSY else ""
        )
        raise PublishError(f"{processed} cannot be replaced: {error.strerror}{hint}") from error
    whereabouts.remember(_fingerprint(new), processed)
    return changed


def _replace(work: Path, new: Mapping[str, str], processed: Path) -> None:
    written = work / f"{_JOURNAL}.new"
    written.write_text(json.dumps(new), encoding="utf-8")
    written.rename(work / _JOURNAL)
    previous = previous_folder(processed)
    if previous.exists():
        # Away before the exchange, so that what is there is never older than the last but one.
        previous.rename(work / "previous")
    swap.put_in_place(work / "dataset", processed, _old(processed))
    _settle(work, processed)


def _settle(work: Path, processed: Path) -> None:
    """Keep the dataset that a build has replaced, or go on keeping the one before where it came to replace none.

    A build that was killed while it replaced the dataset has left its journal in its work folder; the next one ends this for it.
    """
    journal = work / _JOURNAL
    if not journal.is_file():
        return
    new = json.loads(journal.read_text(encoding="utf-8"))
    replaced = [folder for folder in (_old(processed), work / "dataset") if folder.is_dir() and _hashes(folder) != new]
    previous = previous_folder(processed)
    for folder in (*replaced, work / "previous"):
        if folder.is_dir() and not previous.exists():
            folder.rename(previous)
    journal.unlink()


def previous_folder(processed: Path) -> Path:
    """Return the folder beside the published one that keeps the dataset which that one replaced; it may be removed."""
    processed = processed.resolve()
    return processed.with_name(f".{processed.name}.previous")


def refuse_foreign(processed: Path) -> None:
    """Raise PublishError where replacing the folder would lose files that are not a dataset's."""
    if not processed.exists():
        return
    if not processed.is_dir():
        raise PublishError(f"{processed} is a file; give a folder as --processed")
    foreign = sorted(path.name for path in processed.iterdir() if path.name not in _FILES)
    if foreign:
        shown = ", ".join(foreign[:5]) + (", …" if len(foreign) > 5 else "")
        raise PublishError(
            f"{processed} holds what is no part of a dataset and would be lost: {shown}."
            " Move it, or give another folder as --processed"
        )


def cache_folder(processed: Path) -> Path:
    """Return the folder beside the published one in which results of the extraction are kept; it may be removed at any time."""
    processed = processed.resolve()
    return processed.with_name(f".{processed.name}.cache")


def _prefix(processed: Path) -> str:
    return f".{processed.name}.build-"


def _old(processed: Path) -> Path:
    return processed.with_name(f".{processed.name}.old")


def _clear(processed: Path) -> None:
    """Remove what a build, this one or one that died, has left beside the published folder."""
    swap.recover(processed, _old(processed))
    for folder in processed.parent.iterdir():
        if folder.name.startswith(_prefix(processed)):
            _settle(folder, processed)
            remove(folder)
    remove(_old(processed))


def remove(folder: Path) -> None:
    """Remove the folder, if it is there, with all that is in it."""
    if folder.exists():
        shutil.rmtree(folder)


def write_dataset(frames: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write every table and view, the views' SQL and the package's description into a folder of their own, down to the disk.

    The same frames give the same bytes, whatever the order of their rows and columns. The frames are expected to have
    passed `checks.check`.
    """
    remove(folder)
    folder.mkdir()
    for table in TABLES:
        _write_table(table, frames[table], folder / f"{table}.parquet")
    with _named(folder):
        _describe(folder)
    for path in sorted(folder.iterdir()):
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
    swap.sync_folder(folder)


def _describe(folder: Path) -> None:
    """Write beside the tables the rows of the views, their SQL and the package's description."""
    materialize(folder)
    hashes = _hashes(folder)
    sql = views_sql(_fingerprint(hashes), materialized=VIEWS)
    package = contract.data_package(hashes, {view: description(view) for view in VIEWS})
    (folder / _VIEWS).write_text(sql, encoding="utf-8", newline="\n")
    (folder / _PACKAGE).write_text(contract.dump(package), encoding="utf-8", newline="\n")


def _hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file of a dataset's folder by its stem, a table's or view's by its name; nothing where there is no folder."""
    return {path.stem: sha256(path) for path in folder.iterdir()} if folder.is_dir() else {}


def _fingerprint(hashes: Mapping[str, str]) -> str:
    """Return what a dataset is known by: the hash of its tables' hashes, in the order of the tables."""
    return hashlib.sha256("\n".join(hashes[table] for table in TABLES).encode()).hexdigest()[:16]


def _write_table(table: str, frame: pl.DataFrame, path: Path) -> None:
    typed = frame.select(pl.col(column.name).cast(column.type) for column in contract.columns(table))
    ordered = typed.sort(contract.key(table), nulls_last=True)
    arrow = ordered.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(contract.arrow_schema(table))
    _write_parquet(arrow, path)


def _write_parquet(table: pa.Table, path: Path) -> None:
    with _named(path):
        pq.write_table(table, path, compression="zstd", row_group_size=_ROW_GROUP, version="2.6")


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name what was to be written in a fault of the file system: what the system says of a full disk does not."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, os.strerror(error.errno or errno.EIO), error.filename or str(path)) from error


def sha256(path: Path) -> str:
    """Return the SHA-256 of the file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_tables(processed: Path) -> dict[str, pl.DataFrame]:
    """Return the tables of a published folder, by name.

    Raises DatasetError where one is missing, is no Parquet file, has another schema than the contract's, or where its file or a
    view's is not the one that `datapackage.json` describes.
    """
    described = _described(processed)
    for view in described.keys() & VIEWS:
        _verify(processed / f"{view}.parquet", described[view])
    return {table: _read_table(table, processed / f"{table}.parquet", described.get(table)) for table in TABLES}


def _described(processed: Path) -> dict[str, Any]:
    """Return the hashes that the package's description gives of the tables and views, by name."""
    path = processed / _PACKAGE
    if not path.is_file():
        raise DatasetError(f"{processed} holds no dataset; make one with `iraqtalks build --processed {processed}`")
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        return {resource["name"]: resource["hash"] for resource in resources}
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(f"{path} is damaged; build the dataset again") from error


def _verify(path: Path, digest: str | None) -> None:
    if not path.is_file():
        raise DatasetError(f"{path} is missing; build the dataset again")
    if f"sha256:{sha256(path)}" != digest:
        raise DatasetError(f"{path} is not the file that {_PACKAGE} describes; build the dataset again")


def _read_table(table: str, path: Path, digest: str | None) -> pl.DataFrame:
    _verify(path, digest)
    try:
        schema = pq.read_schema(path)
    except pa.ArrowInvalid as error:
        raise DatasetError(f"{path} is no Parquet file; build the dataset again") from error
    if not schema.equals(contract.arrow_schema(table)):
        raise DatasetError(f"{path} has other columns than this version of IraqTalks writes; build the dataset again")
    return pl.read_parquet(path)


def stage(frames: Mapping[str, pl.DataFrame], folder: Path) -> Path:
    """Write frames into a folder of their own for a later stage of the same build, and return the folder.

    What a try that failed has left there is removed.
    """
    remove(folder)
    folder.parent.mkdir(exist_ok=True)
    folder.mkdir()
    for name, frame in frames.items():
        _write_parquet(frame.to_arrow(), folder / f"{name}.parquet")
    return folder


def read_staged(folders: Iterable[Path]) -> ReadFrames:
    """Return what was staged in the folders, by table, the rows in the folders' order."""
    listed = list(folders)

    def read(table: str) -> pl.DataFrame:
        files = (folder / f"{table}.parquet" for folder in listed)
        return pl.concat([contract.frame(table), *(pl.read_parquet(path) for path in files if path.is_file())])

    return ReadFrames(read)
