"""Does the command find what was changed, and does the README draw what the code does?"""

from pathlib import Path

import pytest
from django.core.management import call_command

import portal.editions
from portal.editions import gate, store
from portal.editions.management.commands.draw_edition_states import drawing
from portal.editions.models import EditionPage
from portal.editions.states import PATH, State
from tests.factories.editions import issued_manual, make_trio, write_manual


@pytest.mark.django_db
def test_whole_editions_are_verified(capsys: pytest.CaptureFixture[str]) -> None:
    issued_manual()
    call_command("verify_editions")
    assert "Every one of 1 editions is what was signed." in capsys.readouterr().out


@pytest.mark.django_db
def test_a_text_that_was_changed_on_the_disk_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    issued_manual()
    page = EditionPage.objects.get(slug="section-1")
    whole, name = store.kept(page.html_sha256), store.name_of(page.html_sha256)
    Path(store.store().path(name)).write_bytes(whole + b"!")
    try:
        with pytest.raises(SystemExit) as stopped:
            call_command("verify_editions")
    finally:
        store.keep(whole)
    assert stopped.value.code == 1
    assert page.html_sha256 in capsys.readouterr().out


@pytest.mark.django_db
def test_a_page_that_is_shown_without_an_edition_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    signed, _edition = issued_manual()
    with gate.opened():
        unsigned = write_manual(by=make_trio().author, code="KP-SOP-002")
        unsigned.save_revision().publish()
    call_command("verify_editions")
    told = capsys.readouterr().out
    assert f"page {unsigned.pk} is shown, and there is no edition of it." in told
    assert f"page {signed.pk} " not in told


def test_the_readme_draws_the_states_as_they_are() -> None:
    readme = Path(portal.editions.__file__).with_name("README.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{drawing()}\n```" in readme


def test_every_state_is_reached_and_drawn() -> None:
    reached = {State.DRAFT} | {state for deeds in PATH.values() for state in deeds.values()}
    assert reached == set(State)
    assert all(f"{state.name} : {state.value}" in drawing() for state in State)


def test_the_command_prints_the_drawing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("draw_edition_states")
    assert capsys.readouterr().out.strip() == drawing()
