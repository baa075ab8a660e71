"""Between the knowledge base's names and the runs of capitals in a text: which stands where they overlap."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iraqtalks.extraction.actors.name_kinds import PLACE, body_name, kind_of, paragraph_text, to_acronym
from iraqtalks.extraction.actors.names import Name, with_title
from iraqtalks.extraction.model import Paragraph
from iraqtalks.knowledge.folding import fold
from iraqtalks.knowledge.model import Match

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast


@dataclass(frozen=True, slots=True)
class Known:
    """A match of the knowledge base inside a parsed paragraph."""

    match: Match
    paragraph: Paragraph


def without_demonym(cast: "Cast", name: Name) -> Name:
    """Return the name without a demonym before it (l'Argentin Rafael …)."""
    first, _, rest = name.text.partition(" ")
    code = cast.knowledge.country_of(first) if rest else None
    if code is None or first in cast.knowledge.countries[code].names:
        return name
    return Name(name.start + len(first), name.end, name.text[len(first) :]).stripped()


def known_names(cast: "Cast") -> Iterator[Known]:
    """Yield the base's names in the parsed paragraphs of the article, in order."""
    for match in cast.knowledge.match(cast.reading.text):
        paragraph = cast.reading.paragraph_at(match.start)
        if paragraph is not None and match.end <= paragraph.block.end:
            yield Known(match, paragraph)


def reconcile(
    cast: "Cast", matches: list[Known], names: list[tuple[Paragraph, Name]]
) -> tuple[list[Known], list[tuple[Paragraph, Name]]]:
    """Decide between the base's names and runs of capitals that overlap them.

    Returns the matches that stand and the names that the base does not have. A longer name that only contains a
    surname, a country or a city of the base is somebody else's (Ivanka Trump, Iran Air); a body's name or a city
    beside a full name is one of its own (le journaliste de l'AFP X Y).
    """
    kept: list[Known] = []
    left: list[tuple[Paragraph, Name]] = []
    cursor = 0
    by_start = sorted(matches, key=lambda known: known.match.start)
    claimed: set[int] = set()
    for paragraph, name in names:
        while cursor < len(by_start) and by_start[cursor].match.end <= name.start:
            cursor += 1
        inside = []
        for index in range(cursor, len(by_start)):
            if by_start[index].match.start >= name.end:
                break
            inside.append(index)
        rest: Name | None = name
        for index in inside:
            if rest is None or not _overlap(by_start[index].match, rest):
                continue
            rest, stands = _settle(cast, paragraph, by_start[index].match, rest)
            if not stands:
                claimed.add(index)
        if rest is not None:
            left.append((paragraph, rest))
    kept = [known for index, known in enumerate(by_start) if index not in claimed]
    return kept, left


def _overlap(match: Match, name: Name) -> bool:
    return match.start < name.end and name.start < match.end


def _settle(cast: "Cast", paragraph: Paragraph, match: Match, name: Name) -> tuple[Name | None, bool]:
    """Return what is left of the name beside the match, and whether the match stands."""
    if match.start < name.start or match.end > name.end or (match.start, match.end) == (name.start, name.end):
        return None, True
    if all(cast.knowledge.country_of(part) is not None for part in name.text.split("-")):
        # “Iran-Irak” names two states.
        return name, True
    if not match.actor_ids:
        # A longer name that begins with a place's is no place (New York Post).
        return name, False
    before = Name(name.start, match.start, name.text[: match.start - name.start]).stripped()
    after = Name(match.end, name.end, name.text[match.end - name.start :]).stripped()
    words = len(fold(name.text[match.start - name.start : match.end - name.start]).split())
    person = any(cast.knowledge.actors[actor_id].kind == "person" for actor_id in match.actor_ids)
    if not person and not match.short and not before.text and after.full:
        return with_title(after, cast.language), True
    first = paragraph.token_at(name.start)
    if before.text and not person and first is not None and first.pos_ == "NOUN" and first.i == 0:
        # “Imbroglio France – Etats-Unis” begins with a common noun.
        return None, True
    if words > 1 and not (person and before.text):
        return None, True
    return name, False


def body_names(
    free: list[tuple[Paragraph, Name]],
) -> tuple[list[tuple[Paragraph, Name]], list[tuple[Paragraph, Name]]]:
    """Take out the French names of bodies, which go on in small letters (Comité pour la protection de …)."""
    bodies: list[tuple[Paragraph, Name]] = []
    rest: list[tuple[Paragraph, Name]] = []
    for paragraph, name in free:
        whole = body_name(name, paragraph) or _with_acronym(name, paragraph)
        if whole is not None:
            bodies.append((paragraph, whole))
        elif not (bodies and bodies[-1][1].start <= name.start < bodies[-1][1].end):
            rest.append((paragraph, name))
    return bodies, rest


def _with_acronym(name: Name, paragraph: Paragraph) -> Name | None:
    """Return the whole name of a body that an acronym tells to go on in small letters (Centre X Y pour les … (ABC))."""
    end = to_acronym(name, paragraph, name.end) if name.full else name.end
    if end == name.end or kind_of(name, paragraph) in {None, "person", PLACE, "acronym"}:
        return None
    return Name(name.start, end, paragraph_text(paragraph, name.start, end))


def absorb(
    kept: list[Known], bodies: list[tuple[Paragraph, Name]], text: str
) -> tuple[list[Known], list[tuple[Paragraph, Name]]]:
    """Take the base's names that are a part of a body's name into it (Haut-Commissariat des Nations unies).

    Returns the matches outside and the bodies, which end where the last name inside them ends.
    """
    whole: list[tuple[Paragraph, Name]] = []
    inside: set[int] = set()
    for paragraph, name in bodies:
        end = name.end
        for index, known in enumerate(kept):
            if name.start <= known.match.start < end:
                inside.add(index)
                end = max(end, known.match.end)
        whole.append((paragraph, Name(name.start, end, text[name.start : end])))
    return [known for index, known in enumerate(kept) if index not in inside], whole
