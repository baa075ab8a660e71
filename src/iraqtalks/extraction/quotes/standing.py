"""Quotations that no cue in their sentence introduces: they go on with the speech before."""

from iraqtalks.extraction.phrases import is_finite
from iraqtalks.extraction.quotes.content import after_connectives, trimmed
from iraqtalks.extraction.quotes.draft import Context, Draft, content_at, is_clause
from iraqtalks.extraction.quotes.marks import Quoted
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.quotes.subjects import Subject


def left_over(context: Context, drafts: list[Draft], *, follows: bool) -> list[Draft]:
    """Return the drafts of quotations that no cue in the frame introduces and that stand as speech of their own."""
    frame, text = context.frame, context.text
    found: list[Draft] = []
    for index, quoted in enumerate(frame.quoted):
        if any(_takes(draft, quoted) for draft in (*drafts, *found)):
            continue
        before = text[frame.start : quoted.outer_start].strip()
        after = text[quoted.outer_end : frame.end].strip(" .\u00a0\u202f")
        segments = content_at(context, quoted.start, quoted.end)
        if segments is None:
            continue
        whole = _whole_frame(context, quoted, follows=follows)
        if whole is not None:
            found.append(whole)
        elif (
            follows
            and is_sentence(context, quoted)
            and after_connectives(text, frame.start, quoted.outer_start, context.language) == quoted.outer_start
            and (not after or _is_gloss(context, quoted) or _is_accompanied(context, quoted))
        ):
            found.append(Draft((segments,), None, None, None, "quote.floating", SpeakerHint(None, None)))
        elif not before and after.startswith(":") and is_sentence(context, quoted):
            found.append(Draft((segments,), None, None, None, "quote.opening", SpeakerHint(None, None)))
        elif before.endswith(":") and is_sentence(context, quoted) and index == 0:
            subject = _sentence_subject(context, quoted.outer_start)
            found.append(Draft((segments,), None, None, None, "quote.colon_only", SpeakerHint(subject, None)))
    return found


def _takes(draft: Draft, quoted: Quoted) -> bool:
    """Whether the draft has words of the quotation already; what somebody is quoted for inside it leaves it whole."""
    nested = draft.cue is not None and quoted.start <= draft.cue[0] and draft.cue[1] <= quoted.end
    return not nested and any(quoted.start < end and start < quoted.end for start, end in draft.segments)


def _is_gloss(context: Context, quoted: Quoted) -> bool:
    """Whether behind a quotation only an apposition of the narrator's follows (« A », parent pauvre d'un pays en guerre.)."""
    rest = [t for t in context.paragraph.doc[context.frame.first : context.frame.last] if t.idx >= quoted.outer_end]
    return (
        len(rest) > 2
        and rest[0].text == ","
        and rest[1].pos_ in {"NOUN", "ADJ"}
        and not any("VerbForm=Fin" in str(t.morph) for t in rest)
    )


def _is_accompanied(context: Context, quoted: Quoted) -> bool:
    """Whether behind a quotation only what the speaker did besides follows (« A », citant notamment Y.)."""
    rest = [t for t in context.paragraph.doc[context.frame.first : context.frame.last] if t.idx >= quoted.outer_end]
    opener = next((t for t in rest[1:] if t.lower_ not in {"tout", "en"}), None)
    return (
        len(rest) > 2
        and rest[0].text == ","
        and opener is not None
        and opener.lower_.endswith("ant")
        and opener.pos_ in {"VERB", "AUX"}
        and not any(is_finite(t) for t in rest)
    )


def _whole_frame(context: Context, quoted: Quoted, *, follows: bool) -> Draft | None:
    """Return the draft of a frame that begins and ends with quotations and has no cue: it goes on with the speech before."""
    frame, text = context.frame, context.text
    last = frame.quoted[-1]
    if (
        not follows
        or context.cues
        or last is quoted
        or text[frame.start : quoted.outer_start].strip()
        or text[last.outer_end : frame.end].strip(" .\u00a0\u202f")
    ):
        return None
    segment = trimmed(text, frame.start, frame.end)
    if segment is None or not is_clause(context, segment):
        return None
    return Draft((segment,), None, None, None, "quote.floating_mixed", SpeakerHint(None, None))


def is_sentence(context: Context, quoted: Quoted) -> bool:
    """Whether the quotation could stand alone: it has a finite verb or ends as a sentence does, and is no single word or title."""
    words = [
        t
        for t in context.paragraph.doc[context.frame.first : context.frame.last]
        if quoted.start <= t.idx < quoted.end and t.is_alpha
    ]
    verb = any(t.pos_ in {"VERB", "AUX"} for t in words)
    return len(words) >= 3 and (verb or context.text[quoted.end - 1] in ".!?…")


def _sentence_subject(context: Context, end: int) -> Subject | None:
    """Return the subject of the narrator's clause that leads with a colon to a quotation."""
    for token in context.paragraph.doc[context.frame.first : context.frame.last]:
        if token.idx >= end:
            return None
        if token.dep_.startswith("nsubj") and token.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"}:
            return Subject(token, token.i + 1)
    return None
