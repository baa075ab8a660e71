"""The raw folder → the files in it that may be read, in an order that no file system decides."""

import os
import stat
import unicodedata
from functools import partial
from pathlib import Path

from iraqtalks.ingest.model import Budget, Limits, RawFile, RawFolder, Reject, UnusableError, open_path


def list_folder(raw: Path, limits: Limits) -> tuple[RawFolder, list[Reject]]:
    """Return the files below the folder that may be read, sorted by name, and why others may not.

    Hidden files are passed over.
    """
    found: list[tuple[Path, RawFile]] = []
    rejects: list[Reject] = []
    top = raw.resolve()

    def unlisted(error: OSError) -> None:
        fault = UnusableError("unreadable", f"cannot be listed: {error.strerror}")
        rejects.append(_disk_file(Path(error.filename), raw, limits).reject(fault))

    for parent, folders, names in os.walk(raw, onerror=unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in [*names, *links]:
            path = Path(parent) / name
            if name.startswith("."):
                continue
            file = _disk_file(path, raw, limits)
            try:
                if _is_file(path, top):
                    found.append((path, file))
            except UnusableError as fault:
                rejects.append(file.reject(fault))
    # Two names may differ by their normal form alone.
    found.sort(key=lambda pair: (pair[1].name, os.fsencode(pair[0])))
    return RawFolder(tuple(file for _, file in found)), rejects


def _disk_file(path: Path, raw: Path, limits: Limits) -> RawFile:
    """Return the file at `path`, named relative to the folder `raw`."""
    name = shown_name(os.fsencode(path.relative_to(raw).as_posix()))
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    unpacked = min(limits.unpacked, max(limits.least, limits.ratio * size))
    return RawFile(name, name, partial(open_path, path), Budget(unpacked, limits.members), on_disk=True)


def shown_name(name: bytes) -> str:
    r"""Return a name in NFC, bytes that are no UTF-8 shown as \xNN."""
    return unicodedata.normalize("NFC", name.decode("utf-8", "backslashreplace"))


def _is_file(path: Path, top: Path) -> bool:
    """Return whether the path is a file to read; False for a link to a folder that is read anyway.

    Raises UnusableError for what must not be opened: a link out of the folder, a pipe, a device.
    """
    try:
        target = path.resolve(strict=True)
        mode = target.stat().st_mode
    except (OSError, RuntimeError) as error:
        raise UnusableError("unreadable", "is a link to nothing, or may not be looked at") from error
    if not target.is_relative_to(top):
        raise UnusableError("outside_folder", "is a link out of the folder, not followed; copy the file instead")
    if stat.S_ISDIR(mode):
        return False
    if not stat.S_ISREG(mode):
        raise UnusableError("unreadable", "is not a regular file")
    return True
