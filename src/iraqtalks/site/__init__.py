"""The reading room: a static site of a dataset, which needs no server and sends nothing.

`build_site` writes it. data: queries → rows; article, notes, pages: rows → what a page shows; marking: a text and its marks;
plots: figures; search: the index; render: pages → HTML; write: HTML → files.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from iraqtalks.database import Row
from iraqtalks.knowledge import knowledge
from iraqtalks.site import notes
from iraqtalks.site.article import article_page
from iraqtalks.site.data import Dataset, by, opened
from iraqtalks.site.pages import Pages
from iraqtalks.site.plots import Figure, quoted_figure, status_figure, timeline_figure
from iraqtalks.site.render import FOLDER, Renderer
from iraqtalks.site.safety import page_name
from iraqtalks.site.search import search_script
from iraqtalks.site.write import replacing, write

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
)
"""What a page may load: scripts, styles and pictures that lie beside it, and nothing else."""
_NEWEST: Final = 60
"""Dated events on the start page."""


@dataclass(frozen=True, slots=True)
class Site:
    """What was written: number of pages by sort."""

    pages: Mapping[str, int]


def build_site(processed: Path, out: Path) -> Site:
    """Write the site of the dataset in the folder `processed` into the folder `out`, which is replaced as a whole.

    Raises DatasetError where `processed` holds no dataset, PublishError where `out` cannot be replaced.
    """
    with opened(processed) as dataset, replacing(out) as folder:
        return _Builder(dataset, folder).build()


class _Builder:
    """Writes the pages of one dataset into one folder."""

    def __init__(self, dataset: Dataset, folder: Path) -> None:
        self._dataset = dataset
        self._folder = folder
        self._issue_names = {issue.issue_id: issue.name for issue in knowledge().issues.values()}
        self._pages = Pages(dataset)
        self._renderer = Renderer(
            {
                "articles": dataset.articles, "actors": dataset.actors, "issues": self._issue_names, "policy": POLICY,
                "version": version("iraqtalks"),
            }
        )  # fmt: skip
        self._counts: dict[str, int] = {}

    def build(self) -> Site:
        shutil.copytree(FOLDER / "static", self._folder / "static")
        self._articles()
        self._actors()
        self._events()
        self._talks()
        self._issues()
        self._start()
        self._write("others", "search.html", "search")
        self._write("others", "about.html", "about")
        write(self._folder, "static/search-index.js", search_script(self._dataset))
        return Site(self._counts)

    def _write(self, sort: str, name: str, template: str, **values: object) -> None:
        write(self._folder, name, self._renderer.page(template, depth=name.count("/"), **values))
        self._counts[sort] = self._counts.get(sort, 0) + 1

    def _articles(self) -> None:
        statements = by(self._dataset.statements, "article_id")
        for article_id, article in self._dataset.articles.items():
            page = article_page(self._dataset, article, statements[article_id], self._issue_names)
            self._write("articles", notes.article_href(article_id), "article", page=page)
        self._write("others", "articles.html", "articles")

    def _actors(self) -> None:
        for page in self._pages.actors():
            self._write("actors", notes.actor_href(page.actor["actor_id"]), "actor", page=page)
        told = [row for row in self._dataset.overview if _is_told_of(row)]
        self._write("others", "actors.html", "actors", rows=told, all=len(self._dataset.overview))

    def _events(self) -> None:
        pages = list(self._pages.events())
        for page in pages:
            self._write("events", notes.event_href(page.event["event_id"]), "event", page=page)
        self._write("others", "events.html", "events", pages=pages)

    def _talks(self) -> None:
        rounds = self._pages.rounds()
        for page in rounds:
            self._write("rounds", notes.round_href(page.round["talks_round_id"]), "round", page=page)
        self._write("others", "talks.html", "talks", pages=rounds)

    def _issues(self) -> None:
        pages = list(self._pages.issues())
        for page in pages:
            self._write("issues", notes.issue_href(page.issue.issue_id), "issue", page=page)
            if page.figure is not None:
                self._draw(page.figure)
        self._write("others", "issues.html", "issues", pages=pages)

    def _start(self) -> None:
        drawn = [make(self._dataset) for make in (timeline_figure, quoted_figure, status_figure)]
        figures = [figure for figure in drawn if figure is not None]
        for figure in figures:
            self._draw(figure)
        timeline = self._dataset.ask("FROM timeline")
        events = [row for row in timeline if row["what"] == "event"]
        newest = {row["event_id"] for row in events[-_NEWEST:]}
        self._write(
            "others", "index.html", "index",
            figures=figures,
            counts=self._told(),
            speakers=sorted(
                (row for row in self._dataset.overview if row["quote_count"]), key=lambda row: -row["quote_count"]
            )[:15],
            latest=list(self._dataset.articles.values())[:-16:-1],
            timeline=[row for row in timeline if row["what"] == "round" or row["event_id"] in newest],
            left_out=len(events) > _NEWEST,
        )  # fmt: skip

    def _draw(self, figure: Figure) -> None:
        for scheme, svg in figure.svgs.items():
            write(self._folder, f"plots/{page_name(figure.name)}-{scheme}.svg", svg)

    def _told(self) -> dict[str, str]:
        (counts,) = self._dataset.ask("""
            SELECT
                (SELECT count(*) FROM articles WHERE duplicate_of IS NULL) AS articles,
                (SELECT count(*) FROM who_said_what) AS quotes,
                (SELECT count(DISTINCT speaker_id) FROM who_said_what) AS speakers,
                (SELECT count(*) FROM events) AS events,
                (SELECT count(*) FROM events WHERE best_status <> 'asserted') AS claims,
                (SELECT count(*) FROM positions_over_time) AS positions,
                (SELECT count(DISTINCT issue) FROM positions_over_time) AS issues
        """)
        return {name: f"{count:,}" for name, count in counts.items()}


def _is_told_of(row: Row) -> bool:
    """Whether an actor speaks, acts, is acted on or takes a stand."""
    return any(row[f"{what}_count"] for what in ("quote", "acted", "acted_on", "position"))


__all__ = ["POLICY", "Site", "build_site"]
