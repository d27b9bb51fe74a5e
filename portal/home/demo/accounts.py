"""Who lives in the demonstration? Made-up people, one for each role; their password is no secret."""

from dataclasses import dataclass

from portal.people.models import Discipline
from portal.people.roles import Role

PASSWORD = "thai-silk-demonstration"  # noqa: S105 - printed at every start; production refuses to load it


@dataclass(frozen=True)
class Account:
    email: str
    role: str
    first_name: str
    discipline: str
    last_name: str = "(made up)"
    password: str = PASSWORD


ADMINISTRATOR = Account("administrator@demo.example", "administrator", "Amina", Discipline.OTHER)
ACCOUNTS = [
    Account("learner@demo.example", Role.LEARNER, "Lamai", Discipline.SOCIAL_WORK),
    Account("trainer@demo.example", Role.TRAINER, "Thida", Discipline.VOCATIONAL),
    Account("author@demo.example", Role.AUTHOR, "Arun", Discipline.SOCIAL_WORK),
    Account("reviewer@demo.example", Role.REVIEWER, "Rattana", Discipline.PSYCHOLOGY),
    Account("approver@demo.example", Role.APPROVER, "Apinya", Discipline.LAW),
    Account("curator@demo.example", Role.CURATOR, "Chanthou", Discipline.OTHER),
    Account("manager@demo.example", Role.CENTRE_MANAGER, "Malee", Discipline.SOCIAL_WORK),
    ADMINISTRATOR,
]
