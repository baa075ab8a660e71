"""What extraction works with in memory: the article, its parse, and what is found in it.

Every position is a code point of the article's text. Rules never see tables; `iraqtalks.extraction.rows` turns these objects into rows.
"""

import bisect
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from iraqtalks.extraction.tokens import Doc, Token


def stable_id(prefix: str, *parts: object) -> str:
    """Return an id that depends on nothing but `parts`: the prefix and 16 hexadecimal digits of their SHA-256."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Article:
    """A source document as it was read: its text (NFC, lines ended by a line feed) and what its metadata says."""

    text: str
    source_key: str
    raw_path: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    published_on: date | None = None
    retrieved_at: datetime | None = None
    language: str | None = None
    licence: str | None = None
    text_policy: str | None = None

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def article_id(self) -> str:
        """The article's id: a version of a text is told apart from another, since every row is traced to exact words."""
        return stable_id("a", self.source_key, self.text_sha256)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article, by what it is on the page (`kind` is one of `tables.BLOCK_KINDS`)."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block and its parse. The parsed text has the block's length: characters are replaced one for one, never moved."""

    block: Block
    doc: Doc

    @property
    def language(self) -> str:
        """The language that the paragraph was parsed as."""
        return self.doc.lang_

    @property
    def offset(self) -> int:
        """Where the parsed text begins in the article."""
        return self.block.start

    @property
    def text(self) -> str:
        """The parsed text."""
        return self.doc.text

    @property
    def starts(self) -> list[int]:
        """The offsets of the tokens in the paragraph, in order."""
        return self.doc.starts

    def start(self, token: Token) -> int:
        """Return the position of the token's first character in the article."""
        return self.block.start + token.idx

    def end(self, token: Token) -> int:
        """Return the position after the token's last character in the article."""
        return self.block.start + token.idx + len(token.text)

    def token_at(self, position: int) -> Token | None:
        """Return the token that covers the article's `position`, or the next one after it; None past the last token."""
        doc, offset = self.doc, position - self.block.start
        index = bisect.bisect_right(doc.starts, offset) - 1
        if index >= 0 and offset < doc[index].idx + len(doc[index].text):
            return doc[index]
        return doc[index + 1] if index + 1 < len(doc) else None


@dataclass(frozen=True)
class Reading:
    """An article with its blocks and the parse of each block that bears text of the article's own."""

    article: Article
    blocks: tuple[Block, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.block.start for paragraph in self.paragraphs]

    def paragraph_at(self, position: int) -> Paragraph | None:
        """Return the parsed paragraph that covers `position`, or None (a block without parse, white space)."""
        index = bisect.bisect_right(self._paragraph_starts, position) - 1
        if index >= 0 and position < self.paragraphs[index].block.end:
            return self.paragraphs[index]
        return None

    def tokens(self) -> Iterator[tuple[Paragraph, Token]]:
        """Yield every token with its paragraph, in the order of the text."""
        for paragraph in self.paragraphs:
            for token in paragraph.doc:
                yield paragraph, token


@dataclass(frozen=True, slots=True)
class DateMention:
    """A temporal expression; `date` is EDTF, or None where nothing fixes its value. `basis`: `tables.DATE_BASES`, None without a date."""

    start: int
    end: int
    date: str | None
    basis: str | None
    rule: str


@dataclass(slots=True)
class Actor:
    """A person, body or group of one article. Agreement features are None where nothing tells them."""

    actor_id: str
    name: str
    kind: str
    in_knowledge_base: bool = False
    gender: str | None = None
    """`m` or `f`: grammatical, for pronouns."""
    plural: bool | None = None
    country: str | None = None
    sector: str | None = None
    parent_id: str | None = None
    members: tuple[str, ...] = ()
    """Ids of the actors that speak or act together as this one (“l'AIEA et l'OIEA”)."""
    aliases: set[str] = field(default_factory=set)
    """Names and descriptions by which this article's text calls the actor."""

    @property
    def anonymous(self) -> bool:
        """Whether the actor is an unnamed source."""
        return self.kind == "anonymous"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor. `head` is the position of the head noun's first character."""

    start: int
    end: int
    form: str
    actor_id: str
    head: int
    rule: str


@dataclass(frozen=True, slots=True)
class Role:
    """An office or membership that the text states (apposition, “porte-parole de …”)."""

    actor_id: str
    start: int
    end: int
    organization_id: str | None
    rule: str


@dataclass(slots=True)
class Quote:
    """Content attributed to a source. `segments` and `cue` are positions; `speaker` is the mention beside the cue or None."""

    segments: tuple[tuple[int, int], ...]
    kind: str
    rule: str
    cue: tuple[int, int] | None = None
    cue_lemma: str | None = None
    act: str | None = None
    negated: bool = False
    speaker: Mention | None = None
    speaker_id: str | None = None
    speaker_rule: str | None = None
    anonymous: bool = False
    said_to_id: str | None = None
    spoken_on: str | None = None
    parent: "Quote | None" = None

    @property
    def start(self) -> int:
        """First position of the content."""
        return self.segments[0][0]

    @property
    def end(self) -> int:
        """Position after the content."""
        return self.segments[-1][1]


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor's part in an event; `role` is one of `tables.PARTICIPANT_ROLES`."""

    actor_id: str
    role: str
    mention: Mention | None = None


@dataclass(slots=True)
class EventMention:
    """An event as stated at one place of the article, in the terms of PLOVER 2.0."""

    start: int
    end: int
    type: str
    mode: str | None
    status: str
    rule: str
    participants: tuple[Participant, ...] = ()
    contexts: tuple[str, ...] = ()
    quote: Quote | None = None
    date: str | None = None
    date_basis: str | None = None
    place_id: str | None = None
    begins: bool = False
    """Whether the words say of talks that they begin."""
    talks_round_id: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where an actor stands on an issue, by the words at `start`–`end`; `stance` is one of `tables.STANCES`."""

    start: int
    end: int
    actor_id: str
    issue: str
    stance: str
    rule: str
    condition: tuple[int, int] | None = None
    quote: Quote | None = None
    event: EventMention | None = None


@dataclass(slots=True)
class Extraction:
    """All that was found in one article."""

    reading: Reading
    dates: list[DateMention] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
