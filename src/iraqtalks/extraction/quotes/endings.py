"""Where the content of a cue ends, given all that its frame tells of speech."""

import re

from iraqtalks.extraction.phrases import GENITIVE, is_finite
from iraqtalks.extraction.quotes.content import clause_end, token_offset
from iraqtalks.extraction.quotes.cues import Cue, grammar
from iraqtalks.extraction.quotes.draft import Context, in_quotation, names_outlet
from iraqtalks.extraction.quotes.relays import closing_incise
from iraqtalks.extraction.tokens import Token


def content_end(context: Context, cue: Cue, begin: int) -> int:
    """Return the offset at which the clause that begins with token `begin` ends; no source that closes it is part of it."""
    frame, doc = context.frame, context.paragraph.doc
    end = clause_end(frame, context.text, begin, cue, context.cues, context.language)
    for source in context.sources:
        if begin < source.first and doc[source.first - 1].text == "," and in_quotation(context, source.first) is None:
            rest = doc[source.first : frame.last]
            if not any(is_finite(t) for t in rest):
                end = min(end, token_offset(frame, source.first - 1))
    closing = closing_incise(context, begin)
    end = end if closing is None else min(end, token_offset(frame, closing[0].first))
    return _before_venue(context, begin, end)


def _before_venue(context: Context, begin: int, end: int) -> int:
    """Return where it is told in or at what the words were spoken, behind a quotation that they end on; else `end`.

    “a promis de « coopérer » lors de la session”, “a dit « assumer » sur RTL”: with no verb of its own, what follows the last
    quotation is hardly said.
    """
    frame, doc = context.frame, context.paragraph.doc
    quoted = [s for s in frame.quoted if s.closed and token_offset(frame, begin) <= s.start and s.outer_end < end]
    if not quoted:
        return end
    rest = [t for t in doc[begin : frame.last] if quoted[-1].outer_end <= t.idx < end]
    places = grammar(context.language, "venue_prepositions")
    if rest and rest[0].text == "," and len(rest) > 1 and _is_participle(rest[1]):
        return rest[0].idx  # “a accusé Y d'être « X », citant Z”
    venue = next(
        (t for t in rest if t.lower_ in places and doc[t.i - 1].lower_ != "jusqu'" and begins_venue(context, t.i)), None
    )
    if venue is None or any(t.pos_ in {"VERB", "AUX"} for t in rest if t.i < venue.i or is_finite(t)):
        return end
    return venue.idx


def _is_participle(token: Token) -> bool:
    return token.lower_.endswith("ant") and token.pos_ == "VERB"


def begins_venue(context: Context, index: int) -> bool:
    """Whether a phrase begins that says where, in what or when something was said."""
    doc, language = context.paragraph.doc, context.language
    token = doc[index]
    if token.lower_ in grammar(language, "time_nouns") and token.pos_ != "ADP":
        return True
    if token.lower_ != "lors" and (token.pos_ != "ADP" or token.lower_ in GENITIVE):
        return False
    behind = range(index + 1, min(index + 4, context.frame.last))
    return any(doc[i].lower_ in grammar(language, "venues") or names_outlet(context, doc[i]) for i in behind)


def within_quotation(context: Context, cue: Cue, end: int) -> int:
    """Cut the end of content at the end of the quotation that the cue itself stands in."""
    stretch = in_quotation(context, cue.verb.i)
    if stretch is None:
        return end
    offset = token_offset(context.frame, cue.verb.i)
    inner = [s for s in context.frame.inner if s.outer_start <= offset < s.outer_end]
    stop = re.compile(r"[.!?…]+\s").search(context.text, offset, stretch.end)
    return min([end, stretch.end, *(s.end for s in inner), *([stop.start()] if stop else [])])
