"""Which language a text is in."""

import pytest

from iraqtalks.ingest.detection import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La maire de Valbrume a déclaré que le vieux pont de pierre serait fermé tout l’été aux voitures.", "fr"),
        ("The mayor of Valbrume said that the old stone bridge would be closed to all cars in summer.", "en"),
        ("قالت رئيسة بلدية المدينة إن الجسر الحجري القديم سيغلق أمام جميع السيارات طوال فصل الصيف المقبل.", "ar"),
        ("شهردار شهر گفت که پل سنگی قدیمی در تمام تابستان به روی همه خودروها بسته خواهد شد و چاره‌ای نیست.", "fa"),
        ("Le pont est fermé.", None),
        ("1234567890 " * 30, None),
        ("", None),
    ],
)
def test_a_language_is_told_where_it_stands_out(text: str, language: str | None) -> None:
    assert detect(text) == language
