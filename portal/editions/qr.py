"""The square that stands on a cover and on every printed page: how does a browser draw it?"""

import segno
from django.utils.safestring import SafeString


def square_in_page(address: str) -> SafeString:
    """`address` as a QR code to stand in HTML, as large as its frame; light and dark stay what they are at night."""
    code = segno.make(address, error="m", micro=False, boost_error=False)
    drawn: str = code.svg_inline(
        border=2, dark="#1a2038", light="#ffffff", omitsize=True, svgclass=None, lineclass=None
    )
    return SafeString(drawn)
