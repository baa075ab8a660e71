"""What a build gives: rows, how far columns are filled, what was rejected and why, what nothing was extracted from."""

import html
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from iraqtalks import contract
from iraqtalks.frames import Frames
from iraqtalks.language import rules_for
from iraqtalks.tables import TABLES

_MOST_LISTED: Final = 200
_MARKDOWN: Final = {ord(sign): f"\\{sign}" for sign in "\\`*_{}[]()#+!|~"}


@dataclass(frozen=True, slots=True)
class Quality:
    """Rows by table, share of values that are there by nullable column, rejects by reason, articles without rules.

    These are the articles from which nothing could be extracted, since no rules read their language: language (None where it
    is not known), article_id, title and raw_path of each, in that order.
    """

    rows: Mapping[str, int]
    filled: Mapping[tuple[str, str], float]
    rejects: Mapping[str, int]
    without_rules: Sequence[tuple[str | None, str, str | None, str]] = ()


@dataclass(frozen=True, slots=True)
class Build:
    """What a build came to: the dataset's quality, whether it differs from the one before, and what was not extracted again."""

    quality: Quality
    changed: bool
    reused: int

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON: rows by table, rejects by reason."""
        return {
            "changed": self.changed,
            "reused": self.reused,
            "rows": dict(self.quality.rows),
            "rejects": dict(self.quality.rejects),
        }

    """Articles whose rows were kept from a build before."""


def assess(frames: Frames) -> Quality:
    """Return the quality of a dataset's frames, by table."""
    rows: dict[str, int] = {}
    filled: dict[tuple[str, str], float] = {}
    for table in TABLES:
        frame = frames[table]
        rows[table] = frame.height
        nullable = [column.name for column in contract.columns(table) if column.nullable and frame.height]
        filled |= {(table, name): 1 - frame[name].null_count() / frame.height for name in nullable}
    reasons = frames["rejects"].group_by("reason").len().sort("reason")
    return Quality(rows, filled, dict(reasons.iter_rows()), _without_rules(frames["articles"]))


def _without_rules(articles: pl.DataFrame) -> list[tuple[str | None, str, str | None, str]]:
    ruled = [language for language in articles["language"].unique() if rules_for(language) is not None]
    left = articles.filter(~pl.col("language").is_in(ruled).fill_null(value=False))
    return left.select("language", "article_id", "title", "raw_path").sort("language", "raw_path", "article_id").rows()


def report_md(quality: Quality) -> str:
    """Return the quality report as Markdown."""
    lines = ["# Quality report", "", "| table | rows |", "|---|---:|"]
    lines += [f"| {table} | {rows:,} |" for table, rows in quality.rows.items()]
    lines += ["", "## Filled", "", "Columns that may be null, in tables that have rows.", ""]
    lines += ["| column | filled |", "|---|---:|"]
    lines += [f"| {table}.{column} | {share:.1%} |" for (table, column), share in quality.filled.items()]
    lines += _without_rules_md(quality)
    lines += ["", "## Rejects", ""]
    if not quality.rejects:
        return "\n".join([*lines, "None.", ""])
    lines += ["| reason | inputs |", "|---|---:|"]
    lines += [f"| {reason} | {count:,} |" for reason, count in quality.rejects.items()]
    return "\n".join([*lines, ""])


def _without_rules_md(quality: Quality) -> Iterator[str]:
    """Yield the section on articles in languages without rules; nothing where there are none."""
    if not quality.without_rules:
        return
    counts = Counter(language or "unknown" for language, *_ in quality.without_rules)
    told = ", ".join(f"{count:,} in {language}" for language, count in sorted(counts.items()))
    yield from ("", "## Articles without rules for their language", "")
    yield from (f"{told}. They are kept in `articles`; nothing is extracted from them.", "")
    yield from ("| language | article | title | file |", "|---|---|---|---|")
    for language, article_id, title, raw_path in quality.without_rules[:_MOST_LISTED]:
        yield f"| {language or 'unknown'} | {article_id} | {cell(title or '')} | {cell(raw_path)} |"
    if len(quality.without_rules) > _MOST_LISTED:
        yield f"| … | {len(quality.without_rules) - _MOST_LISTED:,} more | | |"


def cell(text: str) -> str:
    """Return a text that comes from an article so that it shows as it is and breaks no table."""
    return html.escape(" ".join(text.split())[:100]).translate(_MARKDOWN)
