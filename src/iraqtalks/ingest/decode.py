"""Bytes → text: UTF-8 with or without a byte order mark; anything else is refused with a word on what it looks like."""

import unicodedata
from typing import Final

import charset_normalizer

from iraqtalks.ingest.model import MAX_TEXT_BYTES, UnusableError

_MAGIC: Final = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
# Encodings of news text in our languages by the name that `iconv` knows. The detector may choose among these alone:
# left to itself it takes Windows-1252 for rarer kin of the same bytes.
_ENCODINGS: Final = {
    "utf_16": "UTF-16",
    "utf_16_le": "UTF-16LE",
    "utf_16_be": "UTF-16BE",
    "utf_32": "UTF-32",
    "cp1252": "WINDOWS-1252",
    "cp1256": "WINDOWS-1256",
    "iso8859_6": "ISO-8859-6",
    "mac_roman": "MACINTOSH",
    "cp850": "CP850",
}
_WIDE: Final = ("utf_16", "utf_16_le", "utf_16_be", "utf_32")
_NARROW: Final = tuple(encoding for encoding in _ENCODINGS if encoding not in _WIDE)
_TEXT_CONTROLS: Final = b"\t\n\x0b\x0c\r\x1b"
_CONTROLS: Final = bytes(set(range(1, 32)) - set(_TEXT_CONTROLS))
_MOST_CONTROLS: Final = 0.02
"""The largest share of control characters in what still counts as text."""
_SAMPLE: Final = 65_536


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes, normalised as `normalise` does it.

    Raises UnusableError with the reasons empty, binary, encoding, nul_bytes and too_large.
    """
    refuse_binary(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableError("encoding", _not_utf8(data, error)) from error
    return normalise(text)


def normalise(text: str) -> str:
    r"""Return the text in NFC, with \n newlines and without a byte order mark, otherwise untouched.

    Raises UnusableError for a text without a word, with NUL characters, with half of a surrogate pair, or too large.
    """
    if "\0" in text:
        raise UnusableError(
            "nul_bytes", f"holds {text.count(chr(0))} NUL characters, the first at {text.index(chr(0))}: remove them"
        )
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise UnusableError("empty", "holds no text")
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise UnusableError("encoding", f"holds half of a surrogate pair at {error.start}") from error
    if size > MAX_TEXT_BYTES:
        raise UnusableError("too_large", f"has {size:,} bytes of text; an article has at most {MAX_TEXT_BYTES:,}")
    return text


def refuse_binary(data: bytes) -> None:
    """Raise UnusableError where the bytes are no text (binary), or text in two- or four-byte units (encoding)."""
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind is not None:
        raise UnusableError("binary", f"is {kind}, not a text")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    suspicious = controls > _MOST_CONTROLS * len(sample)
    if not suspicious and b"\0" not in sample and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    wide = _guess(sample, _WIDE)
    if wide is not None:
        raise UnusableError("encoding", f"is not UTF-8; {_offer(wide)}")
    if suspicious or sample.count(0) > _MOST_CONTROLS * len(sample):
        raise UnusableError("binary", "is not a text: too many control characters")


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    found = f"is not UTF-8 (byte 0x{data[error.start]:02x} at {error.start})"
    lenient = data.decode(errors="replace")
    damaged = lenient.count("\ufffd")
    if sum(not character.isascii() for character in lenient) > 2 * damaged:
        return f"{found}; all but {damaged} places of it are: mend them"
    encoding = _guess(data[:_SAMPLE], _NARROW)
    return f"{found}; in no encoding that we know either" if encoding is None else f"{found}; {_offer(encoding)}"


def _offer(encoding: str) -> str:
    name = _ENCODINGS[encoding]
    return f"it looks like {name}: convert it with `iconv -f {name} -t UTF-8`"


def _guess(sample: bytes, encodings: tuple[str, ...]) -> str | None:
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(encodings)).best()
    return best.encoding if best is not None and best.encoding in _ENCODINGS else None
