"""The annotated articles that the extraction is measured on, and their reports.

The seed article is ours; the texts of the others are in a folder `shared` beside the checkout, where there is one.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from iraqtalks.evaluation import Report, load_gold, load_texts, pair, score
from iraqtalks.evaluation.prediction import predict

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("IRAQTALKS_SHARED", ROOT.parent / "shared"))
NEEDS_SHARED = "needs the annotated articles' texts, in a folder `shared` beside the checkout"


@dataclass(frozen=True)
class Gold:
    """An annotation, where its texts are, and what the README calls it."""

    label: str
    annotation: Path
    texts: Path


GOLDS = {
    "seed": Gold("seed article", ROOT / "tests" / "gold" / "seed.json", ROOT / "data" / "raw"),
    "dev": Gold("8 development articles", SHARED / "gold" / "dev.json", SHARED / "gold" / "dev.jsonl"),
    "iraq_news": Gold(
        "10 on Iraq and Iran", ROOT / "tests" / "gold" / "iraq_news.json", SHARED / "corpus" / "fr_iraq.jsonl"
    ),
    "iraq_news_2": Gold(
        "7 more on Iraq and Iran", ROOT / "tests" / "gold" / "iraq_news_2.json", SHARED / "corpus" / "fr_iraq.jsonl"
    ),
    "french_news": Gold(
        "8 on other subjects", ROOT / "tests" / "gold" / "french_news.json", SHARED / "corpus" / "fr_news.jsonl.gz"
    ),
    "french_news_2": Gold(
        "8 more on other subjects",
        ROOT / "tests" / "gold" / "french_news_2.json",
        SHARED / "corpus" / "fr_news.jsonl.gz",
    ),
    "iraq_news_3": Gold(
        "8 more on Iraq and Iran (third)",
        ROOT / "tests" / "gold" / "iraq_news_3.json",
        SHARED / "corpus" / "fr_iraq.jsonl",
    ),
    "iraq_news_4": Gold(
        "8 more on Iraq and Iran (fourth)",
        ROOT / "tests" / "gold" / "iraq_news_4.json",
        SHARED / "corpus" / "fr_iraq.jsonl",
    ),
    "iraq_news_5": Gold(
        "8 more on Iraq and Iran (fifth)",
        ROOT / "tests" / "gold" / "iraq_news_5.json",
        SHARED / "corpus" / "fr_iraq.jsonl",
    ),
    "dates": Gold("54 texts with dates", SHARED / "gold" / "dates_dev.jsonl", SHARED / "gold" / "dates_dev.jsonl"),
}


@cache
def report(name: str) -> Report:
    """Return the scores on a gold; raises FileNotFoundError where its texts are not at hand."""
    gold = GOLDS[name]
    annotations = load_gold(gold.annotation)
    sources = pair(annotations, load_texts([gold.texts]))
    return score(annotations, predict(sources), {article: source.text for article, source in sources.items()})
