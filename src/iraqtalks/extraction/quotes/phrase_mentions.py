"""Which mention a subject's noun phrase is: a name beside its head, the author of a document, those who speak together, or a new one."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.actors.nouns import is_person_word
from iraqtalks.extraction.model import Mention, Paragraph, Quote, Reading
from iraqtalks.extraction.phrases import GENITIVE, gender, noun_phrase
from iraqtalks.extraction.quotes.antecedents import Antecedents
from iraqtalks.extraction.quotes.cues import grammar
from iraqtalks.extraction.quotes.speaker_words import is_plural, is_thing, speaker_words, speaking_nouns
from iraqtalks.extraction.quotes.subjects import Subject
from iraqtalks.extraction.tokens import Doc, Token
from iraqtalks.knowledge.folding import fold

_JOINT_KINDS: Final = frozenset(
    {
        "country",
        "government",
        "international_organization",
        "media",
        "party",
        "armed_group",
        "military",
        "other",
        "company",
    }
)
_JOINT: Final = re.compile(r"\s*(?:,|et|,\s*et)\s+(?:l['’]|la |le |les )?")
"""What stands between bodies that are named together."""


class PhraseMentions:
    """The mentions that the noun phrases of an article's sources are; makes those that are new in its cast."""

    def __init__(self, reading: Reading, cast: Cast, who: Antecedents, language: str) -> None:
        self._reading = reading
        self._cast = cast
        self._who = who
        self._language = language
        self._words = speaker_words(language)

    def of(self, paragraph: Paragraph, subject: Subject, quote: Quote) -> Mention | None:
        """Return the mention that a subject's noun phrase is: a name apposed to its head, the head's own, or a new one."""
        head = subject.token
        if subject.source and head.i > 0 and head.nbor(-1).lower_ == "même" and self._who.last is not None:
            return self._again(paragraph, head, self._who.last)
        together = self._coordinated(paragraph, subject)
        if together is not None:
            return together
        named = self.apposed_name(paragraph, head)
        if named is not None:
            return named
        position = paragraph.start(head)
        if head.lower_ in self._words.documents:
            author = (
                self._author(paragraph, subject)
                or self._owner(paragraph, head, quote)
                or self._publisher(paragraph, head)
                or self._issuer(paragraph, head)
            )
            if author is not None:
                return author
        mention = self._named(paragraph, head)
        unnamed = self._is_unnamed(head, source=subject.source)
        if mention is None and self.determiner(head) in {"ce", "cet", "cette"}:
            again = self._who.best(position, None if head.pos_ == "PROPN" else gender(head), plural=False, quote=quote)
            if again is not None and self._cast.actors[again].kind in {"person", "anonymous"}:
                start, end = noun_phrase(paragraph, head)
                return self._cast.add(start, end, "description", again, position, "mention.demonstrative")
        if mention is None:
            mention = self._cast.describe(paragraph, head, anonymous=unnamed)
        actor = self._cast.actors[mention.actor_id]
        if (
            unnamed
            and mention.form == "description"
            and not actor.in_knowledge_base
            and actor.kind in {"group", "person", "other"}
        ):
            actor.kind = "anonymous"
        if mention.form == "description" and not actor.in_knowledge_base:
            actor.aliases.add(self._whole_phrase(paragraph, subject))
        return mention

    def _again(self, paragraph: Paragraph, head: Token, last: Quote) -> Mention | None:
        """Return “même source” as the speaker of the quote before, or None where that one has none."""
        if last.speaker_id is None:
            return None
        start = paragraph.start(head.nbor(-1))
        return self._cast.add(
            start, paragraph.end(head), "description", last.speaker_id, paragraph.start(head), "mention.demonstrative"
        )

    def _coordinated(self, paragraph: Paragraph, subject: Subject) -> Mention | None:
        """Return the mention of several who speak as one: a group of their own.

        Bodies (“l'AIEA et l'OIEA ont écrit …”), or persons behind the noun for all of them (“les anciens ministres X et Y”).
        """
        head, alike = subject.token, self._is_body
        first = self._cast.covering(paragraph.start(head))
        if first is None and is_plural(head) and head.i + 1 < len(head.doc):
            first, alike = self._cast.covering(paragraph.start(head.nbor(1))), self.is_person
        if first is None or not alike(first):
            return None
        text = self._reading.text
        names = [m for m in self._cast.mentions if m.form == "name" and alike(m)]
        parts = [first]
        while (after := next((m for m in names if _JOINT.fullmatch(text[parts[-1].end : m.start])), None)) is not None:
            parts.append(after)
        while (before := next((m for m in names if _JOINT.fullmatch(text[m.end : parts[0].start])), None)) is not None:
            parts.insert(0, before)
        start, end = parts[0].start, parts[-1].end
        if len(parts) < 2 or " et " not in text[start:end]:
            return None
        actor = self._cast.new(text[start:end], "group", plural=True)
        actor.members = tuple(dict.fromkeys(part.actor_id for part in parts))
        return self._cast.add(start, end, "description", actor.actor_id, parts[0].head, "mention.joint")

    def _is_body(self, mention: Mention) -> bool:
        return self._cast.actors[mention.actor_id].kind in _JOINT_KINDS

    def _whole_phrase(self, paragraph: Paragraph, subject: Subject) -> str:
        """Return the subject's phrase with all its complements: what the text calls an unnamed source."""
        doc = subject.token.doc
        last = max(subject.last, subject.token.i + 1)
        return self._reading.text[paragraph.start(subject.token) : paragraph.end(doc[min(last, len(doc)) - 1])]

    def apposed_name(self, paragraph: Paragraph, head: Token) -> Mention | None:
        """Return the person named right after the head or between commas behind its phrase (le ministre X; la porte-parole du Y, X)."""
        start = paragraph.start(head)
        own = self._cast.headed_at(start)
        if own is not None and own.form == "name" and self.is_person(own):
            return own
        doc = head.doc
        if is_plural(head):
            return None  # “les anciens ministres X, Y et Z”
        for mention in self.between(start, min(start + 260, paragraph.block.end)):
            if mention.form != "name" or not self.is_person(mention):
                continue
            if mention.start == start:
                return mention
            first = paragraph.token_at(mention.start)
            if first is None:
                return None
            while first.i > head.i + 1 and doc[first.i - 1].lower_ in {
                "m.",
                "mme",
                "m",
                "dr",
                "général",
                "colonel",
                ".",
            }:
                first = doc[first.i - 1]
            before = doc[first.i - 1]
            between = doc[head.i + 1 : first.i]
            if any(t.pos_ in {"VERB", "AUX"} or t.text in {";", ":", '"', "»", "«"} for t in between):
                return None
            if before.i > head.i and before.lower_ in self._words.named_things:
                continue  # “la propriétaire de la boutique X”: the boutique's name
            if self._belongs_to_another(between):
                continue  # “un conseiller de son rival X”: the rival's name
            commas = sum(t.text == "," for t in between)
            if (
                before.pos_ == "ADP"
                or before.lower_ in {"du", "des", "de", "d'", "à", "au"}
                or before.pos_ == "CCONJ"
                or commas > 1
            ):
                continue
            if commas and not (
                (before.text == "," or self._has_title(doc, head, first))
                and self._closes_apposition(paragraph, mention)
            ):
                continue
            return mention
        return None

    def _belongs_to_another(self, between: Sequence[Token]) -> bool:
        """Whether a genitive between a noun and a name speaks of another person, whose name it then is, with no comma before it."""
        person = next(
            (
                t
                for t in reversed(between)
                if t.pos_ == "NOUN"
                and t.lower_ not in self._words.mankind
                and is_person_word(fold(t.text), self._language)
            ),
            None,
        )
        if person is None or any(t.text == "," for t in between):
            return False
        return any(t.lower_ in GENITIVE for t in between[: person.i - between[0].i])

    def _has_title(self, doc: Doc, head: Token, first: Token) -> bool:
        """Whether the phrase behind a comma describes the person whom it then names (“un conseiller, l'adjudant de la base X”)."""
        comma = next(i for i in range(first.i - 1, head.i, -1) if doc[i].text == ",")
        opener = doc[comma + 1]
        noun = doc[comma + 2] if opener.pos_ == "DET" and comma + 2 < first.i else opener
        return noun.pos_ == "NOUN" and is_person_word(fold(noun.text), self._language)

    @staticmethod
    def _closes_apposition(paragraph: Paragraph, mention: Mention) -> bool:
        """Whether a sign follows the name: between commas it is an apposition, before a verb it begins another clause."""
        follower = paragraph.token_at(mention.end)
        return follower is None or follower.is_punct

    def between(self, start: int, end: int) -> Iterable[Mention]:
        """Return the mentions that begin between two offsets of the article."""
        return (mention for mention in self._cast.mentions if start <= mention.start < end)

    def is_person(self, mention: Mention) -> bool:
        """Whether the mention is a person's."""
        return self._cast.actors[mention.actor_id].kind == "person"

    def _author(self, paragraph: Paragraph, subject: Subject) -> Mention | None:
        """Return whom a document's phrase names as its author (un communiqué du ministère; des images publiées par X), or None."""
        doc = subject.token.doc
        end = paragraph.end(doc[min(subject.last, len(doc)) - 1])
        for mention in self.between(paragraph.end(subject.token), end):
            first = paragraph.token_at(mention.start)
            if first is None or self._cast.actors[mention.actor_id].kind in {"country", "anonymous"}:
                continue
            index = first.i - 1
            while (
                index > subject.token.i and doc[index].pos_ in {"DET", "ADJ"} and doc[index].lower_ not in {"du", "des"}
            ):
                index -= 1
            genitive = doc[index].lower_ in GENITIVE and doc[index - 1].pos_ not in {"VERB", "AUX"}  # “provenant de …”
            if genitive or doc[index].lower_ == "par":
                return mention
        return self._described_author(paragraph, subject.token)

    def _owner(self, paragraph: Paragraph, document: Token, quote: Quote) -> Mention | None:
        """Return whose words a possessive says they are (“ses déclarations”, “leur communiqué”), as a pronoun, or None."""
        for index in range(document.i - 1, max(-1, document.i - 4), -1):
            token = document.doc[index]
            if token.lower_ in grammar(self._language, "possessives"):
                start = paragraph.start(token)
                plural = token.lower_ in grammar(self._language, "plural_possessives")
                actor_id = self._who.best(start, None, plural=plural, quote=quote)
                if actor_id is None:
                    return None
                return self._cast.add_pronoun(start, paragraph.end(token), actor_id, "mention.pronoun")
            if token.pos_ != "ADJ":
                return None
        return None

    def _issuer(self, paragraph: Paragraph, document: Token) -> Mention | None:
        """Return who issues a document in the clause whose object it is (“X a publié un communiqué accusant Y”), or None."""
        if document.dep_ != "obj" or self.determiner(document) not in self._words.indefinite:
            return None
        subject = next(
            (child for child in document.head.children if child.dep_ == "nsubj" and child.i < document.i), None
        )
        if subject is None:
            return None
        return self.apposed_name(paragraph, subject) or self._cast.headed_at(paragraph.start(subject))

    def _described_author(self, paragraph: Paragraph, document: Token) -> Mention | None:
        """Return the person or body that a genitive right behind the document describes (“les termes du chef de la sûreté”)."""
        doc = document.doc
        index = document.i + 1
        while index < len(doc) and doc[index].pos_ in {"ADJ", "ADV"}:
            index += 1
        if index + 1 >= len(doc) or doc[index].lower_ not in GENITIVE:
            return None
        noun = next((t for t in doc[index + 1 : index + 4] if t.pos_ == "NOUN"), None)
        if noun is None or is_thing(noun, self._language) or fold(noun.text) not in speaking_nouns(self._language):
            return None
        return self._cast.describe(paragraph, noun, anonymous=self._is_unnamed(noun, source=False))

    def _named(self, paragraph: Paragraph, head: Token) -> Mention | None:
        """Return the mention of a noun: its own, or the name right behind it (“l'ONG Amnesty International”)."""
        position = paragraph.start(head)
        own = self._cast.headed_at(position) or self._cast.covering(position)
        if own is not None or head.i + 1 >= len(head.doc):
            return own
        behind = paragraph.start(head.nbor(1))
        name = self._cast.covering(behind)
        if name is None or name.start != behind or name.form != "name" or (is_plural(head) and self.is_person(name)):
            return None
        # “le maire LR de Sorlieu” is not his party
        party = self._cast.actors[name.actor_id].kind == "party" and is_person_word(fold(head.text), self._language)
        return None if party else name

    def _publisher(self, paragraph: Paragraph, document: Token) -> Mention | None:
        """Return who publishes the document that is the object of a verb (“l'ONG a publié un rapport affirmant que …”), or None."""
        verb = document.head
        if document.dep_ not in {"obj", "obl:arg"} or verb.pos_ != "VERB":
            return None
        for child in verb.children:
            if child.dep_.startswith("nsubj") and child.i < verb.i:
                return self._named(paragraph, child)
        return None

    def _is_unnamed(self, head: Token, *, source: bool) -> bool:
        """Whether the phrase is an unnamed source: “de source …”, an indefinite phrase, or a noun that never names anybody."""
        if source or head.lower_ in self._words.unnamed_nouns:
            return True
        determiner = self.determiner(head)
        if head.pos_ == "PROPN" or (determiner is None and head.text[:1].isupper()):
            # A people's name behind an indefinite article is no name (un Kurde, des Américains).
            return determiner in {"un", "une", "des", "deux", "plusieurs", "certains"}
        return determiner is None or determiner in self._words.indefinite

    def determiner(self, head: Token) -> str | None:
        """Return the determiner of the head's phrase, past adjectives and numerals; a bare numeral counts as one."""
        numeral = None
        for index in range(head.i - 1, max(-1, head.i - 5), -1):
            token = head.doc[index]
            word = str(token.lower_)
            if token.pos_ == "NUM":
                numeral = word
            elif token.pos_ == "DET" or word in grammar(self._language, "determiners") or word in {"du", "au", "aux"}:
                return word
            elif token.pos_ != "ADJ" and word not in {"autre", "autres", "même"}:
                break
        return numeral
