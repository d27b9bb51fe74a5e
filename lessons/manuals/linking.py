"""Where do the links of a manuscript lead, once its pages are made?

In the file they name a bookmark, a heading or another file; on the site they are links to pages, which outlive every
change of an address, or to a place in the same page.
"""

import json
import re
from html import unescape
from typing import Any

from django.utils.html import escape

from lessons.manuals.reading_in import Manuscript
from portal.base.findable import STEP, anchor_of

LINK = re.compile(r'<a href="import:#([^"]*)">(.*?)</a>', re.DOTALL)
#: Blocks that can be linked to, and what their anchors begin with.
ANCHORED = {"heading": "heading", "procedure_step": STEP}


class Linking:
    """Puts links into the blocks of a manuscript; counts those that lead nowhere."""

    def __init__(self, manuscript: Manuscript, *, manual: int, sections: list[int]) -> None:
        self.anchors = manuscript.anchors
        self.pages = {-1: manual, **dict(enumerate(sections))}
        self.kinds = {block["id"]: block["type"] for block in manuscript.blocks()}
        self.broken = 0

    def linked(self, blocks: list[dict[str, Any]], *, section: int) -> list[dict[str, Any]]:
        """The blocks with real links, read from page `section` (-1 for the manual)."""
        if not any("import:" in json.dumps(block["value"]) for block in blocks):
            return blocks
        return [{**block, "value": self.in_value(block["value"], section)} for block in blocks]

    def in_value(self, value: Any, section: int) -> Any:
        if isinstance(value, str):
            return LINK.sub(lambda found: self.link(found, section), value)
        if isinstance(value, list):
            return [self.in_value(inner, section) for inner in value]
        if isinstance(value, dict):
            return {name: self.in_value(inner, section) for name, inner in value.items()}
        return value

    def link(self, found: re.Match[str], section: int) -> str:
        name, words = unescape(found[1]), found[2]
        place = self.anchors.get(name) or self.anchors.get(name.partition("#")[0])
        if place is None:
            self.broken += 1
            return words
        number, block = place
        kind = self.kinds.get(block, "")
        if number == section and kind in ANCHORED:
            return f'<a href="#{escape(anchor_of(ANCHORED[kind], block))}">{words}</a>'
        return f'<a linktype="page" id="{self.pages[number]}">{words}</a>'
