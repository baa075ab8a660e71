"""A folder as an archive that depends on nothing but the files and the declared date: no order, owner or time of a machine."""

import datetime as dt
import gzip
import tarfile
from pathlib import Path
from typing import Final

_FILE: Final = 0o644
_FOLDER: Final = 0o755


def pack(folder: Path, archive: Path, date: dt.date) -> None:
    """Write the folder, under its own name, as a `.tar.gz` in which everything is of the date's first second, in UTC.

    Members are in the order of their paths and belong to nobody. The same files and date give the same bytes.
    """
    seconds = int(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp())
    with (
        archive.open("wb") as stream,
        # Neither the archive's name nor the time of its writing goes into its head.
        gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=seconds, compresslevel=9) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in (folder, *sorted(folder.rglob("*"))):
            member = tar.gettarinfo(path, arcname=path.relative_to(folder.parent).as_posix())
            member.mtime = seconds
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mode = _FOLDER if path.is_dir() else _FILE
            if path.is_dir():
                tar.addfile(member)
            else:
                with path.open("rb") as content:
                    tar.addfile(member, content)
