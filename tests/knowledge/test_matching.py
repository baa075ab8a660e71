"""Names in texts: found in all their spellings, at the text's own positions, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iraqtalks.knowledge import fold, knowledge
from iraqtalks.knowledge.matching import Case, Matcher, Name
from iraqtalks.knowledge.names import spellings, spellings_by_word
from iraqtalks.knowledge.terms import covers


def actors_in(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.actor_ids) for m in knowledge().match(text) if m.actor_ids and not m.short]


@pytest.mark.parametrize(
    ("words", "actor_id"),
    [
        ("Moustafa al-Kazimi", "mustafa-al-kadhimi"),
        ("Mustafa Al-Kadhimi", "mustafa-al-kadhimi"),
        ("Mostafa Kazemi", "mustafa-al-kadhimi"),
        ("Abou Mehdi al-Mouhandis", "abu-mahdi-al-muhandis"),
        ("Abu Mahdi al-Mohandes", "abu-mahdi-al-muhandis"),
        ("Kataeb Sayyid al-Shuhada", "kataib-sayyid-al-shuhada"),
        ("Kataëb Hezbollah", "kataib-hezbollah"),
        ("Kata’ib Hezbollah", "kataib-hezbollah"),
        ("Hachd al Chaabi", "popular-mobilization-forces"),
        ("Etats-Unis", "united-states"),
        ("États-Unis", "united-states"),
        ("ETATS-UNIS", "united-states"),
        ("Corps des gardiens de la Révolution islamique", "islamic-revolutionary-guard-corps"),
        ("corps des Gardiens de la révolution", "islamic-revolutionary-guard-corps"),
        ("ministère russe des Affaires étrangères", "russian-foreign-ministry"),
        ("gouvernement koweïtien", "kuwaiti-government"),
        ("مصطفى الكاظمي", "mustafa-al-kadhimi"),
        ("قاسم سليماني", "qasem-soleimani"),
    ],
)
def test_a_name_is_found_in_its_spellings(words: str, actor_id: str) -> None:
    assert actors_in(f"Selon eux, {words}.") == [(words, (actor_id,))]


@pytest.mark.parametrize(
    "words",
    ["le monde entier", "Le monde entier", "la chine d'un service", "i.e. ei", "Irakienne", "le congrès", "Superiran"],
)
def test_common_words_are_no_names(words: str) -> None:
    assert actors_in(f"Voici {words}.") == []


def test_the_longest_name_wins() -> None:
    assert actors_in("Le Conseil de sécurité de l’ONU l'a dit.") == [
        ("Conseil de sécurité de l’ONU", ("un-security-council",))
    ]


def test_a_surname_is_only_a_candidate_and_names_all_who_bear_it() -> None:
    (match,) = knowledge().match("M. Barzani l'a dit.")
    assert match.short
    assert {"massoud-barzani", "masrour-barzani", "nechirvan-barzani"} <= set(match.actor_ids)


def test_a_capital_is_a_place_and_a_metonym() -> None:
    (match,) = knowledge().match("Il est rentré à Bagdad.")
    assert (match.actor_ids, match.place_ids, match.metonym) == (("iraqi-government",), ("baghdad",), True)


def test_a_place_that_contains_a_capital_does_not_speak_of_the_state() -> None:
    (match,) = knowledge().match("Un tir a visé l'aéroport de Bagdad.")
    assert (match.actor_ids, match.place_ids) == ((), ("baghdad-airport",))


def test_positions_are_those_of_the_text() -> None:
    text = "« L’Irak », dit Barham Saleh à l’Élysée ; l'Œuvre, elle, se tait. İran, Iran."
    for match in knowledge().match(text):
        assert text[match.start : match.end] in {"Irak", "Barham Saleh", "Élysée", "Iran", "İran"}


@given(st.text())
def test_folding_keeps_the_length_and_is_stable(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="Irak ran'’-ÉéEtats\n.", max_size=60))
def test_matches_are_words_of_the_text_and_names_do_not_overlap(text: str) -> None:
    end = 0
    for match in knowledge().match(text):
        if not match.actor_ids:
            continue
        assert end <= match.start < match.end <= len(text)
        assert not text[match.start - 1 : match.start].isalnum()
        assert not text[match.end : match.end + 1].isalnum()
        end = match.end


def test_spellings_combine_and_the_article_may_be_missing_but_not_first() -> None:
    table = spellings_by_word([["al", "el", ""], ["Zorbad", "Zorbade"]])
    assert set(spellings("Tam al-Zorbad", table)) == {
        "tam al zorbad",
        "tam al zorbade",
        "tam el zorbad",
        "tam el zorbade",
        "tam zorbad",
        "tam zorbade",
    }
    assert set(spellings("Al-Zorbad", table)) == {"al zorbad", "al zorbade", "el zorbad", "el zorbade"}


def test_a_word_in_two_groups_of_spellings_is_an_error() -> None:
    with pytest.raises(ValueError, match="two groups"):
        spellings_by_word([["Zorbad", "Zorbade"], ["zorbadé", "Zurbad"]])


def test_an_acronym_needs_all_its_capitals_and_a_title_its_last_word() -> None:
    names = [
        Name("zk", "zk", Case.of("ZK")),
        Name("le brol", "brol", Case.of("Le Brol", title=True)),
        Name("grand conseil", "conseil", Case.of("grand conseil")),
    ]
    found = Matcher(names).match("Zk, ZK, le Brol, Le brol, Grand conseil")
    assert [match.actor_ids for match in found] == [("zk",), ("brol",), ("conseil",)]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("irakien", "IRQ"),
        ("Irakiennes", "IRQ"),
        ("américaine", "USA"),
        ("Etats-Unis", "USA"),
        ("étasuniens", "USA"),
        ("turque", "TUR"),
        ("grecques", "GRC"),
        ("français", "FRA"),
        ("koweïtiens", "KWT"),
        ("américano", "USA"),
        ("Zorbadie", None),
    ],
)
def test_country_words_in_any_inflection(word: str, code: str | None) -> None:
    assert knowledge().country_of(word) == code


def test_capitals_and_what_they_stand_for() -> None:
    base = knowledge()
    assert [base.capital_of(name) for name in ("Washington", "Bagdad", "Téhéran", "Zorbad")] == [
        "USA",
        "IRQ",
        "IRN",
        None,
    ]
    found = base.match("Bagdad répond à Téhéran.")
    assert [(match.actor_ids, match.metonym) for match in found] == [(("iraqi-government",), True), (("iran",), True)]


def test_the_bodies_of_a_country() -> None:
    base = knowledge()
    assert base.country_actor("IRQ") == "iraq"
    assert base.government_of("IRQ") == "iraqi-government"
    assert base.forces_of("USA") == "us-forces"
    assert base.body_of("TUR", "forces") == "turkish-forces"
    assert base.government_of("ZZZ") is None
    assert {body for country in base.countries.values() for body in country.bodies.values()} <= set(base.actors)


def test_a_region_has_words_and_bodies_of_its_own() -> None:
    region = knowledge().region_of("kurdes")
    assert region is not None
    assert (region.actor_id, region.country) == ("kurdistan-region", "IRQ")
    assert region.bodies["government"] == "kurdistan-regional-government"
    assert set(region.bodies.values()) <= set(knowledge().actors)
    assert knowledge().region_of("irakien") is None


@pytest.mark.parametrize(
    ("begin", "end", "day", "inside"),
    [
        ("2020-05-07", "2022-10-27", date(2020, 5, 7), True),
        ("2020-05-07", "2022-10-27", date(2022, 10, 28), False),
        ("2003-09", "2014", date(2003, 9, 1), True),
        ("2003-09", "2014", date(2014, 12, 31), True),
        (None, "2014", date(1990, 1, 1), True),
        ("2014", None, date(2030, 1, 1), True),
    ],
)
def test_terms_that_are_known_to_the_month_or_year(begin: str | None, end: str | None, day: date, inside: bool) -> None:
    assert covers(begin, end, day) is inside
