"""The analysts' views: one SQL file a question, each of which creates its view and comments it."""

from functools import cache
from importlib.resources import files
from typing import Final

VIEWS: Final = (
    "who_said_what",
    "claims",
    "positions_over_time",
    "contradictions",
    "around_rounds",
    "timeline",
    "actors_overview",
)
"""The views by name, in the order in which they are made."""

_END: Final = "\nSELECT * FROM final;\n"
"""What the query of every view ends with."""


@cache
def view_sql(view: str) -> str:
    """Return the SQL that makes the view and its comments, or `locate`: that which says where the tables are."""
    return (files(__name__) / f"{view}.sql").read_text(encoding="utf-8")


def description(view: str) -> str:
    """Return what the view shows, as the first line of its file says it."""
    return view_sql(view).partition("\n")[0].removeprefix("-- ").removesuffix(".")


def materialized_sql(view: str, file: str) -> str:
    """Return the SQL that makes the view, with its comments, of its rows in the Parquet file that the SQL literal `file` names.

    The query that made the rows is told in a comment.
    """
    query, end, comments = view_sql(view).partition(_END)
    told = "".join(f"-- {line}".rstrip() + "\n" for line in (query + end).splitlines()[1:])
    header = f"-- {description(view)}.\n-- These rows were made when the dataset was, by\n--\n"
    return f"{header}{told}CREATE OR REPLACE VIEW {view} AS SELECT * FROM read_parquet({file});\n{comments}"  # noqa: S608
