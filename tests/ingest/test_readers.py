"""Every format on real files, named rightly and wrongly, sound and broken."""

import csv
import datetime as dt
import gzip
import io
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from damage import damaged
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from iraqtalks.extraction.model import Article
from iraqtalks.ingest import read_folder
from iraqtalks.ingest.model import MAX_TEXT_BYTES
from iraqtalks.tables import REJECT_REASONS

TEXT = (
    "La maire de Valbrume, Odile Ferrand, a déclaré que le vieux pont de pierre serait fermé à la circulation pendant"
    " tout l’été. Les commerçants du quartier demandent une réunion."
)
MORE = (
    "« Nous n’avons pas le choix », a-t-elle ajouté devant le conseil municipal. Les travaux commenceront en juin et"
    " dureront trois mois, selon la mairie. Le pont a été construit il y a deux siècles par les tailleurs de pierre."
)
PAGE = f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Le pont ferme | Courrier de Valbrume</title>
<meta property="og:title" content="Le pont ferme"><meta property="og:site_name" content="Courrier de Valbrume">
<meta name="author" content="Jeanne Morel"><link rel="canonical" href="https://example.org/pont">
<meta property="article:published_time" content="2024-05-03T23:30:00+02:00">
<meta property="article:modified_time" content="2024-05-09T08:00:00+02:00"></head>
<body><nav><ul><li><a href="/">Accueil</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Le pont ferme</h1><p>{TEXT}</p><h2>Trois mois de travaux</h2><p>{MORE}</p></article>
<footer>Tous droits réservés</footer></body></html>"""


def only(folder: Path) -> Article:
    (article,), rejects = read_folder(folder)
    assert rejects == []
    return article


def reasons(folder: Path) -> list[tuple[str, int, str]]:
    rejects = read_folder(folder)[1]
    assert {reject.reason for reject in rejects} <= set(REJECT_REASONS)
    return [(reject.raw_path, reject.record, reject.reason) for reject in rejects]


def detail(folder: Path) -> str:
    (reject,) = read_folder(folder)[1]
    return reject.detail


def parquet(columns: Mapping[str, Any]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), stream)
    return stream.getvalue()


def warc(*records: tuple[str, str, bytes]) -> bytes:
    """Return a WARC file of records: type, address or content type, and what follows the header."""
    made = b""
    for kind, about, block in records:
        http = "application/http; msgtype=response" if kind != "resource" else about
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{len(made)}>\r\n"
        head += f"WARC-Date: 2024-05-04T06:07:08Z\r\nWARC-Target-URI: {about}\r\nContent-Type: {http}\r\n"
        made += head.encode() + f"Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    return made


def http(body: bytes, kind: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


# -- texts, JSON -------------------------------------------------------------------------------------------------------------


def test_markdown_is_text_with_its_metadata_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.json").write_text('{"id": "pont"}', encoding="utf-8")
    article = only(tmp_path)
    assert (article.text, article.source_key) == (TEXT, "pont")


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.txt", "a.dump"])
def test_a_json_list_or_object_or_lines_are_read_under_any_name(tmp_path: Path, name: str, indent: int | None) -> None:
    records = [{"text": TEXT, "id": "one"}, {"text": MORE, "id": "two"}]
    path = tmp_path / name
    path.write_text(json.dumps(records, indent=indent), encoding="utf-8")
    articles, rejects = read_folder(tmp_path)
    assert ([article.source_key for article in articles], rejects) == (["one", "two"], [])
    path.write_text(json.dumps(records[0], indent=indent), encoding="utf-8")
    assert only(tmp_path).source_key == "one"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    assert len(read_folder(tmp_path)[0]) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_lines_in_units_of_several_bytes_are_read(tmp_path: Path, encoding: str) -> None:
    lines = "\r\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in (TEXT, MORE))
    (tmp_path / "a.jsonl").write_bytes(lines.encode(encoding))
    assert [article.text for article in read_folder(tmp_path)[0]] == [TEXT, MORE]


def test_lines_of_damaged_utf_16_are_read_up_to_the_damage(tmp_path: Path) -> None:
    line = (json.dumps({"text": TEXT}) + "\n").encode("utf-16-le")
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe" + line * 1_000 + b"\x00\xdc" + line)
    articles, rejects = read_folder(tmp_path)
    assert {article.text for article in articles} == {TEXT}
    assert [reject.reason for reject in rejects if not reject.record] == ["encoding"]


def test_a_short_line_is_read_in_the_encoding_of_its_file(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": text}, ensure_ascii=False)
        for text in (TEXT.replace("’", "'"), MORE.replace("’", "'"), "1 \xbd \xb0")
    ]
    (tmp_path / "a.jsonl").write_bytes("\n".join(lines).encode("cp1252"))
    assert [article.text for article in read_folder(tmp_path)[0]][2] == "1 ½ °"


@pytest.mark.parametrize(
    ("content", "reason", "hint"),
    [
        ("[]", "empty", "no record"),
        ("", "empty", "no text"),
        ("[1, 2]", "record_syntax", "JSON object"),
        ("3", "record_syntax", "a list of such"),
        ('[{"text": "a"', "record_syntax", "is not JSON"),
        ('{"contenu": "a", "titre": "b"}', "record_value", "it has contenu, titre"),
        ('{"outlet": "Courrier"}', "metadata_without_text", "no text of the same name"),
    ],
)
def test_a_json_document_without_articles_is_told(tmp_path: Path, content: str, reason: str, hint: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    articles, rejects = read_folder(tmp_path)
    assert articles == []
    assert {reject.reason for reject in rejects} == {reason}
    assert hint in rejects[0].detail


# -- tables ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_tables_are_read_whatever_separates_their_cells(
    tmp_path: Path, separator: str, name: str, encoding: str
) -> None:
    stream = io.StringIO()
    rows = csv.writer(stream, delimiter=separator)
    rows.writerows([["id", "published_on", "text"], ["1", "2024-05-03", f"{TEXT}\n{MORE}"], [], ["2", "", MORE]])
    (tmp_path / name).write_bytes(stream.getvalue().encode(encoding))
    articles, rejects = read_folder(tmp_path)
    assert rejects == []
    assert [(article.source_key, article.published_on, article.text) for article in articles] == [
        ("1", dt.date(2024, 5, 3), f"{TEXT}\n{MORE}"),
        ("2", None, MORE),
    ]


def test_a_row_that_does_not_fit_costs_none_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{TEXT}"\n2\n3,a,b\n4,"{MORE}"\n', encoding="utf-8")
    articles, _ = read_folder(tmp_path)
    assert [article.source_key for article in articles] == ["1", "4"]
    assert reasons(tmp_path) == [("a.csv", 2, "record_syntax"), ("a.csv", 3, "record_syntax")]


def test_an_open_quotation_mark_costs_what_comes_after_it_alone(tmp_path: Path) -> None:
    endless = "a" * (2 * MAX_TEXT_BYTES + 10)
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{TEXT}"\n2,"{endless}', encoding="utf-8")
    assert [article.source_key for article in read_folder(tmp_path)[0]] == ["1"]
    assert reasons(tmp_path) == [("a.csv", 0, "record_syntax")]


def test_a_table_that_is_not_utf_8_to_its_end_is_read_as_what_it_is(tmp_path: Path) -> None:
    ascii_rows = "".join(f"{number},Rien\n" for number in range(200_000))
    (tmp_path / "a.csv").write_bytes(("id,text\n" + ascii_rows + f'x,"{TEXT}"\n').encode("cp1252"))
    articles, _ = read_folder(tmp_path)
    assert articles[-1].text == TEXT


def test_a_broken_byte_costs_its_row_alone(tmp_path: Path) -> None:
    content = f'id,text\n1,"{TEXT}"\n2,"{MORE}"\n3,"{TEXT} Fin."\n'.encode()
    (tmp_path / "a.csv").write_bytes(content.replace("«".encode(), b"\xc2"))
    assert [article.source_key for article in read_folder(tmp_path)[0]] == ["1", "3"]
    assert reasons(tmp_path) == [("a.csv", 2, "encoding")]


def test_a_column_that_is_there_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,id,text\na,b,c\n", encoding="utf-8")
    twice = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    pq.write_table(twice, tmp_path / "b.parquet")
    assert reasons(tmp_path) == [("a.csv", 0, "record_value"), ("b.parquet", 0, "record_value")]


def test_a_parquet_file_is_read_with_its_types(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 5, 3, 23, 30, tzinfo=dt.UTC)
    content = parquet(
        {"id": [1, 2], "text": [TEXT, MORE], "published_on": [dt.date(2024, 5, 3), None]}
        | {"retrieved_at": [moment, None]}
    )
    (tmp_path / "a.bin").write_bytes(content)
    first, second = read_folder(tmp_path)[0]
    assert (first.source_key, first.published_on) == ("1", dt.date(2024, 5, 3))
    assert first.retrieved_at == moment
    assert (second.source_key, second.published_on, second.text) == ("2", None, MORE)


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_columns_that_nobody_knows_are_told_once(tmp_path: Path, name: str) -> None:
    rows = {"text": [TEXT, MORE], "mood": ["gloomy", "gay"]}
    if name == "a.csv":
        (tmp_path / name).write_text(f'text,mood\n"{TEXT}",gloomy\n"{MORE}",gay\n', encoding="utf-8")
    else:
        (tmp_path / name).write_bytes(parquet(rows))
    assert len(read_folder(tmp_path)[0]) == 2
    assert reasons(tmp_path) == [(name, 0, "metadata_key")]
    assert "mood" in detail(tmp_path)


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + bytes(100) + b"PAR1", parquet({"text": [TEXT]})[:-9]])
def test_a_damaged_parquet_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    assert reasons(tmp_path) == [("a.parquet", 0, "archive")]


# -- names of columns ----------------------------------------------------------------------------------------------------------

MAPPING = """
columns: {text: contenu, published_on: le, id: numéro}
values: {outlet: Courrier de Valbrume, language: fr}
date_format: "%d/%m/%Y"
"""


@pytest.mark.parametrize("mapping", ["columns.yml", "sub/columns.yml", "sub/a.columns.yml"])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.parquet"])
def test_a_small_yaml_says_what_columns_are_called(tmp_path: Path, name: str, mapping: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / mapping).write_text(MAPPING, encoding="utf-8")
    row = {"numéro": 7, "contenu": TEXT, "le": "03/05/2024", "title": "Le pont", "vues": 12}
    contents = {
        "a.csv": (",".join(row) + "\n" + ",".join(f'"{cell}"' for cell in row.values())).encode(),
        "a.jsonl": json.dumps(row).encode(),
        "a.json": json.dumps([row]).encode(),
        "a.parquet": parquet({key: [value] for key, value in row.items()}),
    }
    (tmp_path / "sub" / name).write_bytes(contents[name])
    article = only(tmp_path)
    assert (article.text, article.source_key, article.title) == (TEXT, "7", "Le pont")
    assert (article.published_on, article.outlet) == (dt.date(2024, 5, 3), "Courrier de Valbrume")


def test_a_list_inside_of_an_object_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"status": "ok", "hits": [{"text": TEXT}]}), encoding="utf-8")
    (tmp_path / "columns.yml").write_text("records: hits", encoding="utf-8")
    assert only(tmp_path).source_key == "a.json#1"


@pytest.mark.parametrize(
    ("mapping", "hint"),
    [
        ("a: [", "is not YAML"),
        ("[a]", "must be a mapping"),
        ("colums: {}", "must be a mapping with entries among"),
        ("columns: {texte: contenu}", "names keys that are not ours: texte; known are text, id, title"),
        ("columns: {text: 3}", "as text"),
        ("values: 3", "as mappings"),
        ("!!python/object/apply:os.system ['true']", "is not YAML"),
        (b"\x00\x00", "columns.yml"),
    ],
)
def test_a_wrong_mapping_is_told_and_other_files_are_read(tmp_path: Path, mapping: str | bytes, hint: str) -> None:
    (tmp_path / "a.csv").write_text(f'text,x\n"{TEXT}",1', encoding="utf-8")
    (tmp_path / "b.txt").write_text(MORE, encoding="utf-8")
    (tmp_path / "columns.yml").write_bytes(mapping if isinstance(mapping, bytes) else mapping.encode())
    assert [article.raw_path for article in read_folder(tmp_path)[0]] == ["b.txt"]
    assert reasons(tmp_path) == [("a.csv", 0, "columns")]
    assert hint in detail(tmp_path)


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.jsonl"])
def test_what_has_no_text_says_which_columns_it_has(tmp_path: Path, name: str) -> None:
    contents = {"a.csv": b"titre,contenu\na,b", "a.parquet": parquet({"titre": ["a"], "contenu": ["b"]})}
    (tmp_path / name).write_bytes(contents.get(name, b'{"titre": "a", "contenu": "b"}'))
    (reject,) = read_folder(tmp_path)[1]
    assert reject.reason == "record_value"
    assert "titre, contenu" in reject.detail
    assert "columns.yml" in reject.detail


# -- pages, crawls, feeds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt", "page"])
def test_a_saved_page_gives_its_article_and_what_it_declares(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    article = only(tmp_path)
    assert article.text == f"{TEXT}\nTrois mois de travaux\n{MORE}"
    assert (article.title, article.outlet, article.byline) == (
        "Le pont ferme",
        "Courrier de Valbrume",
        "Jeanne Morel",
    )
    assert (article.url, article.source_key) == ("https://example.org/pont", "https://example.org/pont")
    assert (article.published_on, article.language) == (dt.date(2024, 5, 3), "fr")


def test_what_is_declared_beside_a_page_counts_more(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.json").write_text('{"title": "Autre", "published_on": "2024-05-01"}', encoding="utf-8")
    article = only(tmp_path)
    assert (article.title, article.published_on, article.byline) == ("Autre", dt.date(2024, 5, 1), "Jeanne Morel")


def test_a_page_without_a_declared_date_has_none(tmp_path: Path) -> None:
    page = "\n".join(line for line in PAGE.split("\n") if "_time" not in line)
    (tmp_path / "a.html").write_text(page.replace(MORE, f"{MORE} Le 4 mai 2023, rien."), encoding="utf-8")
    assert only(tmp_path).published_on is None


def test_a_page_in_its_declared_encoding_and_plain_text_named_html(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.replace("utf-8", "windows-1252").encode("cp1252"))
    (tmp_path / "b.html").write_text(MORE, encoding="utf-8")
    first, second = read_folder(tmp_path)[0]
    assert TEXT in first.text
    assert second.text == MORE


def test_a_long_page_is_whole(tmp_path: Path) -> None:
    body = "".join(f"<p>{number} {MORE}</p>" for number in range(300))
    (tmp_path / "a.html").write_text(PAGE.replace(f"<p>{MORE}</p>", body), encoding="utf-8")
    assert only(tmp_path).text.count(MORE) == 300


@pytest.mark.parametrize(
    "page",
    ["<html><body></body></html>", "<html>" + "<div>" * 20_000, "<!doctype html><script>var a = 1</script>", "<html"],
)
def test_a_page_without_an_article_is_told(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert reasons(tmp_path) == [("a.html", 0, "no_article")]


@pytest.mark.parametrize(
    "piece", ["<b>mot</b> ", "<p>mot mot mot", "<a href=x>mot</a> ", "<", "<div>", "<meta name=a content=b>"]
)
def test_a_page_that_would_take_hours_is_told_in_seconds(tmp_path: Path, piece: str) -> None:
    (tmp_path / "a.html").write_text("<html><body><article><p>" + piece * 60_000, encoding="utf-8")
    start = time.process_time()
    assert {reason for _, _, reason in reasons(tmp_path)} <= {"too_large", "no_article", "language_without_rules"}
    assert time.process_time() - start < 10


def test_the_pages_of_a_crawl_are_articles(tmp_path: Path) -> None:
    latin = PAGE.replace('<meta charset="utf-8">', "").replace("Le pont", "L’été").encode("cp1252")
    chunked = f"{len(PAGE.encode()):x}\r\n".encode() + PAGE.encode() + b"\r\n0\r\n\r\n"
    content = warc(
        ("warcinfo", "", b"software: x\r\n"),
        ("request", "https://example.org/1", b"GET / HTTP/1.1\r\n\r\n"),
        ("response", "https://example.org/1", http(PAGE.encode())),
        ("response", "https://example.org/2", http(latin, "text/html; charset=windows-1252")),
        ("response", "https://example.org/3", http(chunked, more="Transfer-Encoding: chunked\r\n")),
        ("response", "https://example.org/4", http(b"zz" + chunked, more="Transfer-Encoding: chunked\r\n")),
        ("response", "https://example.org/5", http(b"junk", more="Content-Encoding: gzip\r\n")),
        ("response", "https://example.org/6", http(b"", status="301 Moved")),
        ("response", "https://example.org/7", http(b"\x89PNG", "image/png")),
        ("response", "https://example.org/8", b"no HTTP at all"),
        ("revisit", "https://example.org/1", b""),
        ("resource", "text/html", PAGE.encode()),
    )
    (tmp_path / "crawl.warc").write_bytes(content)
    articles, _ = read_folder(tmp_path)
    assert [article.source_key for article in articles] == [
        "https://example.org/1",
        "https://example.org/2",
        "https://example.org/3",
        "text/html",
    ]
    assert articles[0].retrieved_at == dt.datetime(2024, 5, 4, 6, 7, 8, tzinfo=dt.UTC)
    assert articles[1].title == "L’été ferme"
    found = [reject for reject in read_folder(tmp_path)[1] if reject.record]
    assert [(reject.record, reject.reason) for reject in found] == [(6, "no_page"), (7, "no_page")]
    (told,) = [reject for reject in read_folder(tmp_path)[1] if not reject.record]
    assert told.detail.endswith("pages: 1 of no HTTP, 1 of type image/png, 1 of type revisit, 1 with status 301")


def test_a_crawl_that_is_compressed_record_by_record_is_read_as_downloaded(tmp_path: Path) -> None:
    pages = [("response", f"https://example.org/{number}", http(PAGE.encode())) for number in range(3)]
    (tmp_path / "CC-NEWS-20240503.warc.gz").write_bytes(b"".join(gzip.compress(warc(page)) for page in pages))
    articles, rejects = read_folder(tmp_path)
    assert [article.source_key for article in articles] == [about for _, about, _ in pages]
    assert rejects == []


def test_a_crawl_is_read_up_to_where_it_is_damaged(tmp_path: Path) -> None:
    sound = warc(("response", "https://example.org/1", http(PAGE.encode())))
    (tmp_path / "crawl.warc").write_bytes(sound + b"WARC" + bytes(1000))
    assert len(read_folder(tmp_path)[0]) == 1
    assert reasons(tmp_path) == [("crawl.warc", 0, "archive")]


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Courrier de Valbrume</title>
<item><title>Le pont &amp; la route</title><link>https://example.org/pont</link><guid>g1</guid>
<dc:creator>Jeanne Morel</dc:creator><pubDate>Sat, 04 May 2024 00:30:00 +0200</pubDate>
<description>Trop court</description>
<content:encoded><![CDATA[<p>{TEXT}</p><script>alert(1)</script><p>{MORE}</p>]]></content:encoded></item>
<item><guid>g2</guid><description>{MORE}</description></item><item><title>Sans texte</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>
<entry><id>tag:1</id><title>Le pont</title><link href="https://example.org/a"/><published>2024-05-03T23:30:00+02:00</published>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""


def test_the_entries_of_a_feed_are_articles(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS, encoding="utf-8")
    first, second = read_folder(tmp_path)[0]
    assert first.text == f"{TEXT}\n{MORE}"
    assert (first.title, first.outlet) == ("Le pont & la route", "Courrier de Valbrume")
    assert (first.source_key, first.byline) == ("https://example.org/pont", "Jeanne Morel")
    assert first.published_on == dt.date(2024, 5, 4)
    assert (second.source_key, second.text) == ("g2", MORE)
    assert reasons(tmp_path) == [("a.xml", 3, "empty")]


@pytest.mark.parametrize("encoding", ["utf-8", "iso8859_15", "utf-16", "utf-32"])
def test_an_atom_feed_in_any_encoding_under_any_name(tmp_path: Path, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' + ATOM.replace("’", "'")
    (tmp_path / "feed.txt").write_bytes(declared.encode(encoding))
    article = only(tmp_path)
    assert (article.text, article.published_on) == (TEXT.replace("’", "'"), dt.date(2024, 5, 3))


@pytest.mark.parametrize(
    ("doctype", "reason"),
    [
        ('<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>', "record_syntax"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "record_syntax"),
        ('<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://example.org/rss.dtd">', None),
    ],
)
def test_a_feed_that_declares_entities_is_refused(tmp_path: Path, doctype: str, reason: str | None) -> None:
    (tmp_path / "a.rss").write_text(doctype + RSS.partition("?>")[2].replace("Jeanne", "&a;"), encoding="utf-8")
    articles, rejects = read_folder(tmp_path)
    assert len(articles) == (2 if reason is None else 0)
    assert rejects[0].reason == (reason or "empty")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xml", "<other/>", "unknown_format"),
        ("a.rss", "<rss></rss>", "empty"),
        ("a.rss", "<rss", "empty"),
        ("a.parquet", "x", "unknown_format"),
        ("a.warc", "x", "unknown_format"),
        ("a.zip", "x", "unknown_format"),
        ("a.gz", "x", "unknown_format"),
        ("a.pdf", b"%PDF-1.4" + bytes(range(256)), "unknown_format"),
        ("a.txt", b"%PDF-1.4" + bytes(range(256)), "binary"),
        ("a.xyz", "Une note.", "unknown_format"),
    ],
)
def test_what_a_file_is_not_is_said(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert reasons(tmp_path) == [(name, 0, reason)]


# -- anything ------------------------------------------------------------------------------------------------------------------

SOUND: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "a.jsonl": json.dumps({"text": TEXT}).encode() + b"\n" + json.dumps({"text": MORE}).encode(),
    "a.json": json.dumps([{"text": TEXT}]).encode(),
    "a.csv": f'id,text\n1,"{TEXT}"\n2,"{MORE}"'.encode(),
    "a.parquet": parquet({"text": [TEXT, MORE], "id": ["a", "b"]}),
    "a.html": PAGE.encode(),
    "a.warc": warc(
        ("response", "https://example.org/1", http(PAGE.encode())), ("resource", "text/html", PAGE.encode())
    ),
    "a.xml": RSS.encode(),
}
anything = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


@pytest.mark.parametrize("name", SOUND)
@anything
@given(content=st.binary(max_size=500))
@example(content=b"")
def test_any_bytes_under_any_name_give_an_article_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("raw")
    (folder / name).write_bytes(content)
    articles, rejects = read_folder(folder)
    assert articles or rejects
    assert {reject.reason for reject in rejects} <= set(REJECT_REASONS)


@pytest.mark.parametrize("name", SOUND)
@anything
@given(data=st.data())
def test_damage_at_any_place_stops_no_run(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    content = data.draw(damaged(SOUND[name]))
    cut = data.draw(st.integers(0, len(content)))
    folder = tmp_path_factory.mktemp("raw")
    (folder / name).write_bytes(content[:cut] if data.draw(st.booleans()) else content)
    (folder / "z.txt").write_text("Le reste est lu.", encoding="utf-8")
    articles, rejects = read_folder(folder)
    assert "z.txt" in {article.raw_path for article in articles}
    assert {reject.reason for reject in rejects} <= set(REJECT_REASONS)
