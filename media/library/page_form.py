"""Where does an editor read what keeps a page from being published? Beside the picture that says nothing."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from media.library.saying import Silence, silences
from portal.base.page_form import PortalPageForm

#: The buttons that lead to readers: publish, hand in, hand in again. A draft may be unfinished.
LEADS_TO_READERS = ("action-publish", "action-submit", "action-restart-workflow")


class IllustratedPageForm(PortalPageForm):
    def _post_clean(self) -> None:
        """When the page has what the form holds, but only if everything else is right."""
        super()._post_clean()
        if not self.errors and leads_to_readers(self.data):
            for field, found in by_field(silences(self.instance)).items():
                self._say(field, found)

    def _say(self, field: str, found: list[Silence]) -> None:
        sentences = [silence.sentence for silence in found]
        if field not in self.fields:
            self.add_error(None, sentences)
        elif found[0].block is None:
            self.add_error(field, sentences)
        else:
            self.add_error(field, beside_blocks(found))


def leads_to_readers(data: Any) -> bool:
    approves = "action-workflow-action" in data and data.get("workflow-action-name") == "approve"
    return approves or any(data.get(button) for button in LEADS_TO_READERS)


def by_field(found: list[Silence]) -> dict[str, list[Silence]]:
    sorted_: dict[str, list[Silence]] = defaultdict(list)
    for silence in found:
        sorted_[silence.field].append(silence)
    return sorted_


def beside_blocks(found: list[Silence]) -> ValidationError:
    """Wagtail shows each sentence in the block that it is about."""
    return StreamBlockValidationError(
        block_errors={
            silence.block: StructBlockValidationError(block_errors={silence.inside: ValidationError(silence.sentence)})
            for silence in found
        },
        non_block_errors=[ValidationError(_("Some pictures or recordings have no words for people who need them."))],
    )
