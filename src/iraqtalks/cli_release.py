"""The command that makes a release of a dataset: `release`."""

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

import typer

from iraqtalks.cli_options import Processed, Quiet, examples, flag
from iraqtalks.whereabouts import PROCESSED


def release(
    processed: Processed = PROCESSED,
    output: Annotated[Path, typer.Option(help="Folder that the release is put into.")] = Path("dist"),
    date: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The release's date; else SOURCE_DATE_EPOCH's, else today (UTC)."),
    ] = None,
    version: Annotated[
        str | None, typer.Option(help="Calendar version, YYYY.MM.N; else the next one of the date's month.")
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(help="Unpacked folder of the release before: what is compared with and must not break."),
    ] = None,
    url: Annotated[str | None, typer.Option(help="Address at which the release will be found.")] = None,
    csv: Annotated[bool, flag("--csv", says="Add the tables as CSV, safe for spreadsheets.")] = False,
    gold: Annotated[
        Path, typer.Option(help="Folder of annotations to measure the released rows on; need not be there.")
    ] = Path("tests/gold"),
    quiet: Quiet = False,
) -> None:
    """Make a release of a dataset: a folder and an archive with its tables, descriptions, quality and origin.

    The same dataset and date give the same bytes. Nothing is uploaded.
    """
    from iraqtalks.release import Asked, Version, declared_date
    from iraqtalks.release import release as make

    asked = Asked(
        date=declared_date(None if date is None else date.date(), os.environ),
        version=None if version is None else Version.read(version),
        previous=previous,
        url=url,
        with_csv=csv,
    )
    made = make(processed, output, gold, asked)
    if not quiet:
        typer.echo(f"{made.folder}: release {made.version}")
        typer.echo(f"{made.archive}: sha256 {made.sha256}")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        epilog=examples(
            "release",
            "release --date 2026-11-24 --csv",
            "release --previous ~/iraqtalks-2026.11.0 --url https://example.org/iraqtalks",
        )
    )(release)
