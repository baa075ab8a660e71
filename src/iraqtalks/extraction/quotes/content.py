"""Where reported content begins and ends in a frame: offsets into the paragraph, trimmed to what was said."""

import re
from functools import cache

from iraqtalks.extraction.phrases import is_finite
from iraqtalks.extraction.quotes.cues import Cue, grammar
from iraqtalks.extraction.quotes.frames import Frame
from iraqtalks.extraction.tokens import Token
from iraqtalks.language import load
from iraqtalks.language.inflection import lemmas_by_form

_MARKS = '«»“”„‹›‘"+'
_LEAD = re.compile(rf"(?:[\s{_MARKS},;:.…]|[–—-]+(?=\s))*")
_TAIL = re.compile(rf"(?:[\s{_MARKS},;:.…]|(?<=\s)[–—-]+)*$")
# Sentence-final signs that a closing mark follows: with a space before » as French sets it, none before a straight one.
_KEPT = re.compile(r"[.!?…]+(?=\s?[»”›]|[\"+](?:\W|$))")


@cache
def _connective(language: str) -> re.Pattern[str]:
    words = sorted(load(language, "cues")["connectives"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(word) for word in words)})(?:,\s*|\s+)", re.IGNORECASE)


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Cut white space, marks and punctuation off both ends of `text[start:end]`; None where no letter or digit is left.

    A final point is content where it stands inside the marks (`. »`), not where it ends the narrator's sentence.
    """
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    tail = _TAIL.search(text[begin:end])
    finish = begin + tail.start() if tail else end
    kept = _KEPT.match(text, finish)
    if kept is not None:
        finish = kept.end()
    return (begin, finish) if any(character.isalnum() for character in text[begin:finish]) else None


def after_connectives(text: str, start: int, end: int, language: str) -> int:
    """Return `start` moved past leading connectives (Mais, Et, Toutefois), which are the narrator's."""
    while True:
        match = _connective(language).match(text, start, end)
        if match is None:
            return start
        start = match.end()


def token_offset(frame: Frame, index: int) -> int:
    """Return the offset at which token `index` begins, or the frame's end past its last token."""
    return frame.paragraph.starts[index] if index < frame.last else frame.end


def token_end(frame: Frame, index: int) -> int:
    """Return the offset after token `index`."""
    return frame.paragraph.starts[index] + len(frame.paragraph.doc[index])


def depends_on(token: Token, head: Token, limit: int = 30) -> bool:
    """Whether `token` is `head` or stands below it in the tree."""
    for _ in range(limit):
        if token.i == head.i:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def clause_end(frame: Frame, text: str, begin: int, cue: Cue, others: list[Cue], language: str) -> int:
    """Return the offset at which the clause reported by `cue` ends; it begins with token `begin`.

    It reaches to the frame's end, unless a coordinated cue begins (“, ajoutant que”, “et a précisé que”), the sentence
    that the cue is subordinate to goes on (“X, qui a dit que …, est parti”), or a gloss of the narrator's follows.
    """
    end = frame.end
    for other in others:
        if other.first > begin and _coordinates(other, cue, language) and not _inside(frame, other.first):
            end = min(end, _before_separator(frame, other.first))
            break
    if is_subordinate(frame, cue, language) or (cue.bare_participle and cue.passive):
        end = min(
            end, _resumption(frame, begin, end, language, relative=cue_is_relative(frame, cue) or cue.bare_participle)
        )
    for stop in (_contrast(frame, begin, others), _rejoinder(frame, begin, others)):
        end = end if stop is None else min(end, stop)
    bracket = _closing_bracket(frame, text, begin)
    if bracket is not None:
        end = min(end, bracket)
    end = before_gloss(frame, text, token_offset(frame, begin), end, language)
    remark = remark_after(frame, begin, end, language)
    end = end if remark is None else remark
    unsaid = _unsaid(frame, begin, end, language)
    return end if unsaid is None else unsaid


def _unsaid(frame: Frame, begin: int, end: int, language: str) -> int | None:
    """Return where it is told what the speaker did not say (“… perdue sans expliquer comment”), or None."""
    doc = frame.paragraph.doc
    known = lemmas_by_form("cues", language)
    for index in range(begin + 1, frame.last - 1):
        if doc[index].idx >= end:
            return None
        said = doc[index + 1].lower_
        if doc[index].lower_ == "sans" and said in known.get(said, ()) and not _inside(frame, index):
            return token_offset(frame, index)
    return None


def remark_after(frame: Frame, begin: int, end: int, language: str) -> int | None:
    """Return where the narrator explains or answers what closes the content, behind its last comma; None where that goes on.

    He explains it by an apposition (“…, une procédure que Paris conteste”, “…, pays où …”), answers it by “ce que” and a verb
    of saying (“…, ce que Téhéran dément”), tells who or where a name is (“…, en Syrie, où son père est mort”), what the
    speaker did besides (“…, tout en refusant de …”) or where he spoke.
    """
    doc = frame.paragraph.doc
    known = lemmas_by_form("cues", language)  # by form: the tagger takes “dément” for an adverb
    for index in range(begin + 1, frame.last - 2):
        if doc[index].idx >= end:
            return None
        if doc[index].text != "," or _inside(frame, index) or _inside(frame, index + 1):
            continue
        answered = (
            doc[index + 1].lower_ == "ce"
            and doc[index + 2].lower_ in {"que", "qu'"}
            and any(token.lower_ in known for token in doc[index + 3 : frame.last])
        )
        # Without “tout”, the gerund tells as often how what is said was done (“…, en l'étranglant”).
        gerund = doc[index + 1].lower_ == "tout" and doc[index + 2].lower_ == "en"
        told_of = (
            doc[index - 1].pos_ == "PROPN"
            and doc[index + 1].lower_ in {"qui", "où"}
            and _is_last_clause(frame, index + 1, end, language)
        )
        if (
            answered
            or gerund
            or told_of
            or _is_apposition(frame, index, end, language)
            or _is_venue(frame, index, end, language)
        ):
            return token_offset(frame, index)
    return None


_LISTED = frozenset({"DET", "NOUN", "PROPN", "NUM", "ADP"})


def _is_last_clause(frame: Frame, first: int, end: int, language: str) -> bool:
    """Whether from token `first` to the end one relative clause runs, with nothing quoted in it."""
    doc = frame.paragraph.doc
    words = [token for token in doc[first : frame.last] if token.idx < end]
    return not any(
        _inside(frame, t.i) or (t.text == "," and begins_main_clause(frame, t.i + 1, language)) for t in words
    )


def _is_venue(frame: Frame, comma: int, end: int, language: str) -> bool:
    """Whether from the comma to the end it is said where the words were spoken or written (“…, dans une tribune publiée par Y”)."""
    doc = frame.paragraph.doc
    words = [token for token in doc[comma + 1 : frame.last] if token.idx < end]
    return bool(words) and (
        words[0].pos_ == "ADP"
        and words[0].lower_ in grammar(language, "venue_prepositions")
        and any(token.lower_ in grammar(language, "venues") for token in words[1:4])
        and not any(t.text in {",", ";", ":"} or "VerbForm=Fin" in str(t.morph) for t in words)
    )


def _is_apposition(frame: Frame, comma: int, end: int, language: str) -> bool:
    """Whether from the comma to the end of the content a noun phrase stands that explains the noun before."""
    doc = frame.paragraph.doc
    first = doc[comma + 1]
    one_of = first.lower_ in {"l'", "l"} and first.nbor(1).lower_ in {"un", "une"}
    apposed = (
        one_of
        or first.lower_ in grammar(language, "apposition_determiners")
        or (first.pos_ == "NOUN" and first.lower_ not in grammar(language, "time_nouns"))
    )
    if not apposed or doc[comma - 1].pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "VERB", "PUNCT"}:
        return False
    relative = False
    for token in doc[comma + 1 : frame.last]:
        if token.idx >= end or token.text in {";", ":"}:
            break
        if token.pos_ == "CCONJ" and not relative and token.i + 1 < frame.last and token.nbor(1).pos_ in _LISTED:
            return False  # a list goes on
        finite = is_finite(token)
        if token.lower_ in grammar(language, "relatives"):
            relative = True
        elif token.text == "," or (finite and not relative):
            return False
    return True


@cache
def _gloss(language: str) -> re.Pattern[str]:
    words = load(language, "cues")["glosses"]
    return re.compile(rf",\s+(?:{'|'.join(re.escape(word) for word in words)})\b", re.IGNORECASE)


def before_gloss(frame: Frame, text: str, start: int, end: int, language: str) -> int:
    """Return where between two offsets a gloss of the narrator's begins (“…, située à une lieue”, “…, en référence à X”), else `end`."""
    gloss = _gloss(language).search(text, start, end)
    return end if gloss is None or frame.stretch_at(gloss.start()) is not None else gloss.start()


def _inside(frame: Frame, index: int) -> bool:
    return frame.stretch_at(token_offset(frame, index)) is not None


def _coordinates(other: Cue, cue: Cue, language: str) -> bool:
    """Whether `other` goes on with what the subject of `cue` does, and not with what is reported."""
    doc = cue.verb.doc
    index = other.first - 1
    while index > cue.last and (doc[index].pos_ == "ADV" or doc[index].lower_ in grammar(language, "object_clitics")):
        index -= 1
    before = doc[index].lower_ if index >= 0 else ""
    if other.participle:
        return before in {",", "et", "en", "tout"} or doc[index].is_punct
    if other.clitic is not None or before not in {",", "et", "mais", "puis", "avant", "avant de"}:
        return False
    follower = doc[other.last].lower_ if other.last < len(doc) else ""
    if other.bare_participle and before == "et" and cue.first < cue.verb.i and follower in {"que", "qu'"}:
        return True  # “a accusé X de A et rappelé que B”
    beside = cue.verb.dep_ == "conj" and other.verb.dep_ == "conj" and other.verb.head.i == cue.verb.head.i
    if (
        other.verb.head.i == cue.verb.i
        or (beside and _same_form(other, cue))
        or (other.verb.dep_ == "conj" and depends_on(other.verb, cue.verb) and _same_form(other, cue))
    ):
        return True
    return _same_form(other, cue) and other.first < other.verb.i and cue.first < cue.verb.i


def _same_form(one: Cue, two: Cue) -> bool:
    """Whether both verb groups are built alike (a dit …, a ajouté …; dit …, ajoute …)."""
    first, second = one.verb.doc[one.first].lower_, two.verb.doc[two.first].lower_
    if one.first < one.verb.i and two.first < two.verb.i:
        return bool(first == second)
    return (
        one.first == one.verb.i
        and two.first == two.verb.i
        and one.verb.morph.get("Tense", []) == two.verb.morph.get("Tense", [])
    )


def _before_separator(frame: Frame, index: int) -> int:
    """Return the end of the token before the comma or conjunction that leads to token `index`."""
    doc = frame.paragraph.doc
    while index > frame.first and (
        doc[index - 1].is_punct
        or doc[index - 1].lower_ in {"et", "mais", "puis", "en", "tout"}
        or doc[index - 1].pos_ == "ADV"
        or (doc[index - 1].pos_ == "PRON" and doc[index - 1].lower_ in _OBJECT_CLITICS)
    ):
        index -= 1
    return token_end(frame, max(index - 1, frame.first))


_OBJECT_CLITICS = frozenset({"le", "la", "l'", "les", "lui", "leur"})


def _contrast(frame: Frame, begin: int, others: list[Cue]) -> int | None:
    """Return where the narrator sets somebody else's saying against the content (“…, alors que Y a évoqué …”), or None."""
    doc = frame.paragraph.doc
    for index in range(begin + 1, frame.last - 2):
        opens = doc[index + 1].lower_ in {"alors", "tandis"} and doc[index + 2].lower_ in {"que", "qu'"}
        told = any(other.verb.i > index and not _inside(frame, other.verb.i) for other in others)
        if doc[index].text == "," and opens and told and not _inside(frame, index):
            return token_offset(frame, index)
    return None


def _rejoinder(frame: Frame, begin: int, others: list[Cue]) -> int | None:
    """Return where somebody else is said to say otherwise (“X assure que A, mais Y affirme que B”), or None."""
    doc = frame.paragraph.doc
    for other in others:
        takes = other.last < frame.last and doc[other.last].lower_ in {"que", "qu'"}
        if other.first <= begin or not takes or other.participle or other.infinitive or _inside(frame, other.first):
            continue
        index = other.first - 1
        while index > begin and doc[index].pos_ in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "X", "ADP", "PRON", "ADV"}:
            index -= 1
        if doc[index].lower_ == "mais":
            return _before_separator(frame, index + 1)
    return None


def is_subordinate(frame: Frame, cue: Cue, language: str) -> bool:
    """Whether the cue stands in a clause that depends on another one: the sentence then goes on after its content.

    “Accusant X de …, Y …”, “après avoir dit que …, Y …”, “S'il a dit que …, Y …”, “Y, qui a dit que …, …”.
    """
    doc = frame.paragraph.doc
    if cue.participle and all(
        t.pos_ in {"ADP", "ADV"} or t.lower_ in {"tout", "en"} for t in doc[frame.first : cue.first]
    ):
        return True
    openers = grammar(language, "subordinators")
    for index in range(cue.first, frame.first - 1, -1):
        token = doc[index]
        if token.lower_ in openers and not _inside(frame, index):
            # Behind the main clause (“X a dit A, tout en précisant que B”) nothing is left to go on.
            return cue_is_relative(frame, cue) or not _finite_before(frame, index, language)
        if token.text in {",", ";", ":"} and index < cue.first and not _inside(frame, index):
            return cue_is_relative(frame, cue)
    return False


def _finite_before(frame: Frame, index: int, language: str) -> bool:
    """Whether a main clause with a finite verb of the narrator's stands before token `index` in the frame."""
    doc = frame.paragraph.doc
    start = frame.first
    if doc[start].lower_ in grammar(language, "subordinators"):
        # The frame opens with a dependent clause: the main one begins behind a comma.
        comma = next((i for i in range(start, index) if doc[i].text == "," and not _inside(frame, i)), index)
        start = comma
    return any(is_finite(t) and not _inside(frame, t.i) for t in doc[start:index])


def cue_is_relative(frame: Frame, cue: Cue) -> bool:
    """Whether the cue is the verb of a relative clause (“X, qui affirme que …”)."""
    doc = frame.paragraph.doc
    index = cue.first - 1
    while index > frame.first and (doc[index].pos_ in {"ADV", "PRON"} and doc[index].lower_ != "qui"):
        index -= 1
    return index >= frame.first and doc[index].lower_ == "qui"


def _resumption(frame: Frame, begin: int, end: int, language: str, *, relative: bool) -> int:
    """Return where the sentence goes on after a subordinate clause: at the first comma that a main clause follows."""
    doc = frame.paragraph.doc
    for index in range(begin, frame.last):
        if token_offset(frame, index) >= end:
            break
        if (
            doc[index].text == ","
            and not _inside(frame, index)
            and begins_main_clause(frame, index + 1, language, relative=relative)
        ):
            return token_offset(frame, index)
    return end


def begins_main_clause(frame: Frame, index: int, language: str, *, relative: bool = False) -> bool:
    """Whether a subject and its finite verb follow, with no conjunction; behind a relative clause the verb alone."""
    doc = frame.paragraph.doc
    if index >= frame.last:
        return False
    first = doc[index]
    if (
        first.lower_
        in grammar(language, "relatives")
        | grammar(language, "conjunctions")
        | {"dans", "sans", "selon", "dont", "même"}
        or first.pos_ == "SCONJ"
    ):
        return False
    nominal = False
    for position in range(index, min(frame.last, index + 18)):
        token = doc[position]
        if token.text in {",", ";", ":", "."} or token.lower_ in grammar(language, "relatives"):
            return False
        if token.pos_ in {"NOUN", "PROPN", "PRON"}:
            nominal = True
        if is_finite(token):
            # Behind a relative clause the verb comes at once, but where its noun stands in a leading phrase (“Face à X, qui …, Y …”).
            leading = doc[frame.first].pos_ == "ADP" or doc[frame.first].lower_ in {"face", "suite", "grâce"}
            return position - index <= 2 or (leading and nominal) if relative else nominal
    return False


_BRACKETS = (("(", ")"), ("--", "--"), ("–", "–"), ("—", "—"))


def _narrated(frame: Frame, text: str, start: int, end: int) -> str:
    """Return the frame's text between two offsets with what stands in other quotations blanked: its brackets are not the narrator's."""
    own = frame.stretch_at(end) or frame.stretch_at(max(start, end - 1))
    piece = text[start:end]
    for stretch in frame.quoted:
        if stretch is not own and stretch.start < end and stretch.end > start:
            left, right = max(stretch.start, start) - start, min(stretch.end, end) - start
            piece = piece[:left] + " " * (right - left) + piece[right:]
    return piece


def _is_open(before: str, opening: str, closing: str) -> bool:
    if opening == closing:
        return before.count(opening) % 2 == 1
    return before.count(opening) > before.count(closing)


def _closing_bracket(frame: Frame, text: str, begin: int) -> int | None:
    """Return where a bracket or dash that opened before the content closes, or None."""
    start = token_offset(frame, begin)
    before = _narrated(frame, text, frame.start, start)
    for opening, closing in _BRACKETS:
        if _is_open(before, opening, closing):
            found = text.find(closing, start, frame.end)
            return found if found >= 0 else None
    return None


def opening_bracket(frame: Frame, text: str, offset: int) -> int | None:
    """Return the offset after a bracket or dash of the narrator's that is open at `offset`, or None."""
    before = _narrated(frame, text, frame.start, offset)
    for opening, closing in _BRACKETS:
        if _is_open(before, opening, closing):
            return frame.start + before.rindex(opening) + len(opening)
    return None


def kind_of(frame_stretches: list[tuple[int, int]], text: str, segments: list[tuple[int, int]]) -> str:
    """Return direct, indirect or mixed, by how many of the content's letters and digits stand inside the quoted stretches."""
    inside = outside = 0
    for start, end in segments:
        for index in range(start, end):
            if text[index].isalnum():
                if any(left <= index < right for left, right in frame_stretches):
                    inside += 1
                else:
                    outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
