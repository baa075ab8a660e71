"""Corrections: read from YAML, guarded, put into the data, checked and shown in it."""

import sys
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from building import build

from iraqtalks import checks, store
from iraqtalks.amend import Amended, amend, refuse_left, told
from iraqtalks.cli import main
from iraqtalks.corrections import read_corrections
from iraqtalks.errors import CorrectionError

Frames = Mapping[str, pl.DataFrame]

EVENT = (
    "Odile Ferrand a rencontré le président iranien Jean Delorme à Bagdad en avril 2019."
    " « Le pont tient », a déclaré Odile Ferrand. Elle a dit que la route était « coupée »."
)
WHO = "  reason: The preacher of the next line says it.\n  reported_by: A. Reader\n"


def written(folder: Path, *entries: str) -> Path:
    """Write entries of a corrections file, each without its reason and reporter, and return the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "some.yml").write_text("".join(f"- {entry.strip()}\n{WHO}" for entry in entries), encoding="utf-8")
    return folder


def amended(frames: Frames, folder: Path, *entries: str) -> Amended:
    found = amend(frames, read_corrections(written(folder, *entries)))
    refuse_left(found.left)
    return found


# -- what they change ------------------------------------------------------------------------------------------------------


def test_a_value_is_set_and_shown(frames: Frames, tmp_path: Path) -> None:
    entry = (
        "table: quotes\n  key: {quote_id: q1}\n  expect: {act: say, negated: false}\n  set: {act: deny, negated: yes}"
    )
    found = amended(frames, tmp_path, entry)
    quotes = found.frames["quotes"]
    assert quotes.filter(quote_id="q1").select("act", "negated").row(0) == ("deny", True)
    others = pl.col("quote_id") != "q1"
    assert quotes.filter(others).equals(frames["quotes"].filter(others))
    shown = told(found.done)
    assert shown.drop("correction_id").sort("column_name").rows() == [
        ("quotes", "q1", "act", "say", "deny", "The preacher of the next line says it.", "A. Reader"),
        ("quotes", "q1", "negated", "false", "true", "The preacher of the next line says it.", "A. Reader"),
    ]
    assert checks.check({**found.frames, "corrections": shown}) == []


def test_with_a_date_go_the_days_that_follow_from_it(frames: Frames, tmp_path: Path) -> None:
    entry = (
        "table: date_mentions\n  key: {date_mention_id: d2}\n  expect: {date: null, date_basis: null}\n"
        "  set: {date: 2019-05-04, date_basis: inferred}"
    )
    found = amended(frames, tmp_path, entry)
    assert checks.check(found.frames) == []
    assert found.frames["date_mentions"].filter(date_mention_id="d2")["date"].item() == "2019-05-04"
    entry = "table: date_mentions\n  key: {date_mention_id: d1}\n  expect: {date: 2019-04}\n  set: {date: null}"
    found = amended(frames, tmp_path, entry)
    assert checks.check(found.frames) == []
    assert found.frames["date_mentions"]["date"].null_count() == 2


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ("table: quotes\n  key: {quote_id: q1}\n  expect: {kind: direct}", {"quotes": 2, "quote_segments": 2}),
        (
            "table: event_mentions\n  key: {event_mention_id: em1}\n  expect: {type: CONSULT}",
            {"event_mentions": 0, "event_participants": 0},
        ),
        # The quote stays, and no longer names the words for its speaker.
        ("table: mentions\n  key: {mention_id: m1}\n  expect: {form: name}", {"mentions": 0, "quotes": 3}),
        (
            "table: quote_segments\n  key: {quote_id: q1, segment: 1}\n  expect: {text: pas de panique}",
            {"quote_segments": 3, "quotes": 3},
        ),
        (
            "table: articles\n  key: {article_id: a1}\n  expect: {language: fr}",
            {"articles": 0, "blocks": 0, "quotes": 0, "mentions": 0, "actor_roles": 1, "rejects": 1},
        ),
    ],
)
def test_a_row_is_taken_away_with_what_cannot_be_without_it(
    frames: Frames, tmp_path: Path, entry: str, left: dict[str, int]
) -> None:
    found = amended(frames, tmp_path, f"{entry}\n  drop: true")
    assert {table: found.frames[table].height for table in left} == left
    assert all("is not in" not in violation.message for violation in checks.check(found.frames))
    assert told(found.done).select("column_name", "extracted", "corrected").row(0) == (None, None, None)


# -- their guards ----------------------------------------------------------------------------------------------------------


def test_a_guard_fails_where_something_else_is_extracted_now(frames: Frames, tmp_path: Path) -> None:
    first = "table: quotes\n  key: {quote_id: q1}\n  expect: {act: ask}\n  set: {act: deny}"
    second = "table: mentions\n  key: {mention_id: m1}\n  expect: {form: pronoun}\n  drop: true"
    with pytest.raises(CorrectionError) as error:
        amended(frames, tmp_path, first, second)
    assert str(error.value).splitlines() == [
        "corrections no longer fit what is extracted; look at them again; nothing has been published:",
        "  some.yml #1: quotes.act of q1 is 'say' now, not 'ask'",
        "  some.yml #2: mentions.form of m1 is 'name' now, not 'pronoun'",
    ]


def test_a_row_that_is_not_found_any_more_is_told(frames: Frames, tmp_path: Path) -> None:
    entry = "table: quote_segments\n  key: {quote_id: q1, segment: 7}\n  expect: {text: x}\n  drop: true"
    with pytest.raises(CorrectionError, match=r"some\.yml #1: there is no row q1 · 7 in quote_segments any more"):
        amended(frames, tmp_path, entry)


QUOTE = "table: quotes\n  key: {quote_id: q1}\n  expect: {act: say}\n"
FAULTS = [
    ("table: quotations\n  key: {a: b}\n  expect: {a: b}\n  drop: true", "there is no table quotations to correct"),
    ("table: rejects\n  key: {a: b}\n  expect: {a: b}\n  drop: true", "there is no table rejects to correct"),
    (QUOTE + "  replace: {act: deny}", "unknown key replace; there are table, key, expect"),
    ("table: quotes\n  key: {quote_id: q1}\n  set: {act: deny}", "lacks expect"),
    (QUOTE, "must have either `set` with the new values or `drop: true`"),
    (QUOTE + "  drop: false", "must have either `set`"),
    (QUOTE + "  drop: true\n  set: {act: deny}", "must have either `set`"),
    (QUOTE + "  set: {negated: true}", "expect must say what is extracted today as negated"),
    (QUOTE + "  set: {}", "set must give a value"),
    (QUOTE + "  set: {verb: deny}", "set: quotes has no column verb; it has quote_id"),
    (QUOTE + "  set: {act: 5}", "set.act must be a text: put it in quotation marks; it is 5"),
    (QUOTE + "  set: {quote_id: q9}", "quote_id cannot be set"),
    (QUOTE + "  set: deny", "set must be a mapping of columns to values"),
    ("table: quotes\n  key: {quote: q1}\n  expect: {act: say}\n  drop: true", "key: quotes has no column quote;"),
    ("table: quotes\n  key: {act: say}\n  expect: {act: say}\n  drop: true", "key must have exactly quote_id"),
    (QUOTE.replace("act: say", "kind: spoken") + "  drop: true", "expect.kind must be one of direct, indirect, mixed"),
    (QUOTE.replace("act: say", "negated: 1") + "  drop: true", "expect.negated must be true or false; it is 1"),
    (QUOTE.replace("act: say", "start: one") + "  drop: true", "expect.start must be a whole number; it is 'one'"),
    (QUOTE.replace("act: say", "confidence: high") + "  drop: true", "expect.confidence must be a number"),
    (
        "table: articles\n  key: {article_id: a1}\n  expect: {published_on: yesterday}\n  drop: true",
        "expect.published_on must be a day as 2021-07-25; it is 'yesterday'",
    ),
    (
        "table: articles\n  key: {article_id: a1}\n  expect: {duplicate_of: null}\n  set: {duplicate_of: a2}",
        "duplicate_of cannot be set: it follows from other rows",
    ),
    (
        "table: events\n  key: {event_id: e1}\n  expect: {date_end: 2019-04-30}\n  set: {date_end: 2019-04-29}",
        "date_end cannot be set: set date, from which they follow",
    ),
    ("table: events\n  key: {event_id: e1}\n  expect: {date: 2019-04}\n  set: {date: April}", "'April'"),
]


@pytest.mark.parametrize(("entry", "message"), FAULTS)
def test_a_faulty_entry_is_told_by_file_and_number(tmp_path: Path, entry: str, message: str) -> None:
    sound = "table: quotes\n  key: {quote_id: q2}\n  expect: {act: say}\n  drop: true"
    with pytest.raises(CorrectionError) as error:
        read_corrections(written(tmp_path, sound, entry))
    first, line = str(error.value).splitlines()
    assert first == "the corrections cannot be used; nothing has been published:"
    assert line.startswith("  some.yml #2: ")
    assert message in line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- [", "some.yml: is not YAML"),
        ("table: quotes", "some.yml: must hold a list of corrections"),
        ("- quotes", "some.yml #1: must be a mapping with table, key"),
        (f"- {QUOTE}  drop: true\n  reason: 5\n  reported_by: A. Reader\n", "reason must be a text"),
        (
            f"- {QUOTE}  drop: true\n{WHO}- {QUOTE}  set: {{act: deny}}\n{WHO}",
            "some.yml #2: corrects the same row as some.yml #1",
        ),
    ],
)
def test_a_faulty_file_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "some.yml").write_text(text)
    with pytest.raises(CorrectionError) as error:
        read_corrections(tmp_path)
    assert message in str(error.value)


def test_no_folder_an_empty_file_and_comments_are_no_corrections(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "none") == []
    (tmp_path / "empty.yml").write_text("# None yet.\n")
    assert read_corrections(tmp_path) == []


# -- in a build ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Give a raw folder with one article, a dataset built of it, and a folder for corrections."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "pont.txt").write_text(EVENT, encoding="utf-8")
    build(tmp_path / "raw", tmp_path / "processed")
    return tmp_path / "raw", tmp_path / "processed", tmp_path / "corrections"


def test_corrections_survive_rebuilds_and_what_is_linked_follows(folders: tuple[Path, Path, Path]) -> None:
    raw, processed, corrections = folders
    before = store.read_tables(processed)
    (mention,) = before["event_mentions"].filter(type="CONSULT").iter_rows(named=True)
    quote, actor = before["quotes"].row(0, named=True), before["actors"].row(0, named=True)
    written(
        corrections,
        f"table: event_mentions\n  key: {{event_mention_id: {mention['event_mention_id']}}}\n"
        "  expect: {date: 2019-04}\n  set: {date: 2019-04-17}",
        f"table: quotes\n  key: {{quote_id: {quote['quote_id']}}}\n"
        f"  expect: {{speaker_id: {quote['speaker_id']}, speaker_mention_id: {quote['speaker_mention_id']}}}\n"
        "  set: {speaker_id: united-nations, speaker_mention_id: null}",
        f"table: actors\n  key: {{actor_id: {actor['actor_id']}}}\n  expect: {{name_ar: null}}\n  set: {{name_ar: أوديل}}",
    )
    for changed, reused in ((True, 1), (False, 1)):
        built = build(raw, processed, corrections)
        assert (built.changed, built.reused) == (changed, reused)
    tables = store.read_tables(processed)
    event = tables["events"].filter(event_id=mention["event_id"]).row(0, named=True)
    assert (event["date"], str(event["date_start"]), event["date_precision"]) == ("2019-04-17", "2019-04-17", "day")
    assert tables["actors"].filter(actor_id="united-nations").height == 1
    assert tables["actors"].filter(actor_id=actor["actor_id"])["name_ar"].item() == "أوديل"
    assert sorted(tables["corrections"]["table_name"]) == ["actors", "event_mentions", "quotes", "quotes"]
    build(raw, processed)
    assert all(store.read_tables(processed)[table].equals(before[table]) for table in before)


def test_a_correction_that_breaks_the_contract_is_refused(folders: tuple[Path, Path, Path]) -> None:
    raw, processed, corrections = folders
    quote = store.read_tables(processed)["quotes"].filter(kind="mixed").row(0, named=True)
    written(
        corrections,
        f"table: quotes\n  key: {{quote_id: {quote['quote_id']}}}\n  expect: {{kind: mixed}}\n  set: {{kind: direct}}",
    )
    before = {path.name: path.stat().st_mtime_ns for path in processed.iterdir()}
    with pytest.raises(CorrectionError) as error:
        build(raw, processed, corrections)
    assert str(error.value).startswith(
        "with the corrections, rows break the dataset's contract; nothing has been published:"
    )
    assert f"quotes.kind [quote_id={quote['quote_id']}] = 'direct': does not agree" in str(error.value)
    assert {path.name: path.stat().st_mtime_ns for path in processed.iterdir()} == before


def test_the_command_tells_faulty_corrections_before_it_starts(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The flow, which would tell them too, cannot be imported.
    monkeypatch.setitem(sys.modules, "iraqtalks.flows.rebuild", None)
    raw, processed, corrections = folders
    written(corrections, QUOTE)
    with pytest.raises(SystemExit) as end:
        main(["build", "--raw", str(raw), "--processed", str(processed), "--corrections", str(corrections)])
    assert str(end.value.code).startswith(
        "iraqtalks: the corrections cannot be used; nothing has been published:\n  some.yml #1"
    )
