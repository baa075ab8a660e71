"""What the pages on actors, events, rounds and issues show, and the start page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iraqtalks.database import Row
from iraqtalks.knowledge import Issue, knowledge
from iraqtalks.site.data import Dataset, by, query
from iraqtalks.site.plots import Figure, issue_figure


@dataclass(frozen=True, slots=True)
class ActorPage:
    """What is known and told of an actor. `did` and `undergone` are statements of events, `said_of` others' quotes."""

    actor: Row
    aliases: Sequence[Row]
    roles: Sequence[Row]
    said: Sequence[Row]
    said_of: Sequence[Row]
    did: Sequence[Row]
    undergone: Sequence[Row]
    positions: Sequence[Row]
    mentions: int
    articles: Sequence[Row]
    """The articles that name the actor."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event with its statements: those that an outlet asserts, and those that are only reported, planned or denied."""

    event: Row
    asserted: Sequence[Row]
    claimed: Sequence[Row]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round of the talks: what articles say of it, and where that contradicts what is known."""

    round: Row
    before: Row | None
    after: Row | None
    statements: Sequence[Row]
    contradictions: Sequence[Row]


@dataclass(frozen=True, slots=True)
class IssuePage:
    """An issue and who stood where on it, by actor and date."""

    issue: Issue
    positions: Mapping[str, Sequence[Row]]
    figure: Figure | None


class Pages:
    """Makes the pages of a dataset; what several pages need is asked once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._said = dataset.grouped("quotes_of_actors", "speaker_id")
        self._said_of = dataset.grouped("said_of", "actor_id")
        self._roles = dataset.grouped("roles", "actor_id")
        self._positions = by(self.positions, "actor_id")
        self._aliases = by(dataset.rows("actor_aliases"), "actor_id")
        self._statements = by(dataset.statements, "event_id")
        self._named = dataset.grouped("named", "actor_id")
        self._parts: dict[tuple[str, str], list[Row]] = {}
        for statement in dataset.statements:
            for part in statement["participants"]:
                self._parts.setdefault((part["id"], "target" if part["role"] == "target" else "source"), []).append(
                    statement
                )

    @cached_property
    def positions(self) -> list[Row]:
        """All positions by date."""
        return self._dataset.ask(query("positions"))

    def actors(self) -> Iterator[ActorPage]:
        """Yield the page of each actor."""
        for actor_id, actor in self._dataset.actors.items():
            named = self._named[actor_id]
            yield ActorPage(
                actor=actor,
                aliases=self._aliases[actor_id],
                roles=self._roles[actor_id],
                said=self._said[actor_id],
                said_of=self._said_of[actor_id],
                did=self._parts.get((actor_id, "source"), []),
                undergone=self._parts.get((actor_id, "target"), []),
                positions=self._positions[actor_id],
                mentions=sum(row["mentions"] for row in named),
                articles=named,
            )

    def events(self) -> Iterator[EventPage]:
        """Yield the page of each event, by date."""
        for event in self._dataset.ask(query("events")):
            told = self._statements[event["event_id"]]
            asserted = [row for row in told if row["status"] == "asserted"]
            yield EventPage(event, asserted, [row for row in told if row["status"] != "asserted"])

    def rounds(self) -> list[RoundPage]:
        """Return the pages of the rounds, by date."""
        rounds = self._dataset.ask(query("rounds"))
        told = by(self._dataset.statements, "talks_round_id")
        against = self._dataset.grouped("contradictions", "talks_round_id")
        series = by(rounds, "process")
        pages: list[RoundPage] = []
        for row in rounds:
            same = series[row["process"]]
            place = same.index(row)
            pages.append(
                RoundPage(
                    round=row,
                    before=same[place - 1] if place else None,
                    after=same[place + 1] if place + 1 < len(same) else None,
                    statements=told[row["talks_round_id"]],
                    contradictions=against[row["talks_round_id"]],
                )
            )
        return pages

    def issues(self) -> Iterator[IssuePage]:
        """Yield the pages of the issues on which somebody takes a position, by id."""
        known = knowledge().issues
        for issue_id, rows in sorted(by(self.positions, "issue").items()):
            issue = known.get(issue_id) or Issue(issue_id, issue_id, issue_id, "")
            yield IssuePage(issue, by(rows, "actor_id"), issue_figure(self._dataset, issue_id, issue.name))
