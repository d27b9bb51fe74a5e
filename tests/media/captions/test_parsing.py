"""Does everything come back that was written, and is everything that is wrong named with its line?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.captions import Cue, cues_of, parsed, written
from media.captions.cues import MOST_CUES
from media.captions.markup import CONTROLS, as_typed, clean, plain
from media.captions.times import LATEST, clock, milliseconds

THAI, KHMER, BURMESE = "ยินดีต้อนรับค่ะ", "សូមស្វាគមន៍", "ကြိုဆိုပါတယ်"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(
    "<>/&;\n viburt.lang-{}1:0", max_size=40
)
NAUGHTY = [
    "<script>alert(1)</script>", "</v></i><b>", "<v Guide>Hi\n<v Visitor>Hello", "a --> b", "WEBVTT", "NOTE x",
    "<i><b>crossed</i></b>", "<v>nobody</v>", "<v A&B>x", "<lang x!>y</lang>", "AT&T &lt; &copy; &notit; &#0; &#10;",
    "\x00\x0b\x85\u2028", "\u202eright to left", "<c.yellow>colour</c>", "<00:00:01.000>karaoke", "<<c>i>",
    "<ruby>漢<rt>kan</ruby>", "1:02 --&gt; 2", "<i", "<i " + " " * 2000, "&" * 50, "0:00:01.000,0:00:02.000",
    "😀👩‍👩‍👧", "<v \"><img src=x onerror=alert(1)>", "STYLE\n::cue{background:url(//x)}", THAI, KHMER, BURMESE,
]  # fmt: skip


@st.composite
def tracks(draw: st.DrawFn) -> tuple[Cue, ...]:
    """Cues as they may be stored: in order, with clean words."""
    starts = sorted(draw(st.lists(st.integers(0, LATEST - 10_000), min_size=1, max_size=8)))
    cues = []
    for start in starts:
        text = clean(draw(WORDS | st.sampled_from(NAUGHTY)))
        identifier = " ".join(CONTROLS.sub("", draw(st.text("ab 1é", max_size=5))).split())
        settings = draw(st.sampled_from(["", "line:0", "position:10%,line-left align:start", "vertical:rl size:50%"]))
        is_shown = plain(text).strip()
        cues.append(Cue(start, start + draw(st.integers(1, 10_000)), text if is_shown else "x", identifier, settings))
    return tuple(cues)


@given(tracks())
def test_what_is_written_is_read_again(cues: tuple[Cue, ...]) -> None:
    found = parsed(written(cues))
    assert found.errors == ()
    assert found.cues == cues


@given(WORDS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "-->" not in once
    assert "\n\n" not in once


@given(st.text(max_size=400) | st.text("0123:.,-> \nWEBVTTabc<>&", max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parsed(text)
    assert found.errors or parsed(written(found.cues)).cues == found.cues


@given(st.integers(0, LATEST))
def test_a_time_is_read_as_it_was_written(time: int) -> None:
    assert milliseconds(clock(time)) == time


@pytest.mark.parametrize(
    ("written_as", "time"),
    [
        ("1:02.5", 62_500), ("00:01:02.500", 62_500), ("00:01:02,500", 62_500), ("62.5", 62_500), ("5", 5_000),
        ("90:00", 5_400_000), ("๑:๐๒.๕", 62_500), ("၁:၀၂", 62_000), (" 0:01 ", 1_000),
        ("1:90:00", None), ("1:75", None), ("", None), ("soon", None), ("-1:00", None), ("999:00:00", None),
    ],
)  # fmt: skip
def test_times_may_be_written_as_people_write_them(written_as: str, time: int | None) -> None:
    assert milliseconds(written_as) == time


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_words_stay_inside_their_cue(text: str) -> None:
    cleaned = clean(text)
    cues = (Cue(0, 1000, "before"), Cue(1000, 2000, cleaned if plain(cleaned) else "x"), Cue(2000, 3000, "after"))
    assert cues_of(written(cues)) == cues
    assert "<script" not in cleaned
    assert "<img" not in cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<v Guide>Hi\n<v Visitor>Hello", "<v Guide>Hi\n</v><v Visitor>Hello</v>"),
        ("<i><b>crossed</i></b>", "<i><b>crossed</b></i>"),
        ("<b>open", "<b>open</b>"),
        ("shut</b>", "shut"),
        ("<v.loud  The  guide >Hi", "<v The guide>Hi</v>"),
        ("<c.red>red</c> <font color=red>red</font>", "red red"),
        ("<marquee>x</marquee>", "&lt;marquee&gt;x&lt;/marquee&gt;"),
        ("R&D &amp; 1 < 2 > 0 &lt;", "R&amp;D &amp; 1 &lt; 2 &gt; 0 &lt;"),
        ("<lang th>สวัสดี</lang>", "<lang th>สวัสดี</lang>"),
        ("<lang !>x</lang>", "x"),
        ("one\n\n  \n two ", "one\ntwo"),
    ],
)
def test_only_the_tags_of_speech_stay(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", [*NAUGHTY, "<v Guide>Hi</v>", "R&D", "&lt;i&gt;"])
def test_what_a_person_sees_in_the_editor_means_the_same(text: str) -> None:
    assert clean(as_typed(clean(text))) == clean(text)
    assert "-->" not in as_typed(clean(text))


def test_a_person_sees_words_and_not_their_escapes() -> None:
    assert as_typed("<v Guide>R&amp;D</v>") == "<v Guide>R&D"
    assert as_typed("&lt;i&gt;") == "&lt;i&gt;"


def test_notes_styles_and_regions_are_left_out_and_it_is_said() -> None:
    text = (
        "WEBVTT\nKind: captions\nLanguage: en\n\nNOTE written by Somchai\n\nSTYLE\n::cue { color: red }\n\n"
        "REGION\nid:a\n\n00:01.000 --> 00:02.000 region:a line:0\nHello\n"
    )
    found = parsed(text)
    assert found.cues == (Cue(1000, 2000, "Hello", settings="line:0"),)
    assert [problem.line for problem in found.problems] == [5, 7, 10]
    assert not found.errors
    assert "Somchai" not in written(found.cues)


def test_every_mistake_is_named_with_its_line() -> None:
    text = "WEBVTT\n\n0:1x --> 2\nA\n\nlost words\n\n00:05.000 --> 00:04.000\nB\n\n00:06.000 --> 00:07.000"
    found = parsed(text)
    assert [(problem.line, problem.excerpt) for problem in found.errors] == [
        (3, "0:1x --> 2"), (6, "lost words"), (8, "00:05.000 --> 00:04.000"), (11, "00:06.000 --> 00:07.000"),
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_program_ends_them(end: str) -> None:
    text = end.join(
        ["WEBVTT", "", "1", "00:01.000 --> 00:02.000", "One", "two", "", "00:02.000 --> 00:03.000", "3", ""]
    )
    assert parsed(text).cues == (Cue(1000, 2000, "One\ntwo", "1"), Cue(2000, 3000, "3"))


def test_cues_that_lack_the_empty_line_between_them_are_told_apart() -> None:
    text = "WEBVTT\n00:01.000 --> 00:02.000\nOne\n2\n00:02.000 --> 00:03.000\nTwo\n00:03.000 --> 00:04.000\nThree"
    assert [cue.text for cue in parsed(text).cues] == ["One", "Two", "Three"]
    assert not parsed(text).errors


def test_words_above_the_number_of_a_cue_are_not_lost() -> None:
    found = parsed("WEBVTT\n\nlost words\nname\n00:01.000 --> 00:02.000\nOne")
    assert [problem.line for problem in found.errors] == [3]


def test_more_cues_than_anybody_speaks_are_refused() -> None:
    cues = [Cue(at * 10, at * 10 + 10, "x") for at in range(MOST_CUES + 1)]
    assert not parsed(written(cues[:-1])).errors
    assert len(parsed(written(cues)).errors) == 1


def test_a_file_of_mistakes_does_not_fill_the_memory() -> None:
    found = parsed("x\n\n" * 300_000)
    assert len(found.problems) == 200


def test_leniently_the_order_is_mended_and_emptiness_left_out() -> None:
    text = "WEBVTT\n\n0:03 --> 0:04\nB\n\n0:01 --> 0:02\nA\n\n0:05 --> 0:06\n"
    found = parsed(text, is_lenient=True)
    assert [cue.text for cue in found.cues] == ["A", "B"]
    assert (len(found.errors), len(found.problems)) == (0, 2)
    assert len(parsed(text).errors) == 2
