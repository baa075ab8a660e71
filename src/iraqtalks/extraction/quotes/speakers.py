"""Who speaks: from the subject that the grammar gives to the actor of the article, across sentences and paragraphs.

Whom a pronoun stands for is asked of `antecedents`; the speaker of the quote before is right for nearly every quotation without a cue.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Final

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.actors.nouns import is_person_word, nouns_of
from iraqtalks.extraction.model import DateMention, Mention, Paragraph, Quote, Reading
from iraqtalks.extraction.phrases import GENITIVE, gender, noun_phrase
from iraqtalks.extraction.quotes.addressees import find_addressee
from iraqtalks.extraction.quotes.antecedents import NESTED, Antecedents, is_subject
from iraqtalks.extraction.quotes.cues import grammar
from iraqtalks.extraction.quotes.subjects import Subject
from iraqtalks.extraction.tokens import Doc, Token
from iraqtalks.knowledge.folding import fold
from iraqtalks.language import load


@dataclass(frozen=True, slots=True)
class SpeakerHint:
    """What the grammar says of the speaker: the subject of the cue, and whom the subject cites where it only relays.

    `told`: who passes the source's words on (“Selon X, A, écrit Y”).
    """

    subject: Subject | None
    relayed: Subject | None
    told: Subject | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    pronouns: dict[str, tuple[str | None, bool]]
    described_pronouns: dict[str, str]
    unnamed_pronouns: frozenset[str]
    indefinite: frozenset[str]
    unnamed_nouns: frozenset[str]
    documents: frozenset[str]
    impersonal_verbs: frozenset[str]
    named_things: frozenset[str]
    nearest_pronouns: frozenset[str]
    mankind: frozenset[str]


@cache
def _words(language: str) -> _Words:
    data = load(language, "speakers")
    return _Words(
        {word: (entry["gender"], entry["plural"]) for word, entry in data["pronouns"].items()},
        dict(data["described_pronouns"]),
        **{
            field.name: frozenset(data[field.name])
            for field in fields(_Words)
            if field.name not in {"pronouns", "described_pronouns"}
        },
    )


_NEEDS_SPEAKER: Final = frozenset(
    {
        "quote.infinitive",
        "quote.self_description",
        "quote.wording",
        "quote.attribute",
        "quote.que_clause",
        "quote.indirect_question",
    }
)


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

_GOES_ON: Final = frozenset({"quote.floating", "quote.floating_mixed", "quote.going_on"})
"""Rules for words that go on with the speech before."""


@cache
def speaking_nouns(language: str) -> frozenset[str]:
    """Return the language's nouns for persons and bodies, folded."""
    nouns = nouns_of(language)
    return frozenset(
        {
            *nouns.persons, *nouns.sources, *nouns.bodies, *nouns.groups, *nouns.again, *nouns.bare,
            *nouns.kin, *nouns.people, *nouns.crowds, *nouns.epithets, *nouns.speaking_bodies,
        }
    )  # fmt: skip


@cache
def thing_endings(language: str) -> tuple[str, ...]:
    """Return endings of the language's nouns for things and acts, with their accents (la beauté, not l'adolescente)."""
    return tuple(grammar(language, "thing_endings"))


def _is_plural(head: Token) -> bool:
    """Whether a common noun is for several: no one person's name behind it is whom it means."""
    return head.pos_ == "NOUN" and head.morph.get("Number", []) == ["Plur"]


class SpeakerFinder:
    """Finds the speakers of an article's quotes, in the order of the text, and remembers who spoke."""

    def __init__(self, reading: Reading, cast: Cast, dates: Sequence[DateMention], language: str) -> None:
        self._reading = reading
        self._cast = cast
        self._dates = dates
        self._language = language
        self._words = _words(language)
        self._who = Antecedents(reading, cast, language)
        self._offset = 0

    def attribute(
        self, quote: Quote, hint: SpeakerHint, paragraph: Paragraph, attribution: tuple[int, int] | None
    ) -> bool:
        """Set the quote's speaker, addressee and date of speaking, as far as the text gives them.

        Returns whether the quote stands: words that hang on a verb whose subject is a thing (“la mesure suppose que …”) or
        that has none are no report of speech.
        """
        subject = hint.subject
        self._offset = paragraph.offset
        if quote.rule in _NEEDS_SPEAKER and hint.relayed is None and not self._can_speak(quote, subject, paragraph):
            return False
        if subject is None and hint.relayed is None:
            self._elided(quote, paragraph)
        elif subject is not None:
            self._by_subject(quote, subject, paragraph)
        if hint.relayed is not None:
            self._relayed(quote, hint.relayed, paragraph)
        if hint.told is not None:
            told = self._phrase(paragraph, hint.told, quote)
            quote.said_to_id = None if told is None or told.actor_id == quote.speaker_id else told.actor_id
        if attribution is not None:
            zone = (paragraph.offset + attribution[0], paragraph.offset + attribution[1])
            if quote.said_to_id is None:
                quote.said_to_id = find_addressee(
                    quote,
                    paragraph,
                    zone,
                    self._cast,
                    self._language,
                    lambda position, gender, plural: self._who.best(
                        position, gender, plural=plural, quote=quote, besides=quote.speaker_id
                    ),
                )
            self._spoken_on(quote, zone)
        if quote.said_to_id is None and self._goes_on(quote):
            quote.said_to_id = self._who.last.said_to_id if self._who.last is not None else None
        self._who.spoken = [*self._who.spoken[-8:], quote]
        if quote.speaker_id is not None:
            quote.anonymous = self._cast.actors[quote.speaker_id].anonymous
            if quote.rule not in NESTED:  # the narrator's pronoun stands for whom he quoted, not for whom that one did
                self._who.last = quote
        return True

    def _goes_on(self, quote: Quote) -> bool:
        """Whether the quote goes on with the speech before: it stands free, or both verbs have one subject (“…, ajoutant que B”)."""
        last = self._who.last
        return (
            last is not None
            and quote.speaker_id is not None
            and quote.speaker_id == last.speaker_id
            and (quote.rule in _GOES_ON or (quote.speaker is not None and quote.speaker == last.speaker))
        )

    def _can_speak(self, quote: Quote, subject: Subject | None, paragraph: Paragraph) -> bool:
        """Whether the subject can say something: a pronoun for somebody, a name, an actor, a person's or a document's noun."""
        if subject is None:
            return False
        head = subject.token
        word = head.lower_
        if head.pos_ == "PRON" or subject.clitic:
            somebody = (
                word.lstrip("-") in self._words.pronouns
                or word in self._words.unnamed_pronouns
                or self._described(head) is not None
            )
            return somebody and not self._stands_for_thing(head, quote)
        if head.pos_ in {"PROPN", "X"} or self._cast.headed_at(paragraph.start(head)) is not None:
            return True
        if self._apposed_name(paragraph, head) is not None:
            return True
        if word in self._words.unnamed_pronouns:
            return True
        return not self._is_thing(head)

    def _is_thing(self, head: Token) -> bool:
        """Whether a common noun names a thing or an act: by its ending, unless it is known as a person's, a body's or a document's."""
        word = head.lower_.removesuffix("s") if len(head) > 4 else head.lower_
        return not self._is_somebody(head) and word.endswith(thing_endings(self._language))

    def _is_somebody(self, head: Token) -> bool:
        """Whether a common noun is one for persons, for a body, or for a document that speaks for its author."""
        noun = fold(head.text)
        known = speaking_nouns(self._language)
        return (
            noun in known
            or noun.removesuffix("s") in known
            or is_person_word(noun, self._language)
            or head.lower_ in self._words.documents
            or head.lower_ in self._words.unnamed_nouns
            or head.lower_ in self._words.unnamed_pronouns
        )

    def _may_be_named(self, paragraph: Paragraph, head: Token) -> bool:
        """Whether the subject's head can be whom the text means: all but an unknown common noun, and “aucun …”.

        What the language's nouns do not know as somebody is left unsaid rather than made an actor.
        """
        if head.pos_ not in {"NOUN", "ADJ", "VERB", "ADV"} or head.text[:1].isupper():
            return True
        position = paragraph.start(head)
        if self._cast.headed_at(position) is not None or self._cast.covering(position) is not None:
            return True
        if self._determiner(head) in {"aucun", "aucune"}:
            return False
        return self._is_somebody(head) or self._apposed_name(paragraph, head) is not None

    # -- the speaker ---------------------------------------------------------------------------------------------------

    def _elided(self, quote: Quote, paragraph: Paragraph) -> None:
        """No subject: a quotation that stands free is the person's whom the sentence before is about, else the speaker's before."""
        if quote.rule not in _GOES_ON:
            return
        topic = self._topic(quote, paragraph)
        if topic is not None:
            quote.speaker_id, quote.speaker_rule = topic.actor_id, "speaker.topic"
        elif self._who.last is not None:
            quote.speaker_id, quote.speaker_rule = self._who.last.speaker_id, "speaker.previous"

    def _topic(self, quote: Quote, paragraph: Paragraph) -> Mention | None:
        """Return the person who is the subject of the narrator's sentence right before, where no quote stands in it, or None."""
        text = self._reading.text
        before = text[paragraph.offset : quote.start].rstrip(' \u00a0\u202f«“"')
        if not before.endswith((".", "!", "?", "…")):
            return None
        start = paragraph.offset + max(before.rfind(mark, 0, len(before) - 1) for mark in (". ", "! ", "? ")) + 1
        if any(
            start <= position < quote.start
            for spoken in self._who.spoken
            for position in (spoken.start, spoken.end - 1)
        ):
            return None
        for mention in self._mentions_between(start, quote.start):
            token = paragraph.token_at(mention.head)
            if self._is_person(mention) and mention.form == "name" and token is not None and is_subject(token):
                return mention
        return None

    def _by_subject(self, quote: Quote, subject: Subject, paragraph: Paragraph) -> None:
        token = subject.token
        while token.pos_ == "ADJ" and token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "NOUN":
            token = token.nbor(1)  # “un autre responsable”
        if token.i != subject.token.i:
            subject = replace(subject, token=token, last=max(subject.last, token.i + 1))
        word = token.lower_.lstrip("-")
        if word.startswith("t-"):
            word = word[2:]
        if "".join(t.lower_ for t in token.doc[token.i + 1 : token.i + 3]).startswith("-ci"):
            word += "-ci"  # the tokenizer cuts “Celui-ci”
        word = self._described(token) or word
        if token.pos_ == "PRON" or subject.clitic or word in self._words.nearest_pronouns:
            impersonal = word == "il" and token.head.lemma_ in self._words.impersonal_verbs
            if word in self._words.pronouns and not impersonal:
                self._by_pronoun(quote, subject, word, paragraph)
            elif word in self._words.unnamed_pronouns and not subject.clitic:
                self._take(quote, self._cast.describe(paragraph, token, anonymous=True), "speaker.unnamed")
            return
        # Behind words in quotation marks and an inverted verb stands who said them, whatever the noun (« A », indique l'enseigne).
        spoken = quote.rule.startswith("quote.incise") and quote.kind == "direct"
        certain = spoken and token.pos_ == "NOUN" and not self._is_thing(token)
        if token.pos_ not in {"PUNCT", "SPACE"} and (certain or self._may_be_named(paragraph, token)):
            mention = self._phrase(paragraph, subject, quote)
            if mention is not None:
                self._take(quote, mention, "speaker.subject")

    def _described(self, token: Token) -> str | None:
        """Return the pronoun that “celui qui”, “celle qui” stands like: it describes whom the text speaks of; None for others."""
        relative = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "qui"
        return self._words.described_pronouns.get(token.lower_) if relative else None

    def _take(self, quote: Quote, mention: Mention, rule: str) -> None:
        quote.speaker, quote.speaker_id, quote.speaker_rule = mention, mention.actor_id, rule

    def _phrase(self, paragraph: Paragraph, subject: Subject, quote: Quote) -> Mention | None:
        """Return the mention that a subject's noun phrase is: a name apposed to its head, the head's own, or a new one."""
        head = subject.token
        if subject.source and head.i > 0 and head.nbor(-1).lower_ == "même" and self._who.last is not None:
            return self._again(paragraph, head, self._who.last)
        together = self._coordinated(paragraph, subject)
        if together is not None:
            return together
        named = self._apposed_name(paragraph, head)
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
        if mention is None and self._determiner(head) in {"ce", "cet", "cette"}:
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
        head = subject.token
        persons = _is_plural(head) and head.i + 1 < len(head.doc)
        first = self._cast.covering(paragraph.start(head.nbor(1) if persons else head))
        alike = self._is_person if persons else self._is_body
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

    def _apposed_name(self, paragraph: Paragraph, head: Token) -> Mention | None:
        """Return the person named right after the head or between commas behind its phrase (le ministre X; la porte-parole du Y, X)."""
        start = paragraph.start(head)
        own = self._cast.headed_at(start)
        if own is not None and own.form == "name" and self._is_person(own):
            return own
        doc = head.doc
        if _is_plural(head):
            return None  # “les anciens ministres X, Y et Z”
        for mention in self._mentions_between(start, min(start + 260, paragraph.block.end)):
            if mention.form != "name" or not self._is_person(mention):
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

    def _mentions_between(self, start: int, end: int) -> Iterable[Mention]:
        return (mention for mention in self._cast.mentions if start <= mention.start < end)

    def _is_person(self, mention: Mention) -> bool:
        return self._cast.actors[mention.actor_id].kind == "person"

    def _author(self, paragraph: Paragraph, subject: Subject) -> Mention | None:
        """Return whom a document's phrase names as its author (un communiqué du ministère; des images publiées par X), or None."""
        doc = subject.token.doc
        end = paragraph.end(doc[min(subject.last, len(doc)) - 1])
        for mention in self._mentions_between(paragraph.end(subject.token), end):
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
        if document.dep_ != "obj" or self._determiner(document) not in self._words.indefinite:
            return None
        subject = next(
            (child for child in document.head.children if child.dep_ == "nsubj" and child.i < document.i), None
        )
        if subject is None:
            return None
        return self._apposed_name(paragraph, subject) or self._cast.headed_at(paragraph.start(subject))

    def _described_author(self, paragraph: Paragraph, document: Token) -> Mention | None:
        """Return the person or body that a genitive right behind the document describes (“les termes du chef de la sûreté”)."""
        doc = document.doc
        index = document.i + 1
        while index < len(doc) and doc[index].pos_ in {"ADJ", "ADV"}:
            index += 1
        if index + 1 >= len(doc) or doc[index].lower_ not in GENITIVE:
            return None
        noun = next((t for t in doc[index + 1 : index + 4] if t.pos_ == "NOUN"), None)
        if noun is None or self._is_thing(noun) or fold(noun.text) not in speaking_nouns(self._language):
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
        if name is None or name.start != behind or name.form != "name" or (_is_plural(head) and self._is_person(name)):
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
        determiner = self._determiner(head)
        if head.pos_ == "PROPN" or (determiner is None and head.text[:1].isupper()):
            # A people's name behind an indefinite article is no name (un Kurde, des Américains).
            return determiner in {"un", "une", "des", "deux", "plusieurs", "certains"}
        return determiner is None or determiner in self._words.indefinite

    def _determiner(self, head: Token) -> str | None:
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

    # -- pronouns ------------------------------------------------------------------------------------------------------

    def _by_pronoun(self, quote: Quote, subject: Subject, word: str, paragraph: Paragraph) -> None:
        gender, plural = self._words.pronouns[word]
        token = subject.token
        start = paragraph.start(token) + (len(token.text) - len(token.text.lstrip("-")))
        actor_id = (
            self._who.last_named(start, gender, plural=plural, quote=quote)
            if word in self._words.nearest_pronouns
            else self._who.best(start, gender, plural=plural, quote=quote)
        )
        if actor_id is None and plural:
            actor_id = self._who.collective(start, self._offset, quote)
        if actor_id is None:
            return
        end = paragraph.end(token)
        # A pronoun with two cues (“il dénonce … et précise : …”) stands for whom it was first taken for.
        mention = self._cast.add_pronoun(start, end, actor_id, "mention.pronoun")
        quote.speaker, quote.speaker_id, quote.speaker_rule = mention, mention.actor_id, "speaker.pronoun"

    def _stands_for_thing(self, pronoun: Token, quote: Quote) -> bool:
        """Whether the nearest subject before in the sentence agrees with the pronoun and is a thing (“la mesure … car elle exige”)."""
        for index in range(pronoun.i - 1, -1, -1):
            token = pronoun.doc[index]
            if token.text in {".", ";", "!", "?"}:
                return False
            if any(start <= token.idx + self._offset < end for start, end in quote.segments):
                continue
            if not token.dep_.startswith("nsubj") or token.pos_ != "NOUN":
                continue
            same = token.morph.get("Gender", []) == pronoun.morph.get("Gender", []) and token.morph.get(
                "Number", []
            ) == pronoun.morph.get("Number", [])
            if same:
                return self._is_thing(token)
        return False

    # -- whom and when -------------------------------------------------------------------------------------------------

    def _relayed(self, quote: Quote, relayed: Subject, paragraph: Paragraph) -> None:
        """The subject only passes on what somebody else said: that one is the speaker, the subject the one told."""
        mention = self._phrase(paragraph, relayed, quote)
        if mention is None or mention.actor_id == quote.speaker_id:
            return
        quote.said_to_id = quote.speaker_id
        self._take(quote, mention, "speaker.relayed")

    def _spoken_on(self, quote: Quote, zone: tuple[int, int]) -> None:
        for mention in self._dates:
            if zone[0] <= mention.start < zone[1] and not any(a <= mention.start < b for a, b in quote.segments):
                quote.spoken_on = mention.date
                return
