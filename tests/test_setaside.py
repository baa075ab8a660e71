"""An article of which a bug makes rows that break the contract is set aside, loudly; the others are not."""

import json
from pathlib import Path
from typing import Any

import pytest
from building import build

from iraqtalks import shard, store
from iraqtalks.cli import report, warn
from iraqtalks.errors import NoUsableArticleError
from iraqtalks.extraction.model import Extraction
from iraqtalks.extraction.rows import to_rows
from iraqtalks.quality import Build, Quality

TEXTS = {
    "pont": "La maire de Valbrume, Odile Ferrand, a déclaré que le pont fermerait.",
    "quai": "« Le quai tient », a déclaré Odile Ferrand à Valbrume.",
    "port": "Le préfet Jean Delorme a dit que le port rouvrirait.",
}


def write(raw: Path, *names: str) -> Path:
    raw.mkdir()
    lines = [json.dumps({"id": name, "text": TEXTS[name], "language": "fr"}) for name in names]
    (raw / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return raw


def with_bug(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the extraction move every mention of the articles by a character, as a bug might."""

    def moved(extraction: Extraction) -> dict[str, list[dict[str, Any]]]:
        rows = to_rows(extraction)
        if extraction.reading.article.source_key in names:
            rows["mentions"] = [{**row, "start": row["start"] + 1} for row in rows["mentions"]]
        return rows

    monkeypatch.setattr(shard, "to_rows", moved)


def test_an_article_is_set_aside_and_named_and_the_others_are_as_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(write(tmp_path / "few", "quai"), tmp_path / "without")
    with_bug(monkeypatch, "pont", "port")
    raw, processed = write(tmp_path / "raw", *TEXTS), tmp_path / "processed"
    assert build(raw, processed).quality.rejects == {"breaks_contract": 1}
    # The rows are kept, since only the whole dataset is checked; their fault is found again.
    again = build(raw, processed)
    assert (again.reused, again.changed) == (3, False)
    tables, without = store.read_tables(processed), store.read_tables(tmp_path / "without")
    for table in tables.keys() - {"rejects"}:
        assert tables[table].equals(without[table]), table
    ((path, record, reason, detail),) = tables["rejects"].rows()
    assert (path, record, reason) == ("all.jsonl", 0, "breaks_contract")
    assert detail.startswith(
        "was set aside, since rows made of it break the dataset's contract (pont: mentions.text [mention_id=m-"
    )
    assert "is not articles.text[start:end]" in detail
    assert "; port: mentions.text" in detail
    assert "This is a fault of IraqTalks" in detail


def test_articles_whose_breaches_are_told_in_short_are_set_aside_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"pont-{number:02}" for number in range(31)]
    lines = [json.dumps({"id": name, "text": f"{TEXTS['pont']} {name}.", "language": "fr"}) for name in names]
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with_bug(monkeypatch, *names[1:])
    build(tmp_path / "raw", tmp_path / "processed")
    tables = store.read_tables(tmp_path / "processed")
    assert tables["articles"]["source_key"].to_list() == names[:1]
    assert "; 10 more articles)" in tables["rejects"]["detail"].item()


def test_an_article_is_found_by_a_part_in_its_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def misread(extraction: Extraction) -> dict[str, list[dict[str, Any]]]:
        rows = to_rows(extraction)
        if extraction.reading.article.source_key == "retrait":
            rows["event_participants"] = [{**row, "role": "guest"} for row in rows["event_participants"]]
            assert rows["event_participants"]
        return rows

    monkeypatch.setattr(shard, "to_rows", misread)
    raw = write(tmp_path / "raw", "quai")
    (raw / "retrait.txt").write_text("La Norvège exige le retrait des troupes suédoises.", encoding="utf-8")
    (raw / "retrait.json").write_text('{"id": "retrait", "language": "fr"}', encoding="utf-8")
    build(raw, tmp_path / "processed")
    tables = store.read_tables(tmp_path / "processed")
    assert tables["articles"]["source_key"].to_list() == ["quai"]
    assert "(retrait: event_participants.role" in tables["rejects"]["detail"].item()


def test_nothing_is_published_where_no_article_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_bug(monkeypatch, *TEXTS)
    with pytest.raises(
        NoUsableArticleError, match=r"not one article could be used:\n  was set aside.*a fault of IraqTalks"
    ):
        build(write(tmp_path / "raw", *TEXTS), tmp_path / "processed")
    assert not (tmp_path / "processed").exists()


def test_the_command_says_that_it_is_our_fault(capsys: pytest.CaptureFixture[str]) -> None:
    quality = Quality({"articles": 1}, {}, {"breaks_contract": 1})
    report(Path("out"), Build(quality, changed=True, reused=0))
    warn(quality.rejects)
    said = capsys.readouterr()
    assert said.out == "out: 1 articles\n"
    assert "set aside by a fault of IraqTalks" in said.err
