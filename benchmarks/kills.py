"""Kills builds with SIGKILL at random moments and looks at what each kill leaves: the old dataset or the new one, whole.

`make kills` kills fifty and writes what it found into `docs/kills.md`; it takes half an hour. A build is the real command in a process
group of its own: Prefect, its server and the workers die with it. Moments are drawn from the time in which it works on
files, from the making of its work folder to its end; before that, while Prefect starts, it touches nothing.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from iraqtalks import store

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from folders import content

KILLS: Final = 50
SEED: Final = 20_200_103
ARTICLES: Final = 75
"""Articles in each of the two corpora that are built in turn."""
CHANGED: Final = 15
"""So many of them differ."""
_ENDED: Final = "ended before"
"""What is counted where a build came to its end before its moment did: no kill."""

Content = Mapping[str, bytes]
Again = Callable[[Path, Path], int]
"""Builds the dataset of the raw folder in the processed one; returns how many articles' rows were kept from before."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Two corpora that are built into one folder in turn, and the datasets that undisturbed builds make of them."""

    folder: Path
    raws: tuple[Path, Path]
    whole: tuple[Content, Content]
    seconds: Mapping[str, float]
    """How long a build works on files, by its kind."""

    @property
    def processed(self) -> Path:
        """The folder that is published into."""
        return self.folder / "processed"


@dataclass(slots=True)
class Found:
    """What the kills left: counts by kind of build and by what was published, and all that is wrong, a line each."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    reused: int = 0
    wrong: list[str] = field(default_factory=list)


def set_up(folder: Path) -> Setting:
    """Write the corpora, build each undisturbed, and return all that; the first one is published then."""
    raws = write_raws(folder, ARTICLES, CHANGED)
    processed = folder / "processed"
    seconds: dict[str, float] = {}
    whole: list[Content] = []
    # The second from nothing, then the first over the rows of both: what is published is in the place of another one.
    for raw, kind in ((raws[1], "full"), (raws[0], "incremental")):
        build = Build(raw, processed)
        started = build.wait_for_work()
        build.finish()
        seconds[kind] = time.monotonic() - started
        _sound(processed)
        whole.append(content(processed))
    return Setting(folder, raws, (whole[1], whole[0]), seconds)


def write_raws(folder: Path, articles: int, changed: int) -> tuple[Path, Path]:
    """Write two corpora of invented articles, of which `changed` differ."""
    return _write(folder / "raw-0", range(articles)), _write(folder / "raw-1", range(changed, articles + changed))


def _write(raw: Path, numbers: Iterable[int]) -> Path:
    raw.mkdir(parents=True)
    for number in numbers:
        text = (
            f"La maire de Valbrume, Odile Ferrand, a déclaré le {2 + number % 28} mai que le pont numéro {number} fermerait."
            " « Nous n’avons pas le choix », a-t-elle ajouté. Le préfet Jean Delorme a dit que la réunion aurait lieu."
        )
        (raw / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return raw


class Build:
    """A build of the command line in a process group of its own."""

    def __init__(self, raw: Path, processed: Path, workers: int = 1) -> None:
        self.processed = processed
        self._before = set(_work_folders(processed))
        command = [sys.executable, "-m", "iraqtalks.cli", "build", "--raw", str(raw), "--processed", str(processed)]
        environment = {**os.environ, "PREFECT_HOME": str(raw.with_name(f"{raw.name}-prefect"))}
        self.process = subprocess.Popen(  # noqa: S603  (the command is ours)
            [*command, "--workers", str(workers)],
            cwd=processed.parent,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_for_work(self) -> float:
        """Wait until the build has its work folder, or has ended; return when that was."""
        while self.process.poll() is None and set(_work_folders(self.processed)) <= self._before:
            time.sleep(0.002)
        return time.monotonic()

    def kill(self) -> bool:
        """Kill the build and all processes that it has started; return whether it was still running."""
        running = self.process.poll() is None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()
        return running

    def finish(self) -> str:
        """Wait for the end and return what was said; raises CalledProcessError where it failed."""
        out, err = self.process.communicate(timeout=300)
        if self.process.returncode:
            raise subprocess.CalledProcessError(self.process.returncode, "iraqtalks build", out, err)
        return out


def _work_folders(processed: Path) -> list[Path]:
    return list(processed.parent.glob(f".{processed.name}.build-*"))


def _sound(processed: Path) -> None:
    """Run `iraqtalks check`, which also holds every file against its published hash."""
    command = [sys.executable, "-m", "iraqtalks.cli", "check", str(processed)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  (the command is ours)


def stage_of(work: Path) -> str:
    """Return how far the build of that work folder had come, by what it has left."""
    told = {"replacing.json": "replacing", "dataset": "writing", "linked": "checking", "shards": "extracting"}
    return next((stage for name, stage in told.items() if (work / name).exists()), "reading")


def kill_one(
    setting: Setting, target: int, kind: str, moment: Callable[[], bool], found: Found, again: Again, workers: int = 1
) -> None:
    """Build corpus `target` over the other's dataset, kill it at the moment, look, and build it undisturbed by `again`.

    `moment` is asked from the making of the work folder on. `full`: from nothing, all kept rows are taken away before. What is
    wrong is noted in `found`.
    """
    processed, old, new = setting.processed, setting.whole[1 - target], setting.whole[target]
    if kind == "full":
        store.remove(store.cache_folder(processed))
    build = Build(setting.raws[target], processed, workers)
    start = build.wait_for_work()
    while build.process.poll() is None and not moment():
        time.sleep(0.001)
    told = f"{kind} build, killed after {time.monotonic() - start:.2f} s"
    killed = build.kill()
    left = content(processed)
    state = "old" if left == old else "new" if left == new else "broken"
    found.kills[kind, state if killed else _ENDED] += 1
    found.stages.update(map(stage_of, _work_folders(processed)))
    if state == "broken":
        found.wrong.append(f"{told}: the published folder is neither the old dataset nor the new one")
    previous = content(store.previous_folder(processed))
    if previous not in ({}, old if state == "new" else new):
        found.wrong.append(f"{told}: the dataset before is not the one that was replaced")
    kept = _kept(processed, setting.raws[target])
    reused = again(setting.raws[target], processed)
    found.kept += kept
    found.reused += reused
    if reused < kept:
        found.wrong.append(f"{told}: {kept} articles were kept, {reused} were found again")
    if content(processed) != new:
        found.wrong.append(f"{told}: the next build made other bytes than an undisturbed one")
    if content(store.previous_folder(processed)) != old:
        found.wrong.append(f"{told}: after the next build, the dataset before is not the one that was replaced")
    if _work_folders(processed):
        found.wrong.append(f"{told}: the next build has not cleared away what was left")


def build_again(raw: Path, processed: Path) -> int:
    """Build and return how many articles' rows were kept from before, as the command says."""
    lines = Build(raw, processed).finish().splitlines()
    return next((int(line.split()[0]) for line in lines if "their rows were kept" in line), 0)


def _after(seconds: float) -> Callable[[], bool]:
    """Return what says whether the time has passed since it was first asked."""
    first: list[float] = []

    def passed() -> bool:
        first.append(time.monotonic())
        return first[-1] - first[0] >= seconds

    return passed


def _kept(processed: Path, raw: Path) -> int:
    """Return how many articles of the folder have kept rows, by the manifests of the segments that are finished."""
    from iraqtalks.fingerprint import article_key, code_fingerprint  # noqa: PLC0415
    from iraqtalks.ingest import read_folder  # noqa: PLC0415

    code = code_fingerprint()
    keys = {article_key(article, code) for article in read_folder(raw)[0]}
    manifests = (store.cache_folder(processed) / code).glob("[!.]*/manifest.json")
    return len(keys & {key for manifest in manifests for key in json.loads(manifest.read_text())["keys"]})


def run(folder: Path, kills: int, seed: int) -> tuple[Setting, Found]:
    """Kill so many builds at moments drawn from the seed, full and incremental ones, with one worker and two."""
    setting, found, chance = set_up(folder), Found(), random.Random(seed)  # noqa: S311  (no secret)
    for number in count():
        kind = ("full", "incremental")[number // 2 % 2]
        moment = _after(chance.random() * setting.seconds[kind])
        kill_one(setting, 1 - number % 2, kind, moment, found, build_again, workers=1 + number // 4 % 2)
        done = sum(times for (_, state), times in found.kills.items() if state != _ENDED)
        print(f"{done} of {kills} killed; wrong so far: {len(found.wrong)}", flush=True)
        if done == kills:
            break
    _sound(setting.processed)
    return setting, found


def page(setting: Setting, found: Found, seed: int) -> str:
    """Return the page of what was found, in Markdown."""
    total = sum(times for (_, state), times in found.kills.items() if state != _ENDED)
    lines = [
        "# Builds that are killed",
        "",
        f"Written by `make kills`; do not edit. {date.today()}, seed {seed}.",
        "",
        f"{total} builds by `iraqtalks build` of {ARTICLES} articles over the dataset of other {ARTICLES}, of which {CHANGED} differ,",
        "were ended by SIGKILL, with all their processes, at random moments between the making of the work folder and the end:",
        f"{setting.seconds['full']:.1f} s for a build from nothing, {setting.seconds['incremental']:.1f} s for one over kept rows.",
        "After each kill, the bytes of the published folder were compared with those of undisturbed builds, whose datasets",
        "`iraqtalks check` had found sound; then the build was run again.",
        "",
        "| build | killed, the old dataset was there | killed, the new one was | had ended before | anything else |",
        "|---|---:|---:|---:|---:|",
    ]
    for kind in ("full", "incremental"):
        counts = [str(found.kills[kind, state]) for state in ("old", "new", _ENDED, "broken")]
        lines.append(f"| {kind} | {' | '.join(counts)} |")
    stages = ", ".join(f"{stage} {count}" for stage, count in found.stages.most_common())
    lines += [
        "",
        f"How far the killed builds had come: {stages}.",
        f"Rows of {found.kept:,} articles were kept at the moment of the kills; the next builds found those of {found.reused:,}.",
        "",
        "Every next build gave the bytes of an undisturbed one, kept the dataset that was replaced for `diff`, and cleared away"
        " what was left."
        if not found.wrong
        else "**Wrong:**",
        *(f"- {line}" for line in found.wrong),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the kills and return the exit code: 0, or 1 where something was wrong."""
    parser = argparse.ArgumentParser(description="Kill builds at random moments and look at what is left.")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--page", type=Path, metavar="FILE", help="write what was found as a page")
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        setting, found = run(folder, options.kills, options.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    written = page(setting, found, options.seed)
    print(written)
    if options.page is not None:
        options.page.write_text(written, encoding="utf-8", newline="\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
