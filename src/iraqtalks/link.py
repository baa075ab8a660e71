"""All articles' rows together: one actor, one event, one place for what many articles name.

Works on frames, not on rows one by one, so that it stays a small part of a build. The result depends on the rows alone, not on
their order.
"""

from datetime import date
from typing import Any, Final

import polars as pl

from iraqtalks import contract
from iraqtalks.duplicates import with_duplicates
from iraqtalks.extraction.model import stable_id
from iraqtalks.extraction.rows import date_columns
from iraqtalks.frames import Frames, ReadFrames
from iraqtalks.knowledge import KnownActor, knowledge
from iraqtalks.tables import EVENT_STATUSES, TABLES

_DATE_COLUMNS: Final = ("date", "date_start", "date_end", "date_precision", "date_basis")
_COMPARED: Final = ("type", "mode", "place_id", "talks_round_id", "date_start", "date_end")
"""What tells whether two mentions are of one event, besides those who take part in it."""
_FACTS_FROM_BASE: Final = "knowledge_base"


def link(frames: Frames) -> ReadFrames:
    """Return every table of the dataset, made of the rows of all articles; tables that `frames` lacks count as empty.

    Only tables that linking makes or changes are held; the others are those of `frames`.
    """
    made: dict[str, pl.DataFrame] = {}
    linked = ReadFrames(lambda table: made[table] if table in made else frames.get(table, contract.frame(table)))
    made["articles"] = with_duplicates(linked["articles"])
    made["event_mentions"], made["events"] = cluster_events(
        linked["event_mentions"], linked["event_participants"], linked["articles"]
    )
    made["talks_rounds"] = _rounds()
    made["places"] = _places(linked)
    made["actors"] = _actors(linked)
    made["actor_roles"] = _roles(linked)
    made["actor_aliases"] = _aliases(linked)
    return linked


# -- events ----------------------------------------------------------------------------------------------------------------


def cluster_events(
    mentions: pl.DataFrame, participants: pl.DataFrame, articles: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the event mentions with their `event_id`, and the events.

    Mentions tell of the same event when type, participants and mode agree, no place contradicts, and one's date lies within
    the other's; or when they are of one round of talks and their dates do not contradict. What has no date or no
    participant stays an event of its own: nothing says that it is another's.
    """
    actors = (
        participants.filter(pl.col("role").is_in(["source", "target"]))
        .select("event_mention_id", part=pl.col("role") + ":" + pl.col("actor_id"))
        .group_by("event_mention_id")
        .agg(parts=pl.col("part").sort().str.join("|"))
    )
    when = articles.select("article_id", "published_on", original=pl.coalesce("duplicate_of", "article_id"))
    table = (
        mentions.join(actors, on="event_mention_id", how="left")
        .join(when, on="article_id", how="left")
        .sort("published_on", "article_id", "start", "event_mention_id", nulls_last=True)
    )
    events = _assign(table.select("event_mention_id", "parts", *_COMPARED).to_dicts())
    assigned = pl.DataFrame(
        {"event_mention_id": list(events), "event_id": list(events.values())},
        schema={"event_mention_id": pl.String, "event_id": pl.String},
    )
    told = mentions.drop("event_id").join(assigned, on="event_mention_id", how="left", maintain_order="left")
    return told.select(mentions.columns), _events(
        table.drop("event_id").join(assigned, on="event_mention_id", how="left")
    )


def _assign(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return the event id of each mention; rows come earliest first, so that an event is named after its first mention."""
    known: dict[tuple[str, str], list[dict[str, Any]]] = {}
    found: dict[str, str] = {}
    for row in rows:
        peers = known.setdefault((row["type"], row["parts"] or ""), [])
        same = next((peer for peer in peers if _same_event(peer, row)), None) if row["parts"] else None
        if same is None:
            found[row["event_mention_id"]] = stable_id("e", row["event_mention_id"])
            peers.append(row)
        else:
            found[row["event_mention_id"]] = found[same["event_mention_id"]]
    return found


def _same_event(one: dict[str, Any], two: dict[str, Any]) -> bool:
    if one["talks_round_id"] is not None and one["talks_round_id"] == two["talks_round_id"]:
        # Articles may contradict one another on the date of a round: each statement stands.
        return not _apart(one["date_start"], one["date_end"], two["date_start"], two["date_end"])
    return (
        _agree(one["mode"], two["mode"])
        and _agree(one["place_id"], two["place_id"])
        and _within(one["date_start"], one["date_end"], two["date_start"], two["date_end"])
    )


def _agree(one: str | None, two: str | None) -> bool:
    return one is None or two is None or one == two


def _within(a: date | None, b: date | None, c: date | None, d: date | None) -> bool:
    """Whether one of two closed intervals lies within the other; false where one is open or unknown."""
    if a is None or b is None or c is None or d is None:
        return False
    return (a <= c and d <= b) or (c <= a and b <= d)


def _apart(a: date | None, b: date | None, c: date | None, d: date | None) -> bool:
    """Whether two closed intervals share no day; false where one is open or unknown."""
    return a is not None and b is not None and c is not None and d is not None and (b < c or d < a)


def _events(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return the events of mentions that have their `event_id`: the most exact date, the best status, how often told."""
    rank = {status: number for number, status in enumerate(EVENT_STATUSES)}
    ordered = mentions.with_columns(
        _rank=pl.col("status").replace_strict(rank, return_dtype=pl.Int32),
        _days=(pl.col("date_end") - pl.col("date_start")).dt.total_days(),
    )
    exact = ordered.filter(pl.col("date").is_not_null()).sort("event_id", "_days", "event_mention_id", nulls_last=True)
    dates = exact.unique("event_id", keep="first", maintain_order=True).select("event_id", *_DATE_COLUMNS)
    told = (
        ordered.sort("event_id", "_rank", "event_mention_id")
        .group_by("event_id", maintain_order=True)
        .agg(
            pl.col("type").first(),
            pl.col("mode").drop_nulls().first(),
            pl.col("place_id").drop_nulls().first(),
            pl.len().cast(pl.Int32).alias("mention_count"),
            pl.col("original").n_unique().cast(pl.Int32).alias("article_count"),
            pl.col("status").first().alias("best_status"),
        )
    )
    return told.join(dates, on="event_id", how="left").select(contract.frame("events").columns)


# -- rounds, places ----------------------------------------------------------------------------------------------------------


def _rounds() -> pl.DataFrame:
    """Return the rounds of talks that the knowledge base lists."""
    rows = [
        {
            "talks_round_id": entry.talks_round_id,
            "process": entry.process,
            "number": entry.number,
            **date_columns(entry.date, None if entry.date is None else "explicit"),
            "place_id": entry.place_id,
            "format": entry.format,
            "source_url": entry.source_url,
        }
        for entry in knowledge().rounds.values()
    ]
    return contract.frame("talks_rounds", rows)


def _places(frames: Frames) -> pl.DataFrame:
    """Return the places that events and rounds refer to."""
    used = pl.concat([frames[table]["place_id"] for table in ("event_mentions", "events", "talks_rounds")]).unique()
    columns = contract.frame("places").columns
    known = knowledge().places
    rows = [{column: getattr(known[place], column) for column in columns} for place in used.drop_nulls().sort()]
    return contract.frame("places", rows)


# -- actors ------------------------------------------------------------------------------------------------------------------


def _actors(frames: Frames) -> pl.DataFrame:
    """Return the actors that rows refer to, once each, with the bodies that they are parts of or hold office in."""
    base = knowledge()
    named = _named(frames)
    # By all columns: articles may differ on what an actor is, and the order in which they come must not decide.
    rows = (
        frames["actors"]
        .filter(pl.col("actor_id").is_in(named.implode()))
        .sort(pl.all(), nulls_last=True)
        .unique("actor_id", keep="first", maintain_order=True)
    )
    present = set(rows["actor_id"])
    # A correction may name an actor of the base whom no article does.
    wanted = [*named, *rows["parent_id"].drop_nulls(), *(body for body in _bodies_of(present))]
    extra: list[dict[str, object]] = []
    while wanted:
        actor_id = wanted.pop()
        known = base.actors.get(actor_id)
        if actor_id in present or known is None:
            continue
        present.add(actor_id)
        extra.append(_known_row(known))
        wanted.extend([body for body in (known.parent_id, *_bodies_of({actor_id})) if body is not None])
    return pl.concat([rows, contract.frame("actors", extra)]).sort("actor_id")


def _named(frames: Frames) -> pl.Series:
    """Return the ids of all actors that rows of other tables refer to."""
    referring = {
        table: [column.name for column in contract.columns(table) if column.references == ("actors", "actor_id")]
        for table in TABLES
        if table not in {"actors", "actor_aliases"}
    }
    return pl.concat(
        frames[table].unpivot(names)["value"].drop_nulls().unique() for table, names in referring.items() if names
    ).unique()


def _known_row(known: KnownActor) -> dict[str, object]:
    columns = (column for column in contract.frame("actors").columns if column != "in_knowledge_base")
    return {**{column: getattr(known, column) for column in columns}, "in_knowledge_base": True}


def _bodies_of(actor_ids: set[str]) -> list[str]:
    """Return the bodies in which the knowledge base gives one of the actors an office or a membership."""
    base = knowledge()
    offices = (base.offices[held.office_id].organization_id for held in base.holdings if held.actor_id in actor_ids)
    members = (member.organization_id for member in base.memberships if member.actor_id in actor_ids)
    return [body for body in (*offices, *members) if body is not None]


def _roles(frames: Frames) -> pl.DataFrame:
    """Return the roles that texts state and those that the knowledge base gives the actors that are there."""
    base = knowledge()
    present = set(frames["actors"]["actor_id"])
    rows: list[dict[str, object]] = []
    for held in base.holdings:
        if held.actor_id in present:
            office = base.offices[held.office_id]
            role = (held.actor_id, office.title, office.organization_id, held.valid_from, held.valid_to, held.source)
            rows.append(_role(*role))
    for member in base.memberships:
        if member.actor_id in present:
            role = (
                member.actor_id,
                member.role,
                member.organization_id,
                member.valid_from,
                member.valid_to,
                member.source,
            )
            rows.append(_role(*role))
    known = contract.frame("actor_roles", rows).unique("actor_role_id", keep="first", maintain_order=True)
    return pl.concat([frames["actor_roles"], known])


def _role(
    actor_id: str,
    role: str,
    organization_id: str | None,
    valid_from: str | None,
    valid_to: str | None,
    source: str | None,
) -> dict[str, object]:
    return {
        "actor_role_id": stable_id("r", actor_id, role, organization_id, valid_from, valid_to),
        "actor_id": actor_id,
        "role": role,
        "organization_id": organization_id,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "basis": _FACTS_FROM_BASE,
        "source_url": source,
    }


def _aliases(frames: Frames) -> pl.DataFrame:
    """Return the aliases of all actors, those of bodies that only the knowledge base brings in among them."""
    base = knowledge()
    rows = [
        {"actor_id": actor_id, "alias": alias.text, "language": alias.language, "script": alias.script}
        for actor_id in frames["actors"]["actor_id"]
        if actor_id in base.actors
        for alias in base.actors[actor_id].aliases
    ]
    return (
        pl.concat([frames["actor_aliases"], contract.frame("actor_aliases", rows)])
        .join(frames["actors"], on="actor_id", how="semi")
        .unique()
        .sort("actor_id", "alias", "language")
    )
