"""What to do at once. It stands before everything else."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock

from portal.base.blocks.paragraph import INLINE_FEATURES


class EmergencyBlock(StructBlock):
    title = CharBlock(label=_("When is it an emergency?"), max_length=160)
    actions = ListBlock(
        RichTextBlock(features=INLINE_FEATURES, label=_("What to do")), label=_("At once, in this order"), min_num=1
    )
    then = CharBlock(
        label=_("Whom to tell"), required=False, max_length=240,
        help_text=_("Roles, not names. Numbers of telephones hang beside the duty book, where they can be kept true."),
    )  # fmt: skip

    class Meta:
        icon = "warning"
        label = _("Emergency")
        template = "manuals/blocks/emergency.html"
