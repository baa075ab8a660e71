"""Who the grammar says is speaking in a clause with a cue: its subject, its agent, whom it cites."""

from iraqtalks.extraction.quotes.cues import Cue
from iraqtalks.extraction.quotes.draft import Context
from iraqtalks.extraction.quotes.source_nouns import phrase_head, phrase_last
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.quotes.subjects import Subject, preposed_subject, relayed_source


def subject_hint(context: Context, cue: Cue) -> SpeakerHint:
    """Return what the grammar says of who speaks by a verb with its subject before it."""
    agent = agent_of(context, cue)
    subject = preposed_subject(context.frame, cue, context.language) if agent is None else agent
    return SpeakerHint(subject, relayed_source(context.frame, cue.last, context.language))


def agent_of(context: Context, cue: Cue) -> Subject | None:
    """Return who speaks of or to a subject that does not (“X s'est vu reprocher par Y de …”, “X, accusé par Y de …”)."""
    doc, frame = context.paragraph.doc, context.frame
    causative = cue.infinitive and any(
        token.lower_ in {"vu", "vue", "vus", "vues"} for token in doc[max(frame.first, cue.first - 3) : cue.first]
    )
    if not causative and not cue.passive:
        return None
    for index in range(cue.last, min(frame.last, cue.last + 12)):
        if doc[index].lower_ == "par":
            head = phrase_head(frame, index + 1)
            return None if head is None else Subject(head, phrase_last(context, head))
    return None
