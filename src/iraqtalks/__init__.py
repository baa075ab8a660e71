"""IraqTalks: who said what, who did what, who stands where in the talks between Iraq and the United States.

>>> import iraqtalks
>>> rows = iraqtalks.extract("« Rien n'est signé », a déclaré Mona Exemple.", language="fr")
>>> rows["quotes"]["content"].to_list()
["Rien n'est signé"]

`connect` and `read` open a built dataset; `extract` gives the rows of one text, with no files, no Prefect and no network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    import duckdb
    import polars as pl

__all__ = ["connect", "extract", "read"]


def connect(processed: str | Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open a built dataset: a DuckDB connection with its tables and views, each with its comments.

    `processed` is the dataset's folder, `data/processed` where it is not given. Raises `iraqtalks.errors.DatasetError` where
    there is none.
    """
    from iraqtalks import database  # noqa: PLC0415  (importing the package must not load polars or DuckDB)

    return database.connect(processed)


def read(table: str, processed: str | Path | None = None) -> pl.DataFrame:
    """Return a table of a built dataset as a polars frame.

    Raises `iraqtalks.errors.DatasetError` for a name that is no table, and where there is no dataset.
    """
    from iraqtalks import database  # noqa: PLC0415

    return database.read(table, processed)


def extract(  # noqa: PLR0913  (the keys of an article's metadata)
    text: str,
    *,
    language: str = "fr",
    published_on: date | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    byline: str | None = None,
    retrieved_at: datetime | None = None,
    licence: str | None = None,
    text_policy: Literal["full", "quotes", "offsets"] | None = None,
    source_key: str = "",
) -> dict[str, pl.DataFrame]:
    """Return the rows of one article by table, every table of the dataset among them.

    `text` is brought to NFC with newlines as line feeds; positions refer to it as it then stands in `articles.text`. Without
    `published_on` no relative date and no missing year is resolved. Raises KeyError for a language that has no rules.
    """
    from iraqtalks.contract import frame  # noqa: PLC0415
    from iraqtalks.extraction import Article, extract_articles  # noqa: PLC0415
    from iraqtalks.extraction.rows import to_rows  # noqa: PLC0415
    from iraqtalks.ingest.decode import normalise  # noqa: PLC0415
    from iraqtalks.link import link  # noqa: PLC0415

    article = Article(
        text=normalise(text),
        source_key=source_key or url or "",
        title=title,
        outlet=outlet,
        url=url,
        byline=byline,
        published_on=published_on,
        retrieved_at=retrieved_at,
        language=language,
        licence=licence,
        text_policy=text_policy,
    )
    (extraction,) = extract_articles([article], language)
    return dict(link({table: frame(table, rows) for table, rows in to_rows(extraction).items()}))
