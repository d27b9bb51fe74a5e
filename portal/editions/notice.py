"""What is one sentence at the top of a page made of?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """`kind` is "warning" for what can hurt, "key" for what changes, "done" for what holds, "plain" for all else."""

    sentence: str
    kind: str = "plain"
    url: str = ""
    link_text: str = ""
    quotation: str = ""
