"""The events in other projects' formats: one record an event, nothing invented, nothing that a spreadsheet runs."""

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from test_cli import run

from iraqtalks.cli_export import Status
from iraqtalks.contract import frame
from iraqtalks.database import dataset_version
from iraqtalks.errors import DatasetError
from iraqtalks.export import event_records, plover_lines, polecat_table
from iraqtalks.export.polecat import COLUMNS
from iraqtalks.extraction.rows import date_columns
from iraqtalks.tables import EVENT_STATUSES, TABLES

TEXT = "Odile Ferrand, =maire de Valbrume, a reçu l'Union en mai 2019.\nLe pont de Valbrume a été saboté."
ARTICLE = {"text": TEXT, "text_sha256": "0" * 64, "outlet": "@Courrier\tdu soir", "url": "https://courrier.example/1",
           "title": "Le pont", "language": "fr-FR", "licence": "CC0"}  # fmt: skip


def at(words: str, article: str = "a1") -> dict[str, Any]:
    start = TEXT.index(words)
    return {"article_id": article, "start": start, "end": start + len(words), "text": words, "rule": "test.rule"}


def event(
    number: int, type_: str, quad: str, date: str | None, status: str = "asserted", **more: Any
) -> dict[str, Any]:
    return {"event_id": f"e{number}", "type": type_, "mode": more.get("mode"), "quad_class": quad, "status": status,
            "place_id": more.get("place_id"), "talks_round_id": more.get("talks_round_id"),
            "quote_id": more.get("quote_id"), **date_columns(date, None if date is None else "explicit")}  # fmt: skip


EVENTS = [
    event(1, "CONSULT", "verbal_cooperation", "2019-05", mode="visit", place_id="valbrume", talks_round_id="round-1"),
    event(2, "ASSAULT", "material_conflict", "2019-05-03", mode="destroy"),
    event(3, "CONSULT", "verbal_cooperation", None),
    event(4, "SANCTION", "material_conflict", "2019-06-01/..", "reported", quote_id="q1"),
    event(5, "RETREAT", "material_cooperation", "2019-07-01?", "planned"),
    event(6, "AGREE", "verbal_cooperation", "XXXX-07-01", "planned"),
]
PARTIES = [
    ("e1", "ferrand", "source", "m1"), ("e1", "union", "target", "m2"), ("e1", "courrier", "chair", None),
    ("e2", "ferrand", "target", None), ("e3", "ferrand", "source", None), ("e3", "agency", "target", None),
    ("e4", "union", "source", None),
]  # fmt: skip


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    """Give a dataset of six events, each told in an article of 2019 and again in a duplicate and in an earlier report."""
    mentions = [
        {**told, **at("Le pont de Valbrume a été saboté" if told["event_id"] == "e2" else "a reçu l'Union en mai 2019", article),
         "event_mention_id": f"{told['event_id']}-{article}"}
        for told in EVENTS
        for article in ("a1", "a2")
    ] + [{**EVENTS[1], **at("pont", "a0"), "event_mention_id": "e2-a0", "status": "reported"}]  # fmt: skip
    events = [
        {**{key: value for key, value in told.items() if key not in {"quad_class", "status", "quote_id", "talks_round_id"}},
         "mention_count": 2, "article_count": 1, "best_status": told["status"]}
        for told in EVENTS
    ]  # fmt: skip
    rows: dict[str, Sequence[dict[str, Any]]] = {
        "articles": [
            {**ARTICLE, "article_id": name, "source_key": name, "raw_path": f"{name}.txt", "published_on": day,
             "duplicate_of": original}
            for name, day, original in (
                ("a0", dt.date(2019, 5, 1), None), ("a1", dt.date(2019, 5, 4), None), ("a2", dt.date(2019, 5, 3), "a1"),
            )
        ],
        "actors": [
            {"actor_id": "ferrand", "name": "Odile Ferrand", "kind": "person", "country": "FRA", "sector": "GOV",
             "wikidata_id": "Q1", "in_knowledge_base": True},
            {"actor_id": "union", "name": "Union; nord", "kind": "international_organization", "in_knowledge_base": True},
            {"actor_id": "agency", "name": "Agence", "kind": "international_organization", "in_knowledge_base": True,
             "parent_id": "united-nations"},
            {"actor_id": "united-nations", "name": "Nations", "kind": "international_organization",
             "in_knowledge_base": True},
            {"actor_id": "courrier", "name": "Courrier", "kind": "media", "in_knowledge_base": False},
        ],
        "actor_roles": [
            {**at("=maire de Valbrume"), "actor_role_id": "r1", "actor_id": "ferrand", "role": "=maire de Valbrume",
             "basis": "text"},
            {"actor_role_id": "r2", "actor_id": "union", "role": "member", "basis": "knowledge_base"},
        ],
        "mentions": [
            {**at("Odile Ferrand"), "mention_id": "m1", "form": "name", "actor_id": "ferrand"},
            {**at("Union"), "mention_id": "m2", "form": "name", "actor_id": "union"},
        ],
        "quotes": [
            {**at("en mai"), "quote_id": "q1", "content": "en mai", "kind": "indirect", "negated": False,
             "speaker_id": "courrier", "speaker_anonymous": False},
        ],
        "events": events,
        "event_mentions": mentions,
        "event_participants": [
            {"event_mention_id": f"{told}-{article}", "actor_id": actor, "role": role, "mention_id": words}
            for told, actor, role, words in PARTIES
            for article in ("a1", "a2")
        ],
        "event_contexts": [
            {"event_mention_id": "e1-a1", "context": "legislative"}, {"event_mention_id": "e1-a1", "context": "diplomatic"},
        ],
        "places": [
            {"place_id": "valbrume", "name": "Valbrume", "kind": "city", "country": "FRA", "latitude": -1.5,
             "longitude": 2.0, "geonames_id": 7},
        ],
    }  # fmt: skip
    folder = tmp_path / "processed"
    folder.mkdir()
    for table in TABLES:
        frame(table, rows.get(table, ())).write_parquet(folder / f"{table}.parquet")
    (folder / "datapackage.json").write_text('{"version": "2019.5.0"}')
    return folder


def plover(processed: Path, *statuses: str) -> dict[str, dict[str, Any]]:
    lines = plover_lines(event_records(processed, statuses or ("asserted",)), "2019.5.0")
    return {record["id"]: record for record in map(json.loads, lines)}


def polecat(table: str, delimiter: str = "\t") -> dict[str, dict[str, str]]:
    return {row["Event ID"]: row for row in csv.DictReader(io.StringIO(table), delimiter=delimiter)}


def test_a_plover_record_has_plovers_fields(processed: Path) -> None:
    start = TEXT.index("a reçu")
    assert plover(processed)["e1"] == {
        "id": "e1",
        "date": "2019-05-01",
        "enddate": "2019-05-31",
        "actor": [
            {"code": "FRA", "sector": "GOV", "entity_text": "Odile Ferrand", "identifier_id": "Q1",
             "identifier_text": "Odile Ferrand", "office": "=maire de Valbrume"},
        ],
        "recipient": [{"code": "IGO", "entity_text": "Union", "identifier_text": "Union; nord"}],
        "event": ["CONSULT"],
        "mode": ["visit"],
        "quad_code": 1,
        "context": ["diplomatic", "legislative"],
        "event_text": ["a reçu l'Union en mai 2019"],
        "event_loc": {"resolved_place": "Valbrume", "geonameid": 7, "lat": -1.5, "lon": 2.0, "city": "Valbrume",
                      "country_code": "FRA"},
        "link": "round-1",
        "text_info": {"start": start, "end": start + 26},
        "cite_info": {"corpus": "IraqTalks", "url": "https://courrier.example/1", "title": "Le pont", "language": "fr",
                      "publication": "@Courrier\tdu soir", "license": "CC0", "codebook": "PLOVER 2.0 draft",
                      "version": "2019.5.0"},
        "coder": "IraqTalks",
        "comment": "date in EDTF: 2019-05",
    }  # fmt: skip


def test_only_asserted_events_come_once_and_by_their_clearest_statement(processed: Path) -> None:
    records = plover(processed)
    assert list(records) == ["e1", "e2", "e3"]
    assert records["e2"]["event_text"] == ["Le pont de Valbrume a été saboté"]
    assert list(plover(processed, "reported", "denied")) == ["e4"]


def test_no_day_and_no_actor_is_invented(processed: Path) -> None:
    records = plover(processed, *EVENT_STATUSES)
    assert (records["e2"]["date"], records["e2"]["actor"], "enddate" in records["e2"]) == ("2019-05-03", [], False)
    assert "comment" not in records["e2"]
    assert (records["e3"]["date"], "comment" in records["e3"]) == (None, False)
    assert (records["e4"]["date"], records["e4"]["comment"]) == (
        None,
        "status: reported, by Courrier; date in EDTF: 2019-06-01/..",
    )
    assert records["e6"]["date"] is None


def test_what_did_not_happen_has_an_auxiliary_mode_unless_it_is_an_announcement(processed: Path) -> None:
    records = plover(processed, "planned")
    assert (records["e5"]["mode"], records["e5"]["date"]) == (["future"], "2019-07-01")
    assert records["e5"]["comment"] == "status: planned; date in EDTF: 2019-07-01?"
    assert "mode" not in records["e6"]


def test_all_sides_of_talks_that_are_no_visit_are_actors(processed: Path) -> None:
    record = plover(processed)["e3"]
    assert [actor["code"] for actor in record["actor"]] == ["FRA", "UNO"]
    assert "recipient" not in record


def test_polecat_has_its_forty_columns(processed: Path) -> None:
    table = polecat_table(event_records(processed, ["asserted"]), "2019.5.0")
    assert table.splitlines()[0].split("\t") == list(COLUMNS)
    assert len(COLUMNS) == 40
    row = polecat(table)["e1"]
    assert {column: value for column, value in row.items() if value} == {
        "Event ID": "e1", "Event Type": "CONSULT", "Event Mode": "visit", "Quad Code": "VERBAL COOPERATION",
        "Contexts": "diplomatic; legislative", "Actor Name": "Odile Ferrand", "Actor Country": "FRA",
        "Primary Actor Sector": "GOV", "Actor Sectors": "GOV", "Actor Title": "'=maire de Valbrume",
        "Actor Name Raw": "Odile Ferrand", "Recipient Name": "Union, nord", "Recipient Country": "IGO",
        "Recipient Name Raw": "Union", "Placename": "Valbrume", "City": "Valbrume", "Country": "FRA",
        "Latitude": "-1.5", "Longitude": "2.0", "GeoNames ID": "7", "Source": "'@Courrier du soir",
        "Publication Date": "2019-05-04", "Story People": "Odile Ferrand", "Story Organizations": "Union, nord",
        "Language": "fr-FR", "Version": "2019.5.0",
    }  # fmt: skip


def test_polecat_gives_known_days_only_and_keeps_the_parties_in_step(processed: Path) -> None:
    rows = polecat(polecat_table(event_records(processed, EVENT_STATUSES), delimiter=","), ",")
    assert {name: row["Event Date"] for name, row in rows.items()} == {
        "e1": "", "e2": "2019-05-03", "e3": "", "e4": "", "e5": "2019-07-01", "e6": "",
    }  # fmt: skip
    assert rows["e3"]["Actor Name"].split("; ") == ["Odile Ferrand", "Agence"]
    assert rows["e3"]["Primary Actor Sector"].split("; ") == ["GOV", ""]
    assert rows["e3"]["Actor COW"] == ""


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_no_cell_begins_a_formula_or_breaks_its_line(processed: Path, delimiter: str) -> None:
    table = polecat_table(event_records(processed, EVENT_STATUSES), delimiter=delimiter)
    lines = table.split("\n")
    assert len(lines) == 1 + len(EVENTS) + 1
    cells = [cell for row in csv.reader(lines[1:], delimiter=delimiter) for cell in row]
    assert {cell for cell in cells if cell.startswith(("=", "+", "-", "@"))} == {"-1.5"}


def test_the_commands_write_files_or_the_standard_output(
    processed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "plover", "--processed", processed) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["e1", "e2", "e3"]
    events = tmp_path / "events.csv"
    command: list[str | Path] = ["export", "polecat", "--processed", processed, "--output", events]
    assert run(*command, "--format", "csv", "--status", "reported", "--status", "asserted") == 0
    shown = capsys.readouterr()
    assert (shown.out, "4 events" in shown.err) == ("", True)
    assert list(polecat(events.read_text(encoding="utf-8"), ",")) == ["e1", "e2", "e4", "e3"]
    assert run("export", "plover", "--processed", processed, "--status", "rumoured") == 2
    assert run("export", "plover", "--processed", processed, "--output", tmp_path / "nowhere" / "x.jsonl") == 1
    assert "No such file or directory" in capsys.readouterr().err


def test_the_commands_know_the_statuses_of_the_dataset() -> None:
    assert tuple(Status) == EVENT_STATUSES


def test_a_dataset_without_rows_or_version_can_be_exported(tmp_path: Path) -> None:
    for table in TABLES:
        frame(table).write_parquet(tmp_path / f"{table}.parquet")
    assert dataset_version(tmp_path) is None
    (tmp_path / "datapackage.json").write_text("no JSON")
    assert dataset_version(tmp_path) is None
    assert event_records(tmp_path, EVENT_STATUSES) == []
    assert polecat_table([]) == "\t".join(COLUMNS) + "\n"
    with pytest.raises(DatasetError, match="holds no dataset"):
        event_records(tmp_path / "nowhere", ["asserted"])
