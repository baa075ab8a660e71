"""A release as others read it: with frictionless, mlcroissant, rocrate, the CFF schema, DuckDB, plain Parquet, sha256sum."""

import csv
import datetime as dt
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import mlcroissant
import polars as pl
import pyarrow.parquet as pq
import pytest
import yaml
from folders import content
from frictionless import Package
from golds import ROOT
from mlcroissant._src.core.context import Context
from mlcroissant._src.core.rdf import make_context
from rocrate.rocrate import ROCrate

from iraqtalks import contract
from iraqtalks.release import Made, Version
from iraqtalks.release.about import citation
from iraqtalks.release.edition import Edition
from iraqtalks.tables import TABLES
from iraqtalks.views import VIEWS


@pytest.fixture(scope="session")
def unpacked(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the release as a new user has it: the archive, unpacked elsewhere."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with tarfile.open(made.archive) as archive:
        archive.extractall(elsewhere, filter="data")
    return elsewhere / made.folder.name


def read_json(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_the_archive_holds_what_the_folder_holds(made: Made, unpacked: Path) -> None:
    assert content(unpacked) == content(made.folder)
    assert len(content(unpacked)) == 2 * len(TABLES) + len(VIEWS) + 14


def test_the_checksums_are_those_of_all_other_files(unpacked: Path) -> None:
    lines = [line.split("  ") for line in (unpacked / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    found = content(unpacked)
    del found["SHA256SUMS"]
    assert {path: digest for digest, path in lines} == {
        path: hashlib.sha256(data).hexdigest() for path, data in found.items()
    }


@pytest.mark.parametrize(
    ("package", "names"), [("datapackage.json", (*TABLES, *VIEWS)), ("csv/datapackage.json", (*TABLES,))]
)
def test_frictionless_finds_tables_and_references_sound(unpacked: Path, package: str, names: tuple[str, ...]) -> None:
    described = Package(str(unpacked / package))
    assert described.resource_names == list(names)
    assert described.get_resource("quotes").schema.foreign_keys
    report = described.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert described.version == "2024.5.0"


def test_frictionless_finds_a_reference_to_nothing(unpacked: Path, tmp_path: Path) -> None:
    """That the test above can fail: the same files without the actor."""
    shutil.copytree(unpacked, tmp_path / "broken")
    actors = pl.read_parquet(unpacked / "actors.parquet").clear()
    actors.write_parquet(tmp_path / "broken" / "actors.parquet")
    report = Package(str(tmp_path / "broken" / "datapackage.json")).validate()
    assert "foreign-key" in {kind for (kind,) in report.flatten(["type"])}


def test_mlcroissant_reads_every_record(unpacked: Path) -> None:
    dataset = mlcroissant.Dataset(jsonld=unpacked / "croissant.json")
    assert (dataset.metadata.issues.errors, dataset.metadata.issues.warnings) == (set(), set())
    for table in TABLES:
        frame = pl.read_parquet(unpacked / f"{table}.parquet")
        records = list(dataset.records(record_set=table))
        assert len(records) == frame.height
        for name in contract.key(table):
            read = [record[f"{table}/{name}"] for record in records]
            assert [value.decode() if isinstance(value, bytes) else value for value in read] == frame[name].to_list()
    (article,) = dataset.records(record_set="articles")
    assert article["articles/text"].decode() == pl.read_parquet(unpacked / "articles.parquet")["text"][0]


def test_the_context_is_croissants(unpacked: Path) -> None:
    theirs = make_context(Context(conforms_to="http://mlcommons.org/croissant/1.1"))
    ours = read_json(unpacked / "croissant.json")["@context"]
    assert ours == {name: term for name, term in theirs.items() if term is not None}


def test_rocrate_reads_the_crate_and_finds_all_files(unpacked: Path) -> None:
    crate = ROCrate(unpacked)
    described = {entity.id: entity for entity in crate.data_entities}
    assert set(described) == set(content(unpacked)) - {"SHA256SUMS", "ro-crate-metadata.json"}
    for path, data in content(unpacked).items():
        if path in described:
            assert described[path]["sha256"] == hashlib.sha256(data).hexdigest()
            assert described[path]["contentSize"] == str(len(data))
    assert crate.root_dataset["datePublished"] == "2024-05-06"
    assert crate.root_dataset["license"]["name"].startswith("Creative Commons")
    action = crate.get("#extraction")
    assert {made.id for made in action["result"]} == {f"{name}.parquet" for name in (*TABLES, *VIEWS)}
    assert {part.id for part in action["object"]} == {"#input", "#model-fr"}
    assert action["instrument"].id == "#code"


def test_no_entity_of_the_crate_refers_to_nothing(unpacked: Path) -> None:
    graph = read_json(unpacked / "ro-crate-metadata.json")["@graph"]
    known = {entity["@id"] for entity in graph} | {"https://w3id.org/ro/crate/1.1"}
    assert len(known) == len(graph) + 1
    assert set(_references(graph)) <= known


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)


def test_the_citations_are_valid_and_say_the_same(unpacked: Path) -> None:
    paths = [unpacked / "CITATION.cff", ROOT / "CITATION.cff"]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    checked = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=False)  # noqa: S603
    assert checked.returncode == 0, checked.stdout
    released, committed = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths)
    assert released["url"] == "https://courrier.example/dataset"
    released_on = dt.date.fromisoformat(committed["date-released"])
    assert committed == citation(Edition(Version.read(committed["version"]), released_on))


def test_search_engines_find_every_file(unpacked: Path) -> None:
    described = read_json(unpacked / "schema-org.jsonld")
    assert described["@type"] == "Dataset"
    assert (described["temporalCoverage"], described["inLanguage"]) == ("2019-05-05/2019-05-05", ["fr"])
    found = content(unpacked)
    for file in described["distribution"]:
        assert file["sha256"] == hashlib.sha256(found[file["contentUrl"]]).hexdigest()
    listed = {file["contentUrl"] for file in described["distribution"]}
    assert {f"{table}.parquet" for table in TABLES} | {"views.sql", "csv/quotes.csv", "quality.md"} <= listed


def test_the_views_open_in_a_plain_duckdb(unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(unpacked)
    with duckdb.connect() as shell:
        shell.execute((unpacked / "views.sql").read_text(encoding="utf-8"))
        assert shell.sql("SELECT speaker, words FROM who_said_what ORDER BY words").fetchall()[0] == (
            "Odile Ferrand", "Le pont 🌉 tiendra pas de panique",
        )  # fmt: skip
        for name in (*TABLES, *VIEWS):
            assert len(shell.sql(f"SELECT count(*) FROM {name}").fetchall()) == 1  # noqa: S608


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_plain_parquet(unpacked: Path, table: str) -> None:
    """What R's arrow and other readers see: the declared names in order, no nested type, descriptions inside."""
    schema = pq.read_schema(unpacked / f"{table}.parquet")
    assert schema.names == [column.name for column in contract.columns(table)]
    assert not any(str(field.type).startswith(("list", "struct", "dictionary", "large_list")) for field in schema)
    assert schema.metadata[b"description"].decode() == contract.description(table)


def test_the_csv_has_the_same_values(unpacked: Path) -> None:
    with (unpacked / "csv" / "quotes.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    frame = pl.read_parquet(unpacked / "quotes.parquet")
    assert [row["content"] for row in rows] == frame["content"].to_list()
    assert [int(row["start"]) for row in rows] == frame["start"].to_list()
    assert [float(row["confidence"]) for row in rows] == frame["confidence"].to_list()
    assert [row["cue_start"] or None for row in rows] == [
        None if value is None else str(value) for value in frame["cue_start"].to_list()
    ]


def test_the_readme_names_every_file(unpacked: Path) -> None:
    text = (unpacked / "README.md").read_text(encoding="utf-8")
    assert [path for path in content(unpacked) if not path.startswith("csv/") and f"`{path}`" not in text] == [
        "README.md"
    ]
    assert "`csv/`" in text
    assert "{" not in text.replace("{The Ir", "").replace("{Ir", "").split("```bibtex")[0]
