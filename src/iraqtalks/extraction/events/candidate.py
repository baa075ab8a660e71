"""An event as its trigger gives it, before the article is looked at as a whole."""

from dataclasses import dataclass

from iraqtalks.extraction.events.triggers import Trigger
from iraqtalks.extraction.model import EventMention, Paragraph


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event with the trigger and the paragraph that it was found by."""

    event: EventMention
    trigger: Trigger
    paragraph: Paragraph

    @property
    def nominal(self) -> bool:
        """Whether a noun states the event without a verb that carries it."""
        return self.trigger.nominal and self.trigger.anchor.i == self.trigger.token.i
