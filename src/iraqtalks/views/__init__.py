"""The analysts' views: one SQL file a question, each of which creates its view and comments it."""

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


def view_sql(view: str) -> str:
    """Return the SQL that makes the view and its comments, or `locate`: that which says where the tables are."""
    return (files(__name__) / f"{view}.sql").read_text(encoding="utf-8")
