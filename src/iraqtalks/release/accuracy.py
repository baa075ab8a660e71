"""How right the rows are, measured: on the released rows themselves where articles are annotated, and on all committed gold.

Nothing is typed in here. The first is scored at release time, against annotations whose text a released article has; the
second are the figures that `make evaluation` keeps in the package, with the fingerprint of the code that they tell of.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iraqtalks.database import article_rows
from iraqtalks.errors import ReleaseError
from iraqtalks.evaluation import Annotation, annotated_hash, load_gold, score_each
from iraqtalks.evaluation.figures import MEASURED, METHODS, figures
from iraqtalks.fingerprint import code_fingerprint
from iraqtalks.frames import Frames
from iraqtalks.store import sha256
from iraqtalks.tables import TABLES


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The measured figures: `released` on the rows of the annotated articles among those released, None where none is.

    `developed` is what `make evaluation` kept: the figures on all committed annotations, on which the rules were developed.
    `same_code` says whether it was measured with the code and the libraries that are here now.
    """

    annotated: tuple[str, ...]
    gold: Mapping[str, str]
    released: Mapping[str, Any] | None
    developed: Mapping[str, Any]
    same_code: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for machines."""
        return {
            "intervals": METHODS,
            "released": {"articles": list(self.annotated), "gold": dict(self.gold), "figures": self.released},
            "developed": {
                **{key: self.developed[key] for key in ("code", "gold", "figures")},
                "same_code": self.same_code,
            },
        }


def measure(frames: Frames, gold: Path) -> Accuracy:
    """Score the rows of a dataset, with all its words, on the annotations in the folder `gold`, which need not be there.

    An annotation belongs to the article whose text has the hash that it gives. Raises ReleaseError where a file of gold
    cannot be read.
    """
    texts = dict(frames["articles"].select("text_sha256", "article_id").iter_rows())
    words = dict(frames["articles"].select("article_id", "text").iter_rows())
    annotated: dict[str, Annotation] = {}
    hashes: dict[str, str] = {}
    for path in sorted(gold.glob("*.json")):
        found = {texts[digest]: annotation for digest, annotation in _annotations(path) if digest in texts}
        if found:
            annotated |= found
            hashes[path.name] = sha256(path)
    tables = {table: frames[table].lazy() for table in TABLES}
    reports = score_each(annotated, {name: article_rows(tables, name) for name in annotated}, words)
    developed = json.loads(MEASURED.read_text(encoding="utf-8"))
    return Accuracy(
        annotated=tuple(sorted(annotated)),
        gold=hashes,
        released=figures(list(reports.values())) if reports else None,
        developed=developed,
        same_code=developed["code"] == code_fingerprint(),
    )


def _annotations(path: Path) -> list[tuple[str | None, Annotation]]:
    """Return the annotations of a gold file, each with the hash that it gives of its text."""
    try:
        return [(annotated_hash(annotation), annotation) for annotation in load_gold(path).values()]
    except (ValueError, AttributeError) as error:
        raise ReleaseError(f"{path} is no file of annotations: {error}") from error
