"""Where a release comes from: the input, the code and the models, as an RO-Crate 1.1 (`ro-crate-metadata.json`)."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import polars as pl

from iraqtalks import contract, stages, views
from iraqtalks.fingerprint import LIBRARIES
from iraqtalks.frames import Frames
from iraqtalks.language import MODELS
from iraqtalks.release.about import about
from iraqtalks.release.edition import Edition
from iraqtalks.release.files import File
from iraqtalks.release.words import counted
from iraqtalks.tables import TABLES

NAME: Final = "ro-crate-metadata.json"

_TERMS: Final = {"sha256": "https://schema.org/sha256"}
"""What RO-Crate's own context lacks."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a dataset was made of: its input by count and hash, and the fingerprint of the code that extracted it.

    `code` is None where that cannot be shown: the rows that a build keeps are not there, or are another code's.
    """

    files: int
    articles: int
    sha256: str
    corrections: int
    code: str | None


def origin(frames: Frames, processed: Path) -> Origin:
    """Return what the dataset in `processed`, read as frames, was made of."""
    articles = frames["articles"]
    lines = sorted("\t".join(row) for row in articles.select("text_sha256", "raw_path").iter_rows())
    return Origin(
        files=articles["raw_path"].n_unique(),
        articles=articles.height,
        sha256=hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest(),
        corrections=frames["corrections"].height,
        code=_code(frames, processed),
    )


def _code(frames: Frames, processed: Path) -> str | None:
    """Return the fingerprint of the code that extracted the articles, where what was kept of them shows it.

    Articles whose metadata were corrected are not asked for: they are kept by what they were before.
    """
    corrections = frames["corrections"].filter(pl.col("table_name") == "articles")
    asked = frames["articles"].join(corrections, left_on="article_id", right_on="row_key", how="anti")
    return stages.extracted_by(asked, processed)


def crate(edition: Edition, listed: Sequence[File], made_of: Origin) -> dict[str, Any]:
    """Return the RO-Crate of a release with these files: what each is, and the action that made them."""
    entities = [_descriptor(), _root(edition, listed), *_files(listed), *_action(listed, made_of), *_context()]
    return {"@context": ["https://w3id.org/ro/crate/1.1/context", _TERMS], "@graph": entities}


def _descriptor() -> dict[str, Any]:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def _root(edition: Edition, listed: Sequence[File]) -> dict[str, Any]:
    told = about()
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": contract.TITLE,
        "description": told["description"],
        "version": str(edition.version),
        "datePublished": edition.date.isoformat(),
        "license": {"@id": contract.LICENCES[0]["path"]},
        "usageInfo": told["rights"],
        "creator": {"@id": "#creator"},
        "keywords": ", ".join(told["keywords"]),
        **({} if edition.url is None else {"url": edition.url}),
        "hasPart": [{"@id": file.path} for file in listed],
        "mentions": [{"@id": "#extraction"}],
    }


def _files(listed: Sequence[File]) -> Iterator[dict[str, Any]]:
    descriptions = {f"{table}.parquet": contract.description(table) for table in TABLES}
    descriptions |= {f"{view}.parquet": views.description(view) for view in views.VIEWS}
    for file in listed:
        yield {
            "@id": file.path,
            "@type": "File",
            "name": file.path,
            **({"description": descriptions[file.path]} if file.path in descriptions else {}),
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.sha256,
        }


def _action(listed: Sequence[File], made_of: Origin) -> Iterator[dict[str, Any]]:
    models = [f"#model-{language}" for language in sorted(MODELS)]
    libraries = [f"#library-{name}" for name in LIBRARIES]
    yield {
        "@id": "#extraction",
        "@type": "CreateAction",
        "name": "Extraction of the tables from articles",
        "object": [{"@id": "#input"}, *({"@id": one} for one in models)],
        "instrument": {"@id": "#code"},
        "result": [{"@id": file.path} for file in listed if file.path.endswith(".parquet")],
    }
    yield {
        "@id": "#input",
        "@type": "CreativeWork",
        "name": f"{counted(made_of.articles, 'article')} in {counted(made_of.files, 'file')}",
        "description": (
            "Each is a row of articles.parquet: where it comes from (source_key, url, raw_path, retrieved_at, licence) and the"
            " hash of its whole text (text_sha256). The SHA-256 here is that of the lines text_sha256, tab, raw_path, sorted,"
            f" each with a line feed. Corrections by hand: {made_of.corrections:,}, in corrections.parquet."
        ),
        "sha256": made_of.sha256,
    }
    yield {
        "@id": "#code",
        "@type": "SoftwareApplication",
        "name": about()["name"],
        "version": version("iraqtalks"),
        "softwareVersion": version("iraqtalks"),
        "description": (
            "Versions are those at the release. That this code extracted the rows is not known: what its build keeps of them is not"
            " there."
            if made_of.code is None
            else "Fingerprint: the hash of the code, its data files and the versions of its libraries and models."
        ),
        **({} if made_of.code is None else {"identifier": made_of.code}),
        "softwareRequirements": [{"@id": one} for one in (*models, *libraries)],
    }
    for language, model in sorted(MODELS.items()):
        yield _software(f"#model-{language}", model, f"spaCy's model that parses the texts in {language}")
    for name in LIBRARIES:
        yield _software(f"#library-{name}", name, "A library that the rows depend on")


def _software(name: str, package: str, description: str) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "SoftwareApplication",
        "name": package,
        "version": version(package),
        "softwareVersion": version(package),
        "description": description,
    }


def _context() -> Iterator[dict[str, Any]]:
    licence = contract.LICENCES[0]
    yield {"@id": licence["path"], "@type": "CreativeWork", "name": licence["title"], "identifier": licence["name"]}
    yield {"@id": "#creator", "@type": "Organization", "name": about()["creator"]}
