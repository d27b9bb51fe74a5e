"""Every component in every script, on a phone and at a desk, in three lights: nothing runs out of its place.

The photographs lie in var/photographs, to be looked at.
"""

from pathlib import Path

import pytest

from tests.factories.server import ROOT
from tests.journeys.conftest import SIZES, Windows

PHOTOGRAPHS = ROOT / "var" / "photographs"
SCRIPTS = {"en": "Latin", "th": "Thai", "lo": "Lao", "km": "Khmer", "my": "Burmese"}
LOOKS = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "contrast": {"contrast": "more"}}
#: What is wider or higher than the place that it has, unless that place scrolls on purpose.
RUNS_OUT = """specimen => [...specimen.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    if (style.display.startsWith("inline") && style.display !== "inline-block") return false;
    if (["auto", "scroll"].includes(style.overflowX) || element.closest("svg, input")) return false;
    const runs = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    const isCut = style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1;
    const isHidden = element.clientWidth <= 1 || element.clientHeight <= 1;
    return !isHidden && (runs || isCut);
}).map(element => `${element.scrollWidth} > ${element.clientWidth}: ${element.outerHTML.slice(0, 160)}`)"""


@SIZES
@pytest.mark.parametrize("look", LOOKS)
def test_no_text_runs_out_of_its_component_in_any_script(visit_as: Windows, size: dict[str, int], look: str) -> None:
    page = visit_as("trainer", size=size, **LOOKS[look]).open("/en/components/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    # Photographs are higher than the window, and the bar that stays in sight would stand in the middle of them.
    page.evaluate("document.querySelector('.selvedge').hidden = true")
    PHOTOGRAPHS.mkdir(parents=True, exist_ok=True)
    for code, script in SCRIPTS.items():
        specimen = page.locator(f"#specimen-{code}")
        specimen.screenshot(path=Path(PHOTOGRAPHS, f"{script}-{size['width']}-{look}.png"))
        assert specimen.evaluate(RUNS_OUT) == []


@pytest.mark.parametrize("code", SCRIPTS)
def test_every_script_is_set_in_our_own_letters(visit_as: Windows, code: str) -> None:
    """A letter that our fonts lack comes from the reader's device, or not at all."""
    page = visit_as("trainer").open("/en/components/")
    page.locator(f"#specimen-{code}").scroll_into_view_if_needed()
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelector", {"nodeId": root, "selector": f"#specimen-{code} .card__text"})
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": found["nodeId"]})["fonts"]
    assert fonts
    assert all(font["isCustomFont"] for font in fonts), fonts


def test_a_learner_has_no_use_for_the_components(visit_as: Windows) -> None:
    learner = visit_as("learner")
    answer = learner.page.goto(f"{learner.address}/en/components/")
    assert answer is not None
    assert answer.status == 404
