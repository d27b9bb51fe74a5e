"""Accounts and memberships in the admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import UserViewSet

from portal.people.actions import grant, revoke
from portal.people.models import Membership
from portal.people.person_forms import PersonCreationForm, PersonEditForm
from portal.people.policies import UnableToGrant, check_can_grant


class PersonViewSet(UserViewSet):
    ordering = "last_name"

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm


class MembershipForm(forms.ModelForm[Membership]):
    """Asks the policy before anything is written, so that the reason stands in the form."""

    class Meta:
        model = Membership
        fields = ("person", "centre", "role")

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = for_user

    def clean(self) -> dict[str, Any]:
        wanted = super().clean() or {}
        if {"person", "centre", "role"} <= set(wanted):
            try:
                check_can_grant(self.by, to=wanted["person"], centre=wanted["centre"], role=wanted["role"])
            except UnableToGrant as reason:
                raise ValidationError(str(reason)) from reason
        return wanted

    def save(self, commit: bool = True) -> Membership:
        wanted = self.cleaned_data
        return grant(wanted["role"], to=wanted["person"], centre=wanted["centre"], by=self.by, at=timezone.now())


class MembershipIndexView(generic.IndexView):
    """A manager sees the people of their own centres; whoever runs the site sees all."""

    def get_base_queryset(self) -> Any:
        memberships = super().get_base_queryset().select_related("person", "centre")
        return memberships if self.request.user.is_superuser else memberships.managed_by(self.request.user)


class MembershipCreateView(generic.CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def get_success_buttons(self) -> list[Any]:
        """None: a role is never edited."""
        return []


class MembershipDeleteView(generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            revoke(self.object, by=self.request.user, at=timezone.now())
        except UnableToGrant as reason:
            messages.error(self.request, str(reason))
        return redirect(self.get_success_url())


#: Addresses of Wagtail that would lead to editing.
LEFT_OUT = {"edit", "history", "history_results"}


class MembershipViewSet(ModelViewSet):
    """Giving and taking roles; a role is never edited, it is taken and given."""

    model = Membership
    icon = "group"
    menu_label = _("Roles")
    menu_order = 590
    add_to_settings_menu = True
    list_display = ("person", "centre", "role", "granted_at")
    list_filter = ("centre", "role")
    index_view_class = MembershipIndexView
    add_view_class = MembershipCreateView
    delete_view_class = MembershipDeleteView
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return MembershipForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_index_view_kwargs(**kwargs), "edit_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in LEFT_OUT]


memberships = MembershipViewSet("memberships")
