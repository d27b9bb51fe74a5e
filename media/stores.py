"""Where do files lie? Originals in a store of their own, which no reader's address ever leads to."""

from django.core.files.storage import Storage, storages


def originals() -> Storage:
    """The private store: what was brought, cleaned, in full size, and the working copies made of it."""
    return storages["originals"]
