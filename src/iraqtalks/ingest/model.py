"""What readers work with: files with a name in, records with an article or the reasons against it out."""

import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, Final, cast
from zipfile import BadZipFile

from iraqtalks.extraction.model import Article

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_TEXT_BYTES: Final = 5_000_000
"""The most bytes of UTF-8 that an article's text may have: longer ones are no articles."""
MAX_PAGE_BYTES: Final = 20_000_000
"""The most bytes of a document that holds text among other things: a saved page, a feed."""
ENDINGS: Final = {".gz": "", ".tgz": ".tar", ".zst": "", ".tzst": ".tar"}
"""What the name of a compressed file ends in, and what its content's name ends in instead."""
_BUFFER: Final = 1 << 18


class UnusableError(Exception):
    """Why an input cannot be used: `reason` is one of `tables.REJECT_REASONS`, `detail` is for the reader."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True, order=True)
class Reject:
    """An input that could not be used; `record` is its number in the file from 1, 0 for the file as a whole."""

    raw_path: str
    record: int
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Record:
    """What a reader made of one source document: an article, or None, and all that could not be used of it."""

    number: int
    article: Article | None
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What compressed input may come to: each file of the raw folder is held to it, with all that is packed in it.

    `unpacked` bytes, but no more than `ratio` times the file's own size (`least` bytes are always allowed); `depth` layers
    of archives and compression; `members` files.
    """

    unpacked: int = 50_000_000_000
    ratio: int = 250
    least: int = 100_000_000
    depth: int = 5
    members: int = 200_000


@dataclass(slots=True)
class Budget:
    """How many bytes and members may still be unpacked of a file."""

    unpacked: int
    members: int

    def spend(self, size: int) -> None:
        """Take the bytes off; raises UnusableError where they are more than is left."""
        self.unpacked -= size
        if self.unpacked < 0:
            raise UnusableError("over_limit", "unpacks to far more than its own size allows; what came before was read")

    def count(self) -> None:
        """Take a member off; raises UnusableError where none is left."""
        self.members -= 1
        if self.members < 0:
            raise UnusableError("over_limit", "holds more files than are allowed; the first ones were read")


class Stream(io.RawIOBase):
    """Bytes to be read once, in order: faults of what gives them become UnusableError, what is unpacked is counted.

    `tell` says how far one has read. `seek` only confirms that place, which is all that sequential readers ask of it.
    """

    def __init__(self, source: IO[bytes], budget: Budget | None = None) -> None:
        super().__init__()
        self._source = source
        self._budget = budget
        self._position = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return whether the place can be told; it cannot be chosen."""
        return True

    def tell(self) -> int:
        """Return how many bytes have been read."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Return the place where the stream is; raises UnsupportedOperation for any other."""
        if whence == io.SEEK_END or offset + (self._position if whence == io.SEEK_CUR else 0) != self._position:
            raise io.UnsupportedOperation("the bytes come once, in order")
        return self._position

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read the next bytes; raises UnusableError for damaged or too much input."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._source.read(len(view))
        except (EOFError, zlib.error, LZMAError, BadZipFile) as error:
            raise UnusableError("archive", f"is damaged: {error}") from error
        except OSError as error:
            # What decompresses has no error of its own either, but its error has no number.
            if error.errno is None:
                raise UnusableError("archive", f"is damaged: {error}") from error
            raise UnusableError("unreadable", f"cannot be read: {error.strerror}") from error
        if self._budget is not None:
            self._budget.spend(len(data))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)

    def close(self) -> None:
        """Close what gives the bytes, too."""
        if not self.closed:
            self._source.close()
        super().close()


@dataclass(frozen=True, slots=True)
class RawFile:
    """Bytes with a name: a file of the raw folder, or one that is packed in such a file.

    `name` is its path relative to the raw folder, in NFC with `/`, the same on all systems; a member's is below its
    archive's (`pages.zip/a.html`). `plain` is the name less the endings of compression (`a.csv` of `a.csv.gz`).
    """

    name: str
    plain: str
    opener: Callable[[], IO[bytes]]
    budget: Budget
    on_disk: bool = False
    """Whether the bytes lie on the disk as they are, so that their place can be chosen; nothing is unpacked then."""

    @property
    def suffix(self) -> str:
        """The extension that tells the format, in small letters, with its dot."""
        return PurePosixPath(self.plain).suffix.lower()

    def reject(self, fault: UnusableError, record: int = 0) -> Reject:
        """Return the row that says why this file, or one record of it, cannot be used."""
        return Reject(self.name, record, fault.reason, fault.detail)

    def source(self) -> IO[bytes]:
        """Return what gives the file's bytes, as it is, uncounted; raises UnusableError where there is none."""
        try:
            return self.opener()
        except OSError as error:
            raise UnusableError("unreadable", f"cannot be read: {error.strerror or error}") from error

    def open(self) -> BinaryIO:
        """Return the file's bytes from the beginning, as a stream; raises UnusableError, as reading from it does."""
        stream = Stream(self.source(), None if self.on_disk else self.budget)
        return cast("BinaryIO", io.BufferedReader(stream, _BUFFER))

    def head(self, size: int) -> bytes:
        """Return the first bytes, at most `size`."""
        with self.open() as stream:
            return stream.read(size)

    def read(self, limit: int) -> bytes:
        """Return the file's bytes; raises UnusableError for more than `limit` of them or where reading fails."""
        data = self.head(limit + 1)
        if len(data) > limit:
            raise UnusableError("too_large", f"has more than {limit:,} bytes")
        return data


@dataclass(frozen=True, slots=True)
class RawFolder:
    """The files of a folder or an archive, in the order of their names, and the folder that the archive lies in."""

    files: tuple[RawFile, ...]
    outer: "RawFolder | None" = None
    _named: Mapping[str, RawFile] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_named", {file.name: file for file in self.files})

    def find(self, name: str) -> RawFile | None:
        """Return the file of that name in this folder or the ones around it, or None."""
        found = self._named.get(name)
        return found if found is not None or self.outer is None else self.outer.find(name)

    def beside(self, file: RawFile, suffix: str) -> RawFile | None:
        """Return the file of the same stem with the extension `suffix`, in small or capital letters, or None."""
        name = PurePosixPath(file.plain)
        for extension in (suffix, suffix.upper()):
            found = self._named.get(str(name.with_suffix(extension)))
            if found is not None:
                return found
        return None


def open_path(path: Path) -> IO[bytes]:
    """Open a file of the disk for reading."""
    return path.open("rb")


Reader = Callable[[RawFile, RawFolder], Iterator[Record]]
"""What every format's module offers: a file in, its records out, in their order.

UnusableError is raised where the file as a whole cannot be used, or not beyond the records that came before; a fault of one
record is told in that record.
"""
