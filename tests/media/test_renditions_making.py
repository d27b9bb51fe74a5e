"""Who makes the sizes of pictures, and what if they are killed, late, or overtaken?"""

from io import BytesIO

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageChops, ImageStat

from media import renditions_making
from media.ingest.icc import colours_of
from media.models import Picture
from media.renditions import all_specs, made_of
from media.renditions_making import begin_again, make, make_all
from portal.base import background
from tests.conftest import Commits
from tests.media import files
from tests.media.conftest import Shown
from tests.media.files import SRGB

pytestmark = pytest.mark.django_db
WIDE = (6000, 400)


def brought(content: bytes, name: str = "a.jpg") -> Picture:
    return Picture.objects.create(title="Wide", file=files.called(name, content))


def waiting_tasks() -> int:
    return DBTaskResult.objects.filter(task_path=renditions_making.make_waiting_renditions.module_path).count()


@pytest.mark.parametrize(("format_", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_every_size_looks_as_if_it_had_been_made_at_once_from_the_original(format_: str, ending: str) -> None:
    picture = brought(files.photograph(format_, size=WIDE), f"a.{ending}")
    make_all()
    found = made_of(Picture.objects.get())
    whole = Image.open(BytesIO(files.photograph(format_, size=WIDE))).convert("RGB")
    for rendition in [*found.choices["avif"], *found.choices["webp"], found.fallback]:
        with rendition.file.open() as file, Image.open(file) as small:
            assert small.size == (rendition.width, rendition.height)
            assert abs(small.height - small.width * 400 / 6000) < 1
            assert small.info["icc_profile"] == colours_of(SRGB)
            difference = ImageChops.difference(small.convert("RGB"), whole.resize(small.size))
            assert max(ImageStat.Stat(difference).mean) < 4
    assert picture.width == 6000


@pytest.mark.parametrize("size", [(901, 600), (1, 1), (3, 700), (700, 3), (905, 611), (1441, 1081), (359, 271)])
def test_a_picture_of_any_size_gets_all_its_sizes(size: tuple[int, int]) -> None:
    brought(files.photograph(size=size))
    assert make_all() == 1
    picture = Picture.objects.get()
    assert picture.renditions.count() == len(set(all_specs(picture)))


def test_an_upload_orders_its_sizes_and_many_uploads_order_once(committed: Commits) -> None:
    with committed():
        for width in (500, 600, 700):
            brought(files.photograph(size=(width, 100)))
    assert waiting_tasks() == 1
    assert Picture.objects.waiting_for_renditions().count() == 3
    make_all()
    assert not Picture.objects.waiting_for_renditions().exists()
    for picture in Picture.objects.all():
        assert {each.filter_spec for each in picture.renditions.all()} == set(all_specs(picture))


def test_a_worker_that_starts_takes_up_what_a_killed_one_left(committed: Commits) -> None:
    with committed():
        brought(files.photograph())
    # Claimed by a worker that is no more: nobody will run it.
    DBTaskResult.objects.all().delete()
    with committed():
        background.begin()
    assert waiting_tasks() == 1
    assert begin_again in background._first


def test_what_was_made_before_the_worker_was_killed_is_not_made_again() -> None:
    picture = brought(files.photograph(size=(1600, 100)))
    make(picture)
    before = set(picture.renditions.values_list("pk", flat=True))
    Picture.objects.update(renditions_made_at=None)
    picture.renditions.filter(filter_spec="width-960|format-avif").delete()
    make_all()
    after = set(picture.renditions.values_list("pk", flat=True))
    assert len(after) == len(before)
    assert len(after - before) == 1


def test_a_picture_that_changes_while_its_sizes_are_made_stays_ordered() -> None:
    picture = brought(files.photograph())
    now = Picture.objects.get()
    now.focal_point_x = now.focal_point_y = now.focal_point_width = now.focal_point_height = 100
    now.save()
    make(picture)
    assert Picture.objects.waiting_for_renditions().exists()
    make_all()
    assert not Picture.objects.waiting_for_renditions().exists()


def test_another_file_takes_the_sizes_of_the_one_before_away(committed: Commits) -> None:
    picture = brought(files.photograph(size=(900, 300)))
    make_all()
    picture = Picture.objects.get()
    rendition, working = picture.renditions.first(), picture.working.name
    assert rendition is not None
    with committed():
        picture.file = files.called("other.png", files.photograph("PNG", size=(800, 300)))  # type: ignore[assignment]
        picture.save()
    assert not picture.renditions.exists()
    assert not rendition.file.storage.exists(str(rendition.file.name))
    assert not picture.working.storage.exists(str(working))


def test_a_page_shows_a_picture_as_soon_as_its_sizes_are_made(
    shown: Shown, picture: Picture, committed: Commits
) -> None:
    with committed():
        shown.page.sensitivity = 0
        shown.page.body = [("picture", {"picture": picture, "alt": "A loom", "is_decorative": False, "caption": ""})]
        shown.page.save_revision().publish()
    address = shown.page.get_url()
    visitor = Client()
    assert "picture--coming" in visitor.get(address).content.decode()
    with committed():
        make_all()
    html = visitor.get(address).content.decode()
    assert "picture--coming" not in html
    assert "<img" in html
