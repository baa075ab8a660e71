"""One article → what is found in it: pure functions of the text, its metadata, the rules and the knowledge base.

`extract_articles` is the whole: blocks → parse → dates, cast → quotes → events → positions. `rows.to_rows` makes table rows of it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext

from iraqtalks.extraction.model import Article, Extraction, Reading
from iraqtalks.language import MODELS

Clock = Callable[[str], AbstractContextManager[object]]
"""Gives the context in which a stage of the extraction runs, by the stage's name."""

__all__ = ["Article", "Clock", "Extraction", "Reading", "extract_articles", "extract_reading"]


def extract_articles(articles: Iterable[Article], language: str = "fr") -> Iterator[Extraction]:
    """Yield what is found in each article, in order; all are of one language.

    Raises KeyError for a language that has no rules (`iraqtalks.language.MODELS` lists those that have).
    """
    # Imported here: whoever only reads tables needs no language model.
    from iraqtalks.extraction.parse import read  # noqa: PLC0415

    if language not in MODELS:
        raise KeyError(f"no rules for the language {language!r}; there are rules for {', '.join(sorted(MODELS))}")
    for reading in read(articles, language):
        yield extract_reading(reading, language)


def extract_reading(reading: Reading, language: str = "fr", *, clock: Clock = nullcontext) -> Extraction:
    """Return what is found in an article that has been parsed.

    `clock` gives a context for a stage by its name (dates, cast, quotes, events, positions): a benchmark times them by it.
    """
    from iraqtalks.extraction.actors import find_cast  # noqa: PLC0415
    from iraqtalks.extraction.dates import find_temporal, only_dates  # noqa: PLC0415
    from iraqtalks.extraction.events import find_events  # noqa: PLC0415
    from iraqtalks.extraction.positions import find_positions  # noqa: PLC0415
    from iraqtalks.extraction.quotes import find_quotes  # noqa: PLC0415
    from iraqtalks.knowledge import knowledge  # noqa: PLC0415

    known = knowledge()
    with clock("dates"):
        temporal = find_temporal(reading, language)
    with clock("cast"):
        cast = find_cast(reading, known, language)
    with clock("quotes"):
        quotes = find_quotes(reading, cast, temporal, language)
    with clock("events"):
        events = find_events(reading, cast, quotes, temporal, known, language)
    with clock("positions"):
        positions = find_positions(reading, cast, quotes, events, known, language)
    return Extraction(
        reading=reading,
        dates=only_dates(temporal),
        actors=list(cast.actors.values()),
        mentions=list(cast.mentions),
        roles=list(cast.roles),
        quotes=quotes,
        events=events,
        positions=positions,
    )
