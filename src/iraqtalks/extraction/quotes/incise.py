"""The verb follows or interrupts what it reports: « A », a déclaré X; A, assure-t-elle, B."""

import re
from dataclasses import replace

from iraqtalks.extraction.actors.nouns import is_person_word
from iraqtalks.extraction.phrases import is_finite
from iraqtalks.extraction.quotes.content import (
    after_connectives,
    opening_bracket,
    token_end,
    token_offset,
    trimmed,
)
from iraqtalks.extraction.quotes.cues import Cue, Entry, grammar, group_of
from iraqtalks.extraction.quotes.draft import (
    Context,
    Draft,
    has_marks,
    in_quotation,
    make_draft,
    previous_word,
    relative_start,
    with_clitics,
)
from iraqtalks.extraction.quotes.frames import Frame
from iraqtalks.extraction.quotes.hints import unnamed_source
from iraqtalks.extraction.quotes.marks import Quoted
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.quotes.standing import is_sentence
from iraqtalks.extraction.quotes.subjects import (
    Subject,
    postposed_subject,
    relayed_source,
)
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import fold


def incise(context: Context, cue: Cue) -> Draft | None:
    """The verb follows or interrupts what it reports, its subject behind it: « A », a déclaré X; A, assure-t-elle, B."""
    if (
        "incise" not in cue.entry.takes
        or cue.infinitive
        or cue.participle
        or (cue.bare_participle and cue.clitic is None)
    ):
        return None
    frame, text = context.frame, context.text
    if "incise" in cue.entry.reflexive and not cue.reflexive:
        return None
    start = token_offset(frame, with_clitics(context, cue))
    previous = previous_word(context, with_clitics(context, cue))
    stretch = in_quotation(context, cue.verb.i)
    closes = any(
        s.outer_end <= start and _closes(frame, s, text[s.outer_end : start]) for s in (*frame.quoted, *frame.inner)
    )
    if previous is None or not (previous.text in {",", ";", "-", "--", "–", "—", "!", "?", "..."} or closes):
        return None
    subject = incise_subject(context, cue)
    if subject is None:
        return None
    if cue.weak and not closes and cue.clitic is None and not _leads_to_subject(context, cue):
        return None
    if stretch is None and not closes and not frame.quoted and cue.entry.quoted and cue.clitic is None:
        return None
    if cue.clitic is None and (
        _governs_object(context, subject)
        or (
            stretch is None
            and cue.entry.lemma not in grammar(context.language, "without_object")
            and _subject_stands_before(context, start, closes=closes)
            and not _verb_follows(context, subject)
        )
    ):
        return None
    lower = stretch.start if stretch is not None else frame.start
    upper = stretch.end if stretch is not None else frame.end
    before = _content_before(context, cue, lower, start)
    hint = SpeakerHint(subject, relayed_source(frame, cue.last, context.language))
    attribution_end = token_end(frame, max(subject.last - 1, cue.last - 1))
    relative = relative_start(context, start)
    if before is not None and relative is not None and not has_marks(context, *before):
        clause = (max(before[0], relative), start)
        after = _content_after(context, cue, subject, clause, upper, interrupts=stretch is not None)
        if after is not None and _is_cut(context, clause, max(subject.last, cue.last)):
            return make_draft(context, [clause, after], cue, "quote.incise", hint, attribution_end)
    after = _content_after(context, cue, subject, before, upper, interrupts=stretch is not None)
    spans = [span for span in (before, after) if span is not None]
    return make_draft(context, spans, cue, "quote.incise", hint, attribution_end)


def _is_cut(context: Context, clause: tuple[int, int], index: int) -> bool:
    """Whether a relative clause is not whole before the source that interrupts it: it ends on its verb or on half a comparison."""
    words = [
        token
        for token in context.paragraph.doc[context.frame.first : context.frame.last]
        if clause[0] <= token.idx < clause[1] and not token.is_punct
    ]
    comma = _after_adverbials(context, index)
    compared = comma is not None and comma + 1 < context.frame.last
    return bool(words) and (
        words[-1].pos_ in {"VERB", "AUX"} or (compared and _completes_comparison(context, clause, (comma or 0) + 1))
    )


def _compared_subject(context: Context, cue: Cue) -> tuple[Token, Subject] | None:
    """Return “comme” and the subject that stands between it and the cue with its clitic (“comme il l'a confié à X”), or None.

    What somebody had announced or promised and then did (“comme il l'avait promis”) is the narrator's own report.
    """
    doc, frame = context.paragraph.doc, context.frame
    index = with_clitics(context, cue) - 1
    if cue.entry.act in _FORETOLD or not any(t.lower_ in {"le", "l'"} for t in doc[index + 1 : cue.verb.i]):
        return None
    if any("Tense=Imp" in str(t.morph) for t in doc[index + 1 : cue.verb.i]):
        return None  # “comme il l'avait dit”
    head = doc[index] if index > frame.first else None
    while index > frame.first and doc[index].pos_ in {"PRON", "DET", "NOUN", "PROPN", "ADJ", "X"}:
        if doc[index].pos_ in {"NOUN", "PROPN", "PRON"}:
            head = doc[index]
        index -= 1
    if head is None or doc[index].lower_ != "comme" or head.i == index:
        return None
    return doc[index], Subject(head, with_clitics(context, cue))


def incise_comme(context: Context, cue: Cue) -> Draft | None:
    """The incise with “comme”: Comme le rapporte X, A; A, comme l'a dit X; A, comme il l'a confié à Y; A comme rappelle X."""
    if "incise" not in cue.entry.takes or cue.infinitive or cue.clitic is not None or cue.entry.act in _WISHED:
        return None
    frame, doc = context.frame, context.paragraph.doc
    previous = previous_word(context, with_clitics(context, cue))
    if previous is not None and previous.lower_ == "comme":
        inverted = postposed_subject(frame, cue, context.cast, context.language)
        compared = None if inverted is None else (previous, inverted)
    else:
        compared = _compared_subject(context, cue)
    if compared is None:
        return None
    comme, subject = compared
    end = max(subject.last, cue.last)
    object_clitic = any(doc[i].lower_ in {"le", "l'"} for i in range(comme.i + 1, cue.verb.i))
    named = context.cast.covering(context.paragraph.start(subject.token)) is not None
    if not object_clitic and (not named or is_finite(doc[end - 1])):
        return None
    hint = SpeakerHint(subject, relayed_source(frame, cue.last, context.language))
    start = token_offset(frame, comme.i)
    if context.text[frame.start : start].strip(' "«'):
        spans = [(after_connectives(context.text, frame.start, start, context.language), start)]
    else:
        closing = _after_adverbials(context, end)
        if closing is None:
            return None
        spans = [(token_end(frame, closing), frame.end)]
    return make_draft(context, spans, cue, "quote.incise_comme", hint, token_end(frame, end - 1))


_WISHED = frozenset({"demand", "ask", "urge"})
"""Acts whose “comme” tells of what is asked for, not of what is said (“comme l'exige la loi”)."""
_FORETOLD = frozenset({"promise", "announce", "threaten"})


def _leads_to_subject(context: Context, cue: Cue) -> bool:
    """Whether what the tagger calls a noun or adjective is a verb by what follows it: an article, a name, or to whom it was said."""
    follower = context.paragraph.doc[cue.last] if cue.last < context.frame.last else None
    return follower is not None and (follower.pos_ in {"DET", "PROPN"} or follower.lower_ in {"à", "au", "aux"})


def _governs_object(context: Context, subject: Subject) -> bool:
    """Whether the phrase behind the verb is the object of a demand, not an inverted subject (“appelait les États-Unis à …”)."""
    doc, frame = context.paragraph.doc, context.frame
    for index in range(subject.token.i + 1, min(frame.last - 1, subject.token.i + 10)):
        if doc[index].is_punct:
            return False
        if (
            doc[index].lower_ in {"à", "de", "d'"}
            and doc[index + 1].pos_ in {"VERB", "AUX"}
            and "VerbForm=Inf" in str(doc[index + 1].morph)
        ):
            return True
    return False


_CLAUSE_SIGNS = frozenset({",", ";", ":", "-", "--", "–", "—", "(", ")"})


def _subject_stands_before(context: Context, upper: int, *, closes: bool) -> bool:
    """Whether the words before the verb are its subject with an apposition or relative clause, and no clause that it could report.

    “Les experts, dont le mandat expire, citent …”: the only verb there belongs to a relative clause. A quotation with no verb
    (« Des décisions “injustes” », s'insurge X) is content all the same.
    """
    doc, frame = context.paragraph.doc, context.frame
    if closes and frame.quoted and frame.quoted[0].outer_start == frame.start:
        return False  # what opens with a quotation is said, not a subject
    relatives = grammar(context.language, "relatives")
    aside = {cue.verb.i for cue in context.cues if _interrupts(context, cue)}
    relative = seen = nominal = False
    for token in doc[frame.first : frame.last]:
        if token.idx >= upper:
            break
        if token.i in aside:
            continue
        if token.text in _CLAUSE_SIGNS:
            relative = False
        elif token.lower_ in relatives and token.lower_ not in {"que", "qu'"}:
            relative = seen = True
        elif is_finite(token) and not relative:
            return False
        elif token.pos_ in {"NOUN", "PROPN", "PRON", "X"} and token.lower_ not in grammar(
            context.language, "time_nouns"
        ):
            nominal = nominal or not any(child.dep_ == "case" for child in token.children)
    # A connective or an adverbial alone is no subject (“Car, expliquent les experts, …”, “A cause d'elle, assure X, …”).
    return nominal and (seen or not closes)


def _interrupts(context: Context, cue: Cue) -> bool:
    """Whether the cue is an incise between commas, after which the clause goes on (“Les parents, précise X, ont alerté …”)."""
    subject = subject_of_incise(context, cue)
    if subject is None:
        return False
    last = max(subject.last, cue.last)
    return last < context.frame.last and context.paragraph.doc[last].text == ","


def _verb_follows(context: Context, subject: Subject) -> bool:
    """Whether behind the comma after the inverted subject the verb of the reported clause comes (“Le texte, dit X, n'oblige personne”)."""
    doc, frame = context.paragraph.doc, context.frame
    index = subject.last
    if index >= frame.last or doc[index].text != ",":
        return False
    lead = grammar(context.language, "object_clitics") | {"ne", "n'"}
    index += 1
    while index < frame.last and (doc[index].is_quote or doc[index].is_space or doc[index].lower_ in lead):
        index += 1
    return index < frame.last and is_finite(doc[index])


def _closes(frame: Frame, stretch: Quoted, gap: str) -> bool:
    """Whether a verb after `gap` follows the quotation as its cue: behind a comma, or right behind a whole sentence of speech."""
    if gap.strip(" ,\u00a0\u202f-–—.!?"):
        return False
    return bool(gap.strip()) or stretch.outer_start == frame.start


def any_verb(context: Context, drafts: list[Draft]) -> list[Draft]:
    """A verb that is in no lexicon stands where a cue does, behind a comma and a quotation: « A », souffle X."""
    frame, doc = context.frame, context.paragraph.doc
    found: list[Draft] = []
    for quoted in frame.quoted:
        if any(
            quoted.start < end and start < quoted.end for draft in (*drafts, *found) for start, end in draft.segments
        ):
            continue
        if not is_sentence(context, quoted):
            continue
        index = next((i for i in range(frame.first, frame.last) if doc[i].idx >= quoted.outer_end), frame.last)
        if index >= frame.last or doc[index].text != ",":
            continue
        verb = next(
            (
                doc[i]
                for i in range(index + 1, min(index + 5, frame.last))
                if doc[i].pos_ in {"VERB", "NOUN", "ADJ"}
                and doc[i].lower_ not in grammar(context.language, "time_nouns")
            ),
            None,
        )
        if (
            verb is None
            or any(t.pos_ in {"DET", "ADP", "CCONJ", "SCONJ", "NUM"} or t.is_punct for t in doc[index + 1 : verb.i])
            or "VerbForm=Inf" in str(verb.morph)
            or verb.lower_.endswith("ant")
        ):
            continue
        # The tagger that took the verb for a noun gives the form as its lemma: a verb in -er, as new verbs of saying are.
        lemma = f"{verb.lower_}r" if verb.lemma_ == verb.lower_ and verb.lower_.endswith("e") else verb.lemma_
        cue = group_of(verb, Entry(lemma, "say", frozenset({"incise"}), frozenset(), False, False), context.language)
        draft = incise(context, cue)
        if draft is not None and not any(cue.first <= other.verb.i < cue.last for other in context.cues):
            found.append(replace(draft, rule="quote.incise_any_verb"))
    return found


def subject_of_incise(context: Context, cue: Cue) -> Subject | None:
    """Return the subject of the narrator's verb behind a comma, inverted; None where the cue is no such incise."""
    if "incise" not in cue.entry.takes or cue.participle or cue.infinitive:
        return None
    previous = previous_word(context, cue.first)
    if previous is None or previous.text != "," or in_quotation(context, cue.verb.i) is not None:
        return None
    return incise_subject(context, cue)


def incise_subject(context: Context, cue: Cue) -> Subject | None:
    """Return the subject of an inverted verb: the clitic joined to it, or the noun phrase behind it."""
    if cue.clitic is not None:
        return unnamed_source(context, cue) or Subject(cue.clitic, cue.last, clitic=True)
    doc = context.paragraph.doc
    if cue.last < context.frame.last and doc[cue.last].lower_ in {"que", "qu'"}:
        return None
    return postposed_subject(context.frame, cue, context.cast, context.language)


def _content_before(context: Context, cue: Cue, lower: int, upper: int) -> tuple[int, int] | None:
    """Return the words before an incise that it reports: from the frame's start, an opening bracket, or the narrator's colon."""
    frame, text, doc = context.frame, context.text, context.paragraph.doc
    start = lower
    bracket = opening_bracket(frame, text, upper)
    if bracket is not None:
        start = max(start, bracket)
    for quoted in frame.quoted:
        lead = text[start : quoted.outer_start]
        if quoted.outer_start < upper and quoted.outer_start > start and lead.rstrip().endswith(":"):
            start = quoted.outer_start
            break
    for other in context.cues:
        if other.verb.i >= cue.first or other.verb.i == cue.verb.i:
            break
        separator = _coordination_before(context, other, cue)
        if separator is not None:
            start = max(start, separator)
    joint = previous_word(context, with_clitics(context, cue))
    before = doc[joint.i - 1] if joint is not None and joint.is_punct and joint.i > frame.first else None
    if before is not None and before.pos_ == "CCONJ" and before.i > frame.first and lower == frame.start:
        return None  # “A et, ajoute X, B”: what comes before the conjunction is the narrator's
    start = after_connectives(text, start, upper, context.language)
    return (start, upper) if trimmed(text, start, upper) is not None else None


def _coordination_before(context: Context, other: Cue, cue: Cue) -> int | None:
    """Return where the content of `cue` begins when an earlier incise in the frame ended the one before (« A », dit X, « B », dit Y)."""
    if in_quotation(context, other.verb.i) is not None or "incise" not in other.entry.takes:
        return None
    start = token_offset(context.frame, other.first)
    closed = [s for s in context.frame.quoted if s.outer_end <= start]
    later = [s for s in context.frame.quoted if start < s.outer_start < token_offset(context.frame, cue.first)]
    if closed and later and incise_subject(context, other) is not None:
        return later[0].outer_start
    return None


def _content_after(
    context: Context, cue: Cue, subject: Subject, before: tuple[int, int] | None, upper: int, *, interrupts: bool
) -> tuple[int, int] | None:
    """Return the words after an incise that go on with what it reports, or None where the narrator has the word again."""
    frame, text = context.frame, context.text
    resume = token_end(frame, max(subject.last, cue.last) - 1)
    if interrupts:
        return (resume, upper) if trimmed(text, resume, upper) is not None else None
    next_cue = next(
        (
            token_offset(frame, o.first)
            for o in context.cues
            if o.first > cue.last and in_quotation(context, o.verb.i) is None
        ),
        upper,
    )
    for quoted in frame.quoted:
        if quoted.outer_start >= resume:
            gap = text[resume : quoted.outer_start]
            lead = _LEADS_ON.search(gap)
            if lead is None and not gap.strip() and before is not None and has_marks(context, *before):
                return quoted.outer_start, quoted_run_end(frame, text, quoted, next_cue)  # « A », dit X « mais B »
            if quoted.outer_start < next_cue and lead is not None and not _is_title(context, quoted):
                start = quoted.outer_start if lead["purpose"] is None else resume + lead.start("purpose")
                return start, quoted_run_end(frame, text, quoted, next_cue)
            if before is not None and _has_main_verb(context, before):
                return None
            break
    if before is not None and any(
        s.closed and before[0] < s.outer_end <= before[1] and not text[s.outer_end : before[1]].strip(" ,\u00a0\u202f")
        for s in frame.quoted
    ):
        return None  # the quotation is closed: what is not quoted behind its cue is the narrator's
    index = _after_adverbials(context, max(subject.last, cue.last))
    if index is None or not (cue.clitic is not None or before is None or not _has_main_verb(context, before)):
        return None
    if before is not None and (
        index + 1 >= frame.last
        or (_opens_remark(context, index + 1) and not _completes_comparison(context, before, index + 1))
    ):
        return None
    return token_end(frame, index), upper


def _is_title(context: Context, quoted: Quoted) -> bool:
    """Whether a quotation behind the subject only calls it something (“a déclaré X, « ministre » des rebelles”)."""
    words = [
        t for t in context.paragraph.doc[context.frame.first : context.frame.last] if quoted.start <= t.idx < quoted.end
    ]
    return (
        bool(words)
        and is_person_word(fold(words[0].text), context.language)
        and not any(t.pos_ in {"VERB", "AUX"} for t in words)
    )


def _has_main_verb(context: Context, span: tuple[int, int]) -> bool:
    """Whether the words can stand alone: a quotation, or a finite verb that is in no relative clause (“Ce qu'il veut, dit-il, …”)."""
    if has_marks(context, *span):
        return True
    relative = False
    for token in context.paragraph.doc[context.frame.first : context.frame.last]:
        if not span[0] <= token.idx < span[1]:
            continue
        if token.text in _CLAUSE_SIGNS:
            relative = False
        elif token.lower_ in grammar(context.language, "relatives"):
            relative = True
        elif is_finite(token) and not relative:
            return True
    return False


def _after_adverbials(context: Context, index: int) -> int | None:
    """Return the index of the comma that closes an incise, past whom, where and when it was said; None where there is none."""
    doc, frame = context.paragraph.doc, context.frame
    for position in range(index, min(frame.last, index + 14)):
        token = doc[position]
        if token.text == ",":
            return position
        if token.is_punct and token.text not in {"-", "'"}:
            return None
        if is_finite(token):
            return None
    return None


def _completes_comparison(context: Context, before: tuple[int, int], index: int) -> bool:
    """Whether “que” behind an incise is the other side of a comparison before it (“vaut mieux, dit-il, que …”)."""
    if context.paragraph.doc[index].lower_ not in {"que", "qu'"}:
        return False
    comparatives = grammar(context.language, "comparatives")
    return any(
        token.lower_ in comparatives
        for token in context.paragraph.doc[context.frame.first : index]
        if before[0] <= token.idx < before[1]
    )


def _opens_remark(context: Context, index: int) -> bool:
    """Whether the words behind an incise are the narrator's again: a participle, a relative or other clause, an adverbial."""
    token = context.paragraph.doc[index]
    language = context.language
    return (
        token.lower_
        in grammar(language, "relatives") | grammar(language, "remarks") | grammar(language, "subordinators")
        or token.lower_.endswith("ant")
        or token.lower_ in {"tout", "alors", "tandis"}
        or token.pos_ == "SCONJ"
    )


_LEADS_ON = re.compile(
    r"(?:[,:–-]|,\s*(?:mais|et|puis|car|(?P<purpose>afin de|afin d'|pour|avant de|avant d'|sans)))\s*$"
)
"""What stands between an incise and a quotation that goes on with the one before; what leads to an infinitive is said too."""


def quoted_run_end(frame: Frame, text: str, quoted: Quoted, limit: int) -> int:
    """Return the end of the content that begins with `quoted`: quotations joined to it, and the narrator's words to the next comma."""
    end = quoted.outer_end
    for following in (*frame.quoted, None):
        if following is None or (
            following.outer_start >= end and text[end : following.outer_start].strip(" \u00a0\u202f,") not in _RUNS
        ):
            comma = re.compile(r"[,;(]|\s[-–—]|--").search(text, end, limit)
            stop = comma.start() if comma else limit
            inner = next((s for s in frame.quoted if s.outer_start < stop < s.outer_end), None)
            return inner.outer_end if inner is not None else stop
        if following.outer_start >= end and following.outer_start < limit:
            end = following.outer_end
    return end


_RUNS = frozenset({"", "et", "mais", "et que", "puis", "ou"})
