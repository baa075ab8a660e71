"""A bar chart of the extraction beside plain spaCy, as SVG."""

from collections.abc import Sequence
from html import escape
from typing import Final

from speed import SCREEN, STAGES, Goal, Speed

_WIDTH: Final = 760
_LEFT: Final = 150
_SCALE: Final = 560
"""How long a bar of plain spaCy's time is."""
_BAR: Final = 26
_COLOURS: Final = dict(
    zip((SCREEN, *STAGES), ("#000000", "#4477aa", "#66ccee", "#228833", "#ccbb44", "#ee6677", "#aa3377"), strict=True)
)
_PLAIN: Final = "#bbbbbb"


def chart(speeds: Sequence[Speed], goals: dict[str, Goal], machine: str) -> str:
    """Return the drawing: for each file a bar of plain spaCy's time and one of the extraction's stages, with its goal as a line."""
    parts: list[str] = []
    top = 40
    for speed in speeds:
        parts.append(_text(_LEFT - 8, top + _BAR, speed.name, anchor="end"))
        kept = "" if speed.kept is None else f", {speed.kept:,} kept"
        parts.append(_text(_LEFT - 8, top + _BAR + 16, f"{speed.articles:,} articles{kept}", anchor="end", size=11))
        parts.append(_bar(_LEFT, top, 1.0, _PLAIN, f"plain spaCy: {min(speed.plain):.1f} s"))
        left = 0.0
        for stage, colour in _COLOURS.items():
            share = speed.again(stage)
            parts.append(_bar(_LEFT + left * _SCALE, top + _BAR + 4, share, colour, f"{stage}: {share:.1%}"))
            left += share
        parts.append(_text(_LEFT + left * _SCALE + 6, top + _BAR + 22, f"{left:.2f}"))
        if speed.name in goals:
            x = _LEFT + goals[speed.name].share * _SCALE
            parts.append(f'<path d="M{x:.0f} {top - 6}v{2 * _BAR + 16}" stroke="#000" stroke-dasharray="4 3"/>')
        top += 2 * _BAR + 34
    for number, (name, colour) in enumerate({"plain spaCy": _PLAIN, **_COLOURS}.items()):
        parts.append(f'<rect x="{20 + number * 91}" y="{top}" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(36 + number * 91, top + 11, name, size=12))
    parts.append(_text(20, top + 38, machine, size=11))
    title = "CPU time of the whole extraction beside plain spaCy; dashed: the goal"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top + 52}" font-family="sans-serif" role="img">\n'
        f'<title>{title}</title>\n<rect width="100%" height="100%" fill="#fff"/>\n{_text(20, 20, title)}\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _bar(left: float, top: int, share: float, colour: str, told: str) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top}" width="{share * _SCALE:.1f}" height="{_BAR}" fill="{colour}">'
        f"<title>{escape(told)}</title></rect>"
    )


def _text(left: float, base: int, text: str, *, anchor: str = "start", size: int = 13) -> str:
    return f'<text x="{left:.0f}" y="{base}" font-size="{size}" text-anchor="{anchor}">{escape(text)}</text>'
