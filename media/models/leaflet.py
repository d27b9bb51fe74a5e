"""A document to read or print."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.search import index

from media.addresses import address_of
from media.fields import LeafletField
from media.models.credited import LETTERS_FOR_TYPING, Credited, waits


class LeafletManager(models.Manager["Leaflet"]):
    """Without what leaflets say, which may be a whole book: lists and pages show their titles only."""

    def get_queryset(self) -> models.QuerySet["Leaflet"]:
        return super().get_queryset().defer("text")


class Leaflet(Credited, AbstractDocument):
    """A document to read or print.

    `text` is what it says, read by the task worker, with an empty line between its pages.
    """

    file = LeafletField(_("file"), upload_to="documents", db_index=True)
    text = models.TextField(_("text"), blank=True, editable=False)
    text_made_at = models.DateTimeField(null=True, editable=False, db_index=True)

    objects = LeafletManager.from_queryset(DocumentQuerySet)()
    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("credit"),
        # What it says, for editors who look for it. Visitors find it in the pages that show it.
        index.SearchField("text"),
        index.AutocompleteField("first_words"),
    ]
    admin_form_fields = ("title", "file", "credit", "rights", "rights_note", "collection", "tags")
    classification: ClassVar[dict[str, str]] = {
        **Credited.classification,
        "id": "public", "title": "public", "file": "staff", "created_at": "staff", "uploaded_by_user": "personal",
        "tags": "staff", "file_size": "public", "file_hash": "staff", "collection": "staff",
        "text": "public", "text_made_at": "staff",
    }  # fmt: skip

    class Meta(AbstractDocument.Meta):
        verbose_name = _("leaflet")
        verbose_name_plural = _("leaflets")
        permissions = [("choose_leaflet", "Can choose leaflet")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if waits(self.file):
            self.file.save(str(self.file.name), self.file.file, save=False)
            self._set_document_file_metadata()
            self.file.close()
            self.text, self.text_made_at = "", None
        # Together with the notes that its pages have changed.
        with transaction.atomic():
            super().save(*args, **kwargs)

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet["Leaflet"]:
        """With what they say, in one query."""
        leaflets: models.QuerySet[Leaflet] = super().get_indexed_objects().defer(None)
        return leaflets

    def first_words(self) -> str:
        return self.text[:LETTERS_FOR_TYPING]

    def has_no_words(self) -> bool:
        """Whether it was read in vain: a scan, most likely."""
        return self.text_made_at is not None and not self.text

    @property
    def url(self) -> str:
        return address_of(str(self.file.name))
