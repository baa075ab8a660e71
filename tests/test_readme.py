"""Every command and query of the README and of the cookbook runs and gives the output that stands there.

`python tests/test_readme.py` writes the outputs anew. In a `console` block, a line that begins with `$ ` is a command
(its quotation marks may run on over lines) and what follows is its output. A `python` block is a session with `>>>`. A
`sql` block is what is typed in a DuckDB shell; the block after it is the answer to its last query. A line `…` in an
output stands for lines left out.
"""

import ast
import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from building import build
from golds import GOLDS, SHARED, report

from iraqtalks import cli
from iraqtalks.contract import description
from iraqtalks.database import read
from iraqtalks.evaluation import Report
from iraqtalks.tables import TABLES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COOKBOOK = ROOT / "docs" / "cookbook.md"
PAGES = (README, COOKBOOK)
WIDTH = "100"

ACCURACY = re.compile(r"^\| per cent \|.*\n(?:\|.*\n)+", re.MULTILINE)
MEASURES = (
    ("quotes, exact to the letter: F1", "quotes", "exact"),
    ("quotes, close (Jaccard .8): F1", "quotes", "close"),
    ("speaker right, of all quotes", "quotes", "speaker right, end to end"),
    ("speaker right, where a pronoun names the speaker", "quotes", "speaker right, pronouns"),
    ("mentions with the right actor: F1", "actors", "mention and actor"),
    ("events: F1", "events", "type and place in the text"),
    ("status right, of the events found", "events", "status right"),
    ("those who act right, of the events found", "events", "sources right"),
    ("those acted on right, of the events found", "events", "targets right"),
    ("date right, of the dated events found", "events", "date right, dated events"),
    ("dates with the right value: F1", "dates", "value"),
)

_BLOCK = re.compile(r"^```(console|python|sql|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Example:
    """A command, statement or query of a page, and the output that stands there: `start`–`end` of its text."""

    kind: str
    source: str
    expected: str
    start: int
    end: int


def examples(page: str) -> Iterator[Example]:
    """Yield the examples in order."""
    query: str | None = None
    for block in _BLOCK.finditer(page):
        kind, body, offset = block.group(1), block.group(2), block.start(2)
        if kind == "sql":
            query = body
        elif kind == "text" and query is not None:
            yield Example("sql", query, body, offset, offset + len(body))
            query = None
        elif kind == "console":
            yield from _split(kind, body, offset, "$ ")
        elif kind == "python":
            yield from _split(kind, body, offset, ">>> ")


def _split(kind: str, body: str, offset: int, prompt: str) -> Iterator[Example]:
    """Yield a block's inputs with the output after each."""
    lines = body.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        if not lines[at].startswith(prompt):
            raise ValueError(f"expected {prompt!r}, found {lines[at]!r}")
        source, at = lines[at].removeprefix(prompt), at + 1
        while at < len(lines) and _unfinished(kind, source, lines[at]):
            source, at = source + lines[at].removeprefix("... "), at + 1
        first = at
        while at < len(lines) and not lines[at].startswith(prompt):
            at += 1
        start = offset + sum(map(len, lines[:first]))
        expected = "".join(lines[first:at])
        yield Example(kind, source, expected, start, start + len(expected))


def _unfinished(kind: str, source: str, following: str) -> bool:
    """Whether an input goes on in the following line."""
    if kind == "python":
        return following.startswith("... ")
    try:
        shlex.split(source)
    except ValueError:
        return True
    return False


@dataclass
class Session:
    """Runs examples in the current folder, which holds what a checkout holds; Python keeps its names."""

    names: dict[str, object] = field(default_factory=dict)

    def run(self, example: Example) -> str:
        """Return the example's output, without white space at the ends of lines."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            {"console": self._command, "python": self._python, "sql": self._sql}[example.kind](example.source)
        return "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())

    def _command(self, source: str) -> None:
        program, *arguments = shlex.split(source, comments=True)
        if program != "iraqtalks":
            raise ValueError(f"nothing here runs {program}; give it a block without a language")
        try:
            cli.main(arguments)
        except SystemExit as end:
            if end.code:
                raise RuntimeError(f"{source.strip()} ended with {end.code}") from end

    def _python(self, source: str) -> None:
        for statement in ast.parse(source).body:
            code = compile(ast.Interactive([statement]), "page", "single")
            exec(code, self.names)  # noqa: S102  (the pages are ours)

    def _sql(self, source: str) -> None:
        here = str(Path.cwd())
        with duckdb.connect() as shell:
            for line in re.sub(r"/path/to/iraqtalks\b", here, source).split(";\n"):
                read = re.match(r"\s*\.read (\S+)\n", line)
                if read is not None:
                    shell.execute(Path(read.group(1)).read_text(encoding="utf-8"))
                statement = line[read.end() :] if read is not None else line
                if statement.strip():
                    relation = shell.sql(statement)
            print(str(relation).rstrip())


def _shortened(output: str, expected: str) -> str:
    """Return the output, with `…` for all but as many lines as stand before and after it in what was expected."""
    lines, wanted = output.splitlines(keepends=True), expected.splitlines(keepends=True)
    if "…\n" not in wanted:
        return output
    before = wanted.index("…\n")
    return "".join((*lines[:before], "…\n", *lines[len(lines) - (len(wanted) - before - 1) :]))


def accuracy() -> str:
    """Return the README's table of measured figures."""
    reports = [report(name) for name in GOLDS]
    lines = [
        f"| {label} | " + " | ".join(_figure(measured, section, name) for measured in reports) + " |"
        for label, section, name in MEASURES
    ]
    head = "| per cent | " + " | ".join(gold.label for gold in GOLDS.values()) + " |\n"
    return head + "|---" * (1 + len(GOLDS)) + "|\n" + "\n".join(lines) + "\n"


def _figure(measured: Report, section: str, name: str) -> str:
    if (section, name) in measured.found:
        found = measured.found[section, name]
        return "–" if found.f1 is None else f"{100 * found.f1:.0f} ({found.recall.right}/{found.recall.of} found)"
    share = measured.shares.get((section, name))
    return "–" if share is None or share.value is None else f"{100 * share.value:.0f} ({share.right}/{share.of})"


def matches(expected: str, output: str) -> bool:
    """Whether the output is as expected, with any lines in the place of a line `…`."""
    pattern = "".join(".*" if line == "…\n" else re.escape(line) for line in expected.splitlines(keepends=True))
    return re.fullmatch(pattern, output, re.DOTALL) is not None


@contextlib.contextmanager
def checkout(folder: Path) -> Iterator[Session]:
    """Go to a folder that holds what a checkout holds, with its dataset and the cookbook's built, and give a session there."""
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    build(folder / "data" / "raw", folder / "data" / "processed")
    build(ROOT / "tests" / "cookbook", folder / "made-up")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", WIDTH)
        patch.setenv("NO_COLOR", "1")
        patch.chdir(folder)
        yield Session()


def written_anew(page: str, session: Session) -> str:
    """Return the page with the output that its examples have now, as many lines left out as were."""
    parts: list[str] = []
    at = 0
    for example in examples(page):
        output = session.run(example)
        parts += [page[at : example.start], _shortened(output, example.expected)]
        at = example.end
    return "".join((*parts, page[at:]))


TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with checkout(tmp_path_factory.mktemp("checkout")) as opened:
        yield opened


def _examples() -> list[Example]:
    return [example for page in PAGES for example in examples(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("example", _examples(), ids=lambda example: " ".join(example.source.split())[:60])
def test_example_gives_its_output(session: Session, example: Example) -> None:
    output = session.run(example)
    assert matches(example.expected, output), f"write it anew with `python tests/test_readme.py`; it is now\n{output}"


def _queries() -> list[tuple[str, str]]:
    """Return the cookbook's queries, each with the folder of its dataset."""
    commands = [
        shlex.split(one.source) for one in examples(COOKBOOK.read_text(encoding="utf-8")) if one.kind == "console"
    ]
    return [("made-up" if "made-up" in command else "data/processed", command[-1]) for command in commands]


@pytest.mark.parametrize(("dataset", "query"), _queries())
def test_a_plain_duckdb_shell_gives_the_same_answer(
    session: Session, capsys: pytest.CaptureFixture[str], dataset: str, query: str
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["sql", "--processed", dataset, "--json", query])
    answer = json.loads(capsys.readouterr().out)
    shell = str(Path(sys.executable).with_name("duckdb"))
    where = f"SET file_search_path = '{Path(dataset).absolute()}'"
    command = [shell, "-no-init", "-cmd", where, "-cmd", f".read {dataset}/views.sql", "-json", "-c", query]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert json.loads(done.stdout) == answer != []


def test_the_shell_starts_with_the_views_where_the_checkout_is(session: Session, tmp_path: Path) -> None:
    shell, *options = shlex.split(next(iter(re.findall(r"^duckdb .*$", COOKBOOK.read_text(encoding="utf-8"), re.M))))
    command = [str(Path(sys.executable).with_name(shell)), *options, "-csv", "-c", "SELECT count(*) AS n FROM quotes"]
    home = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=home)  # noqa: S603
    assert done.stdout.splitlines() == ["n", str(read("quotes").height)]


def _shell_commands() -> list[list[str]]:
    blocks = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]


def test_make_knows_its_commands() -> None:
    commands = [command for command in _shell_commands() if command[0] == "make"]
    assert commands == [["make", "dataset"], ["make", "test"]]
    for command in commands:
        subprocess.run([*command, "--dry-run"], cwd=ROOT, check=True, capture_output=True)  # noqa: S603


def test_own_articles_are_built_as_described(tmp_path: Path) -> None:
    fetch, command = [command for command in _shell_commands() if command[0] != "make"]
    # Nothing is fetched from outside in tests: tests/test_fetch.py has a server of its own.
    assert fetch == ["iraqtalks", "ingest", "https://example.org/an-article", "--raw", "my-articles"]
    assert command[:4] == ["iraqtalks", "build", "--raw", "my-articles"]
    raw = tmp_path / "my-articles"
    raw.mkdir()
    text = "« Le quai sera rouvert », a promis hier Odile Ferrand."
    keys = re.findall(r"`(\w+)`", TEXT[TEXT.index("`<stem>.json`") + 14 :].split(")")[0])
    values = {"published_on": "2024-05-03", "retrieved_at": "2024-05-04T10:00:00Z", "language": "fr"}
    values |= {"text_policy": "full"}
    metadata = {key: values.get(key, f"https://courrier.example/{key}") for key in keys}
    (raw / "quai.txt").write_text(text, encoding="utf-8")
    (raw / "quai.json").write_text(json.dumps(metadata), encoding="utf-8")
    (raw / "more.jsonl").write_text(
        json.dumps({**metadata, "id": "b", "text": f"{text} Fin."}) + "\n", encoding="utf-8"
    )
    subprocess.run([sys.executable, "-m", "iraqtalks.cli", *command[1:]], cwd=tmp_path, check=True)  # noqa: S603
    articles = read("articles", tmp_path / "my-dataset")
    assert sorted(articles.get_column("source_key")) == ["b", "https://courrier.example/id"]
    assert read("rejects", tmp_path / "my-dataset").is_empty()
    assert read("quotes", tmp_path / "my-dataset").get_column("content").to_list() == ["Le quai sera rouvert"] * 2


def test_table_list_is_the_contract() -> None:
    listed = [f"| `{table}` | {description(table)} |" for table in TABLES]
    assert re.findall(r"^\| `.*$", TEXT, re.M) == listed


@pytest.mark.skipif(
    "IRAQTALKS_SHARED" not in os.environ,
    reason="compares to the single case, which another machine may round to another; IRAQTALKS_SHARED asks for it",
)
def test_accuracy_is_the_measured_one() -> None:
    assert ACCURACY.findall(TEXT) == [accuracy()]


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https:)([^)#]+)\)", TEXT)
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_lines_left_out_match_any_lines() -> None:
    assert matches("a\n…\nd\n", "a\nb\nc\nd\n")
    assert not matches("a\n…\nd\n", "a\nb\nc\n")
    assert not matches("a\n", "a\nb\n")
    assert _shortened("1\n2\n3\n4\n", "a\n…\nb\nc\n") == "1\n…\n3\n4\n"


def main() -> None:
    """Write the outputs in the README anew, and the accuracy where the gold is at hand."""
    with tempfile.TemporaryDirectory() as folder, checkout(Path(folder)) as session:
        written = {page: written_anew(page.read_text(encoding="utf-8"), session) for page in PAGES}
    if SHARED.exists():
        written[README] = ACCURACY.sub(lambda _: accuracy(), written[README])
    for page, text in written.items():
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
