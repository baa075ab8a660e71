"""What readers work with: files of the raw folder in, records with an article or the reasons against it out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from iraqtalks.extraction.model import Article

MAX_TEXT_BYTES: Final = 5_000_000
"""The most bytes of UTF-8 that an article's text may have: longer ones are no articles."""


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
class RawFile:
    """A file of the raw folder; `name` is its path relative to the folder, in NFC with `/`, the same on all systems."""

    path: Path
    name: str

    @property
    def suffix(self) -> str:
        """The file's extension in small letters, with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    def reject(self, fault: UnusableError, record: int = 0) -> Reject:
        """Return the row that says why this file, or one record of it, cannot be used."""
        return Reject(self.name, record, fault.reason, fault.detail)

    def read(self, limit: int) -> bytes:
        """Return the file's bytes; raises UnusableError for more than `limit` of them or where reading fails."""
        try:
            with self.path.open("rb") as stream:
                data = stream.read(limit + 1)
        except OSError as error:
            raise UnusableError("unreadable", f"cannot be read: {error.strerror}") from error
        if len(data) > limit:
            raise UnusableError("too_large", f"has more than {limit:,} bytes")
        return data


@dataclass(frozen=True, slots=True)
class RawFolder:
    """The files below the raw folder that may be read, by name."""

    files: Mapping[str, RawFile]

    def beside(self, file: RawFile, suffix: str) -> RawFile | None:
        """Return the file of the same stem with the extension `suffix`, in small or capital letters, or None."""
        name = PurePosixPath(file.name)
        for extension in (suffix, suffix.upper()):
            found = self.files.get(str(name.with_suffix(extension)))
            if found is not None:
                return found
        return None


Reader = Callable[[RawFile, RawFolder], Iterator[Record]]
"""What every format's module offers: a file in, its records out, in their order. Bad input raises nothing."""
