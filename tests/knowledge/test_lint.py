"""Each fault that somebody may edit into the base is told, with the entry's name."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_cli import run

from iraqtalks.knowledge import reading
from iraqtalks.knowledge.lint import Fault, lint

Edit = Callable[[Any], None]


def _actor(**keys: object) -> Edit:
    entry = {"id": "zorbad-tam", "kind": "person", "name": "Zorbad Tam", "gender": "m", "basis": "invented", **keys}
    return lambda data: data["actors"].append(entry)


def _holding(**keys: object) -> Edit:
    entry = {"actor": "joe-biden", "to": "2021-01-01", "basis": "invented", **keys}
    return lambda data: data["offices"][0]["holdings"].append(entry)


def _round(**keys: object) -> Edit:
    entry = {"id": "zorbad-1", "process": "zorbad", "date": "2020-01", "source": "round-1", **keys}
    return lambda data: data["rounds"].append(entry)


def _ambiguous(data: Any) -> None:
    data["names"].append({"name": "Joe Biden", "actors": ["joe-biden"]})


def _place_without_id(data: Any) -> None:
    data["places"].append({"id": "zorbadville", "name": "Zorbadville", "kind": "city", "lat": 1.0, "lon": 2.0})


def _membership(data: Any) -> None:
    data["memberships"].append({"actor": "joe-biden", "organization": "zorbad", "role": "membre", "basis": "invented"})


def _source(data: Any) -> None:
    data["zorbad"] = {"url": "zorbad.example", "title": "Zorbad"}


def _spelling(data: Any) -> None:
    data["groups"].append(["Mustafa", "Zorbad"])


FAULTS: dict[str, list[tuple[Edit, str]]] = {
    "actors_people_iraq": [
        (_actor(nmae="Zorbad"), "no such key: nmae"),
        (_actor(id="Zorbad Tam"), "not in kebab case"),
        (_actor(id="joe-biden", name="Joe Biden"), "2 entries have this id"),
        (_actor(id="zorbad-1", kind="wizard"), "no such kind: wizard"),
        (_actor(id="zorbad-2", parent="zorbadia"), "its parent zorbadia is not in the base"),
        (_actor(id="zorbad-3", parent="zorbad-3"), "is a part of itself"),
        (_actor(id="zorbad-4", gender="x"), "gender is m, f or nothing"),
        (_actor(id="zorbad-5", country="Irak"), "country 'Irak'"),
        (_actor(id="zorbad-6", wikidata="42"), "wikidata '42'"),
        (_actor(id="zorbad-7", basis=None), "neither a source nor a basis"),
        (_actor(id="zorbad-8", fr=["Moustafa Kazimi"]), "names mustafa-al-kadhimi, zorbad-8: declare it"),
    ],
    "countries": [
        (lambda data: data["countries"][0].update(captial={}), "countries.yml, iraq: no such key: captial"),
        (
            lambda data: data["countries"][1]["bodies"].update(senate="zorbad"),
            "united-states: zorbad is not in the base",
        ),
        (lambda data: data["countries"][2].update(without=["zorbad"]), "iran: without zorbad, which bodies.yml"),
        (lambda data: data["regions"][0].update(code="ZZZ"), "kurdistan-region: no such key: code"),
    ],
    "ambiguous": [(_ambiguous, "'joe biden' is not ambiguous")],
    "transliterations": [(_spelling, "transliterations.yml, groups: 'Mustafa' stands in two groups")],
    "offices": [
        (_holding(source="zorbad"), "sources.yml has no zorbad"),
        (_holding(actor="zorbad-tam"), "zorbad-tam is not in the base"),
        (_holding(**{"from": "2021-13-01"}), "not an EDTF date"),
        (_holding(**{"from": "2022"}), "ends before it begins"),
    ],
    "memberships": [(_membership, "zorbad is not in the base")],
    "rounds": [
        (_round(source=None), "neither a source nor a basis"),
        (_round(id="zorbad-2", place="zorbadville"), "its place zorbadville is not in places.yml"),
        (_round(id="zorbad-3", format="telepathy"), "no such format: telepathy"),
        (_round(id="zorbad-4", process="strategic-dialogue", number=4), "2 rounds have the number 4"),
    ],
    "places": [(_place_without_id, "come together or not at all")],
    "sources": [(_source, "zorbad has no address")],
}


@pytest.mark.parametrize("file", FAULTS)
def test_every_fault_is_told(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = copy.deepcopy(reading.read(file))
    for fault, _ in FAULTS[file]:
        fault(data)
    original = reading.read
    monkeypatch.setattr(reading, "read", lambda name: data if name == file else original(name))
    found = [str(fault) for fault in lint()]
    assert [message for _, message in FAULTS[file] if not any(message in sentence for sentence in found)] == []


def test_a_fault_tells_its_file_and_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    data = copy.deepcopy(reading.read("actors_people_iraq"))
    _actor(id="zorbad-1", kind="wizard")(data)
    original = reading.read
    monkeypatch.setattr(reading, "read", lambda name: data if name == "actors_people_iraq" else original(name))
    assert Fault("actors_people_iraq.yml", "zorbad-1", "no such kind: wizard") in lint()


def test_a_file_that_is_no_yaml_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    original = reading.read
    monkeypatch.setattr(
        reading, "read", lambda name: yaml.safe_load("a: 1\nb: [") if name == "rounds" else original(name)
    )
    (fault,) = lint()
    assert (fault.file, fault.entry) == ("rounds.yml", "line 2")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a folder with a copy of the base, for tests to change."""
    folder = tmp_path / "knowledge"
    shutil.copytree(reading.OWN, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def test_a_base_of_ones_own_is_checked_and_the_packages_left_alone(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("actors", "lint", "--knowledge", own) == 0
    assert capsys.readouterr().out == "The knowledge base is sound.\n"
    entry = {"id": "zorbad-tam", "kind": "wizard", "name": "Zorbad Tam", "basis": "invented"}
    (own / "actors_mine.yml").write_text(yaml.safe_dump({"actors": [entry]}), encoding="utf-8")
    assert run("actors", "lint", "--knowledge", own, "--json") == 1
    assert json.loads(capsys.readouterr().out) == [
        {"file": "actors_mine.yml", "entry": "zorbad-tam", "what": "no such kind: wizard"}
    ]
    assert lint() == []


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("places.yml", None, "places.yml, the whole file: is missing"),
        ("places.yml", "plaecs: []", "places.yml, all: is not of the shape of the package's own: KeyError('places')"),
        ("offices.yml", "- a\n- b", "offices.yml, all: is not of the shape"),
        ("actors_mine.yml", "actors: [Zorbad Tam]", "actors_*.yml, all: the actors cannot be read"),
        ("rounds.yml", b"rounds: \xe9", "rounds.yml, the whole file: is not in UTF-8"),
        ("issues.yml", "", "issues.yml, all: is not of the shape"),
    ],
)
def test_a_base_of_another_shape_is_told_without_a_traceback(
    own: Path, file: str, content: str | bytes | None, told: str
) -> None:
    if content is None:
        (own / file).unlink()
    else:
        (own / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert any(str(fault).startswith(told) for fault in lint(own))


def test_a_base_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("actors", "lint", "--knowledge", tmp_path / "nowhere") == 1
    assert "there is no folder" in capsys.readouterr().err
