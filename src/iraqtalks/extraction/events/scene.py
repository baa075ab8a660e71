"""What the participants of one paragraph's events are looked up in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from iraqtalks.extraction.actors import Cast
from iraqtalks.extraction.events.complements import Ground, Phrase, phrases_after
from iraqtalks.extraction.events.patterns import EventLanguage
from iraqtalks.extraction.events.subjects import subject_tokens
from iraqtalks.extraction.model import Mention, Paragraph, Quote
from iraqtalks.extraction.tokens import Token
from iraqtalks.knowledge import Knowledge

Filler = tuple[str, Mention | None, Token]
"""An actor, the words that name it (None for an adjective), and the token by which it was found."""


@dataclass(frozen=True)
class Scene:
    """One paragraph with the article's actors and quotes, and all that is known beside."""

    paragraph: Paragraph
    cast: Cast
    knowledge: Knowledge
    ground: Ground
    quotes: Sequence[Quote]
    _phrases: dict[int, list[Phrase]] = field(default_factory=dict, repr=False, compare=False)
    _subjects: dict[int, list[Token]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def language(self) -> EventLanguage:
        """The event patterns of the article's language."""
        return self.ground.language

    def phrases(self, token: Token) -> list[Phrase]:
        """Return the noun phrases after a token of the paragraph, in its clause; the caller must not change the list."""
        found = self._phrases.get(token.i)
        if found is None:
            found = self._phrases[token.i] = phrases_after(token, self.ground)
        return found

    def subjects(self, verb: Token) -> list[Token]:
        """Return the heads of the verb's subject; the caller must not change the list."""
        found = self._subjects.get(verb.i)
        if found is None:
            found = self._subjects[verb.i] = subject_tokens(verb, self.ground)
        return found

    def is_word(self, token: Token, words: str) -> bool:
        """Whether the token's lemma is in a word list of the language."""
        return str(token.lemma_).lower() in self.language.words[words]

    def cue_quote(self, token: Token) -> Quote | None:
        """Return the quote whose cue the token stands in, or None."""
        position = self.paragraph.start(token)
        return next((q for q in self.quotes if q.cue is not None and q.cue[0] <= position < q.cue[1]), None)
