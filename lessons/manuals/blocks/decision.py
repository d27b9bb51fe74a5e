"""A question at which ways part. It draws itself as a flow chart, with the same in words beside it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, PageChooserBlock, StructBlock, StructValue, TextBlock

from lessons.manuals.blocks.roles import RolesBlock
from lessons.manuals.blocks.step_reference import StepReferenceBlock
from lessons.manuals.flow_chart import drawing
from lessons.manuals.steps import LeadsTo, around_in, ways_of
from portal.base.findable import STEP, Part, anchor_of, lines_of, one_text


class BranchBlock(StructBlock):
    answer = CharBlock(label=_("Answer"), max_length=120)
    leads_to = ChoiceBlock(label=_("Where it leads"), choices=LeadsTo.choices, default=LeadsTo.NEXT, search_index=False)
    step = StepReferenceBlock(required=False)
    section = PageChooserBlock(
        label=_("Which section"), page_type=["manuals.SectionPage"], required=False, search_index=False
    )
    note = CharBlock(label=_("Note"), required=False, max_length=240)

    class Meta:
        icon = "arrow-right"
        label = _("Way")


class DecisionBlock(StructBlock):
    question = CharBlock(label=_("Question"), max_length=200)
    who = CharBlock(label=_("Who decides"), required=False, max_length=160, help_text=_("Roles, not names."))
    roles = RolesBlock()
    text = TextBlock(label=_("What to weigh"), required=False)
    branches = ListBlock(BranchBlock(), label=_("Ways"), min_num=2, max_num=6)
    opens_part = True

    def findable_parts(self, value: StructValue, *, language: str, block_id: str) -> Iterator[Part]:
        """As a step is found; where the ways lead is added by the page, which knows its other steps."""
        told = {name: inner for name, inner in value.items() if name != "question"}
        yield Part(
            text=one_text(lines_of(self, told)),
            heading=value["question"],
            anchor=anchor_of(STEP, block_id),
            kind=STEP,
        )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        block_id = context.get("id")
        around = around_in(parent_context, block_id)
        ways = ways_of(value, block_id=block_id, steps=around.steps)
        chart = drawing(
            anchor_of("chart", block_id) or "chart",
            value["question"],
            number=around.number,
            before=around.before,
            ways=ways,
        )
        return {**context, "anchor": anchor_of(STEP, block_id), "number": around.number, "ways": ways, "chart": chart}

    class Meta:
        icon = "help"
        label = _("Decision")
        template = "manuals/blocks/decision.html"
