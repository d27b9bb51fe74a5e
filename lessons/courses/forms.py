"""What does a learner's form carry?"""

from django import forms


class DeedForm(forms.Form):
    """The id of the event that the form will be: made with the form, so that sending it twice stores one event."""

    event = forms.UUIDField()
