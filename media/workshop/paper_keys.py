"""Which keys of a PDF's dictionaries show the page, which act, and which tell (ISO 32000-2)?

Where a kind of dictionary is known, only what it needs stays. Where it is not (resources name their fonts as they
like), what is known to tell goes, and so does every text but those that readers are shown or read aloud.
"""


def keys(names: str) -> frozenset[str]:
    return frozenset(f"/{name}" for name in names.split())


#: What makes a reader program do something (12.6), carries other files (7.11), or plays (13).
ACTS = keys("JS JavaScript AA Launch XFA RichMedia RichMediaContent")
CARRIES = keys("EmbeddedFiles EF AF Collection")
ACTIONS_THAT_ACT = keys(
    "JavaScript Launch SubmitForm ImportData ResetForm GoToE Rendition Movie Sound RichMediaExecute GoTo3DView Trans"
)
ANNOTATIONS_THAT_ACT = keys("RichMedia 3D Sound Movie Screen")

#: Who made it, with what, when and where; dictionaries anywhere in a PDF may have them.
TELLS = keys("Metadata PieceInfo LastModified Thumb Measure PtData LGIDict OPI SpiderInfo PronunciationLexicon Creator")
#: A stream whose content lies in another file (7.3.8.2).
ELSEWHERE = keys("F FFilter FDecodeParms")
#: Texts that belong to what is shown: structure read aloud, outlines, names of places in the document and of letters.
TEXTS = keys(
    "Alt ActualText E Lang Title T ID Registry Ordering CharSet FontFamily Panose P URI Contents Name Dest D Summary "
    "Desc Short NS Phoneme"
)

CATALOGUE = keys(
    "Type Pages Names Dests Outlines PageLabels PageMode PageLayout ViewerPreferences StructTreeRoot MarkInfo Lang "
    "OCProperties Version"
)
NAMES = keys("Dests")
PREFERENCES = keys("Direction PrintScaling Duplex")
TRAILER = keys("Root Size")
OUTLINE = keys("Type Title Parent Prev Next First Last Count Dest A SE C F")
LINK = keys("Type Subtype Rect Border BS Dest A QuadPoints H F StructParent C Contents OC")
LINK_ACTIONS = {"/GoTo": keys("Type S D SD"), "/URI": keys("Type S URI")}
WHERE_LINKS_LEAD = ("http://", "https://", "mailto:")

_FONT = keys(
    "Type Subtype Name BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts "
    "CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs Resources"
)
_DESCRIPTOR = keys(
    "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight "
    "XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Lang FD CIDSet"
)
_PAGES = keys("Type Parent Kids Count Resources MediaBox CropBox Rotate")
BY_TYPE = {
    "/Catalog": CATALOGUE,
    "/Page": keys(
        "Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group Annots Tabs "
        "StructParents UserUnit"
    ),
    "/Pages": _PAGES,
    "/Font": _FONT,
    "/FontDescriptor": _DESCRIPTOR,
    "/OCG": keys("Type Name Intent"),
    "/OCMD": keys("Type OCGs P VE"),
}
_STREAM = keys("Length Filter DecodeParms DL")
BY_SUBTYPE_OF_STREAM = {
    "/Image": _STREAM
    | keys(
        "Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask "
        "SMaskInData Matte Name StructParent OC"
    ),
    "/Form": _STREAM
    | keys("Type Subtype FormType BBox Matrix Resources Group StructParent StructParents OC Name"),
}  # fmt: skip
