"""The standing Prefect server, where PREFECT_API_URL names one: asked before a build begins, and its faults told in a line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import httpx
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

from iraqtalks.errors import ClusterError

_PATIENCE: Final = 10
"""Seconds within which the server has to answer."""


@contextmanager
def prefect_server(*, standing: bool) -> Iterator[None]:
    """Run what stands inside against the server that PREFECT_API_URL names; without one, Prefect starts its own.

    Raises ClusterError where the server does not answer, then or later, or where it has to be a `standing` one and none is named.
    """
    url = PREFECT_API_URL.value()
    if url is None:
        if standing:
            raise ClusterError(
                "--dask needs a Prefect server that the workers reach too: run `prefect server start --host 0.0.0.0`"
                " and set PREFECT_API_URL=http://ITS-HOST:4200/api"
            )
        yield
        return
    quick = temporary_settings({PREFECT_CLIENT_MAX_RETRIES: 0})
    with quick, get_client(httpx_settings={"timeout": _PATIENCE}, sync_client=True) as client:
        fault = client.api_healthcheck()
    if fault is not None:
        raise ClusterError(
            f"the Prefect server at {url} does not answer ({_told(fault)});"
            " start it with `prefect server start`, or mend PREFECT_API_URL"
        ) from fault
    try:
        yield
    except httpx.HTTPError as error:
        raise ClusterError(
            f"the Prefect server at {url} failed during the build ({_told(error)}); build again when it answers"
        ) from error


def _told(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
