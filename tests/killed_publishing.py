"""Publish two datasets in turn, each time killed one step later; prints what every kill and a build after it left, as JSON.

Run by `test_store.py` in processes of their own: `python killed_publishing.py FOLDER FIRST STRIDE` takes the steps FIRST,
FIRST + STRIDE and so on. The folder's parent holds nothing else; the datasets are also kept in `old` and `new` beside that.
A step is whatever Python tells its audit hooks: a file opened, made, renamed or removed, a function of the system looked
up. The process forks before polars and pyarrow start any thread, and the parent only compares and copies bytes.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
from folders import content
from small import small_frames

from iraqtalks import store

STEPS = ("open", "os.", "shutil.", "ctypes.dlsym", "fcntl.")


def die_at(step: int) -> None:
    """Have this process killed when it comes to the step."""
    seen = 0

    def hook(event: str, _arguments: object) -> None:
        nonlocal seen
        if event.startswith(STEPS):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def apart(step: int | None, what: Callable[[], None]) -> bool:
    """Do something in a forked process, killed at the step; return whether it came to the end."""
    child = os.fork()
    if child == 0:
        if step is not None:
            die_at(step)
        what()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def publish(processed: Path, title: str) -> None:
    """Publish the dataset with the title."""
    frames = small_frames()
    frames["articles"] = frames["articles"].with_columns(title=pl.lit(title))
    store.publish(frames, processed)


def publish_again(processed: Path, written: Path) -> None:
    """Publish a dataset that has been written before: what a kill left concerns only what comes before and after the writing."""
    with store.building(processed) as work:
        shutil.copytree(written, work / "dataset")
        store.put_in_place(work, processed)


def main(processed: Path, first: int, stride: int) -> None:
    """Print the number of the last step, what the kills left and what is beside the folder in the end."""
    whole = {}
    written = processed.parent.parent
    for title in ("new", "old"):
        assert apart(None, partial(publish, processed, title))
        whole[title] = content(processed)
        shutil.copytree(processed, written / title)
    left: list[str] = []
    before: list[str | None] = []
    settled: list[str | None] = []

    def title_of(folder: Path) -> str:
        found = content(folder)
        return next((title for title, files in whole.items() if files == found), "broken")

    def title_before() -> str | None:
        previous = store.previous_folder(processed)
        return title_of(previous) if previous.exists() else None

    current, step, lived = "old", first - stride, False
    while not lived:
        step += stride
        lived = apart(step, partial(publish, processed, "old" if current == "new" else "new"))
        current = title_of(processed)
        left.append(current)
        before.append(title_before())
        if current == "broken":
            break
        assert apart(None, partial(publish_again, processed, written / current))
        settled.append(title_before())
    beside = sorted(path.name for path in processed.parent.iterdir())
    print(json.dumps({"steps": step, "left": left, "before": before, "settled": settled, "beside": beside}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
