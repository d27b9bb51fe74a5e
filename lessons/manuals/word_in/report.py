"""What does a person read about an import: what came through, what to look at, and what was left behind?

Unlike the rest of this package it belongs to the portal's side: its sentences are translated.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy


@dataclass(frozen=True)
class Report:
    """Sentences, in the language of whoever reads them."""

    carried: list[str] = field(default_factory=list)
    look_at: list[str] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)


#: What came through in another form. The author should look at it.
CHANGED = {
    "deletions": ngettext_lazy(
        "%(count)d passage was deleted while changes were tracked; it is left out.",
        "%(count)d passages were deleted while changes were tracked; they are left out.", "count"),
    "insertions": ngettext_lazy(
        "%(count)d tracked insertion is taken as accepted.",
        "%(count)d tracked insertions are taken as accepted.", "count"),
    "hidden": ngettext_lazy(
        "%(count)d piece of text is hidden in Word; here it can be read.",
        "%(count)d pieces of text are hidden in Word; here they can be read.", "count"),
    "text_boxes": ngettext_lazy(
        "%(count)d text box stands behind the paragraph that it was fixed to.",
        "%(count)d text boxes stand behind the paragraphs that they were fixed to.", "count"),
    "equations": ngettext_lazy(
        "%(count)d equation is a line of plain text now.",
        "%(count)d equations are lines of plain text now.", "count"),
    "frames": ngettext_lazy(
        "%(count)d table only arranged the page; what stood in it is running text now.",
        "%(count)d tables only arranged the page; what stood in them is running text now.", "count"),
    "nested_tables": ngettext_lazy(
        "%(count)d table stood inside another one; it comes behind that one now.",
        "%(count)d tables stood inside others; they come behind those now.", "count"),
    "merged_cells": ngettext_lazy(
        "%(count)d merged cell is divided; its words stand in the first of its places.",
        "%(count)d merged cells are divided; their words stand in the first of their places.", "count"),
    "by_bold": ngettext_lazy(
        "The file has no headings, so short lines in bold were taken for headings.",
        "The file has no headings, so short lines in bold were taken for headings.", "count"),
    "boxes": ngettext_lazy(
        "%(count)d box became a warning, a key point or a paragraph.",
        "%(count)d boxes became warnings, key points or paragraphs.", "count"),
    "code": ngettext_lazy(
        "%(count)d piece of program text is a paragraph now.",
        "%(count)d pieces of program text are paragraphs now.", "count"),
    "html": ngettext_lazy(
        "Of %(count)d piece of HTML only the words are kept.",
        "Of %(count)d pieces of HTML only the words are kept.", "count"),
    "placeholders": ngettext_lazy(
        "%(count)d placeholder such as {{ name }} stands as it was written.",
        "%(count)d placeholders such as {{ name }} stand as they were written.", "count"),
    "commented_out": ngettext_lazy(
        "%(count)d passage with things to tick was commented out in the file; here it can be read.",
        "%(count)d passages with things to tick were commented out in the file; here they can be read.", "count"),
}  # fmt: skip

#: What did not come through.
LEFT = {
    "comments": ngettext_lazy(
        "%(count)d comment of a reviewer or writer.", "%(count)d comments of reviewers or writers.", "count"),
    "headers": ngettext_lazy(
        "The words of %(count)d page header or footer.",
        "The words of %(count)d page headers and footers.", "count"),
    "charts": ngettext_lazy(
        "%(count)d chart. Save it in Word as a picture, and add it by hand.",
        "%(count)d charts. Save them in Word as pictures, and add them by hand.", "count"),
    "diagrams": ngettext_lazy(
        "%(count)d diagram of Word (SmartArt). Save it as a picture, and add it by hand.",
        "%(count)d diagrams of Word (SmartArt). Save them as pictures, and add them by hand.", "count"),
    "objects": ngettext_lazy(
        "%(count)d embedded object, such as a spreadsheet; only the picture of it is kept.",
        "%(count)d embedded objects, such as spreadsheets; only the pictures of them are kept.", "count"),
    "other_documents": ngettext_lazy(
        "%(count)d other document that Word shows inside this one.",
        "%(count)d other documents that Word shows inside this one.", "count"),
    "linked_pictures": ngettext_lazy(
        "%(count)d picture that is not in the file but somewhere else.",
        "%(count)d pictures that are not in the file but somewhere else.", "count"),
    "missing_pictures": ngettext_lazy(
        "%(count)d picture that the file names but does not hold.",
        "%(count)d pictures that the file names but does not hold.", "count"),
    "signs": ngettext_lazy(
        "%(count)d sign of a special font that we do not know.",
        "%(count)d signs of special fonts that we do not know.", "count"),
    "unsafe_links": ngettext_lazy(
        "%(count)d link that leads to no web page; its words are kept.",
        "%(count)d links that lead to no web page; their words are kept.", "count"),
    "broken_links": ngettext_lazy(
        "%(count)d link to a place that is not in the file; its words are kept.",
        "%(count)d links to places that are not in the file; their words are kept.", "count"),
    "other_files": ngettext_lazy(
        "%(count)d file that is neither Markdown nor a picture.",
        "%(count)d files that are neither Markdown nor pictures.", "count"),
}  # fmt: skip


def counts_of(manuscript: Any) -> dict[str, int]:
    """How many things of each kind a manuscript holds."""
    counts = Counter(block["type"] for block in manuscript.blocks())
    counts["sections"] = len(manuscript.sections)
    counts["to_tick"] = sum(
        len(block["value"]["items"]) for block in manuscript.blocks() if block["type"] == "checklist"
    )
    counts["words"], counts["words_kept"] = manuscript.words, manuscript.words_kept
    return dict(counts)


def report_on(counts: Mapping[str, int], remarks: Mapping[str, int], refused: list[dict[str, Any]]) -> Report:
    """The sentences; `refused` pictures have a "place" and a "reason"."""
    left = list(said(LEFT, remarks))
    left += [
        _("Picture %(number)d: %(reason)s") % {"number": each["place"], "reason": each["reason"]} for each in refused
    ]
    missing = counts.get("words", 0) - counts.get("words_kept", 0)
    if missing > 0:
        left.append(ngettext("%(count)d word.", "%(count)d words.", missing) % {"count": missing})
    return Report(list(carried(counts, remarks)), list(said(CHANGED, remarks)), left)


def said(sentences: Mapping[str, Any], remarks: Mapping[str, int]) -> Iterator[str]:
    for name, sentence in sentences.items():
        if times := remarks.get(name, 0):
            yield str(sentence % {"count": times})


def carried(counts: Mapping[str, int], remarks: Mapping[str, int]) -> Iterator[str]:
    words = counts.get("words", 0)
    if words:
        kept = counts.get("words_kept", 0)
        # Rounded down: a word that is missing never counts as here.
        percent = f"{kept * 1000 // words / 10:g}"
        yield _("%(kept)d of %(words)d words (%(percent)s %%).") % {"kept": kept, "words": words, "percent": percent}
    several = (
        ("sections", ngettext("%(count)d section.", "%(count)d sections.", counts.get("sections", 0))),
        ("procedure_step", ngettext("%(count)d step.", "%(count)d steps.", counts.get("procedure_step", 0))),
        ("to_tick", ngettext("%(count)d box to tick.", "%(count)d boxes to tick.", counts.get("to_tick", 0))),
        ("table", ngettext("%(count)d table.", "%(count)d tables.", counts.get("table", 0))),
        ("picture", ngettext("%(count)d picture.", "%(count)d pictures.", counts.get("picture", 0))),
    )
    for name, sentence in several:
        if times := counts.get(name, 0):
            yield sentence % {"count": times}
    if times := remarks.get("footnotes", 0):
        yield ngettext("%(count)d footnote.", "%(count)d footnotes.", times) % {"count": times}
