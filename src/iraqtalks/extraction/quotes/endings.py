"""Where the content of a cue ends, given all that its frame tells of speech."""

import re

from iraqtalks.extraction.phrases import is_finite
from iraqtalks.extraction.quotes.content import clause_end, token_offset
from iraqtalks.extraction.quotes.cues import Cue
from iraqtalks.extraction.quotes.draft import Context, in_quotation
from iraqtalks.extraction.quotes.relays import closing_incise


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
    return end if closing is None else min(end, token_offset(frame, closing[0].first))


def within_quotation(context: Context, cue: Cue, end: int) -> int:
    """Cut the end of content at the end of the quotation that the cue itself stands in."""
    stretch = in_quotation(context, cue.verb.i)
    if stretch is None:
        return end
    offset = token_offset(context.frame, cue.verb.i)
    inner = [s for s in context.frame.inner if s.outer_start <= offset < s.outer_end]
    stop = re.compile(r"[.!?…]+\s").search(context.text, offset, stretch.end)
    return min([end, stretch.end, *(s.end for s in inner), *([stop.start()] if stop else [])])
