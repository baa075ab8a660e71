"""Who is spoken of: the actors of an article and the words that name them.

`find_cast` finds them in what the article says itself, `add_outside` in its links and captions.
"""

from iraqtalks.extraction.actors.cast import Cast
from iraqtalks.extraction.actors.find import find_cast
from iraqtalks.extraction.actors.outside import add_outside

__all__ = ["Cast", "add_outside", "find_cast"]
