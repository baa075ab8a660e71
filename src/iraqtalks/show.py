"""An article in the terminal with its quotes, cues, actors, events and dates marked, and a key to the marks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group
from rich.rule import Rule
from rich.style import Style
from rich.text import Text

from iraqtalks.database import Row, Rows
from iraqtalks.terminal import printable

_QUOTE, _CUE, _SPEAKER, _ACTOR, _DATE, _EVENT, _TAG = (
    Style.parse(style) for style in ("green", "bold yellow", "bold magenta", "cyan", "blue", "underline", "dim reverse")
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of the article to be marked: in colour by its style and tag, else by brackets with both labels."""

    start: int
    end: int
    style: Style
    tag: str = ""
    opening: str = ""
    closing: str = ""


def show_article(rows: Rows, *, colour: bool) -> Group:
    """Return an article to print: `rows` are its rows by table, as `database.article_rows` gives them.

    In colour, quotes, cues, speakers, actors, dates and events have a style each and quotes and events a number.
    Without, they stand in brackets that say what they are. A key to quotes, events and positions follows.
    """
    article = rows["articles"][0]
    names = {row["actor_id"]: row["name"] for row in rows["actors"]}
    quotes = _numbered("q", rows["quotes"], "quote_id")
    events = _numbered("e", rows["event_mentions"], "event_mention_id")
    marks = [*_quote_marks(rows, quotes), *_event_marks(rows, events), *_actor_marks(rows), *_date_marks(rows)]
    return Group(
        Rule(Text(_line(article["outlet"], article["published_on"], article["article_id"])), align="left"),
        Text(_line(article["title"], article["url"]) or printable(article["raw_path"]), style="dim"),
        Text(),
        _marked(article["text"], marks, colour),
        *_key("Quotes", (_quote_line(row, quotes, names) for row in _ordered(rows["quotes"]))),
        *_key("Events", (_event_line(row, rows, events, quotes, names) for row in _ordered(rows["event_mentions"]))),
        *_key("Positions", (_position_line(row, quotes, names) for row in _ordered(rows["positions"]))),
    )


def _ordered(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["start"], -row["end"]))


def _numbered(letter: str, rows: Sequence[Row], key: str) -> dict[str, str]:
    return {row[key]: f"{letter}{number}" for number, row in enumerate(_ordered(rows), start=1)}


def _line(*parts: object) -> str:
    return printable(" · ".join(str(part) for part in parts if part not in (None, "")))


def _quote_marks(rows: Rows, quotes: Mapping[str, str]) -> Iterable[_Mark]:
    for segment in rows["quote_segments"]:
        number = quotes[segment["quote_id"]]
        yield _Mark(segment["start"], segment["end"], _QUOTE, number, f"[{number} ", f" {number}]")
    for quote in rows["quotes"]:
        if quote["cue_start"] is not None:
            number = quotes[quote["quote_id"]]
            yield _Mark(quote["cue_start"], quote["cue_end"], _CUE, "", "[", f" cue {number}]")


def _actor_marks(rows: Rows) -> Iterable[_Mark]:
    speakers = {quote["speaker_mention_id"] for quote in rows["quotes"]}
    for mention in rows["mentions"]:
        style = _SPEAKER if mention["mention_id"] in speakers else _ACTOR
        yield _Mark(mention["start"], mention["end"], style, "", "[", f" @{mention['actor_id']}]")


def _date_marks(rows: Rows) -> Iterable[_Mark]:
    for date in rows["date_mentions"]:
        yield _Mark(date["start"], date["end"], _DATE, "", "[", f" ={date['date'] or '?'}]")


def _event_marks(rows: Rows, events: Mapping[str, str]) -> Iterable[_Mark]:
    for event in rows["event_mentions"]:
        number = events[event["event_mention_id"]]
        yield _Mark(event["start"], event["end"], _EVENT, number, f"[{number} ", f" {number}]")


def _marked(text: str, marks: Sequence[_Mark], colour: bool) -> Text:
    """Return the text with its marks; marks may lie in one another and may cross."""
    text = printable(text)
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    outer_first = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    shown = Text()
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if not colour:
            closed = [mark for mark in outer_first if mark.end == start]
            shown.append("".join(mark.closing for mark in reversed(closed)))
        for mark in outer_first:
            if mark.start == start:
                shown.append(mark.tag if colour else mark.opening, _TAG if colour else None)
        styles = [mark.style for mark in outer_first if mark.start <= start and end <= mark.end]
        shown.append(text[start:end], Style.combine([Style.null(), *styles]) if colour else None)
    return shown


def _key(title: str, lines: Iterable[str]) -> Iterable[Text]:
    listed = list(lines)
    if listed:
        yield Text()
        yield Text(title, style="bold")
        yield from (Text(line) for line in listed)


def _name(names: Mapping[str, str], actor_id: str | None) -> str:
    return "?" if actor_id is None else names.get(actor_id, actor_id)


def _quote_line(quote: Row, quotes: Mapping[str, str], names: Mapping[str, str]) -> str:
    addressed = quote["said_to_id"]
    return _line(
        quotes[quote["quote_id"]],
        _name(names, quote["speaker_id"]) + (" (unnamed source)" if quote["speaker_anonymous"] else ""),
        f"to {_name(names, addressed)}" if addressed is not None else None,
        ("not " if quote["negated"] else "") + (quote["act"] or "no cue"),
        quote["kind"],
    )


def _event_line(
    event: Row, rows: Rows, events: Mapping[str, str], quotes: Mapping[str, str], names: Mapping[str, str]
) -> str:
    def actors(role: str) -> str:
        return ", ".join(
            _name(names, row["actor_id"])
            for row in rows["event_participants"]
            if row["event_mention_id"] == event["event_mention_id"] and row["role"] == role
        )

    sources, targets = actors("source"), actors("target")
    places = {row["place_id"]: row["name"] for row in rows["places"]}
    return _line(
        events[event["event_mention_id"]],
        f"{event['type']} {event['mode'] or ''}".strip(),
        event["status"] + (f" in {quotes[event['quote_id']]}" if event["quote_id"] in quotes else ""),
        f"{sources or '?'} → {targets}" if targets else sources,
        event["date"],
        places.get(event["place_id"]),
    )


def _position_line(position: Row, quotes: Mapping[str, str], names: Mapping[str, str]) -> str:
    return _line(
        _name(names, position["actor_id"]),
        f"{position['stance']} {position['issue']}",
        quotes.get(position["quote_id"]),
    )
