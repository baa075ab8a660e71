"""What the search page looks in, as a script that sets a value: pages opened from a disk may load no data otherwise."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from iraqtalks.knowledge import reading
from iraqtalks.site.data import Dataset, article_label, query
from iraqtalks.site.safety import page_name, plain, words


def search_script(dataset: Dataset) -> str:
    """Return the script: quotes with speaker and article, actors with their names, and spellings that count as one.

    Texts are as they are shown; folding (case, accents, transliterations) is done by the page, for index and question alike.
    """
    actors = list(dataset.actors)
    articles = list(dataset.articles.values())
    index = {
        "articles": [[plain(article_label(row)), page_name(row["article_id"])] for row in articles],
        "actors": list(_actors(dataset, actors)),
        "quotes": list(_quotes(dataset, actors, [row["article_id"] for row in articles])),
        "spellings": [[name for name in group if name] for group in reading.read("transliterations")["groups"]],
    }
    # In ASCII: no sign of a text can end the script or mean anything else in it.
    return f"window.iraqtalksIndex = {json.dumps(index, separators=(',', ':'))};\n"


def _actors(dataset: Dataset, actors: Sequence[str]) -> Iterator[list[Any]]:
    names: dict[str, dict[str, None]] = {actor_id: {} for actor_id in actors}
    for row in dataset.rows("actor_aliases"):
        names[row["actor_id"]][plain(row["alias"])] = None
    counts = {row["actor_id"]: row for row in dataset.overview}
    for actor_id in actors:
        actor = dataset.actors[actor_id]
        also = names[actor_id] | {plain(actor[key]): None for key in ("name_fr", "name_en", "name_ar") if actor[key]}
        also.pop(plain(actor["name"]), None)
        told = counts[actor_id]
        yield [plain(actor["name"]), page_name(actor_id), list(also), told["mention_count"], told["quote_count"]]


def _quotes(dataset: Dataset, actors: Sequence[str], articles: Sequence[str]) -> Iterator[list[Any]]:
    actor_at = {actor_id: number for number, actor_id in enumerate(actors)}
    article_at = {article_id: number for number, article_id in enumerate(articles)}
    for row in dataset.ask(query("said")):
        if words(row["words"]):
            speaker = actor_at.get(row["speaker_id"], -1)
            yield [plain(row["words"]), speaker, article_at[row["article_id"]], page_name(row["quote_id"])]
