"""Was it understood? A question with one right answer."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, StructBlock, StructBlockValidationError, StructValue


class AnswerBlock(StructBlock):
    text = CharBlock(label=_("Answer"), max_length=240)
    is_right = BooleanBlock(label=_("This is the right one"), required=False)

    class Meta:
        icon = "tick"
        label = _("Answer")


class QuestionBlock(StructBlock):
    question = CharBlock(label=_("Question"), max_length=300)
    answers = ListBlock(AnswerBlock(), label=_("Answers"), min_num=2, max_num=6)
    why = CharBlock(
        label=_("Why"), required=False, max_length=300, help_text=_("Told to whoever answered, right or wrong.")
    )

    def clean(self, value: StructValue) -> StructValue:
        value = super().clean(value)
        if sum(bool(answer["is_right"]) for answer in value["answers"]) != 1:
            raise StructBlockValidationError(non_block_errors=[_("One answer is the right one: tick it.")])
        return value

    class Meta:
        icon = "help"
        label = _("Question")
