"""The evaluation as a page: for each file of annotated gold its figures, rules, confusions and every error."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from iraqtalks.evaluation import score_each
from iraqtalks.evaluation.attribution import MISSED, SPEAKERS, confusion
from iraqtalks.evaluation.gold import Source, load_gold, pair
from iraqtalks.evaluation.report import Error, Report, merge, percent
from iraqtalks.store import sha256
from iraqtalks.terminal import printable

_INTRODUCTION: Final = """\
# Evaluation

How good the extraction is on the annotated articles that are committed as `tests/gold/*.json`, and every error that is left.
The rules have been developed on these articles, so expect less on others; [the method](method.md#how-good-it-is) tells what
was measured on articles that no rule had seen.

Made by `make evaluation`; do not edit. It needs the articles' texts, which are not in this repository but for the seed
article's: `IRAQTALKS_SHARED` names the folder that holds them in `corpus/`. A test fails when the page is stale.

**Reading the figures.** Precision: how much of what was found is right. Recall: how much of what is annotated was found. F1:
their harmonic mean. A quote is *exact* when it has the same letters and digits as the annotated one, *close* when four fifths
of the letters and digits of both together are in both (Jaccard index of .8). A speaker is right end to end when the quote is
close and its speaker the annotated one, so that a missed quote counts as wrong; by form: what names the speaker beside the
cue, a name, a description (“le ministre”), a pronoun, or nothing (elided). A mention is right when it overlaps an annotated
one of the same actor; an event, when half of the shorter of the two overlaps and the type is the same; a date, when its value
is the annotated one. Quotes and events that annotators may differ about count neither as missing nor as wrong.

**Rules.** Found: how often a rule made a row that could be judged; right: how often all that it stands for was right: for a
quote, its content (close) and speaker. [The rules](rules.md) are explained on their own page, with their precision on further
articles too; the column `confidence` is made of that one.

**Positions** are code points of the article's text, the end not included. The words are shown where the text may be passed
on. A found actor of the knowledge base goes by its id, another one by its name or, where the text only describes it, its kind.
"""
_SECTIONS: Final = {"quotes": "Quotes and speakers", "actors": "Actors", "events": "Events", "dates": "Dates"}
_TABLES: Final = ("quotes", "mentions", "event_mentions", "date_mentions")


@dataclass(frozen=True, slots=True)
class Measured:
    """A file of annotated gold and what was measured on it, article by article.

    `closed` are the articles whose words must not be shown; `report` is on all articles of the file.
    """

    name: str
    sha256: str
    closed: frozenset[str]
    reports: Mapping[str, Report]
    report: Report = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "report", merge(self.reports.values()))


def measure(path: Path, texts: Mapping[str, Source], closed: Mapping[str, Source]) -> Measured:
    """Extract the texts of a gold file anew and score them; the words of `closed` texts are kept off the page.

    Raises ValueError where a text is missing or is not the annotated one, OSError where the file cannot be read.
    """
    from iraqtalks.evaluation.prediction import predict  # noqa: PLC0415  (loads the language model)

    annotations = load_gold(path)
    sources = pair(annotations, {**closed, **texts})
    reports = score_each(annotations, predict(sources), {name: source.text for name, source in sources.items()})
    shown = {source.text for source in texts.values()}
    hidden = frozenset(name for name, source in sources.items() if source.text not in shown)
    return Measured(path.name, sha256(path), hidden, reports)


def evaluation_page(sets: Iterable[Measured]) -> str:
    """Return the page in Markdown: all sets together, then a section for each, those with words first."""
    ordered = sorted(sets, key=lambda measured: (bool(measured.closed), measured.name))
    whole = merge(measured.report for measured in ordered)
    articles = sum(len(measured.reports) for measured in ordered)
    together = ["## All together", "", f"{articles} articles in {len(ordered)} files.", *_summary(whole)]
    return "\n".join([_INTRODUCTION, *together, *(section(measured) for measured in ordered)]).rstrip("\n") + "\n"


def section(measured: Measured) -> str:
    """Return the part of the page on one gold file, which depends on no other."""
    report = measured.report
    articles = "1 article" if len(measured.reports) == 1 else f"{len(measured.reports)} articles"
    lines = [
        "",
        f"## {measured.name}",
        "",
        f"{articles}. SHA-256 of the annotation: `{measured.sha256}`.",
        *_summary(report),
    ]
    for name, title in _SECTIONS.items():
        errors = [error for error in report.errors if error.section == name]
        lines += ["", f"### {title}: {len(errors) or 'no'} error{'' if len(errors) == 1 else 's'}"]
        if errors:
            lines += ["", *_errors(errors, measured)]
    return "\n".join(lines) + "\n"


def _summary(report: Report) -> Iterator[str]:
    yield from ("", "### Figures", "", *_found(report), "", *_shares(report))
    yield from ("", "### Speakers: who is taken for whom", "", *_confusion(report))
    yield from ("", "### Rules", "", *_rules(report))


def _table(head: Sequence[str], left: int, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table whose first `left` columns are words and the others numbers."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * left + "---:|" * (len(head) - left)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _found(report: Report) -> Iterator[str]:
    rows = (
        (
            section_, name, percent(found.f1), percent(found.precision.value), percent(found.recall.value),
            f"{found.precision.right}/{found.precision.of}", f"{found.recall.right}/{found.recall.of}",
        )
        for (section_, name), found in report.found.items()
    )  # fmt: skip
    return _table(("per cent", "", "F1", "precision", "recall", "right of found", "found of annotated"), 2, rows)


def _shares(report: Report) -> Iterator[str]:
    rows = (
        (section_, name, percent(share.value), f"{share.right}/{share.of}")
        for (section_, name), share in report.shares.items()
    )
    return _table(("per cent", "", "right", "cases"), 2, rows)


def _confusion(report: Report) -> Iterator[str]:
    counted = confusion(report.speakers)
    outcomes = ["right", *SPEAKERS, MISSED]
    head = ["annotated", "right", *(f"wrong: {name}" for name in SPEAKERS), MISSED, "all"]
    rows = (
        (annotated, *(str(found.get(outcome) or "") for outcome in outcomes), str(sum(found.values())))
        for annotated, found in counted.items()
    )
    return _table(head, 1, rows)


def _rules(report: Report) -> Iterator[str]:
    rows = (
        (table, f"`{rule}`", str(share.of), str(share.right), percent(share.value))
        for table in _TABLES
        for (of, rule), share in sorted(report.rules.items())
        if of == table
    )
    return _table(("table", "rule", "found", "right", "precision"), 2, rows)


def _errors(errors: Iterable[Error], measured: Measured) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        (
            error.article,
            f"{error.start}–{error.end}",
            error.problem,
            _cell(error.words, error, measured),
            _cell(error.found, error) + _behind(_cell(error.found_words, error, measured)),
            _cell(error.annotated, error),
            error.rule,
        )
        for error in sorted(errors, key=lambda error: (error.article, error.start, error.end, error.problem))
    ]
    head: tuple[str, ...] = ("article", "at", "error", "words", "found", "annotated", "rule")
    if all(error.article in measured.closed for error in errors):
        rows = [(*row[:3], *row[4:]) for row in rows]
        head = (*head[:3], *head[4:])
    return _table(head, len(head), rows)


def _behind(words: str) -> str:
    return f": {words}" if words else ""


def _cell(text: str, error: Error, measured: Measured | None = None) -> str:
    """Return the text for a cell of a table, its marks shown as they are; words of a closed article are left out."""
    if measured is not None and error.article in measured.closed:
        return ""
    return re.sub(r"([\\`*_\[\]<>|~#&])", r"\\\1", printable(" ".join(text.split())))
