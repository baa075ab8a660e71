"""The commands that read a dataset or measure the extraction: `sql`, `show`, `diff` and `evaluate`."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import polars as pl
import typer
from rich.console import Console

from iraqtalks.answers import answer
from iraqtalks.database import PROCESSED, article_rows, connect, find_article, scan
from iraqtalks.diff import diff, summary
from iraqtalks.errors import DatasetError, IraqTalksError
from iraqtalks.evaluation import calibrate, error_lines, load_texts, merge
from iraqtalks.evaluation.page import evaluation_page, measure
from iraqtalks.show import show_article
from iraqtalks.store import previous_folder

Processed = Annotated[Path, typer.Option(help="The dataset's folder.")]


class Format(StrEnum):
    """How the answer to a query is written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def sql(
    query: Annotated[str, typer.Argument(help="A query in DuckDB's SQL, on the tables and views of the dataset.")],
    processed: Processed = PROCESSED,
    output: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TABLE,
) -> None:
    """Ask the dataset a question in SQL; `SHOW TABLES` lists what there is."""
    with connect(processed) as connection:
        try:
            relation = connection.sql(query)
            if relation is None:
                return
            rows: pl.DataFrame = relation.pl()
        except duckdb.Error as error:
            raise DatasetError(f"the query failed: {error}") from error
    if output is Format.CSV:
        sys.stdout.write(rows.write_csv())
    elif output is Format.JSONL:
        sys.stdout.write(rows.write_ndjson())
    else:
        console = Console()
        console.print(answer(rows, console.width))


def show(
    article: Annotated[str, typer.Argument(help="An article's id (or its beginning), URL, path or file name.")],
    processed: Processed = PROCESSED,
) -> None:
    """Show an article with its quotes, cues, speakers, actors, dates and events marked.

    In colour in a terminal; elsewhere, or with NO_COLOR set, in brackets that say what they mark.
    """
    tables = scan(processed)
    rows = article_rows(tables, find_article(tables, article))
    console = Console(highlight=False)
    console.print(show_article(rows, colour=console.is_terminal and not console.no_color))


def differences(
    old: Annotated[
        Path | None, typer.Argument(help="A dataset's folder; the dataset before the last build if none is given.")
    ] = None,
    new: Annotated[Path, typer.Argument(help="The folder of the dataset to compare with it.")] = PROCESSED,
    as_json: Annotated[bool, typer.Option("--json", help="Write the keys of all rows that differ as JSON.")] = False,
) -> None:
    """List the rows added (+), removed (-) and changed (~) between two datasets, table by table, by their keys."""
    if old is None and not previous_folder(new).is_dir():
        raise DatasetError(f"no dataset from before {new} is kept; give the folder of one")
    found = diff(old or previous_folder(new), new)
    if as_json:
        document = {table: difference.to_dict() for table, difference in found.items()}
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join((*summary(found), "")))


def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Annotated gold: {id: annotation} in JSON, or the dates' JSONL.")],
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            help="The texts: .txt named by their id, .jsonl(.gz) with id and text, a folder of such; repeatable."
        ),
    ] = None,
    closed_texts: Annotated[
        list[Path] | None, typer.Option(help="Texts that must not be passed on: a page shows no word of theirs.")
    ] = None,
    page: Annotated[Path | None, typer.Option(help="Write a page in Markdown: a section for each gold file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write all figures as JSON.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss and mistake with its words.")] = False,
    write_precision: Annotated[
        bool, typer.Option("--calibrate", help="Keep the rules' measured precision in the package, for `confidence`.")
    ] = False,
) -> None:
    """Extract the texts of annotated gold anew and score what is found, as the annotation protocol says.

    Without --texts, a .jsonl gold file that holds its texts is its own source, and so is the .txt or .jsonl beside a
    gold file. The texts of a gold file are extracted together.
    """
    try:
        open_texts = load_texts(texts or _beside(gold))
        closed = load_texts(closed_texts or [])
        measured = [measure(path, open_texts, closed) for path in gold]
    except (OSError, ValueError) as error:
        raise IraqTalksError(f"cannot read the gold or its texts: {error}") from error
    report = merge(one.report for one in measured)
    if page is not None:
        page.write_text(evaluation_page(measured), encoding="utf-8", newline="\n")
    if write_precision:
        calibrate([report])
    if as_json:
        found = {"errors": [error.to_dict() for error in report.errors]} if errors else {}
        sys.stdout.write(json.dumps({**report.to_dict(), **found}, ensure_ascii=False, indent=1) + "\n")
        return
    console = Console(highlight=False)
    console.print(report)
    if errors:
        console.print(*error_lines(report.errors), sep="\n", soft_wrap=True)


def _beside(gold: list[Path]) -> list[Path]:
    """Return the texts that go with gold files when none are given: JSONL itself, or the .txt or .jsonl beside."""
    beside: list[Path] = []
    for path in gold:
        candidates = [path] if path.suffix == ".jsonl" else [path.with_suffix(".txt"), path.with_suffix(".jsonl")]
        beside += [candidate for candidate in candidates if candidate.is_file()]
    return beside


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(
        epilog="Examples: iraqtalks sql 'SELECT speaker, words FROM who_said_what' · iraqtalks sql 'SHOW TABLES'"
    )(sql)
    app.command("diff", epilog="Examples: iraqtalks diff · iraqtalks diff ~/release-1 ~/release-2 --json")(differences)
    app.command(epilog="Examples: iraqtalks show presstv-2021-07-25-663021 · NO_COLOR=1 iraqtalks show a-3f")(show)
    app.command(
        epilog="Examples: iraqtalks evaluate gold.json --texts texts/ --errors · iraqtalks evaluate dates.jsonl --json · "
        "iraqtalks evaluate gold/*.json --closed-texts texts/ --page page.md"
    )(evaluate)
