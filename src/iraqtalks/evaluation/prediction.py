"""What the extraction finds in the texts of a gold file: the rows that the dataset would hold."""

from collections.abc import Mapping
from datetime import date

from iraqtalks.contract import frame
from iraqtalks.database import Rows, article_rows
from iraqtalks.evaluation.gold import Source
from iraqtalks.extraction.model import Article
from iraqtalks.tables import TABLES


def predict(sources: Mapping[str, Source]) -> dict[str, Rows]:
    """Return the rows by table of each text, extracted and linked as a build does it; the texts of one run are linked.

    Raises KeyError for a language that has no rules; a text that states none is taken for French.
    """
    # Imported here: scoring rows that exist already needs no language model.
    from iraqtalks.extraction import extract_articles  # noqa: PLC0415
    from iraqtalks.extraction.rows import to_rows  # noqa: PLC0415
    from iraqtalks.link import link  # noqa: PLC0415

    articles = {name: _article(name, source) for name, source in sources.items()}
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in TABLES}
    for language in sorted({article.language or "fr" for article in articles.values()}):
        ours = [article for article in articles.values() if (article.language or "fr") == language]
        for extraction in extract_articles(ours, language):
            for table, found in to_rows(extraction).items():
                rows[table] += found
    linked = link({table: frame(table, rows[table]) for table in TABLES})
    tables = {table: linked[table].lazy() for table in TABLES}
    return {name: article_rows(tables, article.article_id) for name, article in articles.items()}


def _article(name: str, source: Source) -> Article:
    return Article(
        text=source.text,
        source_key=name,
        raw_path=name,
        outlet=source.outlet,
        published_on=None if source.published_on is None else date.fromisoformat(source.published_on),
        language=source.language,
    )
