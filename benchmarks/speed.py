"""The whole extraction beside plain spaCy on the same texts, in CPU time of one process."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Final

import spacy
from spacy.language import Language

from iraqtalks.extraction import extract_reading
from iraqtalks.extraction.model import Article
from iraqtalks.extraction.parse import read
from iraqtalks.language import MODELS
from iraqtalks.topic import concerns_talks

STAGES: Final = {
    "parse": "blocks, and the parse of each",
    "dates": "temporal expressions",
    "cast": "actors and their mentions",
    "quotes": "quotes and their speakers",
    "events": "events and their participants",
    "positions": "who stands where",
}
SCREEN: Final = "screen"
"""What is timed besides where a screen comes first: it tells which articles concern the talks."""
ROUNDS: Final = 3
"""How often both are timed, in turns. Each remembers words that it has met, so the first round is a measure of its own."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that something may take, as a share of plain spaCy's time; `screened`: only what concerns the talks is extracted."""

    share: float
    screened: bool = False


@dataclass
class Speed:
    """The CPU seconds of each round: plain spaCy's of all articles, and those of the stages of the extraction.

    `kept`: how many articles the screen left to extract, None where there was none.
    """

    name: str
    articles: int
    kept: int | None = None
    plain: list[float] = field(default_factory=list)
    stages: list[dict[str, float]] = field(default_factory=list)

    def first(self, *stages: str) -> float:
        """Return the stages' time, all stages' where none is named, as a share of plain spaCy's in the first round."""
        return self._seconds(0, stages) / self.plain[0]

    def again(self, *stages: str) -> float:
        """Return the same of the quickest of the other rounds, each of the two for itself: other work on the machine only adds."""
        rounds = range(1, len(self.plain)) or range(1)
        return min(self._seconds(number, stages) for number in rounds) / min(self.plain[number] for number in rounds)

    def _seconds(self, number: int, stages: Sequence[str]) -> float:
        return sum(self.stages[number][stage] for stage in stages or (SCREEN, *STAGES))


@contextmanager
def clock(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Add the CPU time of the block to the stage's."""
    start = time.process_time()
    try:
        yield
    finally:
        seconds[stage] += time.process_time() - start


def compare(name: str, articles: Sequence[Article], *, screened: bool = False, rounds: int = ROUNDS) -> Speed:
    """Time plain spaCy and the extraction on the same French articles, one after the other, so many times.

    `screened`: the articles that do not concern the talks are left out of the extraction first, in its time.
    """
    concerns_talks(articles[0])  # the screen is made when it is first asked
    speed = Speed(name, len(articles))
    nlp = plain_spacy()
    for _ in range(rounds):
        speed.plain.append(_timed(lambda: deque(nlp.pipe([article.text for article in articles]), maxlen=0)))
        speed.stages.append(dict.fromkeys((SCREEN, *STAGES), 0.0))
        wanted = articles
        if screened:
            with clock(speed.stages[-1], SCREEN):
                wanted = [article for article in articles if concerns_talks(article)]
            speed.kept = len(wanted)
        with clock(speed.stages[-1], "parse"):
            readings = list(read(wanted))
        for reading in readings:
            extract_reading(reading, clock=partial(clock, speed.stages[-1]))
    return speed


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@cache
def plain_spacy() -> Language:
    """Return the model as anybody loads it, all components in their place, loaded once and used once."""
    nlp = spacy.load(MODELS["fr"])
    nlp("Une phrase.")
    return nlp
