"""What is there to learn, what did people do, and what follows from it?"""

from lessons.progress.models.achievements import Achievement, Credential
from lessons.progress.models.events import LearningEvent, ParkedEvent, Verb
from lessons.progress.models.objects import EditionObject, Kind, LearningObject
from lessons.progress.models.states import CourseState, ObjectState, Rank

__all__ = [
    "Achievement",
    "CourseState",
    "Credential",
    "EditionObject",
    "Kind",
    "LearningEvent",
    "LearningObject",
    "ObjectState",
    "ParkedEvent",
    "Rank",
    "Verb",
]
