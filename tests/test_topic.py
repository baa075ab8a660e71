"""What concerns the talks is kept, whoever names it and however; general news is left out, and the run says so."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iraqtalks.extraction.model import Article
from iraqtalks.ingest import read_folder
from iraqtalks.topic import concerns_talks

RAW = Path(__file__).parent.parent / "data" / "raw"
ON_TOPIC = [
    "Le gouvernement irakien demande un calendrier. Bagdad attend une réponse.",
    "À Bagdad, une délégation américaine est attendue.",
    "Des roquettes se sont abattues près d’Erbil.",
    "Washington et Téhéran échangent des menaces.",
    "Moustafa al-Kazimi a rencontré Joe Biden.",
    "Les IRAKIENS et les ÉTATS-UNIS ont signé.",
    "L\u2019Irak et les États\u2011Unis négocient.",
    "Iraq and the United States have agreed.",
    "العراق والولايات المتحدة الأمريكية",
]
OFF_TOPIC = [
    "Le pont de Valbrume est fermé, annonce la maire.",
    "Le maire de Valbrume a visité Washington.",
    "Un voyageur revient d’Irak avec des souvenirs.",
    "Le pourparler de Valbrume et la négociation des salaires ont échoué, les militaires attendent un accord.",
    "Ali et Salah jouent au football à Valbrume, contre l’attaque de Habib.",
    "Dirak, Bagdadi et Iranoise sont des mots inventés, près de Newashington.",
    "",
]


@pytest.mark.parametrize("text", ON_TOPIC)
def test_what_names_the_parties_is_kept(text: str) -> None:
    assert concerns_talks(Article(text, "a"))


@pytest.mark.parametrize("text", OFF_TOPIC)
def test_what_does_not_is_left_out(text: str) -> None:
    assert not concerns_talks(Article(text, "a"))


def test_the_title_counts_too() -> None:
    assert concerns_talks(
        Article("Une réponse est attendue à Washington.", "a", title="Irak : les négociations reprennent")
    )


def test_the_seed_article_is_kept_and_a_file_says_how_many_are_not(tmp_path: Path) -> None:
    (path,) = RAW.glob("*.txt")
    lines = [*OFF_TOPIC[:3], path.read_text(encoding="utf-8"), *OFF_TOPIC[3:6]]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": line}) for line in lines), encoding="utf-8")
    (tmp_path / "b.txt").write_text(OFF_TOPIC[0], encoding="utf-8")
    (article,), rejects = read_folder(tmp_path, topic=True)
    assert article.source_key == "a.jsonl#4"
    assert [(reject.raw_path, reject.reason, reject.detail.partition(",")[0][-3:]) for reject in rejects] == [
        ("a.jsonl", "off_topic", ": 6"),
        ("b.txt", "off_topic", ": 1"),
    ]
    assert len(read_folder(tmp_path)[0]) == 8


@given(st.text(max_size=200))
def test_nothing_that_stands_before_hides_the_parties(text: str) -> None:
    assert concerns_talks(Article(f"{text}\nL’Irak et les États-Unis négocient.", "a"))
