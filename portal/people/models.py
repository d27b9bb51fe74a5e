"""Who is here, at which centre, in which role?"""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.people.roles import Role


def opaque_id() -> str:
    """A name for a person that tells nothing about them; 80 random bits."""
    return f"p-{secrets.token_hex(10)}"


class Discipline(models.TextChoices):
    """The professions of a multi-disciplinary team."""

    SOCIAL_WORK = "social_work", _("Social work")
    POLICE = "police", _("Police")
    PROSECUTION = "prosecution", _("Prosecution")
    LABOUR = "labour", _("Labour protection")
    NURSING = "nursing", _("Nursing and health")
    PSYCHOLOGY = "psychology", _("Psychology")
    LAW = "law", _("Law")
    INTERPRETING = "interpreting", _("Interpreting")
    VOCATIONAL = "vocational", _("Vocational training")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    INTERNATIONAL = "international", _("International organisation")
    OTHER = "other", _("Other")


class Calendar(models.TextChoices):
    BY_LANGUAGE = "by_language", _("As usual in my language")
    GREGORIAN = "gregorian", _("Common era")
    BUDDHIST = "buddhist", _("Buddhist era")


class PersonManager(UserManager["User"]):
    """People sign in by e-mail; their username is made for them."""

    def create_person(self, *, email: str, password: str | None = None, **fields: Any) -> "User":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(
        self,
        username: str | None = None,
        email: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> "User":
        return self.create_person(email=email or "", password=password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with an account. Known to the outside, to logs and to the audit only by an opaque id."""

    username = models.CharField(_("opaque id"), max_length=40, unique=True, default=opaque_id)
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    discipline = models.CharField(_("discipline"), max_length=20, choices=Discipline, blank=True)
    calendar = models.CharField(_("calendar"), max_length=12, choices=Calendar, default=Calendar.BY_LANGUAGE)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    classification = {
        "id": "staff", "username": "staff", "password": "personal", "email": "personal", "first_name": "personal",
        "last_name": "personal", "language": "personal", "discipline": "personal", "calendar": "personal",
        "is_active": "staff", "is_staff": "staff", "is_superuser": "staff", "last_login": "personal",
        "date_joined": "personal", "groups": "staff", "user_permissions": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or str(_("Somebody"))


class Centre(models.Model):
    """The home centre, or a sister centre that takes over its model."""

    class Kind(models.TextChoices):
        HOME = "home", _("Home centre")
        SISTER = "sister", _("Sister centre")

    name = models.CharField(_("name"), max_length=120, unique=True)
    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,8}\Z", _("Use two to eight capital letters."))],
        help_text=_("Two to eight capital letters, for the numbers of manuals."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SISTER)
    country = models.CharField(_("country"), max_length=2, default="TH", help_text=_("Two letters, ISO 3166."))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Bangkok")

    classification = {
        "id": "public", "name": "public", "code": "public", "kind": "public", "country": "public", "time_zone": "public"
    }  # fmt: skip

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def managed_by(self, person: User) -> "MembershipQuerySet":
        """The memberships of the centres that `person` manages."""
        return self.filter(centre__memberships__person=person, centre__memberships__role=Role.CENTRE_MANAGER)


class Membership(models.Model):
    """Somebody's role at a centre. Granted and revoked through portal.people.actions only."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("centre"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    granted_at = models.DateTimeField(_("granted at"))
    granted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("granted by")
    )

    objects = MembershipQuerySet.as_manager()
    classification = {
        "id": "staff", "person": "staff", "centre": "staff", "role": "staff", "granted_at": "staff",
        "granted_by": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["centre", "person", "role"]
        constraints = [
            models.UniqueConstraint(fields=["person", "centre", "role"], name="people_membership_is_held_once"),
            models.CheckConstraint(
                condition=models.Q(granted_by__isnull=True) | ~models.Q(granted_by=models.F("person")),
                name="people_membership_is_granted_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.get_username()} · {self.get_role_display()} · {self.centre}"
