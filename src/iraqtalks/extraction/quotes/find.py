"""A reading and its cast → its quotes: content, cue, speaker.

Each rule is a function of a frame and a cue that returns a draft, or None where it does not apply; its docstring gives an
example. Rules find content and say where the speaker is named; `iraqtalks.extraction.quotes.speakers` says who that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.model import DateMention, Paragraph, Quote, Reading
from iraqtalks.extraction.quotes.clauses import indirect_question, infinitive, que_clause, self_description
from iraqtalks.extraction.quotes.content import kind_of, token_end, token_offset
from iraqtalks.extraction.quotes.cues import Cue, SourcePhrase, find_cues, find_source_phrases, grammar
from iraqtalks.extraction.quotes.draft import Context, Draft, has_marks, with_clitics
from iraqtalks.extraction.quotes.frames import Frame, frames
from iraqtalks.extraction.quotes.incise import any_verb, incise, incise_comme
from iraqtalks.extraction.quotes.marks import Quoted, quoted_stretches
from iraqtalks.extraction.quotes.relays import told_by_relay
from iraqtalks.extraction.quotes.sources import source_phrase
from iraqtalks.extraction.quotes.speakers import SpeakerFinder
from iraqtalks.extraction.quotes.standing import left_over
from iraqtalks.extraction.quotes.taken_up import taken_up
from iraqtalks.extraction.quotes.wording import attribute, colon, wording


def find_quotes(reading: Reading, cast: Cast, dates: Sequence[DateMention], language: str = "fr") -> list[Quote]:
    """Return the article's quotes in order of their start, with their speakers; adds the speakers' mentions to the cast."""
    finder = SpeakerFinder(reading, cast, dates, language)
    quotes: list[Quote] = []
    open_quote: Quote | None = None
    left_open = False
    for paragraph in reading.paragraphs:
        if paragraph.block.kind == "subhead":
            continue
        text = reading.text[paragraph.block.start : paragraph.block.end].replace("’", "'")
        raw = reading.text[paragraph.block.start : paragraph.block.end]
        stretches = quoted_stretches(raw, language, continued=left_open)
        told = _Told(find_cues(paragraph.doc, language), find_source_phrases(paragraph.doc, language))
        found: list[Quote] = []
        before: Frame | None = None
        for frame in frames(paragraph, raw, stretches, language):
            drafts = _frame_drafts(frame, before, text, told, cast, language, follows=bool(quotes or found))
            before = None if drafts else frame
            for draft in drafts:
                quote = _finish(draft, paragraph, raw, stretches, reading)
                if finder.attribute(quote, draft.hint, paragraph, draft.attribution):
                    found.append(quote)
        if open_quote is not None and found and _continues(found[0], stretches, paragraph):
            if found[0].cue is None:
                open_quote.segments = (*open_quote.segments, *found.pop(0).segments)
            elif open_quote.cue is None and open_quote in quotes:
                quotes.remove(open_quote)  # its cue stands where it ends
                found[0].segments = (*open_quote.segments, *found[0].segments)
        quotes.extend(found)
        left_open = any(stretch.depth == 0 and not stretch.closed for stretch in stretches)
        open_quote = (found[-1] if found else open_quote) if left_open else None
    quotes.sort(key=lambda quote: (quote.start, -quote.end))
    _nest(quotes)
    return [quote for quote in quotes if not _repeats_source(quote)]


def _repeats_source(quote: Quote) -> bool:
    """Whether a source inside somebody's words is that speaker again (“A, dit X, ce qui selon lui B”)."""
    return (
        quote.parent is not None
        and quote.rule.startswith("quote.selon")
        and quote.speaker_id == quote.parent.speaker_id
    )


def _continues(quote: Quote, stretches: list[Quoted], paragraph: Paragraph) -> bool:
    """Whether the paragraph's first quote goes on with one that the paragraph before left open."""
    first = next((stretch for stretch in stretches if stretch.depth == 0), None)
    return first is not None and paragraph.block.start + first.start == quote.start and first.outer_start == 0


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


@dataclass(frozen=True, slots=True)
class _Told:
    """What tells of speech in a paragraph, looked for once: its frames each take their own."""

    cues: list[Cue]
    sources: list[SourcePhrase]


def _frame_drafts(
    frame: Frame, before: Frame | None, text: str, told: _Told, cast: Cast, language: str, *, follows: bool
) -> list[Draft]:
    """Return the drafts of one frame: those of its verbs, of its prepositions, and of quotations that nothing introduces."""
    doc = frame.paragraph.doc[frame.first : frame.last]
    if not len(doc):
        return []
    cues = [cue for cue in told.cues if frame.first <= cue.verb.i < frame.last]
    sources = [s for s in told.sources if frame.first <= s.first < frame.last]
    context = Context(frame, text, cues, sources, cast, language)
    drafts: list[Draft] = []
    taken = taken_up(context, before)
    if taken is not None:
        return [taken]
    for source in sources:
        draft = source_phrase(context, source)
        if draft is not None:
            drafts.append(draft)
    for cue in cues:
        draft = _verb_draft(context, cue)
        draft = None if draft is None else told_by_relay(context, cue, draft)
        if draft is not None and not _repeats(draft, drafts):
            drafts.append(draft)
    drafts.extend(any_verb(context, drafts))
    drafts = _resolve([_shared_subject(context, draft, drafts) for draft in drafts])
    drafts.extend(left_over(context, drafts, follows=follows))
    return drafts


def _shared_subject(context: Context, draft: Draft, drafts: list[Draft]) -> Draft:
    """Give a participle behind another report its subject (« A », dit X, estimant que B; X a dit que A, ajoutant que B)."""
    start = None if draft.cue is None else draft.cue[0]
    cue = next((c for c in context.cues if token_offset(context.frame, c.first) == start), None)
    if (
        start is None
        or cue is None
        or cue.first == context.frame.first
        or not (cue.participle or cue.infinitive or cue.bare_participle)
    ):
        return draft
    doc, first = context.paragraph.doc, context.frame.first
    before = doc[max(first, with_clitics(context, cue) - 1)]
    if cue.participle and not (before.is_punct or before.lower_ in {"en", "tout", "et"}):
        return draft
    if cue.bare_participle and before.lower_ != "et":
        return draft  # “X a accusé Y de A et rappelé que B”
    if cue.infinitive and not {t.lower_ for t in doc[max(first, before.i - 1) : cue.first]} & {"avant", "pour"}:
        return draft  # “« A », a dit X, avant d'ajouter : « B »” has one subject
    earlier = [
        d for d in drafts if d.cue is not None and d.cue[0] < start and not any(a <= start < b for a, b in d.segments)
    ]
    top = [d for d in earlier if not any(_holds_cue(other, d) for other in earlier if other is not d)]
    return replace(draft, hint=top[-1].hint) if top else draft


def _verb_draft(context: Context, cue: Cue) -> Draft | None:
    """Return the draft of the first rule that applies to the verb."""
    if (cue.infinitive and not _is_voiced(context, cue)) or (cue.entry.denied and not cue.with_ne):
        return None
    for rule in (
        incise_comme,
        incise,
        indirect_question,
        que_clause,
        infinitive,
        self_description,
        colon,
        attribute,
        wording,
    ):
        draft = rule(context, cue)
        if draft is not None:
            return draft
    return None


def _is_voiced(context: Context, cue: Cue) -> bool:
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
    if before & grammar(language, "voicing") or _is_historic(context, index, before):
        return True
    end = token_end(context.frame, cue.last - 1)
    if "de" in before and ":" in context.text[end : end + 60] and has_marks(context, end, context.frame.end):
        return True  # “et X de rétorquer : « … »”
    return bool(before & {"pour", "avant"}) and has_marks(
        context, token_end(context.frame, cue.last - 1), context.frame.end
    )


def _is_historic(context: Context, index: int, before: set[str]) -> bool:
    """Whether the infinitive tells what came next (“Et le ministre d'ajouter que …”): “et”, a subject and “de” lead to it."""
    doc = context.paragraph.doc
    if index < context.frame.first or not before & {"de", "d'"}:
        return False
    words = [token for token in doc[context.frame.first : index + 1] if not token.is_punct]
    subject = [token for token in words[1:] if token.pos_ in {"NOUN", "PROPN"}]
    return (
        bool(words)
        and words[0].lower_ == "et"
        and bool(subject)
        and not any(token.pos_ in {"VERB", "AUX"} for token in words)
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
    """Whether another draft has the content already; one whose cue stands inside the content has a quote of its own."""
    return any(_says_again(draft, other) for other in others)


def _says_again(draft: Draft, other: Draft) -> bool:
    if other.rule.endswith("_initial"):
        return _relays(draft, other)
    if other.hint.told is not None and draft.rule == "quote.incise":
        return _passes_on(draft, other)
    return _same_content(draft, other) and not (_holds_cue(draft, other) or _holds_cue(other, draft))


def _relays(draft: Draft, source: Draft) -> bool:
    """Whether the draft only passes on what an initial source says (“Selon X, A, écrit Y”)."""
    return _same_content(draft, source) or (
        _holds_cue(draft, source) and draft.segments[-1][1] == source.segments[-1][1]
    )


def _passes_on(draft: Draft, told: Draft) -> bool:
    """Whether the draft is the outlet's that closes a report, and has all of the report in it."""
    return _holds_cue(draft, told) or _overlap(draft, told) > 0.95


def _holds_cue(outer: Draft, inner: Draft) -> bool:
    return inner.cue is not None and any(start <= inner.cue[0] and inner.cue[1] <= end for start, end in outer.segments)


def _resolve(drafts: list[Draft]) -> list[Draft]:
    """Drop a draft that cuts across another one's content: the one found by the earlier rule stands."""
    kept: list[Draft] = []
    for draft in drafts:
        crossing = any(0.05 < _overlap(draft, other) < 0.95 for other in kept)
        if not crossing:
            kept.append(draft)
    return kept
