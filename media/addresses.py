"""Where is a file fetched? At one address, wherever it lies: the view behind it decides who may."""

from django.urls import reverse


def address_of(name: str) -> str:
    """The address of the file that the storage knows as `name`."""
    return reverse("media:file", args=[name])
