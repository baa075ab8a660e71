"""The pipeline on one page: raw folder → read → plan → extract, shard by shard → link → validate → publish → prune.

Every stage is a plain function of `iraqtalks.stages`; here they become Prefect tasks and are put in order. Run it by
`iraqtalks build`, `make dataset` or `python flows/rebuild.py`. Nothing needs a network: Prefect starts a server of its
own for the run, unless `PREFECT_API_URL` names a standing one.
"""
# ruff: noqa: E402  (Prefect's settings must stand before it is imported)

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from typing import Any, Final

import polars as pl
from rich.console import Console

# Prefect reads its settings when it is imported. What the user has set stays.
for _name, _value in {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_CLI_PROMPT": "false",
}.items():
    os.environ.setdefault(_name, _value)

from iraqtalks.flows.server import prefect_server
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from iraqtalks import stages, store
from iraqtalks.cache import Cache, Part
from iraqtalks.errors import ClusterError
from iraqtalks.frames import Frames
from iraqtalks.progress import progress
from iraqtalks.quality import Build, report_md

RETRIES: Final = 2
"""Tries more for stages that only move files; extraction is a pure function and would fail again."""

AT_ONCE: Final = 256
"""Shards that are with the workers at most: more than there are workers, and few enough for this process's memory."""


def is_io_fault(_task: Any, _run: Any, state: Any) -> bool:  # noqa: ANN401  (Prefect's hook)
    """Return whether a task failed by a fault of the file system, which may pass."""
    return isinstance(state.result(raise_on_failure=False), OSError)


read = task(name="read", retries=RETRIES, retry_delay_seconds=1, retry_condition_fn=is_io_fault, cache_policy=NO_CACHE)(
    stages.read
)
plan = task(name="plan", retries=RETRIES, retry_delay_seconds=1, retry_condition_fn=is_io_fault, cache_policy=NO_CACHE)(
    stages.plan
)
extract = task(name="extract", cache_policy=NO_CACHE)(stages.extract)
link = task(name="link", cache_policy=NO_CACHE)(stages.link)
validate = task(name="validate", cache_policy=NO_CACHE)(stages.validate)
publish = task(
    name="publish", retries=RETRIES, retry_delay_seconds=1, retry_condition_fn=is_io_fault, cache_policy=NO_CACHE
)(stages.publish)
prune = task(name="prune", cache_policy=NO_CACHE)(stages.prune)


@flow(name="rebuild", validate_parameters=False)
def rebuild(raw: Path, processed: Path, corrections: Path, *, topic: bool = False, quiet: bool = False) -> Build:
    """Build the dataset of the articles below `raw` and publish it in `processed`; return what came out.

    Corrections are read from the folder `corrections`, where there is one. With `topic`, only articles that concern the talks
    are taken. When `quiet`, no progress is shown.

    Raises IraqTalksError where the input or the folders do not allow it; nothing has been published then.
    """
    with store.building(processed, on_wait=lambda: _say(f"Waiting for another build of {processed} to end.")) as work:
        cache = stages.kept_rows(processed)
        read(raw, work, topic=topic)
        planned = plan(work, cache)
        if planned.damaged:
            _say(f"Rows kept from builds before were damaged ({planned.damaged} folders) and are extracted again.")
        parts = [*planned.kept, *extract_all(planned, cache, quiet=quiet)]
        linked = link(parts, work, corrections)
        quality = validate(linked, parts, work, corrections)
        changed = publish(linked, work, processed)
        prune(parts, cache)
    create_table_artifact(table=[{"table": table, "rows": rows} for table, rows in quality.rows.items()], key="tables")
    create_markdown_artifact(report_md(quality), key="quality-report")
    return Build(quality, changed, reused=sum(len(part.keys) for part in planned.kept))


def extract_all(planned: stages.Plan, cache: Cache, *, quiet: bool) -> list[Part]:
    """Extract the shards, as many at once as there are workers; return where their rows are, in the same order.

    A worker gets articles and gives back rows. Only this process touches files, so that workers may be on any machine.
    """
    parts: list[Part] = []
    with progress("Extracting", planned.new, "articles", quiet=quiet) as advance:
        for shard, rows in _extracted(planned.shards, cache.code):
            parts.append(stages.keep(shard, rows, cache))
            advance(len(parts[-1].keys))
    return parts


def _extracted(shards: Iterable[Path], code: str) -> Iterator[tuple[Path, Frames]]:
    """Yield the shards with their rows, in order."""

    def submit(shard: Path) -> tuple[Path, PrefectFuture[dict[str, pl.DataFrame]]]:
        return shard, extract.submit(stages.articles_in(shard), code)

    waiting = iter(shards)
    submitted = deque(map(submit, islice(waiting, AT_ONCE)))
    while submitted:
        shard, future = submitted.popleft()
        rows = future.result()
        submitted.extend(map(submit, islice(waiting, 1)))
        yield shard, rows


def _say(message: str) -> None:
    Console(stderr=True).print(message, markup=False, highlight=False, soft_wrap=True)


def run(
    raw: Path,
    processed: Path,
    corrections: Path,
    workers: int = 1,
    *,
    topic: bool = False,
    dask: str | None = None,
    quiet: bool = False,
) -> Build:
    """Run the flow with as many extracting processes as `workers` says; one extracts in this process.

    With `dask`, the address of a scheduler, the workers of that cluster extract. Raises ClusterError where the cluster or the
    standing Prefect server does not serve.
    """
    with prefect_server(standing=dask is not None), _on_dask(dask) if dask is not None else _here(workers) as runner:
        built: Build = rebuild.with_options(task_runner=runner)(raw, processed, corrections, topic=topic, quiet=quiet)
    return built


def _here(workers: int) -> AbstractContextManager[TaskRunner[Any]]:
    return nullcontext(ProcessPoolTaskRunner(workers) if workers > 1 else ThreadPoolTaskRunner(1))


def _on_dask(address: str) -> AbstractContextManager[TaskRunner[Any]]:
    try:
        from iraqtalks.flows.dask_cluster import dask_workers  # noqa: PLC0415  (needs the extra `cluster`)
    except ImportError as error:
        raise ClusterError(f"--dask needs more packages ({error}): pip install 'iraqtalks[cluster]'") from error
    workers: AbstractContextManager[TaskRunner[Any]] = dask_workers(address, _say)
    return workers


if __name__ == "__main__":
    from iraqtalks.cli import main

    main(["build", *sys.argv[1:]])
