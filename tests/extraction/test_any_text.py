"""No text breaks the extraction: whatever it holds, its rows keep the contract of the dataset."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iraqtalks
from iraqtalks import checks
from iraqtalks.contract import frame
from iraqtalks.extraction import Article, extract_articles
from iraqtalks.extraction.blocks import LONGEST, split_blocks
from iraqtalks.extraction.rows import to_rows
from iraqtalks.ingest.decode import normalise
from iraqtalks.link import link
from iraqtalks.rules import examples
from iraqtalks.tables import TABLES

# Half of a surrogate pair is no text, and NUL characters are refused; both are tested with the reading of files.
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
MARKS = st.sampled_from([*"«»‹›“”„‟‘’‚\"'`´+—–-:;,.!?…()[]{}*_/|·•", "« ", " »", "-- ", "<<", ">>", "''", "+."])
ODD = st.sampled_from(
    [
        *" \n\t\r\v\f\x1c\x1f\x85\u00a0\u1680\u2007\u200b\u200d\u200e\u200f\u2028\u2029\u202e\u202f\u2066\u3000\ufeff\ufffd",
        "e\u0301", "\u0327", "ﬁ", "İ", "ß", "ǅ", "한", "\U0001f309", "👩🏽‍🚒", "𝔄", "٢٠٢٠", "²", "½", "بغداد",
    ]
)  # fmt: skip
NOISE = st.one_of(MARKS, ODD, st.text(ANY, max_size=3))
EXAMPLES = [example.text for listed in examples("fr").values() for example in listed.values()]
SENTENCES = st.sampled_from(
    [
        *EXAMPLES,
        "« Le pont tiendra », a déclaré le maire Octave Ferrand à l'agence Reuters. « La route rouvrira. »",
        "Octave Ferrand a dit que le pont « tiendrait », ajoutant qu'il n'avait « pas peur ».",
        "\"Des voisins m'ont dit: +partez d'ici+\", a raconté Odile Ferrand.",
        "Selon une source au conseil de Valbrume, le pont tiendra. Cette source nie l'accident.",
        "Le pont, selon Odile Ferrand, est fermé. Pour elle, c'est une « farce » coûteuse.",
        "Mme Ferrand a ajouté : « Le pont tiendra.\n« Il a promis de rouvrir la route. »",
        "L'Organisation mondiale des pêcheurs (OMP) proteste, a rapporté l'OMP, comme l'a dit M. Ferrand.",
        "La Norvège exige le retrait des troupes américaines d'Irak, à condition que la Suède signe un accord.",
        "Le 3 mai 2018, la Norvège a attaqué la Suède ; la veille, le Parlement irakien avait voté à Bagdad.",
        "Le Premier ministre irakien a rencontré lundi des responsables américains à Washington. Ce dernier a menacé l'Iran.",
        "La Suède et la Norvège accusent la Finlande d'avoir attaqué le port, ont dit l'AIEA et l'OIEA.",
        "Dans la nuit de samedi à dimanche, les Hachd al-Chaabi ont tiré sur les soldats. « Des morts », a-t-on appris.",
        "Par Odile Ferrand\nPhoto : Octave Ferrand\nPour en savoir plus : « Le pont »\n- Le pont -\nLe pont tiendra.",
    ]
)


def changed(sentence: str, edits: list[tuple[int, int, str]]) -> str:
    """Return the sentence with some characters replaced, each edit at a place, for a number of characters, by a text."""
    for at, dropped, put in edits:
        place = at % (len(sentence) + 1)
        sentence = sentence[:place] + put + sentence[place + dropped :]
    return sentence


EDITS = st.lists(st.tuples(st.integers(0, 150), st.integers(0, 12), NOISE), max_size=5)
TEXTS = st.one_of(
    st.text(ANY, max_size=150),
    st.lists(NOISE, max_size=40).map("".join),
    st.builds(changed, st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join), EDITS),
    st.builds(changed, st.lists(SENTENCES, min_size=1, max_size=4).map("\n".join), EDITS),
).filter(lambda text: text.removeprefix("\ufeff").strip())


def dataset(texts: list[str], published_on: dt.date | None) -> dict[str, pl.DataFrame]:
    """Return the linked frames of several articles: as in a build, checked at once, since the checks take longest."""
    articles = [
        Article(normalise(text), str(n), published_on=published_on, language="fr") for n, text in enumerate(texts)
    ]
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in TABLES}
    for extraction in extract_articles(articles):
        for table, found in to_rows(extraction).items():
            rows[table].extend(found)
    return dict(link({table: frame(table, found) for table, found in rows.items()}))


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.sampled_from([None, dt.date(2020, 2, 29), dt.date.min, dt.date.max]))
def test_rows_of_any_text_keep_the_contract(texts: list[str], published_on: dt.date | None) -> None:
    """Slices, references, quotes about their segments, marks, EDTF: all that a dataset is checked for."""
    frames = dataset(texts, published_on)
    assert checks.check(frames) == []
    assert frames["articles"].height == len(texts)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_rows(text: str) -> None:
    first, second = iraqtalks.extract(text), iraqtalks.extract(text)
    assert all(first[table].equals(second[table]) for table in first)


@pytest.mark.parametrize("piece", ["Le pont tiendra. ", "pont ", "pont\u00a0", "a", "« ", "\u0301"])
def test_a_line_without_end_is_cut_into_blocks(piece: str) -> None:
    text = piece * (2 * LONGEST // len(piece) + 1)
    blocks = split_blocks(text, "fr")
    assert len(blocks) in {2, 3}
    assert max(block.end - block.start for block in blocks) <= LONGEST
    assert "".join("".join(text[block.start : block.end] for block in blocks).split()) == "".join(text.split())
    for block in blocks:
        assert text[block.start : block.end].strip() == text[block.start : block.end]
    if piece.startswith("Le"):
        assert {text[block.end - 1] for block in blocks} == {"."}


def test_more_than_the_parser_takes_at_once_is_extracted() -> None:
    text = "Odile Ferrand a dit que le pont tiendrait. " + "a" * 1_000_001
    frames = iraqtalks.extract(text)
    assert checks.check(frames) == []
    assert frames["quotes"]["content"].to_list() == ["le pont tiendrait"]
