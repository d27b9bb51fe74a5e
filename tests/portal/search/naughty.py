"""What has broken other searches, and what might break ours? Strings, and whole addresses; the same in every run.

`naughty()` are some 515 strings. `storm()` are as many addresses as are wanted, of every kind in `KINDS` in turn: each
kind is a way in which a question can be long, twisted, unreadable or dear.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import quote, quote_from_bytes, urlencode

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


# --- addresses -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sent:
    """What stands behind the question mark of an address, already percent-encoded; `kind` is its name in KINDS."""

    kind: str
    query: str


#: What every text of a language has, and what stands in many: nothing is dearer to find, to rank and to mark.
FREQUENT = {
    "en": "the of and a in to is was on for with by that it are from at an be this who rights person has one",
    "th": "การ ความ และ ของ ที่ ใน เป็น ได้ ให้ มี จะ กับ จาก โดย ว่า ไม่ คือ หรือ ผู้ คน ปี นี้ ซึ่ง เมื่อ ตาม",
    "lo": "ແລະ ຂອງ ທີ່ ໃນ ເປັນ ໄດ້ ໃຫ້ ມີ ຈະ ກັບ ຈາກ ໂດຍ ວ່າ ຄົນ ສິດ ຫຼື ການ ຄວາມ ບໍ່ ຕໍ່",
    "my": "နှင့် သည် များ က ကို မှ တွင် ဖြင့် လူ အခွင့် ရှိ ဖြစ် ၏ ၍ သော အတွက်",
    "km": "និង នៃ ដែល ក្នុង ជា បាន មាន នឹង ពី ដោយ ថា មនុស្ស សិទ្ធិ ឬ ត្រូវ គ្មាន",
    "vi": "và của là có được trong cho với từ một những các để người quyền mọi không hay năm",
}
THAI_MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d"
#: How Burmese is typed in Zawgyi's codes: the same letters, in an order and with values that Unicode does not know.
ZAWGYI = (
    "\u1031\u103b\u103c\u107e\u1081\u1064\u1033\u1034\u105a\u1060"
    "\u1066\u108f\u1090\u1094\u1095\u1039\u1000\u101b\u1019\u1014"
)
BIDIRECTIONAL = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
QUOTES = '"“”„‟«»「」『』'
NAMES = ("q", "kind", "language", "topic", "audience", "year", "within", "sort", "page")
VALUES = (
    "", "0", "-1", "1", "2", "50", "51", "999", "9" * 9, "9" * 400, "1e9", "0x10", "١", "๑", "½", "None", "date",
    "relevance", "article", "section", "en", "th", "../", "a" * 60, "a" * 61, "a" * 5_000, "<b>", "\x00", "\ud7ff",
    "2024", "0000", "' OR 1=1 --", "%", "{}", "[]",
)  # fmt: skip
#: No address is longer than servers take.
LONGEST_TEXT = 10_000


def frequent(dice: random.Random) -> list[str]:
    return FREQUENT[dice.choice(list(FREQUENT))].split()


def some(dice: random.Random, words: list[str], *, most: int) -> list[str]:
    return [dice.choice(words) for _word in range(dice.randint(1, most))]


def of_any(dice: random.Random, signs: str, *, most: int) -> str:
    return "".join(some(dice, list(signs), most=most))


def wild(dice: random.Random, *, most: int) -> str:
    return "".join(chr(_code(dice)) for _letter in range(dice.randint(1, most)))


def one_letter(dice: random.Random) -> str:
    """Runs of one letter, as long as an address can be, some with gaps."""
    letter = dice.choice(
        ["a", "ก", "ເ", "က", "ក", "ế", "中", "ー", "0", "๙", "'", "-", '"', "“", "e\u0301", "😀", "ß", "ﷺ"]
    )
    return (letter * dice.choice([1, 2, 3, 47, 48, 49, 199, 200, 201, 800, LONGEST_TEXT]))[:LONGEST_TEXT]


def signs_of_syntax(dice: random.Random) -> str:
    """Thousands of quotation marks and minuses, alone and around words."""
    return of_any(dice, QUOTES + "-−  " + dice.choice(["", "a", "ก", "the "]), most=dice.choice([20, 200, 5_000]))


def nested(dice: random.Random) -> str:
    """Quotation inside of quotation, brackets inside of brackets."""
    depth = dice.choice([1, 3, 30, 300])
    opened = [dice.choice(["(", "[", "{", "“", "«", '"', "-“", "<", "-("]) for _level in range(depth)]
    return "".join(opened) + dice.choice(frequent(dice)) + dice.choice([")", "]", "”", "»", '"', ">", ""]) * depth


def many_phrases(dice: random.Random) -> str:
    """As many phrases of frequent words as there is room for: each must be looked for place by place."""
    words = frequent(dice)
    size = dice.choice([2, 2, 3, 6])
    return " ".join(
        dice.choice(["", "", "-"]) + '"' + " ".join(dice.choice(words) for _word in range(size)) + '"'
        for _phrase in range(dice.randint(1, 24))
    )


def frequent_words(dice: random.Random) -> str:
    words = [
        word for language in dice.sample(list(FREQUENT), dice.randint(1, 6)) for word in FREQUENT[language].split()
    ]
    return dice.choice([" ", "", "  ", "\u200b", " -"]).join(some(dice, words, most=40))


def one_beginning(dice: random.Random) -> str:
    """A letter or two, with which hundreds of words begin."""
    beginnings = [word[:length] for word in (*frequent(dice), "s", "c", "p") for length in (1, 2)]
    return " ".join(some(dice, beginnings, most=dice.choice([1, 24])))


def misspelt(dice: random.Random) -> str:
    """Words and runs with a letter too many, too few or in another place: another spelling is looked for."""
    letters = list(
        dice.choice(["", " "]).join(some(dice, frequent(dice), most=12)) + dice.choice(["", "zq", "ฮฮ", "ຮຮ"])
    )
    for _slip in range(dice.randint(1, 6)):
        place = dice.randrange(len(letters))
        letters[place] = dice.choice(["", letters[place] * 2, dice.choice(letters)]) or " "
    return "".join(letters)


def controls(dice: random.Random) -> str:
    """Control characters, NUL among them, between the letters of a word."""
    word = dice.choice(frequent(dice))
    return "".join(letter + chr(dice.choice([*range(32), *range(0x7F, 0xA0)])) for letter in word) * dice.randint(1, 40)


def bidirectional(dice: random.Random) -> str:
    return "".join(
        of_any(dice, BIDIRECTIONAL, most=9) + word for word in some(dice, [*frequent(dice), "שלום", "سلام"], most=30)
    )


def towers(dice: random.Random) -> str:
    """Marks upon marks upon a letter."""
    marks = dice.choice([range(0x300, 0x36F), range(0x1AB0, 0x1ABE), range(0x20D0, 0x20DC), range(0x0E34, 0x0E3A)])
    height = dice.choice([1, 9, 190, 3_000])
    return "".join(
        letter + "".join(chr(dice.choice(marks)) for _mark in range(height))
        for letter in dice.choice(["a", "silk", "ก", "ế"])
    )


def thai_out_of_order(dice: random.Random) -> str:
    """Vowels and tones before their letter, twice, without one, and in the wrong order."""
    return of_any(dice, THAI_MARKS + "กขคงเแโใไะาำๆฯ ", most=dice.choice([5, 60, 900]))


def zawgyi(dice: random.Random) -> str:
    return of_any(dice, ZAWGYI + " ", most=dice.choice([5, 60, 900]))


def stacked(dice: random.Random) -> str:
    """Khmer and Burmese letters stacked without end."""
    return of_any(dice, dice.choice(["\u17d2កខគ", "\u1039\u103aကခဂ", "\u0ebc\u0ec8ກຂ"]), most=dice.choice([5, 60, 900]))


def joined_emoji(dice: random.Random) -> str:
    signs = ["👩", "👨", "🧑", "👧", "🏽", "🏳️", "🌈", "🇹", "🇭", "❤️", "\U000e0067", "\U000e007f", "1️⃣"]
    return dice.choice(["\u200d", "", "\u200d\u200d", "\ufe0f"]).join(some(dice, signs, most=dice.choice([5, 80])))


def mixed_scripts(dice: random.Random) -> str:
    words = [word for language in FREQUENT.values() for word in language.split()] + [
        "東京",
        "שלום",
        "привет",
        "α",
        "ﾊﾝｶｸ",
    ]
    return dice.choice(["", " ", "-", "'", "_", "."]).join(some(dice, words, most=60))


def long_numbers(dice: random.Random) -> str:
    return of_any(
        dice, dice.choice(["0123456789", "๐๑๒๓๔๕๖๗๘๙", "٠١٢٣٤٥", "①②③½Ⅷ", "0123456789., "]), most=LONGEST_TEXT
    )


def markup(dice: random.Random) -> str:
    """Pieces of pages, scripts and templates, and a mark that would stand in the answer if nobody escaped it."""
    pieces = [*PLAIN[:150], "<script>", "<b zq=1>", "&#60;b zq&#62;", "</mark>", '"><i zq>', "'><i zq>", "`${zq}`"]
    return "".join(some(dice, pieces, most=12))


def anything(dice: random.Random) -> str:
    return wild(dice, most=dice.choice([5, 120, 2_000]))


def alone(make: Callable[[random.Random], str]) -> Callable[[random.Random], str]:
    """An address that only asks what `make` makes up."""

    def address(dice: random.Random) -> str:
        return f"q={quote(make(dice))}"

    return address


def broken_encoding(dice: random.Random) -> str:
    """Bytes that are no UTF-8: halves of characters, too long forms, and an end in the middle."""
    whole = dice.choice(frequent(dice)).encode()
    pieces = [
        b"\xed\xa0\x80",
        b"\xed\xb0\x80",
        b"\xc0\xaf",
        b"\xff",
        b"\xfe",
        b"\xf8\x88\x80\x80\x80",
        b"\x80",
        whole,
        whole[:-1],
    ]
    return "q=" + quote_from_bytes(b"".join(dice.choice(pieces) for _piece in range(dice.randint(1, 60))))


def all_parameters(dice: random.Random) -> str:
    """A question that finds something, and anything in what narrows it, repeated and in any order."""
    named = [(name, dice.choice([*VALUES, wild(dice, most=9)])) for name in some(dice, list(NAMES), most=12)]
    asked = [("q", " ".join(some(dice, frequent(dice), most=4)))]
    together = [*asked, *named] if dice.random() < 0.5 else [*named, *asked]
    return urlencode(together)


def no_address(dice: random.Random) -> str:
    """What stands behind a question mark and is no parameter at all."""
    return quote(of_any(dice, "q=&;%+[]?#/\\. \x00aก", most=dice.choice([5, 200])), safe="=&;%+[]?/.")


def far_pages(dice: random.Random) -> str:
    """The last pages of what finds nearly everything, by date or by relevance."""
    sort, page = dice.choice(["", "date"]), dice.choice([1, 2, 49, 50, 51, 9_999])
    return urlencode({"q": " ".join(some(dice, frequent(dice), most=8)), "sort": sort, "page": page})


KINDS: Mapping[str, Callable[[random.Random], str]] = {
    **{
        make.__name__: alone(make)
        for make in (
            one_letter, signs_of_syntax, nested, many_phrases, frequent_words, one_beginning, misspelt, controls,
            bidirectional, towers, thai_out_of_order, zawgyi, stacked, joined_emoji, mixed_scripts, long_numbers,
            markup, anything,
        )
    },
    **{make.__name__: make for make in (broken_encoding, all_parameters, no_address, far_pages)},
}  # fmt: skip


def storm(wanted: int, *, seed: str = "storm") -> Iterator[Sent]:
    """So many addresses, of every kind as many."""
    dice = random.Random(seed)  # noqa: S311 - the same storm in every run
    for kind, make in islice(cycle(KINDS.items()), wanted):
        yield Sent(kind, make(dice))
