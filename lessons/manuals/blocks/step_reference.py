"""Which step of this section is meant? Its block id, which outlives every edit and is the same in all languages."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import FieldBlock


class StepReferenceBlock(FieldBlock):
    """Without script one types the number of a step; the body turns it into the id when it is saved.

    No CharBlock: nobody should be asked to translate an id.
    """

    def __init__(self, required: bool = False, **kwargs: Any) -> None:
        self._required = required
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        widget = forms.TextInput(attrs={"data-step-reference": "", "autocomplete": "off"})
        return forms.CharField(required=self._required, max_length=36, widget=widget)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """To migrations it is text."""
        return "wagtail.blocks.CharBlock", [], {"required": False}

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    class Meta:
        icon = "order"
        label = _("Which step")
        default = ""
        help_text = _("Choose it, or type its number.")
