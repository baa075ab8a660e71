"""Build on a small disk that is ever less full, until a build succeeds; prints what each build came to, as JSON.

Run by `test_full_disk.py` in a mount namespace of its own: `python full_disk.py FOLDER`, an empty file system of a few megabytes.
"""

import json
import os
import sys
from pathlib import Path

import kills
from building import build
from folders import content

from iraqtalks import store
from iraqtalks.errors import PublishError

STEP = 40_000


def fill(folder: Path, left: int) -> None:
    """Leave so many bytes of the file system."""
    filler = folder / "filler"
    filler.unlink(missing_ok=True)
    space = os.statvfs(folder)
    filler.write_bytes(bytes(max(0, space.f_bavail * space.f_bsize - left)))


def main(folder: Path) -> None:
    """Print of each build that failed the line that the command would say and whether the old dataset is whole; and the end."""
    raws = kills.write_raws(folder, 8, 3)
    processed = folder / "processed"
    build(raws[0], processed)
    old, left, told = content(processed), 0, []
    while True:
        fill(folder, left)
        try:
            build(raws[1], processed)
        except (OSError, PublishError) as error:
            line = str(error) if isinstance(error, PublishError) else f"{error.filename}: {error.strerror}"
            told.append([line, content(processed) == old])
            left += STEP
        else:
            break
    built = content(processed)
    previous = content(store.previous_folder(processed)) == old
    (folder / "filler").unlink()
    store.remove(store.cache_folder(processed))
    build(raws[1], processed)
    print(json.dumps({"told": told, "previous": previous, "right": content(processed) == built != old}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
