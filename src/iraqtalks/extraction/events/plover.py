"""PLOVER's vocabulary, as `knowledge/plover.yml` defines it in our own words."""

from functools import cache
from typing import Any

from iraqtalks.knowledge import reading


@cache
def plover() -> dict[str, Any]:
    """Return the vocabulary: `types` (quad class, definition, modes) and `contexts`. The caller must not change it."""
    data = reading.read("plover")
    if not isinstance(data, dict):
        raise TypeError("knowledge/plover.yml must hold a mapping")
    return data


def quad_class(event_type: str) -> str:
    """Return the quad class of a PLOVER type. Raises KeyError for what is no type."""
    quad: str = plover()["types"][event_type]["quad"]
    return quad


def modes(event_type: str) -> frozenset[str]:
    """Return the modes that a PLOVER type may have. Raises KeyError for what is no type."""
    return frozenset(plover()["types"][event_type].get("modes", {}))
