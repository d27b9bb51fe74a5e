"""What do readers still wait for, when an author proposes the next edition?"""

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lessons.manuals.reading.models import RemarkQuerySet
from lessons.manuals.reading.policies import centres_written_by, codes_written_by
from lessons.manuals.reading.remarks import open_remarks
from portal.editions.hints import Hint
from portal.people.models import User


def remarks_that_wait(subject: UUID, person: User) -> Iterator[Hint]:
    """The open remarks on a manual, for those who may answer them."""
    centres = centres_written_by(person)
    if not centres:
        return
    rows = codes_written_by(cast(RemarkQuerySet, open_remarks(subject)), centres=centres)
    for remark in rows.order_by("section_title", "at"):
        place = remark.step_title or remark.section_title
        words = _("%(place)s: “%(text)s”") % {"place": place, "text": remark.text}
        yield Hint(_("What readers remark"), words, reverse("manuals_remark", args=[remark.pk]))
