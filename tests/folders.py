"""What is in folders, for tests that compare them."""

from pathlib import Path


def content(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files below the folder by their path in it; nothing where there is no folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
