"""Who speaks: from the subject that the grammar gives to the actor of the article, across sentences and paragraphs.

Whom a pronoun stands for is asked of `antecedents`; the speaker of the quote before is right for nearly every quotation without a cue.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.model import DateMention, Mention, Paragraph, Quote, Reading
from iraqtalks.extraction.quotes.addressees import find_addressee
from iraqtalks.extraction.quotes.antecedents import Antecedents, is_subject
from iraqtalks.extraction.quotes.phrase_mentions import PhraseMentions
from iraqtalks.extraction.quotes.speaker_words import is_somebody, is_thing, speaker_words
from iraqtalks.extraction.quotes.subjects import Subject
from iraqtalks.extraction.tokens import Token


@dataclass(frozen=True, slots=True)
class SpeakerHint:
    """What the grammar says of the speaker: the subject of the cue, and whom the subject cites where it only relays.

    `told`: who passes the source's words on (“Selon X, A, écrit Y”).
    """

    subject: Subject | None
    relayed: Subject | None
    told: Subject | None = None


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


_GOES_ON: Final = frozenset({"quote.floating", "quote.floating_mixed", "quote.going_on"})
"""Rules for words that go on with the speech before."""


class SpeakerFinder:
    """Finds the speakers of an article's quotes, in the order of the text, and remembers who spoke."""

    def __init__(self, reading: Reading, cast: Cast, dates: Sequence[DateMention], language: str) -> None:
        self._reading = reading
        self._cast = cast
        self._dates = dates
        self._language = language
        self._words = speaker_words(language)
        self._who = Antecedents(cast, language)
        self._phrases = PhraseMentions(reading, cast, self._who, language)
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
            told = self._phrases.of(paragraph, hint.told, quote)
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
                        position, gender, plural=plural, quote=quote, besides={quote.speaker_id}
                    ),
                )
            self._spoken_on(quote, zone)
        if quote.said_to_id is None and self._goes_on(quote):
            quote.said_to_id = self._who.last.said_to_id if self._who.last is not None else None
        self._who.hear(quote)
        if quote.speaker_id is not None:
            quote.anonymous = self._cast.actors[quote.speaker_id].anonymous
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
        if self._phrases.apposed_name(paragraph, head) is not None:
            return True
        if word in self._words.unnamed_pronouns:
            return True
        return not is_thing(head, self._language)

    def _may_be_named(self, paragraph: Paragraph, head: Token) -> bool:
        """Whether the subject's head can be whom the text means: all but an unknown common noun, and “aucun …”.

        What the language's nouns do not know as somebody is left unsaid rather than made an actor.
        """
        if head.pos_ not in {"NOUN", "ADJ", "VERB", "ADV"} or head.text[:1].isupper():
            return True
        position = paragraph.start(head)
        if self._cast.headed_at(position) is not None or self._cast.covering(position) is not None:
            return True
        if self._phrases.determiner(head) in {"aucun", "aucune"}:
            return False
        return is_somebody(head, self._language) or self._phrases.apposed_name(paragraph, head) is not None

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
        for mention in self._phrases.between(start, quote.start):
            token = paragraph.token_at(mention.head)
            if self._phrases.is_person(mention) and mention.form == "name" and token is not None and is_subject(token):
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
        certain = spoken and token.pos_ == "NOUN" and not is_thing(token, self._language)
        if token.pos_ not in {"PUNCT", "SPACE"} and (certain or self._may_be_named(paragraph, token)):
            mention = self._phrases.of(paragraph, subject, quote)
            if mention is not None:
                self._take(quote, mention, "speaker.subject")

    def _described(self, token: Token) -> str | None:
        """Return the pronoun that “celui qui”, “celle qui” stands like: it describes whom the text speaks of; None for others."""
        relative = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "qui"
        return self._words.described_pronouns.get(token.lower_) if relative else None

    def _take(self, quote: Quote, mention: Mention, rule: str) -> None:
        quote.speaker, quote.speaker_id, quote.speaker_rule = mention, mention.actor_id, rule

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
        if actor_id is None or (self._described(token) is not None and not self._is_somebody(actor_id)):
            return
        end = paragraph.end(token)
        # A pronoun with two cues (“il dénonce … et précise : …”) stands for whom it was first taken for.
        mention = self._cast.add_pronoun(start, end, actor_id, "mention.pronoun")
        quote.speaker, quote.speaker_id, quote.speaker_rule = mention, mention.actor_id, "speaker.pronoun"

    def _is_somebody(self, actor_id: str) -> bool:
        """Whether the actor is a person, as whom “celle qui …” describes is."""
        return self._cast.actors[actor_id].kind in {"person", "anonymous"}

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
                return is_thing(token, self._language)
        return False

    # -- whom and when -------------------------------------------------------------------------------------------------

    def _relayed(self, quote: Quote, relayed: Subject, paragraph: Paragraph) -> None:
        """The subject only passes on what somebody else said: that one is the speaker, the subject the one told."""
        mention = self._phrases.of(paragraph, relayed, quote)
        if mention is None or mention.actor_id == quote.speaker_id:
            return
        quote.said_to_id = quote.speaker_id
        self._take(quote, mention, "speaker.relayed")

    def _spoken_on(self, quote: Quote, zone: tuple[int, int]) -> None:
        for mention in self._dates:
            if zone[0] <= mention.start < zone[1] and not any(a <= mention.start < b for a, b in quote.segments):
                quote.spoken_on = mention.date
                return
