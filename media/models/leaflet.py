"""A document to read or print."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from media.addresses import address_of
from media.fields import LeafletField
from media.models.credited import Credited, waits


class Leaflet(Credited, AbstractDocument):
    """A document to read or print."""

    file = LeafletField(_("file"), upload_to="documents", db_index=True)

    admin_form_fields = ("title", "file", "credit", "rights", "rights_note", "collection", "tags")
    classification: ClassVar[dict[str, str]] = {
        **Credited.classification,
        "id": "public", "title": "public", "file": "staff", "created_at": "staff", "uploaded_by_user": "personal",
        "tags": "staff", "file_size": "public", "file_hash": "staff", "collection": "staff",
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
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        return address_of(str(self.file.name))
