"""Bytes → text: by byte order mark, as UTF-8, as declared, or as the one encoding of our languages that they can be.

What could be several things is refused, with a word on what it looks like (docs/decisions/raw-input.md).
"""

import codecs
import re
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
    "iso8859_15": "ISO-8859-15",
    "cp1256": "WINDOWS-1256",
    "iso8859_6": "ISO-8859-6",
    "mac_roman": "MACINTOSH",
    "cp850": "CP850",
}
_WIDE: Final = ("utf_16", "utf_16_le", "utf_16_be", "utf_32")
_NARROW: Final = ("cp1252", "cp1256", "iso8859_6", "mac_roman", "cp850")
_TOLD: Final = frozenset({"cp1252", "iso8859_15", "cp1256"})
"""Encodings that are read when the bytes tell them; the others are only named in the hint."""
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = {
    # As browsers take it: whoever says Latin-1 or ASCII and has other bytes means Windows-1252.
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-15": "iso8859_15",
    "cp1256": "cp1256",
    "iso8859-6": "iso8859_6",
    "mac-roman": "mac_roman",
    "cp850": "cp850",
    "iso8859-9": "cp1254",
    "cp1254": "cp1254",
    "cp1250": "cp1250",
    "cp1251": "cp1251",
}
"""Encodings that a declaration is believed in, by Python's name. It is not asked for others: Python has many that are no
encodings of text."""
_INSIDE_WORDS: Final = re.compile(
    "[^\\W\\d_][\x82\x83\x84\x86\x87\x88\x89\x8b\x95\x98\x99\x9b\x81\x8d\x8f\x90\x9d][^\\W\\d_]"
)
"""Bytes inside of words, read as Latin-1, that are signs or nothing in Windows-1252: the text is in another encoding."""
_EURO_OR_LIGATURE: Final = re.compile("\xa4|[^\\W\\d_][\xbc\xbd](?=[^\\W\\d_])")
"""What is € or œ in ISO 8859-15, and hardly ever ¤, ¼ or ½ between letters in Windows-1252."""
_C1: Final = re.compile(rb"[\x80-\x9f]")
_TEXT_CONTROLS: Final = b"\t\n\x0b\x0c\r\x1b"
_CONTROLS: Final = bytes(set(range(1, 32)) - set(_TEXT_CONTROLS))
_MOST_CONTROLS: Final = 0.02
"""The largest share of control characters in what still counts as text."""
_SAMPLE: Final = 65_536


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of the bytes, normalised as `normalise` does it; `declared` is the encoding that they come with.

    Raises UnusableError with the reasons empty, binary, encoding, nul_bytes and too_large.
    """
    return normalise(to_text(data, declared))


def to_text(data: bytes, declared: str | None = None) -> str:
    """Return the text of the bytes as it stands; raises UnusableError with the reasons binary and encoding."""
    encoding = encoding_of(data, declared)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = _ENCODINGS.get(encoding, encoding)
        raise UnusableError("encoding", f"is damaged: no {name} at byte {error.start}") from error


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """Return Python's name of the encoding of the bytes; raises UnusableError with the reasons binary and encoding.

    A byte order mark decides, then what is sound UTF-8, whatever is declared: other text is not by accident. Then the
    declaration, then the detector.
    """
    found = marked(data)
    if found is not None:
        return found
    refuse_binary(data)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _declared(data, declared) or _told(data, error)
    return "utf-8-sig"


def marked(data: bytes) -> str | None:
    """Return the encoding of units of two or four bytes that the byte order mark of the bytes says, or None."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _declared(data: bytes, declared: str | None) -> str | None:
    """Return the declared encoding where it is one of text and the bytes are sound in it, else None."""
    try:
        encoding = _DECLARED.get(codecs.lookup((declared or "").strip()).name)
        if encoding is not None:
            data.decode(encoding)
    except (LookupError, ValueError):
        return None
    return encoding


def _told(data: bytes, error: UnicodeDecodeError) -> str:
    """Return the encoding that the bytes tell; raises UnusableError where they could be in several or in none."""
    found = f"is not UTF-8 (byte 0x{data[error.start]:02x} at {error.start})"
    if is_damaged_utf8(data):
        damaged = data.decode(errors="replace").count("\ufffd")
        raise UnusableError("encoding", f"{found}; all but {damaged} places of it are: mend them")
    # What is not ASCII tells the most, and a text may begin with a lot that is.
    start = max(0, error.start - _SAMPLE // 2)
    encoding = _guess(data[start : start + _SAMPLE], _NARROW)
    if encoding == "cp1252":
        encoding = _latin(data)
    if encoding in _TOLD:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            encoding = None
        else:
            return encoding
    hint = "in no encoding that we know either" if encoding is None else _offer(encoding)
    raise UnusableError("encoding", f"{found}; {hint}")


def is_damaged_utf8(data: bytes) -> bool:
    """Return whether bytes that are no sound UTF-8 are so for the most part of what is not ASCII in them."""
    lenient = data.decode(errors="replace")
    return sum(not character.isascii() for character in lenient) > 2 * lenient.count("\ufffd")


def _latin(data: bytes) -> str | None:
    """Tell ISO 8859-15 from Windows-1252, and both from what only looks like them (None)."""
    text = data.decode("latin-1")
    if _INSIDE_WORDS.search(text):
        return None
    return "iso8859_15" if not _C1.search(data) and _EURO_OR_LIGATURE.search(text) else "cp1252"


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
        raise UnusableError(
            "encoding", f"holds half of a surrogate pair, or a byte that is no UTF-8, at {error.start}"
        ) from error
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
    if not suspicious and b"\0" not in sample:
        return
    wide = _guess(sample, _WIDE) if b"\0" in sample else None
    if wide is not None:
        raise UnusableError("encoding", f"is not UTF-8; {_offer(wide)}")
    if suspicious or sample.count(0) > _MOST_CONTROLS * len(sample):
        raise UnusableError("binary", "is not a text: too many control characters")


def _offer(encoding: str) -> str:
    name = _ENCODINGS[encoding]
    return f"it looks like {name}: convert it with `iconv -f {name} -t UTF-8`"


def _guess(sample: bytes, encodings: tuple[str, ...]) -> str | None:
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(encodings)).best()
    return best.encoding if best is not None and best.encoding in _ENCODINGS else None
