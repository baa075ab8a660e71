"""The workers of a Dask cluster: its scheduler is asked before a build begins, and its faults are told in a line.

The only module that needs the extra `cluster`.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import distributed
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.versions import get_package_info
from prefect.task_runners import TaskRunner
from prefect_dask.task_runners import DaskTaskRunner

from iraqtalks.errors import ClusterError

_PATIENCE: Final = 10
"""Seconds within which the scheduler and its workers have to answer."""

_SAME: Final = ("iraqtalks", "polars", "prefect", "prefect-dask")
"""Packages whose objects go to a worker and back; of the others, the fingerprint of the code tells (`iraqtalks.stages.extract`)."""


@contextmanager
def dask_workers(address: str, say: Callable[[str], None]) -> Iterator[TaskRunner[Any]]:
    """Give the runner whose tasks the workers of the Dask scheduler at the address run; `say` tells that there are none yet.

    Raises ClusterError where the scheduler does not answer, then or later, where a worker has other packages than this process,
    or where workers die of a task.
    """
    try:
        installed = asyncio.run(_installed(address))
    except (OSError, ValueError, TypeError) as error:  # TypeError: tls:// without certificates
        raise ClusterError(
            f"no Dask scheduler answers at {address} ({str(error) or type(error).__name__});"
            " start one with `dask scheduler`, which says its address"
        ) from error
    if not installed:
        say(f"The Dask scheduler at {address} has no worker yet; the build goes on when one has come.")
    for worker, versions in installed.items():
        _refuse_other(worker, versions)
    # What the client would log is told below.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        yield DaskTaskRunner(address=address)
    except distributed.KilledWorker as error:
        raise ClusterError(
            "worker after worker died of the same articles; nothing has been published. See what the workers say: where memory"
            " ran out, run fewer on a machine or raise their --memory-limit; where iraqtalks is missing, install it"
        ) from error
    except (FutureCancelledError, CommClosedError) as error:
        raise ClusterError(
            f"the Dask scheduler at {address} has gone away; nothing has been published. Build again when it answers"
        ) from error


async def _installed(address: str) -> dict[str, dict[str, str | None]]:
    """Ask the workers of the scheduler for the versions of what they have installed, by their addresses."""
    security = distributed.Security().get_connection_args("client")
    question = {"op": "versions", "packages": _SAME}
    async with distributed.rpc(address, timeout=_PATIENCE, connection_args=security) as scheduler:
        answers = await asyncio.wait_for(scheduler.broadcast(msg=question), _PATIENCE)
    return {worker: _versions(answer["packages"]) for worker, answer in answers.items()}


def _versions(packages: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the versions that must be the same everywhere; of Python, that of its language."""
    language = ".".join((packages["python"] or "").split(".")[:2])
    return {"Python": language, **{name: packages[name] for name in _SAME}}


def _refuse_other(worker: str, versions: Mapping[str, str | None]) -> None:
    """Raise ClusterError where a worker has other versions than this process."""
    here = _versions(get_package_info(_SAME))
    other = [
        f"{name} {versions[name] or 'missing'} instead of {here[name]}" for name in here if versions[name] != here[name]
    ]
    if other:
        raise ClusterError(
            f"the Dask worker {worker} has {', '.join(other)}; install the same as here on every worker and start it anew"
        )
