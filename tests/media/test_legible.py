"""What is mended in the words of a PDF, and what is left as it was?"""

import time
import unicodedata

import pytest

from media.legible import BETWEEN_PAGES, legible

MENDED = {
    "a blank before a vowel": ("ก าร คุ ้มครอง", "การ คุ้มครอง"),
    "a blank before sara a": ("ฐาน ะ", "ฐานะ"),
    "a blank after a leading vowel": ("เ จ้าหน้าที่", "เจ้าหน้าที่"),
    "sara am in two pieces": ("น\u0e49\u0e4d\u0e32 น\u0e4d\u0e49\u0e32 ท\u0e4d\u0e32", "น้ำ น้ำ ทำ"),
    "sara am in two pieces, apart": ("ท \u0e4d \u0e32", "ทำ"),
    "a tone drawn before its vowel": ("ก\u0e48\u0e34น ท\u0e48\u0e35", "กิ่น ที่"),
    "two sara e": ("\u0e40\u0e40ล้ว", "แล้ว"),
    "letters of old fonts": ("ป\uf710\uf706น \uf70fู", "ปั้น ญู"),
    "letters set apart": ("ก า ร คุ้ ม ค ร อ ง  น้ำ ดื่ ม", "การคุ้มครอง น้ำดื่ม"),
    "Lao sara am in two pieces": ("ນ\u0ec9\u0ecd\u0eb2", "ນ້ຳ"),
    "a Lao blank": ("ເ ຈົ້າ ໜ້ າ ທີ່", "ເຈົ້າ ໜ້າ ທີ່"),
    "a Khmer blank": ("សិ ទ ្ ធិ", "សិ ទ្ធិ"),
    "a Burmese blank": ("ကျ ွန ်", "ကျွန်"),
    "marks that are not composed": ("Viê\u0323t Nam", "Việt Nam"),
    "ligatures and controls": ("\ufb01le\x00\x07 o\ufb03ce so\u00adft", "file office soft"),
    "directions and halves of letters": ("\u202eabc\ud800\u2066", "abc"),
    "tabs and wide blanks": ("one\ttwo\u00a0\u2003three", "one two three"),
}
LEFT = {
    "Thai": "ผู้เสียหาย มีสิทธิ ได้รับ น้ำดื่ม ที่ศูนย์ ฯลฯ ต่าง ๆ เร็ว ๆ นี้ พ.ศ. ๒๕๕๑",
    "an alphabet": "ก ข ค ง จ ฉ",
    "single letters": "ข้อ ก ข และ ค",
    "Lao": "ຜູ້ເຄາະຮ້າຍ ມີສິດ ໄດ້ຮັບ ນ້ຳ",
    "Khmer": "ជនរងគ្រោះ មានសិទ្ធិ ទទួលបាន",
    "Burmese": "ကျူးလွန်ခံရသူများတွင် အကာအကွယ် ရယူခွင့်ရှိသည်",
    "Vietnamese": "Nạn nhân có quyền được bảo vệ",
    "Chinese": "受害者 有权 获得保护",
    "where words end": "การ\u200bคุ้มครอง",
}


@pytest.mark.parametrize(("drawn", "meant"), MENDED.values(), ids=MENDED)
def test_what_no_text_can_mean_is_mended(drawn: str, meant: str) -> None:
    assert legible(drawn) == meant
    assert legible(legible(drawn)) == meant


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_right_stays_as_it_is(text: str) -> None:
    assert legible(text) == unicodedata.normalize("NFC", text)


def test_lines_that_are_full_run_on_and_words_that_were_divided_are_whole() -> None:
    said = (
        "Rights\nWhoever has been injured may ask for infor-\nmation about the case, in the language\n"
        "that she speaks.\nThe end"
    )
    assert legible(said).split("\n") == [
        "Rights",
        "Whoever has been injured may ask for information about the case, in the language that she speaks.",
        "The end",
    ]


def test_pages_are_parted_by_an_empty_line_and_have_none_of_their_own() -> None:
    assert legible("One.\n\n\nTwo.\f \n\f\fThree.") == BETWEEN_PAGES.join(["One.\nTwo.", "Three."])


def test_zawgyi_is_not_kept() -> None:
    assert legible("\u1031\u1019\u103c \u1031\u1000\u103a \u1031\u1014\u1010\u101a\u1039") == ""
    assert legible("မြန်မာ") == "မြန်မာ"


@pytest.mark.parametrize("piece", ["ก ", " ", "\u0e49\u0e4d", "a-\n", "ก\n"], ids=range(5))
def test_four_times_as_much_takes_not_much_more_than_four_times_as_long(piece: str) -> None:
    def seconds(text: str) -> float:
        begun = time.process_time()
        legible(text)
        return time.process_time() - begun

    assert seconds(piece * 80_000) < 12 * seconds(piece * 20_000) + 0.1
