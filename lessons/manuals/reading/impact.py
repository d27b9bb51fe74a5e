"""How many people would a new edition ask to read again, by discipline? Numbers without names, for its author."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.manuals.reading.duties import changed, touches, whole
from lessons.manuals.reading.listing import discipline_called
from lessons.manuals.reading.who_must_read import readers_at
from portal.base.audience import Surface
from portal.editions.chain import content_of
from portal.editions.collecting import read_limits
from portal.editions.impact import Impact
from portal.editions.models import Edition
from portal.people.models import Centre

Content = Mapping[str, Any]


def who_must_read_again(edition: Edition | None, content: Content) -> Iterator[Impact]:
    """One line for each discipline, whatever the kind of change: its author is only about to choose it."""
    counted = _counted(edition, content)
    heading = _("If it is required, it is read by")
    for name, number in sorted(counted.items()):
        sentence = ngettext("%(name)s: %(number)d person", "%(name)s: %(number)d people", number)
        yield Impact(heading, sentence % {"name": name or _("Without a discipline"), "number": number})


def _counted(edition: Edition | None, content: Content) -> Counter[str]:
    centre = _centre_of(content)
    if centre is None or not content["pages"]:
        return Counter()
    disciplines = changed(content_of(edition), content) if edition else whole(content)
    limits = [read_limits(version["limits"]) for version in content["pages"][0]["versions"].values()]
    people = (
        reader.person
        for reader in readers_at(centre)
        if touches(disciplines, reader.person.discipline)
        and any(each.admits(reader.viewer, Surface.WEB) for each in limits)
    )
    return Counter(discipline_called(person.discipline) for person in people)


def _centre_of(content: Content) -> Centre | None:
    """The centre that the drafts name, or else the one whose code the number begins with."""
    versions = content["pages"][0]["versions"].values() if content["pages"] else ()
    fields: Mapping[str, Any] = next((version["fields"] for version in versions), {})
    if fields.get("centre"):
        return Centre.objects.filter(pk=fields["centre"]).first()
    return Centre.objects.filter(code=str(fields.get("number", "")).partition("-")[0]).first()
