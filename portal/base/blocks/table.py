"""A table with a caption and one row of headings. Lists of cells, so that every cell can be translated."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
)

from portal.base.blocks.paragraph import INLINE_FEATURES


class RowBlock(StructBlock):
    cells = ListBlock(RichTextBlock(features=INLINE_FEATURES, label=_("Cell"), required=False), label=_("Cells"))


class TableBlock(StructBlock):
    caption = CharBlock(label=_("Caption"), max_length=200, help_text=_("Says what the table shows."))
    header = ListBlock(CharBlock(label=_("Heading"), max_length=120), label=_("Headings"), min_num=1)
    rows = ListBlock(RowBlock(label=_("Row")), label=_("Rows"), min_num=1)

    def clean(self, value: StructValue) -> StructValue:
        value = super().clean(value)
        width = len(value["header"])
        if any(len(row["cells"]) != width for row in value["rows"]):
            message = _("Every row needs as many cells as there are headings: %(count)d.") % {"count": width}
            raise StructBlockValidationError(non_block_errors=[message])
        return value

    class Meta:
        icon = "table"
        label = _("Table")
        template = "base/blocks/table.html"
