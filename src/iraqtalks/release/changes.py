"""What a release changes: a section of the changelog, and all keys for machines, computed from what was published."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from iraqtalks.diff import TableDiff
from iraqtalks.release.compatibility import Published, additions, breaches
from iraqtalks.release.edition import Edition
from iraqtalks.release.words import counted

_TITLE: Final = "# Changes\n"
_SECTION: Final = re.compile(r"^## ", re.MULTILINE)


def changelog(edition: Edition, new: Published, old: Published | None, differences: Mapping[str, TableDiff]) -> str:
    """Return the changelog of a release: its own section, then those of the release before it.

    `differences` is what `iraqtalks.diff` finds between the two.
    """
    lines = _first(new) if old is None else _since(old, new, differences)
    own = "\n".join([f"## {edition.version}, {edition.date}", "", *lines, ""])
    return f"{_TITLE}\n{own}{'' if old is None else _earlier(old)}"


def _first(new: Published) -> list[str]:
    rows = {table: new.rows[table] for table, key in new.keys.items() if key}
    return ["First release:", "", *(f"- `{table}`: {counted(count, 'row')}" for table, count in rows.items() if count)]


def _since(old: Published, new: Published, differences: Mapping[str, TableDiff]) -> list[str]:
    lines = [
        *(f"- {breach}" for breach in breaches(old, new)),
        *(f"- `{name}` is new" for name in additions(old, new)),
        *(f"- `{table}`: {_told(found)}" for table, found in differences.items() if found),
    ]
    return [f"Against {old.version}:", "", *(lines or ["- Nothing: the rows are the same."])]


def _told(found: TableDiff) -> str:
    return ", ".join(_parts(found))


def _parts(found: TableDiff) -> Iterator[str]:
    if found.added:
        yield f"{counted(len(found.added), 'row')} added"
    if found.removed:
        yield f"{counted(len(found.removed), 'row')} removed"
    if found.changed:
        columns = Counter(name for names in found.changed.values() for name in names)
        shown = ", ".join(f"`{name}` {count:,}" for name, count in sorted(columns.items()))
        yield f"{counted(len(found.changed), 'row')} changed ({shown})"


def _earlier(old: Published) -> str:
    """Return the sections of an earlier release's changelog; nothing where it has none."""
    path = old.folder / "CHANGELOG.md"
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8")
    first = _SECTION.search(text)
    return "" if first is None else "\n" + text[first.start() :]
