"""Whom a quote is said to: the outlet, body or person addressed, or who passes the words on."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.model import Mention, Paragraph, Quote
from iraqtalks.extraction.tokens import Token
from iraqtalks.language import load

_REACH: Final = 60
"""How far behind the attribution whoever is told may stand, in code points."""

_BACK: Final = 160
"""How far before the cue who passes the words on may stand, in code points."""

_PRONOUN_KINDS: Final = frozenset({"person", "anonymous", "group", "country", "government", "legislature", "party"})
"""Whom “lui” and “leur” stand for when something is said to them."""

Antecedent = Callable[[int, str | None, bool], str | None]
"""Gives the actor that a pronoun at a position stands for, by its gender and whether it is plural; never the speaker."""


@dataclass(frozen=True, slots=True)
class _Words:
    addressed_by: frozenset[str]
    addressees: frozenset[str]
    demands: frozenset[str]
    named_things: frozenset[str]
    outlet_prepositions: frozenset[str]
    outlet_nouns: frozenset[str]
    outlet_participles: frozenset[str]
    dative: dict[str, bool]
    accusative: dict[str, bool]


@cache
def _words(language: str) -> _Words:
    data = load(language, "addressees")
    pronouns = {"dative", "accusative"}
    return _Words(
        **{field.name: frozenset(data[field.name]) for field in fields(_Words) if field.name not in pronouns},
        dative=data["dative"],
        accusative=data["accusative"],
    )


def find_addressee(
    quote: Quote, paragraph: Paragraph, zone: tuple[int, int], cast: Cast, language: str, antecedent: Antecedent
) -> str | None:
    """Return the actor a quote is said to, or None where the text names nobody.

    `zone` is the stretch of the article with cue, speaker and adverbials. In the order of precedence: a phrase with à,
    devant, auprès de; the object of a demand; an object pronoun of the cue; the outlet of an interview, or that passes
    the words on (“cité par Irna”).
    """
    if quote.cue is None:
        return None
    finder = _Finder(quote, quote.cue, paragraph, cast, _words(language))
    end = zone[1] + _REACH
    return (
        finder.told(end) or finder.asked() or finder.by_pronoun(antecedent) or finder.outlet(end) or finder.relaying()
    )


@dataclass(frozen=True, slots=True)
class _Finder:
    quote: Quote
    cue: tuple[int, int]
    paragraph: Paragraph
    cast: Cast
    words: _Words

    def told(self, end: int) -> str | None:
        """Return whom a phrase with à, devant or auprès de behind the cue names."""
        for mention, first in self._candidates(self.cue[1], end):
            before = self._preposition(first)
            if (
                before is not None
                and before.lower_ in self.words.addressed_by
                and self._kind(mention) in self.words.addressees
                and self._near(before.i)
            ):
                return mention.actor_id
        return None

    def asked(self) -> str | None:
        """Return whom a demand is put to: the verb's object (“a appelé les élus à …”, “demande à X de …”)."""
        if not self._is_demand():
            return None
        for mention, first in self._candidates(self.cue[1], self.quote.start):
            if self._kind(mention) != "anonymous" and self._near(first.i):
                return mention.actor_id
        return None

    def by_pronoun(self, antecedent: Antecedent) -> str | None:
        """Return whom an object pronoun of the cue stands for: “lui a-t-il dit”; of a demand also “l'a exhortée à …”."""
        verb = self.paragraph.token_at(self.cue[1] - 1)
        if verb is None:
            return None
        for index in range(verb.i - 1, max(-1, verb.i - 6), -1):
            token = verb.doc[index]
            number = self.words.dative.get(token.lower_)
            if number is None and self._is_demand():
                number = self.words.accusative.get(token.lower_)
            stressed = index > 0 and token.nbor(-1).pos_ == "ADP"  # “quant à lui”
            if number is not None and token.pos_ != "DET" and not stressed:
                gender = "f" if token.lower_ == "la" or "Gender=Fem" in str(verb.morph) else None
                if token.lower_ in self.words.dative:
                    gender = None  # the participle agrees with the direct object, not with “lui”
                found = antecedent(self.paragraph.start(token), gender, number)
                return found if found is not None and self.cast.actors[found].kind in _PRONOUN_KINDS else None
            if token.pos_ not in {"AUX", "PRON", "ADV", "VERB"}:
                return None
        return None

    def outlet(self, end: int) -> str | None:
        """Return the outlet that an interview was given to or that passes the words on."""
        for mention, first in self._candidates(self.cue[1], end):
            if (
                self._kind(mention) == "media"
                and self._leads_to_outlet(first)
                and self._near(first.i, participles=True)
            ):
                return mention.actor_id
        return None

    def relaying(self) -> str | None:
        """Return the outlet before the cue, in its sentence, that passes the words on (“Cité par Irna, X a dit …”)."""
        text = self.cast.reading.text
        for mention, first in reversed(self._candidates(max(self.paragraph.offset, self.cue[0] - _BACK), self.cue[0])):
            before = self._preposition(first)
            if re.search(r"[.!?…][\s\"»”]", text[mention.end : self.cue[0]]):
                return None
            if (
                before is not None
                and before.lower_ == "par"
                and self._kind(mention) == "media"
                and self._leads_to_outlet(first)
            ):
                return mention.actor_id
        return None

    def _leads_to_outlet(self, first: Token) -> bool:
        """Whether the words before an outlet's name make it where the words were said: “sur”, “au micro de”, “cité par”."""
        before = self._preposition(first)
        if before is None or before.i == 0:
            return False
        governor = before.nbor(-1).lower_
        if before.lower_ == "par":
            return governor in self.words.outlet_participles
        if before.lower_ in {"de", "du", "d'"}:
            return governor in self.words.outlet_nouns
        return before.lower_ in self.words.outlet_prepositions or before.lower_ in self.words.addressed_by

    def _candidates(self, start: int, end: int) -> list[tuple[Mention, Token]]:
        """Return the mentions in the stretch that may be told something, each with its first token."""
        found = []
        for mention in self.cast.mentions:
            inside = any(a <= mention.start < b for a, b in self.quote.segments)
            if start <= mention.start < end and mention.actor_id != self.quote.speaker_id and not inside:
                first = self.paragraph.token_at(mention.start)
                if first is not None:
                    found.append((mention, first))
        return found

    def _preposition(self, first: Token) -> Token | None:
        """Return the preposition of the phrase that begins or goes on with `first`, past articles and what the name names.

        In “auprès de X” it is “auprès”; in “au journal X” it is “au”.
        """
        doc, index = first.doc, first.i - 1
        while index >= 0:
            token = doc[index]
            if token.lower_ in {"de", "du", "d'"} and index > 0 and doc[index - 1].lower_ == "auprès":
                return doc[index - 1]
            article = token.pos_ in {"DET", "ADJ"} and token.lower_ not in {"au", "aux", "du"}
            if not article and token.lower_ not in self.words.named_things:
                return token
            index -= 1
        return None

    def _is_demand(self) -> bool:
        return self.quote.rule == "quote.infinitive" and self.quote.act in self.words.demands

    def _kind(self, mention: Mention) -> str:
        return self.cast.actors[mention.actor_id].kind

    def _near(self, index: int, *, participles: bool = False) -> bool:
        """Whether only the cue's own words stand between the cue and the token at `index`: no other verb, no full stop."""
        cue = self.paragraph.token_at(self.cue[1] - 1)
        if cue is None:
            return False
        return not any(
            (token.pos_ in {"VERB", "AUX"} and not (participles and "VerbForm=Part" in str(token.morph)))
            or token.text in {".", ";", ":", '"', "»", "«"}
            or token.lower_ in {"que", "qu'", "qui"}
            for token in cue.doc[cue.i + 1 : index]
        )
