"""Who may see this? One answer for pages, menus, search, feeds, pictures, documents, prints and kits.

An `Audience` is a distinct combination of sensitivity, roles, centres and surfaces; there are a few dozen in a site.
Every live page has the strictest combination of its own and its ancestors' (`PageAudience`). So "may this viewer see
it?" is set membership, for one thing and for a queryset, in the database, in the index and in the page cache alike.
What has no audience is seen by nobody.
"""

from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.people.models import Membership, User
from portal.people.roles import STAFF_ROLES, TRUSTED_ROLES
from portal.queries import Prepared


class Sensitivity(models.IntegerChoices):
    PUBLIC = 0, _("Public")
    PARTNER = 1, _("Partners: everybody who is signed in and belongs to a centre")
    STAFF = 2, _("Staff of the centres")
    RESTRICTED = 3, _("Restricted: reviewers, approvers and managers")


class Surface(models.TextChoices):
    WEB = "web", _("Web site")
    KIOSK = "kiosk", _("Kiosk in the exhibition room")
    VISIT = "visit", _("Guided visit")
    PRINT = "print", _("Print and travelling kit")


@dataclass(frozen=True)
class Viewer:
    """What counts about a person who wants to see something."""

    user_id: int | None = None
    clearance: Sensitivity = Sensitivity.PUBLIC
    roles: frozenset[str] = frozenset()
    centres: frozenset[int] = frozenset()
    is_superuser: bool = False


ANYBODY = Viewer()


@dataclass(frozen=True)
class Limits:
    """What a page or an audience asks of a viewer. An empty set of roles, centres or surfaces admits nobody;
    None admits everybody."""

    sensitivity: int = Sensitivity.PUBLIC
    roles: frozenset[str] | None = None
    centres: frozenset[str] | None = None
    surfaces: frozenset[str] = field(default_factory=lambda: frozenset(Surface.values))

    def __and__(self, other: "Limits") -> "Limits":
        """The strictest of both."""
        return Limits(
            sensitivity=max(self.sensitivity, other.sensitivity),
            roles=_both(self.roles, other.roles),
            centres=_both(self.centres, other.centres),
            surfaces=self.surfaces & other.surfaces,
        )

    def admits(self, viewer: Viewer, surface: str) -> bool:
        if surface not in self.surfaces:
            return False
        if viewer.is_superuser:
            return True
        return (
            viewer.clearance >= self.sensitivity
            and (self.roles is None or bool(self.roles & viewer.roles))
            and (self.centres is None or bool(self.centres & {str(pk) for pk in viewer.centres}))
        )


def _both(ours: frozenset[str] | None, theirs: frozenset[str] | None) -> frozenset[str] | None:
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    return ours & theirs


def _written(values: frozenset[str] | None) -> str:
    return "*" if values is None else ",".join(sorted(values))


def _read(text: str) -> frozenset[str] | None:
    return None if text == "*" else frozenset(filter(None, text.split(",")))


class AudienceManager(models.Manager["Audience"]):
    def for_limits(self, limits: Limits) -> "Audience":
        audience, is_new = self.get_or_create(
            sensitivity=limits.sensitivity,
            roles=_written(limits.roles),
            centres=_written(limits.centres),
            surfaces=_written(limits.surfaces),
        )
        if is_new:
            _admitted.clear()
        return audience


class Audience(models.Model):
    """One combination of limits; "*" stands for everybody. Rows are never changed, only added."""

    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity)
    roles = models.CharField(max_length=120, default="*")
    centres = models.TextField(default="*")
    surfaces = models.CharField(max_length=40)

    objects = AudienceManager()
    classification = {
        "id": "public", "sensitivity": "public", "roles": "public", "centres": "public", "surfaces": "public"
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sensitivity", "roles", "centres", "surfaces"], name="base_audience_is_stored_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_sensitivity_display()} · {self.roles} · {self.centres} · {self.surfaces}"

    @property
    def limits(self) -> Limits:
        return Limits(
            sensitivity=self.sensitivity,
            roles=_read(self.roles),
            centres=_read(self.centres),
            surfaces=_read(self.surfaces) or frozenset(),
        )


class PageAudience(models.Model):
    """The audience that holds for a page: the strictest of its own and its ancestors'. Kept by `keep_audiences`."""

    page = models.OneToOneField(
        Page,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="portal_audience",
        verbose_name=_("page"),
    )
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="pages", verbose_name=_("audience"))

    classification = {"page": "staff", "audience": "staff"}

    def __str__(self) -> str:
        return f"{self.page_id}: {self.audience_id}"


_held = Prepared(lambda person: Membership.objects.filter(person=person).order_by().values_list("role", "centre_id"))


def viewer_for(user: Any) -> Viewer:
    """What counts about `user`; one query. Somebody without a membership is a stranger with an account."""
    if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
        return ANYBODY
    held = _held(user.pk)
    roles = frozenset(role for role, _centre in held)
    return Viewer(
        user_id=user.pk,
        clearance=Sensitivity.RESTRICTED if user.is_superuser else clearance_of(roles),
        roles=roles,
        centres=frozenset(centre for _role, centre in held),
        is_superuser=user.is_superuser,
    )


def clearance_of(roles: frozenset[str]) -> Sensitivity:
    if roles & TRUSTED_ROLES:
        return Sensitivity.RESTRICTED
    if roles & STAFF_ROLES:
        return Sensitivity.STAFF
    return Sensitivity.PARTNER if roles else Sensitivity.PUBLIC


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer behind a request, looked up once."""
    if not hasattr(request, "portal_viewer"):
        request.portal_viewer = viewer_for(getattr(request, "user", None))  # type: ignore[attr-defined]
    return request.portal_viewer  # type: ignore[attr-defined]


# Audience rows are never changed, so what a kind of viewer is admitted to can be remembered until a row is added;
# another process notices a new row when it meets an id that it does not know.
_admitted: dict[tuple[Any, ...], tuple[frozenset[int], frozenset[int]]] = {}


def admitted(viewer: Viewer, surface: str = Surface.WEB) -> frozenset[int]:
    """The ids of the audiences that `viewer` belongs to on `surface`."""
    return _weighed(viewer, surface)[0]


def is_admitted(audience_id: int, viewer: Viewer, surface: str = Surface.WEB) -> bool:
    """Whether `viewer` belongs to one audience, also if another process added it a moment ago."""
    allowed, known = _weighed(viewer, surface)
    if audience_id not in known:
        _admitted.clear()
        allowed, known = _weighed(viewer, surface)
    return audience_id in allowed


def _weighed(viewer: Viewer, surface: str) -> tuple[frozenset[int], frozenset[int]]:
    key = (viewer.clearance, viewer.roles, viewer.centres, viewer.is_superuser, surface)
    if key not in _admitted:
        audiences = list(Audience.objects.all())
        _admitted[key] = (
            frozenset(audience.pk for audience in audiences if audience.limits.admits(viewer, surface)),
            frozenset(audience.pk for audience in audiences),
        )
    return _admitted[key]


def forget_admitted() -> None:
    """Forget what was remembered; for tests, whose audiences vanish with their transaction."""
    _admitted.clear()


@singledispatch
def audience_ids(thing: Any) -> frozenset[int]:
    """The audiences that may see `thing`. Apps register their own kinds of things; unknown ones have none."""
    return frozenset()


@audience_ids.register
def _of_page(thing: Page) -> frozenset[int]:
    if not thing.live:
        return frozenset()
    return frozenset(PageAudience.objects.filter(page_id=thing.pk).values_list("audience_id", flat=True))


def visible(thing: Any, viewer: Viewer, surface: str = Surface.WEB) -> bool:
    """Whether `viewer` may know that `thing` exists, on `surface`. Denied by default."""
    return any(is_admitted(pk, viewer, surface) for pk in audience_ids(thing))


Pages = TypeVar("Pages", bound="models.QuerySet[Any]")


def visible_pages(pages: Pages, viewer: Viewer, surface: str = Surface.WEB) -> Pages:
    """The queryset twin of `visible`: live pages that `viewer` may know of."""
    return pages.filter(live=True, portal_audience__audience__in=_admitted_now(viewer, surface))


def _admitted_now(viewer: Viewer, surface: str) -> frozenset[int]:
    """As `admitted`, but with rows that other processes added; lists must not miss new audiences."""
    if Audience.objects.count() != len(_weighed(viewer, surface)[1]):
        _admitted.clear()
    return admitted(viewer, surface)
