"""Events: types, participants, status, dates and places, on invented sentences and on the shipped article."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iraqtalks
from iraqtalks import checks
from iraqtalks.edtf import bounds
from iraqtalks.extraction.actors import Cast, find_cast
from iraqtalks.extraction.dates import find_temporal
from iraqtalks.extraction.events import find_events
from iraqtalks.extraction.events.patterns import event_language
from iraqtalks.extraction.events.plover import modes, plover, quad_class
from iraqtalks.extraction.model import Article, EventMention, Quote, Reading
from iraqtalks.extraction.parse import read
from iraqtalks.knowledge import knowledge
from iraqtalks.tables import EVENT_STATUSES, EVENT_TYPES, PARTICIPANT_ROLES, QUAD_CLASSES

WEDNESDAY = dt.date(2020, 6, 17)
REPOSITORY = Path(__file__).parents[2]
SEED = REPOSITORY / "data" / "raw" / "presstv-2021-07-25-663021.txt"
MASS_ACTS = {
    pattern.rule
    for index in (event_language("fr").verbs, event_language("fr").nouns)
    for entries in index.values()
    for _, pattern in entries
    if pattern.collective
}


def found(
    text: str, published_on: dt.date | None = WEDNESDAY, quotes: list[Quote] | None = None
) -> tuple[Reading, Cast, list[EventMention]]:
    (reading,) = read([Article(text, "invented", published_on=published_on, language="fr")])
    cast = find_cast(reading, knowledge())
    return reading, cast, find_events(reading, cast, quotes or [], find_temporal(reading), knowledge())


def only(text: str) -> EventMention:
    _, _, events = found(text)
    assert len(events) == 1, [(event.type, text[event.start : event.end]) for event in events]
    return events[0]


def ids(event: EventMention, role: str) -> list[str]:
    return [participant.actor_id for participant in event.participants if participant.role == role]


@pytest.mark.parametrize(
    ("text", "type_", "mode", "source", "target"),
    [
        ("La Norvège a accusé mardi la Suède d'avoir violé un accord.", "ACCUSE", "allege", ["norway"], ["sweden"]),
        ("La Norvège a appelé la Suède à libérer deux marins.", "REQUEST", "yield", ["norway"], ["sweden"]),
        ("La Norvège a menacé de frapper la Suède.", "THREATEN", "violence", ["norway"], ["sweden"]),
        ("La Norvège a refusé de négocier avec la Suède.", "REJECT", "meet", ["norway"], ["sweden"]),
        ("La Norvège a salué mercredi la Suède.", "SUPPORT", None, ["norway"], ["sweden"]),
        ("La Norvège a livré des missiles à la Suède.", "AID", None, ["norway"], ["sweden"]),
        ("La Norvège a imposé des sanctions à la Suède.", "SANCTION", "discontinue", ["norway"], ["sweden"]),
        (
            "La Norvège a exigé le départ des troupes suédoises.",
            "REQUEST",
            "yield",
            ["norway"],
            ["swedish-armed-forces"],
        ),
        ("Le parlement norvégien a rejeté le plan suédois.", "REJECT", None, ["norwegian-parliament"], ["sweden"]),
        ("La Suède et la Norvège se sont réunies à Paris.", "CONSULT", None, ["sweden"], ["norway"]),
    ],
)
def test_what_verbs_state(text: str, type_: str, mode: str | None, source: list[str], target: list[str]) -> None:
    event = only(text)
    assert (event.type, event.mode) == (type_, mode)
    assert (ids(event, "source"), ids(event, "target")) == (source, target)


@pytest.mark.parametrize(
    ("text", "type_", "mode", "source", "target"),
    [
        ("La Norvège a accepté la libération de ses prisonniers suédois.", "CONCEDE", None, ["norway"], []),
        ("La Norvège a discuté par téléphone avec la Suède.", "CONSULT", "phone", ["norway"], ["sweden"]),
        ("La Norvège a donné à la Suède des garanties.", "AGREE", None, ["norway"], ["sweden"]),
        ("La Norvège a annoncé mardi une aide à la Suède.", "AGREE", None, ["norway"], ["sweden"]),
        ("La Norvège va normaliser ses relations avec la Suède.", "SUPPORT", None, ["norway", "sweden"], []),
        ("La Norvège a consenti à la Suède l'accès à deux bases.", "CONCEDE", None, ["norway"], ["sweden"]),
        ("La Norvège a renoncé à son projet d'annexion.", "CONCEDE", None, ["norway"], []),
        ("La Norvège a levé l'embargo contre la Suède.", "RETREAT", None, ["norway"], ["sweden"]),
        ("La Norvège s'en est prise à la Suède.", "ACCUSE", "disapprove", ["norway"], ["sweden"]),
        ("La Norvège a imputé l'explosion à la Suède.", "ACCUSE", "allege", ["norway"], ["sweden"]),
        ("La Norvège a essuyé un camouflet à Oslo.", "REJECT", "change", [], ["norway"]),
        ("La Norvège a envoyé deux navires vers Oslo.", "MOBILIZE", "weapons", ["norway"], []),
        ("Le parlement norvégien a décrété l'état d'urgence.", "COERCE", "martial-law", ["norwegian-parliament"], []),
        ("La Norvège occupe une île depuis longtemps.", "COERCE", "seize", ["norway"], []),
        ("La Norvège a vendu du pétrole à la Suède.", "COOPERATE", None, ["norway"], ["sweden"]),
        ("Les ponts entre la Norvège et la Suède sont rompus.", "SANCTION", "withdraw", ["norway"], ["sweden"]),
    ],
)
def test_the_breadth_of_the_lexicon(
    text: str, type_: str, mode: str | None, source: list[str], target: list[str]
) -> None:
    event = only(text)
    assert (event.type, event.mode) == (type_, mode)
    assert (ids(event, "source"), ids(event, "target")) == (source, target)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Les frappes de la Norvège contre la Suède ont cessé.", "Les frappes de la Norvège contre la Suède"),
        ("La Norvège a mené une attaque contre la Suède.", "La Norvège a mené une attaque contre la Suède"),
        ("Une attaque menée par la Norvège contre la Suède a échoué.", "Une attaque"),
        ("La Suède a été attaquée par la Norvège.", "La Suède a été attaquée par la Norvège"),
    ],
)
def test_an_attack_is_one_whatever_states_it(text: str, words: str) -> None:
    _, _, events = found(text)
    (event,) = [event for event in events if event.type == "ASSAULT"]
    assert text[event.start : event.end].startswith(words)
    assert ids(event, "source") == ["norway"] or words == "Une attaque"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("La Norvège a attaqué la Suède.", "asserted"),
        ("La Norvège n'a pas attaqué la Suède.", "denied"),
        ("La Norvège a démenti avoir attaqué la Suède.", "denied"),
        ("La Norvège pourrait attaquer la Suède.", "hypothetical"),
        ("Si la Norvège attaque la Suède, rien ne va plus.", "hypothetical"),
        ("La Norvège va attaquer la Suède.", "planned"),
        ("La Norvège attaquera la Suède.", "planned"),
        ("La Norvège aurait attaqué la Suède.", "reported"),
    ],
)
def test_modality_gives_the_status(text: str, status: str) -> None:
    assert only(text).status == status


def test_what_a_quote_states_is_reported_unless_it_is_denied_there() -> None:
    text = "« La Norvège a attaqué la Suède. La Norvège n'a pas bombardé Paris », a dit Odile Ferrand."
    said = Quote(((2, text.index(" »")),), "direct", "test", cue=(text.index("a dit"), text.index("a dit") + 5))
    _, _, events = found(text, quotes=[said])
    assert [(event.status, event.quote) for event in events] == [("reported", said), ("denied", said)]


def test_an_unknown_perpetrator_stays_empty() -> None:
    _, cast, events = found("L'assassinat d'Odile Ferrand a indigné la région.")
    assert [ids(event, "source") for event in events] == [[]]
    assert [cast.actors[actor_id].name for actor_id in ids(events[0], "target")] == ["Odile Ferrand"]


@pytest.mark.parametrize(
    "text",
    [
        "Un homme est tombé de son vélo à Bagdad.",
        "Quatre personnes ont été tuées mardi.",
        "La pluie menace la Suède.",
        "La Norvège veut négocier.",
        "Le comité de négociation norvégien dort.",
    ],
)
def test_no_political_actor_or_no_act_no_event(text: str) -> None:
    assert found(text)[2] == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("La Norvège a attaqué mardi la Suède.", "2020-06-16"),
        ("Les troupes norvégiennes se sont retirées de Suède en mars 2018.", "2018-03"),
        ("Mardi soir, la Norvège a attaqué la Suède.", "2020-06-16"),
        ("La Norvège a attaqué la Suède.", None),
        ("La Norvège a attaqué la Suède, qui fêtait mardi son roi.", None),
        ("L'attaque du 3 mai 2019 contre la Suède reste obscure.", "2019-05-03"),
    ],
)
def test_only_the_date_that_modifies_the_event_is_its_date(text: str, date: str | None) -> None:
    assert only(text).date == date


def test_a_leading_date_frames_the_sentences_after_it_in_the_same_tense() -> None:
    _, _, events = found(
        "En 2019, la Norvège avait accusé la Suède. Elle avait rejeté son plan. Elle critique la Suède."
    )
    assert [event.date for event in events] == ["2019", "2019", None]
    _, _, events = found("Depuis 2019, la Norvège a accusé la Suède. Elle a rejeté son plan.")
    assert [event.date for event in events if event.type == "REJECT"] == [None]


def test_places_are_where_and_not_to_whom() -> None:
    assert only("La Norvège et la Suède ont tenu des négociations à Paris le 3 mai 2019.").place_id == "paris"
    assert only("La Norvège a imposé des sanctions à la Suède.").place_id is None


def test_what_is_scheduled_is_an_agreement_and_a_withdrawal_announced_a_concession() -> None:
    meeting = only("Une réunion entre la Norvège et la Suède aura lieu le 3 juillet à Paris.")
    assert (meeting.type, meeting.status, meeting.date) == ("AGREE", "planned", "2020-07-03")
    announced = only("La Norvège a annoncé lundi le retrait de ses troupes de Suède.")
    assert (announced.type, announced.status, announced.date) == ("CONCEDE", "asserted", "2020-06-15")
    done = only("Les troupes norvégiennes se sont retirées de Suède.")
    assert (done.type, done.mode) == ("RETREAT", "withdraw")


def test_the_two_countries_are_those_named_before() -> None:
    _, _, events = found("La Suède et la Norvège se sont réunies à Paris. Les deux pays ont signé un mémorandum.")
    (signed,) = [event for event in events if event.type == "SUPPORT"]
    assert ids(signed, "source") == ["sweden", "norway"]


def test_each_event_once_an_article() -> None:
    text = "La Norvège a attaqué mardi la Suède. L'attaque norvégienne contre la Suède a surpris."
    assert [event.start for event in found(text)[2]] == [0]


# -- the shipped article -------------------------------------------------------------------------------------------------


def gold_quotes(gold: dict[str, Any]) -> list[Quote]:
    return [
        Quote(tuple((start, end) for start, end in quote["segments"]), quote["kind"], quote["id"])
        for quote in gold["quotes"]
    ]


@pytest.fixture(scope="module")
def seed() -> tuple[dict[str, Any], list[EventMention]]:
    gold: dict[str, Any] = json.loads((REPOSITORY / "tests" / "gold" / "seed.json").read_text(encoding="utf-8"))["seed"]
    _, _, events = found(SEED.read_text(encoding="utf-8"), dt.date(2021, 7, 25), gold_quotes(gold))
    return gold, events


@pytest.mark.parametrize("key", ["e2", "e4", "e5", "e7", "e8", "e9"])
def test_the_core_events_of_the_first_article_have_every_field(
    seed: tuple[dict[str, Any], list[EventMention]], key: str
) -> None:
    gold, events = seed
    (wanted,) = [event for event in gold["events"] if event["id"] == key]
    start, end = wanted["span"]
    alike = [e for e in events if (e.type, e.mode) == (wanted["type"], wanted["mode"])]
    (event,) = [e for e in alike if e.start < end and start < e.end]
    overlap = min(event.end, end) - max(event.start, start)
    assert overlap >= 0.5 * max(event.end - event.start, end - start)
    place = knowledge().places[event.place_id].name_fr if event.place_id else None
    assert (event.mode, event.status, event.date, place) == (
        wanted["mode"],
        wanted["status"],
        wanted["date"],
        wanted["place"],
    )
    assert sorted(ids(event, "source")) == sorted(wanted["source"])
    assert sorted(ids(event, "target")) == sorted(wanted["target"])
    assert (event.quote.rule if event.quote else None) == wanted["reported_by"]


def test_the_helicopters_are_only_ever_a_claim(seed: tuple[dict[str, Any], list[EventMention]]) -> None:
    text = SEED.read_text(encoding="utf-8")
    start = text.index("transport des éléments de Daech")
    assert {event.status for event in seed[1] if event.start < start + 30 and start < event.end} <= {"reported"}


def test_the_fourth_round_is_linked(seed: tuple[dict[str, Any], list[EventMention]]) -> None:
    assert [e.talks_round_id for e in seed[1] if e.date == "2021-07-23"] == ["strategic-dialogue-2021-07-23"]


def test_the_beginning_of_the_dialogue_is_linked_to_its_first_round(
    seed: tuple[dict[str, Any], list[EventMention]],
) -> None:
    (event,) = [event for event in seed[1] if event.date == "2021-04-07"]
    assert SEED.read_text(encoding="utf-8")[event.start : event.end] == "dialogue stratégique qui a débuté le 7 avril"
    assert event.talks_round_id == "strategic-dialogue-2020-06-11"


# -- the data ------------------------------------------------------------------------------------------------------------


def test_the_vocabulary_is_plovers() -> None:
    assert set(plover()["types"]) == set(EVENT_TYPES)
    assert {quad_class(event_type) for event_type in EVENT_TYPES} == set(QUAD_CLASSES)
    assert len(plover()["contexts"]) == 37


def test_patterns_keep_to_the_vocabulary() -> None:
    language = event_language("fr")
    patterns = {
        p.rule: p for index in (language.verbs, language.nouns) for entries in index.values() for _, p in entries
    }
    for pattern in patterns.values():
        named = {pattern.mode, *(mode for mode, _ in pattern.modes)} - {None}
        assert named <= modes(pattern.type), pattern.rule
        assert set(pattern.contexts) <= set(plover()["contexts"]), pattern.rule
        groups = {*pattern.when, *pattern.unless, *pattern.objects, *(group for _, group in pattern.modes)}
        groups |= {pattern.subject} if pattern.subject else set()
        assert groups <= set(language.groups), pattern.rule
        assert {*pattern.verb_roles, *pattern.noun_roles} - {"parties"} <= set(PARTICIPANT_ROLES), pattern.rule
    assert set(language.context_words) <= set(plover()["contexts"])


# -- invariants ----------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    (
        "la",
        "Norvège",
        "Suède",
        "a",
        "attaqué",
        ",",
        ".",
        "«",
        "»",
        "par",
        "contre",
        "de",
        "le",
        "3",
        "mai",
        "accord",
        "n'",
        "pas",
        "qui",
        "et",
        "Paris",
        "retrait",
        "des",
        "troupes",
        "(",
        ")",
        ":",
        "négocier",
        "si",
        "va",
        "accusé",
        "Odile",
        "Ferrand",
        "deux",
        "pays",
        "l'",
        "ont",
        "signé",
        "sanctions",
        "aux",
    )
)


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_whatever_the_text_events_are_sound(text: str) -> None:
    reading, cast, events = found(text)
    assert events == sorted(events, key=lambda event: (event.start, event.end, event.type))
    for event in events:
        assert 0 <= event.start < event.end <= len(reading.text)
        assert event.status in EVENT_STATUSES
        assert event.type in EVENT_TYPES
        assert event.mode is None or event.mode in modes(event.type)
        assert event.date is None or bounds(event.date)
        assert event.participants or event.rule in MASS_ACTS
        assert {participant.actor_id for participant in event.participants} <= set(cast.actors)
        assert len({(p.actor_id, p.role) for p in event.participants}) == len(event.participants)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Des arrestations ont eu lieu à Oslo.", [("COERCE", "arrest")]),
        ("Des centaines de Norvégiens ont manifesté vendredi à Oslo.", [("PROTEST", "demo")]),
        ("Une attaque a eu lieu mardi.", [("ASSAULT", None)]),
        ("Les manifestations restent un sujet de dispute.", []),
        ("L'attaque reste un sujet de dispute.", []),
    ],
)
def test_mass_acts_need_no_named_actor_but_more_than_a_mention(text: str, events: list[tuple[str, str | None]]) -> None:
    assert [(event.type, event.mode) for event in found(text)[2]] == events


def test_the_day_of_the_news_holds_for_what_its_subject_did_besides() -> None:
    _, _, events = found(
        "La Norvège a rejeté mardi le plan suédois.\n\n"
        "La Norvège a accusé la Suède d'avoir menti. La Finlande a accusé la Suède de lenteur. "
        "La Norvège avait menacé de frapper la Finlande."
    )
    assert [(event.type, event.date) for event in events] == [
        ("REJECT", "2020-06-16"),
        ("ACCUSE", "2020-06-16"),
        ("ACCUSE", None),
        ("THREATEN", None),
    ]


def test_an_event_in_a_quote_stays_within_it() -> None:
    text = "Ola Brekke a dit que la Norvège avait attaqué la Suède."
    start = text.index("Norvège")
    quote = Quote(segments=((start, len(text) - 1),), kind="indirect", rule="invented")
    _, _, events = found(text, quotes=[quote])
    assert [(event.status, event.quote is quote) for event in events] == [("reported", True)]
    assert all(quote.start <= event.start and event.end <= quote.end for event in events)


def test_joint_actors_stand_for_their_members() -> None:
    reading, _, _ = found("La Norvège et la Finlande ont attaqué la Suède.")
    cast = Cast(reading, knowledge(), "fr")
    joint = cast.new("la Norvège et la Finlande", "group")
    joint.members = tuple(cast.known(member).actor_id for member in ("norway", "finland"))
    cast.add(0, 26, "name", joint.actor_id, 3, "mention.joint")
    cast.add(41, 46, "name", cast.known("sweden").actor_id, 41, "mention.known_name")
    (event,) = find_events(reading, cast, [], [], knowledge())
    assert (ids(event, "source"), ids(event, "target")) == (["norway", "finland"], ["sweden"])


def test_each_of_several_that_act_together_has_its_own_words() -> None:
    text = "La Norvège et la Finlande accusent la Suède d'avoir menti."
    frames = iraqtalks.extract(text)
    words = frames["event_participants"].join(frames["mentions"], on="mention_id").select("text", "actor_id_right")
    assert ("Norvège et la Finlande", "mention.joint") in frames["mentions"].select("text", "rule").rows()
    assert words.rows() == [("Norvège", "norway"), ("Finlande", "finland"), ("Suède", "sweden")]
    assert checks.check(frames) == []


def test_a_date_that_the_cue_gives_says_what_it_rests_on() -> None:
    text = "La Norvège a demandé dans un courrier signé fin mai que les troupes suédoises partent."
    frames = iraqtalks.extract(text, published_on=WEDNESDAY)
    assert frames["event_mentions"].select("date", "date_basis").rows() == [("2020-05", "relative")]
    assert checks.check(frames) == []


@pytest.mark.parametrize(
    ("text", "round_id"),
    [
        (
            "La Haute commission militaire s'est réunie le 27 janvier 2024 à Bagdad.",
            "higher-military-commission-2024-01-27",
        ),
        (
            "Le haut comité de coordination entre l'Irak et les Etats-Unis s'est réuni le 15 avril 2024 à Washington.",
            "higher-coordinating-committee-2024-04-15",
        ),
        (
            "L'Irak et les Etats-Unis ont tenu des pourparlers techniques le 5 novembre 2021.",
            "military-technical-talks-2021-11-05",
        ),
    ],
)
def test_rounds_of_every_process_are_linked(text: str, round_id: str) -> None:
    assert round_id in {event.talks_round_id for event in found(text)[2]}


@pytest.mark.parametrize(
    ("text", "date", "round_id"),
    [
        # What the words call a round decides, whatever date they give it.
        (
            "Le deuxième tour du dialogue stratégique entre l'Irak et les Etats-Unis s'est tenu le 3 mai 2019.",
            "2019-05-03",
            "strategic-dialogue-2020-08-19",
        ),
        (
            "Le dialogue stratégique entre l'Irak et les Etats-Unis a commencé le 7 avril 2019.",
            "2019-04-07",
            "strategic-dialogue-2020-06-11",
        ),
        (
            "L'Irak et les Etats-Unis poursuivent le dialogue stratégique entamé en avril 2019.",
            "2019-04",
            "strategic-dialogue-2020-06-11",
        ),
        (
            "Le dialogue stratégique entre Bagdad et Washington, qui s'est ouvert en avril 2019, se poursuit.",
            "2019-04",
            "strategic-dialogue-2020-06-11",
        ),
        # What began in these days is the round of these days, here none that the base knows.
        ("Le dialogue stratégique entre l'Irak et les Etats-Unis a commencé lundi.", "2020-06-15", None),
        # An ordinal elsewhere in the sentence names no round against a date.
        (
            "Après le deuxième tour du dialogue stratégique, l'Irak et les Etats-Unis ont négocié le 3 mai 2019.",
            "2019-05-03",
            None,
        ),
    ],
)
def test_number_or_beginning_names_the_round(text: str, date: str, round_id: str | None) -> None:
    assert (date, round_id) in {(event.date, event.talks_round_id) for event in found(text)[2]}


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        (
            "La Norvège a loué la réunion avec la Suède tenue le 3 mai 2019.",
            "la réunion avec la Suède tenue le 3 mai 2019",
            "2019-05-03",
        ),
        (
            "Les pourparlers entre la Norvège et la Suède, qui ont repris en mai 2019, ont porté sur la pêche.",
            "Les pourparlers entre la Norvège et la Suède, qui ont repris en mai 2019",
            "2019-05",
        ),
    ],
)
def test_talks_have_the_date_of_the_clause_that_hangs_on_them(text: str, words: str, date: str) -> None:
    events = [event for event in found(text)[2] if event.type == "CONSULT"]
    assert [(text[event.start : event.end], event.date) for event in events] == [(words, date)]
