"""The base itself: it is in order, large enough, quick to read, and right about who held which office when."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from iraqtalks.knowledge import knowledge, reading
from iraqtalks.knowledge.lint import lint
from iraqtalks.tables import ACTOR_KINDS

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "office_cases.yml").read_text(encoding="utf-8"))


def test_nothing_is_wrong_with_the_base() -> None:
    assert lint() == []


def test_the_base_lists_at_least_three_hundred_actors_besides_those_that_every_country_has() -> None:
    assert len({entry["id"] for entry in reading.listed_actors()}) >= 300


def test_every_actor_is_of_a_published_kind_and_part_of_known_bodies() -> None:
    actors = knowledge().actors
    assert {actor.kind for actor in actors.values()} <= set(ACTOR_KINDS)
    assert {actor.parent_id for actor in actors.values() if actor.parent_id} <= set(actors)


def test_the_base_is_read_and_ready_in_half_a_second() -> None:
    """In a process of its own, since the base is read once per process; in processor time, however busy the machine."""
    code = (
        "import time; start = time.process_time(); from iraqtalks.knowledge import knowledge; knowledge(); "
        "print(time.process_time() - start)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)  # noqa: S603
        for _ in range(3)
    ]
    assert min(runs) < 0.5


def test_there_are_at_least_sixty_cases_of_offices() -> None:
    assert len({(case["office"], case["day"]) for case in CASES}) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['office']} {case['day']}")
def test_office_by_date(case: dict[str, Any]) -> None:
    assert case["source"] == "general_knowledge" or case["source"] in reading.read("sources")
    assert set(knowledge().holders(case["office"], case["day"])) == set(case["holders"])


def test_without_a_date_an_office_with_several_holders_has_none_to_name() -> None:
    assert knowledge().holders("iraq-prime-minister", None) == ()
    assert knowledge().holders("kremlin-spokesperson", None) == ("dmitry-peskov",)
    assert knowledge().holders("no-such-office", date(2020, 1, 1)) == ()


def test_nothing_is_said_of_days_after_the_base_was_made() -> None:
    base = knowledge()
    after = date(2027, 1, 1)
    assert {office: base.holders(office, after) for office in base.offices if base.holders(office, after)} == {}


@pytest.mark.parametrize(
    ("title", "country", "office"),
    [
        ("Premier ministre", "IRQ", "iraq-prime-minister"),
        ("chef du gouvernement", "IRQ", "iraq-prime-minister"),
        ("chef de la diplomatie", "USA", "united-states-secretary-of-state"),
        ("secrétaire d’État", "USA", "united-states-secretary-of-state"),
        ("guide suprême", "IRN", "iran-supreme-leader"),
        ("président", "FRA", "france-president"),
    ],
)
def test_offices_by_their_french_titles(title: str, country: str, office: str) -> None:
    assert knowledge().offices_named(title, country) == (office,)


def test_the_rounds_of_the_strategic_dialogue() -> None:
    rounds = [item for item in knowledge().rounds.values() if item.process == "strategic-dialogue"]
    assert [(item.number, item.date) for item in rounds] == [
        (1, "2020-06-11"),
        (2, "2020-08-19"),
        (3, "2021-04-07"),
        (4, "2021-07-23/2021-07-26"),
    ]
    assert all(item.source_url for item in knowledge().rounds.values())


def test_places_have_the_coordinates_of_geonames_or_none() -> None:
    places = knowledge().places
    assert (places["erbil"].geonames_id, places["erbil"].latitude) == (95446, 36.19117)
    assert places["washington"].geonames_id is None
    assert places["washington"].latitude is None
    assert all((place.latitude is None) == (place.geonames_id is None) for place in places.values())
