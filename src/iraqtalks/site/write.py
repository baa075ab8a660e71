"""Writes the site into its folder, at once or not at all: what is there stays until the new one is whole."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from iraqtalks import swap
from iraqtalks.errors import PublishError
from iraqtalks.store import writable

_SIGN: Final = "static/site.css"
"""What tells that a folder holds a site and may be replaced."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Yield an empty folder; when the block ends without a fault, it takes the place of `out`.

    Raises PublishError where `out` is a file, or holds what is no site and would be lost, or cannot be written.
    """
    out = out.resolve()
    if out.exists() and not out.is_dir():
        raise PublishError(f"{out} is a file; give a folder as --out")
    if out.is_dir() and any(out.iterdir()) and not (out / _SIGN).is_file():
        raise PublishError(f"{out} holds files that are no site and would be lost; give another folder as --out")
    with writable(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        new = work / "site"
        new.mkdir()
        yield new
        swap.put_in_place(new, out, work / "old")
    finally:
        shutil.rmtree(work)


def write(folder: Path, name: str, text: str) -> None:
    """Write a file of the site, `name` being its path from the site's top."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
