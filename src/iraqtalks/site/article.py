"""An article's page: its text with everything marked that was found in it, and a note on each row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iraqtalks.database import Row
from iraqtalks.site.data import Dataset
from iraqtalks.site.marking import Mark, Segment, lines, segments
from iraqtalks.site.notes import Note, date_note, mention_note, position_note, quote_note, statement_note
from iraqtalks.site.safety import page_name
from iraqtalks.text_policy import TextPolicy, quoted_spans, text_policy

_TABLES: Final = ("blocks", "quotes", "quote_segments", "mentions", "date_mentions", "positions", "actor_roles")
_TELLING: Final = frozenset({"quote", "event", "claim"})
"""Marks whose words say something by themselves."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text: `kind` is its block's; `notes` are those on the quotes and events that begin in it.

    Not `shown` where it may not be, or where nothing but names and dates of it may: these say nothing by themselves.
    """

    kind: str
    segments: tuple[Segment, ...]
    notes: tuple[Note, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What an article's page shows; `notes` by what they are of, in the order of the text."""

    article: Row
    policy: TextPolicy
    paragraphs: tuple[Paragraph, ...]
    notes: Mapping[str, Sequence[Note]]
    original: Row | None
    """The article that it is a copy or version of."""

    @property
    def rules(self) -> list[str]:
        """The names of the rules that made its rows."""
        return sorted({note.rule for notes in self.notes.values() for note in notes})


def article_page(dataset: Dataset, article: Row, statements: Sequence[Row], issues: Mapping[str, str]) -> ArticlePage:
    """Return the page of an article; `statements` are those of its events, `issues` the issues' names by id."""
    article_id = article["article_id"]
    rows: dict[str, Sequence[Row]] = {table: dataset.of_article(table, article_id) for table in _TABLES}
    rows["event_mentions"] = statements
    policy = text_policy(article)
    text = dataset.text(article_id)
    notes = _notes(dataset, rows, text, issues)
    spans = {"full": None, "quotes": quoted_spans(rows), "offsets": []}[policy]
    cut = segments(text, _marks(rows, notes), spans)
    return ArticlePage(
        article=article,
        policy=policy,
        paragraphs=tuple(_paragraphs(cut, rows["blocks"], [*notes["quotes"], *notes["events"]])),
        notes=notes,
        original=dataset.articles.get(article["duplicate_of"]),
    )


def _notes(
    dataset: Dataset, rows: Mapping[str, Sequence[Row]], text: str, issues: Mapping[str, str]
) -> dict[str, list[Note]]:
    names = dataset.actors
    speaking = {quote["speaker_mention_id"] for quote in rows["quotes"]}
    return {
        "quotes": [quote_note(row, f"q{number}", names) for number, row in enumerate(rows["quotes"], start=1)],
        "events": [statement_note(row, f"e{number}") for number, row in enumerate(rows["event_mentions"], start=1)],
        "positions": [
            position_note(
                row, f"p{number}", names, issues, text[row["condition_start"] or 0 : row["condition_end"] or 0]
            )
            for number, row in enumerate(rows["positions"], start=1)
        ],
        "actors": [mention_note(row, names, speaks=row["mention_id"] in speaking) for row in rows["mentions"]],
        "dates": [date_note(row) for row in rows["date_mentions"]],
    }


def _marks(rows: Mapping[str, Sequence[Row]], notes: Mapping[str, Sequence[Note]]) -> Iterator[Mark]:
    tags = {note.id: note.tag for note in notes["quotes"]}
    for segment in rows["quote_segments"]:
        quote_id = page_name(segment["quote_id"])
        yield Mark(segment["start"], segment["end"], "quote", quote_id, tags.get(quote_id, ""))
    for quote in rows["quotes"]:
        if quote["cue_start"] is not None:
            yield Mark(quote["cue_start"], quote["cue_end"], "cue", page_name(quote["quote_id"]))
    for sort in ("events", "actors", "dates"):
        for note in notes[sort]:
            yield Mark(note.start, note.end, note.kind.lower(), note.id, note.tag)


def _paragraphs(cut: Sequence[Segment], blocks: Sequence[Row], notes: Sequence[Note]) -> Iterator[Paragraph]:
    """Yield the lines of the text; of withheld ones that follow each other, the first alone."""
    kinds = [(block["start"], block["end"], block["kind"]) for block in blocks]
    withheld = False
    for line in lines(cut):
        start, end = line[0].start, line[-1].start + len(line[-1].text)
        kind = next((kind for first, last, kind in kinds if first <= start < last), "body")
        beside = sorted((note for note in notes if start <= note.start < end), key=lambda note: note.start)
        shown = all(segment.shown for segment in line) or any(
            segment.shown and mark.kind in _TELLING for segment in line for mark in segment.marks
        )
        if shown or not withheld:
            yield Paragraph(kind, tuple(line), tuple(beside), shown)
        withheld = not shown
