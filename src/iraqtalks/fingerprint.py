"""What an article's rows depend on besides the article: the code, the data files, and the versions of what they stand on.

Results of an extraction are kept under this hash (`iraqtalks.cache`): whatever changes it makes all of them anew.
"""

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Final

from iraqtalks.extraction.model import Article
from iraqtalks.language import MODELS

PACKAGE: Final = Path(__file__).parent

SOURCES: Final = (
    "cache.py", "contract.py", "edtf.py", "extraction", "fingerprint.py", "knowledge", "language", "precision.py",
    "precision.yml", "shard.py", "tables.py",
)  # fmt: skip
"""Modules, packages and data files that make the rows; a test holds this against what they import."""

LIBRARIES: Final = ("numpy", "polars", "pyahocorasick", "pyyaml", "spacy", "thinc")
"""Whose versions the rows depend on, beside those of the languages' models."""

_NOT_READ: Final = frozenset({"raw_path"})
"""What extraction never sees of an article (`article_key` leaves it out, `extract_shard` blanks it): a file may be moved."""


def code_fingerprint(package: Path = PACKAGE) -> str:
    """Return the hash of all that extraction depends on: its sources and data files as they stand on disk, and versions."""
    digest = hashlib.sha256()
    for part in (*_files(package), *_versions()):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:32]


def _files(package: Path) -> Iterator[bytes]:
    for source in SOURCES:
        top = package / source
        found = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.suffix in {".py", ".yml"})
        for path in found:
            yield path.relative_to(package).as_posix().encode()
            yield path.read_bytes()


def _versions() -> Iterator[bytes]:
    yield f"python {sys.version_info.major}.{sys.version_info.minor}".encode()
    yield f"unicode {unicodedata.unidata_version}".encode()
    for name in (*LIBRARIES, *sorted(MODELS.values())):
        yield f"{name} {version(name)}".encode()


def article_key(article: Article, code: str) -> str:
    """Return the hash of an article's text and metadata and of the code that extracts it."""
    read = {field.name: getattr(article, field.name) for field in fields(article) if field.name not in _NOT_READ}
    return hashlib.sha256(json.dumps([code, read], sort_keys=True, default=str).encode()).hexdigest()
