from fontTools.ttLib import TTFont

from media.workshop.svg import COVERED, LETTERS
from tests.media.workshop.letters import PAGES, SCRIPTS


def letters_of_the_pages() -> set[int]:
    return {code for script in SCRIPTS for code in TTFont(PAGES / f"noto-sans-{script}.woff2").getBestCmap()}


def test_drawings_have_all_letters_of_the_pages() -> None:
    for name in ("letters.ttf", "letters-bold.ttf"):
        font = TTFont(LETTERS / name)
        assert set(font.getBestCmap()) >= letters_of_the_pages() - {0xD, 0}
        assert font["name"].getDebugName(6)


def test_a_drawing_is_refused_for_letters_that_cannot_be_drawn_and_for_no_others() -> None:
    drawable = set(TTFont(LETTERS / "letters.ttf").getBestCmap())
    believed = {code for code in range(0x20, 0x3000) if COVERED.fullmatch(chr(code)) and not chr(code).isspace()}
    assert sorted(map(hex, believed - drawable)) == []
