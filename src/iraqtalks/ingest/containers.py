"""Files that hold files: compression (gzip, zstd) is taken off a file, archives (ZIP, tar) open like folders.

Everything is counted against the budget of the file on the disk, so that no nesting unpacks to more than `Limits` allow.
A member's name is never used as a path of this machine.
"""

import re
import shutil
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Final, cast

import pyarrow as pa

from iraqtalks.ingest.folder import shown_name
from iraqtalks.ingest.model import ENDINGS, RawFile, RawFolder, Reject, UnusableError, open_path

Opened = tuple[RawFolder, list[Reject]]
_COPY: Final = 1 << 20
_PARTS_OF_DOCUMENTS: Final = frozenset({"[Content_Types].xml", "META-INF/manifest.xml", "META-INF/container.xml"})
"""Members that make a ZIP archive an office document or a book, which is no folder of articles."""


def decompressed(file: RawFile, coding: str) -> RawFile:
    """Return the file with its compression (`gzip` or `zstd`) taken off: the same name, other bytes."""
    suffix = PurePosixPath(file.plain).suffix
    ending = ENDINGS.get(suffix.lower())
    plain = file.plain if ending is None else file.plain[: -len(suffix)] + ending
    return replace(file, plain=plain, opener=partial(_decoder, file, coding), on_disk=False)


def _decoder(file: RawFile, coding: str) -> IO[bytes]:
    # It closes the file behind it when it is closed, and reads streams that are set one behind the other (.warc.gz).
    return cast("IO[bytes]", pa.CompressedInputStream(pa.PythonFile(file.open(), mode="r"), coding))


def opened(file: RawFile, kind: str, around: RawFolder) -> AbstractContextManager[Opened]:
    """Open an archive (`zip` or `tar`) that lies in the folder `around`; give its members and why others are not read.

    Members come sorted by name, hidden ones left out. Raises UnusableError where the archive cannot be read at all.
    """
    return _ARCHIVES[kind](file, around)


@contextmanager
def seekable(file: RawFile) -> Iterator[IO[bytes]]:
    """Give the file's bytes as a stream with free choice of the place, by a temporary copy where they are unpacked."""
    if file.on_disk:
        with file.source() as stream:
            yield stream
        return
    with TemporaryFile() as copy, file.open() as packed:
        shutil.copyfileobj(packed, copy, _COPY)
        copy.seek(0)
        yield copy


@contextmanager
def _zip(file: RawFile, around: RawFolder) -> Iterator[Opened]:
    with seekable(file) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise UnusableError("archive", f"is no sound ZIP archive: {error}") from error
        with archive:
            if not _PARTS_OF_DOCUMENTS.isdisjoint(archive.namelist()):
                raise UnusableError("binary", "is an office document or book; save it as text or HTML")
            members: list[RawFile] = []
            rejects: list[Reject] = []
            for info in archive.infolist():
                if info.filename.endswith("/"):
                    continue
                member = _member(file, info.filename, partial(_open_zipped, archive, info), rejects)
                if member is not None:
                    members.append(member)
            yield RawFolder(_sorted(members), around), rejects


def _open_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    if info.flag_bits & 1:
        raise UnusableError("archive", "is encrypted; unpack it with its password first")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnusableError("unreadable", "is a link inside an archive, not followed")
    try:
        return archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise UnusableError("archive", f"cannot be unpacked: {error}") from error


@contextmanager
def _tar(file: RawFile, around: RawFolder) -> Iterator[Opened]:
    """Open a tar archive by way of a temporary copy of each member, since it has no directory of its own."""
    with TemporaryDirectory() as folder, file.open() as stream:
        members: list[RawFile] = []
        rejects: list[Reject] = []
        try:
            # Nothing is extracted by name: each member's bytes are copied into a file that is named by its number.
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for number, info in enumerate(archive):
                    if info.isdir():
                        continue
                    if info.isreg():
                        copy = Path(folder) / str(number)
                        member = _member(file, info.name, partial(open_path, copy), rejects)
                        if member is not None:
                            _copy(archive, info, copy, file)
                            members.append(member)
                    else:
                        fault = UnusableError("unreadable", "is a link or device inside an archive, not followed")
                        rejects.append(Reject(_name(file, info.name), 0, fault.reason, fault.detail))
        except (tarfile.TarError, ValueError, EOFError, OverflowError, RecursionError) as error:
            # What came before the damage is sound.
            rejects.append(file.reject(UnusableError("archive", f"is no sound tar archive: {error}")))
        except UnusableError as fault:
            rejects.append(file.reject(fault))
        yield RawFolder(_sorted(members), around), rejects


def _copy(archive: tarfile.TarFile, info: tarfile.TarInfo, copy: Path, file: RawFile) -> None:
    source = archive.extractfile(info)
    if source is None:
        raise tarfile.ReadError(f"{info.name} has no content")
    with source, copy.open("wb") as target:
        while data := source.read(_COPY):
            # Sparse members are longer than what is read of the archive.
            file.budget.spend(len(data))
            target.write(data)


_ARCHIVES: Final[Mapping[str, Callable[[RawFile, RawFolder], AbstractContextManager[Opened]]]] = {
    "zip": _zip,
    "tar": _tar,
}


def _member(archive: RawFile, member: str, opener: Callable[[], IO[bytes]], rejects: list[Reject]) -> RawFile | None:
    """Return a member of an archive, or None for one that is not read: hidden, or refused as `rejects` then says."""
    archive.budget.count()
    name = _name(archive, member)
    file = RawFile(name, name, opener, archive.budget)
    try:
        hidden = any(part.startswith(".") for part in _parts(member))
    except UnusableError as fault:
        rejects.append(file.reject(fault))
        return None
    return None if hidden else file


def _parts(member: str) -> list[str]:
    """Return the parts of a member's name; raises UnusableError for one that leads out of the archive."""
    name = member.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name) or "\0" in name or not parts:
        raise UnusableError("outside_folder", "has a name that leads out of its archive, not read")
    return parts


def _name(archive: RawFile, member: str) -> str:
    """Return a member's name below its archive's, as rows show it."""
    shown = shown_name(member.encode("utf-8", "surrogateescape"))
    parts = [part for part in shown.replace("\\", "/").split("/") if part not in {"", "."}]
    return "/".join([archive.name, *parts])


def _sorted(members: list[RawFile]) -> tuple[RawFile, ...]:
    return tuple(sorted(members, key=lambda member: member.name))
