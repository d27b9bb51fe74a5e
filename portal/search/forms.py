"""What do the forms of somebody who keeps a search carry?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.search.models import SavedSearch

LONGEST_NAME = SavedSearch._meta.get_field("name").max_length
#: An address with the longest question in it, every character as nine.
LONGEST_SEARCH = 3_000


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name of the search"), max_length=LONGEST_NAME)


class SearchForm(NameForm):
    """A search as it stands in an address behind the question mark, and how it is to be called."""

    search = forms.CharField(max_length=LONGEST_SEARCH, widget=forms.HiddenInput, strip=False)
