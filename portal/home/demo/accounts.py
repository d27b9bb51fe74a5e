"""Who lives in the demonstration? Made-up people, one for each role; their password is no secret."""

from dataclasses import dataclass

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


ADMINISTRATOR = Account("administrator@demo.example", "administrator", "Amina", "other")
ACCOUNTS = [
    Account("learner@demo.example", Role.LEARNER, "Lamai", "social_work"),
    Account("trainer@demo.example", Role.TRAINER, "Thida", "vocational"),
    Account("author@demo.example", Role.AUTHOR, "Arun", "social_work"),
    Account("reviewer@demo.example", Role.REVIEWER, "Rattana", "psychology"),
    Account("approver@demo.example", Role.APPROVER, "Apinya", "law"),
    Account("curator@demo.example", Role.CURATOR, "Chanthou", "other"),
    Account("manager@demo.example", Role.CENTRE_MANAGER, "Malee", "social_work"),
    ADMINISTRATOR,
]
