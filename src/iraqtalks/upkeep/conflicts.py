"""Offices on which a text and the knowledge base disagree: another holds it, or the person held it at another time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from iraqtalks.edtf import bounds
from iraqtalks.knowledge import Holding, Knowledge
from iraqtalks.knowledge.terms import covers
from iraqtalks.upkeep.titles import Title, extends, offices_titled, read_title


@dataclass(frozen=True, slots=True)
class Term:
    """Who holds an office by the base, from when to when (EDTF; None where it is not known or not over)."""

    actor_id: str
    name: str
    valid_from: str | None
    valid_to: str | None
    source: str | None

    def __str__(self) -> str:
        if self.valid_from is not None and self.valid_to is not None:
            return f"{self.name}, {self.valid_from} to {self.valid_to}"
        since = None if self.valid_from is None else f"since {self.valid_from}"
        until = None if self.valid_to is None else f"until {self.valid_to}"
        return ", ".join(filter(None, (self.name, since, until)))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text that gives somebody an office which the base, for the day of publication, does not give them.

    `kind` is `another_holder` or `another_time`; `holders` are those of that day, `own_terms` the person's own, by the base.
    """

    kind: str
    actor_id: str
    actor: str
    words: str
    office_id: str
    office: str
    published_on: date
    holders: tuple[Term, ...]
    own_terms: tuple[Term, ...]
    outlet: str | None
    article_id: str
    start: int
    end: int


def conflicts(tables: Mapping[str, pl.LazyFrame], knowledge: Knowledge) -> list[Conflict]:
    """Return the conflicts in a dataset, by date; near-duplicate articles are left out.

    Compared are the roles whose words are exactly the title of an office, with or without its country; else the office is
    one of the person's own country. An article without a date is compared with nothing, and so is a day or an office for
    which the base names no holder.
    """
    articles = tables["articles"].filter(pl.col("duplicate_of").is_null(), pl.col("published_on").is_not_null())
    roles = (
        tables["actor_roles"]
        .filter(pl.col("basis") == "text")
        .select("actor_id", "role", "article_id", "start", "end")
        .join(articles.select("article_id", "outlet", "published_on"), on="article_id")
        .join(tables["actors"].select("actor_id", "name", "country"), on="actor_id")
        .sort("published_on", "article_id", "start", "actor_id")
        .collect()
    )
    found = (_conflict(row, knowledge) for row in roles.iter_rows(named=True))
    return [conflict for conflict in found if conflict is not None]


def _conflict(row: Mapping[str, object], knowledge: Knowledge) -> Conflict | None:
    """Return the conflict of a role, or None; a title of several offices conflicts when it does for each of them."""
    actor_id, on = str(row["actor_id"]), row["published_on"]
    country = row["country"]
    if not isinstance(on, date):
        return None
    title = read_title(str(row["role"]), knowledge)
    offices = offices_titled(title, country if isinstance(country, str) else None, knowledge)
    kinds = [_kind(office_id, actor_id, on, knowledge) for office_id in offices]
    if not kinds or None in kinds or _is_short_for_another(title, actor_id, on, knowledge):
        return None
    held = [holding for holding in knowledge.holdings if holding.office_id == offices[0]]
    holders = knowledge.holders(offices[0], on)
    return Conflict(
        kind=kinds[0] or "",
        actor_id=actor_id,
        actor=str(row["name"]),
        words=str(row["role"]),
        office_id=offices[0],
        office=knowledge.offices[offices[0]].title,
        published_on=on,
        holders=tuple(_term(h, knowledge) for h in held if h.actor_id in holders and _covers(h, on)),
        own_terms=tuple(_term(h, knowledge) for h in held if h.actor_id == actor_id),
        outlet=None if row["outlet"] is None else str(row["outlet"]),
        article_id=str(row["article_id"]),
        start=int(str(row["start"])),
        end=int(str(row["end"])),
    )


def _kind(office_id: str, actor_id: str, on: date, knowledge: Knowledge) -> str | None:
    own = [h for h in knowledge.holdings if h.office_id == office_id and h.actor_id == actor_id]
    if any(_covers(holding, on) or _may_go_on(holding, on) for holding in own):
        return None
    if own:
        return "another_time"
    return "another_holder" if knowledge.holders(office_id, on) else None


def _covers(holding: Holding, on: date) -> bool:
    return covers(holding.valid_from, holding.valid_to or holding.known_until, on)


def _may_go_on(holding: Holding, on: date) -> bool:
    """Whether the term was not over on the last day that the base knows of, and the day is later."""
    last = None if holding.known_until is None else bounds(holding.known_until)[1]
    return last is not None and on > last


def _is_short_for_another(title: Title, actor_id: str, on: date, knowledge: Knowledge) -> bool:
    """Whether the person holds another office on the day that the words are short for."""
    return any(extends(title, knowledge.offices[h.office_id].names) for h in knowledge.offices_of(actor_id, on))


def _term(holding: Holding, knowledge: Knowledge) -> Term:
    known = knowledge.actors.get(holding.actor_id)
    name = holding.actor_id if known is None else known.name
    return Term(holding.actor_id, name, holding.valid_from, holding.valid_to, holding.source)
