"""What does a manual consist of, who has read it, and what was brought in?

Readings and imports keep their tables beside what they do; Django finds them through this module.
"""

from lessons.manuals.import_admin.models import ManualImport
from lessons.manuals.models.pages import HEAVY, ManualIndexPage, ManualPage, ProcedurePage, SectionPage
from lessons.manuals.reading.models import Acknowledgement, Duty, ReadingReminder, Remark, ReviewReminder

__all__ = [
    "HEAVY",
    "Acknowledgement",
    "Duty",
    "ManualImport",
    "ManualIndexPage",
    "ManualPage",
    "ProcedurePage",
    "ReadingReminder",
    "Remark",
    "ReviewReminder",
    "SectionPage",
]
