"""Which leaflets are taken, and what is left of them?

PDFs that only show pages. What acts when it is opened (scripts, actions, forms that send) is refused, and so are files
inside the file and encryption; who wrote it, with what and when, is taken out. The file is written anew, so that
nothing that was deleted in it before, or hangs behind it, is published.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from media.ingest.kept import AnyFile, KeptFile, UnableToKeep, content_of, damaged, extension_of

MOST_BYTES = 30 * 1024 * 1024
MOST_OBJECTS = 500_000
#: Keys of a PDF's dictionaries that make a reader program do something, or carry other files (ISO 32000-2, 12.6, 7.11).
ACTS = frozenset({"/JS", "/JavaScript", "/AA", "/Launch", "/XFA", "/RichMedia"})
CARRIES = frozenset({"/EmbeddedFiles", "/EF", "/AF"})
ACTIONS_THAT_ACT = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}
)
#: Keys that say who made it, with what and when; dictionaries anywhere in a PDF may have them.
METADATA = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
ANNOTATION_METADATA = ("/T", "/M", "/CreationDate", "/NM", "/RC")


def cleaned_leaflet(file: AnyFile) -> KeptFile:
    """The same pages without metadata. Raises UnableToKeep."""
    if isinstance(file, KeptFile) and file.content_type == "application/pdf":
        return file
    content = content_of(file, at_most=getattr(settings, "WAGTAILDOCS_MAX_UPLOAD_SIZE", MOST_BYTES))
    if not content.startswith(b"%PDF-"):
        message = _("This is not a PDF, whatever its name says. Save the document as PDF and upload that.")
        raise UnableToKeep(message, code="invalid_document")
    if extension_of(file) != ".pdf":
        raise UnableToKeep(_("The file is a PDF. Rename it to end in “.pdf”."), code="invalid_document_name")
    return KeptFile(pages_only(content), extension=".pdf", content_type="application/pdf")


def pages_only(content: bytes) -> bytes:
    """The PDF written anew: what its pages need, and nothing about who made it."""
    # Imported only when somebody uploads: it takes 10 MB of memory that no reader needs.
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise encrypted()
            check_inert(pdf)
            strip(pdf)
            out = BytesIO()
            pdf.save(
                out, static_id=True, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.generate
            )
    except pikepdf.PasswordError as error:
        raise encrypted() from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise damaged() from error
    return out.getvalue()


def encrypted() -> UnableToKeep:
    message = _("This PDF is locked with a password, so nobody could read it. Save it without a password.")
    return UnableToKeep(message, code="encrypted")


def check_inert(pdf: Any) -> None:
    """Raises UnableToKeep for a PDF that would do something, or that carries other files."""
    if len(pdf.objects) > MOST_OBJECTS or not len(pdf.pages):
        raise damaged()
    for dictionary in dictionaries_in(pdf):
        keys = set(dictionary.keys())
        if keys & CARRIES or dictionary.get("/Type") == "/EmbeddedFile":
            message = _("This PDF carries other files inside. Take the attachments out, or print it to a new PDF.")
            raise UnableToKeep(message, code="embedded_files")
        if keys & ACTS or dictionary.get("/S") in ACTIONS_THAT_ACT:
            message = _(
                "This PDF holds a program or a form that acts by itself. Print it to a new PDF, and upload that."
            )
            raise UnableToKeep(message, code="active_document")
    if opening_acts(pdf):
        message = _("This PDF does something when it is opened. Print it to a new PDF, and upload that.")
        raise UnableToKeep(message, code="active_document")


def opening_acts(pdf: Any) -> bool:
    """Whether opening the file does more than turn to a page, which many office programs ask for."""
    import pikepdf

    opening = pdf.Root.get("/OpenAction")
    return isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo"


def dictionaries_in(pdf: Any) -> Iterator[Any]:
    """Every dictionary in the file, also those that stand inside others."""
    import pikepdf

    waiting, met = [pdf.trailer, *pdf.objects], 0
    while waiting:
        thing = waiting.pop()
        met += 1
        if met > 10 * MOST_OBJECTS:
            raise damaged()
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing
            waiting += [value for value in thing.values() if is_inside(value)]
        elif isinstance(thing, pikepdf.Array):
            waiting += [value for value in thing if is_inside(value)]


def is_inside(value: Any) -> bool:
    """Whether `value` stands where it is used; what does not is among the file's objects already."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream) and not value.is_indirect


def strip(pdf: Any) -> None:
    """Take out who made it, with what and when, and notes in the margin."""
    for dictionary in list(dictionaries_in(pdf)):
        for key in METADATA:
            if key in dictionary:
                del dictionary[key]
    for page in pdf.pages:
        strip_annotations(page)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def strip_annotations(page: Any) -> None:
    """Of what lies over a page only links stay; comments have authors and dates."""
    links = [note for note in page.get("/Annots", []) if note.get("/Subtype") == "/Link"]
    for link in links:
        for key in ANNOTATION_METADATA:
            if key in link:
                del link[key]
    if "/Annots" in page:
        import pikepdf

        page["/Annots"] = pikepdf.Array(links)
