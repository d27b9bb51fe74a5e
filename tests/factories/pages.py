"""Page trees as small as a test allows, published as an editor would publish them."""

from typing import Any, TypeVar

from wagtail.models import Locale, Page, Site

from lessons.courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from portal.editions import gate
from portal.home.models import HomePage
from portal.people.models import User

AnyPage = TypeVar("AnyPage", bound=Page)


def publish(page: AnyPage, *, below: Page | None = None, by: User | None = None) -> AnyPage:
    """Publish `page` as `by`; below a parent, where it is new."""
    if below is not None:
        below.refresh_from_db()
        page.owner = page.owner or by
        below.add_child(instance=page)
    # Rights and signatures are tested where they are given; here a page is only to be there.
    with gate.opened():
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def make_home(*, language: str = "en") -> HomePage:
    """The home page in a language; the site stands on the English one."""
    found = HomePage.objects.filter(locale__language_code=language).first()
    if found:
        return found
    locale, _ = Locale.objects.get_or_create(language_code=language)
    home = publish(HomePage(title="Learning Centre", slug=language, locale=locale), below=Page.get_first_root_node())
    if language == "en":
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def make_course_index() -> CourseIndexPage:
    found = CourseIndexPage.objects.filter(locale__language_code="en").first()
    return found or publish(CourseIndexPage(title="Courses", slug="courses"), below=make_home())


def make_course(*, lessons: int = 3, by: User | None = None, title: str = "A course", **fields: Any) -> CoursePage:
    """A course of one module with so many lessons."""
    number = CoursePage.objects.count() + 1
    course = CoursePage(title=title, slug=f"course-{number}", **fields)
    publish(course, below=make_course_index(), by=by)
    module = publish(ModulePage(title="First module", slug="module-1"), below=course, by=by)
    for lesson in range(1, lessons + 1):
        make_lesson(module, title=f"Lesson {lesson}", by=by)
    course.refresh_from_db()
    return course


def make_lesson(module: ModulePage, *, title: str, by: User | None = None, **fields: Any) -> LessonPage:
    slug = title.lower().replace(" ", "-")
    return publish(LessonPage(title=title, slug=slug, **fields), below=module, by=by)


def modules_of(course: CoursePage) -> list[ModulePage]:
    return list(ModulePage.objects.descendant_of(course).order_by("path"))


def lessons_of(course: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


def translate(page: AnyPage, *, language: str = "th", by: User | None = None, title: str = "") -> AnyPage:
    """Publish a translation of `page`, and of what it stands in where that is not translated yet."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    there = page.get_translation_or_none(locale)
    if there is None:
        there = page.copy_for_translation(locale, copy_parents=True)
    for ancestor in there.get_ancestors().filter(depth__gte=2, live=False):
        publish(ancestor.specific)
    there = there.specific
    there.title = title or there.title
    return publish(there, by=by)
