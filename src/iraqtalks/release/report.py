"""The quality report of a release, for people and for machines: rows, fill rates, rejects, coverage, measured accuracy."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from iraqtalks.quality import Quality, cell, report_md
from iraqtalks.release.accuracy import Accuracy
from iraqtalks.release.coverage import Coverage, Row
from iraqtalks.release.words import counted

_POLICIES: Final = {
    "full": "the whole text",
    "quotes": "the words that rows stand on; the rest is withheld letter by letter (ˑ)",
    "offsets": "no word, only where the rows stand",
}


def quality_md(quality: Quality, coverage: Coverage, accuracy: Accuracy) -> str:
    """Return the report as Markdown; names that come from articles are escaped."""
    return report_md(quality) + "\n".join([*_coverage(coverage), *_accuracy(accuracy), ""])


def quality_json(quality: Quality, coverage: Coverage, accuracy: Accuracy) -> dict[str, Any]:
    """Return the report for machines; shares are from 0 to 1."""
    return {
        "rows": dict(quality.rows),
        "filled": {f"{table}.{column}": round(share, 4) for (table, column), share in quality.filled.items()},
        "rejects": dict(quality.rejects),
        "coverage": {
            "published": [None if day is None else day.isoformat() for day in (coverage.first, coverage.last)],
            "text_policy": dict(coverage.text_policy),
            **{by: [asdict(row) for row in getattr(coverage, by)] for by in ("outlet", "month", "language")},
        },
        "accuracy": accuracy.to_dict(),
    }


def _coverage(coverage: Coverage) -> Iterator[str]:
    yield from ("", "## Coverage", "", "Copies are articles that repeat an earlier one (`duplicate_of`).")
    for by, rows in (("outlet", coverage.outlet), ("month", coverage.month), ("language", coverage.language)):
        yield from ("", f"| {by} | articles | of them copies | quotes | event mentions |", "|---|---:|---:|---:|---:|")
        yield from map(_row, rows)
    yield from (
        "",
        "What of the articles' texts is in the release:",
        "",
        "| policy | articles | what is shown |",
        "|---|---:|---|",
    )
    yield from (f"| {name} | {count:,} | {_POLICIES[name]} |" for name, count in coverage.text_policy.items())


def _row(row: Row) -> str:
    name = "not known" if row.name is None else cell(row.name)
    return f"| {name} | {row.articles:,} | {row.copies:,} | {row.quotes:,} | {row.event_mentions:,} |"


def _accuracy(accuracy: Accuracy) -> Iterator[str]:
    yield from ("", "## Measured accuracy", "")
    yield (
        "In per cent, with the interval of 95 % confidence. Intervals come from drawing whole articles (bootstrap); those"
        " with an asterisk are Wilson's, which take cases as independent. How each figure is counted: the evaluation page"
        " (docs/evaluation.md) of the source code."
    )
    yield from ("", "### On annotated articles of this release", "")
    if accuracy.released is None:
        yield "None of its articles is annotated."
    else:
        yield f"Its own rows, held against the annotations of {counted(len(accuracy.annotated), 'article')}: {', '.join(accuracy.gold)}."
        yield from _figures(accuracy.released)
    yield from ("", "### On all committed annotations", "")
    articles = sum(gold["articles"] for gold in accuracy.developed["gold"].values())
    yield (
        f"{counted(articles, 'article')} of {len(accuracy.developed['gold'])} files. The rules were developed on these, so expect"
        " less on others. "
        + (
            "Measured with the code and the libraries that made this release."
            if accuracy.same_code
            else f"Measured with another state of the code or its libraries ({accuracy.developed['code']})"
            " than the one that made this release."
        )
    )
    yield from _figures(accuracy.developed["figures"])


def _figures(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from (
        "",
        "| | | F1 | precision | recall | right of found | found of annotated |",
        "|---|---|---:|---:|---:|---:|---:|",
    )
    for section, named in figures.items():
        for name, figure in named.items():
            if "f1" in figure:
                parts = [figure[part] for part in ("f1", "precision", "recall")]
                counts = [f"{part['right']:,}/{part['of']:,}" for part in parts[1:]]
                yield f"| {section} | {name} | {' | '.join([*map(_percent, parts), *counts])} |"
    yield from ("", "| | | right | cases |", "|---|---|---:|---:|")
    for section, named in figures.items():
        for name, figure in named.items():
            if "f1" not in figure:
                yield f"| {section} | {name} | {_percent(figure)} | {figure['right']:,}/{figure['of']:,} |"


def _percent(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None:
        return "–"
    if figure["low"] is None:
        return f"{figure['value']:.1%}"
    mark = "*" if figure["method"] == "wilson" else ""
    return f"{figure['value']:.1%} ({100 * figure['low']:.1f}–{100 * figure['high']:.1f}{mark})"
