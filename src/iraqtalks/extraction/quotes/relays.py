"""Who only passes on what somebody else said: the narrator's verb behind a report that has its own source (“Selon X, A, écrit Y”)."""

from dataclasses import replace

from iraqtalks.extraction.phrases import is_finite
from iraqtalks.extraction.quotes.cues import Cue
from iraqtalks.extraction.quotes.draft import Context, Draft
from iraqtalks.extraction.quotes.incise import subject_of_incise
from iraqtalks.extraction.quotes.subjects import Subject
from iraqtalks.language import load

Relay = tuple[Cue, Subject]
"""An incise and its subject."""


def relaying_incise(context: Context, index: int) -> Relay | None:
    """Return the first incise of the frame at or after token `index`, or None."""
    for cue in context.cues:
        subject = subject_of_incise(context, cue) if cue.first >= index else None
        if subject is not None:
            return cue, subject
    return None


def closing_incise(context: Context, index: int) -> Relay | None:
    """Return the incise at or after token `index` that closes the sentence; None where there is none."""
    relay = relaying_incise(context, index)
    if relay is None or relay[1].clitic:
        return None
    cue, subject = relay
    rest = context.paragraph.doc[max(subject.last, cue.last) : context.frame.last]
    return None if any(is_finite(token) for token in rest) else relay


def _is_outlet(context: Context, subject: Subject) -> bool:
    start = context.paragraph.start(subject.token)
    mention = context.cast.headed_at(start) or context.cast.covering(start)
    outlet = mention is not None and context.cast.actors[mention.actor_id].kind == "media"
    return outlet or subject.token.lower_ in load(context.language, "addressees")["named_things"]


def told_by_relay(context: Context, cue: Cue, draft: Draft) -> Draft:
    """Say in the hint of a report that an outlet's incise closes who passed it on.

    An outlet passes a report on (“Y estime que A, rapporte le journal X”); a person who closes it says all of it. Behind a
    participle (“A, Y estimant que B, rapporte X”) the outlet's are the words A too.
    """
    if cue.participle or draft.hint.told is not None:
        return draft
    relay = closing_incise(context, cue.last)
    if relay is None or not _is_outlet(context, relay[1]):
        return draft
    return replace(draft, hint=replace(draft.hint, told=relay[1]))
