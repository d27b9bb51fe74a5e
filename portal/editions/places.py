"""What of an edition do only people who work at a centre see? Who signed it."""

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.base import places
from portal.base.audience import Sensitivity, viewer_of
from portal.editions.models import Signature


@places.register("signers")
def signers(request: HttpRequest, argument: str) -> SafeString:
    """The names of those who signed, for staff who are signed in; nothing for everybody else."""
    is_number = argument.isascii() and argument.isdecimal() and int(argument) <= models.BigIntegerField.MAX_BIGINT
    if not is_number or viewer_of(request).clearance < Sensitivity.STAFF:
        return mark_safe("")
    signatures = Signature.objects.filter(proposal__edition=int(argument)).select_related("person")
    return render_to_string("portal_editions/signers.html", {"signatures": signatures.order_by("signed_at")})
