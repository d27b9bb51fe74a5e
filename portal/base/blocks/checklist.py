"""Things to tick off. Ticks stay on the reader's device."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock


class ChecklistBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=160)
    items = ListBlock(CharBlock(label=_("Item"), max_length=300), label=_("Items"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "base/blocks/checklist.html"
