"""A sentence says whose the one before was: A. C'est ce qu'a expliqué X."""

from iraqtalks.extraction.quotes.content import trimmed
from iraqtalks.extraction.quotes.cues import grammar
from iraqtalks.extraction.quotes.draft import Context, Draft, make_draft
from iraqtalks.extraction.quotes.frames import Frame
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.quotes.subjects import postposed_subject

_OPENING = 7
"""Within how many tokens “ce que” comes (“C'est en tout cas ce que …”)."""


def taken_up(context: Context, before: Frame | None) -> Draft | None:
    """The sentence takes up the narrator's one before it and says whose it is: A. C'est ce qu'a expliqué X."""
    frame, doc = context.frame, context.paragraph.doc
    if before is None or doc[frame.first].lower_ not in grammar(context.language, "presentatives"):
        return None
    link = next(
        (
            index
            for index in range(frame.first + 1, min(frame.first + _OPENING, frame.last - 1))
            if doc[index].lower_ == "ce" and doc[index + 1].lower_ in {"que", "qu'"}
        ),
        None,
    )
    cue = next((c for c in context.cues if link is not None and c.first == link + 2), None)
    if cue is None or cue.infinitive or not cue.entry.takes & {"que", "incise"}:
        return None
    subject = postposed_subject(frame, cue, context.cast, context.language)
    content = trimmed(context.text, before.start, before.end)
    if subject is None or content is None or before.quoted:
        return None
    return make_draft(context, [content], cue, "quote.taken_up", SpeakerHint(subject, None), frame.end)
