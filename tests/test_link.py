"""All articles together: duplicates, events told twice, actors and the bodies behind them."""

import datetime as dt
from collections.abc import Iterable

import polars as pl

from iraqtalks.contract import frame
from iraqtalks.extraction.model import stable_id
from iraqtalks.extraction.rows import date_columns
from iraqtalks.link import cluster_events, link


def event(
    name: str, article: str, date: str | None, *, type_: str = "CONSULT", mode: str | None = None
) -> dict[str, object]:
    return {
        "event_mention_id": name,
        "article_id": article,
        "start": 0,
        "end": 1,
        "text": "L",
        "rule": "event.test",
        "event_id": name,
        "type": type_,
        "mode": mode,
        "quad_class": "verbal_cooperation",
        "status": "reported" if name.startswith("r") else "asserted",
        **date_columns(date, None if date is None else "explicit"),
    }


def parts(*names: str) -> Iterable[dict[str, object]]:
    for name in names:
        yield {"event_mention_id": name, "actor_id": "valbrume", "role": "source"}
        yield {"event_mention_id": name, "actor_id": "port-clair", "role": "target"}


TWO = frame(
    "articles", [{"article_id": f"a{number}", "published_on": dt.date(2019, 5, 1 + number)} for number in range(2)]
)


def clustered(
    mentions: list[dict[str, object]], told: Iterable[dict[str, object]]
) -> tuple[dict[str, str], pl.DataFrame]:
    assigned, events = cluster_events(frame("event_mentions", mentions), frame("event_participants", told), TWO)
    return dict(assigned.select("event_mention_id", "event_id").iter_rows()), events


def test_mentions_of_one_event_make_one_event_named_after_the_first() -> None:
    mentions = [event("r2", "a1", "2019-04"), event("m1", "a0", "2019-04-07")]
    assigned, events = clustered(mentions, parts("r2", "m1"))
    assert set(assigned.values()) == {stable_id("e", "m1")}
    (row,) = events.iter_rows(named=True)
    assert (row["date"], row["mention_count"], row["article_count"], row["best_status"]) == (
        "2019-04-07",
        2,
        2,
        "asserted",
    )


def test_what_two_articles_say_of_a_round_is_one_event_unless_the_dates_contradict() -> None:
    said = (event("m1", "a0", "2019-04-07"), event("m2", "a1", None), event("m3", "a1", "2018"))
    assigned, events = clustered([{**mention, "talks_round_id": "tour-1"} for mention in said], parts("m1", "m2", "m3"))
    assert assigned["m1"] == assigned["m2"] != assigned["m3"]
    assert sorted(events["date"]) == ["2018", "2019-04-07"]


def test_a_copy_of_an_article_is_no_other_article() -> None:
    copies = TWO.with_columns(duplicate_of=pl.Series([None, "a0"]))
    mentions = [event("m1", "a0", "2019-04-07"), event("m2", "a1", "2019-04-07")]
    told = frame("event_participants", parts("m1", "m2"))
    for source, count in ((TWO, 2), (copies, 1)):
        _, events = cluster_events(frame("event_mentions", mentions), told, source)
        assert events["article_count"].to_list() == [count]


def test_the_order_of_mentions_does_not_matter() -> None:
    mentions = [event("m1", "a0", "2019-04-07"), event("m2", "a1", "2019-04"), event("m3", "a1", "2019-06")]
    forth, back = clustered(mentions, parts("m1", "m2", "m3")), clustered(mentions[::-1], parts("m3", "m2", "m1"))
    assert forth[0] == back[0]
    assert forth[1].sort("event_id").equals(back[1].sort("event_id"))


def test_what_contradicts_or_says_too_little_stays_apart() -> None:
    apart = [
        [event("m1", "a0", "2019-04-07"), event("m2", "a1", "2019-04-08")],
        [event("m1", "a0", None), event("m2", "a1", None)],
        [event("m1", "a0", "2019-04-07", mode="visit"), event("m2", "a1", "2019-04-07", mode="phone")],
        [event("m1", "a0", "2019-04-07"), event("m2", "a1", "2019-04-07", type_="AGREE")],
        [event("m1", "a0", "2019-04-07/.."), event("m2", "a1", "2019-04-07")],
    ]
    for mentions in apart:
        assert len(set(clustered(mentions, parts("m1", "m2"))[0].values())) == 2
    nobody: list[dict[str, object]] = []
    assert len(set(clustered([event("m1", "a0", "2019"), event("m2", "a1", "2019")], nobody)[0].values())) == 2


def test_the_order_of_articles_does_not_decide_what_an_actor_is() -> None:
    person = {"actor_id": "x-1", "name": "Odile Ferrand", "kind": "person", "in_knowledge_base": False}
    differ = [{**person, "country": "NOR"}, {**person, "country": "SWE"}, person]
    named = frame("mentions", [{"mention_id": "m1", "article_id": "a0", "form": "name", "actor_id": "x-1"}])
    forth, back = (link({"actors": frame("actors", rows), "mentions": named}) for rows in (differ, differ[::-1]))
    assert forth["actors"].height == 1
    assert forth["actors"].equals(back["actors"])


def test_actors_bring_the_bodies_behind_them() -> None:
    known = {"actor_id": "quds-force", "name": "Quds Force", "kind": "military", "in_knowledge_base": True}
    known |= {"parent_id": "islamic-revolutionary-guard-corps"}
    nobody = {**known, "actor_id": "x-1", "name": "Nobody", "parent_id": None, "in_knowledge_base": False}
    alias = {"actor_id": "x-1", "alias": "Nobody", "language": "fr", "script": "Latn"}
    named = {"mention_id": "m1", "article_id": "a0", "form": "name", "actor_id": "quds-force"}
    linked = link(
        {
            "actors": frame("actors", [known, known, nobody]),
            "actor_aliases": frame("actor_aliases", [alias]),
            "mentions": frame("mentions", [named]),
        }
    )
    ids = linked["actors"]["actor_id"].to_list()
    assert len(ids) == len(set(ids))
    # An actor whom no row names any more, since a correction took it away, goes with its names.
    assert "x-1" not in {*ids, *linked["actor_aliases"]["actor_id"]}
    assert "islamic-revolutionary-guard-corps" in ids
    assert linked["actor_aliases"].filter(pl.col("actor_id") == "islamic-revolutionary-guard-corps").height
    assert linked["talks_rounds"].height
    assert set(linked["talks_rounds"]["place_id"].drop_nulls()) <= set(linked["places"]["place_id"])
