"""What the rules share: the frame that they look at, the draft that they make, and small questions to both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.phrases import is_finite
from iraqtalks.extraction.quotes.content import (
    token_end,
    token_offset,
    trimmed,
)
from iraqtalks.extraction.quotes.cues import Cue, SourcePhrase, before_clitics, grammar
from iraqtalks.extraction.quotes.frames import Frame
from iraqtalks.extraction.quotes.marks import Quoted
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.tokens import Token


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote before its speaker is known. Segments and cue are offsets into the paragraph."""

    segments: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    lemma: str | None
    act: str | None
    rule: str
    hint: SpeakerHint
    negated: bool = False
    attribution: tuple[int, int] | None = None
    """The stretch with cue, speaker and adverbials, where a date or an addressee of the saying may stand."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules of one frame look at."""

    frame: Frame
    text: str
    cues: list[Cue]
    sources: list[SourcePhrase]
    cast: Cast
    language: str

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that the frame is a sentence of."""
        return self.frame.paragraph


def make_draft(
    context: Context,
    spans: Sequence[tuple[int, int]],
    cue: Cue,
    rule: str,
    hint: SpeakerHint,
    attribution_end: int | None = None,
) -> Draft | None:
    """Return the draft of a cue with the content at `spans`, trimmed; None where nothing is left of it."""
    segments = tuple(piece for start, end in spans if (piece := content_at(context, start, end)) is not None)
    if not segments:
        return None
    start, end = token_offset(context.frame, cue.first), token_end(context.frame, cue.last - 1)
    return Draft(
        segments,
        (start, end),
        cue.entry.lemma,
        cue.entry.act,
        rule,
        hint,
        cue.negated,
        (start, max(end, attribution_end or end)),
    )


def content_at(context: Context, start: int, end: int) -> tuple[int, int] | None:
    """Return the content between two offsets, trimmed; a point that ends a quotation left open at the paragraph's end is its own."""
    piece = trimmed(context.text, start, end)
    if piece is None:
        return None
    open_ = any(not stretch.closed and stretch.start < piece[1] <= stretch.end for stretch in context.frame.quoted)
    stop = re.compile(r"[.!?…]+").match(context.text, piece[1], end) if open_ else None
    return piece if stop is None else (piece[0], stop.end())


def in_quotation(context: Context, index: int) -> Quoted | None:
    """Return the quoted stretch that token `index` stands in, or None."""
    return context.frame.stretch_at(token_offset(context.frame, index))


def has_marks(context: Context, start: int, end: int) -> bool:
    """Whether a quoted stretch reaches into the text between two offsets."""
    return any(s.start < end and s.end > start for s in (*context.frame.quoted, *context.frame.inner))


def is_clause(context: Context, span: tuple[int, int]) -> bool:
    """Whether a finite verb stands between two offsets, or a quotation does: the words can stand alone."""
    if has_marks(context, *span):
        return True
    doc = context.paragraph.doc
    return any(
        span[0] <= token.idx < span[1] and is_finite(token) for token in doc[context.frame.first : context.frame.last]
    )


def previous_word(context: Context, index: int) -> Token | None:
    """Return the token before `index` in the frame, adverbs and quotation marks skipped."""
    doc = context.paragraph.doc
    index -= 1
    while index >= context.frame.first and (
        doc[index].pos_ == "ADV" or doc[index].text in "\"«»“”'+" or doc[index].is_space
    ):
        index -= 1
    return doc[index] if index >= context.frame.first else None


def relative_start(context: Context, upper: int) -> int | None:
    """Return where the relative clause begins that a cue at offset `upper` interrupts (“…, qui ont entraîné, selon X, …”), or None."""
    frame = context.frame
    found, finite = None, False
    for token in context.paragraph.doc[frame.first : frame.last]:
        if token.idx >= upper:
            break
        if token.lower_ in {"qui", "dont", "où"} and frame.stretch_at(token.idx) is None and token.i > frame.first:
            found, finite = token, False
        elif token.text in {",", ";"} and found is not None and context.text[token.idx + 1 : upper].strip(" ,"):
            found = None
        elif is_finite(token):
            finite = True
    return None if found is None or not finite else found.idx


def with_clitics(context: Context, cue: Cue) -> int:
    """Return the index of the first token of the verb group with the object clitics and adverbs before the cue."""
    return before_clitics(
        context.paragraph.doc, cue.first, context.frame.first, grammar(context.language, "object_clitics")
    )


def names_outlet(context: Context, token: Token) -> bool:
    """Whether the token is part of an outlet's name: where something was said, or who passes it on."""
    mention = context.cast.covering(context.paragraph.start(token))
    return mention is not None and context.cast.actors[mention.actor_id].kind == "media"
