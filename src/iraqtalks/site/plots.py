"""The figures: each drawn from the answer to one query, which stands underneath it, once for light and once for dark pages."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import altair as alt
import vl_convert

from iraqtalks import edtf
from iraqtalks.contract import literal
from iraqtalks.database import Row
from iraqtalks.site.data import Dataset, query
from iraqtalks.site.safety import plain

_SORTS: Final = {
    "verbal cooperation": "#56B4E9", "material cooperation": "#0072B2",
    "verbal conflict": "#E69F00", "material conflict": "#D55E00",
}  # fmt: skip
"""Okabe and Ito's colours, which all kinds of colour vision tell apart, and which differ in lightness in print."""
_STANCES: Final = {
    "for": ("#0072B2", "triangle-up"), "against": ("#D55E00", "triangle-down"),
    "conditional": ("#E69F00", "diamond"), "neutral": ("#888888", "circle"),
}  # fmt: skip
_INKS: Final = {"light": "#1f1b16", "dark": "#e9e3d8"}
_WIDTH: Final = 640
_MOST_MONTHS: Final = 48
_OLDEST: Final = 30
"""Years before the last article that the timeline goes back: history that articles only recall would squeeze the rest."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `svgs` by scheme (light, dark), and the query and rows that it is drawn from."""

    name: str
    title: str
    caption: str
    sql: str
    rows: Sequence[Row]
    svgs: Mapping[str, str] = field(repr=False)


def timeline_figure(dataset: Dataset) -> Figure | None:
    """Return the events by month or year and by sort, or None where none is dated."""
    days = [row["published_on"] for row in dataset.articles.values() if row["published_on"]]
    since = dt.date(max(days).year - _OLDEST, 1, 1) if days else dt.date.min
    months = query("plot_timeline", unit="month", since=since.isoformat())
    rows = dataset.ask(months)
    if not rows:
        return None
    first, last = rows[0]["period"], rows[-1]["period"]
    unit = "month" if (last.year - first.year) * 12 + last.month - first.month <= _MOST_MONTHS else "year"
    sql = months if unit == "month" else query("plot_timeline", unit="year", since=since.isoformat())
    rows = dataset.ask(sql)
    chart = (
        alt.Chart(_values(rows))
        .mark_bar(strokeWidth=0.6)
        .encode(
            x=alt.X(f"{'yearmonth' if unit == 'month' else 'year'}(period):T", title=None),
            y=alt.Y("sum(events):Q", title="events", axis=_whole(rows, "period", "events")),
            color=alt.Color("sort:N", title=None, scale=alt.Scale(domain=list(_SORTS), range=list(_SORTS.values()))),
            order=alt.Order("rank:Q"),
        )
        .transform_calculate(rank=f"indexof({list(_SORTS)}, datum.sort)")
        .properties(width=_WIDTH, height=200)
    )
    return _figure(
        "timeline", f"Dated events by {unit}", "Events that articles date, each counted once.", sql, rows, chart
    )


def quoted_figure(dataset: Dataset) -> Figure | None:
    """Return who quotes whom, the busiest outlets and speakers, or None where nobody is quoted."""
    sql = query("plot_who_quotes_whom")
    rows = dataset.ask(sql)
    if not rows:
        return None
    base = alt.Chart(_values(rows)).encode(
        x=alt.X("outlet:N", title=None, sort="-y", axis=alt.Axis(orient="top", labelAngle=-30, labelLimit=160)),
        y=alt.Y("speaker:N", title=None, sort=alt.EncodingSortField("quotes", op="sum", order="descending")),
    )
    cells = base.mark_circle(color="#0072B2", opacity=0.85).encode(
        size=alt.Size("quotes:Q", legend=None, scale=alt.Scale(range=[30, 420]))
    )
    counts = base.mark_text(dx=20, align="left").encode(text="quotes:Q")
    chart = (cells + counts).properties(width=alt.Step(110), height=alt.Step(24))
    caption = "Named speakers and the outlets that carry their words; number of quotes."
    return _figure("who-quotes-whom", "Who quotes whom", caption, sql, rows, chart)


def status_figure(dataset: Dataset) -> Figure | None:
    """Return what outlets assert and what they only report, by type of event, or None where there is no event."""
    sql = query("plot_status")
    rows = dataset.ask(sql)
    if not rows:
        return None
    colours = {"asserted by the outlet": "#0072B2", "only reported, planned or denied": "#E69F00"}
    chart = (
        alt.Chart(_values(rows))
        .mark_bar()
        .encode(
            x=alt.X("sum(statements):Q", title="statements", axis=_whole(rows, "type", "statements")),
            y=alt.Y("type:N", title=None, sort="-x"),
            color=alt.Color(
                "answered:N", title=None, scale=alt.Scale(domain=list(colours), range=list(colours.values()))
            ),
        )
        .properties(width=_WIDTH - 120, height=alt.Step(18))
    )
    caption = "Statements of events by PLOVER type, and who answers for them."
    return _figure("asserted-or-claimed", "Asserted or only claimed", caption, sql, rows, chart)


def issue_figure(dataset: Dataset, issue: str, title: str) -> Figure | None:
    """Return who stood where on an issue over time, or None where no position has a date."""
    sql = query("plot_issue", issue=literal(issue))
    rows = dataset.ask(sql)
    dated = [{**row, "day": day} for row in rows if (day := _first_day(row)) is not None]
    if not dated:
        return None
    colours, shapes = zip(*_STANCES.values(), strict=True)
    chart = (
        alt.Chart(_values(dated))
        .mark_point(filled=True, size=120, opacity=1)
        .encode(
            x=alt.X(
                "day:T", title=None, scale=alt.Scale(padding=14), axis=alt.Axis(format="%Y-%m-%d", labelOverlap=True)
            ),
            y=alt.Y("actor:N", title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("stance:N", title=None, scale=alt.Scale(domain=list(_STANCES), range=list(colours))),
            shape=alt.Shape("stance:N", title=None, scale=alt.Scale(domain=list(_STANCES), range=list(shapes))),
        )
        .properties(width=_WIDTH - 160, height=alt.Step(26))
    )
    caption = "Each sign is a position in an article’s words; it stands at the first day of its date."
    return _figure(f"issue-{issue}", title, caption, sql, rows, chart)


def _first_day(position: Row) -> dt.date | None:
    """Return the first day of a position's date, else of publication."""
    start = edtf.bounds(position["date"])[0] if position["date"] else None
    return start or position["day"]


def _whole(rows: Sequence[Row], bar: str, length: str) -> alt.Axis:
    """Return an axis with whole numbers alone for bars that add up the rows' `length`."""
    totals: dict[object, int] = {}
    for row in rows:
        totals[row[bar]] = totals.get(row[bar], 0) + row[length]
    return alt.Axis(format="d", tickCount=min(6, max(totals.values())))


def _values(rows: Sequence[Row]) -> alt.InlineData:
    """Return rows as Vega-Lite reads them: dates as text, no sign that an SVG must not hold."""
    return alt.InlineData(values=[{name: _value(value) for name, value in row.items()} for row in rows])


def _value(value: Any) -> Any:  # noqa: ANN401  (a value of any column)
    if isinstance(value, dt.date):
        # Local time, as Vega-Lite reads a day without its time for UTC and would draw it a day early.
        return f"{value:%Y-%m-%d}T00:00:00"
    return plain(value) if isinstance(value, str) else value


def _figure(name: str, title: str, caption: str, sql: str, rows: Sequence[Row], chart: Any) -> Figure:  # noqa: ANN401  (Altair's charts share no public type)
    svgs = {scheme: _svg(chart, ink) for scheme, ink in _INKS.items()}
    return Figure(name, title, caption, sql, rows, svgs)


def _svg(chart: Any, ink: str) -> str:  # noqa: ANN401
    styled = (
        chart.configure(font="Georgia, 'Noto Serif', serif", background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=ink, titleColor=ink, domainColor=ink, tickColor=ink, gridColor=ink, gridOpacity=0.12,
            labelFontSize=12, titleFontSize=12,
        )
        .configure_legend(labelColor=ink, titleColor=ink, labelFontSize=12, orient="bottom", symbolStrokeColor=ink, labelLimit=0)
        .configure_text(color=ink, fontSize=12)
        .configure_point(stroke=ink, strokeWidth=0.8)
    )  # fmt: skip
    svg: str = vl_convert.vegalite_to_svg(styled.to_json())
    return svg
