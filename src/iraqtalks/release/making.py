"""A dataset becomes a release: a folder and an archive, both whole or neither.

Everything is written, read again and held against its requirements in a folder beside; then it is put in place by renames.
"""

import datetime as dt
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from iraqtalks import checks, contract, rules, store
from iraqtalks.database import dataset_version
from iraqtalks.diff import TableDiff, diff
from iraqtalks.errors import ReleaseError
from iraqtalks.frames import Frames
from iraqtalks.quality import assess
from iraqtalks.release import crate, tabular
from iraqtalks.release.about import citation_cff
from iraqtalks.release.accuracy import Accuracy, measure
from iraqtalks.release.archive import pack
from iraqtalks.release.changes import changelog
from iraqtalks.release.compatibility import Published, comparable, read_published, require_compatible
from iraqtalks.release.coverage import cover
from iraqtalks.release.edition import Edition, Version, next_version
from iraqtalks.release.files import SUMS, listed, sums
from iraqtalks.release.metadata import croissant, data_package, schema_org
from iraqtalks.release.readme import readme
from iraqtalks.release.report import quality_json, quality_md
from iraqtalks.release.requirements import require
from iraqtalks.tables import TABLES
from iraqtalks.text_policy import as_allowed

_NAME: Final = "iraqtalks"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the date, the version if one is wanted, the release before, where it will be found, CSV beside it."""

    date: dt.date
    version: Version | None = None
    previous: Path | None = None
    url: str | None = None
    with_csv: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A release that was made: its version, its folder, its archive and the SHA-256 of that."""

    version: Version
    folder: Path
    archive: Path
    sha256: str


def release(processed: Path, output: Path, gold: Path, asked: Asked) -> Made:
    """Make a release of the dataset in `processed` as a folder and an archive in the folder `output`.

    What of the articles' texts is published goes by `text_policy`. `gold` is a folder of annotations to measure the released
    rows on, and need not be there.

    Raises DatasetError for a folder without a sound dataset, CheckFailedError where its rows break the contract, ReleaseError
    where it cannot be released as asked: it lacks what `requirements.yml` wants, breaks what is built on the release before,
    or is there already.
    """
    frames = store.read_tables(processed)
    checks.require(frames)
    _require_current(processed)
    previous = None if asked.previous is None else read_published(asked.previous)
    number = next_version(asked.date, asked.version, None if previous is None else previous.version)
    edition = Edition(number, asked.date, asked.url)
    name = f"{_NAME}-{number}"
    _refuse_output(processed, output, name)
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{name}.", dir=output) as work:
        folder, archive = Path(work) / name, Path(work) / f"{name}.tar.gz"
        written = _write_tables(as_allowed(frames), folder, edition)
        if asked.with_csv:
            tabular.write_csv(written, folder)
        _write_documents(written, folder, edition, previous, measure(frames, gold))
        _write(
            folder / crate.NAME, contract.dump(crate.crate(edition, listed(folder), crate.origin(frames, processed)))
        )
        _write(folder / SUMS, sums(listed(folder)))
        pack(folder, archive, edition.date)
        made = Made(number, output / folder.name, output / archive.name, store.sha256(archive))
        _put_in_place(folder, archive, made)
    return made


def _require_current(processed: Path) -> None:
    """Raise ReleaseError where another version of the code has built the dataset than the one that would describe it."""
    built, present = dataset_version(processed), version("iraqtalks")
    if built != present:
        raise ReleaseError(f"{processed} was built by IraqTalks {built}, this is {present}; build it again")


def _refuse_output(processed: Path, output: Path, name: str) -> None:
    if output.resolve().is_relative_to(processed.resolve()):
        raise ReleaseError(f"{output} lies in the dataset's folder; give another one as --output")
    for path in (output / name, output / f"{name}.tar.gz"):
        if path.exists():
            raise ReleaseError(f"{path} is there already; remove it, or give another --output or --version")


def _write_tables(allowed: Frames, folder: Path, edition: Edition) -> Frames:
    """Write what may be passed on, with its views and description, and return it as it is read again, all sound."""
    store.write_dataset(allowed, folder)
    path = folder / "datapackage.json"
    _write(path, contract.dump(data_package(edition, json.loads(path.read_text(encoding="utf-8")))))
    written = store.read_tables(folder)
    checks.require(written)
    return written


def _write_documents(
    written: Frames, folder: Path, edition: Edition, previous: Published | None, accuracy: Accuracy
) -> None:
    """Write what people and programs read about the tables in the folder; refuse what no release may be."""
    quality, coverage, published = assess(written), cover(written), read_published(folder)
    require(quality, {} if previous is None else previous.rows)
    differences: Mapping[str, TableDiff] = {}
    if previous is not None:
        require_compatible(previous, published)
        differences = diff(previous.folder, folder, tables=comparable(previous, published))
        _write(
            folder / "changes.json",
            contract.dump({table: found.to_dict() for table, found in differences.items() if found}),
        )
    with_csv = (folder / tabular.FOLDER).is_dir()
    for name, text in {
        "README.md": readme(edition, with_changes=previous is not None, with_csv=with_csv),
        "CHANGELOG.md": changelog(edition, published, previous, differences),
        "CITATION.cff": citation_cff(edition),
        "data-dictionary.md": contract.dictionary_md(),
        "rules.md": rules.rules_md(),
        "quality.md": quality_md(quality, coverage, accuracy),
        "quality.json": contract.dump(quality_json(quality, coverage, accuracy)),
    }.items():
        _write(folder / name, text)
    tables = [file for file in listed(folder) if file.path in {f"{table}.parquet" for table in TABLES}]
    _write(folder / "croissant.json", contract.dump(croissant(edition, tables)))
    _write(folder / "schema-org.jsonld", contract.dump(schema_org(edition, listed(folder), coverage)))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _put_in_place(folder: Path, archive: Path, made: Made) -> None:
    """Put both in place: the archive first, so that where the folder is, the release is whole."""
    archive.rename(made.archive)
    try:
        folder.rename(made.folder)
    except OSError:
        made.archive.unlink()
        raise
