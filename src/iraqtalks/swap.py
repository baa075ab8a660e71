"""One folder in the place of another, at once: whoever looks finds the old one or the new one, never a mixture.

`rename(2)` replaces no folder that holds files. Linux and macOS can exchange two folders in one step; elsewhere two
renames do it, and `recover` puts the old folder back when a run died between them (docs/decisions/publishing.md).
"""

import ctypes
import errno
import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same number."""
_UNSUPPORTED: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


def exchange(first: Path, second: Path) -> None:
    """Exchange two paths of one file system in one step. Raises OSError, with ENOTSUP where the system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(first), os.fsencode(second)
    if sys.platform == "darwin":
        failed = libc.renamex_np(*names, _EXCHANGE)
    elif hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
    else:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(first))
    if failed:
        code = ctypes.get_errno()
        raise OSError(errno.ENOTSUP if code in _UNSUPPORTED else code, os.strerror(code), str(second))


def put_in_place(new: Path, target: Path, aside: Path, exchange: Callable[[Path, Path], None] = exchange) -> None:
    """Put the folder `new` in the place of `target`; what was there is at `new` afterwards, or at `aside`.

    All three are on one file system, and `aside` does not exist. `exchange` swaps two folders in one step.
    """
    if not target.exists():
        new.rename(target)
    else:
        try:
            exchange(new, target)
        except OSError as error:
            if error.errno != errno.ENOTSUP:
                raise
            target.rename(aside)
            new.rename(target)
    sync_folder(target.parent)


def recover(target: Path, aside: Path) -> None:
    """Put the old folder back where a run died between two renames."""
    if aside.exists() and not target.exists():
        aside.rename(target)


def sync_folder(folder: Path) -> None:
    """Have the folder's entries written to the disk, so that a power cut cannot undo a rename."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file `path`; calls `on_wait` once where another process holds it, then waits.

    The system lets go of it when the process ends, however it ends; the file stays, since removing it would let two in.
    """
    with path.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
