"""What does the editor's form ask of every page?"""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from portal.base.creating_once import FIELD, new_key


class PortalPageForm(WagtailAdminPageForm):
    """Wagtail fills in the address of a new page by script; on a slow line somebody saves before that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # The page makes one of its title where there is none.
            self.fields["slug"].required = False
        if self.instance.pk is None:
            self.fields[FIELD] = forms.CharField(required=False, initial=new_key, widget=forms.HiddenInput)
