"""What a release must hold before anything is published: `requirements.yml` says it, with a reason for each bound."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from iraqtalks.errors import ReleaseError
from iraqtalks.quality import Quality


@cache
def requirements() -> Mapping[str, Any]:
    """Return the requirements as they stand in `requirements.yml`; not to be changed."""
    loaded: Mapping[str, Any] = yaml.safe_load((files(__package__) / "requirements.yml").read_text(encoding="utf-8"))
    return loaded


def require(quality: Quality, previous_rows: Mapping[str, int]) -> None:
    """Raise ReleaseError with all that a release of this quality lacks; `previous_rows` are those of the last one, by table."""
    found = list(shortcomings(quality, previous_rows))
    if found:
        raise ReleaseError(f"nothing is released, since something must have broken: {'; '.join(found)}")


def shortcomings(quality: Quality, previous_rows: Mapping[str, int]) -> Iterator[str]:
    """Yield what is below its bound, and why that bound is set."""
    asked = requirements()
    for bound in asked["rows"]:
        rows = quality.rows[bound["table"]]
        if rows < bound["least"]:
            yield f"{bound['table']} has {rows:,} rows, at least {bound['least']:,} are asked ({bound['reason']})"
    for bound in asked["filled"]:
        table, _, column = bound["column"].partition(".")
        share = quality.filled.get((table, column))
        if share is not None and share < bound["least"]:
            yield f"{bound['column']} is filled to {share:.0%}, at least {bound['least']:.0%} is asked ({bound['reason']})"
    kept = asked["of_previous"]
    for table, rows in quality.rows.items():
        before = previous_rows.get(table, 0)
        if before >= kept["from"] and rows < kept["least"] * before:
            yield f"{table} has {rows:,} rows, the previous release {before:,} ({kept['reason']})"
