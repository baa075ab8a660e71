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


def _committed(label: str, name: str, corpus: str) -> Gold:
    return Gold(label, ROOT / "tests" / "gold" / f"{name}.json", SHARED / "corpus" / corpus)


_IRAQ, _NEWS = "fr_iraq.jsonl", "fr_news.jsonl.gz"

GOLDS = {
    "seed": Gold("seed article", ROOT / "tests" / "gold" / "seed.json", ROOT / "data" / "raw"),
    "dev": Gold("8 development articles", SHARED / "gold" / "dev.json", SHARED / "gold" / "dev.jsonl"),
    "iraq_news": _committed("10 on Iraq and Iran", "iraq_news", _IRAQ),
    "iraq_news_2": _committed("7 more on Iraq and Iran", "iraq_news_2", _IRAQ),
    "french_news": _committed("8 on other subjects", "french_news", _NEWS),
    "french_news_2": _committed("8 more on other subjects", "french_news_2", _NEWS),
    "iraq_news_3": _committed("8 more on Iraq and Iran (third)", "iraq_news_3", _IRAQ),
    "iraq_news_4": _committed("8 more on Iraq and Iran (fourth)", "iraq_news_4", _IRAQ),
    "iraq_news_5": _committed("8 more on Iraq and Iran (fifth)", "iraq_news_5", _IRAQ),
    "iraq_news_6": _committed("9 more on Iraq and Iran (sixth)", "iraq_news_6", _IRAQ),
    "french_news_3": _committed("10 more on other subjects (third)", "french_news_3", _NEWS),
    "french_news_4": _committed("8 more on other subjects (fourth)", "french_news_4", _NEWS),
    "french_news_5": _committed("8 more on other subjects (fifth)", "french_news_5", _NEWS),
    "french_news_6": _committed("8 more on other subjects (sixth)", "french_news_6", _NEWS),
    "dates": Gold("54 texts with dates", SHARED / "gold" / "dates_dev.jsonl", SHARED / "gold" / "dates_dev.jsonl"),
}


@cache
def report(name: str) -> Report:
    """Return the scores on a gold; raises FileNotFoundError where its texts are not at hand."""
    gold = GOLDS[name]
    annotations = load_gold(gold.annotation)
    sources = pair(annotations, load_texts([gold.texts]))
    return score(annotations, predict(sources), {article: source.text for article, source in sources.items()})
