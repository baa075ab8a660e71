"""WARC files, as crawls and archives of the web (CC-NEWS) write them: the pages that servers answered with."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from iraqtalks.ingest.metadata import read_metadata
from iraqtalks.ingest.model import MAX_PAGE_BYTES, RawFile, RawFolder, Record, UnusableError
from iraqtalks.ingest.pages import TYPES, media_type, page_article

_ANSWERS: Final = (WarcRecordType.response, WarcRecordType.resource)
_ABOUT_THE_CRAWL: Final = (WarcRecordType.warcinfo, WarcRecordType.request, WarcRecordType.metadata)
_ALONE: Final = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server answered with, decoded; `other` says what it is when it is no page."""

    body: bytes = b""
    charset: str | None = None
    other: str | None = None


def read(file: RawFile, _folder: RawFolder) -> Iterator[Record]:
    """Yield a record for each page that was found, by its number among the file's records, from 1.

    What was answered with something else than a page (an image, an error, a redirection) is counted and told once.
    """
    others: Counter[str] = Counter()
    number = 0
    with file.open() as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream, parse_http=False), 1):
                if record.record_type in _ABOUT_THE_CRAWL:
                    continue
                try:
                    answer = _answer(record)
                    if answer.other is None:
                        yield _record(file, number, record, answer)
                    else:
                        others[answer.other] += 1
                except UnusableError as fault:
                    yield Record(number, None, (file.reject(fault, number),))
        except OSError as error:
            raise UnusableError("archive", f"is no sound WARC behind record {number:,}: {error}") from error
    if others:
        told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(others.items()))
        yield Record(0, None, (file.reject(UnusableError("no_page", f"holds records that are no pages: {told}")),))


def _answer(record: WarcRecord) -> _Answer:
    if record.record_type not in _ANSWERS:
        return _Answer(other=f"of type {record.record_type}")
    if record.record_type == WarcRecordType.resource:
        return _Answer(_limited(record), other=_other(record.headers.get("Content-Type")))
    block = _limited(record)
    # HTTP is read from a copy of the record: a broken answer would end the reading of the whole file.
    answer = WarcRecord.from_bytes(_ALONE % len(block) + block)
    try:
        answer.parse_http(auto_decode="all")
        status = "" if answer.http_headers is None else str(answer.http_headers.status_code)
        if status != "200":
            return _Answer(other=f"with status {status}" if status.isdecimal() and len(status) == 3 else "of no HTTP")
        return _Answer(_limited(answer), answer.http_charset, _other(answer.http_content_type))
    except OSError as error:
        raise UnusableError("no_page", f"is no sound HTTP: {error}") from error


def _limited(record: WarcRecord) -> bytes:
    data = record.reader.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise UnusableError("too_large", f"has more than {MAX_PAGE_BYTES:,} bytes")
    return data


def _other(content_type: str | None) -> str | None:
    """Return what a thing of that type is, None for a page."""
    kind = media_type(content_type)
    if kind in TYPES:
        return None
    return f"of type {kind[:60]}" if kind else "of no type"


def _record(file: RawFile, number: int, record: WarcRecord, answer: _Answer) -> Record:
    found: datetime | None = record.record_date
    where = {"url": record.headers.get("WARC-Target-URI"), "retrieved_at": found.isoformat() if found else None}
    # What a crawler gets wrong is nothing that a reader of the rejects could mend.
    metadata = read_metadata(where)
    return Record(number, page_article(file, answer.body, metadata, number, answer.charset))
