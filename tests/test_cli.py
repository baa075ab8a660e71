"""The command line: help, version, faults told in a line, exit codes."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from iraqtalks import store
from iraqtalks.cli import main


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
    assert all(command in shown for command in ("build", "check", "sql", "show", "evaluate", "actors", "export"))
    assert run("build", "--help") == 0
    assert "iraqtalks build --raw" in capsys.readouterr().out


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


def test_the_command_starts_without_prefect_and_spacy() -> None:
    code = "import sys, iraqtalks, iraqtalks.cli; print([name for name in ('prefect', 'spacy') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"
