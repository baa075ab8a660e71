"""Tokens of a paragraph → the cues in it: verb groups and prepositions that may introduce reported content."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from iraqtalks.extraction.phrases import GENITIVE
from iraqtalks.extraction.tokens import Doc, Token
from iraqtalks.language import load
from iraqtalks.language.inflection import forms, lemmas_by_form

_HAVE = frozenset(
    {
        "a",
        "ont",
        "avait",
        "avaient",
        "aura",
        "auront",
        "aurait",
        "auraient",
        "eut",
        "eurent",
        "ait",
        "aient",
        "avoir",
        "ayant",
    }
)


_INVERTED: Final = frozenset({"-t", "-il", "-elle", "-ils", "-elles", "-on"})
"""Subject pronouns as the tokenizer leaves them behind an inverted verb."""
_JOINED: Final = 2
"""A participle that is joined to another stands at least so many tokens behind the beginning."""
_NEAR: Final = 30
"""How many tokens before a participle the auxiliary may stand that it shares."""
_PARTICIPLE = re.compile(r"(?:é|i|(?<![gq])u)e?s?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon says of a cue: its lemma, the act, the complements it takes; see `language/<language>/cues.yml`."""

    lemma: str
    act: str
    takes: frozenset[str]
    reflexive: frozenset[str]
    quoted: bool
    thought: bool
    link: str | None = None
    """The word that leads from the object to what is said of it (“a qualifié X de « Y »”)."""
    preposition: str | None = None
    """The preposition before what the verb quotes (“a parlé d'une « trêve »”); None for a direct object."""
    denied: bool = False
    """The verb reports only where it is denied (“ne cache pas que …”)."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb group that may introduce reported content. `first`–`last` is the half-open range of its tokens, `verb` its main verb."""

    entry: Entry
    verb: Token
    first: int
    last: int
    clitic: Token | None
    reflexive: bool
    negated: bool
    weak: bool
    """The tagger does not call it a verb: only word order (« … », nuance X) can tell."""

    @property
    def participle(self) -> bool:
        """Whether it is a present participle (“ajoutant que”)."""
        return self.verb.lower_.endswith("ant") and self.verb.i - self.first <= 1

    @property
    def passive(self) -> bool:
        """Whether it is a passive (“est accusé”, “a été annoncé”, “accusé de”): the subject is then not who speaks."""
        if "VerbForm=Part" not in str(self.verb.morph) or self.participle or self.reflexive:
            return False
        words = {token.lower_ for token in self.verb.doc[self.first : self.verb.i]}
        if self.first == self.verb.i and self.first > 0 and self.verb.nbor(-1).lower_ in {"et", "puis", "mais", ","}:
            # Coordinated participles share the auxiliary (“a rejeté … et promis de …”).
            words |= self._shared_auxiliary()
        return not words & _HAVE or "été" in words

    def _shared_auxiliary(self) -> set[str]:
        """Return the auxiliaries of the verb that the participle is joined to; by order where the parse joins it to none."""
        beside = {child.lower_ for child in self.verb.head.children if child.pos_ == "AUX"}
        if self.verb.dep_ == "conj" and beside:
            return beside
        if self.first < _JOINED or "VerbForm=Part" in str(self.verb.nbor(-2).morph):
            return set()  # “un texte signé et critiqué”
        before = self.verb.doc[max(self.verb.sent.start, self.first - _NEAR) : self.first]
        index = next((t.i for t in reversed(before) if t.pos_ == "AUX"), None)
        return set() if index is None else {t.lower_ for t in self.verb.doc[index : index + 2]}

    @property
    def with_ne(self) -> bool:
        """Whether “ne” stands in the verb group."""
        return any(token.lower_ in {"ne", "n'"} for token in self.verb.doc[max(0, self.first - 2) : self.verb.i])

    @property
    def infinitive(self) -> bool:
        """Whether the main verb is an infinitive."""
        return bool(self.verb.lower_ == self.entry.lemma.split()[0])

    @property
    def bare_participle(self) -> bool:
        """Whether it is a past participle with no auxiliary (“accusé de”): no cue that a subject could be inverted behind."""
        form = _PARTICIPLE.search(self.verb.lower_) is not None and "VerbForm=Fin" not in str(self.verb.morph)
        return self.first == self.verb.i and form


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A preposition that names a source (“selon”). `first`–`last` is the range of its tokens; `source` says what it may govern."""

    lemma: str
    act: str
    source: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Multiword:
    words: tuple[str, ...]
    entry: Entry


def _entry(lemma: str, data: dict[str, object]) -> Entry:
    takes, reflexive = data["takes"], data.get("reflexive", [])
    if not isinstance(takes, list) or not isinstance(reflexive, list):
        raise TypeError(f"cue {lemma}: takes and reflexive must be lists")
    return Entry(
        lemma,
        str(data["act"]),
        frozenset(takes),
        frozenset(reflexive),
        bool(data.get("quoted")),
        bool(data.get("thought")),
        None if data.get("link") is None else str(data["link"]),
        None if data.get("preposition") is None else str(data["preposition"]),
        bool(data.get("denied")),
    )


@cache
def entries(language: str) -> dict[str, Entry]:
    """Return the lexicon's verbs by lemma."""
    return {lemma: _entry(lemma, data) for lemma, data in load(language, "cues")["verbs"].items()}


@cache
def _multiword(language: str) -> dict[str, tuple[_Multiword, ...]]:
    """The cues of several words, by each form of their first word."""
    found: dict[str, list[_Multiword]] = {}
    for data in load(language, "cues")["multiword"]:
        words = tuple(data["words"])
        item = _Multiword(words, _entry(" ".join(words).replace("' ", "'"), data))
        for form in forms(words[0], language):
            found.setdefault(form, []).append(item)
    return {form: tuple(items) for form, items in found.items()}


@cache
def _grammar(language: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load(language, "grammar").items()}


def grammar(language: str, name: str) -> frozenset[str]:
    """Return the closed class of words that `language/<language>/grammar.yml` lists under `name`."""
    return _grammar(language)[name]


def before_clitics(doc: Doc, index: int, first: int, clitics: frozenset[str]) -> int:
    """Return where the clitics and the “ne” right before token `index` begin, not before token `first`."""
    while index > first and (doc[index - 1].lower_ in clitics or doc[index - 1].lower_ in {"ne", "n'"}):
        index -= 1
    return index


def find_cues(doc: Doc, language: str) -> list[Cue]:
    """Return the verb groups of the paragraph that the lexicon knows, in order."""
    known, by_form, several = entries(language), lemmas_by_form("cues", language), _multiword(language)
    found = []
    for token in doc:
        form = token.lower_
        match = _several(token, several.get(form, ()), grammar(language, "time_nouns"), grammar(language, "venues"))
        if match is not None:
            found.append(_group(token, match[0], match[1], language))
        elif form in by_form:
            found.extend(
                _group(token, known[lemma], token.i + 1, language) for lemma in by_form[form][:1] if _may_be_verb(token)
            )
    return found


def _may_be_verb(token: Token) -> bool:
    if token.pos_ in {"VERB", "AUX"}:
        return True
    # The tagger takes an inverted verb for a noun now and then; never where a determiner or preposition stands before it.
    before = token.nbor(-1) if token.i else None
    follower = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    gerund = before is not None and before.lower_ == "en"
    if follower in _INVERTED or (token.lower_.endswith("ant") and (gerund or follower in {"que", "qu'"})):
        return True  # “estime-t-il”, “en menaçant de”, “les Nations unies avertissant que”
    return token.pos_ in {"NOUN", "ADJ", "PROPN", "X"} and (
        before is None
        or before.is_punct
        or before.pos_ in {"AUX", "PRON", "ADV"}
        or (before.pos_ == "X" and before.lower_ in _HAVE)  # the tagger knows neither word (“a tweeté”)
        or (token.i > 1 and before.lower_ in {"le", "l'"} and token.nbor(-2).lower_ == "comme")  # “comme le rapporte X”
    )


def _past_venue(doc: Doc, index: int, venues: frozenset[str]) -> int | None:
    """Return the index after a phrase that says in what something is said (“dans le rapport”, with its commas), or None."""
    first = index + 1 if doc[index].text == "," else index
    if first >= len(doc) or doc[first].pos_ != "ADP" or doc[first].lower_ in GENITIVE:
        return None
    for position in range(first + 1, min(first + 4, len(doc))):
        if doc[position].lower_ in venues:
            return position + (2 if position + 1 < len(doc) and doc[position + 1].text == "," else 1)
    return None


def _several(
    token: Token, items: tuple[_Multiword, ...], times: frozenset[str], venues: frozenset[str]
) -> tuple[Entry, int] | None:
    """Return the entry and the token after the cue of several words that begins at `token`; adverbs and days may part them."""
    for item in items:
        index = token.i + 1
        rest = list(item.words[1:])
        skipped = 0
        while rest and index < len(token.doc):
            word = token.doc[index].lower_
            if word == rest[0] or (rest == ["de"] and word in {"d'", "du", "des"}):
                rest.pop(0)
            elif skipped < 3 and (token.doc[index].pos_ in {"ADV", "PRON"} or word in times):
                skipped += 1
            elif rest == ["de"] and (past := _past_venue(token.doc, index, venues)) is not None:
                index = past  # “fait part, dans son rapport, de …”
                continue
            else:
                break
            index += 1
        if not rest:
            return item.entry, index
    return None


def group_of(verb: Token, entry: Entry, language: str) -> Cue:
    """Return the cue of a verb that the lexicon does not list, with its verb group."""
    return _group(verb, entry, verb.i + 1, language)


def _group(verb: Token, entry: Entry, last: int, language: str) -> Cue:
    """Return the cue with the auxiliaries, clitics and adverbs of its verb group."""
    first = _group_start(verb, language)
    words = [token.lower_ for token in verb.doc[first : verb.i]]
    clitic = _inverted_clitic(verb, first, language)
    if clitic is not None:
        last = max(last, clitic.i + 1)
    reflexive = any(word in grammar(language, "reflexives") for word in words)
    negated = _is_negated(verb, first, last, language)
    weak = verb.pos_ not in {"VERB", "AUX"}
    return Cue(entry, verb, _trimmed(verb, first, language), last, clitic, reflexive, negated, weak)


def _group_start(verb: Token, language: str) -> int:
    """Return the index of the first token of the verb group: auxiliaries, clitics and adverbs right before the verb."""
    auxiliaries, clitics = grammar(language, "auxiliaries"), grammar(language, "object_clitics")
    index = verb.i
    while index > 0:
        token = verb.doc[index - 1]
        word = token.lower_
        if word in auxiliaries or word in clitics or word.lstrip("-") in grammar(language, "subject_clitics_inverted"):
            if word.lstrip("-") in grammar(language, "subject_clitics_inverted") and not _hyphenated(token):
                break
            index -= 1
        elif token.pos_ == "ADV" and not token.is_punct and word not in grammar(language, "not_in_group"):
            index -= 1
        elif word == "-" and index > 1 and verb.doc[index - 2].lower_ in auxiliaries:
            index -= 1  # a loose hyphen (“ont - elles ajouté”)
        else:
            break
    far = _far_auxiliary(verb, index, language)
    return index if far is None else far


def _far_auxiliary(verb: Token, index: int, language: str) -> int | None:
    """Return the auxiliary that a phrase parts from its participle (“a de son côté affirmé”, “ont elles-mêmes réclamé”), or None."""
    auxiliaries = grammar(language, "auxiliaries")
    participle = _PARTICIPLE.search(verb.lower_) or "VerbForm=Part" in str(verb.morph)
    if any(token.lower_ in auxiliaries for token in verb.doc[index : verb.i]) or not participle:
        return None
    if index > 1 and verb.doc[index - 1].text == ",":
        # “a, dans son message, dit”: an aside between commas, whatever stands in it
        comma = next((i for i in range(index - 2, max(-1, index - 14), -1) if verb.doc[i].text == ","), None)
        if comma is not None and comma > 0 and verb.doc[comma - 1].lower_ in auxiliaries:
            return comma - 1
    own = next((child for child in verb.children if child.dep_.startswith("aux") and child.i < index), None)
    for position in range(index - 1, max(-1, index - 12), -1):
        token = verb.doc[position]
        if token.lower_ in auxiliaries:
            return position
        if own is not None and own.lower_ in auxiliaries and token.pos_ != "VERB":
            continue  # “a, en début de matinée, révélé”: the parse joins them
        between = token.pos_ in {"ADV", "PRON", "ADP", "DET", "ADJ"} or token.text in {"-", ","}
        if not (between or token.lower_ in grammar(language, "whole_phrases")):
            return None
    return None


def _hyphenated(token: Token) -> bool:
    return bool(token.text.startswith("-")) or (token.i > 0 and token.nbor(-1).text.endswith("-"))


def _inverted_clitic(verb: Token, first: int, language: str) -> Token | None:
    """Return the subject clitic joined by a hyphen to the auxiliary or the verb (“a-t-il dit”, “dit-il”), or None."""
    inverted = grammar(language, "subject_clitics_inverted")
    nearby = [*range(first, verb.i), *range(verb.i + 1, min(verb.i + 3, len(verb.doc)))]
    for index in nearby:
        token: Token = verb.doc[index]
        word = token.lower_.lstrip("-")
        if word in inverted and word != "t" and _hyphenated(token):
            return token
        if token.i > verb.i and not token.text.startswith("-") and word != "t":
            return None
    return None


def _is_negated(verb: Token, first: int, last: int, language: str) -> bool:
    """Whether the saying is denied: “ne” with a second part, and not one of the negations that affirm."""
    words = [token.lower_ for token in verb.doc[max(0, first - 6) : min(len(verb.doc), last + 2)]]
    inside = [token.lower_ for token in verb.doc[first : min(len(verb.doc), last + 1)]]
    if not any(word in {"ne", "n'"} for word in inside):
        return False
    if any(word in grammar(language, "affirming_negations") for word in words):
        return False
    return any(word in grammar(language, "negations") for word in inside)


def _trimmed(verb: Token, first: int, language: str) -> int:
    """Return the group's start less adverbs and object clitics that lead it: they are no part of the cue."""
    while first < verb.i:
        token = verb.doc[first]
        word = token.lower_
        if token.pos_ == "ADV" or (
            word in grammar(language, "object_clitics") and word not in grammar(language, "reflexives")
        ):
            first += 1
        else:
            break
    return first


@cache
def _prepositions(language: str) -> tuple[tuple[tuple[str, ...], str, str], ...]:
    return tuple(
        (tuple(data["words"]), str(data["act"]), str(data.get("source", "any")))
        for data in sorted(load(language, "cues")["prepositions"], key=lambda data: -len(data["words"]))
    )


def find_source_phrases(doc: Doc, language: str) -> list[SourcePhrase]:
    """Return the prepositions of the paragraph that may name a source, in order, the longest where several begin together."""
    return list(_source_phrases(doc, language))


def _source_phrases(doc: Doc, language: str) -> Iterator[SourcePhrase]:
    candidates = _prepositions(language)
    heads = {words[0] for words, _, _ in candidates}
    for token in doc:
        if token.lower_ not in heads:
            continue
        for words, act, source in candidates:
            last = token.i + len(words)
            if last <= len(doc) and _matches(doc, token.i, words):
                yield SourcePhrase(" ".join(words).replace("' ", "'"), act, source, token.i, last)
                break


def _matches(doc: Doc, first: int, words: tuple[str, ...]) -> bool:
    """Whether the tokens are the words; a final “de” also matches d', du and des."""
    for offset, word in enumerate(words):
        text = doc[first + offset].lower_
        if text != word and not (word == "de" and offset == len(words) - 1 and text in {"d'", "du", "des"}):
            return False
    return True
