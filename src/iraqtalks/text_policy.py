"""What of an article's text may be passed on: decided here, for all that leaves the build (the site, releases).

- `full`: the text as it is;
- `quotes`: the words that rows stand on, as short quotations: quotes with cue and speaker, names, offices, dates, the
  statements of events and positions. The running text between them is withheld;
- `offsets`: none of its words, only where the rows stand.

A source declares it in its metadata (`text_policy`). Where it does not, an open licence gives `full`, anything else `quotes`
(docs/decisions/text-policy.md).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, Literal, get_args

import polars as pl

from iraqtalks import contract
from iraqtalks.frames import Frames
from iraqtalks.tables import TABLES

TextPolicy = Literal["full", "quotes", "offsets"]
"""One of `tables.TEXT_POLICIES`."""

Span = tuple[int, int]
"""A half-open range of code points."""

WITHHELD: Final = "ˑ"
"""Stands for each letter and digit that is withheld. It is a letter itself, so that quotation marks read as before."""
_WITHHELD_SIGN: Final = "·"
"""Stands for each other sign that is withheld: a picture, a currency, a diacritic of its own."""
_OPEN: Final = re.compile(
    r"cc0\b.*|pddl\b.*|public domain|domaine public|(odc[- ]by|licence ouverte|etalab|open government licen[cs]e)\b.*"
    r"|cc[- ]by([- ]sa)?([- ]\d(\.\d)?)?([- ][a-z]{2}|[- ]igo)?"
    r"|creative commons attribution([- ]share-?alike)?( \d(\.\d)?)?( (international|unported|generic))?"
    r"|https?://(www\.)?creativecommons\.org/(licenses/by(-sa)?/.*|publicdomain/.*)"
)
"""Licences that let anyone pass a text on, in small letters. Those against commercial use or changes are not among them."""
_SHOWN: Final = (
    ("quote_segments", "start", "end"),
    ("quotes", "cue_start", "cue_end"),
    ("mentions", "start", "end"),
    ("actor_roles", "start", "end"),
    ("date_mentions", "start", "end"),
    ("event_mentions", "start", "end"),
    ("positions", "start", "end"),
    ("positions", "condition_start", "condition_end"),
)
"""The words that rows stand on: tables and their columns of positions."""
_NEAR: Final = 5
"""Code points between two shown spans that are shown with them: “a dit que …” reads on."""
_WORDS: Final = ("text", "content", "role")
"""Columns that hold words of an article."""


def text_policy(article: Mapping[str, Any]) -> TextPolicy:
    """Return what of an article may be shown: `article` is its row of `articles`, by column.

    What the source declares counts; without it an open licence gives `full`, no licence or another one `quotes`.
    """
    declared: TextPolicy
    for declared in get_args(TextPolicy):
        if article["text_policy"] == declared:
            return declared
    licence = " ".join((article["licence"] or "").lower().split())
    return "full" if _OPEN.fullmatch(licence) else "quotes"


def quoted_spans(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[Span]:
    """Return what `quotes` shows of one article, in order and apart from one another; `rows` are its rows by table."""
    return _apart(
        (row[start], row[end]) for table, start, end in _SHOWN for row in rows[table] if row[start] is not None
    )


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that touch, overlap or are near made one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1] + _NEAR:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def masked(text: str, shown: Iterable[Span] = ()) -> str:
    """Return the text with its words withheld, character for character, but for the `shown` spans (in order, apart).

    White space and punctuation stay, and `+`, a quotation mark of some agencies: lines, positions and quotation marks are
    as before, and a masked dataset passes the checks that the whole one does.
    """
    hidden = "".join(map(_hidden, text))
    pieces: list[str] = []
    last = 0
    for start, end in shown:
        pieces += [hidden[last:start], text[start:end]]
        last = end
    return "".join((*pieces, hidden[last:]))


@lru_cache(maxsize=2**12)
def _hidden(character: str) -> str:
    if character.isalnum():
        return WITHHELD
    return character if character == "+" or unicodedata.category(character)[0] in "ZPC" else _WITHHELD_SIGN


def as_allowed(frames: Frames) -> dict[str, pl.DataFrame]:
    """Return a dataset's frames, by table, with the words withheld that their sources do not let be passed on.

    All rows and positions stay. In `articles.text` and the rows' words, letters are `WITHHELD`; `articles.text_policy`
    says what was applied; `text_sha256` stays that of the whole text. What is withheld already stays as it is.
    """
    articles = frames["articles"]
    policies = [text_policy(row) for row in articles.select("text_policy", "licence").iter_rows(named=True)]
    articles = articles.with_columns(text_policy=pl.Series(policies, dtype=pl.String))
    texts = _masked_texts(frames, articles.filter(pl.col("text_policy") != "full"))
    allowed = {table: _words_withheld(frames[table], texts) for table in TABLES}
    allowed["articles"] = articles.update(texts.rename({"masked": "text"}), on="article_id")
    allowed["quotes"] = _joined(allowed["quotes"], allowed["quote_segments"])
    allowed["corrections"] = _corrections_withheld(frames, texts)
    return allowed


def _masked_texts(frames: Frames, closed: pl.DataFrame) -> pl.DataFrame:
    """Return the texts of articles that are not to be shown whole: `article_id` and `masked`."""
    quoted = closed.filter(pl.col("text_policy") == "quotes").select("article_id")
    spans: dict[str, list[Span]] = defaultdict(list)
    for table, start, end in _SHOWN:
        placed = frames[table].drop_nulls(["article_id", start]).join(quoted, on="article_id", how="semi")
        for article_id, first, last in placed.select("article_id", start, end).iter_rows():
            spans[article_id].append((first, last))
    rows = closed.select("article_id", "text").iter_rows()
    texts = [(article_id, masked(text, _apart(spans[article_id]))) for article_id, text in rows]
    return pl.DataFrame(texts, schema={"article_id": pl.String, "masked": pl.String}, orient="row")


def _words_withheld(frame: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with their words taken from the masked text of their article."""
    if not {"article_id", "start", "end", "text"} <= set(frame.columns):
        return frame
    words = pl.col("masked").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    placed = frame.join(texts, on="article_id", how="left", maintain_order="left").with_columns(masked=words)
    # A role that a person has corrected is no longer the article's words.
    of_article = pl.col("masked").is_not_null()
    changed = [
        pl.when(of_article & (pl.col(name) == pl.col("text"))).then("masked").otherwise(name).alias(name)
        for name in ("text", "role")
        if name in frame.columns
    ]
    return placed.with_columns(changed).drop("masked")


def _joined(quotes: pl.DataFrame, segments: pl.DataFrame) -> pl.DataFrame:
    """Return the quotes with their content made of their segments anew."""
    contents = segments.sort("quote_id", "segment").group_by("quote_id").agg(content=pl.col("text").str.join(" "))
    return quotes.update(contents, on="quote_id")


def _corrections_withheld(frames: Frames, texts: pl.DataFrame) -> pl.DataFrame:
    """Return the corrections without the words of articles that are not to be shown whole."""
    corrections = frames["corrections"]
    closed = pl.concat(
        [corrections.select("table_name", "row_key").clear()]
        + [
            frames[table]
            .join(texts, on="article_id", how="semi")
            .select(table_name=pl.lit(table), row_key=pl.concat_str(contract.key(table), separator=" · "))
            for table in corrections["table_name"].unique().sort()
            if "article_id" in frames[table].columns
        ]
    )
    corrected = corrections.join(closed.unique(), on=["table_name", "row_key"], how="semi")["correction_id"]
    words = pl.col("correction_id").is_in(corrected.implode()) & pl.col("column_name").is_in(_WORDS)
    return corrections.with_columns(
        pl.when(words).then(None).otherwise(name).alias(name) for name in ("extracted", "corrected")
    )
