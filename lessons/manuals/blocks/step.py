"""One step of a procedure that also says whom it touches."""

from typing import Any

from wagtail.blocks import StructValue

from lessons.manuals.blocks.roles import RolesBlock
from lessons.manuals.steps import around_in
from portal.base.blocks import ProcedureStepBlock


class ManualStepBlock(ProcedureStepBlock):
    roles = RolesBlock()

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "number": around_in(parent_context, context.get("id")).number}

    class Meta:
        template = "manuals/blocks/procedure_step.html"
