"""Capitals and seats of power in real sentences: the government or the place, as a reader annotated them."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from golds import NEEDS_SHARED, ROOT, SHARED

from iraqtalks.extraction.actors import find_cast
from iraqtalks.extraction.model import Article
from iraqtalks.extraction.parse import read
from iraqtalks.knowledge import knowledge

CASES: list[dict[str, Any]] = json.loads(
    (ROOT / "tests" / "extraction" / "actors" / "metonyms.json").read_text(encoding="utf-8")
)
LEAST = 0.95


def test_the_cases_are_many_and_of_both_senses() -> None:
    senses = [case["stands_for"] for case in CASES]
    assert set(senses) == {"government", "place"}
    assert min(senses.count("government"), senses.count("place")) >= 80
    assert len({(case["id"], case["start"]) for case in CASES}) == len(CASES)


def texts() -> Iterator[tuple[str, str]]:
    """Yield the id and the text of every article of the corpora."""
    corpus = SHARED / "corpus"
    with (corpus / "fr_iraq.jsonl").open(encoding="utf-8") as lines:
        yield from ((record["id"], record["text"]) for record in map(json.loads, lines))
    with gzip.open(corpus / "fr_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from ((record["id"], record["text"]) for record in map(json.loads, lines))


@pytest.mark.skipif(not SHARED.exists(), reason=NEEDS_SHARED)
def test_a_capital_is_told_from_its_government() -> None:
    wanted = {case["id"]: case for case in CASES}
    articles = [Article(text, name, language="fr") for name, text in texts() if name in wanted]
    assert {article.source_key for article in articles} == wanted.keys()
    right = 0
    for reading in read(articles):
        case = wanted[reading.article.source_key]
        assert hashlib.sha256(reading.text.encode()).hexdigest() == case["sha256"]
        found = find_cast(reading, knowledge()).covering(case["start"])
        # A longer description that only contains the name (les forces de Bagdad) says nothing of the name.
        meant = found is not None and found.head >= case["start"]
        right += meant == (case["stands_for"] == "government")
    assert right / len(CASES) >= LEAST
