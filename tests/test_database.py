"""The dataset as analysts read it: connection, frames, views.sql."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl
import pytest

from iraqtalks.contract import frame
from iraqtalks.database import connect, read, views_sql
from iraqtalks.errors import DatasetError
from iraqtalks.tables import TABLES
from iraqtalks.views import VIEWS

TEXT = "Odile Ferrand, maire de Valbrume, a dit au Courrier que le pont avait été saboté. Le tour de 2019 a eu lieu."


def at(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, "rule": "test.rule", "confidence": 0.8}


def rows() -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Return a small dataset: an article, and another with the same text that counts as its duplicate."""
    articles = [
        {
            "article_id": article, "source_key": article, "outlet": "Courrier", "text": TEXT, "text_sha256": "0" * 64,
            "published_on": day, "raw_path": f"{article}.txt", "duplicate_of": original,
        }
        for article, day, original in (
            ("a1", dt.date(2019, 5, 4), None), ("a2", dt.date(2019, 5, 6), "a1"), ("a3", None, None),
        )
    ]  # fmt: skip
    actors = [
        {"actor_id": "ferrand", "name": "Odile Ferrand", "kind": "person", "in_knowledge_base": True},
        {"actor_id": "courrier", "name": "Courrier", "kind": "media", "in_knowledge_base": False},
    ]
    roles = [
        {"actor_role_id": f"r{number}", "actor_id": "ferrand", "basis": "knowledge_base", **role}
        for number, role in enumerate(
            (
                {"role": "deputy", "valid_from": "2010", "valid_to": "2019-05~"},
                {"role": "mayor", "valid_from": "2019-05-04"},
                {"role": "senator", "valid_from": "2019-06"},
                {"role": "student", "valid_to": "2018"},
            )
        )
    ]
    quotes = [
        {
            **at("le pont avait été saboté"), "quote_id": f"q-{article}", "article_id": article, "kind": "indirect",
            "content": "le pont avait été saboté", "negated": False, "speaker_id": "ferrand",
            "speaker_anonymous": False, "said_to_id": "courrier",
        }
        for article in ("a1", "a2", "a3")
    ]  # fmt: skip
    mentions = [
        {**at("Odile Ferrand"), "mention_id": f"m-{article}", "article_id": article, "form": "name",
         "actor_id": "ferrand"}
        for article in ("a1", "a2")
    ]  # fmt: skip
    dated = {"date": "2019", "date_start": dt.date(2019, 1, 1), "date_end": dt.date(2019, 12, 31),
             "date_precision": "year", "date_basis": "explicit"}  # fmt: skip
    event_mentions = [
        mention
        for article in ("a1", "a2")
        for mention in (
            {**at("le pont avait été saboté"), "event_mention_id": f"e1-{article}", "event_id": "e1", "type": "ASSAULT",
             "quad_class": "material_conflict", "status": "reported", "quote_id": f"q-{article}",
             "article_id": article},
            {**at("Le tour de 2019 a eu lieu"), **dated, "event_mention_id": f"e2-{article}", "event_id": "e2",
             "type": "CONSULT", "quad_class": "verbal_cooperation", "status": "asserted", "article_id": article,
             "talks_round_id": "round-1"},
            {**at("tour de 2019"), **dated, "event_mention_id": f"e3-{article}", "event_id": "e3", "type": "AGREE",
             "quad_class": "verbal_cooperation", "status": "asserted", "article_id": article},
        )
    ]  # fmt: skip
    events = [
        {"event_id": "e1", "type": "ASSAULT", "mention_count": 2, "article_count": 1, "best_status": "reported"},
        {**dated, "event_id": "e2", "type": "CONSULT", "mention_count": 2, "article_count": 1,
         "best_status": "asserted"},
        {**dated, "event_id": "e3", "type": "AGREE", "mention_count": 2, "article_count": 1,
         "best_status": "asserted"},
    ]  # fmt: skip
    participants = [
        {"event_mention_id": f"{event}-{article}", "actor_id": "ferrand", "role": "target"}
        for article in ("a1", "a2")
        for event in ("e1", "e3")
    ]
    rounds = [{**dated, "talks_round_id": "round-1", "process": "Valbrume talks", "number": 1}]
    return {
        "articles": articles, "actors": actors, "actor_roles": roles, "quotes": quotes, "mentions": mentions,
        "event_mentions": event_mentions, "events": events, "event_participants": participants,
        "talks_rounds": rounds,
    }  # fmt: skip


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    folder = tmp_path / "it's [1], a dataset*"
    folder.mkdir()
    for table in TABLES:
        frame(table, rows().get(table, ())).write_parquet(folder / f"{table}.parquet")
    return folder


@pytest.fixture
def connection(processed: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(processed) as opened:
        yield opened


def test_every_table_view_and_column_is_there_and_commented(connection: duckdb.DuckDBPyConnection) -> None:
    views = connection.execute(
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
    ).fetchall()
    assert [name for name, _ in views] == sorted((*TABLES, *VIEWS))
    assert [name for name, comment in views if not comment] == []
    bare = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    ).fetchall()
    assert bare == []


def test_who_said_what_leaves_duplicates_out_and_gives_the_role_of_the_day(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    said = connection.execute(
        "SELECT speaker, role, words, outlet, date, said_to, confidence, article_id FROM who_said_what"
    ).fetchall()
    words = ("le pont avait été saboté", "Courrier")
    assert said == [
        ("Odile Ferrand", "deputy; mayor", *words, dt.date(2019, 5, 4), "Courrier", 0.8, "a1"),
        ("Odile Ferrand", None, *words, None, "Courrier", 0.8, "a3"),
    ]


def test_role_in_the_words_of_the_article_goes_first(processed: Path) -> None:
    stated = {**at("maire de Valbrume"), "actor_role_id": "r9", "actor_id": "ferrand", "role": "maire de Valbrume",
              "basis": "text", "article_id": "a3"}  # fmt: skip
    frame("actor_roles", [*rows()["actor_roles"], stated]).write_parquet(processed / "actor_roles.parquet")
    assert read("who_said_what", processed).get_column("role").to_list() == ["deputy; mayor", "maire de Valbrume"]


def test_claims_are_what_no_outlet_says_itself(connection: duckdb.DuckDBPyConnection) -> None:
    claims = connection.execute("SELECT claimed_by, claimed_to, type, status, targets, words FROM claims").fetchall()
    assert claims == [("Odile Ferrand", "Courrier", "ASSAULT", "reported", "Odile Ferrand", "le pont avait été saboté")]


def test_timeline_has_events_as_told_and_rounds_as_known(connection: duckdb.DuckDBPyConnection) -> None:
    timeline = connection.execute(
        "SELECT date, what, title, status, targets, mention_count, words, talks_round_id FROM timeline"
    ).fetchall()
    assert timeline == [
        ("2019", "event", "AGREE", "asserted", "Odile Ferrand", 1, "tour de 2019", None),
        ("2019", "event", "CONSULT", "asserted", None, 1, "Le tour de 2019 a eu lieu", "round-1"),
        ("2019", "round", "Valbrume talks 1", None, None, 1, "Le tour de 2019 a eu lieu", "round-1"),
    ]


def test_actors_overview_counts_without_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    overview = connection.execute(
        "SELECT name, roles, mention_count, article_count, quote_count, acted_count, acted_on_count, last_published_on"
        " FROM actors_overview"
    ).fetchall()
    assert overview == [
        ("Odile Ferrand", "deputy; mayor; senator; student", 1, 1, 2, 0, 2, dt.date(2019, 5, 4)),
        ("Courrier", None, 0, 0, 0, 0, 0, None),
    ]


def test_text_is_the_slice_in_sql_too(connection: duckdb.DuckDBPyConnection) -> None:
    wrong = connection.execute(
        'SELECT count(*) FROM mentions JOIN articles USING (article_id) WHERE mentions."text"'
        ' <> substr(articles."text", mentions."start" + 1, mentions."end" - mentions."start")'
    ).fetchone()
    assert wrong == (0,)


def test_read_gives_tables_and_views(processed: Path) -> None:
    assert read("quotes", processed).equals(frame("quotes", rows()["quotes"]))
    assert read("claims", processed).height == 1
    with pytest.raises(DatasetError, match="no table or view quote;"):
        read("quote", processed)


def test_table_in_parts_reads_like_one_file(processed: Path) -> None:
    whole = read("quotes", processed)
    (processed / "quotes").mkdir()
    (processed / "quotes.parquet").unlink()
    for number, part in enumerate(whole.iter_slices(2)):
        part.write_parquet(processed / "quotes" / f"part-{number:05}.parquet")
    assert read("quotes", processed).equals(whole)
    with connect(processed) as connection:
        assert connection.table("quotes").pl().equals(whole)
    with duckdb.connect() as shell:
        shell.execute(f"SET file_search_path = '{processed.parent / 'plain'}'")
        processed.rename(processed.parent / "plain")
        shell.execute(views_sql("none", parts=["quotes"]))
        assert shell.table("quotes").pl().equals(whole)


def test_views_sql_works_from_any_folder(processed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "data" / "processed", tmp_path / "elsewhere"
    here.parent.mkdir()
    elsewhere.mkdir()
    processed.rename(here)
    (here / "views.sql").write_text(views_sql("none"), encoding="utf-8")
    for folder, first in ((here, ""), (tmp_path, ""), (elsewhere, f"SET file_search_path = '{here}'")):
        monkeypatch.chdir(folder)
        with duckdb.connect() as shell:
            shell.execute(first)
            shell.execute((here / "views.sql").read_text(encoding="utf-8"))
            assert shell.execute("SELECT count(*) FROM who_said_what").fetchone() == (2,)
            commented = "SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
            assert shell.execute(commented).fetchone() == (0,)
    monkeypatch.chdir(elsewhere)
    with duckdb.connect() as shell, pytest.raises(duckdb.Error, match="say where it is"):
        shell.execute((here / "views.sql").read_text(encoding="utf-8"))


def test_folder_without_dataset_says_what_to_do(tmp_path: Path, processed: Path) -> None:
    with pytest.raises(DatasetError, match="holds no dataset; `iraqtalks build"):
        connect(tmp_path / "nowhere")
    (processed / "quotes.parquet").unlink()
    with pytest.raises(DatasetError, match="lacks quotes; build it again"):
        connect(processed)


def test_views_hold_on_a_dataset_without_rows(processed: Path) -> None:
    for table in TABLES:
        frame(table).write_parquet(processed / f"{table}.parquet")
    for view in VIEWS:
        assert read(view, processed).is_empty()
        assert pl.Null not in read(view, processed).dtypes
