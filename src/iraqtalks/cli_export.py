"""The commands that give a dataset's events to others: `export plover` and `export polecat`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from iraqtalks.database import PROCESSED


class Status(StrEnum):
    """The statuses of events."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class Separated(StrEnum):
    """How a table's cells are separated."""

    TSV = "tsv"
    CSV = "csv"


_DELIMITERS: Final = {Separated.TSV: "\t", Separated.CSV: ","}

Processed = Annotated[Path, typer.Option(help="The dataset's folder.")]
Statuses = Annotated[
    list[Status] | None,
    typer.Option("--status", help="Which events, by their best status; repeatable. Where not given: asserted."),
]
Output = Annotated[Path | None, typer.Option(help="File to write; without it, the standard output.")]

_ASSERTED: Final = (Status.ASSERTED,)

export = typer.Typer(
    help="Give the dataset's events to others, in their formats: one record an event, near-duplicate articles left out.",
    no_args_is_help=True,
)


@export.command(
    epilog="Examples: iraqtalks export plover --output events.jsonl · iraqtalks export plover --status asserted --status reported"
)
def plover(processed: Processed = PROCESSED, status: Statuses = None, output: Output = None) -> None:
    """Write the events as PLOVER records, a line of JSON each.

    Only what an outlet itself asserts, unless --status chooses otherwise. What is not known is left out; no day is invented.
    """
    from iraqtalks.export import event_records, plover_lines  # noqa: PLC0415
    from iraqtalks.export.records import dataset_version  # noqa: PLC0415

    records = event_records(processed, status or _ASSERTED)
    _write("".join(plover_lines(records, dataset_version(processed))), len(records), output)


@export.command(
    epilog="Examples: iraqtalks export polecat --output events.txt · iraqtalks export polecat --format csv --output events.csv"
)
def polecat(
    processed: Processed = PROCESSED,
    status: Statuses = None,
    separated: Annotated[Separated, typer.Option("--format", help="How cells are separated.")] = Separated.TSV,
    output: Output = None,
) -> None:
    """Write the events as a table with the forty columns of POLECAT; what is not known is an empty cell.

    Only what an outlet itself asserts, unless --status chooses otherwise: POLECAT has no column that would tell.
    """
    from iraqtalks.export import event_records, polecat_table  # noqa: PLC0415
    from iraqtalks.export.records import dataset_version  # noqa: PLC0415

    records = event_records(processed, status or _ASSERTED)
    table = polecat_table(records, dataset_version(processed), delimiter=_DELIMITERS[separated])
    _write(table, len(records), output)


def _write(text: str, events: int, output: Path | None) -> None:
    """Write an export to the file, and say so, or to the standard output."""
    if output is None:
        sys.stdout.write(text)
        return
    output.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(f"{output}: {events:,} events", err=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(export, name="export")
