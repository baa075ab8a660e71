"""How long the site of a dataset takes, and how soon a browser has a page with 2,000 quotes.

    python benchmarks/reading_room.py DATASET

The goals: a minute for 1,000 articles; a second for the page.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import polars as pl

from iraqtalks import store
from iraqtalks.site import build_site

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from browser import Browser

QUOTES: Final = 2_000


def build(processed: Path, out: Path) -> None:
    """Write the site and tell how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    pages = build_site(processed, out).pages
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{pages['articles']:,} articles: {sum(pages.values()):,} pages in {time.perf_counter() - wall:.1f} s"
        f" ({time.process_time() - cpu:.1f} s of CPU), at most {memory:,.0f} MB"
    )


def of_one_speaker(processed: Path, folder: Path) -> str:
    """Publish the dataset with the same speaker for its first quotes; return the speaker's id."""
    frames = store.read_tables(processed)
    speaker: str = frames["quotes"]["speaker_id"].drop_nulls()[0]
    quotes = frames["quotes"].with_columns(speaker_id=pl.lit(speaker), speaker_mention_id=pl.lit(None, pl.String))
    store.publish({**frames, "quotes": quotes.head(QUOTES)}, folder)
    return speaker


def opened(page: Path, profile: Path) -> None:
    """Open the page and tell how long the browser took until it had drawn it."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        print("no chromium: pages are not opened")
        return
    with Browser.started(chromium, driver, profile) as browser:
        browser.open("about:blank")
        for _ in range(3):
            browser.open(page)
            loaded = browser.run("performance.getEntriesByType('navigation')[0].loadEventEnd")
            print(f"{len(browser.all('.said'))} quotes, {page.stat().st_size / 1e6:.1f} MB: {loaded / 1000:.2f} s")


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    processed = parser.parse_args().dataset
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(processed, folder / "site")
        speaker = of_one_speaker(processed, folder / "one")
        build(folder / "one", folder / "one-site")
        opened(folder / "one-site" / "actor" / f"{speaker}.html", folder / "profile")


if __name__ == "__main__":
    main()
