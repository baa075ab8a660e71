"""The commands that read a dataset or measure the extraction: `sql`, `show`, `diff` and `evaluate`."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from iraqtalks.cli_options import AsJson, Processed, Quiet, examples, flag, write_json, write_out
from iraqtalks.errors import DatasetError, IraqTalksError
from iraqtalks.whereabouts import PROCESSED


class Format(StrEnum):
    """How the answer to a query is written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def sql(
    query: Annotated[str, typer.Argument(help="A query in DuckDB's SQL, on the tables and views of the dataset.")],
    processed: Processed = PROCESSED,
    output: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TABLE,
    as_json: AsJson = False,
) -> None:
    """Ask the dataset a question in SQL; `SHOW TABLES` lists what there is."""
    import duckdb
    import polars as pl
    from rich.console import Console

    from iraqtalks.answers import answer
    from iraqtalks.database import connect

    with connect(processed) as connection:
        try:
            relation = connection.sql(query)
            if relation is None:
                return
            rows: pl.DataFrame = relation.pl()
        except duckdb.CatalogException as error:
            raise DatasetError(
                f"the query failed: {error}\n`iraqtalks sql 'SHOW TABLES'` lists the tables and views"
            ) from error
        except duckdb.Error as error:
            raise DatasetError(f"the query failed: {error}") from error
        except pl.exceptions.PolarsError as error:
            raise DatasetError(f"the answer has a column that cannot be shown; CAST it AS VARCHAR: {error}") from error
    if as_json:
        write_json(rows.to_dicts())
    elif output is Format.CSV:
        write_out(rows.write_csv())
    elif output is Format.JSONL:
        write_out(rows.write_ndjson())
    else:
        console = Console()
        console.print(answer(rows, console.width))


def _articles(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Yield the ids and source keys of articles, for a shell that completes one; none where there is no dataset."""
    from iraqtalks.database import scan

    try:
        articles = scan(context.params.get("processed"))["articles"].select("article_id", "source_key").collect()
    except IraqTalksError:
        return
    yield from (name for row in articles.rows() for name in row if name.startswith(incomplete))


def show(
    article: Annotated[
        str,
        typer.Argument(help="An article's id or file name (or its beginning), URL or path.", autocompletion=_articles),
    ],
    processed: Processed = PROCESSED,
    as_json: AsJson = False,
) -> None:
    """Show an article with its quotes, cues, speakers, actors, dates and events marked.

    In colour in a terminal; elsewhere, or with NO_COLOR set, in brackets that say what they mark.
    """
    from rich.console import Console

    from iraqtalks.database import article_rows, find_article, scan
    from iraqtalks.show import show_article

    tables = scan(processed)
    rows = article_rows(tables, find_article(tables, article))
    if as_json:
        write_json(rows)
        return
    console = Console(highlight=False)
    console.print(show_article(rows, colour=console.is_terminal and not console.no_color))


def differences(
    old: Annotated[
        Path | None, typer.Argument(help="A dataset's folder; the dataset before the last build if none is given.")
    ] = None,
    new: Annotated[Path, typer.Argument(help="The folder of the dataset to compare with it.")] = PROCESSED,
    as_json: AsJson = False,
) -> None:
    """List the rows added (+), removed (-) and changed (~) between two datasets, table by table, by their keys."""
    from iraqtalks.diff import diff, summary
    from iraqtalks.store import previous_folder

    if old is None and not previous_folder(new).is_dir():
        raise DatasetError(
            f"no dataset from before {new} is kept. One is after the next build that changes something; "
            "or give two folders: `iraqtalks diff OLD NEW`"
        )
    found = diff(old or previous_folder(new), new)
    if as_json:
        write_json({table: difference.to_dict() for table, difference in found.items()})
    else:
        typer.echo("\n".join(summary(found)))


def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD...", help="Annotated gold: {id: annotation} in JSON, or the dates' JSONL."),
    ],
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
    keep_figures: Annotated[
        bool, flag("--keep-figures", says="Keep the figures with their intervals in the package, for releases.")
    ] = False,
    errors: Annotated[bool, flag("--errors", says="List every miss and mistake with its words.")] = False,
    write_precision: Annotated[
        bool, flag("--calibrate", says="Keep the rules' measured precision in the package, for `confidence`.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Extract the texts of annotated gold anew and score what is found, as the annotation protocol says.

    Without --texts, a .jsonl gold file that holds its texts is its own source, and so is the .txt or .jsonl beside a
    gold file. The texts of a gold file are extracted together.
    """
    from rich.console import Console

    from iraqtalks.evaluation import calibrate, error_lines, figures, load_texts, merge
    from iraqtalks.evaluation.page import evaluation_page, measure
    from iraqtalks.fingerprint import code_fingerprint
    from iraqtalks.progress import progress

    try:
        open_texts = load_texts(texts or _beside(gold))
        closed = load_texts(closed_texts or [])
        with progress("Scoring", len(gold), "files", quiet=quiet) as advance:
            measured = []
            for path in gold:
                measured.append(measure(path, open_texts, closed))
                advance(1)
    except OSError as error:
        raise IraqTalksError(f"cannot read the gold or its texts: {error.filename}: {error.strerror}") from error
    except ValueError as error:
        raise IraqTalksError(f"cannot read the gold or its texts: {error}") from error
    report = merge(one.report for one in measured)
    if page is not None:
        page.write_text(evaluation_page(measured), encoding="utf-8", newline="\n")
    if keep_figures:
        figures.write(figures.document(measured, code_fingerprint()), figures.MEASURED)
    if write_precision:
        calibrate([report])
    if as_json:
        found = {"errors": [error.to_dict() for error in report.errors]} if errors else {}
        write_json({**report.to_dict(), **found})
    elif not quiet:
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
        epilog=examples(
            "sql 'SELECT speaker, words FROM who_said_what'",
            "sql 'SHOW TABLES'",
            "sql 'FROM claims' --format csv > claims.csv",
        )
    )(sql)
    app.command("diff", epilog=examples("diff", "diff ~/release-1 ~/release-2 --json"))(differences)
    app.command(epilog=examples("show presstv-2021-07-25-663021", "show a-99 --json"))(show)
    app.command(
        epilog=examples(
            "evaluate tests/gold/seed.json --texts data/raw --errors",
            "evaluate dates.jsonl --json",
            "evaluate gold.json --closed-texts texts/ --page page.md",
        )
    )(evaluate)
