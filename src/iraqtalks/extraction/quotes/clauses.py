"""The verb takes a clause: X a dit que A; X demande pourquoi A; X promet de A."""

from iraqtalks.extraction.actors.nouns import is_person_word
from iraqtalks.extraction.phrases import GENITIVE, is_finite
from iraqtalks.extraction.quotes.content import (
    begins_main_clause,
    token_end,
    token_offset,
)
from iraqtalks.extraction.quotes.cues import Cue, grammar
from iraqtalks.extraction.quotes.draft import (
    Context,
    Draft,
    has_marks,
    in_quotation,
    make_draft,
    names_outlet,
)
from iraqtalks.extraction.quotes.endings import content_end, within_quotation
from iraqtalks.extraction.quotes.hints import agent_of, subject_hint
from iraqtalks.extraction.quotes.speakers import SpeakerHint
from iraqtalks.extraction.quotes.subjects import preposed_subject
from iraqtalks.extraction.tokens import Doc, Token
from iraqtalks.knowledge.folding import fold


def que_clause(context: Context, cue: Cue) -> Draft | None:
    """The verb takes a clause with “que”: X a dit que A; X s'est alarmé du fait que A."""
    if "que" not in cue.entry.takes or ("que" in cue.entry.reflexive and not cue.reflexive):
        return None
    frame = context.frame
    elided = _goes_on(context, cue)
    if cue.passive and not elided:
        return None
    index = None if _has_infinitive(context, cue) else _complementizer(context, cue)
    if index is None or _is_restrictive(cue, index):
        return None
    marked = any(s.outer_start == token_end(context.frame, index) + 1 for s in context.frame.inner)
    if in_quotation(context, cue.verb.i) is not None and not marked and not _nested_speech(context, cue):
        return None
    begin = index + 1
    start = token_end(frame, index)
    end = within_quotation(context, cue, content_end(context, cue, begin))
    if cue.entry.thought and not has_marks(context, start, end):
        return None
    if elided:
        return make_draft(context, [(start, end)], cue, "quote.going_on", SpeakerHint(None, None), start)
    return make_draft(context, [(start, end)], cue, "quote.que_clause", subject_hint(context, cue), start)


def _goes_on(context: Context, cue: Cue) -> bool:
    """Whether a sentence goes on with the speech of the one before by its participle alone (“Et ajouté que B.”)."""
    first = context.paragraph.doc[context.frame.first]
    return cue.bare_participle and cue.first == context.frame.first + 1 and first.pos_ == "CCONJ"


def _complementizer(context: Context, cue: Cue) -> int | None:
    """Return the index of the “que” that the verb takes, or None; phrases may stand between, a verb or a sign may not."""
    doc, frame = context.paragraph.doc, context.frame
    inside = in_quotation(context, cue.verb.i)
    commas = 0
    aside_verb = False
    for index in range(cue.last, min(frame.last, cue.last + 40)):
        token = doc[index]
        stretch = in_quotation(context, index)
        if stretch is not inside and not (stretch is not None and stretch.start == token.idx):
            continue
        if token.lower_ in {"que", "qu'"}:
            before = doc[index - 1].lower_
            if before in {"ce", "chose"} and doc[index - 2].text == ",":
                return None  # “promet de A, ce qu'elle refuse”: what follows is said of the whole
            still = before == "même" and doc[index - 2].lower_ in {"de", "quand"}  # “affirme tout de même que”
            purpose = before == "pour" and cue.entry.act in {"insist", "demand", "urge", "ask", "argue"}
            compared = index - 2 >= cue.last and doc[index - 1].pos_ == "ADJ" and doc[index - 2].lower_ in _DEGREES
            comparative = (
                index > cue.last and before in grammar(context.language, "before_que") and not (purpose or still)
            )
            relative = (
                token.pos_ == "PRON"
                and token.dep_ in {"obj", "iobj"}
                and token.head.head.i != cue.verb.i
                and commas == 0
                and index - cue.last > 2
            )
            if (
                comparative
                or compared
                or _describes_object(doc, cue, index, context.language)
                or (
                    relative
                    and doc[index - 1].pos_ in {"NOUN", "PROPN"}
                    and token.head.dep_ == "acl:relcl"
                    and not _is_addressee(doc, index)
                    and not names_outlet(context, doc[index - 1])
                )
            ):
                continue
            # A verb between commas stands in an aside: the complement then begins right behind the second one.
            return None if aside_verb and doc[index - 1].text != "," else index
        if token.text == ",":
            commas += 1
            if index + 2 < frame.last and any(
                t.lower_.endswith("ant") and t.pos_ == "VERB" for t in doc[index + 1 : index + 3]
            ):
                return None
        finite = (
            is_finite(token)
            and not names_outlet(context, token)  # “au micro de France Inter”: a name, whatever the tagger says
        )
        if token.text in {":", ";", "(", ")"} or (finite and commas % 2 == 0):
            return None
        aside_verb = aside_verb or finite
        if token.lower_ in {"qui", "dont"} and commas % 2 == 0:
            return None
    return None


_DEGREES = frozenset({"plus", "moins", "aussi"})
"""Before an adjective they ask for a “que” of their own (“a constaté des prix plus élevés que …”)."""


def _describes_object(doc: Doc, cue: Cue, index: int, language: str) -> bool:
    """Whether “que” follows the noun that “de” joins to the verb: a relative clause (“se réjouit de la complicité qu'il a”)."""
    article = doc[cue.last + 1].lower_ if cue.last + 1 < len(doc) else ""
    return (
        doc[cue.last].lower_ in GENITIVE
        and article in {"la", "l'", "les", "le"}
        and index == cue.last + 3
        and doc[index - 1].pos_ == "NOUN"
        and doc[index - 1].lower_ not in grammar(language, "content_nouns")
    )


def _is_addressee(doc: Doc, index: int) -> bool:
    """Whether the words before “que” are a phrase with à: the one told (“a dit à X que”), not what a relative clause describes."""
    for back in range(1, 6):
        word = doc[index - back].lower_
        if word in {"à", "au", "aux", "devant"}:
            return True
        if doc[index - back].pos_ in {"VERB", "AUX", "PUNCT"}:
            return False
    return False


def _has_infinitive(context: Context, cue: Cue) -> bool:
    """Whether a bare infinitive behind the verb is its complement (“affirme à l'AFP avoir reçu des garanties que …”)."""
    doc = context.paragraph.doc
    index = next((i for i in range(cue.last, min(context.frame.last, cue.last + 12)) if _is_infinitive(doc[i])), None)
    return (
        "inf" in cue.entry.takes
        and index is not None
        and _link_before(doc, index, context.frame.first) is None
        and only_asides(doc, cue.last, index, context.language)
    )


def _is_restrictive(cue: Cue, index: int) -> bool:
    """Whether the “que” at `index` belongs to a “ne … que” of the cue (“ne reconnaissant la mort que d'une poignée”)."""
    doc = cue.verb.doc
    if index == cue.last or cue.clitic is not None or cue.negated:
        return False
    before = {token.lower_ for token in doc[max(0, cue.first - 2) : cue.verb.i]}
    return bool(before & {"ne", "n'"}) and not any(
        token.lower_ in {"pas", "jamais", "point"} for token in doc[cue.first : index]
    )


def _nested_speech(context: Context, cue: Cue) -> bool:
    """Whether a cue inside a quotation reports somebody else's words: its subject is an actor, not the speaker's “je” or a thing."""
    subject = preposed_subject(context.frame, cue, context.language)
    if subject is None:
        return False
    start = context.paragraph.start(subject.token)
    named = context.cast.headed_at(start) or context.cast.covering(start)
    return (
        named is not None
        or subject.token.pos_ in {"PROPN", "X"}
        or (subject.token.pos_ == "NOUN" and is_person_word(fold(subject.token.text), context.language))
    )


def indirect_question(context: Context, cue: Cue) -> Draft | None:
    """The verb takes an indirect question: X a demandé pourquoi A; X explique "pourquoi A"."""
    if (
        "wh" not in cue.entry.takes
        or cue.passive
        or cue.last >= context.frame.last
        or in_quotation(context, cue.verb.i) is not None
    ):
        return None
    doc, frame = context.paragraph.doc, context.frame
    index = cue.last
    while index < frame.last and (
        doc[index].text in '"«“+'
        or (doc[index].pos_ == "ADV" and doc[index].lower_ not in grammar(context.language, "interrogatives"))
    ):
        index += 1
    degree = index + 2 < frame.last and doc[index].pos_ == "ADP" and doc[index + 1].lower_ in {"quel", "quelle"}
    if index >= frame.last or not (degree or doc[index].lower_ in grammar(context.language, "interrogatives")):
        return None  # “à quel point”, “dans quelle mesure”
    if doc[index].lower_ == "s'" and (index + 1 >= frame.last or doc[index + 1].lower_ not in {"il", "ils"}):
        return None  # “indique s'être mis en contact”: the reflexive, not “si”
    if doc[index].lower_ == "ce" and (
        index + 1 >= frame.last or doc[index + 1].lower_ not in {"que", "qu'", "qui", "dont"}
    ):
        return None
    start = token_offset(frame, index)
    end = content_end(context, cue, index + 1)
    return make_draft(context, [(start, end)], cue, "quote.indirect_question", subject_hint(context, cue), start)


def self_description(context: Context, cue: Cue) -> Draft | None:
    """The subject says what it is or is ready for, with no quotation: X s'est dit prêt à A; X se déclare favorable à A."""
    doc, frame = context.paragraph.doc, context.frame
    if "adj" not in cue.entry.takes or not cue.reflexive or in_quotation(context, cue.verb.i) is not None:
        return None
    index = cue.last
    while index < frame.last and (
        doc[index].pos_ == "ADV" or doc[index].lower_ in grammar(context.language, "time_nouns")
    ):
        index += 1
    if index + 1 >= frame.last or in_quotation(context, index) is not None:
        return None
    described = doc[index].pos_ == "ADJ" or (doc[index].pos_ == "VERB" and "VerbForm=Part" in str(doc[index].morph))
    if not described or doc[index].lower_.endswith("ant") or doc[index + 1].pos_ != "ADP":
        return None
    start = token_offset(frame, index)
    end = min(content_end(context, cue, index + 1), _next_clause(context, index))
    return make_draft(context, [(start, end)], cue, "quote.self_description", subject_hint(context, cue), start)


_LINKS = {"pour": {"pour"}, "de": {"de", "d'"}, "obj_de": {"de", "d'"}, "obj_a": {"à"}, "a": {"à"}, "a_inf": {"à"}}


def infinitive(context: Context, cue: Cue) -> Draft | None:
    """The verb takes an infinitive: X promet de A; X accuse Y de A; X appelle Y à A; X affirme avoir A."""
    if cue.entry.quoted and not has_marks(context, token_end(context.frame, cue.last - 1), context.frame.end):
        return None
    if cue.passive and agent_of(context, cue) is None:
        return None
    if in_quotation(context, cue.verb.i) is not None and not _nested_speech(context, cue):
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
            adjacent = only_asides(doc, cue.last, index, context.language)
            if before is not None and before[1] in links and before[0] >= cue.last:
                if token.lower_ == "savoir" and before[1] == "à":
                    return None  # “à savoir” lists
                if not _governs(token, cue, before[0]):
                    continue
                start = token_end(frame, before[0])
            elif bare and before is None and adjacent:
                start = token_offset(frame, _group_of(doc, cue.last, index, context.language))
            else:
                continue
            start = _past_adverbs(context, start, index)
            end = min(content_end(context, cue, index), _next_clause(context, index))
            end = within_quotation(context, cue, end)
            if cue.entry.thought and not has_marks(context, start, end):
                return None
            return make_draft(context, [(start, end)], cue, "quote.infinitive", subject_hint(context, cue), start)
        if token.text in {":", ";", "(", ")"} or is_finite(token):
            return None
    return None


def only_asides(doc: Doc, first: int, last: int, language: str) -> bool:
    """Whether between the verb and an infinitive only adverbs, dates and phrases with a preposition stand (“a indiqué à l'AFP avoir …”)."""
    phrase = False
    for token in doc[first:last]:
        if token.pos_ == "ADP":
            phrase = True
        elif token.text == ",":
            phrase = False
        elif not (
            (token.pos_ == "DET" and token.nbor(1).lower_ in grammar(language, "time_nouns"))
            or token.pos_ in {"ADV", "PUNCT", "PRON", "NUM"}
            or token.lower_ in {"ne", "pas", "n'"}
            or token.lower_ in grammar(language, "time_nouns")
            or (phrase and token.pos_ in {"DET", "NOUN", "PROPN", "ADJ"})
        ):
            return False
    return True


def _past_adverbs(context: Context, start: int, infinitive: int) -> int:
    """Move the start of content past the adverbs that belong to the saying (“assure aussi avoir …”, “promet également de …”)."""
    adverbs = grammar(context.language, "saying_adverbs")
    for token in context.paragraph.doc[context.frame.first : infinitive]:
        if token.idx >= start and not token.is_space:
            if token.lower_ not in adverbs:
                break
            start = token.idx + len(token)
    return start


def _group_of(doc: Doc, first: int, infinitive: int, language: str) -> int:
    """Return the index at which the infinitive's group begins: its negation, its clitics, its adverbs (“a assuré lundi ne pas avoir …”)."""
    clitics = grammar(language, "object_clitics") | {"ne", "n'"}
    index = infinitive
    while index > first and (
        doc[index - 1].lower_ in clitics
        or doc[index - 1].is_quote
        or (doc[index - 1].pos_ == "ADV" and doc[index - 1].lower_ not in grammar(language, "saying_adverbs"))
    ):
        index -= 1
    return index


def _next_clause(context: Context, begin: int) -> int:
    """Return where the narrator begins a clause with a subject of its own behind an infinitive (“… mais les voisins sont venus”)."""
    # “alors que” sets his own report beside what was promised or denied.
    doc, frame = context.paragraph.doc, context.frame
    for index in range(begin + 1, frame.last - 2):
        if in_quotation(context, index) is not None:
            continue
        if doc[index].text == "," and begins_main_clause(frame, index + 1, context.language):
            return token_offset(frame, index)
        if doc[index].lower_ in {"alors", "tandis"} and doc[index + 1].lower_ in {"que", "qu'"}:
            return token_offset(frame, index)
        if doc[index].lower_ not in {"mais", "et"} or _awaits_verb(doc, begin, index):
            continue
        if doc[index + 1].pos_ == "DET" or doc[index + 1].lower_ in grammar(context.language, "subject_pronouns"):
            for position in range(index + 1, min(index + 8, frame.last)):
                token = doc[position]
                if token.pos_ in {"VERB", "AUX"}:
                    if "VerbForm=Fin" in str(token.morph):
                        return token_offset(frame, index)
                    break
                if token.is_punct or token.pos_ == "ADP":
                    break
    return frame.end


def _awaits_verb(doc: Doc, begin: int, index: int) -> bool:
    """Whether a “que” before token `index` still waits for its verb: a conjunction there joins two subjects (“que X et ses fils …”)."""
    opening = next((i for i in range(index - 1, begin, -1) if doc[i].lower_ in {"que", "qu'"}), None)
    return opening is not None and not any(is_finite(token) for token in doc[opening:index])


def _is_infinitive(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and ("VerbForm=Inf" in str(token.morph) or token.lower_ in {"être", "avoir"})


def _link_before(doc: Doc, index: int, first: int) -> tuple[int, str] | None:
    """Return index and form of the preposition that leads to the infinitive, past clitics, negation and quotation marks."""
    index -= 1
    while index >= first and (
        doc[index].pos_ in {"ADV", "PRON"} or doc[index].text in '"«“+ \u00a0' or doc[index].lower_ == "en"
    ):
        index -= 1
    return (index, doc[index].lower_) if index >= first and doc[index].pos_ == "ADP" else None


def _governs(token: Token, cue: Cue, link: int) -> bool:
    """Whether the infinitive hangs on the cue, or no other verb stands between that it could hang on."""
    for head in (token, token.head, token.head.head):
        if head.head.i == cue.verb.i:
            return True
    between = cue.verb.doc[cue.last : link]
    return not any(t.pos_ in {"VERB", "AUX"} or t.text in {";", ":"} for t in between) and len(between) <= 16
