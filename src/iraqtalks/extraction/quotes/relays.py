"""Who only passes on what somebody else said: the narrator's verb behind a report that has its own source (“Selon X, A, écrit Y”)."""

from dataclasses import replace

from iraqtalks.extraction.phrases import is_finite
from iraqtalks.extraction.quotes.cues import Cue
from iraqtalks.extraction.quotes.draft import Context, Draft, in_quotation, previous_word
from iraqtalks.extraction.quotes.incise import incise_subject
from iraqtalks.extraction.quotes.subjects import Subject
from iraqtalks.language import load


def is_incise(context: Context, cue: Cue) -> bool:
    """Whether the cue is the narrator's verb behind a comma with its subject inverted."""
    if "incise" not in cue.entry.takes or cue.participle or cue.infinitive:
        return False
    previous = previous_word(context, cue.first)
    behind_comma = previous is not None and previous.text == ","
    return behind_comma and in_quotation(context, cue.verb.i) is None and incise_subject(context, cue) is not None


def relaying_incise(context: Context, index: int) -> Cue | None:
    """Return the first incise of the frame at or after token `index`, or None."""
    return next((cue for cue in context.cues if cue.first >= index and is_incise(context, cue)), None)


def closing_incise(context: Context, index: int) -> tuple[Cue, Subject] | None:
    """Return the incise at or after token `index` that closes the sentence, and its subject; None where there is none."""
    cue = relaying_incise(context, index)
    subject = None if cue is None else incise_subject(context, cue)
    if cue is None or subject is None or subject.clitic:
        return None
    rest = context.paragraph.doc[max(subject.last, cue.last) : context.frame.last]
    return None if any(is_finite(token) for token in rest) else (cue, subject)


def _is_outlet(context: Context, subject: Subject) -> bool:
    start = context.paragraph.start(subject.token)
    mention = context.cast.headed_at(start) or context.cast.covering(start)
    outlet = mention is not None and context.cast.actors[mention.actor_id].kind == "media"
    return outlet or subject.token.lower_ in frozenset(load(context.language, "addressees")["named_things"])


def told_by_relay(context: Context, cue: Cue, draft: Draft) -> Draft:
    """Say in the hint of a report that an outlet's incise closes who passed it on.

    An outlet passes a report on (“Y estime que A, rapporte le journal X”); a person who closes it says all of it. Behind a
    participle (“A, Y estimant que B, rapporte X”) the outlet's are the words A too.
    """
    if cue.participle or draft.cue is None or draft.hint.told is not None:
        return draft
    after = next(
        (t.i for t in context.paragraph.doc[context.frame.first : context.frame.last] if t.idx >= draft.cue[1]), None
    )
    relay = None if after is None else closing_incise(context, after)
    if relay is None or not _is_outlet(context, relay[1]):
        return draft
    return replace(draft, hint=replace(draft.hint, told=relay[1]))
