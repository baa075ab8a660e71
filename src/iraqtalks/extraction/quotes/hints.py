"""Who the grammar says is speaking in a clause with a cue: its subject, its agent, whom it cites."""

from typing import Final

from iraqtalks.extraction.phrases import GENITIVE
from iraqtalks.extraction.quotes.cues import Cue, grammar
from iraqtalks.extraction.quotes.draft import Context
from iraqtalks.extraction.quotes.source_nouns import phrase_head, phrase_last
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.quotes.subjects import Subject, preposed_subject, relayed_source


def subject_hint(context: Context, cue: Cue) -> SpeakerHint:
    """Return what the grammar says of who speaks by a verb with its subject before it."""
    subject = preposed_subject(context.frame, cue, context.language)
    agent = agent_of(context, cue)
    if agent is not None:
        return SpeakerHint(agent, None, subject)
    relayed = relayed_source(context.frame, cue.last, context.language)
    return SpeakerHint(unnamed_source(context, cue) or _those_who_agree(context, cue) or subject, relayed)


def _those_who_agree(context: Context, cue: Cue) -> Subject | None:
    """Return among whom an agreement reigns to say something (“un consensus au sein de X pour dire que A”), or None."""
    doc, frame = context.paragraph.doc, context.frame
    if not cue.infinitive or cue.first <= frame.first or doc[cue.first - 1].lower_ != "pour":
        return None
    agreement = grammar(context.language, "agreements")
    for index in range(cue.first - 2, max(frame.first, cue.first - 16), -1):
        if doc[index].lower_ in grammar(context.language, "among") and any(
            token.lower_ in agreement for token in doc[max(frame.first, index - 5) : index]
        ):
            after = index + 2 if doc[index + 1].lower_ in GENITIVE else index + 1
            head = phrase_head(frame, after, context.language)
            return None if head is None else Subject(head, phrase_last(context, head))
    return None


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
            head = phrase_head(frame, index + 1, context.language)
            return None if head is None else Subject(head, phrase_last(context, head))
    return None


def unnamed_source(context: Context, cue: Cue) -> Subject | None:
    """Return the source by which an impersonal “on” or “il” learns or says something, or None.

    “a-t-on appris de source policière”, “peut-on lire dans le texte”, “est-il écrit dans le texte”.
    """
    doc, frame = context.paragraph.doc, context.frame
    clitic = (
        cue.clitic.lower_.lstrip("-")
        if cue.clitic is not None
        else doc[cue.first - 1].lower_
        if cue.first > frame.first
        else ""
    )
    if clitic == "il" and cue.clitic is not None and cue.passive:
        return _written_in(context, cue)
    if clitic not in {"on", "l'on", "t-on"}:
        return None
    if cue.clitic is not None and (written := _written_in(context, cue)) is not None:
        return written
    for source in context.sources:
        if source.source == "noun":
            return Subject(doc[source.last - 1], phrase_last(context, doc[source.last - 1]), source=True)
    for index in range(frame.first, frame.last - 2):
        if doc[index].lower_ == "auprès" and doc[index + 1].lower_ in GENITIVE:
            head = phrase_head(frame, index + 2, context.language)
            return None if head is None else Subject(head, phrase_last(context, head))
    return None


def _written_in(context: Context, cue: Cue) -> Subject | None:
    """Return in what it is written that one can read (“peut-on lire dans la tribune”), or None."""
    doc, frame = context.paragraph.doc, context.frame
    for index in range(cue.last, min(frame.last - 1, cue.last + _BEHIND)):
        if doc[index].is_punct:
            return None
        if doc[index].lower_ in {"dans", "sur"}:
            head = phrase_head(frame, index + 1, context.language)
            return None if head is None or head.lower_ == "ce" else Subject(head, phrase_last(context, head))
    return None


_BEHIND: Final = 6
"""How many tokens behind the verb it may be said in what something is written."""
