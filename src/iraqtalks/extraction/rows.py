"""What was found in an article → rows by table. Ids are made here, from content and position."""

from collections.abc import Iterator
from typing import Any

from iraqtalks.edtf import bounds, precision
from iraqtalks.extraction.events.plover import quad_class
from iraqtalks.extraction.model import Actor, EventMention, Extraction, Mention, Position, Quote, stable_id
from iraqtalks.knowledge import knowledge
from iraqtalks.precision import confidence

Row = dict[str, Any]


def to_rows(extraction: Extraction) -> dict[str, list[Row]]:
    """Return the rows of one article by table, for every table that a single article can fill.

    Actors are only those that some row names. `events` is left to `iraqtalks.link`, which knows all articles; until then
    each event mention is an event of its own.
    """
    maker = _Maker(extraction)
    rows: dict[str, list[Row]] = {
        "articles": [maker.article()],
        "blocks": list(maker.blocks()),
        "mentions": list(maker.mentions()),
        "quotes": list(maker.quotes()),
        "quote_segments": list(maker.segments()),
        "event_mentions": list(maker.events()),
        "event_contexts": list(maker.contexts()),
        "event_participants": list(maker.participants()),
        "positions": list(maker.positions()),
        "date_mentions": list(maker.dates()),
        "actor_roles": list(maker.roles()),
    }
    named = _named_actors(rows)
    rows["actors"] = [_actor(actor) for actor in extraction.actors if actor.actor_id in named]
    rows["actor_aliases"] = [
        alias for actor in extraction.actors if actor.actor_id in named for alias in maker.aliases(actor)
    ]
    return rows


def date_columns(date: str | None, basis: str | None) -> Row:
    """Return the five date columns for an EDTF date; all null for None."""
    if date is None:
        return dict.fromkeys(("date", "date_start", "date_end", "date_precision", "date_basis"))
    start, end = bounds(date)
    return {"date": date, "date_start": start, "date_end": end, "date_precision": precision(date), "date_basis": basis}


def _named_actors(rows: dict[str, list[Row]]) -> set[str]:
    """Return the ids of all actors that rows of the article refer to."""
    columns = ("actor_id", "speaker_id", "said_to_id", "organization_id")
    return {
        row[column] for found in rows.values() for row in found for column in columns if row.get(column) is not None
    }


def _actor(actor: Actor) -> Row:
    known = knowledge().actors.get(actor.actor_id)
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "name_fr": known.name_fr if known else None,
        "name_en": known.name_en if known else None,
        "name_ar": known.name_ar if known else None,
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "parent_id": actor.parent_id,
        "wikidata_id": known.wikidata_id if known else None,
        "in_knowledge_base": known is not None,
    }


class _Maker:
    """Makes the rows of one extraction; remembers the ids that other rows refer to."""

    def __init__(self, extraction: Extraction) -> None:
        self._found = extraction
        self._article = extraction.reading.article
        self._id = self._article.article_id
        self._text = self._article.text

    def _place(self, table: str, start: int, end: int, rule: str) -> Row:
        return {
            "article_id": self._id,
            "start": start,
            "end": end,
            "text": self._text[start:end],
            "rule": rule,
            "confidence": confidence(table, rule),
        }

    def article(self) -> Row:
        article = self._article
        return {
            "article_id": self._id,
            "source_key": article.source_key,
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "byline": article.byline,
            "published_on": article.published_on,
            "retrieved_at": article.retrieved_at,
            "language": article.language,
            "licence": article.licence,
            "text_policy": article.text_policy,
            "text": article.text,
            "text_sha256": article.text_sha256,
            "raw_path": article.raw_path,
        }

    def blocks(self) -> Iterator[Row]:
        for number, block in enumerate(self._found.reading.blocks):
            yield {**self._place("blocks", block.start, block.end, block.rule), "block": number, "kind": block.kind}

    def mention_id(self, mention: Mention) -> str:
        return stable_id("m", self._id, mention.start, mention.end)

    def mentions(self) -> Iterator[Row]:
        for mention in self._found.mentions:
            yield {
                **self._place("mentions", mention.start, mention.end, mention.rule),
                "mention_id": self.mention_id(mention),
                "form": mention.form,
                "actor_id": mention.actor_id,
            }

    def aliases(self, actor: Actor) -> Iterator[Row]:
        known = knowledge().actors.get(actor.actor_id)
        names = {(alias.text, alias.language, alias.script) for alias in known.aliases} if known else set()
        if known is None:
            names = {(" ".join(alias.split()), self._article.language or "und", "Latn") for alias in actor.aliases}
        for alias, language, script in sorted(names):
            yield {"actor_id": actor.actor_id, "alias": alias, "language": language, "script": script}

    def roles(self) -> Iterator[Row]:
        for role in self._found.roles:
            yield {
                **self._place("actor_roles", role.start, role.end, role.rule),
                "actor_role_id": stable_id("r", self._id, role.start, role.end, role.actor_id),
                "actor_id": role.actor_id,
                "role": self._text[role.start : role.end],
                "organization_id": role.organization_id,
                "basis": "text",
            }

    def quote_id(self, quote: Quote) -> str:
        return stable_id("q", self._id, *(position for segment in quote.segments for position in segment), quote.cue)

    def quotes(self) -> Iterator[Row]:
        for quote in self._found.quotes:
            yield {
                **self._place("quotes", quote.start, quote.end, quote.rule),
                "quote_id": self.quote_id(quote),
                "content": " ".join(self._text[start:end] for start, end in quote.segments),
                "kind": quote.kind,
                "cue_start": quote.cue[0] if quote.cue else None,
                "cue_end": quote.cue[1] if quote.cue else None,
                "cue_lemma": quote.cue_lemma,
                "act": quote.act,
                "negated": quote.negated,
                "speaker_id": quote.speaker_id,
                "speaker_mention_id": self.mention_id(quote.speaker) if quote.speaker else None,
                "speaker_anonymous": quote.anonymous,
                "said_to_id": quote.said_to_id,
                "spoken_on": quote.spoken_on,
                "parent_quote_id": self.quote_id(quote.parent) if quote.parent else None,
            }

    def segments(self) -> Iterator[Row]:
        for quote in self._found.quotes:
            for number, (start, end) in enumerate(quote.segments):
                yield {
                    **self._place("quotes", start, end, quote.rule),
                    "quote_id": self.quote_id(quote),
                    "segment": number,
                }

    def event_id(self, event: EventMention) -> str:
        return stable_id("em", self._id, event.start, event.end, event.type, event.mode)

    def events(self) -> Iterator[Row]:
        for event in self._found.events:
            yield {
                **self._place("event_mentions", event.start, event.end, event.rule),
                **date_columns(event.date, event.date_basis),
                "event_mention_id": self.event_id(event),
                "event_id": self.event_id(event),
                "type": event.type,
                "mode": event.mode,
                "quad_class": quad_class(event.type),
                "status": event.status,
                "quote_id": self.quote_id(event.quote) if event.quote else None,
                "place_id": event.place_id,
                "talks_round_id": event.talks_round_id,
            }

    def contexts(self) -> Iterator[Row]:
        for event in self._found.events:
            for context in sorted(set(event.contexts)):
                yield {"event_mention_id": self.event_id(event), "context": context}

    def participants(self) -> Iterator[Row]:
        for event in self._found.events:
            seen = set()
            for part in event.participants:
                if (part.actor_id, part.role) not in seen:
                    seen.add((part.actor_id, part.role))
                    yield {
                        "event_mention_id": self.event_id(event),
                        "actor_id": part.actor_id,
                        "mention_id": self.mention_id(part.mention) if part.mention else None,
                        "role": part.role,
                    }

    def _position_id(self, position: Position) -> str:
        return stable_id(
            "p", self._id, position.start, position.end, position.actor_id, position.issue, position.stance
        )

    def positions(self) -> Iterator[Row]:
        for position in self._found.positions:
            yield {
                **self._place("positions", position.start, position.end, position.rule),
                "position_id": self._position_id(position),
                "actor_id": position.actor_id,
                "issue": position.issue,
                "stance": position.stance,
                "condition_start": position.condition[0] if position.condition else None,
                "condition_end": position.condition[1] if position.condition else None,
                "quote_id": self.quote_id(position.quote) if position.quote else None,
                "event_mention_id": self.event_id(position.event) if position.event else None,
            }

    def dates(self) -> Iterator[Row]:
        for mention in self._found.dates:
            yield {
                **self._place("date_mentions", mention.start, mention.end, mention.rule),
                **date_columns(mention.date, mention.basis),
                "date_mention_id": stable_id("d", self._id, mention.start, mention.end),
            }
