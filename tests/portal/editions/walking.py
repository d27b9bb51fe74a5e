"""Editors at random: everything that somebody who writes, signs or tidies up can do to two manuals, in any order.

Each deed takes the way that the portal itself takes; what is refused is part of the walk. `Walk.wrote` is a ledger of
its own of who wrote where: it does not ask the code that it is there to watch.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction, ConvertAliasPageError
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Comment, GroupPagePermission, Page

from lessons.manuals.models import ManualIndexPage, ManualPage, SectionPage
from media.models import Picture
from media.renditions_making import make_all
from portal.editions.coming_into_force import follow_the_clock
from portal.editions.models import Edition, Proposal
from portal.editions.policies import UnableToPropose, UnableToSign, UnableToWithdraw
from portal.editions.proposing import open_proposal, send_back
from portal.editions.signing import sign
from portal.editions.withdrawing import withdraw
from portal.people.models import Membership, User
from portal.people.roles import Role
from tests.factories import house
from tests.factories.editions import add_section, proposed, step, write_manual
from tests.factories.people import administrator, make_person
from tests.media import files

REFUSED = (UnableToPropose, UnableToSign, UnableToWithdraw, ValidationError, PermissionDenied, ConvertAliasPageError)
ROLES = (Role.AUTHOR, Role.REVIEWER, Role.APPROVER)


class Walk:
    """Two manuals, six people who hold all three roles, and a picture."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.wrote: dict[UUID, set[int]] = {}
        self.number = 0
        self.people = [make_person(*ROLES) for _ in range(6)]
        thai = house.home("th", translation_key=house.home("en").translation_key)
        shelf = house.page(ManualIndexPage, below=thai.get_parent().get_children().first())
        house.page(ManualIndexPage, below=thai, translation_key=shelf.translation_key)
        self.subjects = [
            write_manual(by=self.by_chance(self.people), code=f"KP-SOP-00{number}").translation_key for number in (1, 2)
        ]
        for page in self.pages(ManualPage, SectionPage):
            self._note(page, by=page.owner)
        self._bring_a_picture()

    def by_chance(self, things: Any) -> Any:
        things = list(things)
        return self.chance.choice(things) if things else None

    def person(self) -> User:
        return self.by_chance(self.people)

    def pages(self, *kinds: Any) -> list[Any]:
        """Pages of these kinds in all trees, also those that are aliases."""
        return [page for kind in kinds for page in kind.objects.order_by("path")]

    def section(self) -> SectionPage | None:
        return self.by_chance(page for page in self.pages(SectionPage) if page.alias_of_id is None)

    def manual(self) -> ManualPage:
        manuals = ManualPage.objects.filter(translation_key__in=self.subjects, locale__language_code="en")
        return self.by_chance(manuals.order_by("path"))

    def word(self) -> str:
        self.number += 1
        return f"{self.chance.choice(['listen', 'ฟัง', 'ຟັງ', 'ស្ដាប់', 'နားထောင်', 'nghe'])} {self.number}"

    def _note(self, page: Page, *, by: User) -> None:
        self.wrote.setdefault(page.translation_key, set()).add(by.pk)

    def _bring_a_picture(self) -> None:
        self.number += 1
        content = files.photograph("JPEG", size=(40 + self.number % 50, 40))
        Picture.objects.create(
            title="A door", file=files.called(f"{self.number}.jpg", content), alt={"en": "A door", "th": "ประตู"}
        )
        make_all()

    def take(self, deed: str) -> None:
        """Do one thing; it may be refused, and must not fail otherwise."""
        try:
            DEEDS[deed](self)
        except REFUSED:
            self.refused[deed] += 1
        else:
            self.done[deed] += 1

    # --- writing ---------------------------------------------------------------------------------------------

    def save(self, page: Any, *, by: User, change: Callable[[Any], None], **how: Any) -> None:
        draft = page.get_latest_revision_as_object()
        change(draft)
        draft.save_revision(user=by, **how)
        self._note(page, by=by)

    def edit(self) -> None:
        pictures = list(Picture.objects.all())

        def reword(draft: Any) -> None:
            draft.summary = self.word()
            body = [step(self.word(), id=f"11111111-0000-4000-8000-{number:012d}") for number in range(2)]
            if pictures and self.chance.random() < 0.5:
                body.append({"type": "picture", "value": {"picture": self.by_chance(pictures).pk, "caption": "Here"}})
            draft.body = body

        if section := self.section():
            self.save(section, by=self.person(), change=reword)

    def autosave(self) -> None:
        page = self.section()
        revision = page.get_latest_revision() if page else None
        if page and revision and revision.user:
            self.save(
                page, by=revision.user, change=lambda draft: setattr(draft, "purpose", self.word()),
                overwrite_revision=revision,
            )  # fmt: skip

    def rename(self) -> None:
        word = self.word()

        def change(draft: Any) -> None:
            draft.title, draft.slug = word, self.chance.choice(["a", "b", "c", f"s{self.number}"])

        if section := self.section():
            self.save(section, by=self.person(), change=change)

    def limit(self) -> None:
        page = self.by_chance([self.section() or self.manual(), self.manual()])
        self.save(page, by=self.person(), change=lambda draft: setattr(draft, "sensitivity", self.chance.randrange(4)))

    def write_section(self) -> None:
        by = self.person()
        self._note(add_section(self.manual(), title=self.word(), by=by), by=by)

    def comment(self) -> None:
        if section := self.section():
            Comment.objects.create(page=section, user=self.person(), text=self.word(), contentpath="title")

    def translate(self) -> None:
        page = self.by_chance(page for page in self.pages(ManualPage, SectionPage) if page.locale.language_code == "en")
        if page and not page.alias_of_id and not page.has_translation(house.locale("th")):
            made = page.copy_for_translation(house.locale("th"), copy_parents=True)
            made.save_revision(user=(by := self.person()))
            self._note(page, by=by)

    # --- the tree --------------------------------------------------------------------------------------------

    def move(self) -> None:
        if section := self.section():
            Page.objects.get(pk=section.pk).move(Page.objects.get(pk=self.manual().pk), pos="last-child")

    def reorder(self) -> None:
        if section := self.section():
            Page.objects.get(pk=section.pk).move(Page.objects.get(pk=section.pk).get_parent(), pos="first-child")

    def copy(self) -> None:
        section, by = self.section(), self.person()
        if section:
            action = CopyPageAction(
                section, to=self.manual(), keep_live=self.chance.random() < 0.5, user=by,
                copy_revisions=self.chance.random() < 0.5, update_attrs={"slug": f"copy-{self.number}"},
            )  # fmt: skip
            self.number += 1
            made = action.execute(skip_permission_checks=True)
            self.wrote[made.translation_key] = {*self.wrote.get(section.translation_key, set()), by.pk}

    def alias(self) -> None:
        self.number += 1
        if section := self.section():
            made = CreatePageAliasAction(
                section, parent=self.manual(), update_slug=f"alias-{self.number}", user=self.person()
            ).execute(skip_permission_checks=True)
            self.wrote[made.translation_key] = set(self.wrote[section.translation_key])

    def convert_alias(self) -> None:
        alias = self.by_chance(page for page in self.pages(SectionPage) if page.alias_of_id)
        if alias:
            by = self.person()
            self.wrote[alias.translation_key] = {*self.wrote[alias.alias_of.translation_key], by.pk}
            ConvertAliasPageAction(alias, user=by).execute(skip_permission_checks=True)

    def delete_section(self) -> None:
        sections = [page for page in self.pages(SectionPage) if not page.alias_of_id]
        if len(sections) > 4:
            Page.objects.get(pk=self.by_chance(sections).pk).specific.delete()

    # --- publishing, or trying to -----------------------------------------------------------------------------

    def publish(self) -> None:
        page = self.by_chance(page for page in self.pages(ManualPage, SectionPage) if page.latest_revision_id)
        page.latest_revision.publish(user=administrator(), skip_permission_checks=True)

    def save_row(self) -> None:
        page = self.by_chance(page for page in self.pages(ManualPage, SectionPage) if not page.alias_of_id)
        page.live, page.summary = True, "Nobody signed this."
        page.save()

    def unpublish(self) -> None:
        if (section := self.section()) and section.live:
            section.unpublish(user=self.person())

    def schedule(self) -> None:
        if section := self.section():
            hour = timezone.now() + timedelta(minutes=1)
            by, change = self.person(), lambda draft: setattr(draft, "go_live_at", hour)
            self.save(section, by=by, change=change, approved_go_live_at=hour)

    def publish_scheduled(self) -> None:
        call_command("publish_scheduled")

    def lock(self) -> None:
        if section := self.section():
            section.locked, section.locked_by = not section.locked, self.person()
            section.save()

    # --- tidying up -------------------------------------------------------------------------------------------

    def purge(self) -> None:
        call_command("purge_revisions")

    def delete_picture(self) -> None:
        if picture := self.by_chance(Picture.objects.order_by("pk")):
            picture.delete()
        self._bring_a_picture()

    def replace_picture(self) -> None:
        self.number += 1
        if picture := self.by_chance(Picture.objects.order_by("pk")):
            content = files.photograph("JPEG", size=(40 + self.number % 50, 60))
            picture.file = files.called(f"other-{self.number}.jpg", content)
            picture.save()
            if self.chance.random() < 0.7:
                make_all()

    def draw_pictures(self) -> None:
        make_all()

    def permit(self) -> None:
        group = self.by_chance(Group.objects.order_by("pk"))
        what = self.chance.choice(["publish_page", "change_page", "lock_page"])
        found = GroupPagePermission.objects.filter(group=group, page=self.manual(), permission__codename=what)
        if not found.delete()[0]:
            GroupPagePermission.objects.create(group=group, page=self.manual(), permission_type=what.partition("_")[0])

    def change_role(self) -> None:
        person, role = self.person(), self.by_chance(ROLES)
        held = Membership.objects.filter(person=person, role=role)
        if held.exists():
            if Membership.objects.filter(role=role, person__in=self.people).count() > 4:
                held.delete()
        else:
            centre = Membership.objects.filter(person__in=self.people)[0].centre
            Membership.objects.create(person=person, role=role, centre=centre, granted_at=timezone.now())

    # --- signing ----------------------------------------------------------------------------------------------

    def propose(self) -> None:
        later = self.chance.choice([None, None, timezone.now() + timedelta(hours=1)])
        proposed(self.manual(), by=self.person(), at=timezone.now(), effective_from=later)

    def sign(self) -> None:
        if proposal := open_proposal(self.by_chance(self.subjects)):
            sign(proposal, by=self.person(), at=timezone.now())

    def sign_twice(self) -> None:
        """Until two have signed who may."""
        if proposal := open_proposal(self.by_chance(self.subjects)):
            for person in self.chance.sample(self.people, len(self.people)):
                try:
                    sign(proposal, by=person, at=timezone.now())
                except UnableToSign:
                    self.refused["sign"] += 1
                proposal = Proposal.objects.get(pk=proposal.pk)
                if not proposal.is_open:
                    break

    def send_back(self) -> None:
        if proposal := open_proposal(self.by_chance(self.subjects)):
            send_back(proposal, by=self.person(), at=timezone.now(), answer="Once more.")

    def withdraw(self) -> None:
        edition = self.by_chance(Edition.objects.order_by("pk"))
        if edition and self.chance.random() < 0.5:
            withdraw(edition, by=self.person(), at=timezone.now(), reason="It was wrong.")

    def follow_clock(self) -> None:
        follow_the_clock(at=timezone.now())


#: How often each is chosen, more or less.
OFTEN = {
    "edit": 8, "autosave": 4, "rename": 3, "limit": 1, "write_section": 1, "comment": 1, "translate": 1, "move": 2,
    "reorder": 2, "copy": 1, "alias": 1, "convert_alias": 1, "delete_section": 2, "publish": 3, "save_row": 3,
    "unpublish": 2, "schedule": 2, "publish_scheduled": 1, "lock": 2, "purge": 2, "delete_picture": 2,
    "replace_picture": 2, "draw_pictures": 2, "permit": 1, "change_role": 2, "propose": 12, "sign": 4,
    "sign_twice": 12, "send_back": 1, "withdraw": 1, "follow_clock": 8,
}  # fmt: skip
DEEDS: dict[str, Callable[[Walk], None]] = {name: getattr(Walk, name) for name in OFTEN}
