"""What manuals are made of, beside the blocks of every page: steps with roles, decisions, emergencies, forms."""

from lessons.manuals.blocks.body import ManualBodyBlock
from lessons.manuals.blocks.decision import BranchBlock, DecisionBlock
from lessons.manuals.blocks.emergency import EmergencyBlock
from lessons.manuals.blocks.form import FormBlock
from lessons.manuals.blocks.question import QuestionBlock
from lessons.manuals.blocks.related import RelatedPageBlock
from lessons.manuals.blocks.roles import RolesBlock
from lessons.manuals.blocks.source import SourceBlock
from lessons.manuals.blocks.step import ManualStepBlock
from lessons.manuals.blocks.streams import (
    AnnexesBlock,
    BeforeBlock,
    DefinitionsBlock,
    EmergenciesBlock,
    QuizBlock,
    RelatedBlock,
    SourcesBlock,
)
from lessons.manuals.blocks.term import TermBlock

__all__ = [
    "AnnexesBlock",
    "BeforeBlock",
    "BranchBlock",
    "DecisionBlock",
    "DefinitionsBlock",
    "EmergenciesBlock",
    "EmergencyBlock",
    "FormBlock",
    "ManualBodyBlock",
    "ManualStepBlock",
    "QuestionBlock",
    "QuizBlock",
    "RelatedBlock",
    "RelatedPageBlock",
    "RolesBlock",
    "SourceBlock",
    "SourcesBlock",
    "TermBlock",
]
