"""How does an administrator make and mend accounts? Roles are not given here but as memberships."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.people.models import User
from portal.people.roles import group_name

FIELDS = ("username", "email", "first_name", "last_name", "language", "discipline", "is_superuser", "groups")
WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class PersonFormMixin:
    """Leaves the opaque id alone, and the groups that carry roles: those follow memberships."""

    fields: dict[str, Any]
    instance: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["username"]
        self.fields["groups"].queryset = Group.objects.exclude(name__startswith=group_name(""))

    def separate_username_field(self) -> bool:
        return False

    def clean_groups(self) -> Any:
        chosen = self.cleaned_data["groups"]  # type: ignore[attr-defined]
        carried = Group.objects.filter(name__startswith=group_name(""))
        held = carried.filter(user=self.instance) if self.instance.pk else carried.none()
        return Group.objects.filter(pk__in={group.pk for group in (*chosen, *held)})


class PersonCreationForm(PersonFormMixin, UserCreationForm):
    class Meta:
        model = User
        fields = FIELDS
        widgets = WIDGETS


class PersonEditForm(PersonFormMixin, UserEditForm):
    class Meta:
        model = User
        fields = (*FIELDS, "is_active")
        widgets = WIDGETS
