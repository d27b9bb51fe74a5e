"""Does our backend pass the tests that django-modelsearch has for its own?"""

import ast
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import modelsearch

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
        f"--junitxml={report}",
        "--nomigrations",
        "-n0",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert report.exists(), done.stderr[-5000:]
    cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - pytest wrote it just now
    # A case has something inside when it failed, was skipped or was expected to fail.
    assert [case.get("name") for case in cases if len(case)] == [], done.stdout[-5000:]
    assert _of("TestEveryBackend", cases) == _promised()
    assert len(_promised()) == 120
    assert len(_of("TestWhatOthersDo", cases)) == 21
    assert done.returncode == 0, done.stdout[-5000:]


def _of(of_class: str, cases: list[ElementTree.Element]) -> set[str]:
    return {case.get("name", "") for case in cases if case.get("classname", "").endswith(of_class)}


def _promised() -> set[str]:
    """The tests of BackendTests, read from the source: it cannot be imported where its models are not installed."""
    source = Path(modelsearch.__path__[0], "tests", "test_backends.py").read_text("utf-8")
    [suite] = [
        node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == "BackendTests"
    ]
    return {node.name for node in suite.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
