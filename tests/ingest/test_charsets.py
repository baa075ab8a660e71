"""Encodings found in the wild become the same text; what could be several is refused."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iraqtalks.ingest import read_folder
from iraqtalks.ingest.decode import decode
from iraqtalks.ingest.model import UnusableError

FRENCH = (
    "La maire de Valbrume, Odile Ferrand, a déclaré que le vieux pont serait fermé à la circulation tout l'été.\n"
    "« Nous n'avons pas le choix », a-t-elle ajouté, « la sécurité passe avant le cœur de la fête, à 100 € près »."
)
LATIN_1 = FRENCH.replace("œ", "oe").replace("€", "euros")
ARABIC = "قالت رئيسة بلدية المدينة إن الجسر الحجري القديم سيغلق أمام جميع السيارات طوال فصل الصيف المقبل، وفق بيان.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH.replace("'", "’"), "cp1252"),
        (FRENCH, "iso8859_15"),
        (LATIN_1, "iso8859_1"),
        (FRENCH.replace("'", "’"), "cp1256"),
        (ARABIC, "cp1256"),
    ],
)
def test_an_encoding_that_the_bytes_tell_is_read(text: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (article,), rejects = read_folder(tmp_path)
    assert article.text == text
    assert [reject.reason for reject in rejects] == (["language_without_rules"] if text is ARABIC else [])


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_decides_for_either_order(order: str) -> None:
    assert decode("\ufeff".encode(order) + FRENCH.encode(order)) == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Le caf\u00e9", "cp1252", "ISO-8859-1"),
        ("\u201cCaf\u00e9\u201d", "cp1252", "latin1"),
        ("1\u00bd \u20ac", "cp1252", "windows-1252"),
        ("c\u0153ur \u20ac", "iso8859_15", "iso-8859-15"),
        ("\u0642\u0627\u0644", "cp1256", "windows-1256"),
        ("Télé", "mac_roman", "macintosh"),
    ],
)
def test_a_declared_encoding_decides_where_the_bytes_are_too_few_to_tell(
    text: str, encoding: str, declared: str
) -> None:
    assert decode(text.encode(encoding), declared) == text


@pytest.mark.parametrize(
    "declared", ["utf-8", "iso-8859-1", "utf-16", "zip", "unicode_escape", "rot13", "\0", "é" * 99]
)
def test_sound_utf_8_is_read_as_such_whatever_is_declared(declared: str) -> None:
    assert decode(FRENCH.encode(), declared) == FRENCH


@pytest.mark.parametrize("declared", [None, "utf-8", "utf-16", "hex", "no-such-encoding"])
@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_what_could_be_several_encodings_is_refused(encoding: str, declared: str | None) -> None:
    data = FRENCH.replace("œ", "oe").replace("€", "euros").encode(encoding)
    with pytest.raises(UnusableError, match="is not UTF-8") as caught:
        decode(data, declared)
    assert caught.value.reason == "encoding"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_damaged_text_in_a_marked_encoding_is_told(encoding: str) -> None:
    with pytest.raises(UnusableError, match="is damaged"):
        decode(FRENCH.encode(encoding)[:-1])


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff"), min_size=1)
)
def test_any_text_of_utf_8_comes_out_in_normal_form(text: str) -> None:
    if text.strip():
        assert decode(text.encode()) == unicodedata.normalize("NFC", text)


@given(data=st.binary(max_size=400), declared=st.sampled_from([None, "utf-8", "latin1", "windows-1256", "utf-16", "x"]))
def test_any_bytes_give_a_text_or_a_reason(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except UnusableError as fault:
        found = fault.reason
    else:
        text.encode()
        found = "text" if text.strip() and "\0" not in text else "faulty text"
    assert found in {"text", "empty", "binary", "encoding", "nul_bytes"}
