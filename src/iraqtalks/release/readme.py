"""The README of a release: what is in it, how to open it, what may be done with it."""

from typing import Final

from iraqtalks import contract
from iraqtalks.release.about import about, bibtex
from iraqtalks.release.edition import Edition
from iraqtalks.tables import TABLES
from iraqtalks.views import VIEWS, description

_TEXT: Final = """\
# {title}

Version {version}, {date}. {description}

## Open it

Every table is a Parquet file, which most tools read as it is. With the analysts' views, in a DuckDB shell started in this folder
(elsewhere say first where it is: `SET file_search_path = '/path/to/this/folder';`):

```sql
.read views.sql
SELECT speaker, said_to, words FROM who_said_what;
```

In Python `polars.read_parquet("quotes.parquet")` or `pandas.read_parquet("quotes.parquet")`, in R
`arrow::read_parquet("quotes.parquet")`.

## What is here

| file | what |
|---|---|
{tables}
{views}
| `views.sql` | all of these for a DuckDB shell, each column with its meaning |
| `data-dictionary.md`, `rules.md` | every column; every rule that makes rows |
| `quality.md`, `quality.json` | rows, fill rates, rejects, coverage by outlet, month and language, measured accuracy with intervals |
| `CHANGELOG.md`{changes} | what has changed since the release before |
| `datapackage.json` | Frictionless: types, constraints, keys and foreign keys of all tables |
| `croissant.json`, `schema-org.jsonld` | the same for machine learning tools and for search engines |
| `ro-crate-metadata.json` | where it comes from: input, code, models |
| `CITATION.cff` | how to cite it |
| `SHA256SUMS` | `sha256sum --check SHA256SUMS` |
{csv}
Dates are EDTF (ISO 8601-2) beside first and last day; unknown is null; positions are code points of `articles.text`. A letter that
is withheld from a text is `ˑ`. The rest is in the data dictionary.

## What may be done with it

{rights}

## Cite

```bibtex
{bibtex}```
"""
_CHANGES: Final = ", `changes.json`"
_CSV: Final = """\
| `csv/` | the tables for spreadsheets, with a description of their own |

In `csv/`, an empty cell is null, and a cell of text that a spreadsheet could take for a formula has an apostrophe before it: it
begins with `=`, `+`, `-`, `@` (also in full width) or an apostrophe, also behind white space, or with a tab or a line's end. Take
one apostrophe off the beginning of each cell that has one, and the text is as it was. Texts can be longer than the 32,767
characters that a spreadsheet's cell holds.
"""


def readme(edition: Edition, *, with_changes: bool, with_csv: bool) -> str:
    """Return the README; `with_changes` and `with_csv` say what of the optional files is there."""
    told = about()
    return _TEXT.format(
        title=contract.TITLE,
        version=edition.version,
        date=edition.date,
        description=told["description"],
        tables="\n".join(f"| `{table}.parquet` | {contract.description(table)} |" for table in TABLES),
        views="\n".join(f"| `{view}.parquet` | {description(view)}: a view of the tables |" for view in VIEWS),
        changes=_CHANGES if with_changes else "",
        csv=_CSV if with_csv else "",
        rights=told["rights"],
        bibtex=bibtex(edition),
    )
