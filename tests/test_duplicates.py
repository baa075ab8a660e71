"""Copies and versions of articles are found, whatever the order, and count once."""

import datetime as dt
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iraqtalks.contract import frame
from iraqtalks.duplicates import with_duplicates

_MAY: list[dt.date] = [dt.date(2019, 5, day) for day in range(1, 10)]


def articles(*texts: tuple[str, dt.date | None]) -> pl.DataFrame:
    rows = [
        {"article_id": f"a{number}", "source_key": f"a{number}", "published_on": day, "text": text}
        for number, (text, day) in enumerate(texts)
    ]
    return frame("articles", rows)


def found(*texts: tuple[str, dt.date | None]) -> dict[str, str | None]:
    return dict(with_duplicates(articles(*texts)).select("source_key", "duplicate_of").iter_rows())


def prose(seed: int, words: int) -> str:
    """Return a text of invented words, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    return " ".join("".join(chance.choices("abcdefgilmnoprstuv", k=chance.randint(2, 9))) for _ in range(words))


LONG = prose(0, 300)


def test_the_earliest_of_the_same_texts_is_the_original() -> None:
    assert found(
        ("Le pont tient.", _MAY[1]), ("le  pont TIENT.", _MAY[0]), ("Le pont cède.", None), ("Le pont tient.", None)
    ) == {"a0": "a1", "a1": None, "a2": None, "a3": "a1"}


def test_syndicated_copy_and_an_updated_version_are_found() -> None:
    copy = f"VALBRUME (Courrier) – {LONG}"
    update = f"{LONG.replace(LONG.split()[150], 'rectifié')} {prose(1, 40)}"
    assert found((LONG, _MAY[0]), (copy, _MAY[1]), (update, _MAY[2]), (prose(2, 300), _MAY[0])) == {
        "a0": None,
        "a1": "a0",
        "a2": "a0",
        "a3": None,
    }


def test_an_article_that_quotes_another_or_grew_to_another_is_none_of_its_versions() -> None:
    half = f"{LONG} {prose(3, 300)}"
    assert found((LONG, _MAY[0]), (half, _MAY[1])) == {"a0": None, "a1": None}


def test_every_copy_is_like_its_original_not_only_like_another_copy() -> None:
    words = LONG.split()
    versions = [" ".join([*words[cut:], *prose(4, cut).split()]) for cut in (0, 40, 80)]
    # The third is like the second, but no longer like the first.
    assert found(*zip(versions, _MAY, strict=False)) == {"a0": None, "a1": "a0", "a2": None}


def test_short_texts_are_copies_only_when_they_are_the_same() -> None:
    flash = "Flash : " + prose(5, 40)
    assert found((f"{flash} 3 blessés", _MAY[0]), (f"{flash} 4 blessés", _MAY[1])) == {"a0": None, "a1": None}


@pytest.mark.parametrize("text", ["", " ", "。", "\0", "a " * 100])
def test_any_text_is_a_copy_of_itself(text: str) -> None:
    assert found((text, None), (text, None)) == {"a0": None, "a1": "a0"}


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(9)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    words = LONG.split()
    cuts = (0, 10, 30, 50, 70, 90, 110, 130, 150)
    table = articles(*[(" ".join([*words[cut:], *prose(6, cut).split()]), _MAY[0]) for cut in cuts])
    assert with_duplicates(table[order]).equals(with_duplicates(table))


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(max_size=60), max_size=8))
def test_an_original_is_no_copy(texts: list[str]) -> None:
    links = found(*((text, None) for text in texts))
    assert all(links[original] is None for original in links.values() if original is not None)


def test_the_copies_among_a_thousand_articles_are_all_found() -> None:
    texts = [prose(seed // 4, 200) + f" {prose(10_000 + seed, 5)}" for seed in range(1_000)]
    made = with_duplicates(articles(*((text, None) for text in texts)))
    assert (made["duplicate_of"].count(), made["duplicate_of"].drop_nulls().n_unique()) == (750, 250)
