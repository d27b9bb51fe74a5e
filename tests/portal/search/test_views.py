"""Does the search survive whatever is typed into it?"""

import html
import random
import re
import unicodedata
from collections.abc import Callable

import pytest
from django.test import Client

from lessons.manuals.models import SectionPage
from portal.home.models import HomePage
from tests.portal.search.conftest import Search

Index = Callable[[], int]

PLAIN = [
    "", " ", "undefined", "null", "None", "NaN", "-1", "1e309", "0x0", "true", "\\", "/", "'", '"', "''", '""',
    "'\"", "`", "*", "**", "?", "ก*", "*ก", "a* b* c*", "(", ")", "()", "((((((((", "[", "]", "{", "}", "{{",
    "{% %}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%", "%s%s%s%n", "%d", "%00", "%ff", "&", "&amp;",
    "&lt;script&gt;", ";", ":", "title:secret", "labels:audience", "sensitivity:2", "+", "-", "--", "- -",
    "-silk", "NOT", "AND", "OR", "NOT NOT", "AND OR NOT", "silk AND", "silk TO sewing", "[a TO z]", "{a TO z}",
    "^", "^5", "silk^1000000", "~", "silk~", "silk~99", "..", "../../etc/passwd", "C:\\CON", "\r\n",
    "\r\nSet-Cookie: a=b", "\t", "\x00", "silk\x00", "\x00silk", "\x01\x02\x1b[31m", "\x7f", "\x80\x9f",
    "\ufffe", "\uffff", "\ufeff", "\u200b", "\u200d\u200d", "\u202esilk\u202c", "\u2066\u2067\u2068", "\u00ad",
    "\u2028", "\u2029", "\U000e0001", "\U0010ffff", "😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇹🇭🇱🇦", "👍🏽", "ﷺ", "﷽",
    "ٱلسَّلَامُ", "שלום", "東京", "ﾊﾝｶｸ", "ǅ", "ß", "ẞ", "İi", "ı", "ſ", "Å", "Ω", "½", "①", "Ⅷ", "𝕊𝕚𝕝𝕜",
    "ｓｉｌｋ", "ำ", "ํา", "เ", "ะ", "์", "กกกกกกกก", "ทททททททททท", "ຳ", "្", "္", "နန", "ក្ខ្គ្ឃ", "ｶﾞ",
    "e\u0301", "\u0301", "\u0e48\u0e48\u0e48", "ก" + "\u0e34" * 60, "1;DROP TABLE users",
    "1'; DROP TABLE users--", "' OR 1=1 -- ", "1 UNION SELECT 1", "admin'--", "$(id)", "`id`", "|id",
    "; sleep 5", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
    "javascript:alert(1)", "<mark>silk</mark>", "</mark><script>", "<!--", "-->", "<![CDATA[", "]]>",
    "<a href=x>silk</a>", "' onmouseover='x", "<\x00script>", "＜script＞", "<style>", "(a+)+$",
    "^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 10_000, "ก" * 10_000, "a " * 5_000, "ก " * 5_000, "'" * 5_000,
    "การ" * 3_000, " ".join(map(str, range(3_000))), "-" * 3_000, "<" * 3_000, "😀" * 3_000,
    "a" * 199 + "\u0301" * 200, "q=q&q=q", "http://a.example/?q=<>",
]  # fmt: skip


def naughty() -> list[str]:
    """Strings that broke other searches, and hundreds made of their pieces and of random characters."""
    dice = random.Random(515)  # noqa: S311 - the same strings in every run
    zalgo = [
        "".join(letter + "".join(chr(dice.randint(0x300, 0x36F)) for _ in range(9)) for letter in "silk")
        for _ in range(20)
    ]
    glued = ["".join(dice.sample(PLAIN[:150], 4)) for _ in range(150)]
    wild = ["".join(chr(_code(dice)) for _ in range(dice.randint(1, 120))) for _ in range(200)]
    return PLAIN + zalgo + glued + wild


def _code(dice: random.Random) -> int:
    """Any character, most often of the first two planes; never half of one: those cannot be sent as UTF-8."""
    code = dice.choice(
        [dice.randint(0, 0x2FF), dice.randint(0xE00, 0x17FF), dice.randint(0, 0x1FFFF), dice.randint(0, 0x10FFFF)]
    )
    return code if unicodedata.category(chr(code)) != "Cs" else 0x20


def test_no_string_breaks_the_search_or_comes_back_as_markup(
    thai_section: SectionPage, section: SectionPage, indexed: Index, client: Client
) -> None:
    indexed()
    strings = naughty()
    assert len(strings) > 515
    frame = _markup(client.get("/en/search/", {"q": "zzzz"}).content.decode())
    for text in strings:
        response = client.get("/en/search/", {"q": text})
        assert response.status_code == 200, ascii(text)
        answer = response.content.decode()
        assert _markup(answer) - frame <= ALLOWED, ascii(text)


#: What the answers to other questions may have more than the answer to one that finds nothing.
ALLOWED = {"section", "ol", "li", "h2", "h3", "mark", "span", "nav", "ul", "br", "p", "a", "div"}


def _markup(page: str) -> set[str]:
    return set(re.findall(r"<([a-z][a-z0-9-]*)", page)) | set(re.findall(r"\bon[a-z]+(?==)", _tags(page)))


def _tags(page: str) -> str:
    return " ".join(re.sub(r'"[^"]*"', "", tag) for tag in re.findall(r"<[a-z][^>]*>", page))


@pytest.mark.parametrize(
    "query",
    [
        "q=%ed%a0%80", "q=%ff%fe", "q=%00", "q=silk%00&kind=%00", "q=%c0%af", "q=a&q=b", "q[]=a", "q", "=", "%",
        "q=silk&page=%00", "q=silk&page=-1", "q=silk&page=99999999999999999999", "q=silk&page=%E0%B9%91",
        "q=silk&kind=<script>", "q=silk&kind=' OR 1=1",
    ],
)  # fmt: skip
def test_no_address_breaks_the_search(section: SectionPage, indexed: Index, client: Client, query: str) -> None:
    indexed()
    response = client.get(f"/en/search/?{query}")
    assert response.status_code in {200, 400}
    assert "<script>" not in response.content.decode().split("<main", 1)[-1]


def test_what_was_asked_stands_in_the_field_again_and_nowhere_as_markup(
    home: HomePage, indexed: Index, search: Search
) -> None:
    indexed()
    asked = '"><script>alert(1)</script>'
    answer = search(asked)
    assert "<script>alert" not in answer.html
    assert html.escape(asked) in answer.html


def test_nothing_of_a_question_is_kept_or_logged(
    section: SectionPage, indexed: Index, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    indexed()
    with caplog.at_level("DEBUG"):
        response = client.get("/en/search/", {"q": "identification zzsecret"})
    assert "zzsecret" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("portal")
    )
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_search_only_answers_questions(home: HomePage, client: Client, method: str) -> None:
    assert getattr(client, method)("/en/search/").status_code == 405
