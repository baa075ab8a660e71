"""The command that fetches pages into the raw folder: `ingest`."""

from pathlib import Path
from typing import Annotated

import typer

from iraqtalks.cli_options import Quiet, examples
from iraqtalks.errors import FetchError


def ingest(
    urls: Annotated[list[str], typer.Argument(metavar="URL", help="Addresses of pages.")],
    raw: Annotated[Path, typer.Option(help="Folder of raw articles that they are saved in.")] = Path("data/raw"),
    quiet: Quiet = False,
) -> None:
    """Fetch pages from the web into the raw folder, for the next build.

    The only command that uses the network. The sites' robots.txt is obeyed, and a host is asked once a second at most. A page
    that cannot be had costs none of the others.
    """
    from iraqtalks.fetch import Fetcher, save

    failed = 0
    with Fetcher() as fetcher:
        for url in urls:
            try:
                path = save(fetcher.fetch(url), raw)
            except FetchError as error:
                failed += 1
                typer.echo(str(error), err=True)
            else:
                if not quiet:
                    typer.echo(path)
    if failed:
        raise FetchError(f"{failed} of {len(urls)} could not be fetched")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        epilog=examples("ingest https://example.org/an-article", "ingest https://example.org/a --raw my-articles")
    )(ingest)
