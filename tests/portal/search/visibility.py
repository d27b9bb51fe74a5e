"""Readers of four roles who go on searching while somebody publishes, hides, restricts, moves, deletes and renames.

`python -m tests.portal.search.visibility ANSWERS SEED` works on the database of VAR_DIR, with a task worker beside it,
and prints what came of it as JSON. Each answer is compared with the database before and after the request: what a role
could see at neither time, it may not be told: no hit, no count, no facet, no suggestion, no spelling.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections

from tests.portal.search.killing import worker

#: Every page has this word; and each has a word of its own, which a reader who may not see the page must not learn.
SHARED = "zqlotusx"
LETTERS = "bcdfghjklmnpqrtvwz"
ROLES = ("visitor", "learner", "staff", "restricted")
MOST_PAGES = 40
SECONDS_OF_REST = 4
#: Two changes during one request may show a page and hide it again: then neither moment knows of it.
MARKS_OF_TWO_CHANGES = 3


def seeded(seed: str) -> random.Random:
    """The same run each time, as far as the machine lets it."""
    return random.Random(seed)  # noqa: S311


def secret(chance: random.Random) -> str:
    return "zq" + "".join(chance.choice(LETTERS) for _letter in range(9)) + "x"


@dataclass
class Outcome:
    """What one reader met; every entry of a list is a fault."""

    role: str
    answers: int = 0
    hits: int = 0
    counted: int = 0
    suggested: int = 0
    forbidden: list[str] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Truth:
    """What a role may see at one moment: the titles of pages by their id. `version` changes with every change."""

    version: int
    waiting: bool
    titles: dict[int, str]


# --- the one who writes ----------------------------------------------------------------------------------------
class Author:
    def __init__(self, chance: random.Random, journal: Path) -> None:
        self._chance, self._journal = chance, journal
        self.done: dict[str, int] = {}

    def write(self) -> None:
        """One change, in the journal before it is begun and after it is over."""
        name, change = self._chance.choice(CHANGES)
        self._tell()
        change(self)
        self._tell()
        self.done[name] = self.done.get(name, 0) + 1

    def rest(self) -> None:
        """Not at all as a rule; now and then for long enough that counts can be compared."""
        time.sleep(self._chance.choice([0, 0, 0.1, 0.5, SECONDS_OF_REST]))

    def _tell(self) -> None:
        with self._journal.open("ab") as journal:
            journal.write(b".")

    def _article(self) -> Any:
        from lessons.articles.models import ArticlePage

        return self._chance.choice(list(ArticlePage.objects.order_by("pk")))

    def _shelf(self) -> Any:
        from lessons.articles.models import ArticleIndexPage

        return self._chance.choice(list(ArticleIndexPage.objects.order_by("pk")))

    def publish(self) -> None:
        from lessons.articles.models import ArticlePage
        from tests.factories import house

        hidden = ArticlePage.objects.filter(live=False).first()
        if hidden:
            hidden.save_revision().publish()
        elif ArticlePage.objects.count() < MOST_PAGES:
            house.page(ArticlePage, below=self._shelf(), title=f"{SHARED} {secret(self._chance)}",
                       slug=secret(self._chance), sensitivity=self._chance.randrange(4))  # fmt: skip

    def unpublish(self) -> None:
        self._article().unpublish()

    def restrict(self) -> None:
        article = self._article()
        article.sensitivity = self._chance.randrange(4)
        article.save()

    def restrict_many(self) -> None:
        shelf = self._shelf()
        shelf.sensitivity = self._chance.choice([0, 0, 1, 3])
        shelf.save()

    def lock(self) -> None:
        from wagtail.models import PageViewRestriction

        found = PageViewRestriction.objects.first()
        if found:
            found.delete()
        else:
            PageViewRestriction.objects.create(page=self._article().page_ptr, restriction_type="login")

    def move(self) -> None:
        from wagtail.models import Page

        article, shelf = self._article(), self._shelf()
        if article.get_parent().pk != shelf.pk:
            Page.objects.get(pk=article.pk).move(Page.objects.get(pk=shelf.pk), pos="last-child")

    def delete(self) -> None:
        self._article().delete()

    def rename(self) -> None:
        article = self._article()
        article.title, article.slug = f"{SHARED} {secret(self._chance)}", secret(self._chance)
        article.save()


CHANGES: list[tuple[str, Callable[[Author], None]]] = [
    ("publish", Author.publish), ("publish", Author.publish), ("publish", Author.publish),
    ("unpublish", Author.unpublish), ("restrict", Author.restrict), ("restrict", Author.restrict),
    ("restrict an ancestor", Author.restrict_many), ("restrict by Wagtail", Author.lock), ("move", Author.move),
    ("delete", Author.delete), ("rename", Author.rename),
]  # fmt: skip


# --- those who read --------------------------------------------------------------------------------------------
class Reader:
    """Somebody of one role, who asks for the shared word, for secret words, and for what begins or sounds like them."""

    def __init__(self, role: str, *, chance: random.Random, journal: Path) -> None:
        from django.test import Client

        from portal.base.audience import viewer_for
        from portal.people.models import User

        self._chance, self._journal = chance, journal
        self._browser = Client()
        person = User.objects.filter(email=f"{role}@example.org").first()
        if person:
            self._browser.force_login(person)
        self._viewer = viewer_for(person)
        self.outcome = Outcome(role)

    def truth(self) -> Truth:
        from lessons.articles.models import ArticlePage
        from portal.base.audience import visible_pages
        from portal.search.models import Change

        version = self._journal.stat().st_size
        pages = visible_pages(ArticlePage.objects.all(), self._viewer)
        return Truth(version, Change.objects.waiting().exists(), dict(pages.values_list("pk", "title")))

    def ask(self) -> None:
        self._ask_for(SHARED)
        target = self._somebodys_secret()
        self._ask_for(target)
        self._ask_for(self._misspelt(target))
        self._ask_for_suggestions(target[:6])

    def _somebodys_secret(self) -> str:
        from lessons.articles.models import ArticlePage

        titles = list(ArticlePage.objects.order_by("pk").values_list("title", flat=True))
        return self._chance.choice(titles).split()[1]

    def _misspelt(self, word: str) -> str:
        place = self._chance.randrange(4, len(word) - 1)
        return word[:place] + self._chance.choice(LETTERS) + word[place + 1 :]

    def _ask_for(self, word: str) -> None:
        before = self.truth()
        response = self._browser.get("/en/search/", {"q": word})
        after = self.truth()
        self.outcome.answers += 1
        if response.status_code != 200:
            self.outcome.failed.append(f"{response.status_code} for {word}")
            return
        findings = response.context["findings"]
        self._compare_hits(findings, before, after)
        self._compare_count(word, findings, before, after)
        for spelling in findings.did_you_mean:
            self._compare_words("was told the spelling", str(spelling), before, after)

    def _compare_hits(self, findings: Any, before: Truth, after: Truth) -> None:
        results = findings.leaf.object_list if findings.leaf else []
        for result in results:
            self.outcome.hits += 1
            known = [truth.titles[result.page.pk] for truth in (before, after) if result.page.pk in truth.titles]
            if not known and after.version - before.version < MARKS_OF_TWO_CHANGES:
                self.outcome.forbidden.append(f"{self.outcome.role} was told of {result.page.pk}")

    def _compare_count(self, word: str, findings: Any, before: Truth, after: Truth) -> None:
        titles = {**before.titles, **after.titles}
        most = sum(word in title for title in titles.values())
        told = [findings.count, *(choice.count for facet in findings.facets for choice in facet.choices)]
        if after.version - before.version < MARKS_OF_TWO_CHANGES and max(told) > most:
            self.outcome.miscounted.append(f"{self.outcome.role}: {told} of {most} for {word}")
        is_quiet = before.version == after.version and before.version % 2 == 0
        if is_quiet and not before.waiting and not after.waiting and findings.answers_from == "index":
            self.outcome.counted += 1
            expected = sum(word in title for title in before.titles.values())
            if findings.count != expected:
                self.outcome.miscounted.append(f"{self.outcome.role}: {findings.count}, not {expected}, for {word}")

    def _ask_for_suggestions(self, beginning: str) -> None:
        before = self.truth()
        response = self._browser.get(
            "/en/search/suggestions/", {"q": beginning}, headers={"accept": "application/json"}
        )
        after = self.truth()
        self.outcome.answers += 1
        if response.status_code != 200:
            self.outcome.failed.append(f"{response.status_code} for suggestions")
            return
        for suggestion in response.json():
            self.outcome.suggested += 1
            self._compare_words("was suggested", suggestion["text"], before, after)

    def _compare_words(self, how: str, text: str, before: Truth, after: Truth) -> None:
        """Whether `text` holds secret words only of pages that the reader could see."""
        titles = " ".join([*before.titles.values(), *after.titles.values()])
        secrets = [word for word in text.lower().split() if word.startswith("zq") and word != SHARED]
        if after.version - before.version < MARKS_OF_TWO_CHANGES and any(word not in titles for word in secrets):
            self.outcome.forbidden.append(f"{self.outcome.role} {how} {text}")


def reading(role: str, *, answers: int, seed: int, folder: Path) -> int:
    """The id of a process in which somebody reads so many answers; its outcome is left in `folder`."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        reader = Reader(role, chance=seeded(f"{seed} {role}"), journal=folder / "journal")
        while reader.outcome.answers < answers:
            reader.ask()
        (folder / f"{role}.json").write_text(json.dumps(asdict(reader.outcome)))
    except BaseException as error:
        sys.stderr.write(f"{role}: {error!r}\n")
        raise
    finally:
        os._exit(0)


def main(answers: int, seed: int) -> None:
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    folder = Path(settings.VAR_DIR)
    (folder / "journal").touch()
    os.waitpid(worker(until_done=True), 0)
    at_work = worker()
    reading_still = {reading(role, answers=answers, seed=seed, folder=folder) for role in ROLES}
    author = Author(seeded(str(seed)), folder / "journal")
    while reading_still:
        author.write()
        author.rest()
        reading_still -= {child for child in reading_still if os.waitpid(child, os.WNOHANG)[0]}
    os.kill(at_work, signal.SIGKILL)
    os.waitpid(at_work, 0)
    outcomes = [json.loads((folder / f"{role}.json").read_text()) for role in ROLES]
    sys.stdout.write(json.dumps({"changes": author.done, "readers": outcomes}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
