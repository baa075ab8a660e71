"""What the dataset says of itself, from `about.yml`, and how it is cited."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from iraqtalks.contract import LICENCES, TITLE
from iraqtalks.release.edition import Edition


@cache
def about() -> Mapping[str, Any]:
    """Return what stands in `about.yml`; not to be changed."""
    loaded: Mapping[str, Any] = yaml.safe_load((files(__package__) / "about.yml").read_text(encoding="utf-8"))
    return loaded


def citation(edition: Edition) -> dict[str, Any]:
    """Return what CITATION.cff says of a release, in the Citation File Format 1.2."""
    told = about()
    return {
        "cff-version": "1.2.0",
        "message": told["message"],
        "title": TITLE,
        "type": "dataset",
        "authors": [{"name": told["creator"]}],
        "version": str(edition.version),
        "date-released": edition.date.isoformat(),
        "license": LICENCES[0]["name"],
        **({} if edition.url is None else {"url": edition.url}),
        "abstract": told["description"],
        "keywords": list(told["keywords"]),
        "references": list(told["references"]),
    }


def citation_cff(edition: Edition) -> str:
    """Return CITATION.cff."""
    return yaml.safe_dump(citation(edition), sort_keys=False, allow_unicode=True, width=120)


def bibtex(edition: Edition) -> str:
    """Return how a release is cited in BibTeX."""
    told = about()
    fields = {
        "author": f"{{{told['creator']}}}",
        "title": f"{{{TITLE}}}",
        "year": str(edition.date.year),
        "version": str(edition.version),
        **({} if edition.url is None else {"url": edition.url}),
    }
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{told['name'].lower()}_{str(edition.version).replace('.', '_')},\n{inner}\n}}\n"
