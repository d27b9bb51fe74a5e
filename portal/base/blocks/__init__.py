"""The blocks of text that pages are made of; their names say meaning, never look. Media blocks are in `media`."""

from portal.base.blocks.call_to_action import CallToActionBlock
from portal.base.blocks.checklist import ChecklistBlock
from portal.base.blocks.definition import DefinitionBlock
from portal.base.blocks.heading import HeadingBlock
from portal.base.blocks.key_point import KeyPointBlock
from portal.base.blocks.list import ListOfItemsBlock
from portal.base.blocks.paragraph import ParagraphBlock
from portal.base.blocks.procedure_step import ProcedureStepBlock
from portal.base.blocks.quotation import QuotationBlock
from portal.base.blocks.table import TableBlock
from portal.base.blocks.warning import WarningBlock

__all__ = [
    "CallToActionBlock",
    "ChecklistBlock",
    "DefinitionBlock",
    "HeadingBlock",
    "KeyPointBlock",
    "ListOfItemsBlock",
    "ParagraphBlock",
    "ProcedureStepBlock",
    "QuotationBlock",
    "TableBlock",
    "WarningBlock",
]
