"""A published dataset is found by `views.sql` from any folder, with nothing of the machine in the file."""

from pathlib import Path

import duckdb
import pytest
from small import small_frames

from iraqtalks import store, whereabouts

COUNT = "SELECT count(*) FROM who_said_what"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder of the test's own, and stand in an unrelated folder."""
    (tmp_path / "home").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "elsewhere")
    return tmp_path / "home"


def counted(dataset: Path) -> int:
    with duckdb.connect() as shell:
        shell.execute((dataset / "views.sql").read_text(encoding="utf-8"))
        return int(shell.sql(COUNT).pl().item())


def test_views_sql_finds_the_dataset_from_any_folder(home: Path, tmp_path: Path) -> None:
    dataset = tmp_path / "data" / "processed"
    store.publish(small_frames(), dataset)
    assert counted(dataset) == small_frames()["quotes"].height
    assert str(tmp_path) not in (dataset / "views.sql").read_text(encoding="utf-8")
    assert len(list((home / ".local/share/iraqtalks").iterdir())) == 1


def test_another_dataset_nearby_is_not_taken_for_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one", tmp_path / "elsewhere" / "data" / "processed"
    frames = small_frames()
    store.publish(frames, one)
    fewer = dict(frames)
    fewer["positions"] = frames["positions"].clear()
    fewer["quotes"] = frames["quotes"].head(1)
    fewer["quote_segments"] = frames["quote_segments"].clear()
    store.publish(fewer, two)
    assert counted(one) == frames["quotes"].height
    assert counted(two) == 1


def test_a_link_goes_when_its_dataset_is_replaced(home: Path, tmp_path: Path) -> None:
    for fingerprint in ("old", "new"):
        (tmp_path / "set").mkdir(exist_ok=True)
        whereabouts.remember(fingerprint, tmp_path / "set")
    assert [link.name for link in (home / ".local/share/iraqtalks").iterdir()] == ["new"]


def test_a_home_that_cannot_be_written_costs_nothing(home: Path, tmp_path: Path) -> None:
    (home / ".local").write_text("no folder", encoding="utf-8")
    dataset = tmp_path / "set"
    store.publish(small_frames(), dataset)
    with pytest.raises(duckdb.Error, match="say where it is"):
        counted(dataset)
