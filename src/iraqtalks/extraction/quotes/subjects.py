"""Who the grammar says is speaking: the subject of a cue, before it or inverted behind it, by attachment and position."""

from collections.abc import Iterator
from dataclasses import dataclass

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.phrases import GENITIVE, is_finite
from iraqtalks.extraction.quotes.content import begins_main_clause
from iraqtalks.extraction.quotes.cues import Cue, before_clitics, grammar
from iraqtalks.extraction.quotes.frames import Frame
from iraqtalks.extraction.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "X"})


_SIGNS = frozenset({",", ";", ":", ".", "!", "?", '"', "»", "«", "(", ")", "--"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The noun phrase or pronoun that names a speaker. `last` is the index after the phrase; `clitic`: joined to its verb.

    `source`: the phrase follows “de source(s)”, and is an unnamed source by itself.
    """

    token: Token
    last: int
    clitic: bool = False
    source: bool = False
    relative: bool = False


def postposed_subject(frame: Frame, cue: Cue, cast: Cast, language: str) -> Subject | None:
    """Return the subject behind an inverted verb: the first noun phrase with no preposition that is no time or addressee.

    The parser's label is right in two cases of five there, word order in nearly all.
    """
    doc = frame.paragraph.doc
    index = cue.last
    limit = min(frame.last, cue.last + 45)
    times = grammar(language, "time_nouns")
    while index < limit:
        token = doc[index]
        if token.text in {",", ";", ":", ".", "!", "?", '"', "»", "«", "(", "--"}:
            if token.text == "," and _aside_end(frame, index, language) is not None:
                index = _aside_end(frame, index, language) or limit
                continue
            return None
        if token.lower_ in _MEASURES and index + 1 < limit and doc[index + 1].lower_ in {"de", "d'"}:
            index += 2  # “dénoncent plus de quarante avocats”
            continue
        if token.lower_ == "de" and index + 1 < limit and doc[index + 1].lower_ in grammar(language, "after_plural_de"):
            index += 1  # “ont tweeté de nombreux habitants”
            continue
        if token.pos_ == "ADP" or (token.lower_ in {"du", "des", "au", "aux", "en"} and not _is_article(token)):
            index = _after_phrase(frame, index + 1, cast, language)
            continue
        if (token.pos_ in _NOMINAL and token.lower_ not in times) or _stands_for_noun(frame, token):
            return Subject(token, _subject_end(frame, token))
        if token.pos_ == "PRON":
            if token.lower_ in {"que", "qu'", "se", "s'", "le", "la", "les", "lui", "leur", "y", "en"}:
                if token.lower_ in {"que", "qu'"}:
                    return None
                index += 1
                continue
            of_them = index + 1 < limit and doc[index + 1].lower_ in GENITIVE  # “l'un d'entre eux”
            return Subject(token, _subject_end(frame, token) if of_them else index + 1)
        if is_finite(token):
            return None
        if token.lower_ in times:
            index = _after_time(frame, index, language)
            continue
        index += 1
    return None


_MEASURES = frozenset({"plus", "moins", "près"})
"""Words that with “de” measure the noun behind: no preposition governs it."""


def _stands_for_noun(frame: Frame, token: Token) -> bool:
    """Whether an adjective heads its phrase (“une autre”, “cette quinquagénaire”): a determiner before it and no noun behind."""
    if token.lower_ in {"autre", "autres"}:
        return True
    follower = token.nbor(1) if token.i + 1 < len(token.doc) else None
    led = token.i > frame.first and token.nbor(-1).pos_ == "DET"
    return (
        token.pos_ == "ADJ"
        and led
        and (follower is None or follower.is_punct or follower.pos_ in {"ADP", "VERB", "AUX"})
    )


def _is_article(token: Token) -> bool:
    return token.pos_ == "DET" and token.lower_ == "des"


def _after_time(frame: Frame, index: int, language: str) -> int:
    """Return the index after a time expression that begins at `index` (“mardi 15 janvier 2020 au soir”)."""
    doc, times = frame.paragraph.doc, grammar(language, "time_nouns")
    index += 1
    while index < frame.last and (
        doc[index].lower_ in times
        or doc[index].pos_ == "NUM"
        or doc[index].lower_ in {"dernier", "dernière", "1er", "prochain"}
    ):
        index += 1
    return index


def _after_phrase(frame: Frame, index: int, cast: Cast, language: str) -> int:
    """Return the index after the noun phrase that a preposition governs: up to the next article, name or sign that opens another."""
    doc = frame.paragraph.doc
    seen = False
    while index < frame.last:
        token = doc[index]
        if (token.is_punct and token.text not in {"-", "'"}) or (seen and _name_begins(frame, token, cast)):
            return index
        if token.lower_ in grammar(language, "whole_phrases"):
            return index + 1
        if seen and token.lower_ in grammar(language, "determiners"):
            return index
        if token.pos_ in _NOMINAL or token.pos_ == "PRON" or token.lower_ in grammar(language, "time_nouns"):
            seen = True
        elif token.pos_ == "DET":
            if seen:
                return index
        elif token.pos_ == "ADP" or token.lower_ in {"du", "des", "au", "aux"}:
            seen = False
        elif token.pos_ in {"VERB", "AUX"}:
            return index
        index += 1
    return index


def _name_begins(frame: Frame, token: Token, cast: Cast) -> bool:
    """Whether another name begins at the token than the phrase before is (“à l'AFP Jallab al-Cherifi”, “à l'AFP M. Makiya”).

    A body named right behind a common noun is part of its phrase (“à l'agence Tasnim”); a person is not.
    """
    before = token.nbor(-1) if token.i else None
    if before is None or before.pos_ == "ADP" or before.lower_ in {"du", "des", "au", "aux", "de", "d'", "-"}:
        return False
    position = frame.paragraph.start(token)
    mention = cast.covering(position)
    if mention is None or mention.start != position or mention.form != "name":
        return False
    return cast.actors[mention.actor_id].kind == "person" or before.pos_ == "PROPN"


def _aside_end(frame: Frame, index: int, language: str) -> int | None:
    """Return the index after a short aside between commas that begins at `index` (“, à Bagdad,”, “, jeudi soir,”), or None."""
    doc = frame.paragraph.doc
    if index + 1 >= frame.last or not (
        doc[index + 1].pos_ in {"ADP", "ADV"} or doc[index + 1].lower_ in grammar(language, "time_nouns")
    ):
        return None
    for end in range(index + 2, min(index + 12, frame.last)):
        if doc[end].text == ",":
            return end + 1
        if doc[end].is_punct:
            return None
    return None


def _subject_end(frame: Frame, head: Token) -> int:
    """Return the index after the noun phrase of an inverted subject: up to the next comma, bracket or mark outside it."""
    doc = frame.paragraph.doc
    index = head.i + 1
    while (
        index < frame.last and doc[index].text not in _SIGNS and doc[index].lower_ not in {"qui", "dont", "que", "qu'"}
    ):
        # A bare noun or a name goes on with a coordinated phrase (journalistes et militants); anything else is a clause.
        if doc[index].pos_ == "CCONJ" and not (index + 1 < frame.last and doc[index + 1].pos_ in {"NOUN", "PROPN"}):
            break
        index += 1
    return index


def preposed_subject(frame: Frame, cue: Cue, language: str) -> Subject | None:
    """Return the subject of a verb that stands before it, its own or that of the clause it hangs on; None where there is none."""
    if cue.participle:
        attached = _noun_before(frame, cue)
        if attached is not None:
            return Subject(attached, attached.i + 1)
        if all(t.pos_ in {"ADP", "ADV"} for t in frame.paragraph.doc[frame.first : cue.first]):
            return _following_subject(frame, cue, language)
    adjacent = _adjacent_subject(frame, cue, language)
    if adjacent is not None:
        return Subject(adjacent, adjacent.i + 1)
    for verb in _carriers(cue.verb):
        for child in verb.children:
            if (
                child.dep_.startswith("nsubj")
                and frame.first <= child.i < min(verb.i, cue.verb.i)
                and child.text[:1].isalnum()
                and child.pos_ in {*_NOMINAL, "PRON", "ADJ", "DET", "NUM"}
                and not _in_bracket(frame, child, cue)
                and not _apart(frame, child, cue)
            ):
                return _resolved(child, language)
    if cue.participle and cue.verb.head.pos_ in _NOMINAL and cue.verb.head.i < cue.verb.i:
        return _resolved(cue.verb.head, language)
    return _phrase_before(frame, cue, language) or _by_position(frame, cue, language)


def _phrase_before(frame: Frame, cue: Cue, language: str) -> Subject | None:
    """Return the noun phrase with its genitives that fills the clause before a finite verb (“…, le chef de l'État a dit”), or None."""
    doc = frame.paragraph.doc
    if cue.participle or cue.infinitive:
        return None
    last = before_clitics(doc, cue.first, frame.first, grammar(language, "third_clitics")) - 1
    first = last
    while first >= frame.first and (doc[first].pos_ in _PHRASE or doc[first].lower_ in GENITIVE):
        first -= 1
    opens = first < frame.first or doc[first].text == ","
    if not opens or first + 1 > last or doc[first + 1].pos_ != "DET":
        return None
    head = next((token for token in doc[first + 1 : last + 1] if token.pos_ in _NOMINAL), None)
    return None if head is None else Subject(head, last + 1)


_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "X"})


def _adjacent_subject(frame: Frame, cue: Cue, language: str) -> Token | None:
    """Return the pronoun right before a finite verb, or the noun there that begins a clause, or None.

    A conjunction joins it to a clause (“A et sa femme affirme …”), or it is a name behind a comma (“Alors porte-parole, X
    affirme …”). The parse is apt to take the one for an object of the verb before, the other for an apposition.
    """
    doc = frame.paragraph.doc
    if cue.participle or cue.infinitive or not any(is_finite(token) for token in doc[cue.first : cue.verb.i + 1]):
        return None
    index = before_clitics(doc, cue.first, frame.first, grammar(language, "third_clitics")) - 1
    if index < frame.first:
        return None
    head = doc[index]
    if head.pos_ == "PRON" and head.lower_ in grammar(language, "subject_pronouns"):
        return head
    if index <= frame.first or head.pos_ not in _NOMINAL or not head.text[0].isalnum():
        return None
    names = head.pos_ == "PROPN" or (head.text[0].isupper() and doc[index - 1].pos_ == "PROPN")
    index -= 1
    while index > frame.first and (
        doc[index].pos_ in {"DET", "ADJ", "NUM", "PROPN", "X"}
        or (names and doc[index].lower_ in GENITIVE and doc[index - 1].pos_ == "PROPN")
    ):
        named = doc[index].pos_ in {"PROPN", "X"}
        names = names and (named or doc[index].lower_ in GENITIVE)
        head = doc[index] if names and named else head
        index -= 1
    if names and doc[index].text == ",":
        return head
    if doc[index].pos_ != "CCONJ" or doc[index - 1].pos_ in {"PROPN", "DET"}:
        return None
    # “X, le maire et sa femme affirment”: with no verb since the comma, the conjunction joins two subjects.
    last = next((t for t in reversed(doc[frame.first : index]) if t.pos_ in {"VERB", "AUX"} or t.text == ","), None)
    finite = any(is_finite(token) for token in doc[frame.first : index])
    return head if finite and last is not None and last.text != "," else None


def _following_subject(frame: Frame, cue: Cue, language: str) -> Subject | None:
    """Return the subject of the main clause that follows an initial participle (“Accusant X de …, Y déclenche …”)."""
    doc = frame.paragraph.doc
    for index in range(cue.last, frame.last):
        if (
            doc[index].text == ","
            and frame.stretch_at(doc[index].idx) is None
            and begins_main_clause(frame, index + 1, language)
        ):
            for position in range(index + 1, frame.last):
                token = doc[position]
                if token.pos_ in _NOMINAL or (
                    token.pos_ == "PRON" and token.lower_ in grammar(language, "subject_pronouns")
                ):
                    return Subject(token, position + 1)
    return None


def _noun_before(frame: Frame, cue: Cue) -> Token | None:
    """Return the noun that a participle right behind it describes (“un groupe inconnu revendiquant …”), or None."""
    doc, index = frame.paragraph.doc, cue.first - 1
    while index >= frame.first and doc[index].pos_ in {"ADJ", "ADV"}:
        index -= 1
    if index < frame.first or doc[index].pos_ not in _NOMINAL or doc[index + 1].is_punct:
        return None
    token = doc[index]
    while token.dep_ in {"flat:name", "nmod"} and token.head.pos_ in _NOMINAL and frame.first <= token.head.i < token.i:
        if token.dep_ == "nmod" and not any(
            child.dep_ == "case" and child.lower_ in GENITIVE for child in token.children
        ):
            break
        token = token.head
    return token


def _apart(frame: Frame, token: Token, cue: Cue) -> bool:
    """Whether a quotation that the cue does not stand in holds the token."""
    stretch = frame.stretch_at(token.idx)
    return stretch is not None and not stretch.start <= cue.verb.idx < stretch.end


def _in_bracket(frame: Frame, token: Token, cue: Cue) -> bool:
    """Whether a bracket that closes before the cue holds the token."""
    depth = 0
    for index in range(token.i, cue.first):
        depth += {"(": 1, ")": -1}.get(frame.paragraph.doc[index].text, 0)
        if depth < 0:
            return True
    return False


def _carriers(verb: Token) -> Iterator[Token]:
    """Yield the verb and those whose subject it shares: the one it is joined to, complements or modifies."""
    for _ in range(5):
        yield verb
        if verb.head.i == verb.i or verb.dep_ not in {
            "conj",
            "xcomp",
            "advcl",
            "acl",
            "ccomp",
            "obl:mod",
            "obl:arg",
            "dep",
            "parataxis",
            "aux:tense",
            "aux:pass",
            "cop",
            "obj",
        }:
            return
        if verb.dep_ in {"ccomp", "obj", "parataxis"} and "VerbForm=Fin" in str(verb.morph):
            return
        verb = verb.head


def _resolved(subject: Token, language: str) -> Subject:
    """Return the subject; of a relative clause, the noun that it describes."""
    if subject.lower_ == "qui":
        if subject.i and subject.nbor(-1).lower_ in grammar(language, "described_pronouns"):
            return Subject(subject.nbor(-1), subject.i)
        antecedent = _antecedent_of(subject)
        if antecedent is not None:
            return Subject(antecedent, antecedent.i + 1, relative=True)
    return Subject(subject, subject.i + 1)


def _antecedent_of(relative: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for: the nearest before it, or the head of the phrase that ends there."""
    index = relative.i - 1
    while index >= 0 and relative.i - index < 15 and relative.doc[index].pos_ not in _NOMINAL:
        index -= 1
    if index < 0 or relative.doc[index].pos_ not in _NOMINAL:
        return None
    nearest = relative.doc[index]
    parsed = relative.head
    while parsed.dep_ != "acl:relcl" and parsed.head.i != parsed.i and parsed.head.i > relative.i:
        parsed = parsed.head
    parsed = parsed.head
    above = nearest
    for _ in range(4):
        if above.i == parsed.i:
            return parsed
        above = above.head
    return nearest


def _by_position(frame: Frame, cue: Cue, language: str) -> Subject | None:
    """Return the nearest noun phrase or subject pronoun before the verb that no preposition governs."""
    doc = frame.paragraph.doc
    times = grammar(language, "time_nouns")
    for index in range(cue.first - 1, frame.first - 1, -1):
        token = doc[index]
        if _apart(frame, token, cue):
            continue
        if token.text in {";", ":"}:
            return None
        if token.lower_ in grammar(language, "subject_pronouns") and token.pos_ == "PRON":
            return Subject(token, index + 1)
        if (
            token.pos_ in _NOMINAL
            and token.text[:1].isalnum()
            and token.lower_ not in times
            and not _governed(token)
            and not _in_bracket(frame, token, cue)
        ):
            first = (
                token.head
                if token.dep_ == "conj" and token.head.pos_ in _NOMINAL and token.head.i >= frame.first
                else token
            )
            return Subject(first, index + 1)
    return None


def _governed(token: Token) -> bool:
    """Whether a preposition governs the noun."""
    return any(child.dep_ == "case" for child in token.children) or token.dep_ in {
        "flat:name",
        "nmod",
        "amod",
        "obl:mod",
        "obl:arg",
        "obj",
    }


PREPOSITION_FORMS = {"de": GENITIVE, "à": frozenset({"à", "au", "aux"})}
"""The forms of prepositions that contract with an article."""


def object_phrase(frame: Frame, cue: Cue, quotation: int, language: str) -> int | None:
    """Return the offset at which the noun phrase that leads into a quotation begins, with its determiner; None for a bare one.

    The phrase is the verb's object, or what its preposition governs (“a alerté sur une hausse « alarmante »”).
    """
    doc, starts = frame.paragraph.doc, frame.paragraph.starts
    index = cue.last
    if cue.entry.lemma.endswith(" de") and index < frame.last and doc[index].pos_ in {"DET", "NUM"}:
        return starts[index]  # “a fait état d'un « accident »”
    if cue.entry.preposition is not None:
        for position in range(index, frame.last):
            if doc[position].idx >= quotation:
                break
            if doc[position].lower_ in PREPOSITION_FORMS.get(cue.entry.preposition, {cue.entry.preposition}):
                return starts[position + 1] if position + 1 < len(starts) else None
    articles, times = grammar(language, "determiners") | {"des"}, grammar(language, "time_nouns")
    while index < frame.last and doc[index].idx < quotation:
        token = doc[index]
        if token.pos_ == "DET" or token.lower_ in articles:
            if doc[index + 1].lower_ in times:
                index = _after_time(frame, index + 1, language)  # “a exprimé ce vendredi 24 mai son « ras-le-bol »”
                continue
            if doc[index - 1].pos_ != "ADP":
                return starts[index]
        elif (
            token.pos_ in _NOMINAL
            and doc[index - 1].pos_ not in {"ADP", "DET", "ADJ", "NUM"}
            and token.lower_ not in times
        ):
            return starts[index]
        index += 1
    return None


def relayed_source(frame: Frame, index: int, language: str) -> Subject | None:
    """Return whom the reporter cites (“écrit l'agence, en citant X”; “citant X”), or None."""
    doc = frame.paragraph.doc
    for position in range(index, min(frame.last, index + 12)):
        token = doc[position]
        if token.lower_ in {"citant", "cite"} and position + 1 < frame.last:
            for following in range(position + 1, min(frame.last, position + 8)):
                if doc[following].pos_ in _NOMINAL:
                    return Subject(doc[following], following + 1)
                if doc[following].pos_ in {"VERB", "AUX"}:
                    return None
        if (
            token.pos_ in {"VERB", "AUX"}
            and token.lower_ not in {"citant", "cite"}
            and "VerbForm=Fin" in str(token.morph)
        ):
            return None
    return None
