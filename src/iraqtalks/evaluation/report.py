"""What scoring counts: figures by section, errors with their words, and how often each rule was right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from iraqtalks.evaluation.attribution import Attribution
from iraqtalks.terminal import printable


@dataclass(slots=True)
class Share:
    """How many of some cases are right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> bool:
        """Count a case; returns whether it was right."""
        self.right += right
        self.of += 1
        return right

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None without a case."""
        return self.right / self.of if self.of else None

    def to_dict(self) -> dict[str, float | int | None]:
        """Return the figures for machines."""
        return {"share": self.value, "right": self.right, "of": self.of}


@dataclass(slots=True)
class Found:
    """Precision (over what was found) and recall (over what was annotated)."""

    precision: Share = field(default_factory=Share)
    recall: Share = field(default_factory=Share)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when either has no case."""
        precision, recall = self.precision.value, self.recall.value
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for machines."""
        return {"f1": self.f1, "precision": self.precision.to_dict(), "recall": self.recall.to_dict()}


@dataclass(frozen=True, slots=True)
class Error:
    """Something missed, spurious or wrong: where, and what was found and annotated there.

    `words` and `found_words` alone quote the article; the rest may be shown where its text must not be passed on.
    """

    article: str
    section: str
    problem: str
    start: int
    end: int
    words: str
    found: str = ""
    annotated: str = ""
    rule: str = ""
    found_words: str = ""

    @property
    def detail(self) -> str:
        """What was found, what is annotated and by which rule, as far as they say something."""
        found = f"{self.found} “{self.found_words}”" if self.found_words else self.found
        parts = (found, self.annotated and f"annotated {self.annotated}", self.rule and f"by {self.rule}")
        return "; ".join(part for part in parts if part)

    def to_dict(self) -> dict[str, Any]:
        """Return the error for machines."""
        return {name: getattr(self, name) for name in self.__slots__}


def percent(value: float | None) -> str:
    """Return a share in per cent with one decimal; a dash without a case."""
    return "–" if value is None else f"{100 * value:.1f}"


@dataclass
class Report:
    """The figures of one evaluation."""

    found: dict[tuple[str, str], Found] = field(default_factory=dict)
    shares: dict[tuple[str, str], Share] = field(default_factory=dict)
    rules: dict[tuple[str, str], Share] = field(default_factory=dict)
    """How often each (table, rule) was right."""
    speakers: list[Attribution] = field(default_factory=list)
    """For each annotated quote that is not optional, who was found to speak."""
    errors: list[Error] = field(default_factory=list)

    def expect(self, section: str, figures: Iterable[str], shares: Iterable[str]) -> None:
        """Set a section's figures in their order, also those that have no case."""
        for name in figures:
            self.find(section, name)
        for name in shares:
            self.share(section, name)

    def find(self, section: str, name: str) -> Found:
        """Return the precision and recall of that name, to be counted on."""
        return self.found.setdefault((section, name), Found())

    def share(self, section: str, name: str) -> Share:
        """Return the share of that name, to be counted on."""
        return self.shares.setdefault((section, name), Share())

    def rule(self, table: str, rule: str) -> Share:
        """Return the count of a table's rule, to be counted on."""
        return self.rules.setdefault((table, rule), Share())

    def to_dict(self) -> dict[str, dict[str, Any]]:
        """Return all figures for machines: section → name → figures; shares from 0 to 1, None without a case."""
        result: dict[str, dict[str, Any]] = {}
        for (section, name), found in self.found.items():
            result.setdefault(section, {})[name] = found.to_dict()
        for (section, name), share in self.shares.items():
            result.setdefault(section, {})[name] = share.to_dict()
        for (table, rule), share in sorted(self.rules.items()):
            result.setdefault("rules", {}).setdefault(table, {})[rule] = share.to_dict()
        return result

    def __rich__(self) -> Group:
        """Show the figures as tables, in per cent."""
        found = Table(title="Found", title_justify="left")
        for heading in ("", "", "F1", "precision", "recall", "found", "annotated"):
            found.add_column(heading, justify="left" if not heading else "right")
        for (section, name), figures in self.found.items():
            found.add_row(
                section,
                name,
                percent(figures.f1),
                percent(figures.precision.value),
                percent(figures.recall.value),
                f"{figures.precision.right}/{figures.precision.of}",
                f"{figures.recall.right}/{figures.recall.of}",
            )
        shares = Table(title="Right", title_justify="left")
        for heading in ("", "", "%", "cases"):
            shares.add_column(heading, justify="left" if not heading else "right")
        for (section, name), share in self.shares.items():
            shares.add_row(section, name, percent(share.value), f"{share.right}/{share.of}")
        return Group(*(table for table in (found, shares) if table.row_count))


def merge(reports: Iterable[Report]) -> Report:
    """Return one report that counts what all of them count."""
    whole = Report()
    for report in reports:
        for (section, name), found in report.found.items():
            _count(whole.find(section, name).precision, found.precision)
            _count(whole.find(section, name).recall, found.recall)
        for (section, name), share in report.shares.items():
            _count(whole.share(section, name), share)
        for (table, rule), share in report.rules.items():
            _count(whole.rule(table, rule), share)
        whole.speakers += report.speakers
        whole.errors += report.errors
    return whole


def _count(whole: Share, part: Share) -> None:
    whole.right += part.right
    whole.of += part.of


def error_lines(errors: Iterable[Error]) -> Iterable[Text]:
    """Yield a line for each error; white space is folded and control characters are replaced."""
    for error in errors:
        words = printable(" ".join(error.words.split()))
        yield Text.assemble(
            (f"{error.article} {error.start}–{error.end} ", "dim"),
            (f"{error.section}: {error.problem} ", "bold"),
            f"“{words}”",
            (f" {printable(error.detail)}" if error.detail else "", "dim"),
        )
