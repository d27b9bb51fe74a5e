"""Which professions of the multi-disciplinary team does it touch?"""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import MultipleChoiceBlock

from portal.people.models import Discipline


class RolesBlock(MultipleChoiceBlock):
    """None ticked means everybody who works by the manual. Whoever changes it asks these people to read again."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "choices": Discipline.choices,
                "required": False,
                "default": [],
                "label": _("Roles in the team"),
                "widget": CheckboxSelectMultiple,
                "search_index": False,
                **kwargs,
            }
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """To migrations it is a list of anything: another profession is no change of the database."""
        return "wagtail.blocks.MultipleChoiceBlock", [], {"choices": [], "required": False}
