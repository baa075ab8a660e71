"""Bad input of every kind, on real files: the run goes on, what is sound is read, and the rejects say why."""

import datetime as dt
import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iraqtalks.extraction.model import Article
from iraqtalks.ingest import read_folder, records, rules
from iraqtalks.ingest.folder import list_folder
from iraqtalks.ingest.model import MAX_TEXT_BYTES, Limits, Reject
from iraqtalks.tables import REJECT_REASONS

TEXT = (
    "La maire de Valbrume, Odile Ferrand, a déclaré que le vieux pont de pierre serait fermé à la circulation pendant"
    " tout l’été. Les commerçants du quartier demandent une réunion."
)
ENGLISH = (
    "The mayor of Valbrume, Odile Ferrand, said that the old stone bridge would be closed to traffic for the whole"
    " summer. Shopkeepers are asking for a meeting."
)


def write(folder: Path, files: dict[str, bytes | str | dict[str, Any]]) -> Path:
    """Write files below the folder: bytes and texts as they are, mappings as JSON."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict):
            path.write_text(json.dumps(content), encoding="utf-8")
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def only(folder: Path) -> tuple[Article, list[tuple[str, int, str]]]:
    """Return the one article of the folder and the rejects without their details."""
    (article,), rejects = read_folder(folder)
    return article, short(rejects)


def short(rejects: list[Reject]) -> list[tuple[str, int, str]]:
    assert {reject.reason for reject in rejects} <= set(REJECT_REASONS)
    return [(reject.raw_path, reject.record, reject.reason) for reject in rejects]


def detail(folder: Path) -> str:
    """Return the detail of the folder's one reject."""
    ((reject),) = read_folder(folder)[1]
    return reject.detail


def test_a_text_with_its_metadata_beside_it(tmp_path: Path) -> None:
    metadata: dict[str, Any] = {
        "id": 17, "title": "Le pont", "outlet": "Courrier de Valbrume", "url": "https://example.org/pont",
        "published_on": "2019-05-04", "retrieved_at": "2019-05-05T08:00:00+02:00", "language": "FR-fr", "licence": None,
        "byline": " ",
    }  # fmt: skip
    article, rejects = only(write(tmp_path, {"a/pont.txt": TEXT, "a/pont.json": metadata}))
    assert rejects == []
    assert article == Article(
        text=TEXT,
        source_key="17",
        raw_path="a/pont.txt",
        title="Le pont",
        outlet="Courrier de Valbrume",
        url="https://example.org/pont",
        published_on=dt.date(2019, 5, 4),
        retrieved_at=dt.datetime(2019, 5, 5, 6, tzinfo=dt.UTC),
        language="fr-FR",
    )
    assert rules(article) == "fr"


@pytest.mark.parametrize(
    ("metadata", "key"),
    [({"id": "x", "url": "https://example.org/1"}, "x"), ({"url": "https://example.org/1"}, "https://example.org/1")],
)
def test_the_source_is_known_by_id_else_url(tmp_path: Path, metadata: dict[str, Any], key: str) -> None:
    assert only(write(tmp_path, {"a.txt": TEXT, "a.json": metadata}))[0].source_key == key


@pytest.mark.parametrize(
    ("declared", "policy", "faulty"),
    [("full", "full", False), (" quotes ", "quotes", False), ("ofsets", "offsets", True), (1, "offsets", True)],
)
def test_a_text_policy_that_cannot_be_read_is_told_and_taken_for_the_strictest(
    tmp_path: Path, declared: object, policy: str, faulty: bool
) -> None:
    article, rejects = only(write(tmp_path, {"a.txt": TEXT, "a.json": {"text_policy": declared}}))
    assert article.text_policy == policy
    assert rejects == ([("a.json", 0, "metadata_value")] if faulty else [])


def test_the_source_is_known_by_its_path_without_metadata(tmp_path: Path) -> None:
    article, _ = only(write(tmp_path, {"b/a.txt": TEXT}))
    assert (article.source_key, article.language, article.published_on) == ("b/a.txt", "fr", None)


def test_lines_of_a_jsonl_are_articles(tmp_path: Path) -> None:
    lines = [
        {"text": TEXT, "id": "one"},
        {"text": TEXT + " Fin.", "url": "https://example.org/2"},
        {"text": TEXT + "!"},
    ]
    content = "\ufeff" + "\n\n".join(json.dumps(line) for line in lines)
    articles, rejects = read_folder(write(tmp_path, {"all.jsonl": content}))
    assert [article.source_key for article in articles] == ["one", "https://example.org/2", "all.jsonl#5"]
    assert {article.raw_path for article in articles} == {"all.jsonl"}
    assert rejects == []


def test_newlines_and_normal_form_are_the_same_for_all_and_nothing_else_changes(tmp_path: Path) -> None:
    raw = "\ufeff  e\u0301te\u0301\r\n\r\n deux\rtrois\u00a0\u2028\t\n"
    article, rejects = only(write(tmp_path, {"a.txt": raw.encode(), "a.json": {"language": "fr"}}))
    assert article.text == "  été\n\n deux\ntrois\u00a0\u2028\t\n"
    assert rejects == []


BAD_FILES = [
    ("empty", b"", "holds no text"),
    ("empty", b"\xef\xbb\xbf \r\n", "holds no text"),
    ("binary", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
    ("binary", b"%PDF-1.7\n" + bytes(range(256)), "PDF"),
    ("binary", bytes(range(256)) * 8, "control characters"),
    ("encoding", TEXT.encode("utf-16-be"), "UTF-16BE"),
    ("encoding", TEXT.encode("mac_roman"), "MACINTOSH"),
    ("encoding", TEXT.replace("’", "'").encode("cp850"), "CP850"),
    ("encoding", TEXT.encode()[:-1] + b"\xc3 " + "été".encode(), "all but 1"),
    ("nul_bytes", TEXT.encode()[:40] + b"\0" + TEXT.encode()[40:], "1 NUL"),
    ("too_large", b"a" * (MAX_TEXT_BYTES + 1), "5,000,000"),
]


@pytest.mark.parametrize(("reason", "content", "hint"), BAD_FILES)
def test_a_file_that_is_no_text_is_rejected_and_the_others_are_read(
    tmp_path: Path, reason: str, content: bytes, hint: str
) -> None:
    folder = write(tmp_path, {"bad.txt": content, "good.txt": TEXT})
    article, rejects = only(folder)
    assert article.raw_path == "good.txt"
    assert rejects == [("bad.txt", 0, reason)]
    assert hint in detail(folder)


BAD_METADATA = [
    ("metadata_syntax", '{"outlet": "Courrier",}', "is not JSON"),
    ("metadata_syntax", "[]", "must be a JSON object"),
    ("metadata_syntax", '{"outlet": "Courrier", "outlet": "Gazette"}', "twice"),
    ("metadata_syntax", "[" * 100_000, "not usable JSON"),
    ("metadata_syntax", b'{"outlet": "T\x82l\x82"}', "is not UTF-8"),
    ("metadata_syntax", b"", "holds no text"),
    (
        "metadata_value",
        '{"outlet": "Courrier", "published_on": "4 mai 2019"}',
        "published_on must be a date as 2021-07-25",
    ),
    ("metadata_value", '{"outlet": "Courrier", "published_on": "2019-02-30"}', 'published_on is no date: "2019-02-30"'),
    ("metadata_value", '{"outlet": "Courrier", "published_on": "0219-02-03"}', "cannot be in the year 219"),
    ("metadata_value", '{"outlet": "Courrier", "published_on": 20190504}', "must be a text"),
    ("metadata_value", '{"outlet": "Courrier", "retrieved_at": "hier"}', "retrieved_at must be a time"),
    ("metadata_value", '{"outlet": "Courrier", "language": "français"}', "BCP 47"),
    ("metadata_value", '{"outlet": "Courrier", "title": ["Le pont"]}', "title must be a text"),
    ("metadata_value", '{"outlet": "Courrier", "title": "\\ud83c"}', "surrogate"),
    ("metadata_value", '{"outlet": "Courrier", "byline": "a\\u0000b"}', "control characters"),
    ("metadata_key", '{"outlet": "Courrier", "publised_on": "2019-05-04"}', "did you mean published_on?"),
    ("metadata_key", '{"outlet": "Courrier", "mood": "gloomy"}', "known are id, title"),
]


@pytest.mark.parametrize(("reason", "content", "hint"), BAD_METADATA)
def test_faulty_metadata_cost_the_faulty_part_alone(
    tmp_path: Path, reason: str, content: bytes | str, hint: str
) -> None:
    folder = write(tmp_path, {"a.txt": TEXT, "a.json": content})
    article, rejects = only(folder)
    assert rejects == [("a.json", 0, reason)]
    assert hint in detail(folder)
    assert article.text == TEXT
    assert (article.title, article.published_on, article.retrieved_at, article.language) == (None, None, None, "fr")
    assert article.outlet == (None if reason == "metadata_syntax" else "Courrier")


def test_several_faults_of_one_kind_make_one_row(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.txt": TEXT, "a.json": {"title": 1, "byline": 2}})
    assert detail(folder) == "title must be a text, not 1; byline must be a text, not 2"


def test_a_time_of_day_in_the_publication_date_does_not_matter(tmp_path: Path) -> None:
    metadata = {"published_on": "2019-05-04T23:30:00-05:00"}
    article, rejects = only(write(tmp_path, {"a.txt": TEXT, "a.json": metadata}))
    assert (article.published_on, rejects) == (dt.date(2019, 5, 4), [])


BAD_LINES = [
    ("record_syntax", '{"text": "a"', "is not JSON"),
    ("record_syntax", '"a"', "must be a JSON object"),
    ("record_value", "{}", "has no text"),
    ("record_value", '{"text": ["a"]}', "has no text"),
    ("empty", '{"text": " \\n"}', "holds no text"),
    ("nul_bytes", '{"text": "a\\u0000b"}', "1 NUL"),
    ("encoding", '{"text": "a\\ud800b"}', "surrogate"),
    ("encoding", '{"text": "été à la télé"}'.encode("cp850"), "is not UTF-8"),
    ("too_large", json.dumps({"text": "a" * (MAX_TEXT_BYTES + 1)}), "5,000,001 bytes"),
    ("too_large", json.dumps({"text": "a", "title": "b" * (6 * MAX_TEXT_BYTES + 2_000_000)}), "is a line of more than"),
]


@pytest.mark.parametrize(("reason", "line", "hint"), BAD_LINES)
def test_a_broken_line_costs_none_of_the_others(tmp_path: Path, reason: str, line: bytes | str, hint: str) -> None:
    bad = line.encode() if isinstance(line, str) else line
    good = [json.dumps({"text": TEXT + str(number), "id": number}).encode() for number in range(2)]
    folder = write(tmp_path, {"a.jsonl": b"\n".join([good[0], bad, good[1]])})
    articles, rejects = read_folder(folder)
    assert [article.source_key for article in articles] == ["0", "1"]
    assert short(rejects) == [("a.jsonl", 2, reason)]
    assert hint in detail(folder)


def test_faulty_metadata_of_a_line_are_told_with_its_number(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT, "published_on": "never"})
    assert only(write(tmp_path, {"a.jsonl": "\n" + line}))[1] == [("a.jsonl", 2, "metadata_value")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\n \n", "empty"), (b"\x1f\x8b" + bytes(100), "archive"), (b"GIF89a" + bytes(100), "binary")],
)
def test_a_jsonl_without_records_is_rejected_as_a_whole(tmp_path: Path, content: bytes, reason: str) -> None:
    assert only(write(tmp_path, {"a.jsonl": content, "b.txt": TEXT}))[1] == [("a.jsonl", 0, reason)]


def test_the_same_id_twice_keeps_the_first_by_path(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        {
            "b.txt": TEXT,
            "b.json": {"id": "x"},
            "a.jsonl": json.dumps({"text": TEXT + " Fin.", "id": "x"}),
            "c.txt": TEXT,
        },
    )
    articles, rejects = read_folder(folder)
    assert [article.raw_path for article in articles] == ["a.jsonl", "c.txt"]
    assert short(rejects) == [("b.txt", 0, "duplicate_id")]
    assert rejects[0].detail == "has the id x, as has a.jsonl, record 1, which is kept"


def test_the_same_url_twice_is_another_version_unless_the_text_is_the_same(tmp_path: Path) -> None:
    lines = [json.dumps({"text": text, "url": "https://example.org/1"}) for text in (TEXT, TEXT + " Fin.", TEXT)]
    articles, rejects = read_folder(write(tmp_path, {"a.jsonl": "\n".join(lines)}))
    assert [article.text for article in articles] == [TEXT, TEXT + " Fin."]
    assert short(rejects) == [("a.jsonl", 3, "duplicate_id")]


@pytest.mark.parametrize(
    ("words", "metadata", "language", "hint"),
    [
        (ENGLISH, {}, "en", "without rules yet (en)"),
        (TEXT, {"language": "ku"}, "ku", "without rules yet (ku)"),
        ("Valbrume.", {}, None, "cannot tell"),
    ],
)
def test_an_article_without_rules_is_kept_and_told(
    tmp_path: Path, words: str, metadata: dict[str, Any], language: str | None, hint: str
) -> None:
    folder = write(tmp_path, {"a.txt": words, "a.json": metadata})
    article, rejects = only(folder)
    assert (article.text, article.language, rules(article)) == (words, language, None)
    assert rejects == [("a.txt", 0, "language_without_rules")]
    assert hint in detail(folder)


def test_what_no_reader_knows_and_metadata_without_a_text_are_told(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"a.txt": TEXT, "b.json": {"outlet": "Courrier"}, "c.docx": "x", "README": "x", ".hidden": "x"}
    )
    assert only(folder)[1] == [
        ("README", 0, "unknown_format"),
        ("b.json", 0, "metadata_without_text"),
        ("c.docx", 0, "unknown_format"),
    ]


def test_extensions_in_capitals_are_known(tmp_path: Path) -> None:
    article, rejects = only(write(tmp_path, {"A.TXT": TEXT, "A.JSON": {"id": "x"}}))
    assert (article.source_key, rejects) == ("x", [])


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    raw = write(tmp_path / "raw", {"a.txt": TEXT, "deep/b.txt": TEXT + " Fin."})
    outside = write(tmp_path / "outside", {"secret.txt": TEXT, "metadata.json": {"id": "secret"}})
    (raw / "c.txt").symlink_to(outside / "secret.txt")
    (raw / "d").symlink_to(outside)
    (raw / "a.json").symlink_to(outside / "metadata.json")
    (raw / "lost.txt").symlink_to(raw / "nowhere.txt")
    (raw / "again").symlink_to(raw / "deep")
    (raw / "loop.txt").symlink_to(raw / "loop.txt")
    articles, rejects = read_folder(raw)
    assert [article.source_key for article in articles] == ["a.txt", "deep/b.txt"]
    assert short(rejects) == [
        ("a.json", 0, "outside_folder"),
        ("c.txt", 0, "outside_folder"),
        ("d", 0, "outside_folder"),
        ("loop.txt", 0, "unreadable"),
        ("lost.txt", 0, "unreadable"),
    ]


def test_pipes_and_sockets_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path, {"a.txt": TEXT})
    os.mkfifo(folder / "pipe.txt")
    # The address of a socket is short: its path must be relative.
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.txt")
        assert only(folder)[1] == [("pipe.txt", 0, "unreadable"), ("s.txt", 0, "unreadable")]


def test_a_file_that_goes_away_before_it_is_read_is_unreadable(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.txt": TEXT, "gone.txt": TEXT})
    listed, _ = list_folder(folder, Limits())
    (folder / "gone.txt").unlink()
    assert [list(short(list(record.rejects))) for _, record in records(listed, 1)] == [
        [],
        [("gone.txt", 0, "unreadable")],
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_and_a_folder_without_permission_are_told(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT, "c/d.txt": TEXT})
    (folder / "b.txt").chmod(0)
    (folder / "c").chmod(0)
    try:
        assert only(folder)[1] == [("b.txt", 0, "unreadable"), ("c", 0, "unreadable")]
    finally:
        (folder / "c").chmod(0o700)


def test_a_name_that_is_no_unicode_is_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xe9t\xe9.txt")).write_text(TEXT, encoding="utf-8")
    assert only(tmp_path)[0].source_key == r"\xe9t\xe9.txt"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(order=st.permutations(["b.txt", "a.jsonl", "c/a.txt", "c.txt", "é.txt"]))
def test_the_order_of_the_file_system_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("raw")
    for name in order:
        write(folder, {name: json.dumps({"text": TEXT + name, "x": 1}) if name.endswith("l") else TEXT + name})
    articles, rejects = read_folder(folder)
    assert [article.raw_path for article in articles] == ["a.jsonl", "b.txt", "c.txt", "c/a.txt", "é.txt"]
    assert short(rejects) == [("a.jsonl", 1, "metadata_key")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.jsonl", "a.json"]))
def test_no_bytes_stop_the_run_or_are_lost(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    folder = write(tmp_path_factory.mktemp("raw"), {name: content})
    articles, rejects = read_folder(folder)
    assert articles or rejects


def test_every_reason_is_explained_to_users() -> None:
    page = (Path(__file__).parents[2] / "docs" / "input.md").read_text(encoding="utf-8")
    assert [reason for reason in REJECT_REASONS if f"`{reason}`" not in page] == []
