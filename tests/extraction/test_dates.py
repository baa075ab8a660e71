"""French dates: words, values and bases, on invented sentences; invariants on arbitrary text."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iraqtalks.edtf import bounds
from iraqtalks.extraction.dates import find_dates, find_periods, find_times
from iraqtalks.extraction.dates.grammar import vocabulary
from iraqtalks.extraction.model import Article, Reading
from iraqtalks.extraction.parse import read
from iraqtalks.tables import DATE_BASES

WEDNESDAY = dt.date(2020, 6, 17)
REPOSITORY = Path(__file__).parents[2]


def reading(text: str, published_on: dt.date | None = WEDNESDAY) -> Reading:
    (parsed,) = read([Article(text, "invented", published_on=published_on)])
    return parsed


def dates(text: str, published_on: dt.date | None = WEDNESDAY) -> list[tuple[str, str | None]]:
    return [(text[mention.start : mention.end], mention.date) for mention in find_dates(reading(text, published_on))]


def times(text: str) -> list[tuple[str, str | None]]:
    return [(text[mention.start : mention.end], mention.date) for mention in find_times(reading(text))]


@pytest.mark.parametrize("before", ["", "İİİ, İ ", "\u00a0’ "])
def test_capitals_and_long_small_letters_move_nothing(before: str) -> None:
    text = f"{before}LE PONT A ÉTÉ FERMÉ LE 7 AVRIL 2019 ET MARDI 16 JUIN."
    assert dates(text) == [("LE 7 AVRIL 2019", "2019-04-07"), ("MARDI 16 JUIN", "2020-06-16")]


def test_patterns_are_written_in_small_letters_as_they_are_tried() -> None:
    data = vocabulary("fr")
    listed = [
        str(data[name]) for name in ("months", "weekdays", "day_words", "seasons", "numbers", "ordinals", "groups")
    ]
    for expression in [data["anchors"], *listed, *(entry["pattern"] for entry in data["patterns"])]:
        letters = re.sub(r"\\.|\(\?P<", "", expression)
        assert letters == letters.lower()


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("Le traité de Valbrume a été signé le 7 avril 2019.", "le 7 avril 2019", "2019-04-07"),
        ("Odile Ferrand est arrivée mardi 16 juin à Valbrume.", "mardi 16 juin", "2020-06-16"),
        ("Le sommet s'est ouvert le lundi 1er juin 2020.", "le lundi 1er juin 2020", "2020-06-01"),
        ("Le pont a été fermé le 23/07/2018.", "le 23/07/2018", "2018-07-23"),
        ("Mise à jour : 2018-07-23.", "2018-07-23", "2018-07-23"),
        ("En janvier 2020, le conseil de Valbrume a voté.", "janvier 2020", "2020-01"),
        ("Le plan est en place depuis octobre 98 dans la ville.", "octobre 98", "1998-10"),
        ("Il a quitté Valbrume début avril.", "début avril", "2020-04"),
        ("Le conseil essuie un revers mi-mai.", "mi-mai", "2020-05"),
        ("La maison a été refaite à la fin de l'année dernière.", "la fin de l'année dernière", "2019"),
        ("Elle siège au conseil depuis 2014.", "2014", "2014"),
        ("Dès l'année 2021, le port sera agrandi.", "l'année 2021", "2021"),
        ("Le port a été creusé dans les années 1980.", "les années 1980", "198X"),
        ("Le port date des années soixante-dix.", "années soixante-dix", "197X"),
        ("Il a gagné la présidentielle 2017.", "2017", "2017"),
        ("L'île a été touchée lors des six premiers mois de 2019.", "six premiers mois de 2019", "2019-01/2019-06"),
        ("Les ventes ont reculé au troisième trimestre 2019.", "troisième trimestre 2019", "2019-07/2019-09"),
        ("Elle a gouverné jusqu'à l'automne 2018.", "l'automne 2018", "2018-23"),
        ("Le feu s'est déclaré l'été dernier.", "l'été dernier", "2019-22"),
    ],
)  # fmt: skip
def test_dates_that_are_written_out(text: str, words: str, edtf: str) -> None:
    assert dates(text) == [(words, edtf)]


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("Le conseil a voté hier la loi.", "hier", "2020-06-16"),
        ("La loi sera votée demain.", "demain", "2020-06-18"),
        ("Il a souligné aujourd’hui que le pont tiendrait.", "aujourd’hui", "2020-06-17"),
        ("Le Parlement a voté il y a deux ans.", "il y a deux ans", "2018"),
        ("Le vote eut lieu il y a un mois quasiment jour pour jour.", "il y a un mois", "2020-05-17~"),
        ("Elle a quitté le conseil il y a près de trois ans.", "il y a près de trois ans", "2017~"),
        ("Les travaux commenceront dans trois mois.", "dans trois mois", "2020-09"),
        ("La semaine dernière, le pont a été fermé.", "La semaine dernière", "2020-06-08/2020-06-14"),
        ("Le pont sera rouvert l'an prochain.", "l'an prochain", "2021"),
        ("Le bilan a doublé depuis le début de l’année.", "le début de l’année", "2020"),
    ],
)
def test_dates_that_are_counted_from_publication(text: str, words: str, edtf: str) -> None:
    assert dates(text) == [(words, edtf)]


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("Odile Ferrand a annoncé jeudi sa démission.", "jeudi", "2020-06-11"),
        ("Odile Ferrand annoncera jeudi sa démission.", "jeudi", "2020-06-18"),
        ("La réunion doit se tenir vendredi à Valbrume.", "vendredi", "2020-06-19"),
        ("« Un accord est possible ! », avait tweeté jeudi le maire.", "jeudi", "2020-06-11"),
        ("C'est sa première visite, après le retour de son fils vendredi.", "vendredi", "2020-06-12"),
        ("Il parle avant la sortie vendredi de son livre.", "vendredi", "2020-06-19"),
        ("Le conseil s'est réuni mercredi.", "mercredi", "2020-06-17"),
        ("Le conseil s'est réuni jeudi dernier.", "jeudi dernier", "2020-06-11"),
        ("Le conseil se réunit lundi prochain.", "lundi prochain", "2020-06-22"),
        ("Le conseil s'est réuni ce mardi.", "ce mardi", "2020-06-16"),
        ("Le dialogue a débuté le 7 avril.", "le 7 avril", "2020-04-07"),
        ("Le dialogue a débuté le 7 août.", "le 7 août", "2019-08-07"),
        ("Le dialogue reprendra le 7 avril.", "le 7 avril", "2021-04-07"),
        ("Les soldats doivent partir avant le 31 décembre.", "le 31 décembre", "2020-12-31"),
        ("Elle avait promis de partir avant le 31 décembre.", "le 31 décembre", "2020-12-31"),
        ("Ils ont jusqu'au 31 décembre pour partir.", "31 décembre", "2020-12-31"),
        ("Le pont est fermé depuis le 31 décembre.", "le 31 décembre", "2019-12-31"),
        ("Les élections du 3 novembre approchent.", "3 novembre", "2020-11-03"),
        ("Elle avait démissionné en décembre.", "décembre", "2019-12"),
        ("L'embargo expirera en octobre.", "octobre", "2020-10"),
        ("L'embargo a été décidé en juin.", "juin", "2020-06"),
        ("Il a été élu le 6 mai dernier.", "le 6 mai dernier", "2020-05-06"),
        ("L'accord sera signé en juin prochain.", "juin prochain", "2021-06"),
    ],
)  # fmt: skip
def test_the_side_of_an_open_date_comes_from_tense_and_prepositions(text: str, words: str, edtf: str) -> None:
    assert dates(text) == [(words, edtf)]


def test_a_leap_day_is_found_in_its_year() -> None:
    assert dates("Le pont a été fermé le 29 février.") == [("le 29 février", "2020-02-29")]
    assert dates("Le pont a été fermé le 30 février.") == []


def test_nights_and_spans_of_days_are_intervals() -> None:
    assert dates("Le feu a pris dans la nuit de lundi à mardi.") == [
        ("la nuit de lundi à mardi", "2020-06-15/2020-06-16")
    ]
    assert dates("Le feu a pris dans la nuit du 31 mai au 1er juin.") == [
        ("la nuit du 31 mai au 1er juin", "2020-05-31/2020-06-01")
    ]
    assert dates("Elle se rendra à Valbrume du 11 au 14 février 2021.") == [
        ("11 au 14 février 2021", "2021-02-11/2021-02-14")
    ]


def test_the_ends_of_a_range_are_dates_and_together_a_period() -> None:
    text = "Elle a gouverné entre 2014 et 2017, puis de septembre à décembre 2018."
    parsed = reading(text)
    found = find_dates(parsed)
    assert [(text[mention.start : mention.end], mention.date) for mention in found] == [
        ("2014", "2014"), ("2017", "2017"), ("septembre", "2018-09"), ("décembre 2018", "2018-12")
    ]  # fmt: skip
    assert [(text[period.start : period.end], period.date) for period in find_periods(parsed, found)] == [
        ("2014 et 2017", "2014/2017"), ("septembre à décembre 2018", "2018-09/2018-12")
    ]  # fmt: skip


def test_the_days_of_a_list_share_their_month() -> None:
    assert dates("Le conseil s'est réuni les 7, 8 et 9 avril.") == [
        ("les 7", "2020-04-07"), ("8", "2020-04-08"), ("9 avril", "2020-04-09")
    ]  # fmt: skip


def test_a_weekday_with_its_number_tells_the_month() -> None:
    assert dates("La marche aura lieu samedi 4 à Valbrume.") == [("samedi 4", "2020-07-04")]
    assert dates("Le feu a tué mardi 15 soldats.") == [("mardi", "2020-06-16")]


def test_months_tied_by_a_hyphen_are_an_interval() -> None:
    assert dates("Le port a été fermé en juillet-août 2019.") == [("juillet-août 2019", "2019-07/2019-08")]


def test_what_is_said_second_comes_second() -> None:
    assert dates("Les débats ont duré de novembre à mars.") == [("novembre", "2019-11"), ("mars", "2020-03")]
    assert dates("Des heurts ont éclaté samedi et dimanche.") == [("samedi", "2020-06-13"), ("dimanche", "2020-06-14")]


def test_the_eve_and_what_follows_count_from_the_last_date_named() -> None:
    text = "Le conseil a voté le 3 mai 2018. La veille, il avait débattu. Un an plus tard, il a cédé."
    assert dates(text)[1:] == [("La veille", "2018-05-02"), ("Un an plus tard", "2019-05")]
    assert dates("Il avait débattu la veille.") == [("la veille", "2020-06-16")]
    assert dates("Cinq ans après avoir cédé, le conseil vote.") == []


def test_what_nothing_fixes_has_no_value() -> None:
    assert dates("Ce jour-là, Odile Ferrand dormait. À l'époque, le pont tenait.") == [
        ("Ce jour-là", None), ("À l'époque", None)
    ]  # fmt: skip
    assert dates("Il est parti le lendemain.") == [("le lendemain", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Le pont a coûté 2 000 florins et 2000 soldats le gardent.",
        "En 2000 soldats, le camp comptait peu.",
        "Il a vécu trois ans à Valbrume, où il travaille depuis quelques mois.",
        "Le marché se tient tous les jeudis et le dimanche.",
        "La poste est ouverte du lundi au vendredi.",
        "Le train part à 15 h 30.",
        "Odile Ferrand, aujourd'hui âgée de 84 ans, se tait.",
        "Nous devons aujourd'hui rester unis.",
        "Aujourd'hui, la ville est calme.",
        "La sonde tourne autour de Mars.",
        "La ministre lit France Dimanche.",
        "Le Mirage 2000 vole.",
        "Le lendemain du vote et la veille de la fête n'ont rien changé.",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert [mention for mention in dates(text) if mention[1] is not None] == []


def test_times_of_a_day_are_kept_apart_with_their_day() -> None:
    text = "Le feu a pris mardi soir ; hier à 10 h, il brûlait encore, et ce matin aussi."
    assert dates(text) == []
    assert times(text) == [("mardi", "2020-06-16"), ("hier", "2020-06-16"), ("ce matin", "2020-06-17")]


def test_without_publication_date_nothing_is_invented() -> None:
    text = (
        "Il a dit hier, mardi et aujourd'hui que le dialogue, ouvert le 23 juillet, reprendrait en mai, l'an prochain."
    )
    assert dates(text, None) == [
        ("hier", None), ("mardi", None), ("aujourd'hui", None), ("le 23 juillet", "XXXX-07-23"), ("mai", "XXXX-05"),
        ("l'an prochain", None),
    ]  # fmt: skip


def test_the_basis_says_where_the_date_comes_from() -> None:
    text = "Le 3 mai 2018, le conseil a voté ; la veille, il avait débattu ; il a cédé hier et s'est tu ce jour-là."
    assert [mention.basis for mention in find_dates(reading(text))] == ["explicit", "inferred", "relative", None]


def test_attacks_that_go_by_their_day_alone() -> None:
    assert dates("Le musée rappelle les attentats du 11 septembre.") == [("11 septembre", "2001-09-11")]
    assert dates("Elle a quitté la ville le 11 septembre.") == [("le 11 septembre", "2019-09-11")]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max, dt.date(1600, 1, 1), dt.date(8999, 12, 31)])
def test_a_publication_date_out_of_all_bounds_breaks_nothing(day: dt.date) -> None:
    text = "Il a voté avant-hier, samedi, il y a 999 ans, dans 999 semaines, le 29 février et la semaine prochaine."
    for mention in find_dates(reading(text, day)):
        assert mention.date is None or bounds(mention.date) is not None


WORDS = st.sampled_from(
    [
        "le", "la", "l'", "du", "au", "de", "à", "et", "entre", "ce", "dans", "dans la", "il y a", "deux", "7", "1er",
        "31", "2019", "98", "avril", "mars", "fin", "mi-", "début", "lundi", "jeudi", "dimanche", "nuit", "nuit de",
        "semaine", "année", "dernière", "prochain", "premier", "trimestre", "veille", "plus tard", "ans", "été", "soir",
        "les années", "80", "hier", "aujourd’hui", ",", ".", "-", "/", "12/05/2020", "2018-2019", "٢٠١٩", "🌉", "\n",
        "«", "»",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25), st.sampled_from([WEDNESDAY, None, dt.date(2020, 2, 29)]))
def test_any_text_gives_sound_mentions_in_order(words: list[str], published_on: dt.date | None) -> None:
    parsed = reading(" ".join(words), published_on)
    mentions = sorted(find_dates(parsed) + find_times(parsed), key=lambda mention: mention.start)
    last = 0
    for mention in mentions:
        assert last <= mention.start < mention.end <= len(parsed.text)
        last = mention.end
        assert (mention.date is None) == (mention.basis is None)
        assert mention.basis is None or mention.basis in DATE_BASES
        if mention.date is not None:
            assert mention.date.isascii()
            bounds(mention.date)
    for period in find_periods(parsed, mentions):
        assert period.date is not None
        bounds(period.date)


@pytest.mark.parametrize("knows_publication", [True, False])
def test_the_first_article_of_the_dataset(knows_publication: bool) -> None:
    gold = json.loads((REPOSITORY / "tests/gold/seed.json").read_text(encoding="utf-8"))["seed"]
    (source,) = (REPOSITORY / "data/raw").glob("presstv-2021-07-25-*.txt")
    text = source.read_text(encoding="utf-8")
    published = dt.date.fromisoformat(gold["article"]["published_on"]) if knows_publication else None
    expected = [(entry["text"], entry["date"]) for entry in gold["dates"]]
    if not knows_publication:
        expected = [("aujourd’hui", None), ("le 7 avril", "XXXX-04-07"), ("le 23 juillet", "XXXX-07-23"), expected[3]]
    assert dates(text, published) == expected
