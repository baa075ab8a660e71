"""Positions: who is for, against or conditionally for what, on invented sentences and on the shipped article."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iraqtalks.extraction.actors import find_cast
from iraqtalks.extraction.dates import find_temporal
from iraqtalks.extraction.events import find_events
from iraqtalks.extraction.model import Article, Position, Quote
from iraqtalks.extraction.parse import read
from iraqtalks.extraction.positions import find_positions, position_language
from iraqtalks.knowledge import knowledge
from iraqtalks.tables import STANCES

SEED = Path(__file__).parents[2] / "data" / "raw" / "presstv-2021-07-25-663021.txt"


def positions(text: str, quotes: list[Quote] | None = None) -> list[Position]:
    (reading,) = read([Article(text, "invented", published_on=dt.date(2021, 7, 25), language="fr")])
    cast = find_cast(reading, knowledge())
    events = find_events(reading, cast, quotes or [], find_temporal(reading), knowledge())
    return find_positions(reading, cast, quotes or [], events, knowledge())


def stands(text: str) -> list[tuple[str, str, str]]:
    return [(position.actor_id, position.issue, position.stance) for position in positions(text)]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("La Norvège exige le retrait des troupes américaines d'Irak.", "for"),
        ("La Norvège veut que les troupes américaines partent.", "for"),
        ("La Norvège s'oppose au retrait des troupes américaines.", "against"),
        ("La Norvège souhaite maintenir ses troupes en Irak.", "against"),
        ("La Norvège n'exige pas le retrait des troupes américaines.", "against"),
        ("La Norvège dénonce la présence américaine en Irak.", "for"),
    ],
)
def test_stance_on_the_withdrawal(text: str, stance: str) -> None:
    assert stands(text) == [("norway", "us-troop-withdrawal", stance)]


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège a parlé du retrait des troupes américaines.",
        "La Norvège veut un vélo, affirmant que le retrait des troupes a commencé.",
        "Odile Ferrand aime Bagdad.",
    ],
)
def test_to_speak_of_an_issue_is_no_position(text: str) -> None:
    assert stands(text) == []


def test_a_condition_has_its_own_span() -> None:
    text = "La Norvège accepte tout. La Norvège demande le retrait des troupes, à condition que les formateurs restent."
    (position,) = [p for p in positions(text) if p.issue == "us-troop-withdrawal"]
    assert position.stance == "conditional"
    assert position.condition is not None
    assert text[slice(*position.condition)] == "les formateurs restent"


def test_what_a_speaker_says_must_be_is_the_speakers_position() -> None:
    text = "« Les troupes américaines doivent quitter la région », a dit le roi de Norvège."
    content = ((2, text.index(" »")),)
    said = Quote(content, "direct", "test", cue=(text.index("a dit"), text.index("a dit") + 5), speaker_id="norway")
    (position,) = positions(text, [said])
    assert (position.actor_id, position.stance, position.quote) == ("norway", "for", said)


def test_the_iraqi_government_wants_the_troops_out_and_the_trainers_to_stay() -> None:
    text = SEED.read_text(encoding="utf-8")
    found = [p for p in positions(text) if (p.actor_id, p.issue) == ("iraqi-government", "us-troop-withdrawal")]
    assert [p.stance for p in found] == ["conditional"]
    assert [text[slice(*p.condition)] for p in found if p.condition] == [
        "seuls les conseillers militaires et les formateurs restent"
    ]


def test_topics_are_of_issues_that_the_base_has() -> None:
    assert {issue for issue, _, _ in position_language("fr").topics} <= set(knowledge().issues)


WORDS = st.sampled_from(
    (
        "la",
        "Norvège",
        "veut",
        "refuse",
        "exige",
        "le",
        "retrait",
        "des",
        "troupes",
        "américaines",
        "mais",
        "que",
        "seuls",
        "les",
        "formateurs",
        "restent",
        ",",
        ".",
        "«",
        "»",
        "n'",
        "pas",
        "doit",
    )
)


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_whatever_the_text_positions_are_sound(text: str) -> None:
    for position in positions(text):
        assert 0 <= position.start < position.end <= len(text)
        assert position.stance in STANCES
        assert position.issue in knowledge().issues
        assert (position.condition is not None) == (position.stance == "conditional")


def test_a_leading_participle_governs_nothing_after_its_comma() -> None:
    assert stands("Souhaitant rester discrète, Ingrid Lund a parlé du départ des troupes américaines.") == []
