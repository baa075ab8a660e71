"""How far long work has come and how quickly it goes: a line in a terminal, nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Rate(TextColumn):
    """Units done per second, since the beginning."""

    def __init__(self, unit: str) -> None:
        super().__init__("")
        self._unit = unit

    def render(self, task: Task) -> Text:
        """Return the rate, empty before the first unit is done."""
        if not task.completed or not task.elapsed:
            return Text()
        return Text(f"{task.completed / task.elapsed:,.1f} {self._unit}/s")


@contextmanager
def progress(what: str, total: int, unit: str, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """Show how many units of the total are done, how many a second and how long it will take; give what counts them.

    On the standard error, and only where that is a terminal; nothing when `quiet`. The line goes when the work is done.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(unit), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=quiet or not sys.stderr.isatty(), transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda units: shown.advance(task, units)
