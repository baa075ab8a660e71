"""A small sound dataset, made by hand, that tests of the store and of the checks start from."""

import datetime as dt
import hashlib

import polars as pl

from iraqtalks import contract
from iraqtalks.tables import TABLES

TEXT = (
    "À Valbrume, Odile Ferrand a déclaré le 4 mai : « Le pont 🌉 tiendra », puis « pas de panique ».\n"
    "Elle a dit que la route était « coupée ». Selon Ferrand, rien ne presse.\n"
    "La réunion de Valbrume a eu lieu en avril 2019."
)


def where(words: str, rule: str = "test.rule") -> dict[str, object]:
    """Return the columns that place the words, which the text holds once, in the article."""
    assert TEXT.count(words) == 1
    start = TEXT.index(words)
    return {
        "article_id": "a1",
        "start": start,
        "end": start + len(words),
        "text": words,
        "rule": rule,
        "confidence": 0.5,
    }


def small_frames() -> dict[str, pl.DataFrame]:
    """Return the frames of a dataset of one article, sound in every respect."""
    april = {"date": "2019-04", "date_start": dt.date(2019, 4, 1), "date_end": dt.date(2019, 4, 30)}
    april |= {"date_precision": "month", "date_basis": "explicit"}
    direct = where("Le pont 🌉 tiendra », puis « pas de panique") | {"quote_id": "q1", "kind": "direct", "act": "say"}
    direct |= {
        "content": "Le pont 🌉 tiendra pas de panique",
        "speaker_id": "odile-ferrand",
        "speaker_mention_id": "m1",
    }
    direct |= {"cue_start": TEXT.index("a déclaré"), "cue_end": TEXT.index(" le 4 mai"), "cue_lemma": "déclarer"}
    mixed = where("la route était « coupée") | {"quote_id": "q2", "kind": "mixed", "content": "la route était « coupée"}
    indirect = where("rien ne presse") | {"quote_id": "q3", "kind": "indirect", "content": "rien ne presse"}
    role: dict[str, object] = {
        "actor_role_id": "r1",
        "actor_id": "odile-ferrand",
        "role": "maire",
        "valid_from": "2014",
    }
    rows: dict[str, list[dict[str, object]]] = {
        "articles": [
            {
                "article_id": "a1", "source_key": "pont.txt", "text": TEXT, "raw_path": "pont.txt", "language": "fr",
                "published_on": dt.date(2019, 5, 5), "retrieved_at": dt.datetime(2019, 5, 6, 7, 8, 9, tzinfo=dt.UTC),
                "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            }
        ],
        "blocks": [
            where(line) | {"block": number, "kind": "body"} for number, line in enumerate(TEXT.split("\n"))
        ],
        "mentions": [where("Odile Ferrand") | {"mention_id": "m1", "form": "name", "actor_id": "odile-ferrand"}],
        "actors": [
            {"actor_id": "odile-ferrand", "name": "Odile Ferrand", "kind": "person", "in_knowledge_base": False}
        ],
        "actor_roles": [role | {"basis": "knowledge_base"}],
        "quotes": [quote | {"negated": False, "speaker_anonymous": False} for quote in (direct, mixed, indirect)],
        "quote_segments": [
            where("Le pont 🌉 tiendra") | {"quote_id": "q1", "segment": 0},
            where("pas de panique") | {"quote_id": "q1", "segment": 1},
            where("la route était « coupée") | {"quote_id": "q2", "segment": 0},
            where("rien ne presse") | {"quote_id": "q3", "segment": 0},
        ],
        "event_mentions": [
            where("La réunion de Valbrume a eu lieu en avril 2019") | april
            | {"event_mention_id": "em1", "event_id": "e1", "type": "CONSULT", "status": "asserted"}
            | {"quad_class": "verbal_cooperation", "place_id": "valbrume"}
        ],
        "event_participants": [{"event_mention_id": "em1", "actor_id": "odile-ferrand", "role": "source"}],
        "events": [
            april | {"event_id": "e1", "type": "CONSULT", "mention_count": 1, "article_count": 1}
            | {"best_status": "asserted", "place_id": "valbrume"}
        ],
        "date_mentions": [
            where("avril 2019") | april | {"date_mention_id": "d1"},
            where("le 4 mai") | {"date_mention_id": "d2"},
        ],
        "places": [{"place_id": "valbrume", "name": "Valbrume", "kind": "city"}],
        "rejects": [{"raw_path": "vide.txt", "record": 0, "reason": "empty", "detail": "holds no text"}],
    }  # fmt: skip
    return {table: contract.frame(table, rows.get(table, ())) for table in TABLES}
