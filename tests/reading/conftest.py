"""A site of invented articles, every text of which tries to break the pages, and a browser to look at it."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from browser import Browser
from building import build

from iraqtalks import store
from iraqtalks.contract import columns
from iraqtalks.site import build_site
from iraqtalks.tables import TABLES

EVIL: Final = (
    "<script>window.harm=1</script><img src=x onerror=window.harm=2>\"'><svg/onload=window.harm=3>"
    "</title></script>--><a href=javascript:window.harm=4>{{ 7*7 }}{% raw %}\u202egnorw\u2066&lt;"
)
"""What a hostile text may bring: markup that runs, ends what it stands in or opens templates, and turns the reading round."""
ADDRESS: Final = "javascript:window.harm=5"
PATH: Final = '../../x"><script>window.harm=6</script>'
"""What ids of actors begin with."""

_ARTICLES: Final[list[dict[str, Any]]] = [
    {
        "id": "open", "title": "Le retrait", "outlet": "Courrier de Valbrume", "language": "fr", "published_on": "2021-07-25",
        "licence": "CC BY 4.0", "url": "https://courrier.example/1", "byline": "Odile Ferrand",
        "text": "Les troupes américaines doivent quitter l’Irak, a déclaré dimanche 25 juillet Odile Ferrand, maire de"
        " Valbrume.\nSelon Moustafa al-Kazimi, « le calendrier du retrait sera fixé ». Une délégation irakienne est"
        " arrivée vendredi à Washington.\nD’après la police, deux soldats américains ont été tués samedi à Bagdad par"
        " un tir de roquette. Odile Ferrand a condamné l’attaque.\nLe quatrième tour du dialogue stratégique a eu lieu le"
        " 23 juillet à Washington.",
    },
    {
        "id": "quoted", "outlet": "Gazette de Morlune", "language": "fr", "published_on": "2021-07-26", "url": "https://gazette.example/2",
        "text": "Hier encore, rien ne bougeait dans la petite ville.\n« Le pont tiendra », a promis la maire, Odile Ferrand."
        " Elle a ajouté que les travaux étaient finis.\nLa pluie tombait depuis des heures sur les toits.",
    },
    {
        "id": "closed", "title": "Fermé", "outlet": "Gazette de Morlune", "language": "fr", "published_on": "2021-07-27",
        "text_policy": "offsets", "text": "« Le zéphyr restera gardé », a déclaré Armand Valcour à Morlune.",
    },
]  # fmt: skip


def _hostile(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the frames with EVIL at the end of every text of somebody else, and ids that lead astray."""
    said = {
        "articles": ["title", "outlet", "byline", "licence"], "actors": ["name", "name_fr", "name_en", "name_ar"],
        "actor_aliases": ["alias"], "actor_roles": ["role"], "quotes": ["cue_lemma", "act", "content"],
        "places": ["name"], "talks_rounds": ["process"], "event_contexts": ["context"], "event_mentions": ["text"],
    }  # fmt: skip
    addresses = {"articles": ["url"], "talks_rounds": ["source_url"], "actor_roles": ["source_url"]}
    changed = {}
    for table in TABLES:
        actors = [
            column.name
            for column in columns(table)
            if column.references == ("actors", "actor_id") or (table, column.name) == ("actors", "actor_id")
        ]
        changed[table] = frames[table].with_columns(
            *(pl.col(name) + pl.lit(f" {EVIL}") for name in said.get(table, ())),
            *(pl.lit(ADDRESS).alias(name) for name in addresses.get(table, ())),
            *((pl.lit(PATH) + pl.col(name)).alias(name) for name in actors),
        )
    return changed


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the dataset of the invented articles; the text of one is hostile."""
    folder = tmp_path_factory.mktemp("dataset")
    text = f"« Le {EVIL} tient », a dit Odile Ferrand.\n{EVIL}\nSelon Odile Ferrand, {EVIL}."
    articles = [*_ARTICLES, {"id": "hostile", "title": EVIL, "text": text, "text_policy": "full", "language": "fr"}]
    (folder / "raw").mkdir()
    lines = "".join(f"{json.dumps(article)}\n" for article in articles)
    (folder / "raw" / "articles.jsonl").write_text(lines, encoding="utf-8")
    build(folder / "raw", folder / "processed")
    return folder / "processed"


@pytest.fixture(scope="session")
def site(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the dataset's site."""
    out = tmp_path_factory.mktemp("site") / "site"
    build_site(dataset, out)
    return out


@pytest.fixture(scope="session")
def hostile_site(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the site of the same dataset with something hostile in every name and text."""
    folder = tmp_path_factory.mktemp("hostile")
    store.publish(_hostile(store.read_tables(dataset)), folder / "processed")
    build_site(folder / "processed", folder / "site")
    return folder / "site"


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give a headless Chromium; where none is installed, what needs it is skipped."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no chromium and chromedriver are installed (Debian: apt-get install chromium chromium-driver)")
    with Browser.started(chromium, driver, tmp_path_factory.mktemp("profile")) as started:
        yield started
