"""What does the editor's form ask of every page?"""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from portal.base.creating_once import FIELD, new_key
from portal.base.overtaken import BEGAN, ON_TOP, Began, Kept, OnTopBox, began_in, mark_of, newer_than, newest_of


class PortalPageForm(WagtailAdminPageForm):
    """Wagtail fills in the address of a new page by script; on a slow line somebody saves before that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # The page makes one of its title where there is none.
            self.fields["slug"].required = False
        if self.instance.pk is None:
            self.fields[FIELD] = forms.CharField(required=False, initial=new_key, widget=forms.HiddenInput)
        else:
            self.fields[BEGAN] = Began(initial=lambda: mark_of(newest_of(self.instance)), sent=began_in(self.data))

    def clean(self) -> Any:
        cleaned = super().clean()
        if newer := newer_than(self.instance, self.data, by=self.for_user):
            self.fields[ON_TOP] = Kept(widget=OnTopBox(newer))
            # Wagtail takes this away from every field again when it shows the form.
            self.fields[ON_TOP].is_deferred_validation = self.is_deferred_validation
            self.add_error(None, newer.sentence)
        return cleaned
