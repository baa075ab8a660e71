"""The verb leads to words in quotation marks: X a ajouté : « A »; X juge Y « Z »; X dénonce une « farce »."""

import re
from dataclasses import replace

from iraqtalks.extraction.actors.nouns import is_person_word
from iraqtalks.extraction.phrases import GENITIVE, is_finite
from iraqtalks.extraction.quotes.clauses import only_asides
from iraqtalks.extraction.quotes.content import (
    token_end,
    token_offset,
)
from iraqtalks.extraction.quotes.cues import Cue, grammar
from iraqtalks.extraction.quotes.draft import (
    Context,
    Draft,
    in_quotation,
    is_clause,
    make_draft,
    previous_word,
    with_clitics,
)
from iraqtalks.extraction.quotes.endings import begins_venue, content_end
from iraqtalks.extraction.quotes.frames import Frame
from iraqtalks.extraction.quotes.hints import agent_of, subject_hint
from iraqtalks.extraction.quotes.incise import quoted_run_end
from iraqtalks.extraction.quotes.marks import Quoted
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.quotes.subjects import object_phrase, postposed_subject
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import fold


def colon(context: Context, cue: Cue) -> Draft | None:
    """A colon leads from the verb to what it reports: X a ajouté : « A »; X prévient: A."""
    if cue.passive or not cue.entry.takes & {"incise", "que", "np"}:
        return None
    if in_quotation(context, cue.verb.i) is not None:
        return _nested_colon(context, cue)
    if "incise" in cue.entry.reflexive and not cue.reflexive:
        return None
    frame, text = context.frame, context.text
    position = _colon_after(context, cue.last)
    if position is None:
        return None
    if any(
        o.verb.i > cue.verb.i
        and token_offset(frame, o.verb.i) < position
        and not o.infinitive
        and in_quotation(context, o.verb.i) is None
        for o in context.cues
    ):
        return None
    start = position + 1
    quoted = [s for s in frame.quoted if s.outer_start >= start]
    if quoted and not text[start : quoted[0].outer_start].strip():
        end = quoted_run_end(frame, text, quoted[0], frame.end)
    elif (
        (quoted and (cue.entry.quoted or cue.entry.thought))
        or cue.entry.quoted
        or cue.entry.thought
        or cue.clitic is not None
        or "que" not in cue.entry.takes
        or not only_asides(context.paragraph.doc, cue.last, _token_at(frame, position), context.language)
    ):
        return None  # behind an object the colon opens a list, not a report (“a demandé une peine: la confiscation”)
    elif not is_clause(context, (start, frame.end)):
        return None  # “propose des contenus : vidéo, article, dessin”
    else:
        end = frame.end
    if start - token_end(frame, cue.last - 1) > 160:
        return None
    previous = previous_word(context, with_clitics(context, cue))
    if previous is not None and (previous.lower_ == "comme" or previous.text == ","):
        # “Comme le souligne X : « A »”, “Impossible, explique X : « A »”: the subject is inverted
        inverted = postposed_subject(frame, cue, context.cast, context.language)
        if inverted is not None:
            return make_draft(context, [(start, end)], cue, "quote.colon", SpeakerHint(inverted, None), start)
    return make_draft(context, [(start, end)], cue, "quote.colon", subject_hint(context, cue), start)


def _token_at(frame: Frame, offset: int) -> int:
    """Return the index of the frame's first token at or after the offset."""
    return next((i for i in range(frame.first, frame.last) if frame.paragraph.doc[i].idx >= offset), frame.last)


def _nested_colon(context: Context, cue: Cue) -> Draft | None:
    """The cue and what it reports stand in a quotation, the reported words in marks of their own: « Ils m'ont dit : +A+ »."""
    start = token_end(context.frame, cue.last - 1)
    inner = next((s for s in context.frame.inner if s.outer_start >= start), None)
    if inner is None or context.text[start : inner.outer_start].strip(" \u00a0\u202f") != ":":
        return None
    return make_draft(context, [(inner.start, inner.end)], cue, "quote.nested_colon", subject_hint(context, cue), start)


def _colon_after(context: Context, index: int) -> int | None:
    """Return the offset of the first colon outside the quotations after token `index`, or None."""
    text, frame = context.text, context.frame
    position = text.find(":", token_offset(frame, index - 1) + 1, frame.end)
    while position >= 0 and frame.stretch_at(position) is not None:
        position = text.find(":", position + 1, frame.end)
    return position if position >= 0 else None


_ARTICLE = r"(?: un| une| des| l'| le| la| les)?"
_LINKS = {"de": rf"\b(?:de|d')({_ARTICLE}\s*)$", "comme": r"\bcomme(\s[^,;:]*)$"}
"""The word that leads to what is said of the object, and the words after it: “de” a quotation at once, “comme” a phrase that holds one."""


def _is_said_of_thing(context: Context, cue: Cue, span: tuple[int, int]) -> bool:
    """Whether the object between two offsets is part of what is said (“a qualifié l'accord de « X »”): it is no person or body."""
    words = [t for t in context.paragraph.doc[cue.last : context.frame.last] if span[0] <= t.idx < span[1]]
    return (
        cue.entry.link == "de"
        and bool(words)
        and not any(
            context.cast.covering(context.paragraph.start(t)) is not None
            or (t.pos_ == "NOUN" and is_person_word(fold(t.text), context.language))
            for t in words
        )
    )


_AGENT = re.compile(r"\spar\s")


def attribute(context: Context, cue: Cue) -> Draft | None:
    """The verb says something of an object, in quotation marks: X a jugé l'accord « caduc »; X a qualifié Y de « Z »."""
    if "attr" not in cue.entry.takes or in_quotation(context, cue.verb.i) is not None:
        return None
    if cue.passive and agent_of(context, cue) is None:
        return None
    frame, text = context.frame, context.text
    start = token_end(frame, cue.last - 1)
    quoted = _quoted_complement(context, cue)
    if quoted is None:
        return None
    phrase = None if cue.passive else object_phrase(frame, cue, quoted.outer_start, context.language)
    if cue.entry.link is not None:
        lead = re.search(_LINKS[cue.entry.link], text[start : quoted.outer_start])
        if lead is None:
            return None
        opened = start + lead.start(1)
        start = (
            opened if phrase is None or not _is_said_of_thing(context, cue, (phrase, start + lead.start())) else phrase
        )
    elif phrase is not None:
        start = phrase
    end = _phrase_end(context, cue, quoted)
    hint = subject_hint(context, cue)
    if cue.passive:
        hint = replace(hint, told=None)  # the subject is what is spoken of
        agent = _AGENT.search(text, quoted.outer_end, end)
        end = end if agent is None else agent.start()
    return make_draft(context, [(start, end)], cue, "quote.attribute", hint, start)


def wording(context: Context, cue: Cue) -> Draft | None:
    """The verb takes a noun phrase that quotes wording, or the bare quotation: X a dénoncé une « farce »; X a lancé « A »."""
    if "np" not in cue.entry.takes or cue.passive or in_quotation(context, cue.verb.i) is not None:
        return None
    frame = context.frame
    quoted = _quoted_complement(context, cue)
    if quoted is None:
        return None
    phrase = object_phrase(frame, cue, quoted.outer_start, context.language)
    start = quoted.outer_start if phrase is None else phrase
    between = (t for t in context.paragraph.doc[cue.last : frame.last] if start <= t.idx < quoted.outer_start)
    # A verb there is not the noun phrase's, but for an infinitive that completes a noun (“son intention d'assurer « … »”).
    if any(
        t.pos_ in {"VERB", "AUX"}
        and "VerbForm=Part" not in str(t.morph)
        and not (phrase is not None and "VerbForm=Inf" in str(t.morph) and t.nbor(-1).lower_ in {"de", "d'"})
        for t in between
    ):
        return None
    end = _phrase_end(context, cue, quoted)
    return make_draft(context, [(start, end)], cue, "quote.wording", subject_hint(context, cue), start)


def _quoted_complement(context: Context, cue: Cue) -> Quoted | None:
    """Return the first quotation in the verb's complement: before any other clause or cue begins."""
    frame, doc = context.frame, context.paragraph.doc
    quoted = next((s for s in frame.quoted if s.outer_start >= token_end(frame, cue.last - 1)), None)
    if quoted is None:
        return None
    if any(cue.verb.i < other.verb.i and other.verb.idx < quoted.start for other in context.cues):
        return None  # “a dénoncé un geste et réclamé « A »”
    asides = 0
    for index in range(cue.last, frame.last):
        token = doc[index]
        if token.idx >= quoted.start:
            break
        if token.lower_ in {"après", "avant"} and doc[index - 1].lower_ in {"peu", "juste"}:
            continue  # “a appelé peu après à la « retenue »”
        if token.text in {";", ":"} or token.lower_ in {
            "qui",
            "que",
            "qu'",
            "dont",
            "où",
            "après",
            "avant",
            "alors",
            "lorsque",
            "quand",
        }:
            return None
        if is_finite(token):
            return None
        if token.text == ",":
            asides += 1
    # Commas in pairs hold an aside (“a dénoncé, jeudi, une « farce »”); an odd one ends the complement.
    return None if asides % 2 else quoted


def _phrase_end(context: Context, cue: Cue, quoted: Quoted) -> int:
    """Return the end of the noun phrase that holds `quoted`: its own words after the quotation, to the next clause or cue.

    Where and in what it was said (“dans un communiqué”, “lors d'un entretien”, a date) is the narrator's and ends it too.
    """
    frame, text, doc = context.frame, context.text, context.paragraph.doc
    end = quoted.outer_end
    limit = content_end(context, cue, cue.last)
    participle = False
    for index in range(frame.first, frame.last):
        token = doc[index]
        if token.idx < end:
            continue
        if token.idx >= limit or token.text in {";", ":", "(", ".", "--"}:
            break
        stretch = frame.stretch_at(token.idx)
        if stretch is not None:
            end = stretch.outer_end
        elif (
            token.text == ","
            or (
                token.lower_ in grammar(context.language, "phrase_ends")
                and not (participle and token.lower_ == "pour")
                and doc[index - 1].lower_ not in GENITIVE  # “les frontières d'avant la guerre”
            )
            or begins_venue(context, index)
        ):
            following = next((s for s in frame.quoted if s.outer_start >= token.idx), None)
            joined = (
                following is not None and text[token.idx : following.outer_start].strip(" ,\u00a0\u202f") in _JOINTS
            )
            if not joined or following is None or following.outer_start >= limit:
                break
            end = following.outer_end
        else:
            participle = participle or "VerbForm=Part" in str(token.morph)
            end = token_end(frame, index)
    while (
        end > quoted.outer_end
        and (last := _last_token(frame, end)) is not None
        and last.pos_ in {"ADP", "DET", "CCONJ"}
    ):
        end = last.idx
    return min(end, max(limit, quoted.outer_end))


def _last_token(frame: Frame, end: int) -> Token | None:
    """Return the frame's last token before the offset, or None."""
    return next((t for t in reversed(frame.paragraph.doc[frame.first : frame.last]) if t.idx < end), None)


_JOINTS = frozenset(
    {"", "et", "mais", "ou", "en", "et une", "et un", "et des", "et d'", "et de", "et les", "et la", "et le"}
)
