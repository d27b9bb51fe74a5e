"""What may stand in the body of a page."""

from wagtail.blocks import StreamBlock

from media.blocks.file import FileBlock
from media.blocks.picture import PictureBlock
from media.blocks.recording import RecordingBlock
from portal.base import blocks


class BodyBlock(StreamBlock):
    heading = blocks.HeadingBlock()
    paragraph = blocks.ParagraphBlock()
    list = blocks.ListOfItemsBlock()
    picture = PictureBlock()
    recording = RecordingBlock()
    quotation = blocks.QuotationBlock()
    warning = blocks.WarningBlock()
    key_point = blocks.KeyPointBlock()
    procedure_step = blocks.ProcedureStepBlock()
    checklist = blocks.ChecklistBlock()
    table = blocks.TableBlock()
    definition = blocks.DefinitionBlock()
    file = FileBlock()
    call_to_action = blocks.CallToActionBlock()
