"""Actors named in what is not the article's own text: links to other articles and captions, which are not parsed.

Such a line may name somebody, but nobody speaks or acts in it: its mentions are added last, when nothing looks for the
nearest actor any more.
"""

import re
from typing import Final

from iraqtalks.extraction.actors.cast import Cast
from iraqtalks.extraction.actors.names import stands_alone
from iraqtalks.extraction.model import Block

_NAMING: Final = frozenset({"related_link", "caption"})
"""Kinds of unparsed block that say what something is about; a byline only signs."""
_GENITIVE: Final = re.compile(r"\bd(?:e |[’'])$", re.IGNORECASE)
_SHORTEST: Final = 3


def add_outside(cast: Cast) -> None:
    """Add the base's full names, and the names that the article bears out, in its links and captions."""
    for block in cast.reading.blocks:
        if block.kind in _NAMING:
            _add_known(cast, block)
            _add_named(cast, block)


def _add_known(cast: Cast, block: Block) -> None:
    for match in cast.knowledge.match(cast.reading.text[block.start : block.end]):
        start, end = block.start + match.start, block.start + match.end
        if match.short:
            actor_id = cast.by_surname(cast.reading.text[start:end])
        else:
            actor_id = match.actor_ids[0] if len(match.actor_ids) == 1 and not match.metonym else None
        if actor_id is not None and cast.reading.text[start].isupper() and not _is_whence(cast, start, actor_id):
            actor_id = cast.known(actor_id).actor_id if actor_id in cast.knowledge.actors else actor_id
            cast.add(start, end, "name", actor_id, start, "mention.outside")


def _is_whence(cast: Cast, start: int, actor_id: str) -> bool:
    """Whether a country stands in the genitive, where it is rather a place (retirer les troupes d'Irak et de Syrie)."""
    known = cast.knowledge.actors.get(actor_id)
    return (
        known is not None
        and known.kind == "country"
        and _GENITIVE.search(cast.reading.text, max(0, start - 4), start) is not None
    )


def _add_named(cast: Cast, block: Block) -> None:
    """Add the names by which the article calls its actors, once each, also where the base does not have them."""
    text = cast.reading.text
    names = {
        text[mention.start : mention.end]: mention.actor_id
        for mention in cast.mentions
        if mention.form == "name" and mention.start == mention.head
    }
    for name in sorted(names, key=len, reverse=True):
        start = text.find(name, block.start, block.end) if len(name) >= _SHORTEST else -1
        end = start + len(name)
        if start < 0 or cast.covering(start) is not None or _is_whence(cast, start, names[name]):
            continue
        if stands_alone(text, start, end):
            cast.add(start, end, "name", names[name], start, "mention.outside")
