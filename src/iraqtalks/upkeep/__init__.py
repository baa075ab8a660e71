"""Keeps the knowledge base in step with a dataset: names that it does not know, offices on which a text disagrees with it."""

from iraqtalks.upkeep.conflicts import Conflict, Term, conflicts
from iraqtalks.upkeep.unknown import UnknownName, unknown_names

__all__ = ["Conflict", "Term", "UnknownName", "conflicts", "unknown_names"]
