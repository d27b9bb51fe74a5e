"""Are the pages that show a file indexed anew when its words change?"""

from media.models import Picture
from portal.home.models import HomePage, PlainPage
from portal.search.models import Change
from tests.factories import house


def owners() -> set[str]:
    return set(Change.objects.values_list("owner", flat=True))


def test_new_words_of_a_picture_are_told_of_every_page_that_shows_it_and_of_no_other(
    home: HomePage, picture: Picture
) -> None:
    block = {"picture": picture, "alt": "", "is_decorative": False, "caption": ""}
    covered = house.page(PlainPage, below=home, cover=picture)
    holding = house.page(PlainPage, below=home, body=[("picture", block)])
    without = house.page(PlainPage, below=home)
    Change.objects.all().delete()
    picture.alt = {"en": "A loom of teak"}
    picture.save()
    assert {f"wagtailcore.page:{page.pk}" for page in (covered, holding)} <= owners()
    assert f"wagtailcore.page:{without.pk}" not in owners()
    assert "A loom of teak" in holding.findable_parts()[0].text
