"""The evaluation page: it is what is measured today, shows no word of a text that is not ours, and keeps hostile text tame."""

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from golds import ROOT, SHARED
from test_evaluate import TEXT, gold, rows_of
from typer.testing import CliRunner

from iraqtalks.cli import app
from iraqtalks.evaluation import Report, Source, load_gold, load_texts, merge, score
from iraqtalks.evaluation.attribution import confusion
from iraqtalks.evaluation.page import Measured, evaluation_page, measure, section

PAGE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
GOLDS = sorted((ROOT / "tests" / "gold").glob("*.json"))
STALE = "run `make evaluation`"


def test_the_part_on_the_seed_article_is_not_stale() -> None:
    """The one text that is in the repository is measured wherever the tests run."""
    measured = measure(ROOT / "tests" / "gold" / "seed.json", load_texts([ROOT / "data" / "raw"]), {})
    assert section(measured) in PAGE, STALE


def test_every_gold_file_is_on_the_page_as_it_is_now() -> None:
    parts = re.findall(r"^## (\S+\.json)\n\n.*SHA-256 of the annotation: `(\w+)`", PAGE, re.MULTILINE)
    assert sorted(parts) == [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in GOLDS], STALE


@pytest.mark.skipif(
    "IRAQTALKS_SHARED" not in os.environ,
    reason="compares to the single case, which another machine may round to another; IRAQTALKS_SHARED asks for it",
)
def test_the_page_is_not_stale() -> None:
    texts, closed = load_texts([ROOT / "data" / "raw"]), load_texts([SHARED / "corpus"])
    assert evaluation_page(measure(path, texts, closed) for path in GOLDS) == PAGE, STALE


@pytest.mark.skipif(not SHARED.exists(), reason="needs the texts that must not be on the page")
def test_no_stretch_of_a_text_that_is_not_ours_is_on_the_page() -> None:
    """Names may be; eight words in a row are none."""
    shown = {tuple(words) for words in _stretches(PAGE)}
    texts = load_texts([SHARED / "corpus"])
    golds = [load_gold(path) for path in GOLDS]
    annotated = {article for gold in golds for article in gold}
    names = {
        tuple(stretch)
        for gold in golds
        for annotation in gold.values()
        for actor in annotation["actors"]
        for stretch in _stretches(actor["name"])
    }
    copied = [
        stretch
        for name in annotated & texts.keys()
        for stretch in _stretches(texts[name].text)
        if tuple(stretch) in shown - names
    ]
    assert copied == []


def _stretches(text: str, length: int = 8) -> list[list[str]]:
    words = re.findall(r"\w+", text)
    return [words[start : start + length] for start in range(len(words) - length + 1)]


def measured(
    annotation: dict[str, Any], rows: dict[str, list[dict[str, Any]]], *, closed: bool, text: str = TEXT
) -> Measured:
    report = score({"pont": annotation}, {"pont": rows}, {"pont": text})
    return Measured("pont.json", "0" * 64, frozenset({"pont"} if closed else ()), {"pont": report})


def test_the_words_of_closed_texts_are_left_out() -> None:
    rows = rows_of(gold(), TEXT)
    rows["quote_segments"][1]["start"] += len("le pont ")
    rows["quotes"][1]["text"] = "soit fermé"
    shown, hidden = (section(measured(gold(), rows, closed=closed)) for closed in (False, True))
    assert "| words |" in shown
    assert "le pont soit fermé" in shown
    assert ": soit fermé" in shown
    assert "| words |" not in hidden
    assert "fermé" not in hidden
    assert (
        len(re.findall(r"^\| pont \|", hidden, re.MULTILINE))
        == len(re.findall(r"^\| pont \|", shown, re.MULTILINE))
        > 0
    )


def test_text_cannot_break_out_of_its_cell() -> None:
    text = "Le | pont\n<script>*`x`*</script> [tient](https://pont.example)\x1b est là."
    annotation = {"dates": [{"start": 0, "end": len(text), "date": "2019"}]}
    (row,) = re.findall(r"^\| pont \|.*$", section(measured(annotation, {}, closed=False, text=text)), re.MULTILINE)
    assert len(re.findall(r"(?<!\\)\|", row)) == 8
    assert r"\<script\>\*\`x\`\*\</script\> \[tient\](https://pont.example)" + "\ufffd" in row


def test_all_errors_of_a_report_are_listed() -> None:
    rows = rows_of(gold(), TEXT)
    rows["quotes"][0].update(speaker_id="mayor", said_to_id=None)
    rows["mentions"][1]["actor_id"] = "mayor"
    rows["event_mentions"][0].update(status="asserted", date=None)
    rows["date_mentions"] = []
    one = measured(gold(), rows, closed=False)
    listed = re.findall(r"^\| pont \| \S+ \| ([^|]+) \|", section(one), re.MULTILINE)
    assert sorted(listed) == sorted(error.problem for error in one.report.errors)
    assert {"wrong speaker", "missed said_to", "wrong actor", "wrong status", "wrong date", "missed"} <= set(listed)


def test_speakers_are_counted_by_form_and_confused_by_class() -> None:
    rows = rows_of(gold(), TEXT)
    for row in rows["actors"]:
        row["kind"] = {"anonymous-neighbour": "anonymous", "courrier-de-valbrume": "media"}.get(
            row["actor_id"], "person"
        )
    assert confusion(measured(gold(), rows, closed=True).report.speakers) == {
        "person": {"right": 1},
        "unnamed source": {"right": 1},
    }
    rows["quotes"][0]["speaker_id"] = "courrier-de-valbrume"
    rows["quotes"][1].update(speaker_id=None, speaker_anonymous=False)
    report = measured(gold(), rows, closed=True).report
    assert confusion(report.speakers) == {"person": {"body or group": 1}, "unnamed source": {"nobody": 1}}
    assert report.shares["quotes", "speaker right, names"].to_dict() == {"share": 0.0, "right": 0, "of": 1}
    assert confusion(measured(gold(), {}, closed=True).report.speakers)["person"] == {"quote not found": 1}


@pytest.mark.parametrize(
    ("words", "name", "form"),
    [
        ("Odile Ferrand", "Odile Ferrand", "names"),
        ("le maire Ferrand", "Odile Ferrand", "names"),
        ("Mme Ferand", "Odile Ferrand", "names"),
        ("le préfet Anselme Roque", "Prefect", "names"),
        ("le Courrier", "Courrier de Valbrume", "names"),
        ("le maire", "Odile Ferrand", "descriptions"),
        ("le Premier ministre", "Odile Ferrand", "descriptions"),
        ("le ministère de l’Eau", "Ministry of Water", "descriptions"),
        ("une élue à Tirnova", "Odile Ferrand", "descriptions"),
        ("elle", "Odile Ferrand", "pronouns"),
        (None, "Odile Ferrand", "elided"),
    ],
)
def test_the_form_that_names_a_speaker(words: str | None, name: str, form: str) -> None:
    text = f"« Rien », a dit {words}."
    quote: dict[str, Any] = {
        "id": "q1", "segments": [[2, 6]], "kind": "direct", "cue": None, "speaker": "somebody", "anonymous": False,
        "speaker_mention": None if words is None else [16, 16 + len(words)],
    }  # fmt: skip
    actors = [{"key": "somebody", "name": name, "kind": "person", "mentions": []}]
    report = score({"a": {"quotes": [quote], "actors": actors}}, {"a": {}}, {"a": text})
    asked = {name.removeprefix("speaker right, "): share.of for (_, name), share in report.shares.items()}
    assert {name for name in ("names", "descriptions", "pronouns", "elided") if asked[name]} == {form}


def test_merging_counts_everything_of_every_report() -> None:
    one = measured(gold(), rows_of(gold(), TEXT), closed=True).report
    nothing = measured(gold(), {}, closed=True).report
    whole = merge([one, nothing])
    assert whole.found["quotes", "close"].recall.to_dict() == {"share": 0.5, "right": 2, "of": 4}
    assert whole.rules["quotes", "test.rule"].of == 2
    assert (len(whole.errors), len(whole.speakers)) == (len(nothing.errors), 4)
    assert merge([]).to_dict() == Report().to_dict()


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    text = "« Le pont tiendra », a déclaré Odile Ferrand."
    (tmp_path / "pont.txt").write_text(text, encoding="utf-8")
    quote = {
        "id": "q1", "segments": [[2, 18]], "kind": "indirect", "cue": [22, 31], "speaker": "odile",
        "speaker_mention": [32, 45], "anonymous": False,
    }  # fmt: skip
    actors = [{"key": "odile", "name": "Odile Ferrand", "kind": "person", "mentions": [[32, 45]]}]
    (tmp_path / "gold.json").write_text(json.dumps({"pont": {"quotes": [quote], "actors": actors}}), encoding="utf-8")
    for option, shown in (("--texts", True), ("--closed-texts", False)):
        arguments = [
            "evaluate",
            str(tmp_path / "gold.json"),
            option,
            str(tmp_path),
            "--page",
            str(tmp_path / "page.md"),
        ]
        if option == "--closed-texts":
            arguments += ["--texts", str(tmp_path / "none")]
            (tmp_path / "none").mkdir()
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
        page = (tmp_path / "page.md").read_text(encoding="utf-8")
        assert "## gold.json" in page
        assert "| pont | 2–18 | wrong kind |" in page
        assert ("Le pont tiendra" in page) == shown
    assert measure(tmp_path / "gold.json", {}, {"pont": Source(text)}).closed == {"pont"}
