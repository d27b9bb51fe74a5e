"""One step of a procedure: who does what, when, and what must not go wrong."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock

from portal.base.blocks.paragraph import INLINE_FEATURES


class ProcedureStepBlock(StructBlock):
    title = CharBlock(label=_("Step"), max_length=160)
    when = CharBlock(label=_("When"), required=False, max_length=160)
    who = CharBlock(label=_("Who"), required=False, max_length=160, help_text=_("Roles, not names."))
    text = RichTextBlock(label=_("What to do"), features=[*INLINE_FEATURES, "ul", "ol"])
    do_no_harm = TextBlock(label=_("Do no harm"), required=False)
    time_limit = CharBlock(label=_("Time limit"), required=False, max_length=160)
    evidence = CharBlock(
        label=_("Evidence"), required=False, max_length=240, help_text=_("What shows that the step was done.")
    )

    class Meta:
        icon = "order"
        label = _("Procedure step")
        template = "base/blocks/procedure_step.html"
