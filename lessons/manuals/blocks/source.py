"""Which law or agreement does it stand on, and when did somebody look it up?"""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock, StructBlock, TextBlock


class SourceBlock(StructBlock):
    source = CharBlock(label=_("Source"), max_length=200, help_text=_("The law, agreement or standard, with its year."))
    article = CharBlock(label=_("Article"), required=False, max_length=80)
    says = TextBlock(label=_("What it says"), help_text=_("In your own words, for people who are no lawyers."))
    checked_on = DateBlock(
        label=_("Checked on"), required=False, search_index=False,
        help_text=_("The day on which somebody compared this with the source. It is asked for again after a year."),
    )  # fmt: skip

    class Meta:
        icon = "clipboard-list"
        label = _("Source")
