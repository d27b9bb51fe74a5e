"""What may stand in the text of a cue besides words?

Who speaks, slanted, bold and underlined letters, another language, and ruby. Other tags are shown as they are written,
as text; what other programs use for colours and karaoke is left out. What comes out of `clean` is closed, nested,
escaped and has no empty line: a browser reads it as one cue, whatever went in.
"""

import html
import re
from collections.abc import Iterator
from html.entities import html5

TAG = re.compile(r"<(/?)([A-Za-z]*)((?:\.[^\s<>.]*)*)(?:[ \t]([^<>\n]*))?>")
#: Karaoke times and the colours of other programs, which are not words.
DECORATION = re.compile(r"<(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}>|</?(?:c|font)(?:[.\s][^<>\n]*)?>", re.IGNORECASE)
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ALLOWED = frozenset({"v", "i", "b", "u", "lang", "ruby", "rt"})
#: Nobody nests deeper, and a browser should not have to.
DEEPEST = 8


def clean(text: str) -> str:
    """`text` with the allowed tags, closed and in order, and all else escaped; cleaning twice changes nothing."""
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _tidy("".join(_Writer().pieces(DECORATION.sub("", text))))


def plain(text: str) -> str:
    """The words alone, as a reader sees them."""
    return html.unescape(TAG.sub("", text))


def as_typed(text: str) -> str:
    """A cleaned text as a person would write it: without `&amp;` and without the last `</v>`, where nothing is lost.

    An arrow stays escaped: among other cues it would be taken for times.
    """
    for candidate in (html.unescape(text.removesuffix("</v>")), text.removesuffix("</v>"), html.unescape(text)):
        if "-->" not in candidate and clean(candidate) == text:
            return candidate
    return text


def escaped(text: str) -> str:
    """References are read first, so that what was escaped before is not escaped twice."""
    read = REFERENCE.sub(_read_reference, text)
    return read.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _read_reference(found: re.Match[str]) -> str:
    """The letter; what only looks like a reference stays as it is."""
    is_known = found[0][1] == "#" or found[0][1:] in html5
    return CONTROLS.sub(" ", html.unescape(found[0])).replace("\n", " ") if is_known else found[0]


def _tidy(text: str) -> str:
    return "\n".join(stripped for line in text.split("\n") if (stripped := line.strip()))


class _Writer:
    """Writes a text again, keeping account of the tags that are open."""

    def __init__(self) -> None:
        self.open: list[str] = []

    def pieces(self, text: str) -> Iterator[str]:
        at = 0
        for tag in TAG.finditer(text):
            yield escaped(text[at : tag.start()])
            yield self._tag(tag)
            at = tag.end()
        yield escaped(text[at:])
        yield from (f"</{name}>" for name in reversed(self.open))

    def _tag(self, tag: re.Match[str]) -> str:
        is_end, name, _classes, annotation = tag.groups()
        if name.lower() not in ALLOWED:
            return escaped(tag[0])
        return self._close(name.lower()) if is_end else self._begin(name.lower(), annotation or "")

    def _close(self, name: str) -> str:
        """With all that was opened inside of it; nothing, if it is not open."""
        closed = ""
        while name in self.open:
            closed += f"</{self.open.pop()}>"
        return closed

    def _begin(self, name: str, annotation: str) -> str:
        # Two people do not speak out of each other's mouths: a new voice ends the one before.
        before = self._close(name) if name in {"v", "rt"} else ""
        annotation = " ".join(escaped(annotation).split())
        if not self._may_begin(name, annotation):
            return before
        self.open.append(name)
        return before + (f"<{name} {annotation}>" if name in {"v", "lang"} else f"<{name}>")

    def _may_begin(self, name: str, annotation: str) -> bool:
        if name in self.open or len(self.open) >= DEEPEST:
            return False
        if name == "rt":
            return "ruby" in self.open
        if name == "lang":
            return bool(LANGUAGE.fullmatch(annotation))
        return name != "v" or bool(annotation)
