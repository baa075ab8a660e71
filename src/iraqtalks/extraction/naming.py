"""Names in an article → the actors they name: those of the knowledge base, and those that it does not have."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iraqtalks.extraction.descriptions import inside_title, nouns_of
from iraqtalks.extraction.metonyms import is_scene, stands_for_government
from iraqtalks.extraction.model import Mention, Paragraph
from iraqtalks.extraction.names import Name, body_name, find_names, kind_of, names_place, surname_key
from iraqtalks.knowledge.folding import fold
from iraqtalks.knowledge.model import Match

if TYPE_CHECKING:
    from iraqtalks.extraction.cast import Cast

_PLACE: Final = "place"


@dataclass(frozen=True, slots=True)
class _Known:
    """A match of the knowledge base inside a parsed paragraph."""

    match: Match
    paragraph: Paragraph


def name_actors(cast: "Cast") -> None:
    """Add every mention by name: first the full names, which introduce actors, then short forms, which name them again."""
    matches = list(_matches(cast))
    names = [
        (paragraph, name) for paragraph in cast.reading.paragraphs for name in find_names(paragraph, cast.reading.text)
    ]
    kept, free = _reconcile(cast, matches, names)
    bodies, free = _body_names(free)
    kept = _outside(kept, bodies)
    for known in kept:
        if not known.match.short and not known.match.metonym:
            _add_known(cast, known)
    _add_metonyms(cast, kept)
    _add_full_names(cast, [*bodies, *free])
    _add_acronyms(cast, free)
    titled = {name.start: name for _, name in names}
    for known in kept:
        if known.match.short:
            _add_short(cast, known, titled)
    _add_short_names(cast, free)


def _matches(cast: "Cast") -> Iterator[_Known]:
    for match in cast.knowledge.match(cast.reading.text):
        paragraph = cast.reading.paragraph_at(match.start)
        if paragraph is not None and match.end <= paragraph.block.end:
            yield _Known(match, paragraph)


def _reconcile(
    cast: "Cast", matches: list[_Known], names: list[tuple[Paragraph, Name]]
) -> tuple[list[_Known], list[tuple[Paragraph, Name]]]:
    """Decide between the base's names and runs of capitals that overlap them.

    Returns the matches that stand and the names that the base does not have. A longer name that only contains a surname, a
    country or a city of the base is somebody else's (Ivanka Trump, Iran Air); a body's name or a city beside a full name is
    one of its own (le journaliste de l'AFP X Y).
    """
    kept: list[_Known] = []
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
            rest, stands = _settle(cast, by_start[index].match, rest)
            if not stands:
                claimed.add(index)
        if rest is not None:
            left.append((paragraph, rest))
    kept = [known for index, known in enumerate(by_start) if index not in claimed]
    return kept, left


def _overlap(match: Match, name: Name) -> bool:
    return match.start < name.end and name.start < match.end


def _settle(cast: "Cast", match: Match, name: Name) -> tuple[Name | None, bool]:
    """Return what is left of the name beside the match, and whether the match stands."""
    if match.start < name.start or match.end > name.end or (match.start, match.end) == (name.start, name.end):
        return None, True
    before = Name(name.start, match.start, name.text[: match.start - name.start]).stripped()
    after = Name(match.end, name.end, name.text[match.end - name.start :]).stripped()
    words = len(fold(name.text[match.start - name.start : match.end - name.start]).split())
    person = any(cast.knowledge.actors[actor_id].kind == "person" for actor_id in match.actor_ids)
    if not person and not match.short and not before.text and after.full:
        return after, True
    if words > 1:
        return None, True
    return name, False


def _body_names(
    free: list[tuple[Paragraph, Name]],
) -> tuple[list[tuple[Paragraph, Name]], list[tuple[Paragraph, Name]]]:
    """Take out the French names of bodies, which go on in small letters (Comité pour la protection des journalistes)."""
    bodies: list[tuple[Paragraph, Name]] = []
    rest: list[tuple[Paragraph, Name]] = []
    for paragraph, name in free:
        whole = body_name(name, paragraph)
        if whole is not None:
            bodies.append((paragraph, whole))
        elif not (bodies and bodies[-1][1].start <= name.start < bodies[-1][1].end):
            rest.append((paragraph, name))
    return bodies, rest


def _outside(kept: list[_Known], bodies: list[tuple[Paragraph, Name]]) -> list[_Known]:
    """Return the matches that are no part of a body's name."""
    spans = [(name.start, name.end) for _, name in bodies]
    return [
        known
        for known in kept
        if not any(start <= known.match.start and known.match.end <= end for start, end in spans)
    ]


def _add_known(cast: "Cast", known: _Known) -> None:
    match = known.match
    if not match.actor_ids:
        return
    actor_id = _chosen(cast, match)
    if actor_id is None:
        return
    first = known.paragraph.token_at(match.start)
    if first is None or (cast.knowledge.actors[actor_id].kind == "country" and is_scene(first)):
        return
    text = cast.reading.text[match.start : match.end]
    if not _has_capitals(cast, actor_id, text):
        return
    if (text[0].islower() and inside_title(first)) or (_is_person(cast, actor_id) and names_place(first)):
        return
    form = "description" if fold(text).split()[0] in nouns_of("fr").wanted and text[0].islower() else "name"
    cast.add(match.start, match.end, form, cast.known(actor_id).actor_id, match.start, "mention.known_name")


def _is_person(cast: "Cast", actor_id: str) -> bool:
    return cast.knowledge.actors[actor_id].kind == "person"


def _has_capitals(cast: "Cast", actor_id: str, text: str) -> bool:
    """Whether an outlet's name has the capitals that it is written with: “le monde entier” is not Le Monde."""
    actor = cast.knowledge.actors[actor_id]
    if actor.kind not in {"media", "company"}:
        return True
    folded = fold(text)
    spellings = [alias.text for alias in actor.aliases if fold(alias.text) == folded]
    return not spellings or any(_fits(text, spelling) for spelling in spellings)


def _fits(text: str, spelling: str) -> bool:
    """Whether every capital of the spelling but the first word's is one in the text."""
    pairs = list(zip(text.split(), spelling.split(), strict=False))
    return all(written[0].isupper() or not usual[0].isupper() for written, usual in pairs[1:] or pairs)


def _chosen(cast: "Cast", match: Match) -> str | None:
    """Return the actor meant by a match: the only one, or the only one that the article knows already."""
    if len(match.actor_ids) == 1:
        return match.actor_ids[0]
    present = [actor_id for actor_id in match.actor_ids if actor_id in cast.actors]
    return present[0] if len(present) == 1 else None


def _add_metonyms(cast: "Cast", kept: list[_Known]) -> None:
    previous: tuple[int, bool] | None = None
    for known in kept:
        match = known.match
        if not match.metonym:
            continue
        first, last = known.paragraph.token_at(match.start), known.paragraph.token_at(match.end - 1)
        actor_id = _chosen(cast, match)
        if first is None or last is None or actor_id is None:
            continue
        near = previous[1] if previous is not None and match.start - previous[0] <= 5 else None
        meant = stands_for_government(first, last, near)
        previous = (match.end, meant)
        if meant and not inside_title(first):
            cast.add(match.start, match.end, "name", cast.known(actor_id).actor_id, match.start, "mention.metonym")


def _add_full_names(cast: "Cast", free: list[tuple[Paragraph, Name]]) -> None:
    for paragraph, name in free:
        if not name.full:
            continue
        kind = kind_of(name, paragraph)
        if kind is None or kind == _PLACE:
            continue
        actor_id = cast.named(name.text)
        if actor_id is None:
            actor_id = cast.new(name.text, _actor_kind(kind), name.gender).actor_id
        cast.add(name.start, name.end, "name", actor_id, name.start, "mention.full_name")


def _add_acronyms(cast: "Cast", free: list[tuple[Paragraph, Name]]) -> None:
    """Let an acronym in parentheses after a name be another name of it (Basra Oil Company (BOC))."""
    text = cast.reading.text
    for _, name in free:
        if (
            not name.is_acronym
            or text[name.start - 1 : name.start] != "("
            or text[name.end : name.end + 1] not in {")", ","}
        ):
            continue
        named = cast.ending_before(name.start)
        if (
            named is not None
            and text[named.end : name.start].strip(' \xa0»"') == "("
            and len(named_words(text, named)) > 1
        ):
            cast.add(name.start, name.end, "name", named.actor_id, name.start, "mention.acronym")


def named_words(text: str, mention: Mention) -> list[str]:
    """Return the words of a mention."""
    return text[mention.start : mention.end].split()


def _actor_kind(kind: str) -> str:
    return "other" if kind == "acronym" else kind


def _add_short(cast: "Cast", known: _Known, titled: dict[int, Name]) -> None:
    """Add a surname of the base: the article's own bearer of the surname, else the base's only one."""
    match = known.match
    text = cast.reading.text[match.start : match.end]
    name = titled.get(match.start)
    gender = name.gender if name is not None else None
    actor_id = cast.by_surname(text, gender) or _chosen(cast, match)
    first = known.paragraph.token_at(match.start)
    if actor_id is None or first is None or names_place(first):
        return
    if actor_id in cast.knowledge.actors:
        cast.known(actor_id)
    _add_titled(cast, match.start, match.end, name, actor_id, "mention.surname")


def _add_short_names(cast: "Cast", free: list[tuple[Paragraph, Name]]) -> None:
    counts: dict[str, int] = {}
    for _, name in free:
        counts[name.text] = counts.get(name.text, 0) + 1
    for paragraph, name in free:
        if name.full or cast.covering(name.start) is not None:
            continue
        known = cast.named(name.text) or cast.by_surname(name.text, name.gender) or _by_first_word(cast, name)
        if known is not None and (cast.actors[known].kind != "person" or _is_bare_name(name, paragraph)):
            _add_titled(cast, name.start, name.end, name, known, "mention.surname")
            continue
        kind = kind_of(name, paragraph)
        if kind is None or kind == _PLACE or (kind == "acronym" and counts[name.text] < 2):
            continue
        actor = cast.new(name.text, _actor_kind(kind), name.gender)
        _add_titled(cast, name.start, name.end, name, actor.actor_id, "mention.single_name")


def _by_first_word(cast: "Cast", name: Name) -> str | None:
    """Return the body of the article whose name begins with this word of capitals (METRO Center …: METRO)."""
    if not name.is_acronym or name.title is not None:
        return None
    beginning = fold(name.text) + " "
    return next(
        (
            m.actor_id
            for m in cast.mentions
            if m.form == "name" and fold(cast.reading.text[m.start : m.end]).startswith(beginning)
        ),
        None,
    )


def _is_bare_name(name: Name, paragraph: Paragraph) -> bool:
    """Whether a lone surname is not the name of a place (à Kazimi)."""
    return name.title is not None or kind_of(name, paragraph) != _PLACE


def _add_titled(cast: "Cast", start: int, end: int, name: Name | None, actor_id: str, rule: str) -> None:
    """Add a mention by surname, with the title before it."""
    first = start
    if name is not None and name.title_start is not None and name.start == start:
        first = name.title_start
        if name.gender and cast.actors[actor_id].gender is None:
            cast.actors[actor_id].gender = name.gender
    cast.add(first, end, "name", actor_id, start, rule)


__all__ = ["name_actors", "surname_key"]
