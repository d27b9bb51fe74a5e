"""What does a template show of a picture: before its sizes are made, and after?"""

import re

import pytest
from django.template import Context, Template
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from media.models import Picture
from media.renditions import with_renditions
from media.renditions_making import make_all
from portal.home.models import HomePage, PlainPage
from tests.media import files

pytestmark = pytest.mark.django_db


def shown(picture: Picture | None, arguments: str = '"A loom" "50vw"') -> str:
    template = Template("{% load media_tags %}{% picture_tag picture " + arguments + " %}")
    return template.render(Context({"picture": picture}))


def brought(*, width: int = 1600, format_: str = "JPEG", name: str = "a", **fields: object) -> Picture:
    content = files.photograph(format_, size=(width, 100))
    return Picture.objects.create(title=name, file=files.called(f"{name}.{files.PICTURES[format_]}", content), **fields)


def made(**fields: object) -> Picture:
    picture = brought(**fields)  # type: ignore[arg-type]
    make_all()
    return Picture.objects.get(pk=picture.pk)


def widths(html: str, ending: str) -> list[str]:
    return re.findall(rf"\.{ending} (\d+)w", html)


def test_a_browser_chooses_among_formats_and_widths_and_has_a_fallback() -> None:
    html = shown(made())
    assert widths(html, "avif") == widths(html, "webp") == ["480", "960", "1440"]
    assert html.index('type="image/avif"') < html.index('type="image/webp"') < html.index("<img")
    assert html.count('sizes="50vw"') == 2
    assert re.search(r'<img src="/files/images/[^"]+\.jpg" width="960" height="60" alt="A loom"', html)
    assert 'loading="lazy" decoding="async"' in html


@pytest.mark.parametrize(("width", "expected"), [(300, ["300"]), (480, ["480"]), (600, ["480", "600"])])
def test_no_picture_is_blown_up(width: int, expected: list[str]) -> None:
    assert widths(shown(made(width=width)), "webp") == expected


def test_what_is_transparent_has_a_transparent_fallback() -> None:
    picture = Picture.objects.create(title="Motif", file=files.called("motif.png", files.transparent()))
    make_all()
    assert re.search(r'<img src="[^"]+\.png"', shown(Picture.objects.get(pk=picture.pk)))


def test_a_card_is_cut_around_the_focal_point() -> None:
    picture = Picture.objects.create(title="Loom", file=files.called("loom.png", files.halves((1200, 400))))
    left = shape_colour(picture, focal_x=150)
    right = shape_colour(picture, focal_x=1050)
    assert left != right
    assert picture.renditions.filter(filter_spec="fill-720x540|format-webp").count() == 1


def shape_colour(picture: Picture, *, focal_x: int) -> tuple[int, int, int]:
    """The colour in the middle of the card, when the focal point lies at `focal_x`."""
    picture.focal_point_x, picture.focal_point_y = focal_x, 200
    picture.focal_point_width = picture.focal_point_height = 100
    picture.renditions_made_at = None
    picture.save()
    make_all()
    rendition = picture.renditions.get(filter_spec="fill-360x270|format-jpeg")
    return files.colour_in_the_middle(rendition.file)


def test_the_first_picture_is_loaded_at_once() -> None:
    assert 'loading="eager"' in shown(made(), '"" "100vw" eager=True')


def test_where_there_is_no_picture_nothing_is_shown() -> None:
    assert shown(None) == ""


@pytest.mark.parametrize("is_made", [True, False])
def test_words_are_escaped(is_made: bool) -> None:
    picture = made() if is_made else brought()
    template = Template("{% load media_tags %}{% picture_tag picture alt %}")
    assert '"><script>' not in template.render(Context({"picture": picture, "alt": '"><script>'}))


def test_until_its_sizes_are_made_a_picture_is_its_colours_and_its_words(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    picture = Picture.objects.prefetch_related("renditions").get(pk=brought().pk)
    with django_assert_num_queries(0):
        html = shown(picture)
    assert "<img" not in html
    assert 'role="img" aria-label="A loom"' in html
    assert html.count("<rect") == 12
    assert not picture.renditions.exists()


def test_readers_get_the_words_of_their_language_or_are_told_in_which_they_are() -> None:
    picture = made(alt={"en": "A loom", "th": "กี่ทอผ้า"})
    for language, expected in (
        ("th", 'alt="กี่ทอผ้า" loading'),
        ("en", 'alt="A loom" loading'),
        ("km", 'alt="A loom" lang="en"'),
    ):
        with translation.override(language):
            assert expected in shown(picture, 'sizes="50vw"')


def test_what_only_decorates_says_nothing() -> None:
    picture = made(alt={"en": "A loom"}, is_decorative=True)
    assert ' alt="" loading' in shown(picture, 'sizes="50vw"')
    assert ' alt="" loading' in shown(made(alt={"en": "A loom"}, name="b", width=1601), "is_decorative=True")


def test_a_picture_whose_file_is_gone_does_not_break_the_page_nor_keep_others_waiting() -> None:
    lost, other = brought(), brought(name="b", width=700)
    for file in (lost.file, lost.working):
        file.storage.delete(str(file.name))
    assert make_all() == 1
    assert "<img" not in shown(Picture.objects.get(pk=lost.pk))
    assert "<img" in shown(Picture.objects.get(pk=other.pk))


def test_many_covers_cost_as_many_queries_as_one(
    home: HomePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        cover = brought(name=f"cover-{number}", width=500 + number)
        home.add_child(instance=PlainPage(title=str(number), slug=str(number), cover=cover))
    make_all()
    for count in (1, 6):
        pages = list(PlainPage.objects.order_by("path")[:count])
        with django_assert_num_queries(2):
            html = "".join(shown(page.cover) for page in with_renditions(pages))
        assert html.count("<picture>") == count
