"""Puts every page of `docs/decisions/` into the menu, so that none has to be listed by hand."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Return the configuration with the decisions as the last section of the menu."""
    pages = sorted((Path(config.docs_dir) / "decisions").glob("*.md"))
    config.nav = [*(config.nav or []), {"Decisions": [f"decisions/{page.name}" for page in pages]}]
    return config
