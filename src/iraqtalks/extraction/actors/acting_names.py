"""Names that nothing introduces and that act: a network, a firm, a first name (Twitter a signalé …; le patron de Twitter)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from iraqtalks.extraction.actors.given_names import is_given_name
from iraqtalks.extraction.actors.name_kinds import kind_of
from iraqtalks.extraction.actors.names import Name, NameWords, lone_words, words_of
from iraqtalks.extraction.actors.nouns import nouns_of
from iraqtalks.extraction.model import Paragraph
from iraqtalks.extraction.phrases import ARTICLES, CONTRACTED, GENITIVE, NOUNS, is_finite, lower
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge.folding import folded

if TYPE_CHECKING:
    from iraqtalks.extraction.actors.cast import Cast

_AGAIN: Final = 2
"""A name that nothing introduces stands so many times in the article at least."""
_SHORTEST: Final = 4
_LEANING: Final = frozenset({"n'", "ne", "se", "s'"})
"""What may stand between a subject and its verb."""
_MARKS: Final = frozenset({'"', "«", "»"})
"""Between them a title stands alone."""
_NO_NAMES: Final = frozenset({"PRON", "DET"})
"""Parts of speech that only a capital makes look like a name (Vous)."""
_MEDIUM: Final = frozenset({"sur", "via"})
"""Prepositions after which a network is where something is read."""


def add_acting_names(cast: "Cast", free: list[tuple[Paragraph, Name]]) -> None:
    """Add the lone names of the article that act in it, wherever they stand for somebody.

    Each stands in it twice at least, once as the subject of a verb, its agent, or as whose head somebody is; none of its
    occurrences says that it is a place, a thing or a title.
    """
    lists = words_of(cast.language)
    for word in _candidates(cast, free, lists):
        found = [
            (paragraph, head)
            for paragraph, head in _occurrences(cast, word)
            if cast.covering(paragraph.start(head)) is None
        ]
        heads = [head for _, head in found]
        if len(heads) < _AGAIN or any(_is_where(head, word, lists) for head in heads):
            continue
        if not any(_acts(head, lists) for head in heads):
            continue
        actor_id = cast.new(word, _kind_of(cast, word, heads)).actor_id
        for paragraph, head in found:
            if not _is_medium(head):
                start = paragraph.start(head)
                cast.add(start, start + len(word), "name", actor_id, start, "mention.acting_name")


def _candidates(cast: "Cast", free: list[tuple[Paragraph, Name]], lists: NameWords) -> list[str]:
    """Return the words that may be such names: lone ones of no known kind with a capital amid a sentence, and networks."""
    found: dict[str, str | None] = {}
    for paragraph, name in free:
        if not _is_lone(name) or cast.covering(name.start) is not None or found.get(name.text) is not None:
            continue
        head = paragraph.token_at(name.start)
        told = head is not None and not _is_medium(head) and not _is_written_oddly(name.text)
        found[name.text] = kind_of(name, paragraph) if told else None
    text, knowledge = cast.reading.text, cast.knowledge
    unknown = (
        word
        for word, kind in found.items()
        if kind is None
        and text.count(word) >= _AGAIN
        and word not in lists.places
        and knowledge.country_of(word) is None
        and knowledge.capital_of(word) is None
    )
    return [*unknown, *(word for word in sorted(lists.networks) if word in text)]


def _kind_of(cast: "Cast", word: str, heads: list[Token]) -> str:
    """Return what acts by the name: a person by a first name or relatives (la fille de X), else a firm or whatever."""
    kin = nouns_of(cast.language).kin
    related = (lower(head.doc[head.i - 2]) for head in heads if head.i > 1 and _before(head) in GENITIVE)
    if is_given_name(word, cast.language) or any(folded(noun) in kin for noun in related):
        return "person"
    return "company" if word in cast.words.networks else "other"


def _is_lone(name: Name) -> bool:
    """Whether the name is one long word in small letters but for its capitals, without a title."""
    return name.title is None and name.text.isalpha() and len(name.text) >= _SHORTEST and not name.text.isupper()


def _occurrences(cast: "Cast", word: str) -> Iterator[tuple[Paragraph, Token]]:
    """Yield where the word stands alone in the parsed text: in no longer word and no run of capitalised ones."""
    for start in lone_words(cast.reading.text, word):
        paragraph = cast.reading.paragraph_at(start)
        head = paragraph.token_at(start) if paragraph is not None else None
        if paragraph is not None and head is not None and paragraph.start(head) == start and not _goes_on(head):
            yield paragraph, head


def _goes_on(head: Token) -> bool:
    """Whether another name's word stands right before (Google Maps)."""
    previous = head.doc[head.i - 1] if head.i else None
    return previous is not None and previous.pos_ == "PROPN" and previous.text[0].isupper()


def _before(head: Token) -> str:
    """Return the word before the name in small letters, empty where it opens the paragraph."""
    return lower(head.doc[head.i - 1]) if head.i else ""


def _is_where(head: Token, word: str, lists: NameWords) -> bool:
    """Whether the name is a place's, or a thing's or title's by an article or quotation marks (à X, dans X; le X; « X »)."""
    before = _before(head)
    if before in ARTICLES or before in CONTRACTED or head.pos_ in _NO_NAMES:
        return True
    following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if before in _MARKS and following is not None and following.text in _MARKS:
        return True
    return before in lists.locative - _MEDIUM and word not in lists.networks and not _is_written_oddly(word)


def _is_written_oddly(word: str) -> bool:
    """Whether a capital inside the word tells it to be a firm's (BlaBlaCar)."""
    return any(letter.isupper() for letter in word[1:])


def _acts(head: Token, lists: NameWords) -> bool:
    """Whether the name is a verb's subject or agent, or somebody is its head (le fondateur de X)."""
    doc, before = head.doc, _before(head)
    if before == "par":
        return head.i > 1 and doc[head.i - 2].pos_ in {"VERB", "ADJ"}
    if before in GENITIVE:
        return head.i > 1 and lower(doc[head.i - 2]) in lists.heads
    opens = head.i == 0 or doc[head.i - 1].pos_ not in {"ADP", "NOUN", "PROPN", "ADJ", "DET", "VERB"}
    following = doc[head.i + 1] if head.i + 1 < len(doc) else None
    if following is None or not opens:
        return False
    return lower(following) in _LEANING or (is_finite(following) and head.dep_.startswith("nsubj"))


def _is_medium(head: Token) -> bool:
    """Whether the name is where something is read, or tells whose thing something is (sur X, le compte X)."""
    before = head.doc[head.i - 1] if head.i else None
    return before is not None and (lower(before) in _MEDIUM or (before.pos_ in NOUNS and before.text[0].islower()))
