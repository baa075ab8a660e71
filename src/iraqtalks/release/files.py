"""The files of a release as its descriptions list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iraqtalks.store import sha256

MEDIA_TYPES: Final = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".sql": "application/sql",
}
"""By the ends of names; SHA256SUMS, which has none, is plain text."""

SUMS: Final = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class File:
    """A file: its path from the release's top, with slashes, its size in bytes, the SHA-256 of its bytes, its media type."""

    path: str
    size: int
    sha256: str
    media_type: str


def listed(folder: Path) -> Sequence[File]:
    """Return all files in the folder and below it, in order of their paths."""
    found = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return [
        File(name, path.stat().st_size, sha256(path), MEDIA_TYPES.get(path.suffix, "text/plain"))
        for name, path in found
    ]


def sums(files: Sequence[File]) -> str:
    """Return the checksums as `sha256sum --check` reads them."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files)
