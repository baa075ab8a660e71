"""Writes the committed files that are made from others: `schemas/`, the data dictionary and the page of rules.

`make generated` runs it; tests fail when one of the files is stale.
"""

import sys
from pathlib import Path

from iraqtalks import contract, rules


def generated() -> dict[str, str]:
    """Return the content of the generated files by path from the checkout's top."""
    return {**contract.generated(), "docs/rules.md": rules.rules_md()}


def main() -> None:
    """Write the generated files below the folder given, or here; remove schemas of tables that are no more."""
    top = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
    files = generated()
    for stale in sorted(set(top.glob("schemas/*.json")) - {top / path for path in files}):
        stale.unlink()
    for path, content in files.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
