"""The command `iraqtalks`. A fault that the user can mend is told in a line or two and ends with code 1."""

import signal
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iraqtalks import cli_actors, cli_export, cli_ingest, cli_reading, cli_release, cli_site
from iraqtalks.cli_options import AsJson, Quiet, examples, flag, spare_terminal, write_json
from iraqtalks.errors import IraqTalksError
from iraqtalks.whereabouts import PROCESSED

if TYPE_CHECKING:
    from iraqtalks.quality import Build

app = typer.Typer(
    help="Who said what, who did what and who stands where in the talks between Iraq and the United States.",
    epilog="Start with: iraqtalks build --raw data/raw --processed data/processed\n\n"
    "Tab completes commands and options after: iraqtalks --install-completion",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"iraqtalks {version('iraqtalks')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(
    epilog=examples(
        "build",
        "build --raw ~/articles --processed ~/dataset --workers 4",
        "build --raw ~/crawl --topic --quiet",
        "build --dask tcp://scheduler:8786",
    )
)
def build(
    raw: Annotated[Path, typer.Option(help="Folder of articles (docs/input.md: formats).")] = Path("data/raw"),
    processed: Annotated[Path, typer.Option(help="Folder of the dataset, replaced as a whole.")] = PROCESSED,
    corrections: Annotated[
        Path, typer.Option(help="Folder of corrections (.yml) of what is extracted; need not be there.")
    ] = Path("data/corrections"),
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract at the same time.")] = 1,
    topic: Annotated[
        bool, flag("--topic", says="Keep only what concerns the talks, told by names and words: for crawls.")
    ] = False,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Scheduler of a Dask cluster whose workers extract instead (docs/scale.md). Needs PREFECT_API_URL.",
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Build the dataset from raw articles and publish it, all of it or nothing."""
    if dask is not None and workers > 1:
        raise typer.BadParameter(
            "with --dask the cluster's workers extract: start more of them there, without --workers"
        )
    from iraqtalks.corrections import read_corrections
    from iraqtalks.stages import refuse_folders

    # Before Prefect's start, which takes seconds.
    refuse_folders(raw, processed)
    read_corrections(corrections)
    from iraqtalks.flows.rebuild import run

    # Ended by the system as by the user: what the build has begun is taken away, and Prefect's server stopped.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        built = run(raw, processed, corrections, workers, topic=topic, dask=dask, quiet=quiet)
    except KeyboardInterrupt:
        typer.echo("Interrupted; nothing has been published", err=True)
        raise typer.Exit(130) from None
    if as_json:
        write_json({"dataset": str(processed), **built.to_dict()})
    elif not quiet:
        report(processed, built)
    warn(built.quality.rejects)


def report(processed: Path, built: "Build") -> None:
    """Tell what a build came to."""
    filled = ", ".join(f"{rows:,} {table}" for table, rows in built.quality.rows.items() if rows)
    typer.echo(f"{processed}: {filled}")
    if built.reused:
        typer.echo(f"{built.reused:,} articles are as they were when they were extracted; their rows were kept")
    if not built.changed:
        typer.echo("Nothing has changed: the files are left as they are")


def warn(rejects: Mapping[str, int]) -> None:
    """Tell what a build could not use, by reason."""
    from iraqtalks.tables import BREAKS_CONTRACT

    if rejects:
        told = ", ".join(f"{count:,} {reason}" for reason, count in rejects.items())
        typer.echo(f"Not all input could be used: {told}. See the table rejects", err=True)
    if BREAKS_CONTRACT in rejects:
        typer.echo(
            "Articles were set aside by a fault of IraqTalks (breaks_contract): please report what the table says",
            err=True,
        )


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


@app.command(epilog=examples("check", "check ~/dataset", "check ~/dataset --json"))
def check(
    processed: Annotated[Path, typer.Argument(help="Folder of a dataset.")] = PROCESSED,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Check every row of a dataset against its contract. Ends with 1 where a row breaks it."""
    from iraqtalks import checks, store

    frames = store.read_tables(processed)
    violations = [*map(str, checks.check(frames))]
    rows = {table: frame.height for table, frame in frames.items()}
    if as_json:
        write_json({"dataset": str(processed), "sound": not violations, "rows": rows, "violations": violations})
    elif violations:
        typer.echo(f"{processed}: {len(violations)} values break the dataset's contract; build it again:", err=True)
        typer.echo("\n".join(f"  {violation}" for violation in violations), err=True)
    elif not quiet:
        typer.echo(f"{processed}: {sum(rows.values()):,} rows in {len(rows)} tables, all sound")
    if violations:
        raise typer.Exit(1)


cli_ingest.register(app)
cli_reading.register(app)
cli_actors.register(app)
cli_export.register(app)
cli_release.register(app)
cli_site.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code: 0, or 1 for a fault, or 2 for a wrong usage."""
    spare_terminal()
    try:
        app(None if arguments is None else list(arguments))
    except IraqTalksError as error:
        sys.exit(f"iraqtalks: {error}")
    except OSError as error:
        sys.exit(f"iraqtalks: {error.filename or 'a file'}: {error.strerror}")


if __name__ == "__main__":
    main()
