"""Does somebody who waits learn what for?"""

import threading

import pytest

from portal.launch.progress import step


def test_a_long_step_tells_its_name_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Weaving", quiet_for=0.02):
        threading.Event().wait(0.2)
    assert capsys.readouterr().out == "  Weaving ...\n  Weaving: done in 0 s\n"


def test_a_short_step_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Weaving", quiet_for=30):
        pass
    assert capsys.readouterr().out == ""


def _tear_after(*, seconds: float) -> None:
    threading.Event().wait(seconds)
    raise ValueError("torn")


def test_a_step_that_fails_is_not_called_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="torn"), step("Weaving", quiet_for=0.01):
        _tear_after(seconds=0.1)
    assert "done" not in capsys.readouterr().out
