"""The views' rows in files of their own: the same as the views make them, in their order, and told as the tables are."""

import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from small import small_frames

from iraqtalks import store
from iraqtalks.database import connect, read
from iraqtalks.errors import DatasetError
from iraqtalks.views import VIEWS


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    processed = tmp_path_factory.mktemp("data") / "processed"
    store.publish(small_frames(), processed)
    return processed


@pytest.fixture
def without(published: Path, tmp_path: Path) -> Path:
    """Give the dataset without the views' files, so that its tables answer."""
    copy = Path(shutil.copytree(published, tmp_path / "without"))
    for view in VIEWS:
        (copy / f"{view}.parquet").unlink()
    return copy


def test_a_view_has_the_rows_that_its_query_makes_of_the_tables(published: Path, without: Path) -> None:
    for view in VIEWS:
        assert read(view, published).equals(read(view, without)), view
    assert read("who_said_what", published).height == 3


def test_views_are_read_from_their_files(published: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(published, tmp_path / "copy"))
    pq.write_table(pq.read_table(copy / "timeline.parquet").slice(0, 0), copy / "timeline.parquet")
    assert not read("timeline", published).is_empty()
    assert read("timeline", copy).is_empty()


def test_comments_are_the_same_and_inside_the_files(published: Path, without: Path) -> None:
    query = "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
    for view in VIEWS:
        with connect(published) as kept, connect(without) as made:
            told = kept.execute(query, [view]).fetchall()
            assert told == made.execute(query, [view]).fetchall()
        schema = pq.read_schema(published / f"{view}.parquet")
        assert [(field.name, field.metadata[b"description"].decode()) for field in schema] == told


def test_the_published_sql_tells_the_query_that_it_does_not_run(published: Path) -> None:
    sql = (published / "views.sql").read_text(encoding="utf-8")
    assert "-- CREATE OR REPLACE VIEW who_said_what AS\n-- WITH" in sql
    with duckdb.connect() as shell:
        shell.execute(f"SET file_search_path = '{published}'")
        shell.execute(sql)
        (made,) = shell.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'who_said_what'").fetchall()
    assert "who_said_what.parquet" in made[0]


def test_a_damaged_file_of_a_view_is_told(published: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(published, tmp_path / "copy"))
    (copy / "claims.parquet").write_bytes(b"PAR1")
    with pytest.raises(DatasetError, match=r"claims\.parquet is not the file that datapackage\.json describes"):
        store.read_tables(copy)
