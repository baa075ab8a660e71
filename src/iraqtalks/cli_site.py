"""The command that writes the reading room: `site`."""

from pathlib import Path
from typing import Annotated, Final

import typer

from iraqtalks.cli_options import Processed, Quiet, examples
from iraqtalks.errors import IraqTalksError
from iraqtalks.whereabouts import PROCESSED

_EXTRA: Final = frozenset({"altair", "jinja2", "markupsafe", "vl_convert"})
"""What the extra `site` installs."""


def site(
    processed: Processed = PROCESSED,
    out: Annotated[Path, typer.Option(help="Folder of the site, replaced as a whole.")] = Path("dist/site"),
    quiet: Quiet = False,
) -> None:
    """Write the dataset as a site to read: no server, no request; open its index.html, or put it on any web host.

    Of an article it shows what its source allows (docs/decisions/text-policy.md).
    """
    try:
        from iraqtalks.site import build_site
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        raise IraqTalksError(
            f"the site needs {error.name}; install iraqtalks with its extra: iraqtalks[site]"
        ) from error
    pages = build_site(processed, out).pages
    if not quiet:
        typer.echo(f"{out / 'index.html'}: the first of {sum(pages.values()):,} pages")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(epilog=examples("site", "site --processed ~/dataset --out ~/public_html"))(site)
