import gzip
from io import BytesIO

import pytest
from PIL import Image

from media.ingest import UnableToKeep, cleaned_picture, svg
from media.ingest.kept import Damaged
from media.ingest.pictures import KeptPicture
from tests.media.files import called

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="100"'
RED = '<rect width="300" height="100" fill="#c00000"/>'


def drawing(inside: str = RED, *, attributes: str = "", before: str = "") -> bytes:
    return f"{before}{HEAD} {attributes}>{inside}</svg>".encode()


def kept(content: bytes) -> KeptPicture:
    return cleaned_picture(called("a.svg", content))


def colour(picture: KeptPicture) -> tuple[int, ...]:
    image = Image.open(BytesIO(picture.read())).convert("RGBA")
    return image.getpixel((image.width // 2, image.height // 2))  # type: ignore[return-value]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_a_drawing_is_stored_as_the_picture_of_it(pack: type[bytes]) -> None:
    picture = kept(pack(drawing()))
    assert (picture.content_type, str(picture.name)[-4:]) == ("image/png", ".png")
    assert (picture.prepared.width, picture.prepared.height) == (1440, 480)
    assert colour(picture) == (192, 0, 0, 255)
    assert picture.prepared.placeholder == "c00000" * 12


def test_nothing_that_the_drawing_says_about_people_is_left() -> None:
    said = "<title>PLANTED</title><desc>PLANTED</desc><metadata>PLANTED</metadata><!-- PLANTED -->"
    picture = kept(drawing(said + RED, attributes='id="PLANTED"'))
    assert b"PLANTED" not in picture.read() + picture.prepared.working


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject width='300' height='100'><p xmlns='http://www.w3.org/1999/xhtml'>Page</p></foreignObject>",
        "<rect onclick='alert(1)' width='1' height='1'/>",
        "<style>@import url(http://example.org/a.css);</style>",
        "<a href='javascript:alert(1)'><rect width='1' height='1'/></a>",
        "<animate attributeName='fill' to='#000'/>",
    ],
)
def test_what_could_run_is_inert(inside: str) -> None:
    assert colour(kept(drawing(RED + inside))) == (192, 0, 0, 255)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (drawing('<image href="/etc/hostname.png" width="9" height="9"/>'), "Embed them"),
        (drawing('<image xlink:href="http://example.org/a.png" width="9" height="9"/>'), "Embed them"),
        (drawing('<image href="file:///etc/passwd" width="9" height="9"/>'), "Embed them"),
        (drawing('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>'), "Embed them"),
        (drawing('<use xlink:href="other.svg#a"/>'), "Embed them"),
        (drawing("<text>&lol;</text>", before='<!DOCTYPE svg [<!ENTITY lol "lol">]>'), "entities"),
        (drawing("<text>&x;</text>", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "entities"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "how large"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="100000"/>', "how large"),
        (drawing("<text>\u0394\u03b9\u03ba\u03ad</text>"), "paths"),
        (drawing("<text>Rights \u179f\u17b7\u1791\u17d2\u1792\u17b7</text>"), "paths"),
        (drawing("<g>" * 5000 + "</g>" * 5000), "too much memory"),
        (drawing()[:-9], "damaged"),
        (b"<svg", "damaged"),
    ],
)
def test_what_we_do_not_open_is_refused_with_a_sentence_that_helps(content: bytes, sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        kept(content + b" ")


def test_uses_that_multiply_each_other_end_in_a_sentence() -> None:
    levels = ['<g id="g0"><rect width="9" height="9"/></g>']
    for level in range(1, 12):
        levels.append(f'<g id="g{level}">' + f'<use xlink:href="#g{level - 1}"/>' * 10 + "</g>")
    with pytest.raises(UnableToKeep):
        kept(drawing("<defs>" + "".join(levels) + '</defs><use xlink:href="#g11"/>'))


@pytest.mark.parametrize("words", ["Rights", "สิทธิ", "ສິດທິ", "សិទ្ធិ", "အခွင့်", "Quyền"])
def test_words_are_drawn_in_all_scripts_of_the_portal(words: str) -> None:
    drawn, empty = (
        Image.open(BytesIO(kept(drawing(f'<text x="9" y="60" font-size="40">{text}</text>')).read()))
        for text in (words, "")
    )
    assert drawn.tobytes() != empty.tobytes()


def test_a_packed_drawing_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(Damaged):
        svg.unpacked(gzip.compress(bytes(svg.MOST_BYTES + 1), mtime=0))


@pytest.mark.parametrize(
    "content", [b"<html><svg/></html", b"%PDF <svg/>", gzip.compress(b"text", mtime=0), b"", b"\x1f\x8b\x08"]
)
def test_what_only_mentions_a_drawing_is_none_or_refused(content: bytes) -> None:
    with pytest.raises(UnableToKeep):
        kept(content)
