"""A preposition names the source of a clause: Selon X, A; A, selon X; Pour X, A."""

import re

from iraqtalks.extraction.actors.nouns import is_person_word, nouns_of
from iraqtalks.extraction.phrases import GENITIVE, is_finite
from iraqtalks.extraction.quotes.content import (
    after_connectives,
    before_gloss,
    opening_bracket,
    remark_after,
    token_end,
    token_offset,
    trimmed,
)
from iraqtalks.extraction.quotes.cues import SourcePhrase, grammar
from iraqtalks.extraction.quotes.draft import (
    Context,
    Draft,
    has_marks,
    in_quotation,
    is_clause,
    previous_word,
    relative_start,
)
from iraqtalks.extraction.quotes.hints import unnamed_source
from iraqtalks.extraction.quotes.incise import subject_of_incise
from iraqtalks.extraction.quotes.relays import relaying_incise
from iraqtalks.extraction.quotes.source_nouns import phrase_core, phrase_head, phrase_last
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.quotes.subjects import Subject, relayed_source
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import fold
from iraqtalks.language import load


def source_phrase(context: Context, source: SourcePhrase) -> Draft | None:
    """A preposition names the source of the clause: Selon X, A; A, selon X; Pour X, A; A, de source Y."""
    frame, text = context.frame, context.text
    subject = _source(context, source)
    if subject is None or (source.source == "noun" and any(unnamed_source(context, cue) for cue in context.cues)):
        return None
    start, stop = token_offset(frame, source.first), token_end(frame, subject.last - 1)
    stretch = in_quotation(context, source.first)
    lower, upper = (stretch.start, stretch.end) if stretch is not None else (frame.start, frame.end)
    bracket = opening_bracket(frame, text, start)
    if bracket is not None:
        lower = max(lower, bracket)
        closing = min((p for p in (text.find(c, stop, upper) for c in (")", "--", "–")) if p >= 0), default=upper)
        upper = min(upper, closing)
    semicolon = text.rfind(";", lower, start)
    lower = max(lower, semicolon + 1)
    stop = _past_aside(text, stop, upper)
    after_text = text[stop:upper].strip(' ,.!?…»”"\u00a0\u202f')
    lead = after_connectives(text, lower, start, context.language)
    opens = _opens(context, source, subject, lead)
    # An incise behind the clause of an initial source only passes it on (“Selon X, A, écrit Y”).
    relay = relaying_incise(context, subject.last) if opens and stretch is None else None
    previous = previous_word(context, source.first)
    if source.source == "person" and previous is not None and previous.pos_ == "SCONJ":
        return None  # “Si, pour X, A, Y a dit B”
    spans: list[tuple[int, int]] = []
    rule = f"quote.{'pour' if source.lemma == 'pour' else 'selon'}"
    if subject.token.pos_ == "PRON" and any(c.last <= source.first for c in context.cues):
        return None  # “dénonçant une dictature, selon lui, …”: the clause has its cue
    if opens:
        if not after_text:
            return None
        spans = [(stop, upper if relay is None else min(upper, token_offset(frame, relay[0].first)))]
        rule += "_initial" if stretch is None else "_nested"
    elif _closes_incise(context, source) or (
        source.source == "person" and not (_ends_frame(context, source, after_text) and has_marks(context, lead, start))
    ):
        return None
    elif (words := _quoted_words(context, subject, start)) is not None:
        spans = [words]
        rule += "_final"
    elif (
        not after_text
        or relayed_source(frame, subject.token.i + 1, context.language)
        or not _goes_on(context, subject, lead, start)
    ):
        clause = None if previous is None or previous.is_punct else relative_start(context, start)
        spans = [(lead if clause is None else max(lead, clause), start)]
        rule += "_final"
    else:
        relative = relative_start(context, start)
        spans = [(lead if relative is None else max(lead, relative), start), (stop, upper)]
        rule += "_medial"
    if opens and stretch is None:
        remark = remark_after(frame, subject.last, spans[-1][1], context.language)
        close = spans[-1][1] if remark is None else remark
        spans = [(spans[0][0], before_gloss(frame, text, spans[0][0], close, context.language))]
    segments = tuple(piece for a, b in spans if (piece := trimmed(text, a, b)) is not None)
    if not segments or (stretch is not None and not opens):
        return None
    if source.source == "person" and not is_clause(context, (segments[0][0], segments[-1][1])):
        return None
    cue_end = token_end(frame, source.last - 1)
    told = None if relay is None else relay[1]
    hint = SpeakerHint(subject, relayed_source(frame, subject.token.i + 1, context.language), told)
    return Draft(segments, (start, cue_end), source.lemma, source.act, rule, hint, False, (start, stop))


_ASIDE = re.compile(r"\s*(--|–|—)(?=\S).*?\1")


def _past_aside(text: str, stop: int, upper: int) -> int:
    """Return the offset after an aside between dashes right behind a source (“Selon les chiffres --que … soupçonnent--, A”)."""
    aside = _ASIDE.match(text, stop, upper)
    return stop if aside is None else aside.end()


def _ends_frame(context: Context, source: SourcePhrase, after_text: str) -> bool:
    """Whether the source's phrase stands behind a comma at the end of its sentence (“Une « folie », pour X.”)."""
    before = previous_word(context, source.first)
    return not after_text and before is not None and before.text == ","


def _closes_incise(context: Context, source: SourcePhrase) -> bool:
    """Whether the source only passes on a saying that has its own cue (“A, a précisé X d'après Y”)."""
    for cue in context.cues:
        subject = subject_of_incise(context, cue) if cue.last <= source.first else None
        if subject is not None and 0 < source.first - subject.token.i <= 4:
            return True
    return False


def _quoted_words(context: Context, subject: Subject, start: int) -> tuple[int, int] | None:
    """Return the quotation right before, which alone “selon les mots de X” attributes (Un « bijou », selon les mots de X, est …)."""
    if subject.token.lower_ not in frozenset(load(context.language, "speakers")["words"]):
        return None
    for quoted in context.frame.quoted:
        if quoted.outer_end <= start and not context.text[quoted.outer_end : start].strip(" ,(\u00a0\u202f"):
            return quoted.start, quoted.end
    return None


def _opens(context: Context, source: SourcePhrase, subject: Subject, lead: int) -> bool:
    """Whether the reported clause begins behind its source: nothing stands before, an adverb, or what joins it to a clause.

    Nothing before: “Selon X, A”; an adverb: “Toujours selon X, A”; a joint: “… et, selon X, A”; a noun: “X, selon qui A”.
    """
    if subject.token.i < source.first and source.source != "noun":
        return True
    before = [
        token
        for token in context.paragraph.doc[context.frame.first : source.first]
        if token.idx >= lead and not token.is_space and not token.is_punct
    ]
    if all(token.pos_ == "ADV" for token in before):
        return True
    return before[-1].lower_ in grammar(context.language, "relatives") | grammar(context.language, "conjunctions")


def _goes_on(context: Context, subject: Subject, lead: int, start: int) -> bool:
    """Whether the reported clause goes on after the source's phrase, and not a remark of the narrator's.

    It does where what stands before is no clause by itself, or where the words after it hold a verb and open no new clause.
    """
    doc, frame, language = context.paragraph.doc, context.frame, context.language
    index = subject.last
    if index >= frame.last:
        return False
    incomplete = not is_clause(context, (lead, start)) or _ends_on_verb(context, start)
    token = doc[index]
    if token.text == ",":
        following = doc[index + 1] if index + 1 < frame.last else None
        if following is not None and any(other.first == following.i for other in context.sources):
            return False
        if following is not None and any(
            cue.first == following.i and subject_of_incise(context, cue) is not None for cue in context.cues
        ):
            return False  # “A, selon une carte, a dévoilé X”
        if following is not None and following.lower_ in GENITIVE:
            return True
        if following is None or following.pos_ in {"CCONJ", "SCONJ"} or following.lower_ in _opens_remark(language):
            return False
        return incomplete or any(is_finite(t) for t in doc[index : frame.last])
    return not token.is_punct and token.lower_ not in grammar(language, "relatives")


def _ends_on_verb(context: Context, offset: int) -> bool:
    """Whether the word before is an active verb, whose object the source's phrase keeps apart (“a causé, selon X, la panne”)."""
    before = None
    for token in context.paragraph.doc[context.frame.first : context.frame.last]:
        if token.idx >= offset:
            break
        if not token.is_punct:
            before = token
    return (
        before is not None
        and before.pos_ == "VERB"
        and not any(child.dep_ in {"obj", "aux:pass"} for child in before.children)
    )


def _opens_remark(language: str) -> frozenset[str]:
    """Words that open a remark of the narrator's after a source's phrase."""
    return grammar(language, "relatives") | grammar(language, "conjunctions") | grammar(language, "remarks")


def _source(context: Context, source: SourcePhrase) -> Subject | None:
    """Return the noun phrase that the preposition governs where it can be a source, or None."""
    frame, doc = context.frame, context.paragraph.doc
    if source.last >= frame.last:
        return None
    first = doc[source.last]
    if first.lower_ in {"qui", "lequel", "laquelle", "lesquels", "lesquelles"}:
        antecedent = _antecedent(context, source, first)
        if source.source == "person" and (
            antecedent is None or first.lower_ != "qui" or not _is_person(context, antecedent.token)
        ):
            return None  # “X, pour qui A”, not “le journal pour lequel il écrivait”
        return antecedent
    if first.lower_ in {"que", "qu'"}:
        return None
    head = doc[source.last - 1] if source.source == "noun" else phrase_head(frame, source.last, context.language)
    if head is None or head.lower_ in frozenset(load(context.language, "cues")["not_sources"]):
        return None
    if source.source == "person" and not _is_person(context, head):
        return None
    previous = previous_word(context, source.first)
    set_off = (
        previous is None
        or previous.is_punct
        or previous.lower_ in grammar(context.language, "relatives") | grammar(context.language, "conjunctions")
    )
    last = phrase_last(context, head) if set_off else phrase_core(context, head)
    return Subject(head, last, source=source.source == "noun")


def _antecedent(context: Context, source: SourcePhrase, relative: Token) -> Subject | None:
    """Return whom “selon qui”, “selon lequel” takes up: the highest noun of the phrase before the comma that agrees, or None.

    Without a comma it is a noun of saying (“les déclarations selon lesquelles …”), whose author speaks.
    """
    doc, frame = context.paragraph.doc, context.frame
    comma = previous_word(context, source.first)
    if comma is None or comma.i <= frame.first:
        return None
    if comma.text != ",":
        return _noun_of_saying(context, comma, source)
    token, found = doc[comma.i - 1], None
    while token.i >= frame.first and token.pos_ in {"NOUN", "PROPN", "ADJ"}:
        agrees = all(
            not own or not asked or own == asked
            for own, asked in (
                (token.morph.get(feature, []), relative.morph.get(feature, [])) for feature in ("Gender", "Number")
            )
        )
        if token.pos_ != "ADJ" and (agrees or relative.lower_ == "qui"):
            found = token
        if token.dep_ not in {"nmod", "flat:name", "appos", "amod", "flat:foreign"} or token.head.i >= token.i:
            break
        token = token.head
    return None if found is None else Subject(found, source.last + 1)


def _noun_of_saying(context: Context, before: Token, source: SourcePhrase) -> Subject | None:
    """Return the noun of saying that “selon lesquelles” takes up (“des rumeurs selon lesquelles A”, “les propos de X selon lesquels A”)."""
    saying = frozenset(load(context.language, "speakers")["saying"])
    for index in range(before.i, max(context.frame.first, before.i - 7) - 1, -1):
        token = context.paragraph.doc[index]
        if token.pos_ == "NOUN" and token.lower_ in saying:
            return Subject(token, source.last + 1)
        if token.is_punct or is_finite(token):
            return None
    return None


_PARTED = re.compile(r",|\b(?:de|du|des)\s|\bd'")


def _is_person(context: Context, head: Token) -> bool:
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
        # “pour le politologue X”, not “pour l'envol de X”
        mention = next(
            (m for m in named if not _PARTED.search(context.text[head.idx : m.start - context.paragraph.offset])),
            mention,
        )
    if mention is None:
        return (
            bool(context.frame.quoted)
            and in_quotation(context, head.i) is None
            and is_person_word(fold(head.text), context.language)
        )
    kind = context.cast.actors[mention.actor_id].kind
    if kind == "group":
        # “pour les experts, A” gives their view; “pour les enfants, le masque est une gêne” does so only with their words.
        quoted = bool(context.frame.quoted) and in_quotation(context, head.i) is None
        return head.lower_ in load(context.language, "speakers")["unnamed_nouns"] or (
            fold(head.text) in nouns_of(context.language).persons and quoted
        )
    return kind in {"person", "anonymous"} or (kind != "country" and bool(context.frame.quoted))
