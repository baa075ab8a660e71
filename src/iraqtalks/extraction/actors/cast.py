"""The cast of an article: the words that name its actors, and whom they name."""

import bisect
from collections import Counter
from difflib import SequenceMatcher
from typing import Final

from iraqtalks.extraction import phrases
from iraqtalks.extraction.actors.descriptions import (
    Description,
    kind_of_noun,
    name_beside,
    take_apart,
    with_coordinated,
)
from iraqtalks.extraction.actors.given_names import gender_of
from iraqtalks.extraction.actors.name_kinds import kind_of
from iraqtalks.extraction.actors.names import Name, find_names, surname_key, words_of
from iraqtalks.extraction.actors.nouns import nouns_of
from iraqtalks.extraction.actors.resolution import resolve
from iraqtalks.extraction.actors.words import words_for
from iraqtalks.extraction.model import Actor, Mention, Paragraph, Reading, Role, stable_id
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge import Knowledge, Region
from iraqtalks.knowledge.folding import fold, folded
from iraqtalks.tables import ACTOR_KINDS

_NESTING: Final = 8
"""More mentions than that inside one another do not occur."""
_SAME_SPELLING: Final = 0.88
"""From this similarity on, two full names with one surname are spellings of one (Mohammad, Mohamamd)."""


class Cast:
    """The actors of one article and the mentions of them found so far; `find_cast` makes it, later rules add to it."""

    def __init__(self, reading: Reading, knowledge: Knowledge, language: str) -> None:
        self.reading = reading
        self.knowledge = knowledge
        self.language = language
        self.nouns = nouns_of(language)
        self.words = words_of(language)
        told = words_for(knowledge, language)
        self.words_told = [told.of(paragraph.doc) for paragraph in reading.paragraphs]
        """The words of each paragraph that may be something to a rule, with their numbers in it."""
        self.actors: dict[str, Actor] = {}
        self.mentions: list[Mention] = []
        self._starts: list[int] = []
        self._heads: dict[int, Mention] = {}
        self._by_name: dict[str, str] = {}
        self._surnames: dict[str, list[str]] = {}
        self.role_nouns: dict[str, set[str]] = {}
        """Folded nouns with which the article introduced a person (scientifique, sénateur)."""
        self.offices_in_text: dict[str, set[str]] = {}
        """Offices of the knowledge base that the article says an actor holds."""
        self.roles: list[Role] = []
        """What the article says that persons are."""
        self.countries: Counter[str] = Counter()
        """How many of the article's words belong to each country, by alpha-3 code."""
        self.home: str | None = None
        """Alpha-3 code of the country that the article is mostly about."""
        self.region: Region | None = None
        """The region with a government of its own that the article is mostly about."""

    # -- looking up --------------------------------------------------------------------------------------------

    def covering(self, position: int) -> Mention | None:
        """Return the smallest mention that covers the article's `position`, or None."""
        found: Mention | None = None
        index = bisect.bisect_right(self._starts, position) - 1
        # Mentions are short and seldom nest: a few steps back find every one that covers the position.
        for mention in self.mentions[max(0, index - _NESTING) : index + 1]:
            if position < mention.end and (found is None or mention.end - mention.start <= found.end - found.start):
                found = mention
        return found

    def headed_at(self, position: int) -> Mention | None:
        """Return the mention whose head noun starts at the article's `position`, or None."""
        return self._heads.get(position)

    def before(self, position: int) -> list[Mention]:
        """Return the mentions that start before the article's `position`, the nearest first."""
        return self.mentions[: bisect.bisect_left(self._starts, position)][::-1]

    def starting_after(self, position: int) -> Mention | None:
        """Return the first mention that starts at or after the article's `position`, or None."""
        index = bisect.bisect_left(self._starts, position)
        return self.mentions[index] if index < len(self.mentions) else None

    def ending_before(self, position: int) -> Mention | None:
        """Return the nearest mention that ends at or before the article's `position`, or None."""
        index = bisect.bisect_left(self._starts, position)
        return next(
            (mention for mention in self.mentions[max(0, index - 4) : index][::-1] if mention.end <= position), None
        )

    def person_between(self, start: int, end: int) -> Mention | None:
        """Return the first mention of a person that starts in a stretch of the article, or None."""
        first, last = bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end)
        return next((m for m in self.mentions[first:last] if self.actors[m.actor_id].kind == "person"), None)

    def noun_of(self, mention: Mention) -> str:
        """Return the head noun of a mention, folded."""
        return folded(self.reading.text[mention.head : mention.end]).split(" ")[0].split("'")[-1]

    def named(self, text: str) -> str | None:
        """Return the actor that this article calls by exactly this name (case, accents and hyphens aside), or None."""
        return self._by_name.get(fold(text))

    def by_surname(self, text: str, gender: str | None = None) -> str | None:
        """Return the last person of this article with the surname and no other gender, or None."""
        candidates = [
            actor_id
            for actor_id in self._surnames.get(surname_key(text), ())
            if gender is None or self.actors[actor_id].gender in {None, gender}
        ]
        return candidates[-1] if candidates else None

    def by_spelling(self, text: str) -> str | None:
        """Return the person with the same surname whose full name is spelt almost like this one, or None."""
        folded = fold(text)
        for actor_id in self._surnames.get(surname_key(text), ()):
            for alias in (self.actors[actor_id].name, *sorted(self.actors[actor_id].aliases)):
                if (
                    fold(alias).endswith(f" {folded}")
                    or SequenceMatcher(None, fold(alias), folded).ratio() >= _SAME_SPELLING
                ):
                    return actor_id
        return None

    # -- adding ------------------------------------------------------------------------------------------------

    def add(self, start: int, end: int, form: str, actor_id: str, head: int, rule: str) -> Mention:
        """Add a mention of an actor of this cast; returns the one that already stands at the same words, if any."""
        index = bisect.bisect_left(self._starts, start)
        for mention in self.mentions[index : index + 4]:
            if (mention.start, mention.end) == (start, end):
                return mention
        mention = Mention(start, end, form, actor_id, head, rule)
        self.mentions.insert(index, mention)
        self._starts.insert(index, start)
        self._heads.setdefault(head, mention)
        if form != "pronoun":
            text = self.reading.text[start:end]
            self.actors[actor_id].aliases.add(text)
            self._by_name.setdefault(fold(text), actor_id)
        return mention

    def add_pronoun(self, start: int, end: int, actor_id: str, rule: str) -> Mention:
        """Add a pronoun that stands for an actor of this cast."""
        return self.add(start, end, "pronoun", actor_id, start, rule)

    def known(self, actor_id: str) -> Actor:
        """Return the actor of the knowledge base as an actor of this article; raises KeyError for an unknown id."""
        actor = self.actors.get(actor_id)
        if actor is None:
            entry = self.knowledge.actors[actor_id]
            actor = Actor(
                entry.actor_id, entry.name, entry.kind, in_knowledge_base=True, gender=entry.gender,
                plural=entry.plural, country=entry.country, sector=entry.sector, parent_id=entry.parent_id,
            )  # fmt: skip
            self.actors[actor_id] = actor
            if entry.kind == "person":
                for name in (entry.name, entry.name_fr, *entry.short):
                    if name:
                        self._remember_surname(name, actor_id)
        return actor

    def new(
        self, name: str, kind: str, gender: str | None = None, plural: bool | None = None, *, scope: int | None = None
    ) -> Actor:
        """Return the actor called `name` that the knowledge base does not have.

        A name of several words is the same actor in every article; one word or a description only in this one, and
        with `scope` (a position) only there.
        """
        full = len(fold(name).split()) > 1 and kind != "anonymous" and name[:1].isupper()
        within = () if full else (self.reading.article.article_id, scope)
        if kind == "person" and gender is None:
            gender = gender_of(name, self.language)
        actor_id = stable_id("x", fold(name), *within)
        actor = self.actors.setdefault(actor_id, Actor(actor_id, name, kind, gender=gender, plural=plural))
        if kind == "person":
            self._remember_surname(name, actor_id)
        return actor

    def _remember_surname(self, name: str, actor_id: str) -> None:
        listed = self._surnames.setdefault(surname_key(name), [])
        if actor_id not in listed:
            listed.append(actor_id)

    # -- noun phrases of speakers and participants ---------------------------------------------------------------------

    def describe(self, paragraph: Paragraph, head: Token, *, anonymous: bool) -> Mention:
        """Return the mention of the noun phrase headed by `head`: the one that is there, or a new one.

        A phrase that names an actor of the article again gives that actor; else the phrase makes an actor of this
        article, of kind `anonymous` where `anonymous` says so.
        """
        position = paragraph.start(head)
        there = self.headed_at(position) or self.covering(position)
        if there is not None:
            return there
        titled = self.starting_after(paragraph.end(head))
        if lower(head) in self.words.titles and titled is not None and titled.start <= paragraph.end(head) + 2:
            return titled
        if head.pos_ == "PROPN" and head.text[:1].isupper() and not self._is_demonym(head):
            return self._describe_name(paragraph, head)
        description = take_apart(self, paragraph, head)
        beside = name_beside(self, description)
        if beside is not None:
            return beside
        found = resolve(self, description, self.home) or self._same_source(description)
        if found is None:
            return self._describe_new(description, anonymous=anonymous)
        return self.add(description.start, description.end, "description", found[0], position, found[1])

    def _is_demonym(self, head: Token) -> bool:
        """Whether a capitalised noun says what people somebody is of (un Kurde irakien)."""
        if phrases.determiner(head) is None:
            return False
        return self.knowledge.country_of(head.text) is not None or folded(head.text) in self.nouns.allegiances

    def _describe_name(self, paragraph: Paragraph, head: Token) -> Mention:
        """Make the mention of a proper name that no rule took for an actor's so far: somebody speaks or acts by it."""
        position = paragraph.start(head)
        name = next(
            (name for name in find_names(paragraph, self.reading.text) if name.start <= position < name.end),
            Name(position, paragraph.end(head), head.text),
        )
        actor_id = self.named(name.text) or self.by_surname(name.text, name.gender)
        if actor_id is None:
            kind = kind_of(name, paragraph) or "person"
            actor_id = self.new(name.text, kind if kind in ACTOR_KINDS else "other", name.gender).actor_id
        start = name.start if name.title_start is None or name.full else name.title_start
        return self.add(start, name.end, "name", actor_id, name.start, "mention.described_name")

    def _same_source(self, description: Description) -> tuple[str, str] | None:
        """Return the unnamed source that “cette source” or “le responsable” points back to, or None."""
        if not description.definite:
            return None
        pointing = {"dernier", "derniere", "derniers", "dernieres"}
        for mention in self.before(description.start):
            actor = self.actors[mention.actor_id]
            if description.demonstrative and description.noun in pointing:
                if actor.kind in {"person", "anonymous"} and actor.gender in {None, phrases.gender(description.head)}:
                    return mention.actor_id, "mention.latter"
            elif actor.anonymous and self.noun_of(mention) == description.noun:
                return mention.actor_id, "mention.same_source"
        return None

    def _describe_new(self, description: Description, *, anonymous: bool) -> Mention:
        """Make the mention of somebody whom nothing before names."""
        start, end = with_coordinated(description)
        kind = "anonymous" if anonymous else kind_of_noun(description)
        # Every unnamed source introduced anew is somebody else: its position keeps it apart.
        scope = start if anonymous else None
        gender, plural = phrases.gender(description.head), phrases.is_plural(description.head)
        actor = self.new(self.reading.text[start:end], kind, gender, plural, scope=scope)
        if len(description.countries) == 1:
            actor.country = description.countries[0]
        head = description.paragraph.start(description.head)
        rule = "mention.anonymous_source" if anonymous else "mention.described"
        # “l'un d'eux”, “une autre” are somebody, but neither a name nor a description.
        alone = description.first == description.last and description.noun in self.nouns.indefinite
        form = "pronoun" if alone else "description"
        return self.add(start, end, form, actor.actor_id, head, rule)
