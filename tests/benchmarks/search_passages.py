"""On what is search measured? On the real material beside the project, which is not copied into it.

Passages are paragraphs of the Thai articles and of XQuAD, and the articles of the Universal Declaration of Human
Rights. Where more are wanted than there are, the sentences of two passages of a language take turns: new texts, of
real words in a real order.
"""

import csv
import html
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, count, zip_longest
from pathlib import Path

from portal.search.evaluation.folders import Collection, Passage, read

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
GLOSSARY = SHARED / "glossary.csv"
THAI_WIKIPEDIA = "thai-wikipedia"
XQUAD = {"th": "xquad-th", "zh": "xquad-zh", "vi": "xquad-vi", "en": "xquad-en"}
DECLARATION = {
    "en": "eng", "th": "tha", "lo": "lao", "km": "khm", "my": "mya", "zh": "cmn_hans", "vi": "vie"
}  # fmt: skip
#: The languages of the glossary, which are those of the portal.
WRITTEN_IN = ("en", "th", "lo", "my", "km", "vi")
#: Shorter paragraphs are headings and remarks.
SHORTEST = 80
ARTICLE = re.compile(r'<article data-number="(\d+)">(.*?)</article>', re.DOTALL)
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
#: Thai ends a sentence with a blank, as it does much else.
SENTENCE = {
    "th": re.compile(r".{30,}?(?:\s+|$)|.+", re.DOTALL),
    "": re.compile(r".+?(?:[.!?](?:\s+|$)|[。！？]|$)", re.DOTALL),
}


def is_there() -> bool:
    return (SHARED / "search").is_dir() and (SHARED / "udhr").is_dir()


def collection(name: str) -> Collection:
    return read(SHARED / "search" / name)


def declaration(language: str) -> list[Passage]:
    """The thirty articles, without their headings."""
    page = (SHARED / "udhr" / f"{DECLARATION[language]}.html").read_text(encoding="utf-8")
    return [
        Passage(
            id=f"udhr-{language}-{number}",
            title="",
            text="\n".join(html.unescape(text).strip() for text in PARAGRAPH.findall(article)),
            language=language,
        )
        for number, article in ARTICLE.findall(page)
    ]


def glossary() -> list[dict[str, str]]:
    """The concepts: their wording by language; "" where there is none."""
    with GLOSSARY.open(encoding="utf-8-sig", newline="") as file:
        return [{language: row[language] for language in WRITTEN_IN} for row in csv.DictReader(file)]


def passages(wanted: int) -> list[Passage]:
    """So many different passages, real ones first; the same in every run."""
    real = list(_real())
    different: dict[str, Passage] = {}
    for passage in chain(real, _rearranged(real)):
        if len(different) == wanted:
            break
        different.setdefault(passage.text, passage)
    return list(different.values())


def _real() -> Iterator[Passage]:
    for language in DECLARATION:
        yield from declaration(language)
    for name in (*XQUAD.values(), THAI_WIKIPEDIA):
        for article in collection(name).passages:
            paragraphs = (text for text in article.text.split("\n") if len(text) > SHORTEST)
            for number, text in enumerate(paragraphs):
                yield Passage(f"{name}-{article.id}-{number}", article.title, text, article.language)


def _rearranged(real: Sequence[Passage]) -> Iterator[Passage]:
    """Each passage with one of the same language, further and further away from it."""
    by_language: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in real:
        by_language[passage.language].append(passage)
    for distance in count(1):
        for nth, passage in enumerate(real):
            others = by_language[passage.language]
            other = others[(nth + distance * 17) % len(others)]
            if other is not passage:
                yield _in_turns(passage, other, distance)


def _in_turns(one: Passage, other: Passage, distance: int) -> Passage:
    sentence = SENTENCE.get(one.language, SENTENCE[""])
    both = zip_longest(sentence.findall(one.text), sentence.findall(other.text), fillvalue="")
    text = "".join(chain.from_iterable(both))[: max(len(one.text), len(other.text))]
    return Passage(f"{one.id}+{distance}", one.title, text, one.language)
