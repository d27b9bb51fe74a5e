"""Is the one stylesheet all of ours, in order, and can everybody read what it colours?"""

import re
from itertools import product
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.test import override_settings

from portal.base import stylesheets

TOKENS = (stylesheets.SOURCES / "tokens.css").read_text("utf-8")
TEXT, LARGE_OR_EDGE = 4.5, 3.0
INKS = ("ink", "ink-soft", "link", "link-hover", "lac", "turmeric-ink")
PAPERS = ("ground", "surface", "sunken")
PAIRS = [
    *product(INKS, PAPERS, [TEXT]),
    *product(["line-strong", "focus"], ["ground", "surface"], [LARGE_OR_EDGE]),
    *product(["on-wall", "on-wall-soft", "on-wall-accent", "on-wall-lac"], ["wall", "wall-deep"], [TEXT]),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-hover", TEXT),
    ("on-mark", "mark", TEXT),
    ("warn-ink", "warn-ground", TEXT),
    ("ink", "warn-ground", TEXT),
    ("key-ink", "key-ground", TEXT),
    ("ink", "key-ground", TEXT),
    ("done-ink", "done-ground", TEXT),
    ("done-ink", "surface", TEXT),
    ("focus-wall", "wall", LARGE_OR_EDGE),
    ("focus-wall", "wall-deep", LARGE_OR_EDGE),
]  # fmt: skip


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def schemes() -> dict[str, dict[str, str]]:
    """Every scheme as a reader gets it: each changes only some colours of those before it."""
    light, *others = re.split(r"@media ([^{]+) \{", TOKENS)
    blocks = dict(zip(others[::2], (colours(css) for css in others[1::2]), strict=True))
    dark, more = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
    day = colours(light)
    night = day | blocks[dark]
    return {
        "light": day,
        "dark": night,
        "contrast": day | blocks[more],
        "contrast-dark": night | blocks[more] | blocks[f"{more} and {dark}"],
        "print": day | blocks["print"],
    }


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast", "contrast-dark"])
def test_every_ink_can_be_read_on_every_ground_that_it_is_used_on(scheme: str) -> None:
    dyes = schemes()[scheme]
    weak = {
        f"{ink} on {ground}": round(contrast(dyes[ink], dyes[ground]), 2)
        for ink, ground, least in PAIRS
        if contrast(dyes[ink], dyes[ground]) < least
    }
    assert weak == {}


def test_the_sheet_holds_every_source_once_and_in_the_order_of_the_layers() -> None:
    named = [path.relative_to(stylesheets.SOURCES).as_posix() for path in stylesheets.sources()]
    assert named[:4] == ["tokens.css", "fonts.css", "base.css", "layout.css"]
    assert named[4:] == sorted(named[4:])
    every = {path.relative_to(stylesheets.SOURCES).as_posix() for path in stylesheets.SOURCES.rglob("*.css")}
    assert set(named) == every
    assert stylesheets.stylesheet().startswith("@layer tokens,base,layout,components,pages;")


def test_only_the_files_at_the_top_name_addresses_so_that_they_mean_the_same_in_the_one_sheet() -> None:
    for path in stylesheets.sources():
        if path.parent != stylesheets.SOURCES:
            assert "url(" not in path.read_text("utf-8"), path


def test_every_component_has_a_layer_and_its_braces_close() -> None:
    for path in stylesheets.sources():
        css = path.read_text("utf-8")
        assert css.count("{") == css.count("}"), path
        assert "@layer " in css, path


def test_shortening_keeps_what_is_quoted_and_what_calc_needs() -> None:
    css = '.a  >  .b {\n  content: "/* ; } */";  /* why */\n  inset: calc(1px + 2px) ;\n}\n'
    assert stylesheets.shortened(css) == '.a>.b{content:"/* ; } */";inset:calc(1px + 2px)}'


def test_nobody_finds_another_file_through_this_finder() -> None:
    assert stylesheets.StylesheetFinder().find("css/../settings.py") == []
    assert stylesheets.StylesheetFinder().find("css/tokens.css") == []


def test_collected_files_carry_hashes_and_the_sheet_points_at_them(tmp_path: Path) -> None:
    storage = f"{ManifestStaticFilesStorage.__module__}.{ManifestStaticFilesStorage.__qualname__}"
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": {"BACKEND": storage}}):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*admin*", "wagtail*"])
    [sheet] = [path for path in (tmp_path / "css").glob("site.*.css")]
    assert re.search(r"fonts/noto-sans-thai\.[0-9a-f]{12}\.woff2", sheet.read_text("utf-8"))


def test_the_sheet_is_found_while_developing() -> None:
    found = finders.find(stylesheets.ADDRESS)
    assert found
    assert Path(found).read_text("utf-8") == stylesheets.stylesheet()
