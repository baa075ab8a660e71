"""A release is made whole or not at all, to the byte the same, of a sound dataset only, and shows what may be shown."""

import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from building import build
from folders import content
from golds import ROOT
from releasing import DATE, NO_GOLD, publish, releasable
from small import TEXT

from iraqtalks.checks import CheckFailedError
from iraqtalks.cli import main
from iraqtalks.errors import ReleaseError
from iraqtalks.fingerprint import code_fingerprint
from iraqtalks.release import Asked, Made, Version, crate, release
from iraqtalks.release.accuracy import measure
from iraqtalks.store import read_tables

Frames = dict[str, pl.DataFrame]


def test_the_same_dataset_and_date_give_the_same_bytes(made: Made, dataset: Path, tmp_path: Path) -> None:
    """Made anew of a copy, in another folder, at another time."""
    shutil.copytree(dataset, tmp_path / "copy")
    asked = Asked(date=DATE, with_csv=True, url="https://courrier.example/dataset")
    again = release(tmp_path / "copy", tmp_path / "elsewhere" / "dist", NO_GOLD, asked)
    assert content(again.folder) == content(made.folder)
    assert again.archive.read_bytes() == made.archive.read_bytes()
    assert again.sha256 == made.sha256


def test_only_what_names_the_date_depends_on_it(made: Made, dataset: Path, tmp_path: Path) -> None:
    asked = Asked(date=DATE.replace(day=7), with_csv=True, url="https://courrier.example/dataset")
    later = release(dataset, tmp_path, NO_GOLD, asked)
    assert {path for path, data in content(later.folder).items() if content(made.folder)[path] != data} == {
        "CHANGELOG.md", "CITATION.cff", "README.md", "SHA256SUMS", "croissant.json", "datapackage.json",
        "csv/datapackage.json", "ro-crate-metadata.json", "schema-org.jsonld",
    }  # fmt: skip


def test_the_archive_tells_nothing_of_the_machine(made: Made) -> None:
    with tarfile.open(made.archive) as archive:
        members = archive.getmembers()
    assert [member.name for member in members] == sorted(member.name for member in members)
    assert {(member.uid, member.gid, member.uname, member.gname) for member in members} == {(0, 0, "", "")}
    assert {member.mtime for member in members} == {1714953600}
    assert {member.mode for member in members if member.isfile()} == {0o644}
    assert made.archive.read_bytes()[3:10] == b"\0" + (1714953600).to_bytes(4, "little") + b"\x02\xff"


def words(folder: Path) -> str:
    """Return all text of a release's tables."""
    texts = (frame.select(pl.col(pl.String)) for frame in read_tables(folder).values())
    return "\n".join(str(value) for text in texts for row in text.rows() for value in row)


def test_texts_are_shown_as_far_as_their_sources_let_them(made: Made, tmp_path: Path) -> None:
    (text,) = read_tables(made.folder)["articles"]["text"]
    assert len(text) == len(TEXT)
    assert "Le pont 🌉 tiendra" in text
    assert "pas de panique" in text
    assert "Elle a dit que" in TEXT
    assert "Elle a dit que" not in words(made.folder)
    frames = releasable()
    frames["articles"] = frames["articles"].with_columns(licence=pl.lit("CC0"))
    open_ = release(publish(frames, tmp_path / "open"), tmp_path / "dist", NO_GOLD, Asked(date=DATE))
    assert read_tables(open_.folder)["articles"]["text"].to_list() == [TEXT]
    frames["articles"] = frames["articles"].with_columns(text_policy=pl.lit("offsets"))
    closed = release(publish(frames, tmp_path / "closed"), tmp_path / "closed-dist", NO_GOLD, Asked(date=DATE))
    assert "tiendra" in words(made.folder)
    assert "tiendra" not in words(closed.folder)


def test_no_cell_of_the_csv_begins_a_formula_and_all_are_got_back(tmp_path: Path) -> None:
    hostile = [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "'=1", "''", "3,5\"=1", "a=1", "–1",
    ]  # fmt: skip
    frames = releasable()
    aliases = [{"actor_id": "odile-ferrand", "alias": alias, "language": "fr", "script": "Latn"} for alias in hostile]
    frames["actor_aliases"] = pl.DataFrame(aliases, schema=frames["actor_aliases"].schema)
    frames["places"] = frames["places"].with_columns(latitude=pl.lit(-33.5), longitude=pl.lit(-0.25))
    made = release(publish(frames, tmp_path / "processed"), tmp_path / "dist", NO_GOLD, Asked(date=DATE, with_csv=True))
    raw = (made.folder / "csv" / "actor_aliases.csv").read_bytes().decode("utf-8-sig")
    read = pl.read_csv(raw.encode(), infer_schema=False)["alias"].to_list()
    assert not [cell for cell in read if cell.lstrip()[0] in "=+-@＝" or cell[0] in "\t\r\n"]
    assert sorted(cell.removeprefix("'") for cell in read) == sorted(hostile)
    assert (made.folder / "csv" / "places.csv").read_text(encoding="utf-8-sig").splitlines()[1].endswith(
        ",-33.5,-0.25,"
    )  # fmt: skip


def break_hash(processed: Path) -> None:
    shutil.copy(processed / "actors.parquet", processed / "places.parquet")


def break_version(processed: Path) -> None:
    path = processed / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**package, "version": "2001.1.0"}), encoding="utf-8")


def remove_table(processed: Path) -> None:
    (processed / "quotes.parquet").unlink()


def remove_all(processed: Path) -> None:
    shutil.rmtree(processed)


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (remove_all, "holds no dataset; make one with"),
        (remove_table, "quotes.parquet is missing"),
        (break_hash, "places.parquet is not the file that datapackage.json describes"),
        (break_version, "was built by IraqTalks 2001.1.0"),
    ],
)
def test_a_dataset_that_is_not_there_or_is_damaged_is_told_in_a_line(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None], fault: str
) -> None:
    shutil.copytree(dataset, tmp_path / "processed")
    damage(tmp_path / "processed")
    assert fault in refused(capsys, "--processed", tmp_path / "processed", "--output", tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Run the command, which must fail, and return the one line that it says."""
    with pytest.raises(SystemExit) as end:
        main(["release", "--date", "2024-05-06", *map(str, arguments)])
    assert isinstance(end.value.code, str)
    assert end.value.code.count("\n") == 0
    assert capsys.readouterr().out == ""
    return end.value.code


def test_rows_that_break_the_contract_are_refused(tmp_path: Path) -> None:
    frames = releasable()
    frames["quotes"] = frames["quotes"].with_columns(kind=pl.lit("direct"))
    with pytest.raises(CheckFailedError, match="does not agree with the quotation marks"):
        release(publish(frames, tmp_path / "processed"), tmp_path / "dist", NO_GOLD, Asked(date=DATE))
    assert not (tmp_path / "dist").exists()


def emptied(*tables: str) -> Frames:
    return {table: frame.clear() if table in tables else frame for table, frame in releasable().items()}


def without_speakers() -> Frames:
    frames = releasable()
    nobody = pl.lit(None, dtype=pl.String)
    return {**frames, "quotes": frames["quotes"].with_columns(speaker_id=nobody, speaker_mention_id=nobody)}


@pytest.mark.parametrize(
    ("frames", "fault"),
    [
        (lambda: emptied("quotes", "quote_segments"), "quotes has 0 rows, at least 1 are asked (who said what"),
        (without_speakers, "quotes.speaker_id is filled to 0%, at least 70% is asked (fewer named speakers"),
    ],
)
def test_a_dataset_that_lacks_what_is_required_is_not_released(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], frames: Callable[[], Frames], fault: str
) -> None:
    processed = publish(frames(), tmp_path / "processed")
    assert fault in refused(capsys, "--processed", processed, "--output", tmp_path / "dist")
    assert list((tmp_path / "dist").iterdir()) == []


@pytest.mark.parametrize("present", ["iraqtalks-2024.5.0", "iraqtalks-2024.5.0.tar.gz"])
def test_what_is_there_already_is_not_replaced(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], present: str
) -> None:
    (tmp_path / present).write_text("an earlier one")
    assert f"{present} is there already" in refused(capsys, "--processed", dataset, "--output", tmp_path)
    assert content(tmp_path) == {present: b"an earlier one"}


def test_a_release_among_the_dataset_is_refused(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(dataset)
    assert "lies in the dataset's folder" in refused(capsys, "--processed", dataset, "--output", dataset / "dist")
    assert content(dataset) == before


def test_a_fault_on_the_way_leaves_nothing(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive is whole when the disk is full: neither it nor the folder is there then."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", only_archives(Path.rename, full))
    with pytest.raises(OSError, match="No space left"):
        release(dataset, tmp_path, NO_GOLD, Asked(date=DATE))
    assert list(tmp_path.iterdir()) == []


def only_archives(rename: Callable[[Path, Path], Path], full: Callable[[], None]) -> Callable[[Path, Path], Path]:
    def renamed(path: Path, target: Path) -> Path:
        if not path.name.endswith(".tar.gz"):
            full()
        return rename(path, target)

    return renamed


def changed() -> Frames:
    """Return the small dataset a month later: an alias more, a quote less, an act put right."""
    frames = releasable()
    alias = [{"actor_id": "odile-ferrand", "alias": "O. Ferrand", "language": "fr", "script": "Latn"}]
    frames["actor_aliases"] = pl.DataFrame(alias, schema=frames["actor_aliases"].schema)
    for table in ("quotes", "quote_segments"):
        frames[table] = frames[table].filter(pl.col("quote_id") != "q3")
    act = pl.when(pl.col("quote_id") == "q2").then(pl.lit("observe")).otherwise("act")
    frames["quotes"] = frames["quotes"].with_columns(act=act)
    return frames


def test_the_changelog_tells_what_differs_from_the_release_before(made: Made, tmp_path: Path) -> None:
    processed = publish(changed(), tmp_path / "processed")
    asked = Asked(date=DATE.replace(day=20), previous=made.folder)
    later = release(processed, tmp_path / "dist", NO_GOLD, asked)
    assert later.version == Version(2024, 5, 1)
    first = (made.folder / "CHANGELOG.md").read_text(encoding="utf-8")
    assert first.startswith("# Changes\n\n## 2024.5.0, 2024-05-06\n\nFirst release:\n\n- `articles`: 1 row\n")
    assert (later.folder / "CHANGELOG.md").read_text(encoding="utf-8") == (
        "# Changes\n\n## 2024.5.1, 2024-05-20\n\nAgainst 2024.5.0:\n\n"
        "- `articles`: 1 row changed (`text` 1)\n"
        "- `blocks`: 1 row changed (`text` 1)\n"
        "- `actor_aliases`: 1 row added\n"
        "- `quotes`: 1 row removed, 1 row changed (`act` 1)\n"
        "- `quote_segments`: 1 row removed\n\n" + first.removeprefix("# Changes\n\n")
    )
    keys = json.loads((later.folder / "changes.json").read_text(encoding="utf-8"))
    assert keys["quotes"]["removed"] == [{"quote_id": "q3"}]
    assert keys["quotes"]["changed"] == [{"key": {"quote_id": "q2"}, "columns": ["act"]}]


def test_a_release_that_changes_nothing_says_so(made: Made, dataset: Path, tmp_path: Path) -> None:
    later = release(dataset, tmp_path, NO_GOLD, Asked(date=DATE, previous=made.folder))
    assert "Against 2024.5.0:\n\n- Nothing: the rows are the same.\n" in (later.folder / "CHANGELOG.md").read_text()


def older(made: Made, folder: Path, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Path:
    """Return a copy of the release in which a table was another one."""
    shutil.copytree(made.folder, folder)
    change(pl.read_parquet(folder / f"{table}.parquet")).write_parquet(folder / f"{table}.parquet")
    return folder


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda frame: frame.with_columns(mood=pl.lit("calm")), "quotes.mood is gone"),
        (lambda frame: frame.with_columns(start=pl.lit("at the top")), "quotes.start is int32, was large_string"),
    ],
)
def test_a_column_that_goes_or_is_retyped_needs_a_new_major_version(
    made: Made, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    change: Callable[[pl.DataFrame], pl.DataFrame], fault: str,
) -> None:  # fmt: skip
    before = older(made, tmp_path / "before", "quotes", change)
    said = refused(capsys, "--processed", dataset, "--output", tmp_path / "dist", "--previous", before)
    assert f"2024.5.1 would break what is built on 2024.5.0: {fault}. That needs a new major version" in said
    next_year = Asked(date=DATE.replace(year=2025), previous=before)
    later = release(dataset, tmp_path / "dist", NO_GOLD, next_year)
    assert f"Against 2024.5.0:\n\n- {fault}\n" in (later.folder / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_table_that_goes_or_has_another_key_needs_a_new_major_version(
    made: Made, dataset: Path, tmp_path: Path
) -> None:
    before = tmp_path / "before"
    shutil.copytree(made.folder, before)
    package = json.loads((before / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["primaryKey"] = "source_key"
    package["resources"].append({**package["resources"][1], "name": "moods"})
    (before / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    shutil.copy(before / "blocks.parquet", before / "moods.parquet")
    faults = ["the key of articles is article_id, was source_key", "the table moods is gone"]
    with pytest.raises(ReleaseError, match="; ".join(faults)):
        release(dataset, tmp_path / "dist", NO_GOLD, Asked(date=DATE, previous=before))
    later = release(dataset, tmp_path / "dist", NO_GOLD, Asked(date=DATE.replace(year=2025), previous=before))
    listed = "".join(f"- {fault}\n" for fault in faults)
    assert f"Against 2024.5.0:\n\n{listed}\n" in (later.folder / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_column_that_is_new_is_fine(made: Made, dataset: Path, tmp_path: Path) -> None:
    before = older(made, tmp_path / "before", "quotes", lambda frame: frame.drop("act"))
    later = release(dataset, tmp_path / "dist", NO_GOLD, Asked(date=DATE, previous=before))
    assert "Against 2024.5.0:\n\n- `quotes.act` is new\n" in (later.folder / "CHANGELOG.md").read_text(encoding="utf-8")


def test_rows_that_are_lost_in_numbers_are_told(made: Made, dataset: Path, tmp_path: Path) -> None:
    before = older(made, tmp_path / "before", "mentions", lambda frame: pl.concat([frame] * 60))
    with pytest.raises(ReleaseError, match="mentions has 1 rows, the previous release 60 "):
        release(dataset, tmp_path / "dist", NO_GOLD, Asked(date=DATE, previous=before))


def no_folder(_: Path) -> None:
    """Leave the folder as it is: not there."""


def garbled(folder: Path) -> None:
    folder.mkdir()
    (folder / "datapackage.json").write_text('{"version": "2024.5.0", "resources": [{"name": "quotes"}]}')


@pytest.mark.parametrize(("make", "fault"), [(no_folder, "holds no release"), (garbled, "is damaged")])
def test_a_release_before_that_cannot_be_read_is_told(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], make: Callable[[Path], None], fault: str
) -> None:
    make(tmp_path / "before")
    said = refused(capsys, "--processed", dataset, "--output", tmp_path / "dist", "--previous", tmp_path / "before")
    assert fault in said


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the dataset of the seed article, just built."""
    processed = tmp_path_factory.mktemp("seed") / "processed"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("iraqtalks.whereabouts.remember", lambda *_: None)
        build(ROOT / "data" / "raw", processed)
    return processed


def test_the_released_rows_are_measured_where_they_are_annotated(seed: Path, tmp_path: Path) -> None:
    made = release(seed, tmp_path, ROOT / "tests" / "gold", Asked(date=DATE))
    accuracy = json.loads((made.folder / "quality.json").read_text(encoding="utf-8"))["accuracy"]
    assert list(accuracy["released"]["gold"]) == ["seed.json"]
    exact = accuracy["released"]["figures"]["quotes"]["exact"]["recall"]
    assert (exact["of"], exact["method"]) == (8, "wilson")
    assert 0 < exact["low"] < exact["value"] <= exact["high"] <= 1
    assert accuracy["developed"]["figures"]["quotes"]["exact"]["recall"]["of"] > 900
    report = (made.folder / "quality.md").read_text(encoding="utf-8")
    assert "held against the annotations of 1 article: seed.json" in report
    assert "| PressTV \\(French\\) | 1 | 0 | 8 |" in report


def test_figures_follow_the_rows(seed: Path) -> None:
    """That what is published is measured, not copied: with the speakers changed they are wrong."""
    frames = read_tables(seed)
    wrong = pl.lit("united-states")
    quotes = frames["quotes"].with_columns(speaker_id=wrong, speaker_mention_id=pl.lit(None, dtype=pl.String))
    figures = measure({**frames, "quotes": quotes}, ROOT / "tests" / "gold").released
    assert figures is not None
    assert figures["quotes"]["exact"]["f1"]["value"] == 1
    assert figures["quotes"]["speaker right, end to end"]["value"] == 0


def test_without_annotations_the_report_says_so(made: Made) -> None:
    assert "None of its articles is annotated." in (made.folder / "quality.md").read_text(encoding="utf-8")
    accuracy = json.loads((made.folder / "quality.json").read_text(encoding="utf-8"))["accuracy"]
    assert accuracy["released"] == {"articles": [], "gold": {}, "figures": None}


def test_gold_that_is_none_is_told(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold.json").write_text('{"a": 1}')
    said = refused(capsys, "--processed", dataset, "--output", tmp_path / "dist", "--gold", tmp_path)
    assert "gold.json is no file of annotations" in said


def test_the_code_is_named_only_where_its_rows_are_kept(seed: Path, tmp_path: Path) -> None:
    frames = read_tables(seed)
    assert crate.origin(frames, seed).code == code_fingerprint()
    shutil.copytree(seed, tmp_path / "copy")
    assert crate.origin(frames, tmp_path / "copy").code is None
    retitled = {**frames, "articles": frames["articles"].with_columns(title=pl.lit("Other"))}
    assert crate.origin(retitled, seed).code is None


def test_names_from_articles_cannot_break_the_report(tmp_path: Path) -> None:
    frames = releasable()
    frames["articles"] = frames["articles"].with_columns(outlet=pl.lit("<b>|\n# [x](y)"))
    made = release(publish(frames, tmp_path / "processed"), tmp_path / "dist", NO_GOLD, Asked(date=DATE))
    assert "| &lt;b&gt;\\| \\# \\[x\\]\\(y\\) | 1 |" in (made.folder / "quality.md").read_text(encoding="utf-8")


def test_the_command_tells_what_it_made(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714953600")
    main_quietly("release", "--processed", dataset, "--output", tmp_path, "--gold", NO_GOLD)
    assert capsys.readouterr().out.startswith(f"{tmp_path}/iraqtalks-2024.5.0: release 2024.5.0\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["iraqtalks-2024.5.0", "iraqtalks-2024.5.0.tar.gz"]
    assert not (tmp_path / "iraqtalks-2024.5.0" / "csv").exists()
    main_quietly("release", "--help")
    assert "iraqtalks release --date 2026-11-24 --csv" in " ".join(capsys.readouterr().out.split())


def test_a_release_is_a_dataset_too(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    """With words withheld it passes the same checks, and the commands read it."""
    main_quietly("check", made.folder)
    assert "all sound" in capsys.readouterr().out
    main_quietly("sql", "SELECT words FROM who_said_what", "--processed", made.folder, "--format", "csv")
    assert "Le pont 🌉 tiendra pas de panique" in capsys.readouterr().out


def test_make_passes_on_what_is_wanted() -> None:
    wanted = ["DATE=2024-05-06", "PREVIOUS=before", "URL=https://courrier.example/dataset", "CSV=1"]
    told = subprocess.run(  # noqa: S603
        # Under `make test` this would be a make inside of another one, which tells the folders that it enters.
        ["make", "--no-print-directory", "--dry-run", "release", *wanted],  # noqa: S607
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    command = "release --date 2024-05-06 --previous before --url https://courrier.example/dataset --csv"
    assert told.splitlines()[-1] == f".venv/bin/iraqtalks {command}"
    assert "iraqtalks build" in told


def main_quietly(*arguments: str | Path) -> None:
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    assert not end.value.code
