"""Who is spoken of: the actors of an article and the words that name them. `find_cast` is the whole."""

from iraqtalks.extraction.actors.cast import Cast
from iraqtalks.extraction.actors.find import find_cast

__all__ = ["Cast", "find_cast"]
