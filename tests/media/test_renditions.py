import re

import pytest
from django.template import Context, Template
from pytest_django import DjangoAssertNumQueries

from media.models import Picture
from media.renditions import with_renditions
from portal.home.models import HomePage, PlainPage
from tests.media import files

pytestmark = pytest.mark.django_db


def shown(picture: Picture | None, arguments: str = '"A loom" "50vw"') -> str:
    template = Template("{% load media_tags %}{% picture_tag picture " + arguments + " %}")
    return template.render(Context({"picture": picture}))


def made(*, width: int = 1600, format_: str = "JPEG", name: str = "a") -> Picture:
    content = files.photograph(format_, size=(width, 100))
    return Picture.objects.create(title=name, file=files.called(f"{name}.{files.PICTURES[format_]}", content))


def test_a_browser_chooses_from_three_widths_and_has_a_fallback() -> None:
    html = shown(made())
    assert re.findall(r"\.webp (\d+)w", html) == ["480", "960", "1440"]
    assert 'type="image/webp"' in html
    assert 'sizes="50vw"' in html
    assert re.search(r'<img src="/files/images/[^"]+\.jpg" width="960" height="60" alt="A loom"', html)
    assert 'loading="lazy" decoding="async"' in html


@pytest.mark.parametrize(("width", "widths"), [(300, ["300"]), (480, ["480"]), (600, ["480", "600"])])
def test_no_picture_is_blown_up(width: int, widths: list[str]) -> None:
    assert re.findall(r"\.webp (\d+)w", shown(made(width=width))) == widths


@pytest.mark.parametrize("format_", ["PNG", "GIF", "WEBP"])
def test_the_fallback_of_a_drawing_is_png(format_: str) -> None:
    assert re.search(r'<img src="[^"]+\.png"', shown(made(format_=format_)))


def test_the_first_picture_is_loaded_at_once() -> None:
    assert 'loading="eager"' in shown(made(), '"" "100vw" eager=True')


def test_where_there_is_no_picture_nothing_is_shown() -> None:
    assert shown(None) == ""


def test_alternative_text_is_escaped() -> None:
    picture = made()
    template = Template("{% load media_tags %}{% picture_tag picture alt %}")
    assert '"><script>' not in template.render(Context({"picture": picture, "alt": '"><script>'}))


def test_a_picture_whose_file_is_gone_does_not_break_the_page() -> None:
    made()
    picture = Picture.objects.get()
    picture.file.storage.delete(picture.file.name)
    assert "not-found" in shown(picture)


def test_many_covers_cost_as_many_queries_as_one(
    home: HomePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        cover = made(name=f"cover-{number}", width=500 + number)
        shown(cover)
        home.add_child(instance=PlainPage(title=str(number), slug=str(number), cover=cover))
    for count in (1, 6):
        pages = list(PlainPage.objects.order_by("path")[:count])
        with django_assert_num_queries(2):
            html = "".join(shown(page.cover) for page in with_renditions(pages))
        assert html.count("<picture>") == count
