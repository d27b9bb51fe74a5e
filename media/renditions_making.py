"""Who makes the sizes in which pictures are shown, and what if they are killed meanwhile?

A picture whose `renditions_made_at` is empty is the order itself: it is written in the transaction that stores the
picture. The task worker works off all orders there are, alone on its machine; an order is closed when all sizes of the
picture lie in the storage. A worker that was killed leaves an open order, and the next one begins with those.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.images.models import Filter

from media import ingest, orders
from media.dropping import drop_what_shows
from media.models import Picture
from media.rendition_drawing import Sheet
from media.renditions import all_specs

COMING = "media:renditions"
DRAWING_AT_ONCE = 2


def ask_for_renditions() -> None:
    """After the commit that stored a picture."""
    orders.ask(make_waiting_renditions.enqueue, coming=COMING)


def begin_again() -> None:
    orders.ask_again(make_waiting_renditions.enqueue, coming=COMING)


@task(backend="background", queue_name="background")
def make_waiting_renditions() -> int:
    """What the task worker does after an upload."""
    return make_all()


def make_all(*, progress: Callable[[int], None] = lambda count: None) -> int:
    """Make the renditions of all pictures that wait for them; returns how many pictures are done."""
    return orders.work_off(Picture.objects.waiting_for_renditions, make, coming=COMING, progress=progress)


def make(picture: Picture) -> None:
    """Make what is missing of all sizes of `picture`, and close its order."""
    if not picture.working:
        make_working_copy(picture)
    specs = all_specs(picture)
    missing = missing_of(picture, specs)
    # Encoders work outside Python's lock: two cores draw, and one of them writes the rows.
    with Sheet.of(picture) as sheet, ThreadPoolExecutor(max_workers=DRAWING_AT_ONCE) as pool:
        for filter_, file in zip(missing, pool.map(sheet.drawn, missing), strict=True):
            wanted = {"filter_spec": filter_.spec, "focal_point_key": filter_.get_cache_key(picture)}
            picture.renditions.get_or_create(**wanted, defaults={"file": file})
    close_order(picture, specs=specs)


def make_working_copy(picture: Picture) -> None:
    """For pictures that were stored before there were working copies."""
    with picture.open_file() as file:
        prepared = ingest.cleaned_picture(file).prepared
    picture.keep_working_copy(prepared.working, placeholder=prepared.placeholder)
    Picture.objects.filter(pk=picture.pk).update(working=picture.working.name, placeholder=picture.placeholder)


def missing_of(picture: Picture, specs: list[str]) -> list[Filter]:
    """What a worker before us has not made yet."""
    made = set(picture.renditions.values_list("filter_spec", "focal_point_key"))
    filters = [Filter(spec) for spec in specs]
    return [filter_ for filter_ in filters if (filter_.spec, filter_.get_cache_key(picture)) not in made]


def close_order(picture: Picture, *, specs: list[str]) -> None:
    """All is there: readers see it. Not if the picture was given another file or focal point meanwhile."""
    keys = {Filter(spec).get_cache_key(picture) for spec in specs}
    with transaction.atomic():
        now = Picture.objects.select_for_update().get(pk=picture.pk)
        if what_is_drawn(now) != what_is_drawn(picture):
            return
        for old in picture.renditions.filter(filter_spec__in=specs).exclude(focal_point_key__in=keys):
            old.delete()
        Picture.objects.filter(pk=picture.pk).update(renditions_made_at=timezone.now())
        drop_what_shows(picture)


def what_is_drawn(picture: Picture) -> tuple[object, ...]:
    """What the sizes of a picture depend on."""
    return (
        picture.file.name, picture.focal_point_x, picture.focal_point_y, picture.focal_point_width,
        picture.focal_point_height,
    )  # fmt: skip
