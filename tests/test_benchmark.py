"""The benchmark on a small corpus: it does what a build does, and what breaks a limit ends it with code 1."""

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from iraqtalks.evaluation import Source

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import builds
import speed
import views
import whole_corpus as benchmark
from chart import chart

from iraqtalks.extraction import Article, Reading, dates, extract_articles, parse
from iraqtalks.extraction.rows import to_rows

TEXTS = [
    "« Le pont tiendra », a déclaré Odile Ferrand mardi. La Norvège exige le retrait des troupes suédoises.",
    "Selon Odile Ferrand, la route sera rouverte. La Suède et la Norvège accusent la Finlande d'avoir menti.",
    "Rien.",
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    lines = [json.dumps({"id": f"t{n}", "text": text, "published_on": "2020-06-17"}) for n, text in enumerate(TEXTS)]
    (folder / "invented.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_corpus_is_measured_and_the_page_written(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Three sentences are too few to say anything of speed.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(benchmark, "CAST", speed.Goal(100.0))
        patch.setattr(builds, "SHARE", 1000.0)
        patch.setattr(builds, "FASTER", 0.0)
        assert benchmark.main([str(corpus), "--page", str(tmp_path / "page.md")]) == 0
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| articles | 3 |" in page
    assert "| texts that raised | 0 |" in page
    assert "All limits are kept." in page
    assert "| cast of 3 articles of `invented.jsonl` | ≤ 100 |" in page
    assert "| two workers beside one, 3 articles | ≥ 0.0 |" in page
    # Three quotes, ten times over, are in the view that is asked.
    assert "| `who_said_what` over 30 articles (30 rows) | ≤ 100 ms |" in page
    assert str(corpus) not in page
    drawing = ET.fromstring((tmp_path / "benchmark.svg").read_text(encoding="utf-8"))  # noqa: S314  (drawn just now)
    assert "invented.jsonl" in [element.text for element in drawing.iter() if element.tag.endswith("text")]
    assert "Peak memory" in capsys.readouterr().out


@pytest.fixture
def no_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the build, whose workers load the model each, where a test is about something else."""
    done = builds.Costs(1, {"read": 0.0, "extract": 1.0}, {1: 2.0, 2: 1.0})
    monkeypatch.setattr(benchmark, "measure_build", lambda _raw, _folder: done)


@pytest.mark.usefixtures("no_build")
def test_a_sample_is_a_part_of_each_file(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    benchmark.main([str(corpus), "--sample", "2"])
    assert "| articles | 2 |" in capsys.readouterr().out


def test_stages_by_the_clock_give_what_a_build_has() -> None:
    measured = benchmark.Measured("invented")
    articles = [Article(text, str(number), language="fr") for number, text in enumerate(TEXTS)]
    assert list(map(to_rows, benchmark._extract(articles, measured))) == list(map(to_rows, extract_articles(articles)))
    assert all(seconds > 0 for seconds in measured.seconds.values())


def test_a_text_that_raises_is_told_and_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(reading: Reading, language: str) -> list[object]:
        if "Rien" in reading.text:
            raise LookupError("a rule stumbled")
        return []

    monkeypatch.setattr(dates, "find_temporal", stumble)
    measured = benchmark.measure("invented", {f"t{number}": Source(text) for number, text in enumerate(TEXTS)})
    assert measured.broken({}) == ["invented: t2 raised LookupError: a rule stumbled"]
    assert measured.articles == 2


def test_a_parse_that_raises_is_traced_to_its_article(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = parse.read

    def stumble(articles: list[Article]) -> list[Reading]:
        if any("Rien" in article.text for article in articles):
            raise MemoryError("too long")
        return list(whole(articles))

    monkeypatch.setattr(benchmark, "read", stumble)
    measured = benchmark.measure("invented", {f"t{number}": Source(text) for number, text in enumerate(TEXTS)})
    assert measured.raised == ["invented: t2 raised MemoryError: too long"]
    assert measured.articles == 2


@pytest.mark.usefixtures("no_build")
def test_a_stage_above_its_limit_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = benchmark.Measured("invented", seconds={"parse": 2.0, "quotes": 0.4})
    assert measured.broken({"invented": {"quotes": 0.15}}) == [
        "invented: quotes took 20.0% of the parse's time, more than 15%"
    ]
    assert measured.broken({"invented": {"quotes": 0.2}, "other": {"quotes": 0.0}}) == []
    monkeypatch.setitem(benchmark.LIMITS, "invented.jsonl", {"quotes": 0.0})
    assert benchmark.main([str(corpus), "--sample", "1"]) == 1


def measured_speed(name: str, whole: float, again: float) -> speed.Speed:
    """Return a speed at which plain spaCy takes 2 s first and 1 s again, and the parse is all that the extraction does."""
    idle = dict.fromkeys((speed.SCREEN, *speed.STAGES), 0.0)
    return speed.Speed(name, 1000, None, [2.0, 1.5, 1.0], [idle | {"parse": s} for s in (2 * whole, again, 3.0)])


def test_the_first_round_is_told_apart_and_the_quickest_of_the_others_counts() -> None:
    measured = measured_speed("invented.jsonl", 0.4, 0.5)
    assert (measured.first(), measured.again(), measured.again("cast")) == (0.4, 0.5, 0.0)
    once = speed.Speed("invented.jsonl", 1, None, measured.plain[:1], measured.stages[:1])
    assert once.again() == once.first()


def test_a_goal_that_is_missed_breaks_the_benchmark() -> None:
    speeds = [measured_speed("fr_iraq.jsonl", 0.4, 0.7), measured_speed("invented.jsonl", 0.4, 0.7)]
    assert benchmark.missed(speeds) == [
        "whole extraction of 1,000 articles of `fr_iraq.jsonl`: 0.700 of plain spaCy's time, more than 0.6"
    ]
    page = benchmark.page([], speeds)
    assert "| ≤ 0.6 | 0.400 | 0.700 | **not reached** |" in page
    assert "**Limits are broken (1).**" in page


def test_a_goal_of_a_build_that_is_missed_breaks_the_benchmark() -> None:
    slow = views.Asked("claims", 7, {"count": 0.01, "all rows": 0.2})
    costs = builds.Costs(3000, {"read": 1.0, "extract": 10.0, "link": 0.5}, {1: 16.0, 2: 10.0}, [slow])
    assert benchmark.slow(costs) == [
        "read, link, validate and write 3,000 articles, of the extraction's CPU time:"
        " 15.0% (read 1.0 s, extract 10.0 s, link 0.5 s), the goal is ≤ 10%",
        "two workers beside one, 3,000 articles: 1.60 (16 s : 10 s), the goal is ≥ 1.7",
        "`claims` over 30,000 articles (7 rows): count 10 ms, all rows 200 ms, the goal is ≤ 100 ms",
    ]
    assert "**Limits are broken (3).**" in benchmark.page([], [], costs)


def test_a_screen_comes_first_and_is_timed() -> None:
    about = "Bagdad exige de Washington le retrait des soldats américains d'Irak. L'Irak et les États-Unis négocient."
    articles = [Article(text, str(number), language="fr") for number, text in enumerate([about, *TEXTS])]
    screened = speed.compare("invented", articles, screened=True, rounds=1)
    assert (screened.articles, screened.kept) == (4, 1)
    assert all(screened.stages[0][stage] > 0 for stage in ("screen", "parse"))
    assert speed.compare("invented", articles, rounds=1).kept is None


def test_names_are_escaped_in_the_chart() -> None:
    drawing = ET.fromstring(chart([measured_speed("<script>.jsonl", 0.4, 0.5)], {}, "a & b"))  # noqa: S314  (drawn just now)
    assert {"<script>.jsonl", "a & b"} <= {element.text for element in drawing.iter()}


def test_a_corpus_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmark.main([str(tmp_path)]) == 1
    assert "Set IRAQTALKS_SHARED" in capsys.readouterr().err
