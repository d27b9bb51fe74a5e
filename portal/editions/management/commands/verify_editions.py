"""Is every edition what was signed? `manage.py verify_editions` proves it, byte for byte."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.editions.models import Edition
from portal.editions.verifying import faults, unsigned_pages


class Command(BaseCommand):
    help = (
        "Prove that every edition is what was signed, with all its files; print each fault, and exit with 1 if any. "
        "Pages that are shown without any edition are printed, too: they may be older than the rule."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for page in unsigned_pages():
            told = _("page %(pk)d is shown, and there is no edition of it.") % {"pk": page.pk}
            self.stdout.write(self.style.WARNING(told))
        found = 0
        for found, fault in enumerate(faults(), start=1):  # noqa: B007 - counted while they are printed
            self.stdout.write(self.style.ERROR(fault))
        if found:
            told = ngettext("%(count)d fault was found.", "%(count)d faults were found.", found)
            self.stderr.write(told % {"count": found})
            sys.exit(1)
        number = Edition.objects.exclude(code="").count()
        told = _("Every one of %(count)d editions is what was signed.")
        self.stdout.write(self.style.SUCCESS(told % {"count": number}))
