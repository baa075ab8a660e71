"""The commands on the knowledge base's actors: `actors lint`, `actors unknown` and `actors conflicts`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from iraqtalks.cli_options import AsJson, Processed, examples, write_json
from iraqtalks.errors import KnowledgeError
from iraqtalks.whereabouts import PROCESSED

actors = typer.Typer(
    help="Keep the knowledge base right: what is wrong in it, whom it lacks, where texts disagree with it.",
    no_args_is_help=True,
)


def _shown(rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows for people, in columns or record by record."""
    import polars as pl
    from rich.console import Console

    from iraqtalks.answers import answer

    console = Console(highlight=False)
    console.print(answer(pl.DataFrame(rows, infer_schema_length=None), console.width))


@actors.command(epilog=examples("actors lint", "actors lint --knowledge ~/knowledge", "actors lint --json"))
def lint(
    base: Annotated[
        Path | None,
        typer.Option("--knowledge", help="Folder of another base: a copy of the package's own, with changes."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the knowledge base: structure, names, dates, references, sources.

    Says the file, the entry and what is wrong. Ends with 1 where anything is.
    """
    from iraqtalks.knowledge.lint import lint as faults

    if base is not None and not base.is_dir():
        raise KnowledgeError(f"there is no folder {base}; copy that of the package and change the copy")
    found = faults() if base is None else faults(base)
    if as_json:
        write_json([asdict(fault) for fault in found])
    elif found:
        _shown([asdict(fault) for fault in found])
    else:
        typer.echo("The knowledge base is sound.")
    if found:
        raise typer.Exit(1)


@actors.command(epilog=examples("actors unknown", "actors unknown --limit 100 --json"))
def unknown(
    processed: Processed = PROCESSED,
    limit: Annotated[int, typer.Option(min=1, help="How many names to list at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List the names in a dataset that the knowledge base does not know, the most frequent first, each with an example."""
    from iraqtalks.database import scan
    from iraqtalks.upkeep import unknown_names

    found = unknown_names(scan(processed), limit)
    if as_json:
        write_json([asdict(name) for name in found])
    elif found:
        columns = ("name", "kind", "mentions", "articles", "example")
        _shown([{column: getattr(name, column) for column in columns} for name in found])
    else:
        typer.echo("The knowledge base knows every name in the dataset.")


@actors.command(epilog=examples("actors conflicts", "actors conflicts --processed my-dataset --json"))
def conflicts(processed: Processed = PROCESSED, as_json: AsJson = False) -> None:
    """List where a text gives somebody an office that the base, at the article's date, gives to another or dates otherwise."""
    from iraqtalks import upkeep
    from iraqtalks.database import scan
    from iraqtalks.knowledge import knowledge

    found = upkeep.conflicts(scan(processed), knowledge())
    if as_json:
        write_json([asdict(conflict) for conflict in found])
    elif found:
        _shown(
            [
                {
                    "conflict": conflict.kind.replace("_", " "),
                    "person": conflict.actor,
                    "words": conflict.words,
                    "published": conflict.published_on,
                    "office": conflict.office,
                    "held then by": "; ".join(map(str, conflict.holders)),
                    "person's own term": "; ".join(map(str, conflict.own_terms)),
                    "article": conflict.article_id,
                }
                for conflict in found
            ]
        )
    else:
        typer.echo("No text disagrees with the knowledge base on an office.")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(actors, name="actors")
