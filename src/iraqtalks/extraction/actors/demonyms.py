"""Américains, Iraniens: the state, its people or neither."""

from typing import TYPE_CHECKING, Final

from iraqtalks.extraction import phrases
from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.phrases import lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import folded

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast

_DEALINGS: Final = frozenset({"avec", "contre", "par", "entre"})
_QUANTITIES: Final = frozenset(
    {"tous", "toutes", "majorité", "plupart", "parmi", "millions", "milliers", "centaines", "dizaines", "%"}
)


def add_demonym(cast: "Cast", paragraph: Paragraph, head: Token) -> None:
    """Add Américains, Iraniens: the state where they deal with one another, else its people at home."""
    position = paragraph.start(head)
    code = cast.knowledge.country_of(head.text)
    if code is None or cast.covering(position) is not None or phrases.is_plural(head) is not True:
        return
    actor_id = cast.knowledge.country_actor(code)
    if actor_id is None:
        return
    if not _stands_for_state(cast, head):
        first = _counted_from(head)
        if first is not None or _are_some(head):
            start = position if first is None else paragraph.start(first)
            words = f"des {head.text}" if first is None else cast.reading.text[start : paragraph.end(head)]
            actor = cast.new(words.lower(), "group", "m", True)
            actor.country = code
            cast.add(start, paragraph.end(head), "description", actor.actor_id, position, "mention.people")
        return
    own = cast.nouns.peoples.get(folded(head.text))
    if own is not None and own in cast.knowledge.actors:
        cast.add(position, paragraph.end(head), "description", cast.known(own).actor_id, position, "mention.people")
        return
    people = _is_at_home(cast, paragraph, head, code) or (code == cast.home and _acts(head))
    if not _is_paired(cast, head) and people:
        actor = cast.new(head.text.lower(), "group", "m", True)
        actor.country = code
        actor_id, rule = actor.actor_id, "mention.people"
    elif code == cast.home and not _is_dealt_with(head) and not _is_paired(cast, head):
        return
    else:
        actor_id, rule = cast.known(actor_id).actor_id, "mention.demonym"
    cast.add(position, paragraph.end(head), "description", actor_id, position, rule)


def _stands_for_state(cast: "Cast", head: Token) -> bool:
    """Whether the demonym stands with a plain article or paired, not for some people (deux Iraniens)."""
    if _is_paired(cast, head):
        return True
    previous = phrases.before(head)
    if previous is None or lower(previous) not in {"les", "des", "aux"}:
        return False
    earlier = phrases.before(previous)
    if earlier is not None and earlier.is_punct and earlier.text in {'"', "»", ")"}:
        earlier = phrases.before(earlier)
    if lower(previous) == "des" and (earlier is None or earlier.pos_ not in {"NOUN", "ADJ", "PROPN"}):
        # “contre des Français” are some of them: “de les” follows no preposition.
        return False
    following = phrases.after(head)
    return not (
        (earlier is not None and lower(earlier) in _QUANTITIES) or (following is not None and following.pos_ == "ADJ")
    )


def _counted_from(head: Token) -> Token | None:
    """Return the number before the demonym, past an adjective (deux nouveaux Iraniens), or None; figures count victims."""
    index = head.i - 1
    if index > 0 and head.doc[index].pos_ == "ADJ":
        index -= 1
    counted = index >= 0 and head.doc[index].pos_ == "NUM" and head.doc[index].is_alpha
    return head.doc[index] if counted else None


def _are_some(head: Token) -> bool:
    """Whether the demonym is the subject of an act of some of the people (des Irakiens ont décidé …)."""
    previous = phrases.before(head)
    following = phrases.after(head)
    acts = following is not None and phrases.is_finite(following) and following.lemma_.lower() != "être"
    return (
        acts
        and previous is not None
        and lower(previous) == "des"
        and "été" not in {lower(token) for token in head.doc[head.i + 1 : head.i + 4]}
    )


def _is_at_home(cast: "Cast", paragraph: Paragraph, head: Token, code: str) -> bool:
    """Whether the sentence is set in their own capital (dans les rues de Téhéran, les Iraniens …): people, no state."""
    return any(
        cast.knowledge.capital_of(token.text) == code and cast.covering(paragraph.start(token)) is None
        for token in head.doc[head.sent.start : head.i]
        if token.text[0].isupper()
    )


def _is_dealt_with(head: Token) -> bool:
    """Whether somebody deals with the demonym's state (avec les Israéliens, l'univers des Américains), not its people."""
    previous = phrases.before(head)
    earlier = phrases.before(previous) if previous is not None else None
    if previous is None or earlier is None:
        return False
    return lower(previous) == "des" or (lower(previous) == "les" and lower(earlier) in _DEALINGS)


def _acts(head: Token) -> bool:
    """Whether the demonym is the subject of a verb right after it."""
    following = phrases.after(head)
    return following is not None and (phrases.is_finite(following) or following.pos_ == "AUX")


def _is_paired(cast: "Cast", head: Token) -> bool:
    """Whether demonyms of two countries stand side by side (entre Américains et Iraniens)."""
    doc = head.doc
    own = cast.knowledge.country_of(head.text)
    previous = phrases.before(head)
    if previous is not None and (previous.pos_ == "NUM" or lower(previous) in {"un", "une", "d'"}):
        return False
    for index, joint in (
        (head.i - 2, head.i - 1),
        (head.i - 3, head.i - 2),
        (head.i + 2, head.i + 1),
        (head.i + 3, head.i + 1),
    ):
        if 0 <= index < len(doc) and lower(doc[joint]) == "et" and doc[index].text[0].isupper():
            other = cast.knowledge.country_of(doc[index].text)
            if other is not None and other != own:
                return True
    return False
