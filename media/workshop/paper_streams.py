"""What do the streams of a PDF hold, how large would they become, and what in them tells?"""

import re
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf

from media.workshop.paper_endings import Reason, Refused
from media.workshop.pictures_in_paper import jbig2, jpeg, jpeg2000

#: A page scanned in colour with 600 pixels an inch is 105 MB; in all, what a reader's telephone can still go through.
MOST_UNPACKED, MOST_UNPACKED_IN_ALL = 128 * 1024 * 1024, 3 * 1024 * 1024 * 1024
PIECE = 1024 * 1024
PICTURES: dict[str, Callable[[bytes], bytes]] = {
    "/DCTDecode": jpeg,
    "/JPXDecode": jpeg2000,
    "/JBIG2Decode": jbig2,
    "/CCITTFaxDecode": bytes,
}
SHORT = {"/Fl": "/FlateDecode", "/DCT": "/DCTDecode", "/CCF": "/CCITTFaxDecode"}
PACKED = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode"}
#: Texts in brackets and in hexadecimal, which may have a percent sign or none; then what is harder to tell apart.
SIMPLE_TEXT = rb"\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]*+>"
COMMENT = re.compile(rb"(?P<text>%s)|(?P<comment>%%[^\r\n]*+)|(?P<hard>\(|\bBI\b)" % SIMPLE_TEXT, re.DOTALL)


class Counter:
    """How much all streams together have unpacked to."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, length: int) -> None:
        self.total += length
        if self.total > MOST_UNPACKED_IN_ALL:
            raise Refused(Reason.UNPACKS_TO_TOO_MUCH)


def clean(stream: Any, *, draws: bool, counter: Counter) -> None:
    """Leave in `stream` what is seen; `draws` says whether it is a list of drawing orders."""
    filters = filters_of(stream)
    if filters and filters[-1] in PICTURES:
        clean_picture(stream, filters)
    elif filters == ["/FlateDecode"]:
        hangs_behind = check_flate(stream.get_raw_stream_buffer(), counter)
        if hangs_behind:
            stream.write(stream.read_bytes())
    elif set(filters) <= PACKED and len(filters) <= 3:
        # Rare. The library's own limits and those of the process hold.
        content = stream.read_bytes()
        if len(content) > MOST_UNPACKED:
            raise Refused(Reason.UNPACKS_TO_TOO_MUCH)
        counter.add(len(content))
        if filters:
            stream.write(content)
    else:
        raise Refused(Reason.UNUSUAL)
    if draws:
        clean_drawing(stream)


def filters_of(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    names = [found] if isinstance(found, pikepdf.Name) else list(found)
    return [SHORT.get(str(name), str(name)) for name in names]


def check_flate(packed: Any, counter: Counter) -> bool:
    """Unpack piece by piece, keeping nothing; tells whether something hangs behind the end."""
    unpacker, length, rest = zlib.decompressobj(), 0, memoryview(packed)
    at, waiting = 0, b""
    try:
        while not unpacker.eof and (waiting or at < len(rest)):
            if not waiting:
                waiting, at = bytes(rest[at : at + PIECE]), at + PIECE
            piece = len(unpacker.decompress(waiting, PIECE))
            waiting = unpacker.unconsumed_tail
            length += piece
            counter.add(piece)
            if length > MOST_UNPACKED:
                raise Refused(Reason.UNPACKS_TO_TOO_MUCH)
    except zlib.error:
        # Readers show what they could unpack; anew, it is that and nothing else.
        return True
    return bool((unpacker.unused_data + bytes(rest[at : at + 64])).strip()) or not unpacker.eof


def clean_picture(stream: Any, filters: list[str]) -> None:
    """The picture alone, without what it was packed in."""
    parms = stream.get("/DecodeParms")
    if len(filters) > 1:
        if not set(filters[:-1]) <= PACKED or len(filters) > 3:
            raise Refused(Reason.UNUSUAL)
        parms = parms[-1] if isinstance(parms, pikepdf.Array) and len(parms) == len(filters) else None
        content = unpacked(stream, filters[:-1])
    else:
        content = stream.read_raw_bytes()
        parms = parms[0] if isinstance(parms, pikepdf.Array) and len(parms) else parms
    parms = parms if isinstance(parms, pikepdf.Dictionary) else None
    stream.write(PICTURES[filters[-1]](content), filter=pikepdf.Name(filters[-1]), decode_parms=parms)


def unpacked(stream: Any, filters: list[str]) -> bytes:
    """The picture's own bytes; what packs a picture once more has no parameters worth keeping."""
    names = pikepdf.Array([pikepdf.Name(name) for name in filters])
    with pikepdf.new() as paper:
        content: bytes = pikepdf.Stream(paper, stream.read_raw_bytes(), Filter=names).read_bytes()
    if len(content) > MOST_UNPACKED:
        raise Refused(Reason.UNPACKS_TO_TOO_MUCH)
    return content


def clean_drawing(stream: Any) -> None:
    """Take comments out of drawing orders, and refuse pictures between them that tell."""
    content = stream.read_bytes()
    if b"Exif\x00\x00" in content or b"http://ns.adobe.com/" in content:
        raise Refused(Reason.UNUSUAL)
    if b"%" in content:
        stream.write(without_comments(content, stream))


def without_comments(content: bytes, stream: Any) -> bytes:
    found = [match for match in COMMENT.finditer(content) if match.lastgroup != "text"]
    if any(match.lastgroup == "hard" for match in found):
        return bytes(pikepdf.unparse_content_stream(pikepdf.parse_content_stream(stream)))
    kept, at = [], 0
    for match in found:
        kept += [content[at : match.start()]]
        at = match.end()
    return b"".join([*kept, content[at:]])
