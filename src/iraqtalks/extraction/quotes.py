"""A reading and its cast → its quotes: content, cue, speaker.

Each rule is a function of a frame and a cue that returns a draft, or None where it does not apply; its docstring gives an
example. Rules find content and say where the speaker is named; `iraqtalks.extraction.speakers` says who that is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from iraqtalks.extraction.cast import Cast
from iraqtalks.extraction.content import (
    after_connectives,
    clause_end,
    kind_of,
    opening_bracket,
    token_end,
    token_offset,
    trimmed,
)
from iraqtalks.extraction.cues import Cue, SourcePhrase, find_cues, find_source_phrases, grammar
from iraqtalks.extraction.frames import Frame, frames
from iraqtalks.extraction.marks import Quoted, quoted_stretches
from iraqtalks.extraction.model import DateMention, Paragraph, Quote, Reading
from iraqtalks.extraction.speakers import SpeakerFinder, SpeakerHint
from iraqtalks.extraction.subjects import Subject, object_phrase, postposed_subject, preposed_subject, relayed_source
from iraqtalks.language import load


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote before its speaker is known. Segments and cue are offsets into the paragraph."""

    segments: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    lemma: str | None
    act: str | None
    rule: str
    hint: SpeakerHint
    negated: bool = False
    attribution: tuple[int, int] | None = None
    """The stretch with cue, speaker and adverbials, where a date or an addressee of the saying may stand."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rules of one frame look at."""

    frame: Frame
    text: str
    cues: list[Cue]
    sources: list[SourcePhrase]
    cast: Cast
    language: str

    @property
    def paragraph(self) -> Paragraph:
        return self.frame.paragraph


def find_quotes(reading: Reading, cast: Cast, dates: Sequence[DateMention], language: str = "fr") -> list[Quote]:
    """Return the article's quotes in order of their start, with their speakers; adds the speakers' mentions to the cast."""
    finder = SpeakerFinder(reading, cast, dates, language)
    quotes: list[Quote] = []
    open_quote: Quote | None = None
    for paragraph in reading.paragraphs:
        if paragraph.block.kind == "subhead":
            continue
        text = reading.text[paragraph.block.start : paragraph.block.end].replace("’", "'")
        raw = reading.text[paragraph.block.start : paragraph.block.end]
        stretches = quoted_stretches(raw, language, continued=open_quote is not None)
        found: list[Quote] = []
        for frame in frames(paragraph, raw, stretches, language):
            drafts = _frame_drafts(frame, text, cast, language, follows=bool(quotes or found))
            for draft in drafts:
                quote = _finish(draft, paragraph, raw, stretches, reading)
                finder.attribute(quote, draft.hint, paragraph, draft.attribution)
                found.append(quote)
        if open_quote is not None and found and _continues(found[0], stretches, paragraph):
            open_quote.segments = (*open_quote.segments, *found.pop(0).segments)
        quotes.extend(found)
        unclosed = any(stretch.depth == 0 and not stretch.closed for stretch in stretches)
        if unclosed:
            open_quote = found[-1] if found else open_quote
        else:
            open_quote = None
    quotes.sort(key=lambda quote: (quote.start, -quote.end))
    _nest(quotes)
    return quotes


def _continues(quote: Quote, stretches: list[Quoted], paragraph: Paragraph) -> bool:
    """Whether the paragraph's first quote goes on with one that the paragraph before left open."""
    first = next((stretch for stretch in stretches if stretch.depth == 0), None)
    return (
        quote.cue is None
        and first is not None
        and paragraph.block.start + first.start == quote.start
        and first.outer_start == 0
    )


def _finish(draft: Draft, paragraph: Paragraph, raw: str, stretches: list[Quoted], reading: Reading) -> Quote:
    offset = paragraph.block.start
    ranges = [(stretch.start, stretch.end) for stretch in stretches]
    return Quote(
        segments=tuple((start + offset, end + offset) for start, end in draft.segments),
        kind=kind_of(ranges, raw, list(draft.segments)),
        rule=draft.rule,
        cue=None if draft.cue is None else (draft.cue[0] + offset, draft.cue[1] + offset),
        cue_lemma=draft.lemma,
        act=draft.act,
        negated=draft.negated,
    )


def _nest(quotes: list[Quote]) -> None:
    """Set the parent of each quote that stands inside a segment of a longer one of another cue."""
    for index, quote in enumerate(quotes):
        for outer in reversed(quotes[:index]):
            inside = all(any(a <= start and end <= b for a, b in outer.segments) for start, end in quote.segments)
            cue_inside = quote.cue is None or any(a <= quote.cue[0] and quote.cue[1] <= b for a, b in outer.segments)
            if (
                inside
                and cue_inside
                and outer.cue != quote.cue
                and (outer.start, outer.end) != (quote.start, quote.end)
            ):
                quote.parent = outer
                break


# -- the rules of one frame ------------------------------------------------------------------------------------------------


def _frame_drafts(frame: Frame, text: str, cast: Cast, language: str, *, follows: bool) -> list[Draft]:
    """Return the drafts of one frame: those of its verbs, of its prepositions, and of quotations that nothing introduces."""
    doc = frame.paragraph.doc[frame.first : frame.last]
    if not len(doc):
        return []
    cues = [cue for cue in find_cues(frame.paragraph.doc, language) if frame.first <= cue.verb.i < frame.last]
    sources = [s for s in find_source_phrases(frame.paragraph.doc, language) if frame.first <= s.first < frame.last]
    context = _Context(frame, text, cues, sources, cast, language)
    drafts: list[Draft] = []
    for source in sources:
        draft = source_phrase(context, source)
        if draft is not None:
            drafts.append(draft)
    for cue in cues:
        draft = _verb_draft(context, cue)
        if draft is not None and not _repeats(draft, drafts):
            drafts.append(draft)
    drafts = _resolve(drafts)
    drafts.extend(_left_over(context, drafts, follows=follows))
    return drafts


def _verb_draft(context: _Context, cue: Cue) -> Draft | None:
    """Return the draft of the first rule that applies to the verb."""
    if cue.infinitive and not _is_voiced(context, cue):
        return None
    for rule in (incise, indirect_question, que_clause, infinitive, colon, attribute, wording):
        draft = rule(context, cue)
        if draft is not None:
            return draft
    return None


def _is_voiced(context: _Context, cue: Cue) -> bool:
    """Whether an infinitive reports an act of saying (“a tenu à rappeler que”, “pour dire : « … »”), not a possible one."""
    doc, language = context.paragraph.doc, context.language
    index = cue.first - 1
    while index >= context.frame.first and (
        doc[index].pos_ in {"ADV", "ADP"} or doc[index].lower_ in grammar(language, "object_clitics")
    ):
        if doc[index].lower_ == "sans":
            return False
        index -= 1
    before = {token.lower_ for token in doc[max(context.frame.first, index) : cue.first]}
    if before & grammar(language, "voicing"):
        return True
    return bool(before & {"pour", "avant"}) and _has_marks(
        context, token_end(context.frame, cue.last - 1), context.frame.end
    )


def _overlap(one: Draft, two: Draft) -> float:
    """Return the share of the shorter draft's content that both cover."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one.segments for c, d in two.segments)
    shorter = min(sum(b - a for a, b in one.segments), sum(d - c for c, d in two.segments))
    return shared / max(shorter, 1)


def _same_content(one: Draft, two: Draft) -> bool:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one.segments for c, d in two.segments)
    longer = max(sum(b - a for a, b in one.segments), sum(d - c for c, d in two.segments))
    return shared / max(longer, 1) > 0.7


def _repeats(draft: Draft, others: list[Draft]) -> bool:
    return any(_same_content(draft, other) for other in others)


def _resolve(drafts: list[Draft]) -> list[Draft]:
    """Drop a draft that cuts across another one's content: the one found by the earlier rule stands."""
    kept: list[Draft] = []
    for draft in drafts:
        crossing = any(0.05 < _overlap(draft, other) < 0.95 for other in kept)
        if not crossing:
            kept.append(draft)
    return kept


def _make(
    context: _Context,
    spans: Sequence[tuple[int, int]],
    cue: Cue,
    rule: str,
    hint: SpeakerHint,
    attribution_end: int | None = None,
) -> Draft | None:
    segments = tuple(piece for start, end in spans if (piece := trimmed(context.text, start, end)) is not None)
    if not segments:
        return None
    start, end = token_offset(context.frame, cue.first), token_end(context.frame, cue.last - 1)
    return Draft(
        segments,
        (start, end),
        cue.entry.lemma,
        cue.entry.act,
        rule,
        hint,
        cue.negated,
        (start, max(end, attribution_end or end)),
    )


def _in_quotation(context: _Context, index: int) -> Quoted | None:
    return context.frame.stretch_at(token_offset(context.frame, index))


def _has_marks(context: _Context, start: int, end: int) -> bool:
    """Whether a quoted stretch reaches into the text between two offsets."""
    return any(s.start < end and s.end > start for s in (*context.frame.quoted, *context.frame.inner))


def _previous_word(context: _Context, index: int) -> Token | None:
    """Return the token before `index` in the frame, adverbs and quotation marks skipped."""
    doc = context.paragraph.doc
    index -= 1
    while index >= context.frame.first and (
        doc[index].pos_ == "ADV" or doc[index].text in "\"«»“”'+" or doc[index].is_space
    ):
        index -= 1
    return doc[index] if index >= context.frame.first else None


def incise(context: _Context, cue: Cue) -> Draft | None:
    """The verb follows or interrupts what it reports, its subject behind it: « A », a déclaré X; A, assure-t-elle, B."""
    if "incise" not in cue.entry.takes or cue.infinitive or cue.participle:
        return None
    frame, text = context.frame, context.text
    if "incise" in cue.entry.reflexive and not cue.reflexive:
        return None
    start = token_offset(frame, _with_clitics(context, cue))
    previous = _previous_word(context, _with_clitics(context, cue))
    stretch = _in_quotation(context, cue.verb.i)
    closes = any(
        s.outer_end <= start and not text[s.outer_end : start].strip(" ,\u00a0\u202f-–—.!?")
        for s in (*frame.quoted, *frame.inner)
    )
    if previous is None or not (previous.text in {",", ";", "-", "--", "–", "—", "!", "?", "..."} or closes):
        return None
    subject = _incise_subject(context, cue)
    if subject is None:
        return None
    if cue.weak and not closes:
        return None
    if (
        stretch is None
        and not closes
        and not frame.quoted
        and (cue.entry.quoted or cue.entry.thought)
        and cue.clitic is None
    ):
        return None
    lower = stretch.start if stretch is not None else frame.start
    upper = stretch.end if stretch is not None else frame.end
    before = _content_before(context, cue, lower, start)
    after = _content_after(context, cue, subject, before, upper, interrupts=stretch is not None)
    spans = [span for span in (before, after) if span is not None]
    hint = SpeakerHint(subject, relayed_source(frame, cue.last, context.language))
    return _make(context, spans, cue, "quote.incise", hint, token_end(frame, max(subject.last - 1, cue.last - 1)))


def _with_clitics(context: _Context, cue: Cue) -> int:
    """Return the index of the first token of the verb group with the object clitics and adverbs before the cue."""
    doc, first = context.paragraph.doc, cue.first
    clitics = grammar(context.language, "object_clitics") | {"ne", "n'"}
    while first > context.frame.first and doc[first - 1].lower_ in clitics:
        first -= 1
    return first


def _incise_subject(context: _Context, cue: Cue) -> Subject | None:
    if cue.clitic is not None:
        return Subject(cue.clitic, cue.last, clitic=True)
    doc = context.paragraph.doc
    if cue.last < context.frame.last and doc[cue.last].lower_ in {"que", "qu'"}:
        return None
    return postposed_subject(context.frame, cue, context.language)


def _content_before(context: _Context, cue: Cue, lower: int, upper: int) -> tuple[int, int] | None:
    """Return the words before an incise that it reports: from the frame's start, an opening bracket, or the narrator's colon."""
    frame, text = context.frame, context.text
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
    start = after_connectives(text, start, upper, context.language)
    return (start, upper) if trimmed(text, start, upper) is not None else None


def _coordination_before(context: _Context, other: Cue, cue: Cue) -> int | None:
    """Return where the content of `cue` begins when an earlier incise in the frame ended the one before (« A », dit X, « B », dit Y)."""
    if _in_quotation(context, other.verb.i) is not None or "incise" not in other.entry.takes:
        return None
    start = token_offset(context.frame, other.first)
    closed = [s for s in context.frame.quoted if s.outer_end <= start]
    later = [s for s in context.frame.quoted if start < s.outer_start < token_offset(context.frame, cue.first)]
    if closed and later and _incise_subject(context, other) is not None:
        return later[0].outer_start
    return None


def _content_after(
    context: _Context, cue: Cue, subject: Subject, before: tuple[int, int] | None, upper: int, *, interrupts: bool
) -> tuple[int, int] | None:
    """Return the words after an incise that go on with what it reports, or None where the narrator has the word again."""
    frame, text, doc = context.frame, context.text, context.paragraph.doc
    resume = token_end(frame, max(subject.last, cue.last) - 1)
    if interrupts:
        return (resume, upper) if trimmed(text, resume, upper) is not None else None
    next_cue = next(
        (
            token_offset(frame, o.first)
            for o in context.cues
            if o.first > cue.last and _in_quotation(context, o.verb.i) is None
        ),
        upper,
    )
    for quoted in frame.quoted:
        if quoted.outer_start >= resume:
            gap = text[resume : quoted.outer_start]
            if quoted.outer_start < next_cue and gap.rstrip(" \u00a0\u202f").endswith((",", ":", "--", "–", "-")):
                return quoted.outer_start, _quoted_run_end(frame, text, quoted, next_cue)
            return None
    if before is None or _is_clause(context, before):
        return None
    index = subject.last
    if index < frame.last and doc[index].text == ",":
        return token_end(frame, index), upper
    return None


def _quoted_run_end(frame: Frame, text: str, quoted: Quoted, limit: int) -> int:
    """Return the end of the quotations that begin with `quoted` and are joined by commas and conjunctions."""
    end = quoted.outer_end
    for following in frame.quoted:
        gap = text[end : following.outer_start].strip(" \u00a0\u202f,")
        if (
            following.outer_start >= end
            and following.outer_start < limit
            and gap in {"", "et", "mais", "et que", "puis"}
        ):
            end = following.outer_end
    return end


def _is_clause(context: _Context, span: tuple[int, int]) -> bool:
    """Whether a finite verb stands between two offsets, or a quotation does: the words can stand alone."""
    if _has_marks(context, *span):
        return True
    doc = context.paragraph.doc
    for token in doc[context.frame.first : context.frame.last]:
        if span[0] <= token.idx < span[1] and token.pos_ in {"VERB", "AUX"} and "VerbForm=Fin" in str(token.morph):
            return True
    return False


def _complementizer(context: _Context, cue: Cue) -> int | None:
    """Return the index of the “que” that the verb takes, or None; phrases may stand between, a verb or a sign may not."""
    doc, frame = context.paragraph.doc, context.frame
    inside = _in_quotation(context, cue.verb.i)
    commas = 0
    for index in range(cue.last, min(frame.last, cue.last + 40)):
        token = doc[index]
        if _in_quotation(context, index) is not inside:
            continue
        if token.lower_ in {"que", "qu'"}:
            comparative = index > cue.last and doc[index - 1].lower_ in {
                "plus",
                "moins",
                "autant",
                "aussi",
                "alors",
                "tandis",
                "ainsi",
                "bien",
                "afin",
                "avant",
                "pour",
                "sans",
                "depuis",
                "après",
                "pendant",
            }
            relative = (
                token.pos_ == "PRON"
                and token.dep_ in {"obj", "iobj"}
                and token.head.head.i != cue.verb.i
                and commas == 0
                and index - cue.last > 2
            )
            if comparative or (
                relative
                and doc[index - 1].pos_ in {"NOUN", "PROPN"}
                and token.head.dep_ == "acl:relcl"
                and not _is_addressee(doc, index)
            ):
                continue
            return index
        if token.text == ",":
            commas += 1
        if token.text in {":", ";", "(", ")"} or (
            token.pos_ in {"VERB", "AUX"} and "VerbForm=Fin" in str(token.morph) and commas % 2 == 0
        ):
            return None
        if token.lower_ in {"qui", "dont"} and commas % 2 == 0:
            return None
    return None


def _is_addressee(doc: object, index: int) -> bool:
    """Whether the words before “que” are a phrase with à: the one told (“a dit à X que”), not what a relative clause describes."""
    tokens = doc  # typed loosely: a spaCy Doc
    for back in range(1, 6):
        word = tokens[index - back].lower_  # type: ignore[index]
        if word in {"à", "au", "aux", "devant"}:
            return True
        if tokens[index - back].pos_ in {"VERB", "AUX", "PUNCT"}:  # type: ignore[index]
            return False
    return False


def que_clause(context: _Context, cue: Cue) -> Draft | None:
    """The verb takes a clause with “que”: X a dit que A; X s'est alarmé du fait que A."""
    if "que" not in cue.entry.takes or ("que" in cue.entry.reflexive and not cue.reflexive) or cue.passive:
        return None
    frame, text = context.frame, context.text
    index = _complementizer(context, cue)
    if index is None:
        return None
    if _in_quotation(context, cue.verb.i) is not None and not _nested_speech(context, cue):
        return None
    begin = index + 1
    start = token_end(frame, index)
    end = _limit(context, cue, clause_end(frame, text, begin, cue, context.cues, context.language))
    if cue.entry.thought and not _has_marks(context, start, end):
        return None
    return _make(context, [(start, end)], cue, "quote.que_clause", _subject_hint(context, cue), start)


def _limit(context: _Context, cue: Cue, end: int) -> int:
    """Cut the end of content at the end of the quotation that the cue itself stands in."""
    stretch = _in_quotation(context, cue.verb.i)
    if stretch is None:
        return end
    offset = token_offset(context.frame, cue.verb.i)
    inner = [s for s in context.frame.inner if s.outer_start <= offset < s.outer_end]
    stop = re.compile(r"[.!?…]+\s").search(context.text, offset, stretch.end)
    return min([end, stretch.end, *(s.end for s in inner), *([stop.start()] if stop else [])])


def _nested_speech(context: _Context, cue: Cue) -> bool:
    """Whether a cue inside a quotation reports somebody else's words: it is not in the speaker's own first person."""
    subject = preposed_subject(context.frame, cue, context.language)
    first_person = {"je", "j'", "nous", "on", "vous", "tu", "ce", "c'", "cela", "ça", "qui"}
    return subject is not None and subject.token.lower_ not in first_person and subject.token.pos_ in {"NOUN", "PROPN"}


def _subject_hint(context: _Context, cue: Cue) -> SpeakerHint:
    subject = preposed_subject(context.frame, cue, context.language)
    return SpeakerHint(subject, relayed_source(context.frame, cue.last, context.language))


def indirect_question(context: _Context, cue: Cue) -> Draft | None:
    """The verb takes an indirect question: X a demandé pourquoi A; X explique "pourquoi A"."""
    if (
        "wh" not in cue.entry.takes
        or cue.passive
        or cue.last >= context.frame.last
        or _in_quotation(context, cue.verb.i) is not None
    ):
        return None
    doc, frame = context.paragraph.doc, context.frame
    index = cue.last
    while index < frame.last and (
        doc[index].text in '"«“+'
        or doc[index].pos_ == "ADV"
        and doc[index].lower_ not in grammar(context.language, "interrogatives")
    ):
        index += 1
    if index >= frame.last or doc[index].lower_ not in grammar(context.language, "interrogatives"):
        return None
    if doc[index].lower_ == "ce" and (
        index + 1 >= frame.last or doc[index + 1].lower_ not in {"que", "qu'", "qui", "dont"}
    ):
        return None
    start = token_offset(frame, index)
    end = clause_end(frame, context.text, index + 1, cue, context.cues, context.language)
    return _make(context, [(start, end)], cue, "quote.indirect_question", _subject_hint(context, cue), start)


_LINKS = {"de": {"de", "d'"}, "obj_de": {"de", "d'"}, "obj_a": {"à"}, "a": {"à"}, "a_inf": {"à"}}


def infinitive(context: _Context, cue: Cue) -> Draft | None:
    """The verb takes an infinitive: X promet de A; X accuse Y de A; X appelle Y à A; X affirme avoir A."""
    if cue.entry.quoted and not _has_marks(context, token_end(context.frame, cue.last - 1), context.frame.end):
        return None
    if _in_quotation(context, cue.verb.i) is not None:
        return None
    doc, frame = context.paragraph.doc, context.frame
    links = {
        link
        for name in cue.entry.takes & _LINKS.keys()
        if not (name in cue.entry.reflexive and not cue.reflexive)
        for link in _LINKS[name]
    }
    bare = "inf" in cue.entry.takes
    for index in range(cue.last, min(frame.last, cue.last + 30)):
        token = doc[index]
        if _is_infinitive(token):
            before = _link_before(doc, index, frame.first)
            adjacent = all(
                doc[i].pos_ in {"ADV", "PUNCT", "PRON", "ADP"} or doc[i].lower_ in {"ne", "pas", "n'"}
                for i in range(cue.last, index)
            )
            if before is not None and before[1] in links and before[0] >= cue.last:
                if not _governs(token, cue, before[0]):
                    continue
                start = token_end(frame, before[0])
            elif bare and before is None and adjacent:
                start = token_end(frame, cue.last - 1)
            else:
                continue
            end = clause_end(frame, context.text, index, cue, context.cues, context.language)
            if cue.entry.thought and not _has_marks(context, start, end):
                return None
            return _make(context, [(start, end)], cue, "quote.infinitive", _subject_hint(context, cue), start)
        if token.text in {":", ";", "(", ")"} or (token.pos_ in {"VERB", "AUX"} and "VerbForm=Fin" in str(token.morph)):
            return None
    return None


def _is_infinitive(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and ("VerbForm=Inf" in str(token.morph) or token.lower_ in {"être", "avoir"})


def _link_before(doc: object, index: int, first: int) -> tuple[int, str] | None:
    """Return index and form of the preposition that leads to the infinitive, past clitics, negation and quotation marks."""
    tokens = doc
    index -= 1
    while index >= first and (tokens[index].pos_ in {"ADV", "PRON"} or tokens[index].text in '"«“+ \u00a0'):  # type: ignore[index]
        index -= 1
    if index >= first and tokens[index].pos_ == "ADP":  # type: ignore[index]
        return index, tokens[index].lower_  # type: ignore[index]
    return None


def _governs(token: Token, cue: Cue, link: int) -> bool:
    """Whether the infinitive hangs on the cue, or no other verb stands between that it could hang on."""
    for head in (token, token.head, token.head.head):
        if head.head.i == cue.verb.i:
            return True
    between = cue.verb.doc[cue.last : link]
    return not any(t.pos_ in {"VERB", "AUX"} or t.text in {";", ":"} for t in between) and len(between) <= 16


def colon(context: _Context, cue: Cue) -> Draft | None:
    """A colon leads from the verb to what it reports: X a ajouté : « A »; X prévient: A."""
    if cue.passive or not cue.entry.takes & {"incise", "que", "np"}:
        return None
    if _in_quotation(context, cue.verb.i) is not None:
        return _nested_colon(context, cue)
    if "incise" in cue.entry.reflexive and not cue.reflexive:
        return None
    frame, text, doc = context.frame, context.text, context.paragraph.doc
    position = _colon_after(context, cue.last)
    if position is None:
        return None
    if any(
        o.verb.i > cue.verb.i
        and token_offset(frame, o.verb.i) < position
        and not o.infinitive
        and _in_quotation(context, o.verb.i) is None
        for o in context.cues
    ):
        return None
    start = position + 1
    quoted = [s for s in frame.quoted if s.outer_start >= start]
    if quoted and not text[start : quoted[0].outer_start].strip():
        end = _quoted_run_end(frame, text, quoted[0], frame.end)
    elif quoted and (cue.entry.quoted or cue.entry.thought):
        return None
    elif cue.entry.quoted or cue.entry.thought or not (cue.clitic is None and doc[cue.last - 1].i == cue.last - 1):
        return None
    else:
        end = frame.end
    if start - token_end(frame, cue.last - 1) > 160:
        return None
    return _make(context, [(start, end)], cue, "quote.colon", _subject_hint(context, cue), start)


def _nested_colon(context: _Context, cue: Cue) -> Draft | None:
    """The cue and what it reports stand in a quotation, the reported words in marks of their own: « Ils m'ont dit : +A+ »."""
    start = token_end(context.frame, cue.last - 1)
    inner = next((s for s in context.frame.inner if s.outer_start >= start), None)
    if inner is None or context.text[start : inner.outer_start].strip(" \u00a0\u202f") != ":":
        return None
    return _make(context, [(inner.start, inner.end)], cue, "quote.nested_colon", _subject_hint(context, cue), start)


def _colon_after(context: _Context, index: int) -> int | None:
    """Return the offset of the first colon outside the quotations after token `index`, or None."""
    text, frame = context.text, context.frame
    position = text.find(":", token_offset(frame, index - 1) + 1, frame.end)
    while position >= 0 and frame.stretch_at(position) is not None:
        position = text.find(":", position + 1, frame.end)
    return position if position >= 0 else None


def attribute(context: _Context, cue: Cue) -> Draft | None:
    """The verb says something of an object, in quotation marks: X a jugé l'accord « caduc »; X a qualifié Y de « Z »."""
    if "attr" not in cue.entry.takes or cue.passive or _in_quotation(context, cue.verb.i) is not None:
        return None
    frame, text = context.frame, context.text
    start = token_end(frame, cue.last - 1)
    quoted = _quoted_complement(context, cue)
    if quoted is None:
        return None
    if cue.entry.lemma in {"qualifier", "taxer", "traiter", "définir", "présenter", "décrire"}:
        lead = text[start : quoted.outer_start]
        cut = max(lead.rfind(" de "), lead.rfind(" d'"), lead.rfind(" comme "))
        if cut >= 0:
            start += cut + (7 if lead[cut:].startswith(" comme ") else 4 if lead[cut:].startswith(" de ") else 3)
    else:
        phrase = object_phrase(frame, cue, quoted.outer_start)
        if phrase is not None:
            start = phrase
    end = _phrase_end(context, cue, quoted)
    return _make(context, [(start, end)], cue, "quote.attribute", _subject_hint(context, cue), start)


def wording(context: _Context, cue: Cue) -> Draft | None:
    """The verb takes a noun phrase that quotes wording, or the bare quotation: X a dénoncé une « farce »; X a lancé « A »."""
    if "np" not in cue.entry.takes or cue.passive or _in_quotation(context, cue.verb.i) is not None:
        return None
    frame = context.frame
    quoted = _quoted_complement(context, cue)
    if quoted is None:
        return None
    phrase = object_phrase(frame, cue, quoted.outer_start)
    start = quoted.outer_start if phrase is None else phrase
    end = _phrase_end(context, cue, quoted)
    return _make(context, [(start, end)], cue, "quote.wording", _subject_hint(context, cue), start)


def _quoted_complement(context: _Context, cue: Cue) -> Quoted | None:
    """Return the first quotation in the verb's complement: before any other clause or cue begins."""
    frame, doc = context.frame, context.paragraph.doc
    quoted = next((s for s in frame.quoted if s.outer_start >= token_end(frame, cue.last - 1)), None)
    if quoted is None:
        return None
    for index in range(cue.last, frame.last):
        token = doc[index]
        if token.idx >= quoted.start:
            return quoted
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
        if token.pos_ in {"VERB", "AUX"} and "VerbForm=Fin" in str(token.morph):
            return None
        if token.text == "," and not _closes_aside(doc, index, quoted.start, frame.last):
            return None
    return quoted


def _closes_aside(doc: object, index: int, limit: int, last: int) -> bool:
    """Whether a comma has a partner before `limit`: the words between are an aside (“a dénoncé, jeudi, une « farce »”)."""
    tokens = doc
    return any(tokens[i].text == "," and tokens[i].idx < limit for i in range(index + 1, last)) or any(  # type: ignore[index]
        tokens[i].text == ","
        for i in range(max(0, index - 12), index)  # type: ignore[index]
    )


def _phrase_end(context: _Context, cue: Cue, quoted: Quoted) -> int:
    """Return the end of the noun phrase that holds `quoted`: its own words after the quotation, to the next clause or cue.

    Where and in what it was said (“dans un communiqué”, “lors d'un entretien”, a date) is the narrator's and ends it too.
    """
    frame, text, doc = context.frame, context.text, context.paragraph.doc
    end = quoted.outer_end
    limit = clause_end(frame, text, cue.last, cue, context.cues, context.language)
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
                token.lower_ in grammar(context.language, "phrase_ends") and not (participle and token.lower_ == "pour")
            )
            or _is_venue(context, index)
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
    return min(end, max(limit, quoted.outer_end))


_JOINTS = frozenset(
    {"", "et", "mais", "ou", "en", "et une", "et un", "et des", "et d'", "et de", "et les", "et la", "et le"}
)


def _is_venue(context: _Context, index: int) -> bool:
    """Whether a phrase begins that says where, in what or when something was said."""
    doc, language = context.paragraph.doc, context.language
    token = doc[index]
    if token.lower_ in grammar(language, "time_nouns") and token.pos_ != "ADP":
        return True
    if token.pos_ != "ADP" or token.lower_ in {"de", "d'", "des", "du"}:
        return False
    return any(
        doc[i].lower_ in grammar(language, "venues") for i in range(index + 1, min(index + 4, context.frame.last))
    )


def source_phrase(context: _Context, source: SourcePhrase) -> Draft | None:
    """A preposition names the source of the clause: Selon X, A; A, selon X; Pour X, A; A, de source Y."""
    frame, text, doc = context.frame, context.text, context.paragraph.doc
    subject = _source(context, source)
    if subject is None:
        return None
    start, stop = token_offset(frame, source.first), token_end(frame, subject.last - 1)
    stretch = _in_quotation(context, source.first)
    lower, upper = (stretch.start, stretch.end) if stretch is not None else (frame.start, frame.end)
    bracket = opening_bracket(frame, text, start)
    if bracket is not None:
        lower = max(lower, bracket)
        closing = min((p for p in (text.find(c, stop, upper) for c in (")", "--", "–")) if p >= 0), default=upper)
        upper = min(upper, closing)
    semicolon = text.rfind(";", lower, start)
    lower = max(lower, semicolon + 1)
    after_text = text[stop:upper].strip(' ,.!?…»”"\u00a0\u202f')
    previous = _previous_word(context, source.first)
    before = previous
    if before is not None and before.text == ",":
        before = _previous_word(context, before.i)
    lead = after_connectives(text, lower, start, context.language)
    opens = not text[lead:start].strip(' ,"«“\u00a0\u202f') or (
        before is not None
        and before.lower_ in grammar(context.language, "relatives") | grammar(context.language, "conjunctions")
    )
    spans: list[tuple[int, int]] = []
    rule = f"quote.{'pour' if source.lemma == 'pour' else 'selon'}"
    if opens:
        if not after_text:
            return None
        start_after = stop
        spans = [(start_after, _source_end(context, source, subject, upper))]
        rule += "_initial"
    elif source.lemma == "pour" or source.source == "person":
        return None
    elif not after_text or not _goes_on(context, subject):
        spans = [(lead, start)]
        rule += "_final"
    else:
        spans = [(lead, start), (stop, upper)]
        rule += "_medial"
    segments = tuple(piece for a, b in spans if (piece := trimmed(text, a, b)) is not None)
    if not segments or stretch is not None:
        return None
    if source.lemma == "pour" and not _is_clause(context, (segments[0][0], segments[-1][1])):
        return None
    cue_end = token_end(frame, source.last - 1)
    return Draft(
        segments, (start, cue_end), source.lemma, source.act, rule, SpeakerHint(subject, None), False, (start, stop)
    )


def _goes_on(context: _Context, subject: Subject) -> bool:
    """Whether the reported clause goes on after the source's phrase, and not a remark of the narrator's."""
    doc, frame = context.paragraph.doc, context.frame
    index = subject.last
    if index >= frame.last:
        return False
    token = doc[index]
    if token.text == ",":
        following = doc[index + 1] if index + 1 < frame.last else None
        return (
            following is not None
            and following.lower_
            not in grammar(context.language, "relatives")
            | grammar(context.language, "conjunctions")
            | {"dans", "lors", "après", "avant", "sans", "contre", "cité", "citée", "cités", "interrogé"}
            and following.pos_ not in {"CCONJ", "SCONJ"}
        )
    return not token.is_punct and token.lower_ not in grammar(context.language, "relatives")


def _source_end(context: _Context, source: SourcePhrase, subject: Subject, upper: int) -> int:
    """Return where the clause of an initial source ends: before an incise that only relays it, else with the frame."""
    frame = context.frame
    for cue in context.cues:
        if cue.first >= subject.last and "incise" in cue.entry.takes and _in_quotation(context, cue.verb.i) is None:
            previous = _previous_word(context, cue.first)
            if (
                previous is not None
                and previous.text == ","
                and _incise_subject(context, cue) is not None
                and not cue.participle
                and not cue.infinitive
            ):
                return min(upper, token_offset(frame, cue.first))
    return upper


def _source(context: _Context, source: SourcePhrase) -> Subject | None:
    """Return the noun phrase that the preposition governs where it can be a source, or None."""
    frame, doc = context.frame, context.paragraph.doc
    if source.last >= frame.last:
        return None
    first = doc[source.last]
    if first.lower_ in {"que", "qu'", "lesquels", "lesquelles", "laquelle", "lequel"}:
        return None
    head = _phrase_head(frame, source.last)
    if head is None or head.lower_ in frozenset(load(context.language, "cues")["not_sources"]):
        return None
    if source.source == "person" and not _is_person(context, head):
        return None
    previous = _previous_word(context, source.first)
    set_off = (
        previous is None
        or previous.is_punct
        or previous.lower_ in grammar(context.language, "relatives") | grammar(context.language, "conjunctions")
    )
    last = _phrase_last(context, head) if set_off else _phrase_core(context, head)
    return Subject(head, last, source=source.source == "noun")


def _phrase_core(context: _Context, head: Token) -> int:
    """Return the index after the head with its adjectives, names and genitives: all that a source inside a clause takes along.

    A short rest to the frame's end is taken along too: a source that closes the sentence (“selon un responsable à Bagdad”).
    """
    frame, doc = context.frame, context.paragraph.doc
    last = head.i + 1
    while last < frame.last and (
        doc[last].pos_ in {"ADJ", "PROPN", "X", "NOUN", "DET"}
        and not doc[last].is_punct
        or doc[last].lower_ in {"de", "d'", "du", "des", "l'"}
    ):
        last += 1
    rest = [token for token in doc[last : frame.last] if not token.is_punct]
    return (
        frame.last - 1
        if len(rest) <= 6 and not any(t.pos_ in {"VERB", "AUX"} for t in rest) and doc[frame.last - 1].is_punct
        else last
    )


def _phrase_head(frame: Frame, index: int) -> Token | None:
    """Return the head of the noun phrase that begins at token `index`: its first noun, name or stressed pronoun."""
    doc = frame.paragraph.doc
    for position in range(index, min(index + 6, frame.last)):
        token = doc[position]
        if token.pos_ in {"NOUN", "PROPN", "X"} or (
            token.pos_ == "PRON"
            and token.lower_
            in {
                "lui",
                "elle",
                "eux",
                "elles",
                "celui-ci",
                "celle-ci",
                "ce",
                "certains",
                "certaines",
                "beaucoup",
                "plusieurs",
            }
        ):
            return token
        if token.pos_ not in {"DET", "ADJ", "NUM", "ADP", "ADV", "PRON"} and token.text not in '"«“ ':
            return None
    return None


def _is_person(context: _Context, head: Token) -> bool:
    """Whether “pour” + this phrase gives an opinion: a person, a body or a pronoun for one."""
    if head.pos_ == "PRON":
        return head.lower_ in {"lui", "elle", "eux", "elles"}
    mention = context.cast.headed_at(context.paragraph.start(head)) or context.cast.covering(
        context.paragraph.start(head)
    )
    if mention is None or context.cast.actors[mention.actor_id].kind == "country":
        named = (
            m for m in context.cast.mentions if 0 < m.start - context.paragraph.start(head) < 90 and m.form == "name"
        )
        mention = next(
            (m for m in named if "," not in context.text[head.idx : m.start - context.paragraph.offset]), mention
        )
    if mention is None:
        return False
    kind = context.cast.actors[mention.actor_id].kind
    return kind in {"person", "anonymous", "group"} or (kind != "country" and bool(context.frame.quoted))


def _phrase_last(context: _Context, head: Token) -> int:
    """Return the index after the source's phrase: with its genitives, names, participles and an apposition between commas."""
    frame, doc = context.frame, context.paragraph.doc
    last = head.i + 1
    while last < frame.last:
        token = doc[last]
        if (
            token.text == ","
            or token.pos_ in {"SCONJ", "CCONJ"}
            and token.lower_ not in {"et"}
            or token.text in {";", ":", ".", "(", ")", '"', "»", "«", "--"}
        ):
            break
        if token.pos_ in {"VERB", "AUX"} and "VerbForm=Fin" in str(token.morph):
            return head.i + 1
        if token.lower_ in {"et"} and not (last + 1 < frame.last and doc[last + 1].pos_ in {"DET", "PROPN", "NOUN"}):
            break
        if (
            token.pos_ == "NUM"
            and doc[last - 1].pos_ == "ADJ"
            or (
                token.pos_ == "DET"
                and doc[last - 1].pos_ not in {"ADP", "CCONJ", "ADV"}
                and doc[last - 1].lower_ not in {"du", "des", "au", "aux"}
            )
        ):
            break
        last += 1
    return _with_apposition(context, head, last)


def _with_apposition(context: _Context, head: Token, last: int) -> int:
    """Take along what stands between commas after the phrase and names or describes the same person."""
    frame, doc = context.frame, context.paragraph.doc
    if last >= frame.last or doc[last].text not in {",", "("}:
        return last
    closing = ")" if doc[last].text == "(" else ","
    for index in range(last + 1, min(last + 25, frame.last)):
        token = doc[index]
        if token.text == closing:
            inside = doc[last + 1 : index]
            opener = inside[0]
            verbs = (
                any(t.pos_ in {"VERB", "AUX"} and "VerbForm=Fin" in str(t.morph) for t in inside)
                and opener.lower_ != "qui"
            )
            if closing == ")" or (
                not verbs
                and (opener.pos_ in {"PROPN", "NOUN", "VERB", "ADJ"} or opener.lower_ in {"qui", "un", "une"})
                and opener.pos_ != "DET"
            ):
                return index + 1 if closing == ")" else index
            return last
        if token.text in {".", ";", ":"}:
            return last
    return last


# -- quotations that nothing introduces --------------------------------------------------------------------------------------


def _left_over(context: _Context, drafts: list[Draft], *, follows: bool) -> list[Draft]:
    """Return the drafts of quotations that no cue in the frame introduces and that stand as speech of their own."""
    frame, text = context.frame, context.text
    found: list[Draft] = []
    for index, quoted in enumerate(frame.quoted):
        if any(
            quoted.start < end and start < quoted.end for draft in (*drafts, *found) for start, end in draft.segments
        ):
            continue
        before = text[frame.start : quoted.outer_start].strip()
        after = text[quoted.outer_end : frame.end].strip(" .\u00a0\u202f")
        segments = trimmed(text, quoted.start, quoted.end)
        if segments is None:
            continue
        if not before and not after and (follows and _is_sentence(context, quoted)):
            found.append(Draft((segments,), None, None, None, "quote.floating", SpeakerHint(None, None)))
        elif before.endswith(":") and _is_sentence(context, quoted) and index == 0:
            subject = _sentence_subject(context, quoted.outer_start)
            found.append(Draft((segments,), None, None, None, "quote.colon_only", SpeakerHint(subject, None)))
    return found


def _is_sentence(context: _Context, quoted: Quoted) -> bool:
    """Whether the quotation could stand alone: it has a finite verb or ends as a sentence does, and is no single word or title."""
    words = [
        t
        for t in context.paragraph.doc[context.frame.first : context.frame.last]
        if quoted.start <= t.idx < quoted.end and t.is_alpha
    ]
    verb = any(t.pos_ in {"VERB", "AUX"} for t in words)
    return len(words) >= 3 and (verb or context.text[quoted.end - 1] in ".!?…")


def _sentence_subject(context: _Context, end: int) -> Subject | None:
    """Return the subject of the narrator's clause that leads with a colon to a quotation."""
    for token in context.paragraph.doc[context.frame.first : context.frame.last]:
        if token.idx >= end:
            return None
        if token.dep_.startswith("nsubj") and token.pos_ in {"NOUN", "PROPN", "PRON"}:
            return Subject(token, token.i + 1)
    return None
