"""One step of a procedure: who does what, when, and what must not go wrong."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, StructValue, TextBlock

from portal.base.blocks.paragraph import INLINE_FEATURES
from portal.base.findable import STEP, Part, anchor_of, lines_of, one_text


class ProcedureStepBlock(StructBlock):
    title = CharBlock(label=_("Step"), max_length=160)
    when = CharBlock(label=_("When"), required=False, max_length=160)
    who = CharBlock(label=_("Who"), required=False, max_length=160, help_text=_("Roles, not names."))
    text = RichTextBlock(label=_("What to do"), features=[*INLINE_FEATURES, "ul", "ol"])
    do_no_harm = TextBlock(label=_("Do no harm"), required=False)
    time_limit = CharBlock(label=_("Time limit"), required=False, max_length=160)
    evidence = CharBlock(
        label=_("Evidence"), required=False, max_length=240, help_text=_("What shows that the step was done.")
    )
    #: A checklist or a warning that follows a step belongs to it.
    opens_part = True

    def findable_parts(self, value: StructValue, *, language: str, block_id: str) -> Iterator[Part]:
        told = {name: inner for name, inner in value.items() if name != "title"}
        yield Part(
            text=one_text(lines_of(self, told)),
            heading=value["title"],
            anchor=anchor_of(STEP, block_id),
            kind=STEP,
        )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "anchor": anchor_of(STEP, context.get("id"))}

    class Meta:
        icon = "order"
        label = _("Procedure step")
        template = "base/blocks/procedure_step.html"
