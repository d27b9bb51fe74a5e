"""What stands in one paragraph: words, which of them are strong, which lead somewhere, where a line must end?

A paragraph is a flat list of runs, however deeply its HTML was nested: Typst bounds how deep calls may go, and somebody
else's HTML does not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from portal.editions.paper.letters import breaking, clean

STRONG, EMPHASIS, CODE, STRUCK, RAISED, LOWERED, MARKED = "b", "e", "c", "s", "p", "q", "m"
STYLES = {
    "b": STRONG, "strong": STRONG, "th": STRONG, "i": EMPHASIS, "em": EMPHASIS, "cite": EMPHASIS, "dfn": EMPHASIS,
    "var": EMPHASIS, "code": CODE, "kbd": CODE, "samp": CODE, "tt": CODE, "s": STRUCK, "del": STRUCK, "strike": STRUCK,
    "sup": RAISED, "sub": LOWERED, "mark": MARKED,
}  # fmt: skip
LONGEST_ADDRESS = 2000
#: In em; a longer address is parted where an address may be.
ROOM_OF_FOOTNOTE, SIGN_OF_FOOTNOTE = 20.0, 1.0


@dataclass(frozen=True)
class Run:
    """Some letters that look the same. `address` leads out of the portal; `newline` ends the line before the text."""

    text: str
    styles: str = ""
    address: str = ""
    language: str = ""
    newline: bool = False


@dataclass(frozen=True)
class Style:
    """What holds for everything inside an element."""

    styles: str = ""
    address: str = ""
    language: str = ""

    def inside(self, tag: str, attributes: Any) -> "Style":
        added = STYLES.get(tag, "")
        return replace(
            self,
            styles=self.styles if added in self.styles else self.styles + added,
            address=(outside(attributes.get("href", "")) if tag == "a" else "") or self.address,
            language=known_language(attributes.get("lang", "")) or self.language,
        )

    def run(self, text: str) -> Run:
        return Run(text, styles=self.styles, address=self.address, language=self.language)


def known_language(written: str) -> str:
    """Two or three letters, as Typst takes them; nothing for what is no language."""
    code = written.strip().split("-")[0].lower()
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else ""


def outside(address: str) -> str:
    """`address` if it leads out of the portal and a printed page can name it."""
    address = clean(address).strip()
    if not address or len(address) > LONGEST_ADDRESS or " " in address or "\n" in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme in {"http", "https"}:
        return address if parts.netloc else ""
    return address if parts.scheme in {"mailto", "tel"} and parts.path else ""


def in_one_line(runs: Sequence[Run]) -> list[Run]:
    """As HTML shows it: white space is one space, none at the ends of lines, neighbours that look alike are one run."""
    tidy: list[Run] = []
    ends_open = False
    for run in runs:
        text = " ".join(("x" + clean(run.text).replace("\n", " ") + "x").split(" "))
        text = _with_single_spaces(text)[1:-1]
        begins_line = run.newline and bool(tidy)
        if begins_line or not ends_open:
            text = text.lstrip(" ")
        if text or begins_line:
            tidy = _added(tidy, replace(run, text=text, newline=begins_line))
            ends_open = not text.endswith(" ") if text else False
    return _without_end(tidy)


def _with_single_spaces(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


def _added(runs: list[Run], run: Run) -> list[Run]:
    if run.newline and runs:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
    if runs and not run.newline and replace(runs[-1], text="", newline=False) == replace(run, text=""):
        runs[-1] = replace(runs[-1], text=runs[-1].text + run.text)
    else:
        runs.append(run)
    return runs


def _without_end(runs: list[Run]) -> list[Run]:
    while runs and not runs[-1].text.strip(" "):
        runs.pop()
    if runs:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
    return runs


def written(runs: Sequence[Run], *, room: float, language: str) -> list[Any]:
    """What the templates read: a text, or what is to be known of it besides."""
    tidy = in_one_line(runs)
    if any(run.address for run in tidy):
        room -= SIGN_OF_FOOTNOTE
    texts = breaking(
        ["\n" + run.text if run.newline else run.text for run in tidy], room=room, language=language
    )  # fmt: skip
    return [
        _written(replace(run, text=text.lstrip("\n")), language=language)
        for run, text in zip(tidy, texts, strict=True)
    ]  # fmt: skip


def _written(run: Run, *, language: str) -> str | dict[str, Any]:
    facts: dict[str, Any] = {"s": run.styles, "a": run.address, "n": run.newline}
    facts["l"] = run.language if run.language != language else ""
    told = {name: fact for name, fact in facts.items() if fact}
    if "a" in told:
        # An address that is its own text needs no footnote.
        address = clean(run.address)
        told["d"] = "".join(breaking([address], room=ROOM_OF_FOOTNOTE, language="en"))
        told["is_told"] = address.removeprefix("mailto:").removeprefix("tel:") in run.text.replace("\u200b", "")
    return {"t": run.text, **told} if told else run.text


def text_of(runs: Sequence[Run]) -> str:
    return " ".join("".join("\n" + run.text if run.newline else run.text for run in in_one_line(runs)).split())


def runs_of(element: Any, style: Style, *, without: Callable[[Any], bool]) -> Iterator[Run]:
    """Everything that is written inside `element`, in order, but for what stands in elements that are left out."""
    # A stack of our own: nesting costs no calls.
    waiting: list[tuple[Any, Style]] = [(element, style)]
    while waiting:
        thing, inside = waiting.pop()
        if isinstance(thing, str):
            yield inside.run(thing)
            continue
        if not isinstance(thing.tag, str) or without(thing):
            continue
        if thing.tag == "br":
            yield replace(inside.run(""), newline=True)
            continue
        inside = inside.inside(thing.tag, thing.attrib)
        inner: list[tuple[Any, Style]] = [(thing.text, inside)] if thing.text else []
        for child in thing:
            inner.append((child, inside))
            if child.tail:
                inner.append((child.tail, inside))
        waiting.extend(reversed(inner))
