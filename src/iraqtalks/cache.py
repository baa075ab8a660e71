"""Rows that were extracted once, kept by what they were extracted from (docs/decisions/work-done-once.md).

A segment is a folder with the rows of some articles, a Parquet file a table, and a manifest with the articles' keys and the
files' hashes. It is written beside and renamed, so that it is there whole or not at all; one whose bytes are not those that
its manifest describes counts as absent. A key holds all that the rows depend on, so what is found is never stale.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from iraqtalks import contract, store
from iraqtalks.frames import ReadFrames

ENTRY: Final = "entry"
"""The column of a segment's tables that says which of the segment's articles, counted from 0, a row belongs to."""

_LEAST: Final = 25
"""Segments of fewer articles are put together: a folder that grows by three articles a day would have hundreds."""

_MANIFEST: Final = "manifest.json"
_UNFINISHED: Final = ".new-"


@dataclass(frozen=True, slots=True)
class Part:
    """Articles of a segment: its folder, and the keys of those that are meant by their numbers in the segment."""

    folder: Path
    keys: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Cache:
    """The kept rows below `folder` that the code with the fingerprint `code` made. One build uses it at a time."""

    folder: Path
    code: str

    def find(self, keys: Set[str]) -> tuple[list[Part], int]:
        """Return where the rows of the articles with these keys are kept, each article once.

        Damaged segments are taken away; the second value counts them.
        """
        wanted = set(keys)
        parts: list[Part] = []
        damaged = 0
        for segment in self._segments():
            kept = _sound_keys(segment)
            if kept is None:
                store.remove(segment)
                damaged += 1
                continue
            used = {number: key for number, key in enumerate(kept) if key in wanted}
            if used:
                wanted.difference_update(used.values())
                parts.append(Part(segment, used))
        return parts, damaged

    def keep(self, keys: Sequence[str], frames: Mapping[str, pl.DataFrame]) -> Part:
        """Keep the rows of articles as a segment; `ENTRY` says in each frame which key's article a row belongs to."""
        new = store.stage(frames, self._unfinished())
        files = {path.name: store.sha256(path) for path in sorted(new.iterdir())}
        (new / _MANIFEST).write_text(json.dumps({"keys": list(keys), "files": files}), encoding="utf-8")
        segment = self.folder / self.code / _name(keys)
        try:
            new.rename(segment)
        except OSError:
            # A worker that outlived its build has kept the same rows in the meantime.
            if not segment.is_dir():
                raise
            store.remove(new)
        return Part(segment, dict(enumerate(keys)))

    def prune(self, used: Iterable[Part]) -> None:
        """Take away all rows but those of the parts used, and put small segments together."""
        kept: set[Path] = set()
        for group in _groups(used):
            kept.add(group[0].folder if _is_whole(group) else self._together(group))
        for segment in self._segments():
            if segment not in kept:
                # First out of sight: one that is half removed would look damaged.
                segment.rename(self._unfinished() / segment.name)
        unfinished = (self.folder / self.code).glob(f"{_UNFINISHED}*")
        for folder in (*(code for code in self.folder.iterdir() if code.name != self.code), *unfinished):
            # What a worker that outlived its build still writes into goes the next time.
            shutil.rmtree(folder, ignore_errors=True)

    def _together(self, group: Sequence[Part]) -> Path:
        """Keep the rows of the parts in one segment and return it."""
        keys = sorted(key for part in group for key in part.keys.values())
        place = {key: number for number, key in enumerate(keys)}
        frames: dict[str, list[pl.DataFrame]] = {}
        for part in group:
            entries = {number: place[key] for number, key in part.keys.items()}
            renumbered = pl.col(ENTRY).replace_strict(entries, return_dtype=pl.Int32)
            for path in sorted(part.folder.glob("*.parquet")):
                frames.setdefault(path.stem, []).append(rows(part, path.stem).with_columns(renumbered))
        return self.keep(keys, {table: pl.concat(found) for table, found in frames.items()}).folder

    def _unfinished(self) -> Path:
        """Make a folder that is no segment yet, or is none any more."""
        home = self.folder / self.code
        home.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=home))

    def _segments(self) -> list[Path]:
        """Return the folders of all segments that are finished."""
        home = self.folder / self.code
        found = home.iterdir() if home.is_dir() else ()
        return sorted(path for path in found if not path.name.startswith(_UNFINISHED))


def read_parts(parts: Sequence[Part]) -> ReadFrames:
    """Return the rows of the parts by table, every table of the dataset among them."""

    def read(table: str) -> pl.DataFrame:
        found = (rows(part, table).drop(ENTRY) for part in parts if _file(part, table).is_file())
        return pl.concat([contract.frame(table), *found])

    return ReadFrames(read)


def rows(part: Part, name: str) -> pl.DataFrame:
    """Return what is kept under a name, a table's or another, of the part's articles; `ENTRY` says of which."""
    return pl.read_parquet(_file(part, name)).filter(pl.col(ENTRY).is_in(list(part.keys)))


def _file(part: Part, name: str) -> Path:
    return part.folder / f"{name}.parquet"


def _sound_keys(segment: Path) -> list[str] | None:
    """Return the keys of a segment's articles, or None where its name, its manifest and its files do not go together."""
    try:
        manifest = json.loads((segment / _MANIFEST).read_text(encoding="utf-8"))
        keys: list[str] = manifest["keys"]
        files = {path.name: store.sha256(path) for path in segment.iterdir() if path.name != _MANIFEST}
        return keys if segment.name == _name(keys) and files == manifest["files"] else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _name(keys: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32]


def _groups(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield the parts, those that are small or have lost articles together until they are enough for a segment."""
    small: list[Part] = []
    for part in parts:
        if _is_whole([part]) and len(part.keys) >= _LEAST:
            yield [part]
        else:
            small.append(part)
            if sum(len(one.keys) for one in small) >= _LEAST:
                yield small
                small = []
    if small:
        yield small


def _is_whole(group: Sequence[Part]) -> bool:
    """Whether the group is one segment of which every article is used."""
    if len(group) > 1:
        return False
    manifest = json.loads((group[0].folder / _MANIFEST).read_text(encoding="utf-8"))
    return len(group[0].keys) == len(manifest["keys"])
