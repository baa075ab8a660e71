"""Scoring by the annotation protocol."""

import gzip
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from iraqtalks import precision
from iraqtalks.cli import app
from iraqtalks.evaluation import Report, calibrate, error_lines, load_gold, load_texts, pair, score
from iraqtalks.evaluation.matching import assign, names_of, normal_name

ROOT = Path(__file__).parent
SEED_GOLD = ROOT / "gold" / "seed.json"
SEED_TEXT = ROOT.parent / "data" / "raw" / "presstv-2021-07-25-663021.txt"

TEXT = (
    "« La rivière monte », a dit Odile Ferrand au Courrier de Valbrume le 3 mai. "
    "Une voisine, elle, a nié que le pont soit fermé. Le maire de Valbrume a promis d’ouvrir l’école."
)


def at(words: str, nth: int = 0) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def gold() -> dict[str, Any]:
    return {
        "article": {"language": "fr", "published_on": "2019-05-04", "outlet": None},
        "quotes": [
            {
                "id": "q1", "segments": [at("La rivière monte")], "kind": "direct", "cue": at("a dit"),
                "speaker": "odile-ferrand", "speaker_mention": at("Odile Ferrand"), "anonymous": False,
                "said_to": "courrier-de-valbrume",
            },
            {
                "id": "q2", "segments": [at("le pont soit fermé")], "kind": "indirect", "cue": at("a nié"),
                "speaker": "anonymous-neighbour", "speaker_mention": at("elle"), "anonymous": True,
            },
            {
                "id": "q3", "segments": [at("ouvrir l’école")], "kind": "indirect", "cue": at("a promis"),
                "speaker": "mayor", "speaker_mention": at("Le maire de Valbrume"), "anonymous": False, "optional": True,
            },
        ],
        "actors": [
            {"key": "odile-ferrand", "name": "Odile Ferrand", "kind": "person", "mentions": [at("Odile Ferrand")]},
            {"key": "courrier-de-valbrume", "name": "Courrier de Valbrume", "kind": "media",
             "mentions": [at("Courrier de Valbrume")]},
            {"key": "anonymous-neighbour", "name": "a neighbour", "kind": "anonymous", "mentions": [at("voisine")]},
            {"key": "mayor", "name": "Mayor", "kind": "person", "mentions": [at("maire de Valbrume")]},
        ],
        "events": [
            {"id": "e1", "span": at("La rivière monte"), "type": "ASSAULT", "mode": None, "source": [],
             "target": ["mayor"], "date": "2019-05-03", "place": "Valbrume", "status": "reported", "reported_by": "q1"},
            {"id": "e2", "span": at("Le maire de Valbrume a promis d’ouvrir l’école"), "type": "AGREE", "mode": None,
             "source": ["mayor"], "target": [], "date": None, "place": None, "status": "asserted", "reported_by": None},
        ],
        "dates": [{"text": "le 3 mai", "date": "2019-05-03", "start": at("le 3 mai")[0], "end": at("le 3 mai")[1]}],
    }  # fmt: skip


def rows_of(annotation: dict[str, Any], text: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of an extraction that finds exactly what is annotated."""

    def span(start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": text[start:end], "rule": "test.rule"}

    rows: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in (
            "quotes", "quote_segments", "actors", "actor_aliases", "mentions", "event_mentions", "event_participants",
            "places", "date_mentions",
        )
    }  # fmt: skip
    for quote in annotation["quotes"]:
        segments = quote["segments"]
        rows["quotes"].append(
            {
                **span(segments[0][0], segments[-1][1]), "quote_id": quote["id"], "kind": quote["kind"],
                "speaker_id": quote["speaker"], "speaker_anonymous": quote["anonymous"],
                "said_to_id": quote.get("said_to"),
            }
        )  # fmt: skip
        for number, segment in enumerate(segments):
            rows["quote_segments"].append({**span(*segment), "quote_id": quote["id"], "segment": number})
    for actor in annotation["actors"]:
        rows["actors"].append({"actor_id": actor["key"], "name": actor["name"], "in_knowledge_base": False})
        rows["mentions"] += [{**span(*m), "actor_id": actor["key"], "form": "name"} for m in actor["mentions"]]
    for event in annotation["events"]:
        rows["event_mentions"].append(
            {
                **span(*event["span"]), "event_mention_id": event["id"], "type": event["type"],
                "status": event["status"], "date": event["date"], "place_id": event["place"],
                "quote_id": event["reported_by"],
            }
        )  # fmt: skip
        rows["event_participants"] += [
            {"event_mention_id": event["id"], "actor_id": actor, "role": role}
            for role in ("source", "target")
            for actor in event[role]
        ]
    for place in sorted({event["place"] for event in annotation["events"]} - {None}):
        rows["places"].append({"place_id": place, "name": place, "name_fr": None, "name_ar": None})
    for entry in annotation.get("dates", ()):
        rows["date_mentions"].append(
            {**span(entry["start"], entry["end"]), "date": entry["date"], "date_start": None, "date_end": None}
        )
    return rows


def scored(rows: dict[str, list[dict[str, Any]]], annotation: dict[str, Any] | None = None) -> Report:
    return score({"a": annotation or gold()}, {"a": rows}, {"a": TEXT})


def problems(report: Report) -> list[tuple[str, str, str]]:
    return [(error.section, error.problem, error.words) for error in report.errors]


def test_what_is_annotated_scores_full_marks() -> None:
    report = scored(rows_of(gold(), TEXT))
    assert report.errors == []
    assert {found.f1 for found in report.found.values() if found.recall.of} == {1.0}
    assert {share.value for share in report.shares.values()} == {1.0, None}
    assert [name for name, share in report.shares.items() if not share.of] == [
        ("quotes", "speaker right, descriptions"),
        ("quotes", "speaker right, elided"),
    ]
    assert report.shares["quotes", "speaker right, names"].of == 1
    assert report.shares["quotes", "speaker right, pronouns"].of == 1
    assert report.shares["quotes", "speaker right, end to end"].of == 2


def test_nothing_found_scores_nothing() -> None:
    report = scored({})
    assert report.found["quotes", "close"].to_dict() == {
        "f1": None,
        "precision": {"share": None, "right": 0, "of": 0},
        "recall": {"share": 0.0, "right": 0, "of": 2},
    }
    assert report.shares["quotes", "speaker right, end to end"].value == 0
    assert ("quotes", "missed", "La rivière monte") in problems(report)
    assert ("quotes", "missed", "ouvrir l’école") not in problems(report), "an optional quote is not missing"


def test_seed_annotation_against_itself_and_its_text() -> None:
    annotations = load_gold(SEED_GOLD)
    sources = pair(annotations, load_texts([SEED_TEXT]))
    source = sources["seed"]
    assert (source.published_on, source.outlet, source.language) == ("2021-07-25", "PressTV", "fr")
    annotation = dict(annotations["seed"])
    report = score(annotations, {"seed": rows_of(annotation, source.text)}, {"seed": source.text})
    assert report.errors == []
    assert report.found["quotes", "exact"].recall.of == 8
    assert report.shares["quotes", "anonymous speakers flagged"].of == 3
    assert report.shares["quotes", "speaker right, pronouns"].of == 5
    assert report.found["dates", "value"].recall.of == 4


def test_close_and_exact_ignore_punctuation_but_not_words() -> None:
    rows = rows_of(gold(), TEXT)
    rows["quote_segments"][0].update(start=at("« La rivière monte »")[0], end=at("« La rivière monte »")[1])
    rows["quote_segments"][1]["start"] = at("pont soit fermé")[0]
    report = scored(rows)
    assert report.found["quotes", "exact"].recall.right == 1, "quotation marks do not count, a lost word does"
    assert report.found["quotes", "close"].recall.right == 2
    rows["quote_segments"][1]["start"] = at("soit fermé")[0]
    report = scored(rows)
    assert report.found["quotes", "close"].recall.right == 1
    assert report.found["quotes", "close"].precision.of == 2
    assert report.shares["quotes", "speaker right, end to end"].right == 1, "a quote that is not close counts as wrong"
    assert ("quotes", "missed", "le pont soit fermé") in problems(report)


def test_kind_figures_follow_the_kind_annotated_and_the_kind_found() -> None:
    rows = rows_of(gold(), TEXT)
    rows["quotes"][0]["kind"] = "mixed"
    report = scored(rows)
    assert report.found["quotes", "close, direct"].recall.value == 1
    assert report.found["quotes", "close, direct"].precision.of == 0
    assert report.found["quotes", "close, mixed"].precision.value == 1
    assert report.shares["quotes", "kind right, of close matches"].right == 2


def test_optional_quotes_are_neither_missing_nor_spurious() -> None:
    rows = rows_of(gold(), TEXT)
    full = scored(rows).found["quotes", "close"].to_dict()
    rows["quotes"] = [row for row in rows["quotes"] if row["quote_id"] != "q3"]
    assert scored(rows).found["quotes", "close"].to_dict() == full


def test_spurious_quote_costs_precision_and_its_rule() -> None:
    rows = rows_of(gold(), TEXT)
    start, end = at("Courrier de Valbrume")
    rows["quotes"].append({**rows["quotes"][0], "quote_id": "q9", "start": start, "end": end, "rule": "test.other"})
    report = scored(rows)
    assert report.found["quotes", "close"].precision.to_dict() == {"share": 2 / 3, "right": 2, "of": 3}
    assert report.rules["quotes", "test.other"].to_dict() == {"share": 0.0, "right": 0, "of": 1}
    assert problems(report) == [("quotes", "spurious", "Courrier de Valbrume")]


def test_wrong_speaker_and_wrong_addressee() -> None:
    rows = rows_of(gold(), TEXT)
    rows["quotes"][0].update(speaker_id="mayor", said_to_id="mayor")
    rows["quotes"][1].update(speaker_id=None, speaker_anonymous=False)
    report = scored(rows)
    assert report.shares["quotes", "speaker right, end to end"].right == 0
    assert report.shares["quotes", "speaker right, pronouns"].right == 0
    assert report.shares["quotes", "said_to found"].right == 0
    assert report.shares["quotes", "said_to right, where given"].to_dict() == {"share": 0.0, "right": 0, "of": 1}
    assert report.shares["quotes", "anonymous speakers flagged"].right == 0
    assert report.rules["quotes", "test.rule"].right == 0


def test_actor_with_another_id_is_the_same_by_a_name_in_common() -> None:
    rows = rows_of(gold(), TEXT)
    for row in (*rows["quotes"], *rows["actors"], *rows["mentions"]):
        for column in ("speaker_id", "actor_id"):
            if row.get(column) == "odile-ferrand":
                row[column] = "ferrand-odile"
    rows["actors"][0].update(name="ODILE  FERRAND", in_knowledge_base=True)
    assert scored(rows).errors == []
    rows["actors"][0].update(name="Odile Marchand")
    assert ("actors", "wrong actor", "Odile Ferrand") in problems(scored(rows)), "a known actor goes by its names alone"


def test_unnamed_actor_is_known_by_the_place_of_its_first_word() -> None:
    rows = rows_of(gold(), TEXT)
    for row in (*rows["quotes"], *rows["actors"], *rows["mentions"]):
        for column in ("speaker_id", "actor_id"):
            if row.get(column) == "anonymous-neighbour":
                row[column] = "x-17"
    rows["actors"][2]["name"] = "voisine"
    assert scored(rows).errors == []
    rows["mentions"][2].update(start=at("maire")[0], end=at("maire")[1], text="maire")
    assert ("quotes", "wrong speaker", "le pont soit fermé") in problems(scored(rows))


def test_mentions_need_overlap_and_the_right_actor() -> None:
    rows = rows_of(gold(), TEXT)
    rows["mentions"][0].update(start=at("Ferrand")[0])
    report = scored(rows)
    assert report.found["actors", "mention and actor"].f1 == 1
    assert report.shares["actors", "boundaries exact, of matches"].to_dict() == {"share": 0.75, "right": 3, "of": 4}
    rows["mentions"][1]["actor_id"] = "mayor"
    report = scored(rows)
    assert report.found["actors", "mention and actor"].recall.right == 3
    assert problems(report) == [
        ("actors", "wrong actor", "Courrier de Valbrume"),
        ("actors", "missed", "Courrier de Valbrume"),
    ]


def test_pronouns_are_no_mentions_of_their_own_but_their_rule_is_measured() -> None:
    rows = rows_of(gold(), TEXT)
    start, end = at("elle")
    pronoun = {
        "start": start,
        "end": end,
        "text": "elle",
        "form": "pronoun",
        "actor_id": "mayor",
        "rule": "test.pronoun",
    }
    rows["mentions"].append(pronoun)
    report = scored(rows)
    assert report.found["actors", "mention and actor"].precision.of == 4
    assert report.rules["mentions", "test.pronoun"].to_dict() == {"share": 0.0, "right": 0, "of": 1}


def test_events_need_half_of_the_shorter_span_and_the_type() -> None:
    rows = rows_of(gold(), TEXT)
    start, end = at("Le maire de Valbrume a promis d’ouvrir l’école")
    rows["event_mentions"][1].update(start=end - 10, end=min(len(TEXT), end + 1))
    assert scored(rows).found["events", "type and place in the text"].f1 == 1
    rows["event_mentions"][1].update(start=start - 30, end=start + 20)
    assert scored(rows).found["events", "type and place in the text"].f1 == 0.5
    rows = rows_of(gold(), TEXT)
    rows["event_mentions"][1]["type"] = "REJECT"
    assert problems(scored(rows)) == [("events", "missed", TEXT[start:end]), ("events", "spurious", TEXT[start:end])]


def test_event_attributes_are_scored_among_matches() -> None:
    rows = rows_of(gold(), TEXT)
    rows["event_mentions"][0].update(status="asserted", date="2019-05", place_id=None, quote_id=None)
    rows["event_mentions"][1].update(date="2019", place_id="Valbrume")
    rows["event_participants"] = []
    report = scored(rows)
    events = report.to_dict()["events"]
    wrong = {"share": 0.0, "right": 0, "of": 1}
    half = {"share": 0.5, "right": 1, "of": 2}
    assert events.pop("type and place in the text")["f1"] == 1
    assert events == {
        "status right": half,
        "date right, dated events": wrong,
        "left undated, undated events": wrong,
        "sources right": half,
        "targets right": half,
        "place right, where annotated": wrong,
        "place right, where given": wrong,
        "quote right": half,
    }
    assert report.rules["event_mentions", "test.rule"].to_dict() == half


def test_date_values_by_string_or_days() -> None:
    annotation = {
        "language": "fr",
        "dates": [
            {"start": 0, "end": 4, "value": "1999-W27", "from": "1999-07-05", "to": "1999-07-11"},
            {"start": 10, "end": 14, "value": "1998", "from": "1998-01-01", "to": "1998-12-31"},
        ],
    }
    week = {"start": 1, "end": 4, "date": "1999-07-05/1999-07-11", "date_start": "1999-07-05", "date_end": "1999-07-11",
            "rule": "test.week"}  # fmt: skip
    vague = {**week, "start": 30, "end": 33, "date": None, "date_start": None, "date_end": None}
    report = scored({"date_mentions": [week, vague]}, annotation)
    assert report.found["dates", "value"].to_dict() == {
        "f1": pytest.approx(2 / 3),
        "precision": {"share": 1.0, "right": 1, "of": 1},
        "recall": {"share": 0.5, "right": 1, "of": 2},
    }
    assert report.found["dates", "words exact"].recall.right == 0
    assert problems(report) == [("dates", "missed", TEXT[10:14])]


def test_errors_are_shown_without_control_characters() -> None:
    report = score({"a": {"dates": [{"start": 0, "end": 6, "date": "2019"}]}}, {"a": {}}, {"a": "\x1b[31m19"})
    assert [line.plain for line in error_lines(report.errors)] == ["a 0–6 dates: missed “\ufffd[31m1” annotated 2019"]


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9)))
def test_assignment_is_one_to_one_and_the_heaviest(weights: dict[tuple[int, int], int]) -> None:
    pairs = assign(weights)
    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs.items()) <= set(weights)
    heaviest = max(
        sum(weights.get(pair, 0) for pair in enumerate(columns)) for columns in itertools.permutations(range(5))
    )
    assert sum(weights[pair] for pair in pairs.items()) == heaviest


def test_names_compare_without_case_marks_and_parentheses() -> None:
    assert normal_name("  l’État-Major ") == normal_name("L'Etat major")
    assert names_of("Conseil du Val (CDV)") == {"conseil du val cdv", "conseil du val", "cdv"}
    assert names_of("Valbrume (government)") == {"valbrume government", "valbrume"}


def test_gold_files_that_cannot_be_used_say_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "a", "dates": []}\n{"id": \n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.jsonl, line 2: not JSON"):
        load_gold(broken)
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[1]", encoding="utf-8")
    with pytest.raises(ValueError, match=r"wrong\.json: an object"):
        load_gold(wrong)
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(b'{"id": "a", "text": "Le pont"}')[:-9])
    with pytest.raises(ValueError, match=r"cut\.jsonl\.gz: not a whole gzip file"):
        load_texts([cut])


def test_texts_come_from_files_and_folders_and_must_be_the_annotated_ones(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffÀ l’aube\r\n".encode())
    record = {"id": "b", "text": "Deux\u2028lignes", "published_on": "2019-05-04"}
    (tmp_path / "more.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "z", "text": "Écrasé"}).encode()))
    texts = load_texts([tmp_path])
    expected = {"a": "À l’aube\n", "b": "Deux\u2028lignes", "z": "Écrasé"}
    assert {name: source.text for name, source in texts.items()} == expected
    assert pair({"b": {"dates": []}}, texts)["b"].published_on == "2019-05-04"
    with pytest.raises(ValueError, match="no text for c"):
        pair({"b": {"dates": []}, "c": {"dates": []}}, texts)
    with pytest.raises(ValueError, match="text of b is not the one"):
        pair({"b": {"article": {"sha256": "0"}}}, texts)


def test_single_annotation_goes_by_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "inondation.json"
    path.write_text(json.dumps(gold()), encoding="utf-8")
    assert list(load_gold(path)) == ["inondation"]


def test_calibration_is_what_confidence_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report()
    for right in (True, True, True, False, True):
        report.rule("quotes", "test.often").add(right)
    report.rule("quotes", "test.seldom").add(False)
    measured = tmp_path / "precision.yml"
    assert calibrate([report, report], measured)["quotes"]["total"] == {"right": 8, "of": 12}
    monkeypatch.setattr(precision, "MEASURED", measured)
    precision._measured.cache_clear()
    try:
        assert precision.confidence("quotes", "test.often") == 0.8
        assert precision.confidence("quotes", "test.seldom") == 0.667
        assert precision.confidence("quotes", "test.never") == 0.667
        assert precision.confidence("blocks", "block.line") is None
    finally:
        precision._measured.cache_clear()


def test_command_extracts_the_seed_article_and_scores_it() -> None:
    arguments = ["evaluate", str(SEED_GOLD), "--texts", str(SEED_TEXT.parent), "--json", "--errors"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    for name in ("exact", "exact, direct", "exact, indirect"):
        assert figures["quotes"][name]["f1"] == 1, name
    for name in ("kind right, of close matches", "speaker right, end to end", "anonymous speakers flagged"):
        assert figures["quotes"][name]["share"] == 1, name
    assert figures["dates"]["value"]["f1"] == 1
    assert sum(rule["of"] for rule in figures["rules"]["quotes"].values()) == 8
    missed = figures["actors"]["mention and actor"]["recall"]
    listed = [error for error in figures["errors"] if error["section"] == "actors" and error["problem"] == "missed"]
    assert len(listed) == missed["of"] - missed["right"]


def test_command_without_the_texts_says_which_are_missing(tmp_path: Path) -> None:
    alone = tmp_path / "gold.json"
    alone.write_text(json.dumps({"pont": gold()}), encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(alone)])
    assert "no text for pont" in str(result.exception)
