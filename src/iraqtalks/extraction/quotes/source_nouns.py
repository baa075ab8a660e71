"""The noun phrase that names a source behind a preposition: its head, and where it ends."""

from iraqtalks.extraction.actors.nouns import nouns_of
from iraqtalks.extraction.phrases import is_finite
from iraqtalks.extraction.quotes.draft import Context
from iraqtalks.extraction.quotes.frames import Frame
from iraqtalks.extraction.tokens import Doc, Token


def phrase_head(frame: Frame, index: int, language: str) -> Token | None:
    """Return the head of the noun phrase that begins at token `index`: its first noun, name or stressed pronoun."""
    doc = frame.paragraph.doc
    quantities = nouns_of(language).quantities
    for position in range(index, min(index + 6, frame.last)):
        token = doc[position]
        follows = doc[position + 1].lower_ if position + 1 < frame.last else ""
        if token.lower_ in quantities and follows in {"de", "d'", "des", "du"}:
            continue  # “nombre d'observateurs”, “la plupart des experts”
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


def phrase_core(context: Context, head: Token) -> int:
    """Return the index after the head with its adjectives, names and genitives: all that a source inside a clause takes along.

    A short rest to the frame's end is taken along too: a source that closes the sentence (“selon un responsable à Bagdad”).
    """
    frame, doc = context.frame, context.paragraph.doc
    last = head.i + 1
    while last < frame.last and (
        (doc[last].pos_ in {"ADJ", "PROPN", "X", "NOUN", "DET"} and not doc[last].is_punct)
        or doc[last].lower_ in {"de", "d'", "du", "des", "l'"}
    ):
        if (
            _another_phrase_begins(doc[last - 1], doc[last])
            and context.cast.covering(context.paragraph.start(doc[last])) is None
        ):
            break  # “il a rejoint selon l'accusation la brigade”
        last += 1
    if last + 2 < frame.last and doc[last].text == "(" and doc[last + 2].text == ")":
        last += 3  # the acronym of its name
    rest = [token for token in doc[last : frame.last] if not token.is_punct]
    finite = any(is_finite(t) for t in rest)
    participle = bool(rest) and "VerbForm=Part" in str(rest[0].morph) and not finite
    short = len(rest) <= 6 and (not rest or rest[0].pos_ != "DET") and not any(t.pos_ in {"VERB", "AUX"} for t in rest)
    return frame.last - 1 if (participle or short) and doc[frame.last - 1].is_punct else last


_PHRASE_STOPS = frozenset({",", ";", ":", ".", "(", ")", '"', "»", "«", "--"})


def phrase_last(context: Context, head: Token) -> int:
    """Return the index after the source's phrase: with its genitives, names, participles and an apposition between commas."""
    frame, doc = context.frame, context.paragraph.doc
    last = head.i + 1
    relative = False
    while last < frame.last:
        token = doc[last]
        if token.text == "[" and (closing := _closing(doc, last, frame.last)) is not None:
            last = closing + 1  # the editor's addition (“selon les résultats [de l'étude], …”)
            continue
        if token.lower_ in {"qui", "que", "qu'", "dont"}:
            relative = True
        elif (
            token.text in _PHRASE_STOPS
            or token.pos_ == "SCONJ"
            or (
                token.pos_ == "CCONJ"
                and not (token.lower_ == "et" and last + 1 < frame.last and doc[last + 1].pos_ in _PHRASE_GOES_ON)
            )
        ):
            break
        elif (
            is_finite(token)
            and not relative
            and not (
                token.dep_ == "acl" and token.lower_.rstrip("es").endswith("é")
            )  # a participle, whatever its form's tag
        ):
            return head.i + 1
        elif (
            _another_phrase_begins(doc[last - 1], token)
            and context.cast.covering(context.paragraph.start(token)) is None
        ):
            break  # but “Debout la France” is one name
        last += 1
    return _with_apposition(context, head, last)


def _closing(doc: Doc, opening: int, limit: int) -> int | None:
    """Return the index of the square bracket that closes the one at `opening`, or None."""
    return next((i for i in range(opening + 1, min(opening + 10, limit)) if doc[i].text == "]"), None)


_PHRASE_GOES_ON = frozenset({"DET", "PROPN", "NOUN", "ADP", "ADJ"})


def _another_phrase_begins(before: Token, token: Token) -> bool:
    """Whether a noun phrase begins that no preposition or conjunction joins to the one before."""
    if token.pos_ == "NUM":
        return before.pos_ == "ADJ"
    return (
        token.pos_ == "DET"
        and before.pos_ not in {"ADP", "CCONJ", "ADV"}
        and before.lower_ not in {"du", "des", "au", "aux"}
    )


def _with_apposition(context: Context, head: Token, last: int) -> int:
    """Take along what stands between commas or brackets after the phrase and names or describes the same source."""
    frame, doc = context.frame, context.paragraph.doc
    if last >= frame.last or doc[last].text not in {",", "("}:
        return last
    closing = ")" if doc[last].text == "(" else ","
    end = _piece_end(frame, last, closing)
    if end is None:
        return last
    if closing == ")":
        return end + 1
    opener = doc[last + 1]
    clause = any(is_finite(t) for t in doc[last + 1 : end])
    apposed = opener.pos_ in {"PROPN", "NOUN", "VERB", "ADJ"} or opener.lower_ in _APPOSITION_OPENERS
    if not apposed or (clause and opener.lower_ != "qui"):
        return last
    # A list inside the apposition (“secrétaire du syndicat des médecins, pharmaciens et dentistes, …”).
    further = _piece_end(frame, end, ",")
    if further is not None and doc[end + 1].pos_ in {"NOUN", "ADJ", "PROPN"} and not clause:
        rest = doc[end + 1 : further]
        if not any(t.pos_ in {"VERB", "AUX"} for t in rest) and any(t.lower_ == "et" for t in rest):
            return further
    return end


_APPOSITION_OPENERS = frozenset({"qui", "un", "une", "de", "d'", "du", "des", "à", "au", "aux", "l'un", "dont"})


def _piece_end(frame: Frame, opening: int, closing: str) -> int | None:
    """Return the index of the sign that closes the piece which the sign at `opening` opens, or None."""
    doc = frame.paragraph.doc
    for index in range(opening + 1, min(opening + 25, frame.last)):
        if doc[index].text == closing:
            return index
        if doc[index].text in {".", ";", ":"}:
            return None
    return None
