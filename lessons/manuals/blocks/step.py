"""One step of a procedure that also says whom it touches."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock, StructValue

from lessons.manuals.blocks.roles import RolesBlock
from lessons.manuals.steps import around_in
from portal.base.blocks import ProcedureStepBlock
from portal.base.blocks.paragraph import INLINE_FEATURES


class ManualStepBlock(ProcedureStepBlock):
    #: A step of one sentence says it in its title.
    text = RichTextBlock(label=_("What to do"), features=[*INLINE_FEATURES, "ul", "ol"], required=False)
    roles = RolesBlock()

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "number": around_in(parent_context, context.get("id")).number}

    class Meta:
        template = "manuals/blocks/procedure_step.html"
