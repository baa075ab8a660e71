"""An article shown in the terminal, and the commands that read the dataset."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style
from typer.testing import CliRunner

from iraqtalks.cli_reading import register
from iraqtalks.contract import frame
from iraqtalks.database import article_rows, find_article, scan
from iraqtalks.errors import DatasetError
from iraqtalks.show import _Mark, _marked, show_article
from iraqtalks.tables import TABLES
from iraqtalks.terminal import printable

TEXT = "« Le pont\x1b[2J tient », a dit hier Odile Ferrand à Valbrume."
PLAIN = TEXT.replace("\x1b", "\ufffd")


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"article_id": "a-17", "start": start, "end": start + len(words), "text": words, "rule": "test.rule"}


def rows() -> dict[str, list[dict[str, Any]]]:
    cue = at("a dit")
    dated = {"date": "2019-05-03", "date_start": dt.date(2019, 5, 3), "date_end": dt.date(2019, 5, 3),
             "date_precision": "day", "date_basis": "relative"}  # fmt: skip
    return {
        "articles": [
            {"article_id": "a-17", "source_key": "https://courrier.example/17", "outlet": "Courrier\x07",
             "url": "https://courrier.example/17", "published_on": dt.date(2019, 5, 4), "text": TEXT,
             "text_sha256": "0" * 64, "raw_path": "2019/pont.txt"},
            {"article_id": "a-18", "source_key": "18", "text": "Rien.", "text_sha256": "1" * 64,
             "raw_path": "2019/rien.txt"},
        ],
        "mentions": [{**at("Odile Ferrand"), "mention_id": "m1", "form": "name", "actor_id": "ferrand"}],
        "actors": [
            {"actor_id": "ferrand", "name": "Odile Ferrand", "kind": "person", "in_knowledge_base": False},
            {"actor_id": "other", "name": "Another", "kind": "person", "in_knowledge_base": False},
        ],
        "quotes": [
            {**at("Le pont\x1b[2J tient"), "quote_id": "q-1", "content": "Le pont\x1b[2J tient", "kind": "direct",
             "cue_start": cue["start"], "cue_end": cue["end"], "act": "say", "negated": False, "speaker_id": "ferrand",
             "speaker_mention_id": "m1", "speaker_anonymous": False},
        ],
        "quote_segments": [{**at("Le pont\x1b[2J tient"), "quote_id": "q-1", "segment": 0}],
        "event_mentions": [
            {**at("pont\x1b[2J tient », a dit"), **dated, "event_mention_id": "e-1", "event_id": "e", "type": "SUPPORT",
             "quad_class": "verbal_cooperation", "status": "reported", "quote_id": "q-1", "place_id": "valbrume"},
        ],
        "event_participants": [{"event_mention_id": "e-1", "actor_id": "ferrand", "role": "source"}],
        "places": [{"place_id": "valbrume", "name": "Valbrume", "kind": "city"}],
        "date_mentions": [{**at("hier"), **dated, "date_mention_id": "d-1"}],
        "positions": [
            {**at("tient"), "position_id": "p-1", "actor_id": "ferrand", "issue": "bridge", "stance": "for",
             "quote_id": "q-1"},
        ],
    }  # fmt: skip


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    for table in TABLES:
        frame(table, rows().get(table, ())).write_parquet(tmp_path / f"{table}.parquet")
    return tmp_path


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    register(made)
    return made


def printed(processed: Path, *, colour: bool) -> str:
    tables = scan(processed)
    console = Console(
        width=200, force_terminal=colour, no_color=not colour, color_system="standard" if colour else None
    )
    with console.capture() as capture:
        console.print(show_article(article_rows(tables, "a-17"), colour=colour))
    return capture.get()


def test_without_colour_brackets_say_what_they_mark(processed: Path) -> None:
    lines = printed(processed, colour=False).splitlines()
    assert lines[3] == (
        "« [q1 Le [e1 pont\ufffd[2J tient q1] », [a dit cue q1] e1] [hier =2019-05-03] [Odile Ferrand @ferrand]"
        " à Valbrume."
    )
    assert lines[4:] == [
        "",
        "Quotes",
        "q1 · Odile Ferrand · say · direct",
        "",
        "Events",
        "e1 · SUPPORT · reported in q1 · Odile Ferrand · 2019-05-03 · Valbrume",
        "",
        "Positions",
        "Odile Ferrand · for bridge · q1",
    ]


def test_in_colour_the_text_stays_whole_and_commands_nothing(processed: Path) -> None:
    shown = printed(processed, colour=True)
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown
    assert "\x1b[32m" in shown, "quotes are green"
    assert "@ferrand" not in shown


def test_marks_change_no_word_of_the_article(processed: Path) -> None:
    marked = printed(processed, colour=False).splitlines()[3]
    for mark in (
        "[q1 ",
        " q1]",
        "[e1 ",
        " e1]",
        " cue q1]",
        "[a dit",
        " =2019-05-03]",
        "[hier",
        " @ferrand]",
        "[Odile",
    ):
        assert mark.strip() in marked
        marked = marked.replace(mark, mark.removeprefix("[") if mark in ("[a dit", "[hier", "[Odile") else "", 1)
    assert marked.replace(" cue", "").replace("]", "") == PLAIN.replace("]", "")


def test_control_characters_are_replaced_one_for_one() -> None:
    assert printable("a\x1b]0;x\x07\u202eb\tc\nd\x9b\x7f") == "a\ufffd]0;x\ufffd\ufffdb\tc\nd\ufffd\ufffd"


@pytest.mark.parametrize("name", ["a-17", "https://courrier.example/17", "2019/pont.txt", "pont", "po"])
def test_article_goes_by_id_address_path_stem_or_beginning(processed: Path, name: str) -> None:
    assert find_article(scan(processed), name) == "a-17"


def test_unknown_or_ambiguous_article_lists_what_there_is(processed: Path) -> None:
    with pytest.raises(DatasetError, match=r"no article goes by pontoon(.|\n)*a-17  2019/pont.txt"):
        find_article(scan(processed), "pontoon")
    with pytest.raises(DatasetError, match="2 articles go by a-1"):
        find_article(scan(processed), "a-1")


def test_rows_of_an_article_leave_the_others_out(processed: Path) -> None:
    found = article_rows(scan(processed), "a-17")
    assert [row["actor_id"] for row in found["actors"]] == ["ferrand"]
    assert {table: len(found[table]) for table in ("articles", "quotes", "event_participants", "places")} == {
        "articles": 1, "quotes": 1, "event_participants": 1, "places": 1,
    }  # fmt: skip
    assert article_rows(scan(processed), "a-18")["actors"] == []


def test_show_command_marks_in_brackets_where_there_is_no_terminal(processed: Path, app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["show", "pont", "--processed", str(processed)], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    assert "[Odile Ferrand @ferrand]" in result.output
    assert "\x1b" not in result.output


def test_sql_command_writes_tables_csv_and_json_lines(processed: Path, app: typer.Typer) -> None:
    def answer(*options: str) -> str:
        query = "SELECT speaker, words, 1 AS n FROM who_said_what"
        result = CliRunner().invoke(app, ["sql", query, "--processed", str(processed), *options])
        assert result.exit_code == 0, result.output
        return result.output

    table = answer()
    assert "Odile Ferrand" in table
    assert "\x1b" not in table
    assert answer("--format", "csv") == "speaker,words,n\nOdile Ferrand,Le pont\x1b[2J tient,1\n"
    assert json.loads(answer("--format", "jsonl")) == {
        "speaker": "Odile Ferrand",
        "words": "Le pont\x1b[2J tient",
        "n": 1,
    }


def test_sql_command_without_an_answer_prints_nothing(processed: Path, app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["sql", "/* nothing asked */", "--processed", str(processed)])
    assert (result.exit_code, result.output) == (0, "")


def test_faulty_query_says_what_is_wrong(processed: Path, app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["sql", "SELECT speeker FROM who_said_what", "--processed", str(processed)])
    assert isinstance(result.exception, DatasetError)
    assert "speeker" in str(result.exception)


def test_answer_too_wide_for_the_terminal_comes_record_by_record(processed: Path, app: typer.Typer) -> None:
    command = ["sql", "FROM who_said_what", "--processed", str(processed)]
    narrow = CliRunner().invoke(app, command, env={"COLUMNS": "80"}).output.splitlines()
    assert [line.split("│")[1].strip() for line in narrow if "│" in line][:4] == ["speaker", "role", "words", "outlet"]
    wide = CliRunner().invoke(app, command, env={"COLUMNS": "400"}).output.splitlines()
    assert "speaker_anonymous" in wide[1]


_TEXTS = st.text(st.characters(exclude_characters="⟦⟧"), max_size=20)


@given(_TEXTS, st.lists(st.tuples(st.integers(0, 19), st.integers(1, 20)), max_size=6))
def test_marks_that_cross_open_and_close_once_and_keep_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [(start, min(end, len(text))) for start, end in spans if start < min(end, len(text))]
    marks = [_Mark(start, end, Style.null(), "", "⟦", "⟧") for start, end in inside]
    plain = _marked(text, marks, colour=False).plain
    assert (plain.count("⟦"), plain.count("⟧")) == (len(marks), len(marks))
    assert plain.replace("⟦", "").replace("⟧", "") == printable(text)
    assert _marked(text, marks, colour=True).plain == printable(text)
