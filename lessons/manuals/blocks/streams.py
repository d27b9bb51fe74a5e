"""What may stand in the places of a manual that have a name: definitions, sources, annexes?"""

from wagtail.blocks import StreamBlock

from lessons.manuals.blocks.emergency import EmergencyBlock
from lessons.manuals.blocks.form import FormBlock
from lessons.manuals.blocks.question import QuestionBlock
from lessons.manuals.blocks.related import RelatedPageBlock
from lessons.manuals.blocks.source import SourceBlock
from lessons.manuals.blocks.term import TermBlock
from media.blocks import FileBlock
from portal.base import blocks


class EmergenciesBlock(StreamBlock):
    emergency = EmergencyBlock()


class DefinitionsBlock(StreamBlock):
    definition = blocks.DefinitionBlock()
    term = TermBlock()


class BeforeBlock(StreamBlock):
    """What must be at hand, known or agreed before the first step."""

    paragraph = blocks.ParagraphBlock()
    list = blocks.ListOfItemsBlock()
    checklist = blocks.ChecklistBlock()
    form = FormBlock()


class SourcesBlock(StreamBlock):
    source = SourceBlock()


class AnnexesBlock(StreamBlock):
    form = FormBlock()
    file = FileBlock()
    heading = blocks.HeadingBlock()
    paragraph = blocks.ParagraphBlock()
    list = blocks.ListOfItemsBlock()
    table = blocks.TableBlock()
    checklist = blocks.ChecklistBlock()


class RelatedBlock(StreamBlock):
    related = RelatedPageBlock()


class QuizBlock(StreamBlock):
    question = QuestionBlock()
