"""Reading the annotated gold and the texts that it refers to."""

import gzip
import hashlib
import json
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Annotation = Mapping[str, Any]
"""An article's annotation: `article`, `quotes`, `actors`, `events` and `dates`, those that were annotated."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text to score on, with what is known of its publication (an ISO date or None)."""

    text: str
    published_on: str | None = None
    outlet: str | None = None
    language: str | None = None


def _records(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Return the objects of a .jsonl or .jsonl.gz file with their line numbers; raises ValueError naming file and line."""
    records: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(_unpacked(path).decode("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}, line {number}: not JSON ({error.msg})") from error
        if not (isinstance(record, dict) and isinstance(record.get("id"), str)):
            raise ValueError(f"{path}, line {number}: an object with an `id` is needed")  # noqa: TRY004
        records.append((number, record))
    return records


def _unpacked(path: Path) -> bytes:
    if path.suffix != ".gz":
        return path.read_bytes()
    try:
        return gzip.decompress(path.read_bytes())
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"{path}: not a whole gzip file ({error})") from error


def load_gold(path: Path) -> dict[str, Annotation]:
    """Return the annotations of a gold file by article id.

    A .jsonl file holds an annotation a line with its `id` (the dates' gold); a .json file holds `{id: annotation}`, or
    one annotation whose id is the file's stem. Raises ValueError for anything else.
    """
    if path.suffix == ".jsonl":
        return {record["id"]: record for _, record in _records(path)}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}: not JSON ({error.msg} at line {error.lineno})") from error
    if not isinstance(data, dict) or not all(isinstance(value, dict) for value in data.values()):
        if isinstance(data, dict) and "quotes" in data:
            return {path.stem: data}
        raise ValueError(f"{path}: an object {{id: annotation}} is needed")
    return data


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _sources_of(path: Path) -> dict[str, Source]:
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.name.endswith((".txt", ".jsonl", ".jsonl.gz")))
        return {name: source for file in files for name, source in _sources_of(file).items()}
    if path.name.endswith((".jsonl", ".jsonl.gz")):
        return {
            record["id"]: Source(
                _normal(record["text"]), record.get("published_on"), record.get("outlet"), record.get("language")
            )
            for _, record in _records(path)
            if isinstance(record.get("text"), str)
        }
    return {path.stem: Source(_normal(path.read_text(encoding="utf-8")))}


def load_texts(paths: Iterable[Path]) -> dict[str, Source]:
    """Return the texts by id: the stem of a .txt file, a line's own of .jsonl or .jsonl.gz; a folder stands for its files."""
    return {name: source for path in paths for name, source in _sources_of(path).items()}


def pair(gold: Mapping[str, Annotation], texts: Mapping[str, Source]) -> dict[str, Source]:
    """Return the text of every annotation, with the publication facts that the annotation states (they go first).

    A text belongs to an annotation by its id, else by the SHA-256 that the annotation gives. Raises ValueError when a
    text is missing or is not the annotated one.
    """
    by_digest = {_digest(source.text): source for source in texts.values()}
    found = {
        name: texts.get(name) or by_digest.get(annotated_hash(annotation) or "") for name, annotation in gold.items()
    }
    missing = sorted(name for name, source in found.items() if source is None)
    if missing:
        more = " …" if len(missing) > 5 else ""
        raise ValueError(f"no text for {', '.join(missing[:5])}{more}; give the texts as --texts")
    return {name: _with_facts(name, gold[name], source) for name, source in found.items() if source is not None}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(annotation: Annotation) -> Mapping[str, Any]:
    """Return what the annotation says of its article; the dates' gold says it beside the dates."""
    facts: Mapping[str, Any] = annotation.get("article") or annotation
    return facts


def annotated_hash(annotation: Annotation) -> str | None:
    """Return the SHA-256 that the annotation gives of its text, or None."""
    digest: str | None = _facts(annotation).get("sha256")
    return digest


def _with_facts(name: str, annotation: Annotation, source: Source) -> Source:
    facts = _facts(annotation)
    if annotated_hash(annotation) not in (None, _digest(source.text)):
        raise ValueError(f"the text of {name} is not the one that was annotated (SHA-256 differs)")
    return Source(
        source.text,
        facts.get("published_on", source.published_on),
        facts.get("outlet", source.outlet),
        facts.get("language") or source.language,
    )
