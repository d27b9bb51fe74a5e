"""Several short things, in any order or in this order."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, ListBlock, RichTextBlock, StructBlock

from portal.base.blocks.paragraph import INLINE_FEATURES


class ListOfItemsBlock(StructBlock):
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[("bullet", _("Bullets")), ("number", _("Numbers"))],
        default="bullet",
        search_index=False,
    )
    items = ListBlock(RichTextBlock(features=INLINE_FEATURES, label=_("Item")), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "base/blocks/list.html"
