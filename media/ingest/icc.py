"""What does a colour profile say besides colours, and what is left of it?

Profiles are named by people and programs: after an owner's computer, with the number of a screen, with the day and the
note of whoever measured it. Numbers that turn colours into colours stay; names, dates and makers go. The name that
every profile must have is the same in all of ours. ICC.1:2022; ICC.1:2001-04 for the second version.
"""

import struct
from collections.abc import Callable

HEAD, ENTRY, MOST_TAGS = 128, 12, 64
VERSIONS = frozenset({2, 4})
#: White, colours of the three lights, curves, tables, and the numbers of video (9.2).
TAGS = frozenset(
    {
        b"wtpt", b"bkpt", b"chad", b"lumi", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"cicp",
        b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"gamt",
    }
)  # fmt: skip
D50 = struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
NAME = b"Colours"
#: Numbers of a parametric curve, by its kind (10.18).
OF_CURVE = (1, 3, 4, 5, 7)


def colours_of(profile: bytes) -> bytes:
    """The profile written anew with its numbers, or nothing if it is none that we know."""
    try:
        return _written(profile, _tags_in(profile))
    except (struct.error, IndexError):
        return b""


def _tags_in(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">I", profile, HEAD)
    if profile[36:40] != b"acsp" or profile[8] not in VERSIONS or count > MOST_TAGS:
        return {}
    tags: dict[bytes, bytes] = {}
    for number in range(count):
        name, at, length = struct.unpack_from(">4sII", profile, HEAD + 4 + ENTRY * number)
        if name in TAGS and name not in tags and at >= HEAD and at + length <= len(profile):
            content = _numbers(profile[at : at + length])
            if content:
                tags[name] = content
    return tags


def _numbers(tag: bytes) -> bytes:
    """As much of a tag as its kind has; nothing of kinds that are no numbers."""
    measure = LENGTHS.get(tag[:4])
    length = measure(tag) if measure else 0
    return tag[:4] + bytes(4) + tag[8:length] if 8 < length <= len(tag) else b""


def _length_of_curve(tag: bytes) -> int:
    return 12 + 2 * int(struct.unpack_from(">I", tag, 8)[0])


def _length_of_formula(tag: bytes) -> int:
    return 12 + 4 * OF_CURVE[struct.unpack_from(">H", tag, 8)[0]]


def _length_of_table(tag: bytes) -> int:
    """Tables of one byte or two for each number (10.10 and 10.11)."""
    across, out, points = tag[8], tag[9], tag[10]
    if tag[:4] == b"mft1":
        return 48 + 256 * across + points**across * out + 256 * out
    entries, exits = struct.unpack_from(">HH", tag, 48)
    return 52 + 2 * (across * entries + points**across * out + out * exits)


LENGTHS: dict[bytes, Callable[[bytes], int]] = {
    b"XYZ ": lambda tag: 20,
    b"sf32": lambda tag: 44,
    b"cicp": lambda tag: 12,
    b"curv": _length_of_curve,
    b"para": _length_of_formula,
    b"mft1": _length_of_table,
    b"mft2": _length_of_table,
    # Curves and tables at places that these name themselves (10.12 and 10.13).
    b"mAB ": len,
    b"mBA ": len,
}


def _written(profile: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Version, kind and intent as before; no date, no maker, no device."""
    if not tags:
        return b""
    tags = {b"desc": _name(profile[8]), b"cprt": _text(profile[8]), **tags}
    at = HEAD + 4 + ENTRY * len(tags)
    table, body, places = [struct.pack(">I", len(tags))], b"", dict[bytes, int]()
    for name, content in tags.items():
        # Three curves are mostly one.
        if content not in places:
            places[content] = at + len(body)
            body += content + bytes(-len(content) % 4)
        table.append(struct.pack(">4sII", name, places[content], len(content)))
    whole = at + len(body)
    head = struct.pack(">I4x4s12s12x4s24xI", whole, profile[8:10] + bytes(2), profile[12:24], b"acsp", profile[67] & 3)
    return head + D50 + bytes(HEAD - len(head) - len(D50)) + b"".join(table) + body


def _name(version: int) -> bytes:
    if version == 2:
        return b"desc" + bytes(4) + struct.pack(">I", len(NAME) + 1) + NAME + bytes(1 + 8 + 3 + 67)
    return _in_languages(NAME)


def _text(version: int) -> bytes:
    return b"text" + bytes(4) + b"-\x00" if version == 2 else _in_languages(b"-")


def _in_languages(text: bytes) -> bytes:
    wide = text.decode().encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II4sII", 1, 12, b"enUS", len(wide), 28) + wide
