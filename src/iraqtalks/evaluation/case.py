"""One article to be scored: its text, its annotation, the rows that were found, and who is who between the two."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from iraqtalks.database import Row, Rows
from iraqtalks.evaluation.gold import Annotation
from iraqtalks.evaluation.matching import names_of, normal_name, telling
from iraqtalks.evaluation.report import Error, Report
from iraqtalks.language import load

_LONGEST_NAME = 6
"""A name of more words is a stretch of the article's text, which an error's label must not show."""


@dataclass
class Case:
    """An article to be scored."""

    article: str
    text: str
    gold: Annotation
    rows: Rows
    report: Report
    matched_quotes: dict[str, str] = field(default_factory=dict)
    """Annotated quote of each quote that was matched, by id: events refer to it."""

    def table(self, name: str) -> Sequence[Row]:
        """Return the article's rows of a table."""
        return self.rows.get(name, ())

    def error(
        self,
        section: str,
        problem: str,
        span: Sequence[int],
        *,
        found: object = "",
        annotated: object = "",
        rule: str = "",
        found_words: str = "",
    ) -> None:
        """Report an error at the span's words; None is shown as nothing found or annotated."""
        start, end = span
        shown_found, shown_annotated = ("none" if value is None else str(value) for value in (found, annotated))
        self.report.errors.append(
            Error(
                self.article, section, problem, start, end, self.text[start:end],
                shown_found, shown_annotated, rule, found_words,
            )
        )  # fmt: skip

    def label(self, actor_id: str | None) -> str:
        """Return a found actor for an error: its id, or its name or kind where it is an actor of the article's own."""
        row = self._actors.get(actor_id or "")
        if actor_id is None or row is None or actor_id in self._known:
            return actor_id or "nobody"
        named = any(mention["actor_id"] == actor_id and mention["form"] == "name" for mention in self.table("mentions"))
        if named and len(str(row["name"]).split()) > _LONGEST_NAME:
            return f"an actor with a long name ({row.get('kind')})"
        return str(row["name"]) if named else f"an actor described ({row.get('kind')})"

    def kind(self, actor_id: str | None) -> str | None:
        """Return the kind of a found actor; None for nobody."""
        row = self._actors.get(actor_id or "")
        return None if row is None else row.get("kind")

    @cached_property
    def _actors(self) -> dict[str, Row]:
        return {row["actor_id"]: row for row in self.table("actors")}

    @cached_property
    def gold_actors(self) -> dict[str, Mapping[str, Any]]:
        """The annotated actors by key."""
        return {actor["key"]: actor for actor in self.gold["actors"]}

    @cached_property
    def language(self) -> Mapping[str, Any]:
        """What scoring must know of the article's language."""
        facts = self.gold.get("article") or self.gold
        return load(facts.get("language") or "fr", "evaluation")

    def is_pronoun(self, span: Sequence[int] | None) -> bool:
        """Whether the words at the span are a pronoun."""
        return span is not None and _plain(self.text[span[0] : span[1]]) in self.language["pronouns"]

    def is_name(self, span: Sequence[int], name: str) -> bool:
        """Whether the words at the span hold a name: one of the actor's, or one by its capitals (not “le ministère de l'Eau”)."""
        words = self.text[self.head(span) : span[1]]
        if set(normal_name(words).split()) & {word for word in normal_name(name).split() if len(word) > 2}:
            return True
        tokens = re.findall(r"[\w'’-]+|[^\w\s]", words)
        capital = [token[:1].isupper() for token in tokens]
        if tokens and capital[0]:
            return all(big or len(token) < 4 for token, big in zip(tokens, capital, strict=True))
        links = {*self.language["determiners"], *self.language["prepositions"]}
        return any(big and not capital[at] and _plain(tokens[at]) not in links for at, big in enumerate(capital[1:]))

    def head(self, span: Sequence[int]) -> int:
        """Return where the span's words begin after their determiners."""
        start, end = span
        while True:
            rest = _plain(self.text[start:end])
            skipped = next(
                (
                    word
                    for word in self.language["determiners"]
                    if rest.startswith(word if word.endswith("'") else word + " ")
                ),
                None,
            )
            if skipped is None:
                return start
            start += len(skipped)
            while start < end and self.text[start].isspace():
                start += 1

    def same(self, found: str | None, annotated: str | None) -> bool:
        """Whether a found actor is the annotated one.

        So it is with the same id or a name in common. An id that the article's annotation gives to another actor is
        that other. An actor of the article's own, outside the knowledge base, is whom most of its mentions name.
        """
        if found is None or annotated is None:
            return False
        if found == annotated or found in self._gold_names:
            return found == annotated
        if self._found_names.get(found, frozenset()) & self._gold_names.get(annotated, frozenset()):
            return True
        return self._by_mention.get(found) == annotated

    def same_set(self, found: Iterable[str], annotated: Iterable[str]) -> bool:
        """Whether the two sets of actors are the same, whatever their ids."""
        found, annotated = set(found), set(annotated)
        return all(any(self.same(one, other) for other in annotated) for one in found) and all(
            any(self.same(one, other) for one in found) for other in annotated
        )

    @cached_property
    def _gold_spans(self) -> dict[str, list[tuple[int, int]]]:
        """The words that name each annotated actor: its mentions and, beside a cue, the speaker."""
        spans = {actor["key"]: [tuple(span) for span in actor["mentions"]] for actor in self.gold["actors"]}
        for quote in self.gold["quotes"]:
            span = quote.get("speaker_mention")
            if span is not None and not self.is_pronoun(span):
                spans.setdefault(quote["speaker"], []).append(tuple(span))
        return spans

    @cached_property
    def _gold_names(self) -> dict[str, frozenset[str]]:
        names = {actor["key"]: set(names_of(actor["name"])) for actor in self.gold["actors"]}
        for key, spans in self._gold_spans.items():
            words = (self.text[self.head(span) : span[1]] for span in spans)
            names.setdefault(key, set()).update(normal_name(name) for name in words if telling(name))
        return {key: frozenset(forms) for key, forms in names.items()}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(row["actor_id"] for row in self.table("actors") if row["in_knowledge_base"])

    @cached_property
    def _found_names(self) -> dict[str, frozenset[str]]:
        names: dict[str, set[str]] = {}
        for row in self.table("actors"):
            for column in ("name", "name_fr", "name_en", "name_ar"):
                if row.get(column) is not None:
                    names.setdefault(row["actor_id"], set()).update(names_of(row[column]))
        for row in self.table("actor_aliases"):
            if telling(row["alias"]):
                names.setdefault(row["actor_id"], set()).add(normal_name(row["alias"]))
        for row in self.table("mentions"):
            # What the base knows goes by the base's names alone, or a mention's wrong reading would prove itself.
            if row["actor_id"] not in self._known and row["form"] != "pronoun" and telling(row["text"]):
                names.setdefault(row["actor_id"], set()).add(normal_name(row["text"]))
        return {actor: frozenset(forms) for actor, forms in names.items()}

    @cached_property
    def _by_mention(self) -> dict[str, str]:
        """For each actor of the article's own, the annotated one at whose words most of its mentions begin."""
        gold = {self.head(span): key for key, spans in self._gold_spans.items() for span in spans}
        votes: dict[str, Counter[str]] = {}
        for row in self.table("mentions"):
            head = self.head((row["start"], row["end"]))
            if row["actor_id"] not in self._known and row["form"] != "pronoun" and head in gold:
                votes.setdefault(row["actor_id"], Counter())[gold[head]] += 1
        return {
            actor: min(count, key=lambda key, count=count: (-count[key], key))  # type: ignore[misc]
            for actor, count in votes.items()
        }


def _plain(words: str) -> str:
    return words.lower().replace("’", "'").replace("\u00a0", " ")
