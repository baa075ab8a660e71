"""What of an article's text may be passed on, and a dataset without the rest."""

from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iraqtalks import checks, extract
from iraqtalks.quotation import read_marks
from iraqtalks.tables import TABLES, TEXT_POLICIES
from iraqtalks.text_policy import WITHHELD, as_allowed, masked, quoted_spans, text_policy

Frames = Mapping[str, pl.DataFrame]


def under(frames: Frames, policy: str | None, licence: str | None = None) -> dict[str, pl.DataFrame]:
    """Return the frames with every article under the policy."""
    declared = {"text_policy": pl.lit(policy, pl.String), "licence": pl.lit(licence, pl.String)}
    return {**frames, "articles": frames["articles"].with_columns(**declared)}


@pytest.mark.parametrize(
    ("declared", "licence", "policy"),
    [
        (None, None, "quotes"),
        (None, "", "quotes"),
        (None, "CC BY 4.0", "full"),
        (None, "CC-BY-SA-4.0", "full"),
        (None, "cc by-sa 3.0 FR", "full"),
        (None, "CC0 1.0", "full"),
        (None, "Public  Domain", "full"),
        (None, "Creative Commons Attribution 4.0 International", "full"),
        (None, "https://creativecommons.org/licenses/by/4.0/", "full"),
        (None, "Licence Ouverte 2.0", "full"),
        (None, "CC BY-NC 4.0", "quotes"),
        (None, "CC BY-ND 4.0", "quotes"),
        (None, "https://creativecommons.org/licenses/by-nc/4.0/", "quotes"),
        (None, "Creative Commons Attribution-NonCommercial 4.0", "quotes"),
        (None, "not in the public domain", "quotes"),
        (None, "All rights reserved", "quotes"),
        ("offsets", "CC BY 4.0", "offsets"),
        ("quotes", "CC0", "quotes"),
        ("full", None, "full"),
    ],
)
def test_the_source_decides_then_the_licence(declared: str | None, licence: str | None, policy: str) -> None:
    assert text_policy({"text_policy": declared, "licence": licence}) == policy


def test_policies_are_those_of_the_table() -> None:
    assert {text_policy({"text_policy": policy, "licence": None}) for policy in TEXT_POLICIES} == set(TEXT_POLICIES)


def test_full_changes_nothing_but_says_so(frames: Frames) -> None:
    allowed = as_allowed(under(frames, None, "CC BY 4.0"))
    told = under(frames, "full", "CC BY 4.0")
    assert [table for table in TABLES if not allowed[table].equals(told[table])] == []


def test_quotes_leaves_the_words_that_rows_stand_on(frames: Frames) -> None:
    allowed = as_allowed(frames)
    text = allowed["articles"].item(0, "text")
    assert text.split("\n") == [
        "ˑ ˑˑˑˑˑˑˑˑ, Odile Ferrand a déclaré le 4 mai : « Le pont 🌉 tiendra », ˑˑˑˑ « pas de panique ».",
        "ˑˑˑˑ ˑ ˑˑˑ ˑˑˑ la route était « coupée ». ˑˑˑˑˑ ˑˑˑˑˑˑˑ, rien ne presse.",
        "La réunion de Valbrume a eu lieu en avril 2019.",
    ]
    assert allowed["articles"].item(0, "text_policy") == "quotes"
    assert allowed["blocks"]["text"].to_list() == text.split("\n")
    assert allowed["quotes"].equals(
        frames["quotes"].with_columns(
            text=pl.Series(["Le pont 🌉 tiendra », ˑˑˑˑ « pas de panique", *frames["quotes"]["text"][1:]])
        )
    )


def test_offsets_leaves_no_word(frames: Frames) -> None:
    roles = frames["actor_roles"].with_columns(
        article_id=pl.lit("a1"), start=pl.lit(13, pl.Int32), end=pl.lit(26, pl.Int32), text=pl.lit("Odile Ferrand"),
        role=pl.lit("Odile Ferrand"), basis=pl.lit("text"),
    )  # fmt: skip
    allowed = as_allowed(under({**frames, "actor_roles": roles}, "offsets"))
    for table, column in [("articles", "text"), ("quotes", "content"), ("actor_roles", "role")]:
        assert not any(letter.isalnum() and letter != WITHHELD for letter in "".join(allowed[table][column]))
    assert allowed["quotes"]["content"].to_list()[2] == "ˑˑˑˑ ˑˑ ˑˑˑˑˑˑ"
    assert allowed["quotes"]["cue_start"].equals(frames["quotes"]["cue_start"])
    assert allowed["articles"]["text_sha256"].equals(frames["articles"]["text_sha256"])


@pytest.mark.parametrize("policy", TEXT_POLICIES)
def test_what_is_allowed_is_sound_and_stays_so(frames: Frames, policy: str) -> None:
    allowed = as_allowed(under(frames, policy))
    assert checks.check(allowed) == []
    again = as_allowed(allowed)
    assert all(again[table].equals(allowed[table]) for table in TABLES)


def test_a_correction_of_words_goes_with_them(frames: Frames) -> None:
    row = {"correction_id": "c1", "table_name": "quotes", "row_key": "q3", "column_name": "text", "extracted": "rien",
           "corrected": "rien ne presse", "reason": "cut off", "reported_by": "A. Reader"}  # fmt: skip
    act = {**row, "correction_id": "c2", "column_name": "act", "extracted": "say", "corrected": "deny"}
    actor = {**act, "correction_id": "c3", "table_name": "actors", "row_key": "x", "column_name": "name"}
    corrections = pl.DataFrame([row, act, actor], schema=frames["corrections"].schema)
    allowed = as_allowed({**frames, "corrections": corrections})["corrections"]
    assert allowed["extracted"].to_list() == [None, "say", "say"]
    assert allowed["corrected"].to_list() == [None, "deny", "deny"]


def test_what_one_article_shows_is_what_the_dataset_does(frames: Frames) -> None:
    rows = {table: frame.to_dicts() for table, frame in frames.items()}
    text = rows["articles"][0]["text"]
    assert masked(text, quoted_spans(rows)) == as_allowed(frames)["articles"].item(0, "text")


def test_articles_of_one_dataset_have_policies_of_their_own() -> None:
    text = "« Le quai sera rouvert », a promis Odile Ferrand. Il pleut."
    frames = [extract(text, source_key=key, text_policy=key) for key in TEXT_POLICIES]
    both = {table: pl.concat([one[table] for one in frames]).unique(maintain_order=True) for table in TABLES}
    shown = as_allowed(both)["articles"]
    assert dict(shown.select("source_key", "text").iter_rows()) == {
        "full": text,
        "quotes": "« Le quai sera rouvert », a promis Odile Ferrand. ˑˑ ˑˑˑˑˑ.",
        "offsets": "« ˑˑ ˑˑˑˑ ˑˑˑˑ ˑˑˑˑˑˑˑ », ˑ ˑˑˑˑˑˑ ˑˑˑˑˑ ˑˑˑˑˑˑˑ. ˑˑ ˑˑˑˑˑ.",
    }


@given(st.text(st.sampled_from('aé1 \n.,«»“”"+’‘🌉\u0301€'), max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_lines_and_marks_are_read_as_before(text: str, start: int, end: int) -> None:
    shown = [(start, min(end, len(text)))] if start < min(end, len(text)) else []
    hidden = masked(text, shown)
    assert len(hidden) == len(text)
    assert read_marks(hidden) == read_marks(text)
    assert all(hidden[first:last] == text[first:last] for first, last in shown)
