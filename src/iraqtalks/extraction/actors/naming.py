"""Names in an article → the actors they name: those of the knowledge base, and those that it does not have."""

import re
from typing import TYPE_CHECKING, Final

from iraqtalks.extraction.actors.acronyms import add_acronyms
from iraqtalks.extraction.actors.acting_names import add_acting_names
from iraqtalks.extraction.actors.descriptions import inside_title
from iraqtalks.extraction.actors.metonyms import is_entered, is_house, is_scene, stands_for_government
from iraqtalks.extraction.actors.name_conflicts import (
    Known,
    absorb,
    body_names,
    known_names,
    reconcile,
    without_demonym,
)
from iraqtalks.extraction.actors.name_kinds import PLACE, kind_of, names_place
from iraqtalks.extraction.actors.names import Name, find_names, lone_words, words_of
from iraqtalks.extraction.actors.nouns import wanted_nouns
from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.phrases import ARTICLES, CONTRACTED, GENITIVE, lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import fold
from iraqtalks.knowledge.model import Match

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast

_PREFIXES: Final = ("anti-", "pro-", "Anti-", "Pro-")
_WITH_MIDDLE: Final = 3
_MASCULINE: Final = frozenset({"le", "un", "ce", "du", "au"})
_SHORTEST_NAME: Final = 3
_PARTICLE: Final = 3
"""Words of at most so many letters may be small in a name (al, ben)."""
_DETERMINER: Final = re.compile(r"(?:le|la|les|[Aa]ux?|[Dd]u|[Dd]es) |l['’]")
"""A determiner before a paper's title, which is none of its words (au Monde), as “Le” is."""
_PARTS: Final = re.compile("[ '’]+")
"""What stands between the words of a name that have capitals of their own (L'Express)."""
_JOINT: Final = re.compile(r",? ?(?:(?:et|ou) )?(?:de |d['’]|l['’]|la |le |les |des |du |à )?")


def name_actors(cast: "Cast") -> None:
    """Add every mention by name: first full names, which introduce actors, then the short forms of them."""
    matches = list(known_names(cast))
    names = [
        (paragraph, without_demonym(cast, name))
        for paragraph in cast.reading.paragraphs
        for name in find_names(paragraph, cast.reading.text)
    ]
    kept, free = reconcile(cast, matches, names)
    bodies, free = body_names(free)
    kept, bodies = absorb(kept, bodies, cast.reading.text)
    for known in kept:
        if not known.match.short and not known.match.metonym:
            _add_known(cast, known)
    _add_metonyms(cast, kept)
    _add_bodies(cast, bodies)
    _add_full_names(cast, free)
    add_acronyms(cast, free)
    titled = {name.start: name for _, name in names}
    for known in kept:
        if known.match.short:
            _add_short(cast, known, titled)
    _add_short_names(cast, free)
    _add_repeats(cast)
    add_acting_names(cast, free)


def _add_known(cast: "Cast", known: Known) -> None:
    match = known.match
    if cast.reading.text[match.start].islower():
        _add_countries_inside(cast, known)
    if not match.actor_ids:
        return
    actor_id = _chosen(cast, match)
    if actor_id is None:
        return
    first = known.paragraph.token_at(match.start)
    if first is None or (cast.knowledge.actors[actor_id].kind == "country" and is_scene(first)):
        return
    text = cast.reading.text[match.start : match.end]
    if not _has_capitals(cast, actor_id, text) or not _is_of_this_article(cast, actor_id, text):
        return
    if is_house(fold(text), cast.language) and is_entered(first):
        return
    if _is_of_the_world(first, text):
        return
    if inside_title(first) or _is_product(cast, actor_id, first) or _is_in_compound(cast, actor_id, match):
        return
    if _is_person(cast, actor_id) and names_place(first):
        return
    form = "description" if fold(text).split()[0] in wanted_nouns(cast.language) and text[0].islower() else "name"
    start = match.start
    determiner = _DETERMINER.match(text) if cast.knowledge.actors[actor_id].kind == "media" else None
    if determiner is not None:
        start += determiner.end()
    if form == "description" and first.i and first.doc[first.i - 1].pos_ == "NUM":
        start = known.paragraph.start(first.doc[first.i - 1])
    head = start if determiner is not None else match.start
    cast.add(start, match.end, form, cast.known(actor_id).actor_id, head, "mention.known_name")


def _is_of_the_world(first: Token, text: str) -> bool:
    """Whether “du Monde” completes another noun than the paper's (la Coupe du Monde)."""
    before = first.doc[first.i - 1] if first.i else None
    return before is not None and fold(text) == "du monde" and lower(before) in words_of(first.lang_).of_the_world


def _is_of_this_article(cast: "Cast", actor_id: str, text: str) -> bool:
    """Whether a name of several words without capitals (les autorités kurdes) may be meant: the article speaks of the actor's country."""
    country = cast.knowledge.actors[actor_id].country
    return country is None or country in cast.countries or " " not in text or any(letter.isupper() for letter in text)


def _is_in_compound(cast: "Cast", actor_id: str, match: Match) -> bool:
    """Whether a hyphen makes the name a part of another word (la Croix-Rouge is not La Croix, anti-EI is an adjective)."""
    if cast.reading.text.endswith(_PREFIXES, 0, match.start):
        return True
    after = cast.reading.text[match.end : match.end + 2]
    return len(after) == 2 and after[0] == "-" and after[1].isalpha() and not _is_state(cast, actor_id)


def _is_state(cast: "Cast", actor_id: str) -> bool:
    return cast.knowledge.actors[actor_id].kind == "country"


def _is_product(cast: "Cast", actor_id: str, first: Token) -> bool:
    """Whether a company's name with a masculine article is a thing that it makes (un Boeing)."""
    if cast.knowledge.actors[actor_id].kind != "company" or first.i == 0:
        return False
    return lower(first.doc[first.i - 1]) in _MASCULINE


def _is_person(cast: "Cast", actor_id: str) -> bool:
    return cast.knowledge.actors[actor_id].kind == "person"


def _add_countries_inside(cast: "Cast", known: Known) -> None:
    """Add the country that a place or a described body is of (le sud de l'Irak)."""
    match = known.match
    text = cast.reading.text[match.start : match.end]
    for inner in cast.knowledge.match(text[1:]):
        start, end = match.start + 1 + inner.start, match.start + 1 + inner.end
        if len(inner.actor_ids) != 1 or end != match.end:
            continue
        actor_id = inner.actor_ids[0]
        first = known.paragraph.token_at(start)
        if first is None or names_place(first) or inner.metonym or cast.knowledge.actors[actor_id].kind != "country":
            continue
        if lower(first.doc[first.i - 1]) in GENITIVE | ARTICLES:
            cast.add(start, end, "name", cast.known(actor_id).actor_id, start, "mention.country_inside")


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
    pairs = list(zip(_PARTS.split(text), _PARTS.split(spelling), strict=False))
    return all(written[0].isupper() or not usual[0].isupper() for written, usual in pairs[1:] or pairs)


def _chosen(cast: "Cast", match: Match) -> str | None:
    """Return the actor meant by a match: the only one, or the only one that the article knows already."""
    if len(match.actor_ids) == 1:
        return match.actor_ids[0]
    present = [actor_id for actor_id in match.actor_ids if actor_id in cast.actors]
    return present[0] if len(present) == 1 else None


def _add_metonyms(cast: "Cast", kept: list[Known]) -> None:
    previous: tuple[int, bool] | None = None
    for known in kept:
        match = known.match
        if not match.metonym:
            continue
        first, last = known.paragraph.token_at(match.start), known.paragraph.token_at(match.end - 1)
        actor_id = _chosen(cast, match)
        if first is None or last is None or actor_id is None:
            continue
        if previous is not None and _is_joint(cast.reading.text[previous[0] : match.start]):
            near: bool | None = previous[1]
        else:
            near = _follows_actor(cast, match)
        if is_house(fold(cast.reading.text[match.start : match.end]), cast.language):
            meant = not is_entered(first)
        else:
            meant = not names_place(first) and stands_for_government(first, last, previous=near)
        previous = (match.end, meant)
        if meant and not inside_title(first):
            cast.add(match.start, match.end, "name", cast.known(actor_id).actor_id, match.start, "mention.metonym")


def _follows_actor(cast: "Cast", match: Match) -> bool | None:
    """Return True if an actor stands right before in the coordination (l'Iran et Washington), else None."""
    before = cast.ending_before(match.start)
    return True if before is not None and _is_joint(cast.reading.text[before.end : match.start]) else None


def _is_joint(gap: str) -> bool:
    """Whether the words between two names coordinate them (“, ”, “ et de ”)."""
    return _JOINT.fullmatch(gap) is not None


def _add_bodies(cast: "Cast", bodies: list[tuple[Paragraph, Name]]) -> None:
    for paragraph, name in bodies:
        actor_id = cast.named(name.text) or _begun(cast, name.text)
        if actor_id is None:
            actor_id = cast.new(name.text, kind_of(name, paragraph) or "other").actor_id
        cast.add(name.start, name.end, "name", actor_id, name.start, "mention.body_name")


def _add_full_names(cast: "Cast", free: list[tuple[Paragraph, Name]]) -> None:
    places = _place_names(free)
    for paragraph, name in free:
        if not name.full or name.text in places:
            continue
        kind = kind_of(name, paragraph)
        if kind is None or kind == PLACE:
            continue
        actor_id = cast.named(name.text) or (_same_person(cast, name) if kind == "person" else None)
        if actor_id is None:
            actor_id = cast.new(name.text, _actor_kind(kind), name.gender).actor_id
        cast.add(name.start, name.end, "name", actor_id, name.start, "mention.full_name")


def _place_names(free: list[tuple[Paragraph, Name]]) -> set[str]:
    """Return the names that the article somewhere says are places (le champ de South Pars)."""
    found = set()
    for paragraph, name in free:
        head = paragraph.token_at(name.start)
        if head is not None and name.full and names_place(head, seas_only=False):
            found.add(name.text)
    return found


def _same_person(cast: "Cast", name: Name) -> str | None:
    """Return the person whose name is written a little differently, or with middle names (Rafael Mariano Grossi)."""
    spelt = cast.by_spelling(name.text)
    if spelt is not None or len(name.words) < _WITH_MIDDLE:
        return spelt
    outer = f"{name.words[0]} {name.words[-1]}"
    for match in cast.knowledge.match(outer):
        if len(match.actor_ids) == 1 and not match.short and match.end - match.start == len(outer):
            actor_id = match.actor_ids[0]
            if _is_person(cast, actor_id):
                return cast.known(actor_id).actor_id
    return None


def _actor_kind(kind: str) -> str:
    return "other" if kind == "acronym" else kind


def _add_short(cast: "Cast", known: Known, titled: dict[int, Name]) -> None:
    """Add a surname of the base: the article's own bearer of the surname, else the base's only one."""
    match = known.match
    text = cast.reading.text[match.start : match.end]
    name = titled.get(match.start)
    gender = name.gender if name is not None else None
    if not all(word[0].isupper() for word in text.split() if len(word) > _PARTICLE):
        # “Le maire de la ville” is not Mr Le Maire.
        return
    actor_id = cast.by_surname(text, gender)
    if actor_id is None:
        actor_id = _chosen(cast, match)
        if actor_id is not None and not _is_enough(cast, actor_id, name):
            actor_id = _new_dignitary(cast, name)
    first = known.paragraph.token_at(match.start)
    if actor_id is None or first is None or (names_place(first) and not _is_named_after(first)):
        return
    if actor_id in cast.knowledge.actors:
        cast.known(actor_id)
    _add_titled(cast, (match.start, match.end), name, actor_id, "mention.surname")


def _is_named_after(first: Token) -> bool:
    """Whether what stands before the surname bears it as its author's (le plan Trump)."""
    return first.i > 0 and lower(first.doc[first.i - 1]) in words_of(first.lang_).authored


def _new_dignitary(cast: "Cast", name: Name | None) -> str | None:
    """Make an actor of somebody told by a dignity and a name that many bear (l'imam Hussein); None without one."""
    if name is None or name.title_start is None or name.title not in cast.words.vague_titles:
        return None
    return cast.new(cast.reading.text[name.title_start : name.end], "person", name.gender).actor_id


def _is_enough(cast: "Cast", actor_id: str, name: Name | None) -> bool:
    """Whether a surname tells the person though the article has no full name: with a title, or by its renown."""
    lists = cast.words
    if name is not None and name.title is not None:
        return name.title not in lists.vague_titles
    return cast.knowledge.actors[actor_id].country in lists.bare_surnames


def _add_short_names(cast: "Cast", free: list[tuple[Paragraph, Name]]) -> None:
    counts: dict[str, int] = {}
    for _, name in free:
        counts[name.text] = counts.get(name.text, 0) + 1
    for paragraph, name in free:
        first = paragraph.token_at(name.start if name.title_start is None else name.title_start)
        if name.full or cast.covering(name.start) is not None or first is None or names_place(first):
            continue
        known = cast.named(name.text) or cast.by_surname(name.text, name.gender) or _by_first_word(cast, name, first)
        if known is not None and (cast.actors[known].kind != "person" or _is_bare_name(name, paragraph)):
            rule = "mention.surname" if cast.actors[known].kind == "person" else "mention.short_name"
            _add_titled(cast, (name.start, name.end), name, known, rule)
            continue
        kind = kind_of(name, paragraph)
        if kind is None or kind == PLACE or (kind == "acronym" and counts[name.text] < 2):
            continue
        actor = cast.new(name.text, _actor_kind(kind), name.gender)
        _add_titled(cast, (name.start, name.end), name, actor.actor_id, "mention.single_name")


def _add_repeats(cast: "Cast") -> None:
    """Add persons by their first name or only name alone (X et Y se marient; plus tard: X Z, 34 ans)."""
    bearers = _first_names(cast)
    text = cast.reading.text
    for word, actor_id in bearers.items():
        for start in lone_words(text, word):
            if cast.covering(start) is None:
                _add_repeat(cast, start, start + len(word), actor_id)


def _add_repeat(cast: "Cast", start: int, end: int, actor_id: str) -> None:
    paragraph = cast.reading.paragraph_at(start)
    head = paragraph.token_at(start) if paragraph is not None else None
    if head is not None and not names_place(head) and not _follows_name(head):
        cast.add(start, end, "name", actor_id, start, "mention.first_name")


def _first_names(cast: "Cast") -> dict[str, str]:
    """Return the persons of the article by their first or only name: those whom nobody shares it with."""
    bearers: dict[str, set[str]] = {}
    for mention in cast.mentions:
        if mention.form != "name" or cast.actors[mention.actor_id].kind != "person":
            continue
        word = cast.reading.text[mention.head : mention.end].split()[0]
        if _is_first_name(cast, word):
            bearers.setdefault(word, set()).add(mention.actor_id)
    return {word: next(iter(actors)) for word, actors in bearers.items() if len(actors) == 1}


def _is_first_name(cast: "Cast", word: str) -> bool:
    """Whether the first word of a person's name may call the person alone; Abou, Al, Mme may not."""
    lists, small = cast.words, word.lower()
    if len(word) < _SHORTEST_NAME or not word.isalpha() or not word.istitle() or cast.named(word) is not None:
        return False
    return not (
        small in lists.particles or small in lists.titles or small in lists.not_names or small in lists.described
        or cast.knowledge.country_of(word) is not None or cast.knowledge.capital_of(word) is not None
    )  # fmt: skip


def _follows_name(head: Token) -> bool:
    """Whether a capitalised word or a title right before makes the word a part of another name (l'imam Ali)."""
    previous = head.doc[head.i - 1] if head.i else None
    if previous is None:
        return False
    return (previous.pos_ == "PROPN" and previous.text[0].isupper()) or lower(previous) in words_of(head.lang_).titles


def _by_first_word(cast: "Cast", name: Name, first: Token) -> str | None:
    """Return the body of the article whose name begins with this word (METRO Center …: METRO; le Cadre …), or None."""
    articled = first.i > 0 and lower(first.doc[first.i - 1]) in ARTICLES | CONTRACTED
    if name.title is not None or not (name.is_acronym or articled) or name.text in cast.words.places:
        return None
    found = _begun(cast, name.text)
    return found if found is not None and cast.actors[found].kind != "person" else None


def _begun(cast: "Cast", text: str) -> str | None:
    """Return the actor of the first name in the article that begins with these words and goes on, or None."""
    beginning = fold(text) + " "
    size = len(beginning)
    return next(
        (
            m.actor_id
            for m in cast.mentions
            if m.form == "name"
            and m.end - m.start > size
            and fold(cast.reading.text[m.start : m.start + size]) == beginning
        ),
        None,
    )


def _is_bare_name(name: Name, paragraph: Paragraph) -> bool:
    """Whether a lone surname is not the name of a place (à Kazimi)."""
    return name.title is not None or kind_of(name, paragraph) != PLACE


def _add_titled(cast: "Cast", span: tuple[int, int], name: Name | None, actor_id: str, rule: str) -> None:
    """Add a mention by surname, with the title before it."""
    start, end = span
    first = start
    if name is not None and name.title_start is not None and name.start == start:
        first = name.title_start
        if name.gender and cast.actors[actor_id].gender is None:
            cast.actors[actor_id].gender = name.gender
        if cast.actors[actor_id].kind == "person" and name.title in cast.words.dignities:
            cast.role_nouns.setdefault(actor_id, set()).add(fold(name.title))
    cast.add(first, end, "name", actor_id, start, rule)
