"""Does our backend pass the tests that django-modelsearch has for its own?"""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from modelsearch.tests.test_backends import BackendTests

from portal.settings.environment import ROOT

SUITE = "tests/portal/search/conformance/suite.py"
SETTINGS = "tests.portal.search.conformance.settings"


def test_our_backend_passes_all_of_the_conformance_suite_and_skips_nothing(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    # In a process of its own: other apps are installed there. No migration of ours matters to these tests.
    command = [
        sys.executable,
        "-m",
        "pytest",
        SUITE,
        f"--ds={SETTINGS}",
        "--nomigrations",
        "-n0",
        f"--junitxml={report}",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    cases = list(ElementTree.parse(report).iter("testcase"))
    assert [case.get("name") for case in cases if len(case)] == [], done.stdout[-5000:]
    assert _of("TestEveryBackend", cases) == {name for name in dir(BackendTests) if name.startswith("test_")}
    assert len(_of("TestEveryBackend", cases)) == 120
    assert len(_of("TestWhatOthersDo", cases)) == 21
    assert done.returncode == 0, done.stdout[-5000:]


def _of(of_class: str, cases: list[ElementTree.Element]) -> set[str]:
    return {case.get("name", "") for case in cases if case.get("classname", "").endswith(of_class)}
