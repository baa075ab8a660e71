"""The stages of a build, one after the other without Prefect."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from building import build, extract_all
from small import TEXT

from iraqtalks import checks, stages, store
from iraqtalks.cache import Cache
from iraqtalks.errors import NoUsableArticleError
from iraqtalks.fingerprint import code_fingerprint

ENGLISH = "The mayor of Valbrume, Odile Ferrand, said that the old stone bridge would be closed for the whole summer."


@pytest.fixture
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty work folder."""
    return tmp_path_factory.mktemp("work")


def test_a_build_from_raw_text_to_a_published_dataset(tmp_path: Path) -> None:
    raw, processed = tmp_path / "raw", tmp_path / "processed"
    raw.mkdir()
    (raw / "pont.txt").write_text(TEXT, encoding="utf-8")
    (raw / "bridge.txt").write_text(ENGLISH, encoding="utf-8")
    quality = build(raw, processed).quality
    tables = store.read_tables(processed)
    assert quality.rows == {table: frame.height for table, frame in tables.items()}
    assert tables["articles"]["source_key"].sort().to_list() == ["bridge.txt", "pont.txt"]
    assert tables["rejects"]["reason"].to_list() == ["language_without_rules"]
    assert tables["quotes"]["article_id"].n_unique() == 1
    assert checks.check(tables) == []


def test_every_stage_can_be_tried_again(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "pont.txt").write_text(TEXT, encoding="utf-8")
    processed = tmp_path / "processed"
    with store.building(processed) as work:
        cache = stages.kept_rows(processed)
        for _ in range(2):
            stages.read(tmp_path / "raw", work)
            plan = stages.plan(work, cache)
            parts = [*plan.kept, *extract_all(plan.shards, cache)]
            linked = stages.link(parts, work, tmp_path / "none")
            stages.publish(linked, work, processed)
            stages.prune(parts, cache)
    assert store.read_tables(processed)["articles"].height == 1


def test_shards_do_not_grow(tmp_path: Path, work: Path) -> None:
    (tmp_path / "raw").mkdir()
    for number in range(stages.SHARD + 1):
        (tmp_path / "raw" / f"{number}.txt").write_text(f"{TEXT} {number}", encoding="utf-8")
    stages.read(tmp_path / "raw", work)
    shards = stages.plan(work, Cache(tmp_path / "cache", "code")).shards
    assert [store.read_staged([shard])["articles"].height for shard in shards] == [stages.SHARD, 1]


def test_a_dataset_that_breaks_its_contract_is_not_published(
    frames: Mapping[str, pl.DataFrame], tmp_path: Path
) -> None:
    store.stage({table: frames[table] for table in ("articles", "rejects")}, tmp_path / "read")
    broken = {**frames, "mentions": frames["mentions"].with_columns(text=pl.lit("Odile"))}
    with pytest.raises(checks.CheckFailedError, match=r"mentions\.text \[mention_id=m1\] = 'Odile'"):
        stages.validate(store.stage(broken, tmp_path / "linked"), [], tmp_path, tmp_path / "none")


def test_an_empty_folder_is_told(tmp_path: Path, work: Path) -> None:
    with pytest.raises(NoUsableArticleError, match=r"holds no article\. Put texts, saved pages"):
        stages.read(tmp_path, work)


def test_a_folder_without_a_usable_article_is_told_with_the_reasons(tmp_path: Path, work: Path) -> None:
    (tmp_path / "bridge.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "many.jsonl").write_text("{\n" * 20)
    with pytest.raises(NoUsableArticleError) as error:
        stages.read(tmp_path, work)
    lines = str(error.value).splitlines()
    assert lines[0].endswith("holds no article that can be used:")
    assert lines[2] == "  empty.txt holds no text"
    assert lines[3].startswith("  many.jsonl, record 1 is not JSON")
    assert lines[-1] == "  … and 12 more"


def test_a_bug_in_the_extraction_names_the_article(tmp_path: Path, work: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "pont.txt").write_text(TEXT, encoding="utf-8")
    stages.read(tmp_path / "raw", work)
    cache = Cache(tmp_path / "cache", code_fingerprint())
    (shard,) = stages.plan(work, cache).shards
    # A language that lost its rules after the shard was made stands for any fault of the code.
    frame = store.read_staged([shard])["articles"].with_columns(language=pl.lit("xx"))
    store.stage({"articles": frame}, shard)
    with pytest.raises(KeyError) as error:
        extract_all([shard], cache)
    assert error.value.__notes__ == ["while extracting pont.txt (pont.txt)"]
