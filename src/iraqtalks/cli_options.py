"""What the commands share: options, examples in their help, and how they write for people and for programs."""

import io
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer


def flag(*names: str, says: str) -> Any:  # noqa: ANN401  (as typer.Option itself)
    """Return an option that is given or not and takes no value, and looks so in the help."""
    return typer.Option(*names, metavar="", help=says)


Processed = Annotated[Path, typer.Option(help="The dataset's folder.")]
AsJson = Annotated[bool, flag("--json", says="Write the result as JSON, for programs.")]
Quiet = Annotated[bool, flag("--quiet", "-q", says="Say nothing but what went wrong.")]

_UTF_8: Final = "utf-8"


def examples(*commands: str) -> str:
    """Return the end of a command's help: commands that can be typed as they stand."""
    return "Examples:\n\n" + "\n\n".join(f"iraqtalks {command}" for command in commands)


def write_json(document: object) -> None:
    """Write a document as JSON on the standard output; dates as ISO 8601."""
    write_out(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


def write_out(text: str) -> None:
    """Write what programs read on the standard output: UTF-8 whatever the terminal's encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=_UTF_8)
    sys.stdout.write(text)


def spare_terminal() -> None:
    """Let a terminal that is not in UTF-8 show a question mark for a letter that it lacks, and not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("_", "-") != _UTF_8:
            stream.reconfigure(errors="replace")
