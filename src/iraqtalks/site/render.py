"""Page models → HTML. Everything is escaped where it is put in; no page has a script or a style of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from iraqtalks.precision import counts
from iraqtalks.rules import rules
from iraqtalks.site import notes, safety
from iraqtalks.site.data import article_label

FOLDER: Final = Path(str(files(__package__)))
POLICIES: Final = {
    "full": "Shown whole, as its licence or its source allows.",
    "quotes": "Its source lets only short quotations be passed on: […] stands for what is left out.",
    "offsets": "Its source lets none of its words be passed on: the rows say where they stand in it.",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for readers: what it finds, and how often it was right on annotated articles."""

    name: str
    meaning: str
    right: int
    of: int


def listed_rules() -> dict[str, Rule]:
    """Return all rules by name."""
    return {
        name: Rule(name, meaning, *counts(table, name))
        for table, found in rules().items()
        for name, meaning in found.items()
    }


class Renderer:
    """Renders templates with what all pages share."""

    def __init__(self, shared: Mapping[str, Any]) -> None:
        # Always escaped, whatever a template is called; a value that is missing is a fault and not an empty place.
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, finalize=safety.shown, auto_reload=False,
        )  # fmt: skip
        self._environment.filters |= {
            "web_address": safety.web_address, "language": safety.language, "words": safety.words,
            "row": safety.page_name, "label": article_label, "actor": notes.actor_href, "event": notes.event_href,
            "article": notes.article_href, "round": notes.round_href, "issue": notes.issue_href,
            "gaps": safety.gaps, "event_title": notes.event_title, "definition": notes.definition, "saying": notes.saying,
        }  # fmt: skip
        self._environment.globals |= {
            "statuses": notes.STATUSES,
            "policies": POLICIES,
            "rules": listed_rules(),
            **shared,
        }

    def page(self, template: str, *, depth: int = 0, **values: Any) -> str:  # noqa: ANN401  (what a template is given)
        """Return a page; `depth` is how many folders below the site's top it lies."""
        return self._environment.get_template(f"{template}.html").render(root="../" * depth, **values)
