"""One folder in the place of another, also where the system cannot exchange two in one step."""

import errno
import os
from pathlib import Path

import pytest

from iraqtalks import swap


def folder(path: Path, word: str) -> Path:
    path.mkdir()
    (path / "word").write_text(word)
    return path


def cannot(_first: Path, _second: Path) -> None:
    raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))


def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    first, second = folder(tmp_path / "first", "1"), folder(tmp_path / "second", "2")
    swap.exchange(first, second)
    assert ((first / "word").read_text(), (second / "word").read_text()) == ("2", "1")


def test_an_exchange_with_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        swap.exchange(folder(tmp_path / "first", "1"), tmp_path / "second")


def test_a_folder_comes_where_there_was_none(tmp_path: Path) -> None:
    swap.put_in_place(folder(tmp_path / "new", "new"), tmp_path / "target", tmp_path / "aside")
    assert (tmp_path / "target" / "word").read_text() == "new"


def test_two_renames_do_where_no_exchange_is_possible(tmp_path: Path) -> None:
    new, target = folder(tmp_path / "new", "new"), folder(tmp_path / "target", "old")
    swap.put_in_place(new, target, tmp_path / "aside", cannot)
    assert (target / "word").read_text() == "new"
    assert (tmp_path / "aside" / "word").read_text() == "old"


def test_the_old_folder_comes_back_when_a_run_died_between_two_renames(tmp_path: Path) -> None:
    target, aside = tmp_path / "target", tmp_path / "aside"
    folder(target, "old").rename(aside)
    swap.recover(target, aside)
    assert (target / "word").read_text() == "old"


def test_the_old_folder_does_not_come_back_over_a_new_one(tmp_path: Path) -> None:
    target, aside = folder(tmp_path / "target", "new"), folder(tmp_path / "aside", "old")
    swap.recover(target, aside)
    assert (target / "word").read_text() == "new"


def test_any_other_fault_leaves_all_as_it_was(tmp_path: Path) -> None:
    def busy(_first: Path, _second: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    new, target = folder(tmp_path / "new", "new"), folder(tmp_path / "target", "old")
    with pytest.raises(OSError, match="busy"):
        swap.put_in_place(new, target, tmp_path / "aside", busy)
    assert (target / "word").read_text() == "old"
    assert not (tmp_path / "aside").exists()
