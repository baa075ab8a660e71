"""Keep and prune rows, each time killed one step later; prints what every kill left, as JSON.

Run by `test_cache.py` in a process of its own: `python killed_cache.py FOLDER`. As in `killed_publishing.py`, only forked
processes touch polars, whose threads would not survive a fork.
"""

import json
import sys
from functools import partial
from pathlib import Path

import polars as pl
from killed_publishing import apart

from iraqtalks import contract
from iraqtalks.cache import ENTRY, Cache, read_parts

KEYS = [f"key {number}" for number in range(4)]


def rows(*keys: str) -> dict[str, pl.DataFrame]:
    """Return a row for each key, which holds it."""
    found = [{"raw_path": key, "record": 0, "reason": "empty", "detail": ""} for key in keys]
    numbers = pl.Series(ENTRY, range(len(keys)), pl.Int32)
    return {"rejects": contract.frame("rejects", found).with_columns(numbers)}


def work(cache: Cache) -> None:
    """Keep the rows of two segments where they are not kept, and put what is used of them together."""
    parts, damaged = cache.find(set(KEYS))
    assert damaged == 0
    known = {key for part in parts for key in part.keys.values()}
    for keys in (KEYS[:2], KEYS[2:]):
        if not known.issuperset(keys):
            parts.append(cache.keep(keys, rows(*keys)))
    cache.prune([type(part)(part.folder, {0: part.keys[0]}) for part in parts if len(part.keys) == 2])


def look(cache: Cache, told: Path) -> None:
    """Write down the keys whose rows are found, the keys that the rows hold, and how many segments are damaged."""
    parts, damaged = cache.find(set(KEYS))
    keys = sorted(key for part in parts for key in part.keys.values())
    told.write_text(json.dumps([keys, sorted(read_parts(parts)["rejects"]["raw_path"]), damaged]))


def main(folder: Path) -> None:
    """Print the number of steps, and what was found after each kill."""
    left: list[object] = []
    step, lived = 0, False
    while not lived:
        step += 1
        cache, told = Cache(folder / str(step), "code"), folder / f"{step}.json"
        lived = apart(step, partial(work, cache))
        assert apart(None, partial(look, cache, told))
        left.append(json.loads(told.read_text()))
    print(json.dumps({"steps": step, "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
