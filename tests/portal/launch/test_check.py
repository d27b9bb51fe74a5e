"""Do the stages report truly what passed, failed and was skipped?"""

import sys

import pytest

from portal.launch import check, debian
from portal.launch.check import Findings

PASSES, FAILS = [sys.executable, "-c", ""], [sys.executable, "-c", "raise SystemExit(1)"]


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> None:
    def weave(findings: Findings) -> None:
        findings.expect(FAILS)
        findings.expect(PASSES)

    def sew(findings: Findings) -> None:
        findings.expect(PASSES)

    monkeypatch.setattr(check, "STAGES", {"weave": weave, "sew": sew})


@pytest.mark.usefixtures("stages")
def test_every_stage_runs_although_the_first_failed(capfd: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 1
    summary = capfd.readouterr().out
    assert "weave      FAILED" in summary
    assert "sew        passed" in summary


@pytest.mark.usefixtures("stages")
def test_one_stage_can_be_asked_for_alone(capfd: pytest.CaptureFixture[str]) -> None:
    assert check.main(["sew"]) == 0
    assert "weave" not in capfd.readouterr().out


def test_an_unknown_stage_is_refused_with_the_names_of_the_others(capfd: pytest.CaptureFixture[str]) -> None:
    assert check.main(["knit"]) == 2
    assert "lint, types, layers, templates, tests, browser" in capfd.readouterr().err


def test_what_cannot_be_installed_here_is_skipped_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "can_install", lambda: False)
    findings = Findings()
    findings.miss("the tests marked browser", package="chromium")
    assert not findings.failed
    assert "apt-get install chromium" in findings.skipped[0]


def test_what_could_have_been_installed_here_and_was_not_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(debian, "can_install", lambda: True)
    findings = Findings()
    findings.miss("the tests marked browser", package="chromium")
    assert findings.failed
