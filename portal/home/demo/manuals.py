"""How does the front matter of a manual's text become what stands around its steps?"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lessons.manuals.models import ManualPage, ProcedurePage
from portal.home.demo import blocks
from portal.home.demo.accounts import ACCOUNTS
from portal.home.demo.blocks import Block, Listed, Shelf, rich
from portal.home.demo.files import Text
from portal.people.models import Centre, User
from portal.people.roles import Role

Made = Callable[[Any, Shelf], Block]


def _definition(fields: dict[str, Any], shelf: Shelf) -> Block:
    """A term of the glossary by its number, or a word with its meaning."""
    if "glossary" in fields:
        return "term", {"concept": fields["glossary"]}
    return blocks.definition(fields, shelf)


def _source(fields: dict[str, Any], shelf: Shelf) -> Block:
    told = {name: str(fields.get(name, "")) for name in ("source", "article", "says")}
    return "source", {**told, "checked_on": fields["checked_on"].isoformat()}


def _related(fields: dict[str, Any], shelf: Shelf) -> Block:
    return "related", {"page": shelf.page(fields["page"]), "why": fields["why"]}


def _question(fields: dict[str, Any], shelf: Shelf) -> Block:
    """The right answer is the one with a star."""
    answers = [{"text": text.removeprefix("* "), "is_right": text.startswith("* ")} for text in fields["answers"]]
    return "question", {"question": fields["question"], "answers": Listed(answers), "why": fields["why"]}


def _before(items: list[str], shelf: Shelf) -> Block:
    return "list", {"kind": "bullet", "items": Listed([rich(item) for item in items])}


#: The keys of the front matter that are streams of blocks, and how each of their entries is made.
STREAMS: dict[str, tuple[str, Made]] = {
    "emergency": ("emergency", blocks.emergency),
    "before": ("before_you_start", _before),
    "definitions": ("definitions", _definition),
    "sources": ("sources", _source),
    "annexes": ("annexes", blocks.form),
    "related": ("related", _related),
    "quiz": ("quiz", _question),
}
FIELDS = {*STREAMS, "roles", "centre", "review_by"}


def fields_of(page: ProcedurePage, text: Text, shelf: Shelf) -> dict[str, Any]:
    front = text.front
    fields: dict[str, Any] = {"roles": front.get("roles", [])}
    for name, (field, make) in STREAMS.items():
        if name in front:
            fields[field] = blocks.raw(_made(front[name], make, shelf), text.path, name)
    if isinstance(page, ManualPage):
        fields["centre_id"] = Centre.objects.get(code=front["centre"]).pk
        fields["review_owner_id"] = _manager()
        fields["review_by"] = front["review_by"]
    return fields


def _made(entries: Any, make: Made, shelf: Shelf) -> Iterator[Block]:
    every: Iterable[Any] = entries if isinstance(entries, list) and not isinstance(entries[0], str) else [entries]
    return (make(entry, shelf) for entry in every)


def _manager() -> int:
    email = next(account.email for account in ACCOUNTS if account.role == Role.CENTRE_MANAGER)
    return User.objects.only("pk").get(email=email).pk
