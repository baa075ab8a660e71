"""Real builds that are killed or meet one another: the dataset is the old one or the new one, and the next build is right."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from building import build
from folders import content

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import kills

from iraqtalks import store


def build_here(raw: Path, processed: Path) -> int:
    """Build in this process, without Prefect's start."""
    return build(raw, processed).reused


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> kills.Setting:
    folder = tmp_path_factory.mktemp("kills")
    raws = kills.write_raws(folder, 60, 6)
    whole = []
    for raw in reversed(raws):
        build_here(raw, folder / "processed")
        whole.append(content(folder / "processed"))
    return kills.Setting(folder, raws, (whole[1], whole[0]), {})


def there(setting: kills.Setting, pattern: str) -> Callable[[], bool]:
    """Return what says whether there is something beside the published folder that fits the pattern."""
    return lambda: any(setting.folder.glob(pattern))


@pytest.mark.parametrize(
    ("number", "kind", "pattern", "workers"),
    [
        # The first segment of two is kept; the new dataset is being written.
        (0, "full", ".processed.cache/*/[!.]*/manifest.json", 1),
        (1, "incremental", ".processed.build-*/dataset/quotes.parquet", 2),
    ],
)
def test_a_killed_build_leaves_a_whole_dataset_and_nothing_that_was_kept_is_lost(
    setting: kills.Setting, number: int, kind: str, pattern: str, workers: int
) -> None:
    found = kills.Found()
    kills.kill_one(setting, 1 - number % 2, kind, there(setting, pattern), found, build_here, workers)
    assert found.wrong == []
    assert list(found.kills) in [[(kind, "old")], [(kind, "new")]]
    assert found.kept >= 50
    assert found.reused >= found.kept


def test_of_two_builds_of_a_folder_the_second_waits_and_says_so(tmp_path: Path) -> None:
    raws = kills.write_raws(tmp_path, 12, 6)
    # What cannot be read is a reject, a pipe among it, and does not hold up the build.
    os.mkfifo(raws[0] / "pipe.txt")
    (raws[0] / "loop.txt").symlink_to(raws[0] / "loop.txt")
    processed = tmp_path / "processed"
    first = kills.Build(raws[1], processed)
    first.wait_for_work()
    # Held until the second has come to wait for it, however long that takes to start.
    os.killpg(first.process.pid, signal.SIGSTOP)
    second = kills.Build(raws[0], processed)
    assert second.process.stderr is not None
    said = second.process.stderr.readline()
    os.killpg(first.process.pid, signal.SIGCONT)
    assert said.startswith("Waiting for another build of ")
    first.finish()
    second.finish()
    tables, before = store.read_tables(processed), store.read_tables(store.previous_folder(processed))
    assert tables["articles"]["raw_path"].sort().to_list() == [f"{number:03}.txt" for number in range(12)]
    assert before["articles"]["raw_path"].sort().to_list() == [f"{number:03}.txt" for number in range(6, 18)]
    assert tables["rejects"].select("raw_path", "reason").rows() == [
        ("loop.txt", "unreadable"),
        ("pipe.txt", "unreadable"),
    ]


def test_a_page_tells_what_was_wrong() -> None:
    found = kills.Found()
    found.kills["full", "broken"] = 1
    found.wrong.append("the published folder is neither")
    setting = kills.Setting(Path(), (Path(), Path()), ({}, {}), {"full": 1.0, "incremental": 1.0})
    page = kills.page(setting, found, 1)
    assert "| full | 0 | 0 | 0 | 1 |" in page
    assert "**Wrong:**\n- the published folder is neither\n" in page
