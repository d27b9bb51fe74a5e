"""Can a page be translated with wagtail-localize, segment by segment?"""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from lessons.manuals.models import SectionPage
from portal.base.models import PortalPage
from portal.home.models import HomePage, PlainPage
from tests.conftest import Commits, SignedIn
from tests.factories import house
from tests.factories.people import administrator

pytestmark = pytest.mark.usefixtures("unsigned")

EMPTY = dict.fromkeys(["when", "do_no_harm", "time_limit", "evidence"], "")
STEP = {**EMPTY, "title": "Welcome her", "who": "Nurse", "text": "<p>Offer water.</p>"}


@pytest.fixture
def original(home: HomePage, thai_home: HomePage) -> PlainPage:
    body = [
        ("heading", {"text": "At the door", "level": "2"}),
        ("procedure_step", STEP),
        ("list", {"kind": "bullet", "items": ["<p>Water</p>", "<p>Rest</p>"]}),
    ]
    made = house.page(PlainPage, below=home, title="Welcome", slug="welcome", summary="How we begin.", body=body)
    made.save_revision().publish()
    return PlainPage.objects.get(pk=made.pk)


def translated(page: PortalPage) -> Translation:
    source, _ = TranslationSource.update_or_create_from_instance(page)
    return Translation.objects.create(source=source, target_locale=house.locale("th"))


def fill(translation: Translation) -> None:
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string, locale=translation.target_locale, context=segment.context,
            data=f"ไทย {segment.string.data}",
        )  # fmt: skip


def test_a_page_is_translated_and_keeps_its_key_and_its_blocks(original: PlainPage, committed: Commits) -> None:
    translation = translated(original)
    fill(translation)
    with committed():
        translation.save_target(user=administrator(), publish=True)
    thai = PlainPage.objects.get(locale__language_code="th", translation_key=original.translation_key)
    assert thai.live
    assert thai.title == "ไทย Welcome"
    assert [block.id for block in thai.body] == [block.id for block in original.body]
    assert [item.id for item in thai.body[2].value["items"].bound_blocks] == [
        item.id for item in original.body[2].value["items"].bound_blocks
    ]
    said = Client().get(thai.get_url()).content.decode()
    assert "ไทย Welcome her" in said
    assert thai.get_url() in Client().get(f"{original.get_url()}?fresh=1").content.decode()


def test_a_translation_is_no_wider_open_than_its_original(original: PlainPage, committed: Commits) -> None:
    original.sensitivity = 2
    original.save_revision().publish()
    translation = translated(original)
    fill(translation)
    with committed():
        translation.save_target(user=administrator(), publish=True)
    thai = PlainPage.objects.get(locale__language_code="th", translation_key=original.translation_key)
    assert thai.sensitivity == 2
    assert Client().get(thai.get_url()).status_code == 404


def test_the_editor_offers_to_translate(original: PlainPage, signed_in: SignedIn) -> None:
    client = signed_in(person=administrator())
    assert client.get(reverse("wagtail_localize:submit_page_translation", args=[original.pk])).status_code == 200
    outsider = signed_in().get(reverse("wagtail_localize:submit_page_translation", args=[original.pk]))
    assert outsider.status_code == 403


@pytest.mark.parametrize("kind", house.PARENTS, ids=lambda kind: kind.__name__)
def test_every_kind_of_page_can_be_taken_apart_for_translators(
    kind: type[PortalPage], home: HomePage, thai_home: HomePage
) -> None:
    page = house.way_to(kind, home=home)
    fields = {segment.context.path.partition(".")[0] for segment in translated(page).source.stringsegment_set.all()}
    assert "title" in fields
    assert not fields & {"sensitivity", "surfaces", "audience_roles", "audience_centres", "source_reference", "number"}


def test_a_section_is_translated_with_its_manual(home: HomePage, thai_home: HomePage, committed: Commits) -> None:
    section = house.way_to(SectionPage, home=home, purpose="To begin well.")
    for ancestor in section.get_ancestors().filter(depth__gte=3):
        with committed():
            translated(ancestor.specific).save_target(user=administrator(), publish=True)
    translation = translated(section)
    fill(translation)
    with committed():
        translation.save_target(user=administrator(), publish=True)
    thai = SectionPage.objects.get(locale__language_code="th")
    assert thai.purpose == "ไทย To begin well."
    assert Client().get(thai.get_url()).status_code == 200
