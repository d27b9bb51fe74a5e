"""Can people bring the files that they have?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.captions import Cue, parsed
from media.captions.cues import MOST_BYTES
from media.captions.importing import Imported, UnableToImport, imported

SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>{0}</i>\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\n{{\\an8}}two<br>lines\r\n"
)
THAI, KHMER, LAO, BURMESE = "ยินดีต้อนรับค่ะ", "សូមស្វាគមន៍", "ຍິນດີຕ້ອນຮັບ", "ကြိုဆိုပါတယ်။ နေကောင်းလား။ ဒေါ်အေးသန္တာ"
ZAWGYI = "ေနေကာင္းလား။ မဂၤလာပါ။ ဒီေန႔ အလုပ္႐ွိတယ္။"


def read(content: bytes, *, language: str = "th", seconds: int = 60) -> Imported:
    return imported(content, language=language, seconds=seconds)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874"])
def test_a_thai_subrip_file_is_read_in_any_encoding_that_people_use(encoding: str) -> None:
    found = read(SRT.format(THAI).encode(encoding))
    assert found.cues == (Cue(1000, 2500, f"<i>{THAI}</i>"), Cue(3000, 4000, "two\nlines"))
    assert parsed(found.text).cues == found.cues
    assert not any(problem.is_error for problem in found.problems)


@pytest.mark.parametrize("text", [KHMER, LAO, BURMESE])
def test_words_in_our_languages_come_in_as_they_are(text: str) -> None:
    assert read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n".encode()).cues[0].text == text


def test_a_file_from_youtube_is_read() -> None:
    found = read(b"0:00:01.000,0:00:02.000\nHello\nthere\n\n0:00:02.500,0:00:04.000\nBye\n")
    assert found.cues == (Cue(1000, 2000, "Hello\nthere"), Cue(2500, 4000, "Bye"))


def test_a_file_with_mistakes_is_shown_as_it_is_with_their_lines() -> None:
    content = SRT.format("a").replace("00:00:03,000", "soon").encode()
    found = read(content)
    assert [problem.line for problem in found.problems] == [6]
    assert "soon" in found.text.split("\n")[5]


@pytest.mark.parametrize(
    "content",
    [
        "Café déjà vu".encode("latin-1"), bytes(range(256)) * 4, b"", b" \n\r\n", b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xfe\x00", b"x" * (MOST_BYTES + 1),
        ZAWGYI.encode(), f"1\n00:00:01,000 --> 00:00:02,000\n{ZAWGYI}".encode(),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(UnableToImport) as refused:
        read(content)
    assert str(refused.value.messages[0]).endswith(".")


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda tail: b"1\n00:01,0 --> 00:02,0\nx" + tail))
def test_no_file_breaks_the_door(content: bytes) -> None:
    try:
        found = read(content)
    except UnableToImport:
        return
    assert found.problems or parsed(found.text).cues == found.cues


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.integers(0, 90))
def test_plain_text_becomes_paragraphs_spread_over_the_recording(text: str, seconds: int) -> None:
    try:
        found = imported(text.encode(), language="en", seconds=seconds)
    except UnableToImport:
        return
    if not any(problem.is_error for problem in found.problems):
        assert not parsed(found.text).errors
        assert parsed(found.text).cues == found.cues


def test_paragraphs_get_time_as_they_have_letters() -> None:
    found = read("สวัสดี <b>\n\nสองเท่าสองเท่าสองเท่า\nสองเท่า\n".encode(), seconds=10)
    first, second = found.cues
    assert (first.start, first.end, second.end) == (0, second.start, 10_000)
    assert first.end < 5_000
    assert first.text == "สวัสดี &lt;b&gt;"
    assert "no times" in found.problems[0].sentence
