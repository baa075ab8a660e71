"""Compression and archives: what is packed is read as if it were not, and nothing that is packed can do harm."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from damage import damaged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iraqtalks.ingest import read_folder
from iraqtalks.ingest.model import Limits
from iraqtalks.tables import REJECT_REASONS

TEXT = (
    "La maire de Valbrume, Odile Ferrand, a déclaré que le vieux pont de pierre serait fermé à la circulation pendant"
    " tout l’été. Les commerçants du quartier demandent une réunion."
)
LINES = "\n".join(json.dumps({"text": f"{TEXT} {number}", "id": f"line {number}"}) for number in range(3))
MEMBERS = {
    "a.txt": TEXT.encode(),
    "a.json": b'{"id": "a"}',
    "deep/b.jsonl": LINES.encode(),
    ".DS_Store": b"x",
    "__MACOSX/._a.txt": b"x",
}
SMALL = Limits(unpacked=400_000, ratio=20, least=100_000, depth=3, members=10)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def zstd(content: bytes) -> bytes:
    return bytes(pa.compress(content, codec="zstd", asbytes=True))


def reasons(folder: Path, limits: Limits = SMALL) -> list[tuple[str, int, str]]:
    rejects = read_folder(folder, limits)[1]
    assert {reject.reason for reject in rejects} <= set(REJECT_REASONS)
    return [(reject.raw_path, reject.record, reject.reason) for reject in rejects]


ARCHIVES = {
    "all.zip": zipped(MEMBERS),
    "stored.zip": zipped(MEMBERS, zipfile.ZIP_STORED),
    "all.tar": tarred(MEMBERS),
    "all.tar.gz": gzip.compress(tarred(MEMBERS)),
    "all.tgz": gzip.compress(tarred(MEMBERS)),
    "all.tar.zst": zstd(tarred(MEMBERS)),
    "zipped.gz": gzip.compress(zipped(MEMBERS)),
    "zip.named.otherwise": zipped(MEMBERS),
    "archive": tarred(MEMBERS),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ARCHIVES[name])
    articles, rejects = read_folder(tmp_path)
    assert rejects == []
    assert [article.source_key for article in articles] == ["a", "line 0", "line 1", "line 2"]
    assert [article.raw_path for article in articles] == [f"{name}/a.txt", *[f"{name}/deep/b.jsonl"] * 3]


@pytest.mark.parametrize("pack", [gzip.compress, zstd, lambda data: zstd(gzip.compress(data))])
@pytest.mark.parametrize("name", ["b.jsonl.gz", "b.jsonl.zst", "b.gz", "b"])
def test_a_compressed_file_is_the_file(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / name).write_bytes(pack(LINES.encode()))
    articles, rejects = read_folder(tmp_path)
    assert ([article.source_key for article in articles], rejects) == (["line 0", "line 1", "line 2"], [])
    assert {article.raw_path for article in articles} == {name}


@pytest.mark.parametrize("content", [zipped({}), zipped({".DS_Store": b"x"}), gzip.compress(b"")])
def test_what_holds_nothing_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt.gz").write_bytes(content)
    assert [reason for _, _, reason in reasons(tmp_path)] == ["empty"]


DOCUMENTS = {
    "a.docx": {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"},
    "a.xlsx": {"xl/workbook.xml": b"<workbook/>" * 1_000, "[Content_Types].xml": b"<Types/>"},
    "a.odt": {"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": b"<manifest/>"},
    "a.epub": {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<container/>", "a.html": b"<p>a"},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_office_document_is_no_folder_and_costs_none_of_the_files_beside_it(tmp_path: Path, name: str) -> None:
    document = zipped(DOCUMENTS[name], zipfile.ZIP_STORED)
    (tmp_path / name).write_bytes(document)
    (tmp_path / "all.zip").write_bytes(zipped({name: document, "b.txt": TEXT.encode()}, zipfile.ZIP_STORED))
    assert [article.raw_path for article in read_folder(tmp_path)[0]] == ["all.zip/b.txt"]
    assert set(reasons(tmp_path)) == {(name, 0, "binary"), (f"all.zip/{name}", 0, "binary")}


def test_a_chain_of_long_names_is_told(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type = tarfile.GNUTYPE_LONGNAME
    info.size = 1
    (tmp_path / "a.tar").write_bytes((info.tobuf(tarfile.GNU_FORMAT) + b"a".ljust(512, b"\0")) * 3_000)
    assert [reason for _, _, reason in reasons(tmp_path)] == ["archive"]


def test_a_compressed_text_has_its_metadata_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "a.json").write_text('{"id": "a"}', encoding="utf-8")
    articles, rejects = read_folder(tmp_path)
    assert ([article.source_key for article in articles], rejects) == (["a"], [])


def test_streams_set_one_behind_the_other_are_one(tmp_path: Path) -> None:
    lines = LINES.encode().splitlines(keepends=True)
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join(map(gzip.compress, lines)))
    (tmp_path / "b.jsonl.zst").write_bytes(b"".join(zstd(line.replace(b"line", b"row")) for line in lines))
    assert len(read_folder(tmp_path)[0]) == 6


def test_archives_in_archives_and_what_their_columns_are_called(tmp_path: Path) -> None:
    table = f'contenu\n"{TEXT}"\n'.encode()
    inner = zipped({"table.csv": table, "b.txt": TEXT.encode()})
    (tmp_path / "all.zip").write_bytes(zipped({"inner.zip": inner}))
    (tmp_path / "columns.yml").write_text("columns: {text: contenu}", encoding="utf-8")
    assert [article.source_key for article in read_folder(tmp_path)[0]] == [
        "all.zip/inner.zip/b.txt",
        "all.zip/inner.zip/table.csv#1",
    ]


CLIMBING = ["../a.txt", "x/../../a.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt", "\\\\host\\a.txt"]


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("name", CLIMBING)
def test_a_name_that_climbs_out_is_refused(
    tmp_path: Path, name: str, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "all.bin").write_bytes(pack({name: TEXT.encode(), "good.txt": TEXT.encode()}))
    articles, rejects = read_folder(raw)
    assert [article.raw_path for article in articles] == ["all.bin/good.txt"]
    assert [reject.reason for reject in rejects] == ["outside_folder"]
    assert [path.name for path in tmp_path.rglob("*")] == ["raw", "all.bin"]


def test_links_devices_and_encrypted_members_are_not_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
    (tmp_path / "a.tar").write_bytes(stream.getvalue())
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive_:
        archive_.writestr(link, "/etc/hostname")
        archive_.writestr("secret.txt", TEXT)
    content = bytearray(stream.getvalue())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "b.zip").write_bytes(content)
    assert reasons(tmp_path) == [
        *((f"a.tar/{kind}.txt", 0, "unreadable") for kind in "1236"),
        ("b.zip/link.txt", 0, "unreadable"),
        ("b.zip/secret.txt", 0, "archive"),
    ]


# -- bombs -----------------------------------------------------------------------------------------------------------------------

ZEROS = json.dumps({"text": "a" * 500_000}).encode()


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("a.jsonl.gz", gzip.compress(ZEROS), "a.jsonl.gz"),
        ("a.jsonl.zst", zstd(ZEROS), "a.jsonl.zst"),
        ("a.zip", zipped({"a.jsonl": ZEROS}), "a.zip/a.jsonl"),
        ("a.zip", zipped({f"{number}.txt": b"a" * 60_000 for number in range(8)}), "a.zip/1.txt"),
        ("a.tar.gz", gzip.compress(tarred({"a.txt": b"a" * 500_000})), "a.tar.gz"),
        ("a.gz", gzip.compress(gzip.compress(b"a" * 10_000_000)), "a.gz"),
        ("a.zip", zipped({f"{number}.txt": b"a" for number in range(20)}), "a.zip"),
        ("a.tar", tarred({f"{number}.txt": b"a" for number in range(20)}), "a.tar"),
    ],
)
def test_a_bomb_goes_off_nowhere(tmp_path: Path, name: str, content: bytes, where: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_text(TEXT, encoding="utf-8")
    articles, rejects = read_folder(tmp_path, SMALL)
    assert "z.txt" in {article.raw_path for article in articles}
    assert where in {reject.raw_path for reject in rejects if reject.reason == "over_limit"}


@pytest.mark.parametrize(
    "pack", [gzip.compress, zstd, lambda data: zipped({"a": data}), lambda data: tarred({"a": data})]
)
def test_too_many_layers_are_refused(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    content = TEXT.encode()
    for _ in range(SMALL.depth):
        content = pack(content)
    (tmp_path / "a").write_bytes(content)
    assert [reason for _, _, reason in reasons(tmp_path)] == ["unknown_format"]
    (tmp_path / "a").write_bytes(pack(content))
    assert [reason for _, _, reason in reasons(tmp_path)] == ["over_limit"]


def test_a_member_that_is_longer_than_its_directory_says_is_bounded(tmp_path: Path) -> None:
    lying = bytearray(zipped({"a.txt": b"a" * 300_000}))
    place = lying.index(b"PK\x01\x02")
    lying[place + 24 : place + 28] = (10).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(lying)
    assert reasons(tmp_path) == [("a.zip/a.txt", 0, "archive")]


def test_a_sparse_member_is_counted_as_what_it_unpacks_to(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 1
        info.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": "100000000000"}
        archive.addfile(info, io.BytesIO(b"a"))
    (tmp_path / "a.tar").write_bytes(stream.getvalue())
    assert reasons(tmp_path) == [("a.tar", 0, "over_limit")]


@pytest.mark.parametrize("name", ["all.zip", "all.tar.gz", "all.tar.zst"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_an_archive_that_is_cut_off_is_told(tmp_path: Path, name: str, share: float) -> None:
    content = ARCHIVES[name]
    (tmp_path / name).write_bytes(content[: int(len(content) * share)])
    assert "archive" in {reason for _, _, reason in reasons(tmp_path)}


def test_a_tar_file_that_is_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    content = tarred({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()})
    (tmp_path / "a.tar").write_bytes(content[:1600])
    assert [article.raw_path for article in read_folder(tmp_path)[0]] == ["a.tar/a.txt"]
    assert reasons(tmp_path) == [("a.tar", 0, "archive")]


anything = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
PACKED = {name: ARCHIVES[name] for name in ("all.zip", "all.tar", "all.tar.gz", "all.tar.zst")} | {
    "lzma.zip": zipped(MEMBERS, zipfile.ZIP_LZMA),
    "bzip2.zip": zipped(MEMBERS, zipfile.ZIP_BZIP2),
}


@pytest.mark.parametrize("name", PACKED)
@anything
@given(data=st.data())
def test_damage_at_any_place_stops_no_run(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("raw")
    (folder / name).write_bytes(data.draw(damaged(PACKED[name])))
    (folder / "z.txt").write_text(TEXT, encoding="utf-8")
    articles, rejects = read_folder(folder, SMALL)
    assert "z.txt" in {article.raw_path for article in articles}
    assert {reject.reason for reject in rejects} <= set(REJECT_REASONS)


@pytest.mark.parametrize("magic", [b"PK\x03\x04", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", bytes(257) + b"ustar"])
@anything
@given(rest=st.binary(max_size=600))
def test_any_bytes_that_begin_like_an_archive_are_told(
    tmp_path_factory: pytest.TempPathFactory, magic: bytes, rest: bytes
) -> None:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "a").write_bytes(magic + rest)
    articles, rejects = read_folder(folder, SMALL)
    assert (articles, bool(rejects)) == ([], True)


@anything
@given(body=st.binary(max_size=2_000), level=st.integers(0, 9))
def test_gzip_of_any_bytes_is_those_bytes(tmp_path_factory: pytest.TempPathFactory, body: bytes, level: int) -> None:
    packed, plain = tmp_path_factory.mktemp("packed"), tmp_path_factory.mktemp("plain")
    (packed / "a.txt.gz").write_bytes(gzip.compress(body, level))
    (plain / "a.txt").write_bytes(body)
    one, two = read_folder(packed), read_folder(plain)
    assert [article.text for article in one[0]] == [article.text for article in two[0]]
    assert [reject.reason for reject in one[1]] == [reject.reason for reject in two[1]]
