"""What does the square in the footer say? The short address of this very edition."""

import io

import segno


def square(address: str) -> bytes:
    """`address` as a QR code, an SVG of one path; it can be read with a seventh of it hidden."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        written, kind="svg", border=2, dark="#1a2038", light="#ffffff", xmldecl=False, svgclass=None, lineclass=None
    )
    return written.getvalue()
