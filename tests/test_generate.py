"""The committed files that are made from others are what follows from them today."""

from pathlib import Path

import pytest

from iraqtalks.generate import generated, main

TOP = Path(__file__).parent.parent


@pytest.mark.parametrize("path", sorted(generated()))
def test_a_generated_file_is_not_stale(path: str) -> None:
    assert (TOP / path).read_text(encoding="utf-8") == generated()[path], "run `make generated`"


def test_writing_the_generated_files_removes_stale_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "gossip.json").write_text("{}")
    monkeypatch.setattr("sys.argv", ["generate", str(tmp_path)])
    main()
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == set(generated())
