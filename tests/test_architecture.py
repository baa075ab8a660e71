"""What depends on what, and what is installed: the shape that a newcomer is promised."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from iraqtalks import fingerprint

TOP = Path(__file__).parent.parent
SOURCES = sorted([*(TOP / "src").rglob("*.py"), *(TOP / "flows").rglob("*.py")])


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of all that the file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_only_the_flow_and_where_it_runs_import_prefect() -> None:
    def users(*packages: str) -> set[str]:
        return {
            path.relative_to(TOP).as_posix() for path in SOURCES for name in imported(path) if within(name, packages)
        }

    assert users("prefect") == {"flows/rebuild.py", "flows/server.py", "flows/dask_cluster.py"}
    # What only a cluster needs, and who has none need not install.
    assert users("distributed", "prefect_dask") == {"flows/dask_cluster.py"}


def test_only_its_own_modules_import_the_parser() -> None:
    users = {path.name for path in SOURCES for name in imported(path) if within(name, ("spacy", "thinc"))}
    assert users == {"pipeline.py", "word_vectors.py"}


@pytest.mark.parametrize(
    ("folder", "not_known"),
    [
        ("src/iraqtalks/tables.py", ("iraqtalks",)),
        (
            "src/iraqtalks/extraction",
            ("iraqtalks.ingest", "iraqtalks.store", "iraqtalks.stages", "iraqtalks.flows", "polars"),
        ),
        ("src/iraqtalks/ingest", ("iraqtalks.store", "iraqtalks.stages", "iraqtalks.flows", "polars")),
        ("src/iraqtalks/store.py", ("iraqtalks.extraction", "iraqtalks.ingest", "iraqtalks.stages", "iraqtalks.flows")),
        ("src/iraqtalks/cache.py", ("iraqtalks.extraction", "iraqtalks.ingest", "iraqtalks.stages", "iraqtalks.flows")),
        ("src/iraqtalks/stages.py", ("iraqtalks.flows", "iraqtalks.cli")),
    ],
)
def test_dependencies_run_one_way(folder: str, not_known: tuple[str, ...]) -> None:
    top = TOP / folder
    files = [path for path in SOURCES if path == top or top in path.parents]
    assert files
    assert [(path.name, name) for path in files for name in imported(path) if within(name, not_known)] == []


def test_the_fingerprint_covers_all_that_extraction_imports() -> None:
    package = TOP / "src" / "iraqtalks"

    def file(module: str) -> Path | None:
        path = package.parent / Path(*module.split("."))
        found = (path.with_suffix(".py"), path / "__init__.py")
        return next((candidate for candidate in found if candidate.is_file()), None)

    covered = {path for path in SOURCES if package in path.parents and _top(path, package) in fingerprint.SOURCES}
    # What keeps the rows imports the writer, and what checks them the checks: these make none.
    makers = covered - {package / "cache.py", package / "shard.py"}
    needed = {found for path in makers for name in imported(path) if (found := file(name)) is not None}
    assert len(needed) > 50
    assert needed - {package / "__init__.py"} <= covered


def _top(path: Path, package: Path) -> str:
    return path.relative_to(package).parts[0]


def test_every_package_is_installed() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {path.parent.relative_to(TOP / "src") for path in (TOP / "src").rglob("__init__.py")}
    packages = {".".join(folder.parts) for folder in folders} | {"iraqtalks.flows"}
    assert set(project["tool"]["setuptools"]["packages"]) == packages
