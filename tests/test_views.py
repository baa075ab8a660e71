"""The views of positions, of contradictions and of the rounds, on small datasets and on the dataset's first article."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import iraqtalks
from iraqtalks.contract import frame
from iraqtalks.database import read
from iraqtalks.extraction.rows import date_columns
from iraqtalks.tables import TABLES

TEXT = "Odile Ferrand veut fermer le pont si le bac reprend. Le deuxième tour a eu lieu à Port-Clair le 3 mai 2019."
SEED = Path(__file__).parent.parent / "data" / "raw" / "presstv-2021-07-25-663021.txt"
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, "rule": "test.rule", "confidence": 0.8}


def articles() -> list[dict[str, Any]]:
    """Return three articles; the second is the first again."""
    days = (("a1", dt.date(2019, 5, 4), None), ("a2", dt.date(2019, 5, 6), "a1"), ("a3", dt.date(2019, 6, 1), None))
    return [
        {"article_id": article, "source_key": article, "outlet": "Courrier", "text": TEXT, "text_sha256": "0" * 64,
         "published_on": day, "raw_path": f"{article}.txt", "duplicate_of": original}
        for article, day, original in days
    ]  # fmt: skip


def published(folder: Path, rows: Rows) -> Path:
    folder.mkdir()
    for table in TABLES:
        frame(table, rows.get(table, ())).write_parquet(folder / f"{table}.parquet")
    return folder


def position(number: str, article: str, stance: str, **more: object) -> dict[str, Any]:
    return {**at("Odile Ferrand veut fermer le pont"), "position_id": number, "article_id": article, "stance": stance,
            "actor_id": "ferrand", "issue": "bridge", **more}  # fmt: skip


def test_positions_are_dated_by_act_speech_or_article_and_show_what_came_before(tmp_path: Path) -> None:
    condition = TEXT.index("le bac reprend")
    quote = {"quote_id": "q1", "article_id": "a3", "kind": "indirect", "content": "il faut fermer le pont", "act": "demand",
             "negated": False, "speaker_id": "ferrand", "speaker_anonymous": False, "spoken_on": "2019-05-30"}  # fmt: skip
    act = {**at("fermer le pont"), **date_columns("2018", "explicit"), "event_mention_id": "e1", "event_id": "e",
           "article_id": "a3", "type": "REQUEST", "quad_class": "verbal_conflict", "status": "asserted"}  # fmt: skip
    folder = published(
        tmp_path / "processed",
        {
            "articles": articles(),
            "actors": [{"actor_id": "ferrand", "name": "Odile Ferrand", "kind": "person", "in_knowledge_base": False}],
            "quotes": [{**at("fermer le pont"), **quote}],
            "event_mentions": [act],
            "positions": [
                position("p1", "a1", "conditional", condition_start=condition, condition_end=condition + 14),
                position("p2", "a2", "conditional"),
                position("p3", "a3", "for", quote_id="q1"),
                position("p4", "a3", "against", event_mention_id="e1"),
            ],
        },
    )
    columns = ("stance", "stance_before", "date", "date_of", "words", "condition", "outlet", "article_id")
    assert read("positions_over_time", folder).select(columns).rows() == [
        ("against", None, "2018", "act", "fermer le pont", None, "Courrier", "a3"),
        ("conditional", "against", "2019-05-04", "publication", "Odile Ferrand veut fermer le pont", "le bac reprend",
         "Courrier", "a1"),
        ("for", "conditional", "2019-05-30", "speech", "il faut fermer le pont", None, "Courrier", "a3"),
    ]  # fmt: skip


def places() -> Iterable[dict[str, Any]]:
    for name, kind, country in (
        ("Valbrume", "city", "XXA"), ("Port-Clair", "city", "XXA"), ("Brumie", "country", "XXA"),
        ("Clairie", "country", "XXB"),
    ):  # fmt: skip
        yield {"place_id": name.lower(), "name": name, "kind": kind, "country": country}


@pytest.mark.parametrize(
    ("date", "place", "status", "found"),
    [
        ("2019-05-03", None, "asserted", [("date", "2019-05-03", "2019-06-02", "bridge-talks 1")]),
        ("2019-04/2019-05", None, "reported", [("date", "2019-04/2019-05", "2019-06-02", "bridge-talks 1")]),
        ("2019-06", None, "asserted", []),
        ("2019", "valbrume", "asserted", []),
        ("XXXX-05-03", None, "asserted", []),
        (None, None, "asserted", []),
        ("2019-05-03", "port-clair", "planned", []),
        ("2019-05-03", "port-clair", "denied", []),
        (None, "port-clair", "asserted", [("place", "Port-Clair", "Valbrume", None)]),
        (None, "clairie", "asserted", [("place", "Clairie", "Valbrume", None)]),
        (None, "brumie", "asserted", []),
        (
            "2018",
            "clairie",
            "asserted",
            [("date", "2018", "2019-06-02", None), ("place", "Clairie", "Valbrume", None)],
        ),
    ],
)
def test_contradictions_are_dates_without_a_common_day_and_places_apart(
    tmp_path: Path, date: str | None, place: str | None, status: str, found: list[tuple[str | None, ...]]
) -> None:
    told = {**at("Le deuxième tour a eu lieu à Port-Clair"), **date_columns(date, None if date is None else "explicit"),
            "type": "CONSULT", "quad_class": "verbal_cooperation", "event_id": "e", "status": status, "place_id": place,
            "talks_round_id": "round-2"}  # fmt: skip
    rounds = [
        {**date_columns(day, "explicit"), "talks_round_id": f"round-{number}", "process": "bridge-talks",
         "number": number, "place_id": "valbrume"}
        for number, day in ((1, "2019-05-03"), (2, "2019-06-02"))
    ]  # fmt: skip
    folder = published(
        tmp_path / "processed",
        {
            "articles": articles(),
            "event_mentions": [
                {**told, "event_mention_id": f"e-{article}", "article_id": article} for article in ("a1", "a2")
            ],
            "talks_rounds": rounds,
            "places": list(places()),
        },
    )
    shown = read("contradictions", folder)
    assert shown.select("what", "stated", "known", "round_then").rows() == found
    assert set(shown.select("round", "words", "outlet", "article_id").rows()) <= {
        ("bridge-talks 2", "Le deuxième tour a eu lieu à Port-Clair", "Courrier", "a1")
    }


def test_what_was_said_stands_by_the_rounds_next_to_it_in_each_process(tmp_path: Path) -> None:
    rounds = [
        {**date_columns(date, "explicit"), "talks_round_id": f"{process}-{date}", "process": process, "number": number}
        for process, number, date in (
            ("bridge-talks", 1, "2019-05-04/2019-05-06"), ("bridge-talks", 2, "2019-06-02"),
            ("ferry-talks", None, "2019-05"), ("tower-talks", 1, None),
        )
    ]  # fmt: skip
    quote = {**at("veut fermer le pont"), "kind": "indirect", "act": "demand", "negated": False, "speaker_anonymous": False,
             "speaker_id": "ferrand"}  # fmt: skip
    said = [("published", "a1", None), ("again", "a2", None), ("day", "a3", "2019-05-03?"), ("month", "a3", "2019-05")]
    folder = published(
        tmp_path / "processed",
        {
            "articles": articles(),
            "actors": [
                {"actor_id": "ferrand", "name": "Odile Ferrand", "kind": "person", "country": "XXA",
                 "in_knowledge_base": False}
            ],
            "quotes": [
                {**quote, "quote_id": name, "content": name, "article_id": article, "spoken_on": spoken_on}
                for name, article, spoken_on in (*said, ("later", "a3", None))
            ],
            "talks_rounds": rounds,
        },
    )  # fmt: skip
    shown = read("around_rounds", folder)
    assert shown.select("round", "phase", "days", "words").rows() == [
        ("ferry-talks 2019-05", "during", 0, "published"),
        ("ferry-talks 2019-05", "during", 0, "day"),
        ("ferry-talks 2019-05", "after", 1, "later"),
        ("bridge-talks 1", "before", -1, "day"),
        ("bridge-talks 1", "during", 0, "published"),
        ("bridge-talks 1", "after", 26, "later"),
        ("bridge-talks 2", "before", -29, "published"),
        ("bridge-talks 2", "before", -1, "later"),
    ]
    assert set(shown.select("side", "speaker", "outlet").rows()) == {("XXA", "Odile Ferrand", "Courrier")}


def test_the_first_article_dates_the_beginning_of_the_dialogue_otherwise_than_the_base(tmp_path: Path) -> None:
    rows = iraqtalks.extract(SEED.read_text(encoding="utf-8"), published_on=dt.date(2021, 7, 25))
    (tmp_path / "processed").mkdir()
    for table, found in rows.items():
        found.write_parquet(tmp_path / "processed" / f"{table}.parquet")
    (row,) = read("contradictions", tmp_path / "processed").iter_rows(named=True)
    assert (row["round"], row["what"], row["stated"], row["known"], row["round_then"], row["words"]) == (
        "strategic-dialogue 1",
        "date",
        "2021-04-07",
        "2020-06-11",
        "strategic-dialogue 3",
        "dialogue stratégique qui a débuté le 7 avril",
    )
    stands = read("positions_over_time", tmp_path / "processed").filter(pl.col("actor_id") == "iraqi-government")
    assert ("us-troop-withdrawal", "conditional", "seuls les conseillers militaires et les formateurs restent") in set(
        stands.select("issue", "stance", "condition").rows()
    )
