"""The commands that give a dataset's events to others: `export plover` and `export polecat`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from iraqtalks.cli_options import Processed, Quiet, examples, write_out
from iraqtalks.whereabouts import PROCESSED


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
    epilog=examples("export plover --output events.jsonl", "export plover --status asserted --status reported")
)
def plover(
    processed: Processed = PROCESSED, status: Statuses = None, output: Output = None, quiet: Quiet = False
) -> None:
    """Write the events as PLOVER records, a line of JSON each.

    Only what an outlet itself asserts, unless --status chooses otherwise. What is not known is left out; no day is invented.
    """
    from iraqtalks.database import dataset_version
    from iraqtalks.export import event_records, plover_lines

    records = event_records(processed, status or _ASSERTED)
    _write("".join(plover_lines(records, dataset_version(processed))), len(records), output, quiet=quiet)


@export.command(
    epilog=examples("export polecat --output events.txt", "export polecat --format csv --output events.csv")
)
def polecat(
    processed: Processed = PROCESSED,
    status: Statuses = None,
    separated: Annotated[Separated, typer.Option("--format", help="How cells are separated.")] = Separated.TSV,
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Write the events as a table with the forty columns of POLECAT; what is not known is an empty cell.

    Only what an outlet itself asserts, unless --status chooses otherwise: POLECAT has no column that would tell.
    """
    from iraqtalks.database import dataset_version
    from iraqtalks.export import event_records, polecat_table

    records = event_records(processed, status or _ASSERTED)
    table = polecat_table(records, dataset_version(processed), delimiter=_DELIMITERS[separated])
    _write(table, len(records), output, quiet=quiet)


def _write(text: str, events: int, output: Path | None, *, quiet: bool) -> None:
    """Write an export to the file, and say so unless it is to be quiet, or to the standard output."""
    if output is None:
        write_out(text)
        return
    output.write_text(text, encoding="utf-8", newline="\n")
    if not quiet:
        typer.echo(f"{output}: {events:,} events", err=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(export, name="export")
