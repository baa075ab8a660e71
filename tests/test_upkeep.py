"""What the knowledge base lacks and where texts disagree with it, in datasets made by hand, and the commands that tell it."""

import copy
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from test_cli import run

from iraqtalks.contract import frame
from iraqtalks.database import scan
from iraqtalks.knowledge import knowledge, reading
from iraqtalks.tables import TABLES
from iraqtalks.upkeep import Term, conflicts, unknown_names
from iraqtalks.upkeep.titles import read_title

TEXT = (
    "Un soir, Zorbad Tam a parlé.\nPuis Zorbad Tam, que la fanfare municipale de Valbrume attendait depuis le matin sur la "
    "place, a souri ; Tam et Odile Ferrand, tous deux fatigués par le voyage, sont partis vers la gare sans se retourner."
)
DAY = dt.date(2019, 5, 4)
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def mention(number: int, article: str, words: str, actor: str, *, form: str = "name", nth: int = 0) -> dict[str, Any]:
    start = TEXT.index(words)
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return {"mention_id": f"m{number}", "article_id": article, "start": start, "end": start + len(words), "text": words,
            "rule": "test.rule", "form": form, "actor_id": actor}  # fmt: skip


def article(name: str, published_on: dt.date | None, duplicate_of: str | None = None) -> dict[str, Any]:
    return {"article_id": name, "source_key": name, "text": TEXT, "text_sha256": "0" * 64, "raw_path": f"{name}.txt",
            "published_on": published_on, "duplicate_of": duplicate_of, "outlet": "Courrier"}  # fmt: skip


def actor(name: str, *, known: bool = False, country: str | None = None) -> dict[str, Any]:
    return {"actor_id": name, "name": name.replace("-", " ").title(), "kind": "person", "in_knowledge_base": known,
            "country": country}  # fmt: skip


def published(folder: Path, rows: Rows) -> Path:
    folder.mkdir()
    for table in TABLES:
        frame(table, rows.get(table, ())).write_parquet(folder / f"{table}.parquet")
    return folder


@pytest.fixture
def strangers(tmp_path: Path) -> Path:
    return published(
        tmp_path / "strangers",
        {
            "articles": [article("a1", DAY), article("a2", None), article("a3", DAY, "a1")],
            "actors": [actor("zorbad-tam"), actor("odile-ferrand"), actor("known", known=True), actor("il")],
            "mentions": [
                mention(1, "a2", "Zorbad Tam", "zorbad-tam"),
                mention(2, "a1", "Zorbad Tam", "zorbad-tam", nth=1),
                mention(3, "a1", "Tam", "zorbad-tam", nth=2),
                mention(4, "a3", "Zorbad Tam", "zorbad-tam"),
                mention(5, "a1", "Odile Ferrand", "odile-ferrand"),
                mention(6, "a1", "gare", "known"),
                mention(7, "a1", "fanfare", "il", form="description"),
            ],
        },
    )


def test_unknown_names_come_by_frequency_with_their_earliest_words(strangers: Path) -> None:
    tam, ferrand = unknown_names(scan(strangers))
    assert (tam.name, tam.kind, tam.mentions, tam.articles, tam.article_id) == ("Zorbad Tam", "person", 3, 2, "a1")
    assert tam.example == "Puis Zorbad Tam, que la fanfare municipale de Valbrume attendait depuis le …"
    assert TEXT[tam.start : tam.end] == "Zorbad Tam"
    assert (ferrand.mentions, ferrand.articles) == (1, 1)
    before, after = (
        "…attendait depuis le matin sur la place, a souri ; Tam et ",
        ", tous deux fatigués par le voyage, sont partis",
    )
    assert ferrand.example == f"{before}Odile Ferrand{after} vers la …"
    assert [name.name for name in unknown_names(scan(strangers), limit=1)] == ["Zorbad Tam"]


@pytest.mark.parametrize(
    ("words", "title", "countries"),
    [
        ("ministre irakien des Affaires étrangères", "ministre des affaires etrangeres", {"IRQ"}),
        ("le nouveau Premier ministre d’Irak", "premier ministre", {"IRQ"}),
        ("président des États-Unis", "president", {"USA"}),
        ("chef de la diplomatie des Emirats arabes unis", "chef de la diplomatie", {"ARE"}),
        ("président de la Côte d'Ivoire", "president", {"CIV"}),
        ("ministre de l'Intérieur", "ministre de l' interieur", set()),
        ("ancien président américain", "ancien president", {"USA"}),
    ],
)
def test_a_title_is_read_without_its_country(words: str, title: str, countries: set[str]) -> None:
    read = read_title(words, knowledge())
    assert (" ".join(read.words), read.countries) == (title, frozenset(countries))


def held(tmp_path: Path, actor_id: str, words: str, on: dt.date | None, country: str | None = None) -> Path:
    role = {"actor_role_id": "r", "actor_id": actor_id, "role": words, "basis": "text", "article_id": "a1", "start": 0,
            "end": 4, "text": "Un s", "rule": "role.apposition"}  # fmt: skip
    again = {**role, "actor_role_id": "r2", "article_id": "a2"}
    return published(
        tmp_path / "held",
        {
            "articles": [article("a1", on), article("a2", on, "a1")],
            "actors": [actor(actor_id, country=country)],
            "actor_roles": [role, again],
        },
    )


@pytest.mark.parametrize(
    ("actor_id", "words", "on", "country", "kind"),
    [
        ("zorbad-tam", "Premier ministre irakien", DAY, None, "another_holder"),
        ("zorbad-tam", "Premier ministre", DAY, "IRQ", "another_holder"),
        ("adel-abdul-mahdi", "Premier ministre irakien", dt.date(2021, 1, 1), "IRQ", "another_time"),
        ("adel-abdul-mahdi", "Premier ministre", DAY, "IRQ", None),
        # No country, no day, a country without the office, more or other words than the title: nothing is said.
        ("zorbad-tam", "Premier ministre", DAY, None, None),
        ("zorbad-tam", "Premier ministre irakien", None, None, None),
        ("zorbad-tam", "Premier ministre irakien et américain", DAY, None, None),
        ("zorbad-tam", "ancien Premier ministre irakien", DAY, None, None),
        ("zorbad-tam", "agriculteur irakien", DAY, None, None),
        # Before the first holder that the base knows, and after the last day that it knows of.
        ("zorbad-tam", "Premier ministre irakien", dt.date(1999, 1, 1), None, None),
        ("mohammed-shia-al-sudani", "Premier ministre irakien", dt.date(2026, 1, 1), "IRQ", None),
        # “président” is short for an office that the person does hold.
        ("mohamed-al-halbousi", "président", DAY, "IRQ", None),
    ],
)
def test_conflicts_are_offices_that_the_base_gives_to_another_or_dates_otherwise(
    tmp_path: Path, actor_id: str, words: str, on: dt.date | None, country: str | None, kind: str | None
) -> None:
    found = conflicts(scan(held(tmp_path, actor_id, words, on, country)), knowledge())
    assert [conflict.kind for conflict in found] == ([] if kind is None else [kind])
    for conflict in found:
        assert (conflict.office_id, conflict.article_id, conflict.words) == ("iraq-prime-minister", "a1", words)
        assert [term.actor_id for term in conflict.holders] == list(knowledge().holders("iraq-prime-minister", on))
        assert {term.actor_id for term in conflict.own_terms} == ({actor_id} if kind == "another_time" else set())


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("2019", "2020-03", "Tam, 2019 to 2020-03"),
        ("2019", None, "Tam, since 2019"),
        (None, "2020-03", "Tam, until 2020-03"),
        (None, None, "Tam"),
    ],
)
def test_a_term_says_no_more_than_is_known(since: str | None, until: str | None, shown: str) -> None:
    assert str(Term("tam", "Tam", since, until, None)) == shown


def test_actors_unknown_writes_a_table_or_json(strangers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("actors", "unknown", "--processed", strangers, "--limit", "1") == 0
    table = capsys.readouterr().out
    assert "Zorbad Tam" in table
    assert "Odile" not in table
    assert run("actors", "unknown", "--processed", strangers, "--json") == 0
    assert [name["name"] for name in json.loads(capsys.readouterr().out)] == ["Zorbad Tam", "Odile Ferrand"]
    assert run("actors", "unknown", "--limit", "0") == 2


def test_actors_conflicts_shows_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = held(tmp_path, "zorbad-tam", "Premier ministre irakien", DAY)
    assert run("actors", "conflicts", "--processed", folder) == 0
    table = capsys.readouterr().out
    assert "another holder" in table
    assert "Premier ministre irakien" in table
    assert run("actors", "conflicts", "--processed", folder, "--json") == 0
    (conflict,) = json.loads(capsys.readouterr().out)
    assert conflict["published_on"] == "2019-05-04"
    assert [holder["actor_id"] for holder in conflict["holders"]] == ["adel-abdul-mahdi"]


@pytest.mark.parametrize("command", ["unknown", "conflicts"])
def test_a_dataset_with_nothing_to_tell_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    folder = published(tmp_path / "empty", {})
    assert run("actors", command, "--processed", folder) == 0
    assert "knowledge base" in capsys.readouterr().out
    assert run("actors", command, "--processed", folder, "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run("actors", command, "--processed", tmp_path / "nowhere") == 1
    assert "holds no dataset" in capsys.readouterr().err


def test_actors_lint_passes_on_the_base(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("actors", "lint") == 0
    assert capsys.readouterr().out == "The knowledge base is sound.\n"
    assert run("actors", "lint", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_actors_lint_tells_file_entry_and_fault_with_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = copy.deepcopy(reading.read("rounds"))
    data["rounds"].append({"id": "zorbad-1", "process": "zorbad", "date": "2020-13", "basis": "invented"})
    original = reading.read
    monkeypatch.setattr(reading, "read", lambda name: data if name == "rounds" else original(name))
    assert run("actors", "lint") == 1
    shown = capsys.readouterr().out
    assert all(part in shown for part in ("rounds.yml", "zorbad-1", "2020-13"))
    assert run("actors", "lint", "--json") == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert (fault["file"], fault["entry"]) == ("rounds.yml", "zorbad-1")
