"""The command line: help, version, faults told in a line, exit codes."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from iraqtalks import store
from iraqtalks.cli import app, main, report, warn
from iraqtalks.progress import progress
from iraqtalks.quality import Build, Quality

TOP = Path(__file__).parent.parent


def run(*arguments: str | Path) -> int:
    """Run the command in this process and return its exit code."""
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    # `sys.exit` with a message prints it and ends with 1.
    if isinstance(end.value.code, str):
        print(end.value.code, file=sys.stderr)
        return 1
    return int(end.value.code or 0)


def test_help_shows_the_commands_and_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert all(
        command in shown for command in ("build", "check", "sql", "show", "evaluate", "actors", "export", "release")
    )
    assert run("build", "--help") == 0
    told = capsys.readouterr().out
    assert "iraqtalks build --raw" in told
    # A flag does not look as if it took a value.
    assert not re.search("--(topic|quiet|json).*<", told)


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("iraqtalks 20")


def test_a_wrong_option_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "--wrokers", "2") == 2
    assert "--workers" in capsys.readouterr().err


def test_a_missing_raw_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "--raw", tmp_path / "nowhere", "--processed", tmp_path / "out") == 1
    assert "There is no folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_of_other_files_is_not_published_into(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("do not lose me")
    (tmp_path / "raw").mkdir()
    assert run("build", "--raw", tmp_path / "raw", "--processed", tmp_path) == 1
    assert "thesis.txt" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "do not lose me"


@pytest.mark.parametrize("processed", ["raw", "raw/processed", "raw/deep/processed"])
def test_a_dataset_among_its_own_input_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], processed: str
) -> None:
    (tmp_path / "raw").mkdir()
    assert run("build", "--raw", tmp_path / "raw", "--processed", tmp_path / processed) == 1
    assert "would be read as input" in capsys.readouterr().err
    assert list((tmp_path / "raw").iterdir()) == []


def test_a_sound_dataset_passes(
    frames: Mapping[str, pl.DataFrame], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.publish(frames, tmp_path / "processed")
    assert run("check", tmp_path / "processed") == 0
    assert capsys.readouterr().out.endswith("in 18 tables, all sound\n")


def test_a_breach_is_told_with_code_1(
    frames: Mapping[str, pl.DataFrame], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.publish({**frames, "quotes": frames["quotes"].with_columns(kind=pl.lit("direct"))}, tmp_path / "processed")
    assert run("check", tmp_path / "processed") == 1
    assert "quotes.kind [quote_id=q2] = 'direct': does not agree with the quotation marks" in capsys.readouterr().err


def test_a_folder_without_a_dataset_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", tmp_path) == 1
    assert "holds no dataset; make one with `iraqtalks build" in capsys.readouterr().err


def test_the_command_starts_without_what_only_some_commands_need() -> None:
    names = ("prefect", "spacy", "polars", "duckdb", "pandera", "pyarrow")
    code = f"import sys, iraqtalks, iraqtalks.cli; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


def commands(command: object, name: str = "") -> Iterator[tuple[str, TyperCommand]]:
    """Yield every command by the words that call it."""
    if isinstance(command, TyperCommand):
        yield name, command
    elif isinstance(command, TyperGroup):
        for word, below in command.commands.items():
            yield from commands(below, f"{name} {word}".strip())


COMMANDS = dict(commands(typer.main.get_command(app)))


def examples_of(name: str) -> list[str]:
    """Return the examples at the end of a command's help, without the words that redirect output."""
    begin, *shown = (COMMANDS[name].epilog or "").split("\n\n")
    assert begin == "Examples:"
    return [example.split(" > ")[0] for example in shown]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_that_it_takes(name: str) -> None:
    assert len(examples_of(name)) >= 2
    for example in examples_of(name):
        words = shlex.split(example)
        called = ["iraqtalks", *name.split()]
        assert words[: len(called)] == called
        # Raises where an option or argument is not there or is of another type; nothing is run.
        COMMANDS[name].make_context(name, words[len(called) :])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    assert COMMANDS[name].help
    pages = [TOP / "README.md", *(TOP / "docs").rglob("*.md")]
    assert any(re.search(rf"iraqtalks {name}\b", page.read_text(encoding="utf-8")) for page in pages)
    undocumented = [p.name for p in COMMANDS[name].params if not getattr(p, "help", None)]
    assert undocumented == []


@pytest.mark.parametrize(("words", "found"), [("iraqtalks act", "actors"), ("iraqtalks build --wor", "--workers")])
def test_the_shell_completes_commands_and_options(words: str, found: str) -> None:
    done = command(
        [], _IRAQTALKS_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(len(words.split()) - 1)
    )  # fmt: skip
    assert found in done.stdout.decode().splitlines()


def command(arguments: list[str | Path], **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, as a shell does."""
    program = Path(sys.executable).with_name("iraqtalks")
    return subprocess.run(  # noqa: S603
        [program, *arguments], capture_output=True, env={**os.environ, **environment}, check=False
    )


@pytest.fixture
def processed(frames: Mapping[str, pl.DataFrame], tmp_path: Path) -> Path:
    store.publish(frames, tmp_path / "processed")
    return tmp_path / "processed"


def test_the_shell_completes_an_article(processed: Path) -> None:
    done = command(
        [],
        _IRAQTALKS_COMPLETE="complete_bash",
        COMP_WORDS=f"iraqtalks show --processed {processed} po",
        COMP_CWORD="4",
    )
    assert done.stdout.decode().splitlines() == ["pont.txt"]


def test_a_terminal_without_the_letters_is_no_fault(processed: Path) -> None:
    arguments: list[str | Path] = ["sql", "SELECT words FROM who_said_what", "--processed", processed]
    shown = command(arguments, PYTHONIOENCODING="ascii")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "Le pont ? tiendra" in shown.stdout.decode("ascii")
    # Programs get every letter, in UTF-8.
    for told in (["--json"], ["--format", "csv"], ["--format", "jsonl"]):
        written = command([*arguments, *told], PYTHONIOENCODING="ascii")
        assert "Le pont 🌉 tiendra" in written.stdout.decode("utf-8")


def test_an_answer_as_json(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT published_on, 1 + 1 AS two FROM articles"
    main_ended = run("sql", query, "--processed", processed, "--json")
    assert (main_ended, json.loads(capsys.readouterr().out)) == (0, [{"published_on": "2019-05-05", "two": 2}])


def test_an_article_as_json(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "a1", "--processed", processed, "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [quote["quote_id"] for quote in shown["quotes"]] == ["q1", "q2", "q3"]


def test_a_name_that_is_no_table_leads_to_the_list(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sql", "FROM quoets", "--processed", processed) == 1
    assert "`iraqtalks sql 'SHOW TABLES'` lists" in capsys.readouterr().err


def test_a_column_that_cannot_be_shown_is_told(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sql", "SELECT INTERVAL 1 DAY AS term", "--processed", processed) == 1
    assert "CAST it AS VARCHAR" in capsys.readouterr().err


def test_a_check_as_json_and_quietly(
    processed: Path, frames: Mapping[str, pl.DataFrame], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", processed, "--quiet") == 0
    assert capsys.readouterr() == ("", "")
    store.publish({**frames, "quotes": frames["quotes"].with_columns(kind=pl.lit("direct"))}, tmp_path / "broken")
    assert run("check", tmp_path / "broken", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["sound"], told["rows"]["quotes"]) == (False, 3)
    assert any("[quote_id=q2]" in violation for violation in told["violations"])


def test_what_a_build_came_to_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    quality = Quality({"articles": 1200, "quotes": 0}, {}, {"empty": 2, "breaks_contract": 1})
    report(Path("out"), Build(quality, changed=False, reused=7))
    warn(quality.rejects)
    told, warned = capsys.readouterr()
    assert told.splitlines() == [
        "out: 1,200 articles",
        "7 articles are as they were when they were extracted; their rows were kept",
        "Nothing has changed: the files are left as they are",
    ]
    assert "2 empty, 1 breaks_contract" in warned
    assert "please report" in warned


def test_progress_shows_how_much_is_done_and_how_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    with progress("Extracting", 40, "articles") as advance:
        advance(30)
    assert "30/40" in shown.getvalue()
    assert re.search(r"[0-9.,]+ articles/s", shown.getvalue())
    quiet = Terminal()
    monkeypatch.setattr(sys, "stderr", quiet)
    with progress("Extracting", 40, "articles", quiet=True) as advance:
        advance(30)
    assert quiet.getvalue() == ""
