"""Whom a pronoun stands for: the best of the speaker before and the subjects since.

A pronoun stands for the speaker of the quote before unless a new subject that agrees has come between: in annotated news that
is right for four pronouns in five.
"""

from collections.abc import Collection, Sequence
from typing import Final, Self

from iraqtalks.extraction import phrases
from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.actors.given_names import gender_of
from iraqtalks.extraction.model import Actor, Mention, Paragraph, Quote
from iraqtalks.extraction.phrases import GENITIVE, is_finite
from iraqtalks.extraction.tokens import Token

_FAR: Final = 1200
"""A pronoun does not reach back over more characters than this."""
_LEAD: Final = 8
"""A phrase before a name that opens its sentence has at most so many tokens."""
_HEARD: Final = 9
"""So many quotes are kept in mind."""
NESTED: Final = frozenset({"quote.nested_colon"})
"""Rules for words inside somebody's words: their pronouns look into what that one said."""
_COLLECTIVE: Final = frozenset(
    {"government", "military", "armed_group", "legislature", "company", "media", "party", "other"}
)
"""Kinds of bodies that a plural pronoun may stand for where nothing plural does."""
_PLURAL_KINDS: Final = frozenset({"group", "anonymous", "armed_group", "military"})


class Antecedents:
    """The actors of an article as what its pronouns may stand for. `last` is the quote before, `spoken` the quotes so far."""

    def __init__(self, cast: Cast, language: str) -> None:
        self._reading = cast.reading
        self._cast = cast
        self._language = language
        self.last: Quote | None = None
        self.spoken: list[Quote] = []

    @classmethod
    def before(cls, position: int, cast: Cast, quotes: Sequence[Quote], language: str) -> Self:
        """Return the actors as they are in mind at the position, of the article's quotes those that end before it."""
        who = cls(cast, language)
        for quote in quotes:
            if quote.end <= position:
                who.hear(quote)
        return who

    def hear(self, quote: Quote) -> None:
        """Take in a quote that the text has come past."""
        self.spoken = [*self.spoken[1 - _HEARD :], quote]
        if quote.speaker_id is not None and quote.rule not in NESTED:
            # The narrator's pronoun stands for whom he quoted, not for whom that one did.
            self.last = quote

    def last_named(self, position: int, gender: str | None, *, plural: bool, quote: Quote) -> str | None:
        """Return the person or body that was named last and agrees: what “celui-ci” and “ce dernier” stand for, or None."""
        for mention in self._cast.before(position):
            if position - mention.start > _FAR:
                return None
            actor = self._cast.actors[mention.actor_id]
            if (
                actor.kind != "country"
                and not self._is_genitive(mention)
                and agrees(actor, gender, self._language, plural=plural)
                and not self.is_quoted(mention, quote)
                and (mention.form != "description" or self._noun_agrees(mention, gender, plural=plural))
            ):
                return mention.actor_id
        return None

    def collective(self, position: int, paragraph: int, quote: Quote) -> str | None:
        """Return the body that was named last in the paragraph: “ils” may be its people (la police … ils m'ont dit), or None."""
        for mention in self._cast.before(position):
            if mention.start < paragraph:
                return None
            if self._cast.actors[mention.actor_id].kind in _COLLECTIVE and (
                quote.rule in NESTED or not self.is_quoted(mention, quote)
            ):
                return mention.actor_id
        return None

    def _is_genitive(self, mention: Mention) -> bool:
        """Whether the mention is another noun's complement (“l'avocat de X”): what was named last is that noun."""
        paragraph = self._reading.paragraph_at(mention.start)
        token = None if paragraph is None else paragraph.token_at(mention.start)
        while token is not None and token.i > 0 and token.nbor(-1).pos_ == "DET":
            token = token.nbor(-1)
        return token is not None and token.i > 0 and token.nbor(-1).lower_ in GENITIVE

    def best(
        self,
        position: int,
        gender: str | None,
        *,
        plural: bool,
        quote: Quote | None = None,
        besides: Collection[str | None] = (),
    ) -> str | None:
        """Return the actor that a pronoun at `position` stands for: the best of the speaker before and the subjects since.

        `quote` is what the pronoun's clause introduces, if it does. It is none of the actors `besides`: no object is its
        subject unless it is reflexive.
        """
        best: tuple[float, str] | None = None
        seen: set[str] = set()
        spoken_of = self._spoken_of(quote)
        for mention in self._cast.before(position):
            if position - mention.start > _FAR:
                break
            actor = self._cast.actors[mention.actor_id]
            if (
                mention.actor_id in {*seen, *besides, *spoken_of}
                or not agrees(actor, gender, self._language, plural=plural)
                or self.is_quoted(mention, quote)
            ):
                continue
            if mention.form == "description" and not self._noun_agrees(mention, gender, plural=plural):
                continue
            score = self._salience(mention, actor, position, gender)
            if mention.form != "pronoun":
                seen.add(mention.actor_id)
            if best is None or score > best[0]:
                best = (score, mention.actor_id)
        last = self.last
        speaker = None if last is None or position - last.end >= _FAR else last.speaker_id
        if last is not None and speaker is not None and speaker not in {*besides, *spoken_of}:
            actor = self._cast.actors[speaker]
            if agrees(actor, gender, self._language, plural=plural):
                score = 2.2 - 0.002 * max(0, position - last.end)
                score += 2.0 if actor.kind in {"person", "anonymous"} else 0.0
                score += self._gender_bonus(actor, gender)
                if best is None or score >= best[0]:
                    best = (score, speaker)
        return None if best is None or best[0] < 0.5 else best[1]

    def _spoken_of(self, quote: Quote | None) -> set[str]:
        """Return the persons whom a quotation names: nobody speaks of himself by his name (« Non, X, … », a-t-il dit)."""
        if quote is None or quote.kind != "direct":
            return set()
        return {
            mention.actor_id
            for start, end in quote.segments
            for mention in self._cast.mentions
            if start <= mention.start < end
            and mention.form == "name"
            and self._cast.actors[mention.actor_id].kind == "person"
        }

    def _noun_agrees(self, mention: Mention, gender: str | None, *, plural: bool) -> bool:
        """Whether a description's own noun agrees with the pronoun: “les autorités” are not “il”, whoever they are."""
        paragraph = self._reading.paragraph_at(mention.head)
        token = None if paragraph is None else paragraph.token_at(mention.head)
        if token is None:
            return True
        number = token.morph.get("Number", [])
        own = phrases.gender(token)
        return (not number or (number[0] == "Plur") == plural) and (
            own is None or gender is None or plural or own == gender
        )

    def _salience(self, mention: Mention, actor: Actor, position: int, gender: str | None) -> float:
        """Return how readily a mention comes to mind: subjects, persons and near ones most; those inside quotations least."""
        paragraph = self._reading.paragraph_at(mention.start)
        if paragraph is None:
            return 0.0
        token = paragraph.token_at(mention.head)
        score = 1.0 - 0.0025 * (position - mention.start)
        named = mention.form == "name" and token is not None
        topic = token is not None and (
            is_subject(token) or (named and (_opens_sentence(token) or _is_apposed_to_subject(paragraph, mention)))
        )
        if topic:
            score += 1.6
        elif token is not None and any(child.dep_ == "case" for child in token.children):
            score -= 0.4
        if actor.kind in {"person", "anonymous"}:
            score += 2.0
        elif actor.kind == "country":
            score -= 1.0
        if mention.form == "name" and topic and self._introduces(mention):
            score += 0.8
        if self._is_reported(mention):
            score -= 1.0
        return score + self._gender_bonus(actor, gender)

    def _gender_bonus(self, actor: Actor, gender: str | None) -> float:
        """Return what a gender that is known to agree counts for: more than one that is not known."""
        return 0.7 if gender is not None and _own_gender(actor, self._language) == gender else 0.0

    def _introduces(self, mention: Mention) -> bool:
        """Whether the mention is the first of its actor, after the quote before: the text has come to somebody new."""
        last = self.last
        return (
            last is not None
            and mention.start > last.end
            and not any(m.actor_id == mention.actor_id for m in self._cast.before(mention.start))
        )

    def _is_reported(self, mention: Mention) -> bool:
        """Whether the mention stands in what was reported in the narrator's words: less in mind than who reports."""
        return any(a <= mention.start < b for q in self.spoken if q.kind == "indirect" for a, b in q.segments)

    def is_quoted(self, mention: Mention, quote: Quote | None) -> bool:
        """Whether the mention stands in somebody's words, where the narrator's pronoun does not look."""
        return any(
            a <= mention.start < b
            for q in (*self.spoken, *(() if quote is None else (quote,)))
            if q is quote or q.kind != "indirect"
            for a, b in q.segments
        )


def _own_gender(actor: Actor, language: str) -> str | None:
    """Return the gender that the base or the text gives the actor, else the one that a first name tells."""
    return actor.gender or gender_of(actor.name, language)


def _known_gender(actor: Actor, language: str) -> str | None:
    """Return the actor's gender where it tells: a person whom only a masculine noun describes (professeur, chef) may be a woman."""
    told = (
        actor.in_knowledge_base
        or actor.kind != "person"
        or actor.gender == "f"
        or gender_of(actor.name, language) is not None
        or any(alias.startswith("M. ") for alias in actor.aliases)
    )
    return _own_gender(actor, language) if told else None


def agrees(actor: Actor, gender: str | None, language: str, *, plural: bool) -> bool:
    """Whether nothing that is known of the actor contradicts the pronoun's gender and number.

    Where the number is not known, a person or a body is one, a group many.
    """
    if actor.plural is not None and actor.plural != plural:
        return False
    if actor.plural is None and (
        (plural and actor.kind not in _PLURAL_KINDS) or (not plural and actor.kind == "group")
    ):
        return False
    # “ils” stands for mixed company too; only “elles” needs every member to be feminine.
    known = _known_gender(actor, language)
    return known is None or gender is None or known == gender


def _opens_sentence(token: Token) -> bool:
    """Whether a name opens its sentence, behind a phrase and a comma at most (“A 23 ans, X, elle, rêve …”; “X, 30 ans, élu, a …”).

    The parse makes no subject of a name that an apposition parts from its verb.
    """
    start = token.sent.start
    before = token.doc[start : token.i]
    led = len(before) == 0 or (before[-1].text == "," and len(before) <= _LEAD)
    verbs = any(t.pos_ in {"VERB", "AUX"} for t in before)
    return led and not verbs and not any(child.dep_ == "case" for child in token.children)


def _is_apposed_to_subject(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether the name stands between commas right before a finite verb (“son prédécesseur, X, a dit …”)."""
    first, last = paragraph.token_at(mention.start), paragraph.token_at(mention.end - 1)
    if first is None or last is None or first.i == 0 or last.i + 2 >= len(last.doc):
        return False
    return first.nbor(-1).text == "," and last.nbor(1).text == "," and is_finite(last.nbor(2))


def is_subject(token: Token) -> bool:
    """Whether the noun, or the one that it is apposed to or named with, is the subject of a clause."""
    for _ in range(3):
        if token.dep_.startswith("nsubj"):
            return True
        if token.dep_ not in {"flat:name", "appos", "flat:foreign"} or token.head.i == token.i:
            return False
        token = token.head
    return False
