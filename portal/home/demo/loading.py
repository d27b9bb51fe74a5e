"""How do the text files become pages? The same way every time: what is as it should be is left alone."""

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site, get_page_models

from lessons.courses.outline import one_edition
from lessons.manuals.models import ProcedurePage
from media.pages import IllustratedPage
from portal.base.audience import Sensitivity, Surface
from portal.base.languages import LANGUAGES
from portal.base.models import PortalPage
from portal.editions.pages import EditionedPage
from portal.home.demo import blocks, manuals, shelf
from portal.home.demo.files import FOLDERS, Text, UnableToRead, texts
from portal.people.models import User

#: Keys of the front matter that are not simply fields of the page.
SPECIAL = {"type", "cover", "sensitivity", "unchecked", "floor_plan", "narration", "outcomes", *manuals.FIELDS}
EVERYWHERE = [Surface.WEB, Surface.KIOSK, Surface.VISIT, Surface.PRINT]

PAGE_CLASSES = {model.__name__: model for model in get_page_models() if issubclass(model, PortalPage)}


@transaction.atomic
def load_pages(*, by: User, at: datetime, tell: Callable[[str], None] = print) -> int:
    """Make or mend every page of the demonstration; returns how many were changed."""
    shelf.forget()
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    everything = list(texts())
    tell(f"Making {len(everything)} pages")
    pages = {(text.path, text.language): _place(text, locales) for text in everything}
    _keep_site(pages["home", "en"])
    with one_edition():
        changed = sum(_fill(text, pages, by=by) for text in everything)
    shelf.mark_what_decorates()
    return changed


def translation_key(path: str) -> uuid.UUID:
    return uuid.UUID(blocks.fixed_id(path))


def _place(text: Text, locales: dict[str, Locale]) -> Page:
    """The page of a text, at its place in the tree; new ones are empty and not live."""
    locale = locales[text.language]
    found = Page.objects.filter(translation_key=translation_key(text.path), locale=locale).first()
    if found:
        return found.specific
    page = PAGE_CLASSES[text.type_name](
        title=text.front["title"],
        slug=_slug(text),
        locale=locale,
        translation_key=translation_key(text.path),
        live=False,
        show_in_menus=text.path in FOLDERS or text.path == "pages/01-about",
    )
    return _parent(text, locale).add_child(instance=page)


def _slug(text: Text) -> str:
    if text.path == "home":
        return "home" if text.language == "en" else f"home-{text.language}"
    return text.slug


def _parent(text: Text, locale: Locale) -> Page:
    if text.path != "home":
        return Page.objects.get(translation_key=translation_key(text.parent_path), locale=locale)
    root = Page.get_first_root_node()
    # Wagtail's own welcome page holds the address that ours needs.
    for welcome in root.get_children().filter(slug="home", content_type__model="page"):
        welcome.delete()
    return Page.get_first_root_node()


def _keep_site(home: Page) -> None:
    Site.objects.exclude(root_page_id=home.pk).delete()
    Site.objects.get_or_create(
        root_page_id=home.pk, defaults={"hostname": "localhost", "port": 80, "is_default_site": True}
    )


def _page_ids(pages: dict[tuple[str, str], Page], language: str) -> dict[str, int]:
    """The ids that texts of one language link to."""
    return {path: page.pk for (path, code), page in pages.items() if code == language}


def _fill(text: Text, pages: dict[tuple[str, str], Page], *, by: User) -> bool:
    """Give a page what its text says and publish it; False if it was so already."""
    # Fetched again: making children changed the row since.
    page = Page.objects.get(pk=pages[text.path, text.language].pk).specific
    is_signed = isinstance(page, EditionedPage)
    if is_signed:
        page = page.get_latest_revision_as_object()
    wanted = _fields(page, text, page_ids=_page_ids(pages, text.language))
    is_there = page.latest_revision_id if is_signed else page.live
    if is_there and all(_is_same(getattr(page, name), value) for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(page, name, json.dumps(value) if _is_stream(value) else value)
    page.owner = page.owner or by
    page.full_clean()
    revision = page.save_revision(user=by, clean=False)
    if not is_signed:
        revision.publish(user=by)
    return True


def _is_stream(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_same(present: Any, wanted: Any) -> bool:
    if hasattr(present, "get_prep_value"):
        return list(present.get_prep_value()) == wanted
    return bool(present == wanted)


def _fields(page: Page, text: Text, *, page_ids: dict[str, int]) -> dict[str, Any]:
    front = text.front
    things = shelf.DemoShelf(language=text.language, page_ids=page_ids)
    fields = {name: _value(value) for name, value in front.items() if name not in SPECIAL}
    fields["sensitivity"] = Sensitivity[str(front.get("sensitivity", "public")).upper()]
    fields["is_unchecked"] = bool(front.get("unchecked", False))
    fields["surfaces"] = [str(surface) for surface in EVERYWHERE]
    fields["search_description"] = str(front.get("summary", ""))[:300]
    if isinstance(page, IllustratedPage):
        fields["body"] = _body(text, things)
        fields |= _picture_fields("cover", front.get("cover"), things)
    if front.get("floor_plan"):
        fields |= _picture_fields("floor_plan", front["floor_plan"], things)
    if front.get("narration"):
        fields["narration_id"] = things.recording(front["narration"])
    if isinstance(page, ProcedurePage):
        fields |= manuals.fields_of(page, text, things)
    if front.get("outcomes"):
        fields["outcomes"] = [
            {"type": "outcome", "value": outcome, "id": blocks.fixed_id(text.path, "outcome", number)}
            for number, outcome in enumerate(front["outcomes"])
        ]
    return fields


def _body(text: Text, things: shelf.DemoShelf) -> list[dict[str, Any]]:
    try:
        return blocks.stream(text.body, path=text.path, shelf=things)
    except UnableToRead as error:
        raise UnableToRead(f"{text.path}.{text.language}.md: {error}") from error


def _value(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _picture_fields(name: str, front: dict[str, str] | None, things: shelf.DemoShelf) -> dict[str, Any]:
    if not front:
        return {}
    alt = front.get("alt", "")
    return {f"{name}_id": things.picture(front["drawing"], alt=alt), f"{name}_alt": alt}
