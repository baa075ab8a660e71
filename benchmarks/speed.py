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

STAGES: Final = {
    "parse": "blocks, and the parse of each",
    "dates": "temporal expressions",
    "cast": "actors and their mentions",
    "quotes": "quotes and their speakers",
    "events": "events and their participants",
    "positions": "who stands where",
}
ROUNDS: Final = 3
"""How often both are timed, in turns. Each remembers words that it has met, so the first round is a measure of its own."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that something may take, as a share of plain spaCy's time; `due`: what it waits for, None where it is to hold."""

    share: float
    due: str | None = None


@dataclass
class Speed:
    """The CPU seconds of each round: plain spaCy's, and those of the stages of the extraction."""

    name: str
    articles: int
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
        return sum(self.stages[number][stage] for stage in stages or STAGES)


@contextmanager
def clock(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Add the CPU time of the block to the stage's."""
    start = time.process_time()
    try:
        yield
    finally:
        seconds[stage] += time.process_time() - start


def compare(name: str, articles: Sequence[Article], rounds: int = ROUNDS) -> Speed:
    """Time plain spaCy and the extraction on the same French articles, one after the other, so many times."""
    speed = Speed(name, len(articles))
    nlp = plain_spacy()
    for _ in range(rounds):
        speed.plain.append(_timed(lambda: deque(nlp.pipe([article.text for article in articles]), maxlen=0)))
        speed.stages.append(dict.fromkeys(STAGES, 0.0))
        with clock(speed.stages[-1], "parse"):
            readings = list(read(articles))
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
