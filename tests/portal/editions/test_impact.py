"""Before an edition is proposed, its author sees what it touches."""

import pytest
from wagtail.models import ReferenceIndex

from lessons.articles.models import ArticlePage
from portal.base.audience import viewer_for
from portal.editions.collecting import collected
from portal.editions.impact import citing, grouped_for
from portal.home.models import HomePage
from portal.people.roles import Role
from tests.factories import house
from tests.factories.editions import issued_manual
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_what_cites_it_is_told_but_not_its_own_sections_nor_what_one_may_not_know() -> None:
    manual, _edition = issued_manual()
    text = f'<p><a linktype="page" id="{manual.pk}">See the manual</a></p>'
    home = HomePage.objects.get()
    body = [{"type": "paragraph", "value": text}]
    open_to_all = house.way_to(ArticlePage, home=home, title="Why we listen", body=body)
    secret = house.way_to(ArticlePage, home=home, title="Not for all", body=body, sensitivity=3)
    for page in (open_to_all, secret):
        ReferenceIndex.create_or_update_for_object(page)
    content = {"pages": collected(manual.translation_key)}
    found = list(citing(None, content))
    assert {impact.page_id for impact in found} == {open_to_all.pk, secret.pk}
    trainer = make_person(Role.TRAINER)
    (group,) = grouped_for(viewer_for(trainer), trainer, found)
    assert [impact.page_id for impact in group.shown] == [open_to_all.pk]
    assert group.hidden == 1
