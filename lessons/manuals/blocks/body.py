"""What may stand in the body of a manual: what stands in every body, and what a procedure needs besides."""

import uuid
from typing import Any

from wagtail.blocks import StreamBlock, StreamValue

from lessons.manuals.blocks.decision import DecisionBlock
from lessons.manuals.blocks.emergency import EmergencyBlock
from lessons.manuals.blocks.form import FormBlock
from lessons.manuals.blocks.step import ManualStepBlock
from lessons.manuals.steps import LeadsTo, steps_of
from media.blocks import FileBlock, PictureBlock, RecordingBlock
from portal.base import blocks


class ManualBodyBlock(StreamBlock):
    """The names are those of `media.blocks.BodyBlock`: what is stored goes on being read."""

    heading = blocks.HeadingBlock()
    paragraph = blocks.ParagraphBlock()
    procedure_step = ManualStepBlock()
    decision = DecisionBlock()
    emergency = EmergencyBlock()
    warning = blocks.WarningBlock()
    checklist = blocks.ChecklistBlock()
    key_point = blocks.KeyPointBlock()
    list = blocks.ListOfItemsBlock()
    table = blocks.TableBlock()
    form = FormBlock()
    file = FileBlock()
    picture = PictureBlock()
    recording = RecordingBlock()
    quotation = blocks.QuotationBlock()
    definition = blocks.DefinitionBlock()
    call_to_action = blocks.CallToActionBlock()

    def clean(self, value: StreamValue) -> StreamValue:
        """A step that was named by its number is kept by its id: numbers change when a step is put between."""
        cleaned = super().clean(value)
        for child in cleaned:
            child.id = child.id or str(uuid.uuid4())
        ids = {str(step.number): step.id for step in steps_of(cleaned)}
        for child in cleaned:
            if child.block_type == "decision":
                for branch in child.value["branches"]:
                    _name_by_id(branch, ids)
        return cleaned


def _name_by_id(branch: Any, ids: dict[str, str]) -> None:
    if branch["leads_to"] == LeadsTo.STEP:
        written = (branch["step"] or "").strip()
        branch["step"] = ids.get(written, written)
    else:
        branch["step"] = ""
