"""What are the elements of a Word file called? (ECMA-376, Part 1; strict names are made transitional on reading.)"""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V = "urn:schemas-microsoft-com:vml"
OFFICE = "urn:schemas-microsoft-com:office:office"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"

_PREFIXES = {"w": W, "r": R, "a": A, "c": C, "dgm": DGM, "pic": PIC, "wp": WP, "m": M, "mc": MC, "v": V, "o": OFFICE,
             "w14": W14}  # fmt: skip
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/picture": PIC.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/chart": C.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/diagram": DGM.encode(),
}


def q(name: str) -> str:
    """The full name of "w:p"."""
    prefix, _, local = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"
