"""Is every drawing well made, safe to serve, and the same each time?"""

import os
import re
import struct
import subprocess
import sys
import time
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from media import drawings

KEYS_ASKED_FOR = {
    "loom",
    "mudmee-indigo",
    "mudmee-lac",
    "mudmee-turmeric",
    "mudmee-silk",
    "floor-plan-hall",
    "floor-plan-history",
    "floor-plan-work",
    "floor-plan-home",
    "fence-to-flowers",
    "uniform-to-own-clothes",
    "timeline",
    "pattern-pieces",
    "sewing-machine",
    "thread-to-cloth",
    "silk-cocoon",
    "dye-pots",
    "process-intake",
    "process-identification",
    "process-return",
    "process-referral",
    "doors-learn",
    "doors-look",
    "doors-procedure",
    "table-and-chairs",
    "suitcase",
    "river-and-road",
    "notebook",
    "certificate",
}
SVG = "{http://www.w3.org/2000/svg}"
HARMLESS = {SVG + name for name in ("svg", "title", "path", "g", "clipPath", "pattern")}


def chunks(png: bytes) -> list[bytes]:
    names, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        names.append(png[at + 4 : at + 8])
        at += length + 12
    return names


def test_the_drawings_are_those_that_pages_ask_for() -> None:
    assert set(drawings.KEYS) == KEYS_ASKED_FOR


@pytest.mark.parametrize("key", drawings.KEYS)
def test_an_svg_has_a_title_and_nothing_that_acts_or_reaches_out(key: str) -> None:
    text = drawings.svg(key)

    tree = ElementTree.fromstring(text)  # noqa: S314 - our own text
    title = tree.find(f"{SVG}title")

    assert title is not None
    assert title.text
    assert {element.tag for element in tree.iter()} <= HARMLESS
    names = {element.get("id") for element in tree.iter() if element.get("id")}
    assert set(re.findall(r"url\(#([^)]*)\)", text)) == names
    assert text.count("url(") == text.count("url(#")
    assert not re.search(r"\bon\w+=|href|style=|<!|javascript", text)
    assert text.count("http") == 1  # the namespace


@pytest.mark.parametrize("key", drawings.KEYS)
def test_a_png_has_the_asked_width_and_no_metadata_and_costs_little(key: str) -> None:
    began = time.process_time()
    png = drawings.png(key)
    spent = time.process_time() - began

    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (1600, 1000)
    assert set(chunks(png)) == {b"IHDR", b"IDAT", b"IEND"}
    assert spent < 4  # under one second on a quiet machine; shared processors count double


def digest_of_all() -> str:
    return sha256("".join(drawings.svg(key) for key in drawings.KEYS).encode()).hexdigest()


def test_another_process_draws_the_same_to_the_byte() -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"from {__name__} import digest_of_all; print(digest_of_all())"],
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == digest_of_all()


@pytest.mark.parametrize("key", ["loom", "mudmee-lac", "process-return"])
def test_the_same_drawing_gives_the_same_picture_twice(key: str) -> None:
    assert drawings.png(key, width=400) == drawings.png(key, width=400)


def test_a_small_picture_keeps_its_proportions() -> None:
    assert struct.unpack(">II", drawings.png("timeline", width=320)[16:24]) == (320, 200)


@pytest.mark.parametrize("width", [0, -1, 3201, 10**9])
def test_a_width_that_would_eat_the_memory_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="pixels wide"):
        drawings.png("loom", width=width)


@pytest.mark.parametrize("key", ["", "no-such-thing", "../loom", "LOOM"])
def test_whoever_asks_for_an_unknown_drawing_gets_none(key: str) -> None:
    with pytest.raises(KeyError):
        drawings.png(key)
