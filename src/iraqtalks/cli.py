"""The command `iraqtalks`. A fault that the user can mend is told in a line or two and ends with code 1."""

import signal
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iraqtalks import cli_actors, cli_export, cli_ingest, cli_reading
from iraqtalks.errors import IraqTalksError

if TYPE_CHECKING:
    from iraqtalks.quality import Build

app = typer.Typer(
    help="Who said what, who did what and who stands where in the talks between Iraq and the United States.",
    epilog="Start with: iraqtalks build --raw data/raw --processed data/processed",
    no_args_is_help=True,
    add_completion=False,
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
    epilog="Examples:\n\niraqtalks build\n\niraqtalks build --raw ~/articles --processed ~/dataset --workers 4"
    "\n\niraqtalks build --raw ~/crawl --topic",
)
def build(
    raw: Annotated[Path, typer.Option(help="Folder of articles (docs/input.md: formats).")] = Path("data/raw"),
    processed: Annotated[Path, typer.Option(help="Folder of the dataset, replaced as a whole.")] = Path(
        "data/processed"
    ),
    corrections: Annotated[
        Path, typer.Option(help="Folder of corrections (.yml) of what is extracted; need not be there.")
    ] = Path("data/corrections"),
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract at the same time.")] = 1,
    topic: Annotated[
        bool, typer.Option("--topic", help="Keep only what concerns the talks, told by names and words: for crawls.")
    ] = False,
) -> None:
    """Build the dataset from raw articles and publish it, all of it or nothing."""
    from iraqtalks.corrections import read_corrections
    from iraqtalks.stages import refuse_folders

    # Before Prefect's start, which takes seconds.
    refuse_folders(raw, processed)
    read_corrections(corrections)
    from iraqtalks.flows.rebuild import run

    # Ended by the system as by the user: what the build has begun is taken away, and Prefect's server stopped.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        built = run(raw, processed, corrections, workers, topic=topic)
    except KeyboardInterrupt:
        typer.echo("Interrupted; nothing has been published", err=True)
        raise typer.Exit(130) from None
    report(processed, built)


def report(processed: Path, built: "Build") -> None:
    """Tell what a build came to, and what went wrong in it."""
    from iraqtalks.tables import BREAKS_CONTRACT

    quality = built.quality
    filled = ", ".join(f"{rows:,} {table}" for table, rows in quality.rows.items() if rows)
    typer.echo(f"{processed}: {filled}")
    if built.reused:
        typer.echo(f"{built.reused:,} articles are as they were when they were extracted; their rows were kept")
    if not built.changed:
        typer.echo("Nothing has changed: the files are left as they are")
    if quality.rejects:
        typer.echo(f"Not all input could be used: {_rejected(quality.rejects)}. See the table rejects", err=True)
    if BREAKS_CONTRACT in quality.rejects:
        typer.echo(
            "Articles were set aside by a fault of IraqTalks (breaks_contract): please report what the table says",
            err=True,
        )


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _rejected(rejects: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {reason}" for reason, count in rejects.items())


@app.command(epilog="Examples:\n\niraqtalks check\n\niraqtalks check ~/dataset")
def check(
    processed: Annotated[Path, typer.Argument(help="Folder of a dataset.")] = Path("data/processed"),
) -> None:
    """Check every row of a dataset against its contract."""
    from iraqtalks import checks, store

    frames = store.read_tables(processed)
    checks.require(frames)
    typer.echo(
        f"{processed}: {sum(frame.height for frame in frames.values()):,} rows in {len(frames)} tables, all sound"
    )


cli_ingest.register(app)
cli_reading.register(app)
cli_actors.register(app)
cli_export.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code: 0, or 1 for a fault, or 2 for a wrong usage."""
    try:
        app(None if arguments is None else list(arguments))
    except IraqTalksError as error:
        sys.exit(f"iraqtalks: {error}")
    except OSError as error:
        sys.exit(f"iraqtalks: {error.filename or 'a file'}: {error.strerror}")


if __name__ == "__main__":
    main()
