"""Where a dataset lies: the usual folder, and how DuckDB shells are told another: `views.sql` names no place on any machine.

A published dataset is known by the hash of its contents. Publishing leaves a symbolic link of that name in the user's data
folder, which DuckDB can name wherever it is started; a shell of another user is told the folder by hand.
"""

import contextlib
import os
from pathlib import Path
from typing import Final

PROCESSED: Final = Path("data/processed")
"""Where the dataset is looked for when no folder is given, relative to the current folder."""

FOLDER: Final = "~/.local/share/iraqtalks"
"""Where the links lie; DuckDB and Python both know what ~ is."""


def link_path(fingerprint: str) -> str:
    """Return the place of the link to the dataset with this fingerprint, as SQL names it."""
    return f"{FOLDER}/{fingerprint}"


def remember(fingerprint: str, dataset: Path) -> None:
    """Let the fingerprint's link lead to the dataset's folder; links that lead to it by an older name or nowhere go.

    Does nothing where the user's data folder cannot be written: `views.sql` then says how to tell it the folder.
    """
    with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: there is no home
        folder = Path(FOLDER).expanduser()
        folder.mkdir(parents=True, exist_ok=True)
        for link in folder.iterdir():
            if link.is_symlink() and (not link.exists() or link.resolve() == dataset.resolve()):
                link.unlink()
        # Made beside and renamed, so that a reader finds the link whole or not at all.
        made = folder / f".{fingerprint}.{os.getpid()}"
        made.symlink_to(dataset.resolve(), target_is_directory=True)
        made.replace(folder / fingerprint)
