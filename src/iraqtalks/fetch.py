"""Pages fetched from the web, politely, and saved as raw input: the only network access there is, and only when asked for.

`robots.txt` is obeyed, hosts are given a pause, and nothing is trusted that a server says: not its redirections, not the size
that it announces, not the time that it takes.
"""

import hashlib
import ipaddress
import json
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import unquote, urljoin, urlsplit

import httpx
from protego import Protego

from iraqtalks.errors import FetchError
from iraqtalks.ingest.decode import to_text
from iraqtalks.ingest.model import MAX_PAGE_BYTES, UnusableError
from iraqtalks.ingest.pages import TYPES, declared_charset, media_type

NAME: Final = "IraqTalks"
"""What `robots.txt` calls us."""
_ENDINGS: Final = {**dict.fromkeys(TYPES, ".html"), "text/plain": ".txt"}
"""The kinds of pages that are saved, and how."""
_MOST_REDIRECTIONS: Final = 5
_TOO_OFTEN: Final = 429
"""The status with which a host says that it is asked too often."""
_MOST_ROBOTS_BYTES: Final = 512_000
"""What is read of a `robots.txt`, as RFC 9309 has it at least."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched: its address after redirections, its text, what it is saved as."""

    url: str
    text: str
    ending: str
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class Manners:
    """How politely and patiently pages are fetched.

    `pause` seconds lie between requests to one host, or what it wants itself up to `longest_pause`. A server may be silent for
    `silence` seconds and take `patience` seconds for a page, which has at most `most_bytes`.
    """

    pause: float = 1.0
    longest_pause: float = 60.0
    silence: float = 20.0
    patience: float = 120.0
    most_bytes: int = MAX_PAGE_BYTES


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    status: int
    kind: str
    charset: str | None
    body: bytes


@dataclass(slots=True)
class Fetcher:
    """Fetches pages one after the other; it remembers what hosts allow and when they were last asked."""

    manners: Manners = Manners()
    _client: httpx.Client = field(init=False)
    _robots: dict[str, Protego | None] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        agent = f"{NAME}/{version('iraqtalks')}"
        self._client = httpx.Client(headers={"User-Agent": agent}, timeout=self.manners.silence, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, url: str) -> Page:
        """Return the page at an address; raises FetchError where it may or can not be had, with what stands against it."""
        answer = self._follow(url, self.manners.most_bytes, self._refuse_robots)
        if answer.status != 200:
            raise FetchError(f"{url}: the server answers with status {answer.status}")
        ending = _ENDINGS.get(answer.kind)
        if ending is None:
            raise FetchError(f"{url}: is of type {answer.kind or 'unknown'}, no page")
        try:
            text = to_text(answer.body, answer.charset or declared_charset(answer.body))
        except UnusableError as fault:
            raise FetchError(f"{url}: {fault.detail}") from fault
        return Page(answer.url, text, ending, datetime.now(UTC).replace(microsecond=0))

    def _follow(self, url: str, most_bytes: int, check: Callable[[str], None]) -> _Answer:
        """Ask for an address and for where it leads, `check` allowing each; raises FetchError."""
        _refuse_address(url)
        here = url
        for _ in range(_MOST_REDIRECTIONS + 1):
            check(here)
            answer, target = self._ask(here, most_bytes)
            if target is None:
                return answer
            refuse_redirection(here, target)
            here = target
        raise FetchError(f"{url}: leads on and on, more than {_MOST_REDIRECTIONS} times")

    def _ask(self, url: str, most_bytes: int) -> tuple[_Answer, str | None]:
        """Return the answer to one request and the address that it leads to, or None."""
        self._wait(url)
        end = time.monotonic() + self.manners.patience
        try:
            with self._client.stream("GET", url) as response:
                if response.is_redirect:
                    return _Answer(url, response.status_code, "", None, b""), urljoin(url, response.headers["location"])
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > most_bytes:
                        raise FetchError(f"{url}: has more than {most_bytes:,} bytes")
                    if time.monotonic() > end:
                        raise FetchError(f"{url}: takes more than {self.manners.patience:g} seconds")
                kind = media_type(response.headers.get("content-type"))
                return _Answer(url, response.status_code, kind, response.charset_encoding, bytes(body)), None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise FetchError(f"{url}: {error or type(error).__name__}") from error
        finally:
            # From its end, so that the pause is one for the host too, however long a request was on its way.
            self._asked[urlsplit(url).netloc] = time.monotonic()

    def _wait(self, url: str) -> None:
        """Wait until the host may be asked again: after our pause, or its own where it wants a longer one."""
        robots = self._robots.get(_origin(url))
        wanted = (robots.crawl_delay(NAME) or 0) if robots is not None else 0
        pause = min(max(self.manners.pause, wanted), self.manners.longest_pause)
        now = time.monotonic()
        time.sleep(max(0.0, self._asked.get(urlsplit(url).netloc, now - pause) + pause - now))

    def _refuse_robots(self, url: str) -> None:
        """Raise FetchError where the host's `robots.txt` forbids the address, or cannot be asked for."""
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        robots = self._robots[origin]
        if robots is not None and not robots.can_fetch(url, NAME):
            raise FetchError(f"{url}: the site's robots.txt does not allow it")

    def _read_robots(self, origin: str) -> Protego | None:
        """Return the rules of a host, None where it has none; raises FetchError where it does not say (RFC 9309, 2.3.1)."""
        try:
            answer = self._follow(f"{origin}/robots.txt", _MOST_ROBOTS_BYTES, lambda _: None)
        except FetchError as error:
            raise FetchError(f"{error}; without its robots.txt a site is left alone") from error
        if answer.status >= 500 or answer.status == _TOO_OFTEN:
            raise FetchError(f"{origin}: has no robots.txt to give now (status {answer.status}); try again later")
        return Protego.parse(answer.body.decode(errors="replace")) if answer.status == 200 else None


def save(page: Page, raw: Path) -> Path:
    """Save a page below the folder `raw`, in UTF-8, with its metadata beside it; return its path.

    The name depends on address and text: the same page again is the same file, a new version is one of its own.
    """
    parts = urlsplit(page.url)
    slug = (
        re.sub(r"[^a-z0-9]+", "-", unquote(parts.path.rstrip("/").rpartition("/")[2]).lower()).strip("-")[:60] or "page"
    )
    digest = hashlib.sha256(f"{page.url}\n{page.text}".encode()).hexdigest()[:12]
    host = re.sub(r"[^A-Za-z0-9.-]", "_", parts.hostname or "").strip(".") or "unknown"
    path = raw / host / f"{slug}-{digest}{page.ending}"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"url": page.url, "retrieved_at": page.retrieved_at.isoformat()}
    # The page comes last: metadata alone are told as such, a page without them would lose its address.
    _write(path.with_suffix(".json"), json.dumps(metadata, indent=1) + "\n")
    _write(path, page.text)
    return path


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(text.encode("utf-8", "replace"))
    unfinished.replace(path)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _refuse_address(url: str) -> None:
    """Raise FetchError for what is no address of a page on the web."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound:
        raise FetchError(f"{url}: is no address that begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise FetchError(
            f"{parts.hostname}: the address holds a user's name or password; it would be published with the page"
        )


def refuse_redirection(here: str, target: str) -> None:
    """Raise FetchError where a server must not lead us: from a safe connection to an open one, or into a private network."""
    _refuse_address(target)
    if urlsplit(here).scheme == "https" and urlsplit(target).scheme == "http":
        raise FetchError(f"{here}: leads from https to {target}")
    if urlsplit(here).netloc != urlsplit(target).netloc and not _is_public(urlsplit(target).hostname or ""):
        raise FetchError(f"{here}: leads to {target}, which is no public address")


def _is_public(host: str) -> bool:
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return all(ipaddress.ip_address(address.partition("%")[0]).is_global for address in found)
