"""One record an event, with all that an export may say of it: its parties, date, place, and the words that state it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from iraqtalks.database import connect

_BODIES: Final = {"united-nations": "UNO", "european-union": "EUR"}
"""PLOVER's codes for international bodies of their own; the others are IGO."""

# An event is told by the earliest of its mentions that have its status; near-duplicates were never told.
_EVENTS: Final = """
    SELECT
        events.event_id, events.type, events.mode, events.best_status AS status, events.date, events.date_start,
        events.date_end, events.date_precision, mentions.event_mention_id, mentions."text", mentions."start",
        mentions."end", mentions.quad_class, mentions.talks_round_id, speakers.name AS claimed_by,
        articles.article_id, articles.title, articles.outlet, articles.url, articles.published_on, articles.language,
        articles.licence,
        places.place_id, places.name AS place, places.kind AS place_kind, places.country AS place_country,
        places.latitude, places.longitude, places.geonames_id
    FROM events
    JOIN event_mentions AS mentions ON mentions.event_id = events.event_id AND mentions.status = events.best_status
    JOIN articles ON articles.article_id = mentions.article_id AND articles.duplicate_of IS NULL
    LEFT JOIN quotes ON quotes.quote_id = mentions.quote_id
    LEFT JOIN actors AS speakers ON speakers.actor_id = quotes.speaker_id
    LEFT JOIN places ON places.place_id = events.place_id
    WHERE list_contains($statuses, events.best_status)
    QUALIFY row_number() OVER (
        PARTITION BY events.event_id
        ORDER BY articles.published_on NULLS LAST, articles.article_id, mentions."start", mentions.event_mention_id
    ) = 1
    ORDER BY events.date_start NULLS LAST, events.date NULLS LAST, events.event_id
"""

_PARTIES: Final = """
    SELECT
        event_participants.event_mention_id, event_participants.role, actors.actor_id, actors.name, actors.kind,
        actors.country, actors.sector, actors.wikidata_id, mentions."text" AS words, offices.office
    FROM event_participants
    JOIN actors USING (actor_id)
    JOIN event_mentions USING (event_mention_id)
    LEFT JOIN mentions ON mentions.mention_id = event_participants.mention_id
    LEFT JOIN (
        SELECT article_id, actor_id, arg_min(role, ("start", role)) AS office
        FROM actor_roles
        WHERE basis = 'text'
        GROUP BY article_id, actor_id
    ) AS offices ON offices.article_id = event_mentions.article_id AND offices.actor_id = actors.actor_id
    WHERE event_participants.role IN ('source', 'target')
    ORDER BY event_participants.event_mention_id, mentions."start" NULLS LAST, actors.actor_id
"""

_CAST: Final = """
    SELECT DISTINCT article_id, actors.name, actors.kind
    FROM mentions
    JOIN actors USING (actor_id)
    WHERE mentions.form = 'name'
    ORDER BY article_id, actors.name
"""

_PARENTS: Final = "SELECT actor_id, parent_id FROM actors"
_CONTEXTS: Final = "SELECT event_mention_id, context FROM event_contexts ORDER BY event_mention_id, context"


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in an event. `words` name it there, `office` is what the article says that it holds; None where not said."""

    name: str
    words: str | None
    code: str | None
    """Country, ISO 3166-1 alpha-3, or PLOVER's code of an international body."""
    country: str | None
    sector: str | None
    wikidata_id: str | None
    office: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event took place."""

    name: str
    kind: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event, by its clearest statement.

    `actors` and `recipients` are as PLOVER has them: of talks on neutral ground all sides are actors. `people` and `bodies`
    are named in the article.
    """

    event_id: str
    type: str
    mode: str | None
    quad_class: str
    contexts: tuple[str, ...]
    status: str
    claimed_by: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date: str | None
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: str | None
    place: Place | None
    talks_round_id: str | None
    text: str
    start: int
    end: int
    title: str | None
    outlet: str | None
    url: str | None
    published_on: dt.date | None
    language: str | None
    licence: str | None
    people: tuple[str, ...]
    bodies: tuple[str, ...]


def event_records(processed: Path | str | None, statuses: Collection[str]) -> list[EventRecord]:
    """Return the events of the dataset in the folder whose best status is one of `statuses`, in order of date.

    Raises DatasetError where the folder holds no dataset.
    """
    with connect(processed) as connection:
        parents = {row["actor_id"]: row["parent_id"] for row in _rows(connection, _PARENTS)}
        parties = _grouped(_rows(connection, _PARTIES), "event_mention_id")
        contexts = _grouped(_rows(connection, _CONTEXTS), "event_mention_id")
        cast = _grouped(_rows(connection, _CAST), "article_id")
        events = _rows(connection, _EVENTS, {"statuses": sorted(statuses)})
    return [
        _record(
            row,
            parties[row["event_mention_id"]],
            parents,
            [context["context"] for context in contexts[row["event_mention_id"]]],
            cast[row["article_id"]],
        )
        for row in events
    ]


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.sql(query, params=parameters).pl().to_dicts()
    return rows


def _grouped(rows: Iterable[dict[str, Any]], key: str) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _record(
    row: Mapping[str, Any],
    parties: Sequence[Mapping[str, Any]],
    parents: Mapping[str, str | None],
    contexts: Sequence[str],
    cast: Sequence[Mapping[str, Any]],
) -> EventRecord:
    sides = {
        role: tuple(_party(party, parents) for party in parties if party["role"] == role)
        for role in ("source", "target")
    }
    if _is_reciprocal(row):
        sides = {"source": (*sides["source"], *sides["target"]), "target": ()}
    place = None
    if row["place_id"] is not None:
        where = ("latitude", "longitude", "geonames_id")
        place = Place(row["place"], row["place_kind"], row["place_country"], *(row[column] for column in where))
    told = (
        "event_id", "type", "mode", "quad_class", "status", "claimed_by", "date", "date_start", "date_end",
        "date_precision", "talks_round_id", "text", "start", "end", "title", "outlet", "url", "published_on",
        "language", "licence",
    )  # fmt: skip
    return EventRecord(
        **{column: row[column] for column in told},
        contexts=tuple(contexts),
        actors=sides["source"],
        recipients=sides["target"],
        place=place,
        people=tuple(actor["name"] for actor in cast if actor["kind"] == "person"),
        bodies=tuple(actor["name"] for actor in cast if actor["kind"] not in {"person", "country"}),
    )


def _is_reciprocal(row: Mapping[str, Any]) -> bool:
    """Whether all sides take part alike: PLOVER knows a host and a guest only in visits."""
    return bool(row["type"] == "CONSULT" and row["mode"] != "visit")


def _party(row: Mapping[str, Any], parents: Mapping[str, str | None]) -> Party:
    return Party(
        name=row["name"],
        words=row["words"],
        code=row["country"] or _international(row, parents),
        country=row["country"],
        sector=row["sector"],
        wikidata_id=row["wikidata_id"],
        office=row["office"],
    )


def _international(row: Mapping[str, Any], parents: Mapping[str, str | None]) -> str | None:
    """Return the code of an international body: that of the body that it is a part of, else IGO; None for other actors."""
    if row["kind"] != "international_organization":
        return None
    actor_id: str | None = row["actor_id"]
    while actor_id is not None and actor_id not in _BODIES:
        actor_id = parents.get(actor_id)
    return "IGO" if actor_id is None else _BODIES[actor_id]
