"""A build of many articles, stage by stage and without Prefect: what stages cost beside the extraction, and what workers gain."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from views import Asked, ask, multiply

from iraqtalks import stages, store
from iraqtalks.cache import Cache, Part
from iraqtalks.extraction import Article, extract_articles

SHARE: Final = 0.1
"""The most CPU time that all stages but the extraction may take, as a share of the extraction's."""
FASTER: Final = 1.7
"""How many times as fast two workers must be as one."""
TIMES: Final = 10
"""So many times over the articles' dataset is asked."""
WORKERS: Final = (1, 2)


@dataclass
class Costs:
    """CPU seconds by stage, wall seconds of the extraction by the number of workers, and what the views took."""

    articles: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    wall: dict[int, float] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The time of all stages but the extraction, as a share of the extraction's by one worker."""
        return (sum(self.seconds.values()) - self.seconds["extract"]) / self.seconds["extract"]

    @property
    def faster(self) -> float:
        """How many times as fast two workers are as one."""
        return self.wall[1] / self.wall[2]


@contextmanager
def _clock(costs: Costs, stage: str) -> Iterator[None]:
    start = time.process_time()
    yield
    costs.seconds[stage] = time.process_time() - start


def measure_build(raw: Path, folder: Path) -> Costs:
    """Build the dataset of the raw folder below `folder` with one worker and with two, and ask it many times over."""
    costs = Costs()
    with store.building(folder / "processed") as work:
        code = stages.kept_rows(folder / "processed").code
        with _clock(costs, "read"):
            stages.read(raw, work)
            shards = stages.plan(work, Cache(folder / "none", code)).shards
        for workers in WORKERS:
            parts = _extract(shards, Cache(folder / f"kept-{workers}", code), workers, costs)
        with _clock(costs, "link"):
            linked = stages.link(parts, work, folder / "none")
        with _clock(costs, "validate"):
            costs.articles = stages.validate(linked, parts, work, folder / "none").rows["articles"]
        with _clock(costs, "write"):
            stages.publish(linked, work, folder / "processed")
    multiply(store.read_tables(folder / "processed"), TIMES, folder / "many")
    costs.asked = ask(folder / "many")
    return costs


def _extract(shards: Sequence[Path], cache: Cache, workers: int, costs: Costs) -> list[Part]:
    """Extract in as many processes, which have loaded all that is loaded once; with one, its CPU time is noted."""
    # Spawned: in a fork, the threads of polars would be missing.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        list(pool.map(_warm_up, range(workers)))
        start = time.perf_counter()
        done = list(pool.map(_timed, shards, [cache] * len(shards)))
        costs.wall[workers] = time.perf_counter() - start
    if workers == 1:
        costs.seconds["extract"] = sum(seconds for _, seconds in done)
    return [part for part, _ in done]


def _warm_up(_number: int) -> None:
    list(extract_articles([Article("Selon Odile Ferrand, le pont a été fermé le 3 mai.", "warm-up", language="fr")]))
    # So that no process warms up twice and another one not at all.
    time.sleep(5)


def _timed(shard: Path, cache: Cache) -> tuple[Part, float]:
    start = time.process_time()
    part = stages.keep(shard, stages.extract(stages.articles_in(shard), cache.code), cache)
    return part, time.process_time() - start


def rows(costs: Costs) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what is measured, its goal, what came out, and whether the goal is reached."""
    stage = "read, link, validate and write"
    told = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in costs.seconds.items())
    share = f"{costs.share:.1%} ({told})"
    yield (
        f"{stage} {costs.articles:,} articles, of the extraction's CPU time",
        f"≤ {SHARE:.0%}",
        share,
        costs.share <= SHARE,
    )
    wall = f"{costs.faster:.2f} ({costs.wall[1]:.0f} s : {costs.wall[2]:.0f} s)"
    yield f"two workers beside one, {costs.articles:,} articles", f"≥ {FASTER}", wall, costs.faster >= FASTER
    for view in costs.asked:
        took = ", ".join(f"{question} {seconds * 1000:.0f} ms" for question, seconds in view.seconds.items())
        what = f"`{view.view}` over {TIMES * costs.articles:,} articles ({view.rows:,} rows)"
        yield what, "≤ 100 ms", took, view.reached


def section(costs: Costs) -> list[str]:
    """Return the lines of the page about the build."""
    return [
        "",
        "## A build",
        "",
        "Without Prefect's start and the loading of the model. The workers and the views are timed by the wall clock, the quickest of",
        f"several tries for the views. The {TIMES} times as many articles are the others' dataset so many times over, with other ids",
        "and other letters, so that no two share quotes, events or unknown actors.",
        "",
        "| measure | goal | measured | |",
        "|---|---:|---|---|",
        *(
            f"| {what} | {goal} | {measured} | {'reached' if reached else '**not reached**'} |"
            for what, goal, measured, reached in rows(costs)
        ),
    ]
