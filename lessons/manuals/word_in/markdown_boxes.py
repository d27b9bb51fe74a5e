"""How do people write boxes and tabs in Markdown? `!!! danger "Title"`, `??? tip`, `=== "Tab"`, indented below.

Markdown itself takes what is indented for code. Here is a rule for markdown-it that reads it as what it is; it takes
steps of four columns, as the programs do that invented it.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

OPENING = re.compile(r"""(?:!!!|\?\?\?\+?|===\+?)\s*([\w -]*?)\s*(?:"(.*)"|'(.*)')?\s*\Z""")
INDENT = 4


def boxes(md: MarkdownIt) -> None:
    md.block.ruler.before("fence", "box", box, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or line[:3] not in {"!!!", "???", "==="}:
        return False
    found = OPENING.match(line)
    if not found or (line.startswith("===") and found[2] is None and found[3] is None):
        return False
    if silent:
        return True
    inner = state.sCount[start] + INDENT
    last = last_line(state, start, end, inner)
    token = state.push("box_open", "div", 1)
    token.info, token.content, token.map = found[1].strip().lower(), found[2] or found[3] or "", [start, last]
    token.markup = line[:3]
    # Many people indent more than they need to; all that is more is no code.
    inner = min((state.sCount[at] for at in range(start + 1, last) if not state.isEmpty(at)), default=inner)
    read_inside(state, start + 1, last, inner)
    state.push("box_close", "div", -1)
    state.line = last
    return True


def last_line(state: StateBlock, start: int, end: int, inner: int) -> int:
    """The line behind the last that is indented enough; empty ones between belong to it."""
    last = at = start + 1
    while at < end and (state.isEmpty(at) or state.sCount[at] >= inner):
        at += 1
        if not state.isEmpty(at - 1):
            last = at
    return last


def read_inside(state: StateBlock, start: int, end: int, inner: int) -> None:
    old_parent, old_last, old_indent = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "box", end, inner
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax, state.blkIndent = old_parent, old_last, old_indent
