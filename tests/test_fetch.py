"""Pages are fetched from a real server on loopback: politely, patiently to a point, and led nowhere."""

import gzip
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from iraqtalks.cli import main
from iraqtalks.errors import FetchError
from iraqtalks.fetch import Fetcher, Manners, refuse_redirection, save
from iraqtalks.ingest import read_folder

TEXT = (
    "La maire de Valbrume, Odile Ferrand, a déclaré que le vieux pont de pierre serait fermé à la circulation pendant"
    " tout l’été. Les commerçants du quartier demandent une réunion, et la mairie promet une réponse avant juin."
)
PAGE = f"<!doctype html><html><head><title>Le pont</title></head><body><article><p>{TEXT}</p></article></body></html>"
QUICK = Manners(pause=0, silence=0.5, patience=1.0, most_bytes=50_000)


@dataclass
class Site:
    """A server on loopback: what it answers with by path, and what it was asked for."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, float, str]] = field(default_factory=list)
    slow: float = 0
    port: int = 0

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str, body: bytes = PAGE.encode(), status: int = 200, **headers: str) -> None:
        """Answer with a page, 200 and HTML where nothing else is said."""
        sent = {"Content-Type": "text/html; charset=utf-8"} | {
            key.replace("_", "-"): value for key, value in headers.items()
        }
        self.answers[path] = (status, sent, body)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [path for path, _, _ in self.asked]


def serve(site: Site) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, time.monotonic(), self.headers["User-Agent"]))
            status, headers, body = site.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for start in range(0, len(body), 1000):
                    self.wfile.write(body[start : start + 1000])
                    time.sleep(site.slow)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made = Site()
    server = serve(made)
    yield made
    server.shutdown()
    server.server_close()


def refused(site: Site, path: str) -> str:
    with Fetcher(QUICK) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch(site.url(path))
    return str(caught.value)


def test_a_page_is_saved_with_its_metadata_and_read_by_the_next_build(site: Site, tmp_path: Path) -> None:
    site.page("/2024/Le%20pont.html")
    with Fetcher(QUICK) as fetcher:
        page = fetcher.fetch(site.url("/2024/Le%20pont.html"))
        path = save(page, tmp_path)
        assert save(page, tmp_path) == path
        site.page("/2024/Le%20pont.html", PAGE.replace("juin", "mai").encode())
        later = save(fetcher.fetch(site.url("/2024/Le%20pont.html")), tmp_path)
    assert path.parent.name == "127.0.0.1"
    assert path.name.startswith("le-pont-html-")
    assert path.read_text(encoding="utf-8") == PAGE
    assert sorted(found.suffix for found in path.parent.iterdir()) == [".html", ".html", ".json", ".json"]
    metadata = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert metadata == {"url": site.url("/2024/Le%20pont.html"), "retrieved_at": page.retrieved_at.isoformat()}
    articles, rejects = read_folder(tmp_path)
    assert rejects == []
    assert {article.source_key for article in articles} == {metadata["url"]}
    assert {article.raw_path for article in articles} == {f"127.0.0.1/{found.name}" for found in (path, later)}
    assert site.paths() == ["/robots.txt", "/2024/Le%20pont.html", "/2024/Le%20pont.html"]
    assert {agent for _, _, agent in site.asked} == {"IraqTalks/2026.11.0"}


@pytest.mark.parametrize("place", ["header", "page"])
def test_a_page_in_another_encoding_is_saved_in_utf_8(site: Site, tmp_path: Path, place: str) -> None:
    declared = PAGE.replace("<head>", '<head><meta charset="windows-1252">') if place == "page" else PAGE
    kind = "text/html" if place == "page" else "text/html; charset=iso-8859-1"
    site.page("/a", declared.encode("cp1252"), Content_Type=kind)
    with Fetcher(QUICK) as fetcher:
        path = save(fetcher.fetch(site.url("/a")), tmp_path)
    assert TEXT in path.read_text(encoding="utf-8")
    (article,), rejects = read_folder(tmp_path)
    assert (article.text, rejects) == (TEXT, [])


ROBOTS = "User-agent: *\nDisallow: /private\n\nUser-agent: IraqTalks\nDisallow: /not-for-us\nCrawl-delay: 0.3\n"


def test_robots_txt_is_obeyed_and_asked_for_once(site: Site) -> None:
    site.page("/robots.txt", ROBOTS.encode(), Content_Type="text/plain")
    for path in ("/private", "/not-for-us"):
        site.page(path)
    with Fetcher(QUICK) as fetcher:
        fetcher.fetch(site.url("/private"))
        with pytest.raises(FetchError, match=r"robots\.txt does not allow"):
            fetcher.fetch(site.url("/not-for-us"))
        fetcher.fetch(site.url("/private"))
    assert site.paths() == ["/robots.txt", "/private", "/private"]
    times = [moment for _, moment, _ in site.asked]
    assert all(later - earlier >= 0.29 for earlier, later in pairwise(times))


def test_a_redirection_is_held_against_robots_txt_too(site: Site) -> None:
    site.page("/robots.txt", ROBOTS.encode())
    site.page("/a", status=302, Location="/not-for-us")
    site.page("/not-for-us")
    assert "robots.txt" in refused(site, "/a")
    assert "/not-for-us" not in site.paths()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_does_not_say_what_it_allows_is_left_alone(site: Site, status: int) -> None:
    site.page("/robots.txt", status=status)
    site.page("/a")
    assert f"status {status}" in refused(site, "/a")
    assert site.paths() == ["/robots.txt"]


def test_there_is_a_pause_between_requests_to_one_host(site: Site) -> None:
    site.page("/a")
    with Fetcher(Manners(pause=0.2)) as fetcher:
        fetcher.fetch(site.url("/a"))
    first, second = (moment for _, moment, _ in site.asked)
    assert second - first >= 0.19


def test_a_redirection_is_followed_to_its_end(site: Site) -> None:
    site.page("/a", status=301, Location="/b")
    site.page("/b", status=307, Location=site.url("/c"))
    site.page("/c")
    with Fetcher(QUICK) as fetcher:
        assert fetcher.fetch(site.url("/a")).url == site.url("/c")


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("file:///etc/hostname", "http:// or https://"),
        ("ftp://example.org/a", "http:// or https://"),
        ("//user:secret@127.0.0.1/a", "user's name or password"),
        ("http://localhost:1/a", "no public address"),
        ("http://127.0.0.1:1/a", "no public address"),
        ("http://169.254.169.254/latest", "no public address"),
        ("http://[::1]/a", "no public address"),
        ("http://[::1", "Invalid URL"),
        ("http://10.0.0.1:99999999/", "http:// or https://"),
        ("/a", "on and on"),
    ],
)
def test_a_redirection_leads_nowhere_it_should_not(site: Site, target: str, hint: str) -> None:
    site.page("/a", status=302, Location=target)
    assert hint in refused(site, "/a")


def test_a_safe_connection_is_not_left_for_an_open_one() -> None:
    refuse_redirection("http://example.org/a", "https://example.org/a")
    refuse_redirection("https://example.org/a", "https://example.org/b")
    with pytest.raises(FetchError, match="leads from https"):
        refuse_redirection("https://example.org/a", "http://example.org/a")


@pytest.mark.parametrize(
    ("headers", "body", "hint"),
    [
        ({"Content_Type": "application/pdf"}, b"%PDF-1.7", "is of type application/pdf"),
        ({"Content_Type": "text/html"}, b"\x89PNG\r\n" + bytes(range(256)), "PNG"),
        ({}, b"a" * 60_000, "more than 50,000 bytes"),
        ({"Content_Encoding": "gzip"}, gzip.compress(b"a" * 10_000_000), "more than 50,000 bytes"),
        ({"Content_Encoding": "gzip"}, b"no gzip", "/a: "),
        ({"Content_Length": "1000000"}, b"cut off", "/a: "),
    ],
)
def test_what_is_no_page_or_too_much_is_refused(site: Site, headers: dict[str, str], body: bytes, hint: str) -> None:
    site.page("/a", body, 200, **headers)
    assert hint in refused(site, "/a")


def test_a_server_that_dribbles_is_given_up(site: Site) -> None:
    site.page("/robots.txt", b"")
    site.page("/a", b"a" * 49_000)
    site.slow = 0.1
    start = time.monotonic()
    assert "takes more than 1 seconds" in refused(site, "/a")
    assert time.monotonic() - start < 4


def test_a_server_that_is_silent_or_not_there_is_given_up(site: Site) -> None:
    site.page("/robots.txt", b"")
    site.page("/a", b"a" * 2_000)
    site.slow = 2
    assert "/a: timed out" in refused(site, "/a")
    assert "left alone" in refused(Site(port=1), "/a")


@pytest.mark.parametrize(
    "url", ["", "example.org", "file:///etc/hostname", "http://", "https://u:p@example.org/", "http://[::1"]
)
def test_an_address_of_something_else_is_refused_before_anything_is_asked_for(url: str) -> None:
    with Fetcher(QUICK) as fetcher, pytest.raises(FetchError):
        fetcher.fetch(url)


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/%2e%2e%2fpasswd", "/a/..", "/\u202etxt.exe", "/" + "a" * 300, "/.hidden"]
)
def test_an_address_names_no_file_out_of_the_folder(site: Site, tmp_path: Path, path: str) -> None:
    with Fetcher(QUICK) as fetcher:
        site.page("/a")
        page = fetcher.fetch(site.url("/a"))
    object.__setattr__(page, "url", site.url(path))
    saved = save(page, tmp_path / "raw")
    assert saved.parent == tmp_path / "raw" / "127.0.0.1"
    assert len(saved.name) < 100
    assert not saved.name.startswith(".")


def test_the_command_saves_what_it_can_and_says_what_it_cannot(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("/a")
    site.page("/robots.txt", b"", status=404)
    with pytest.raises(SystemExit) as end:
        main(["ingest", site.url("/missing"), site.url("/a"), "--raw", str(tmp_path)])
    assert end.value.code == "iraqtalks: 1 of 2 could not be fetched"
    shown = capsys.readouterr()
    assert "status 404" in shown.err
    assert Path(shown.out.strip()).read_text(encoding="utf-8") == PAGE
