"""Who said what: the quotes of an article and their speakers. `find_quotes` is the whole."""

from iraqtalks.extraction.quotes.find import find_quotes

__all__ = ["find_quotes"]
