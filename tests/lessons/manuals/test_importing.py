"""Does a file become drafts, of the right person and nobody else's business?"""

import os
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client

from lessons.manuals.importing import Order, UnableToImport, import_manuscript
from lessons.manuals.models import ManualIndexPage, ManualPage
from lessons.manuals.reading_in import UnableToRead, manuscript_of
from media.models import Picture
from media.models.credited import Rights
from portal.audit.models import Event
from portal.home.models import HomePage
from portal.people.models import User
from portal.people.roles import Role
from portal.settings.environment import ROOT
from tests.factories import house
from tests.factories.people import make_person
from tests.lessons.manuals.word_in.word_files import par, picture, run, word_file, zipped
from tests.media.files import photograph

HANDBOOK = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data")) / "docx" / "handbook-872p.docx"
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
LINK = '<w:hyperlink w:anchor="{}"><w:r><w:t>there</w:t></w:r></w:hyperlink>'
MARK = '<w:bookmarkStart w:id="1" w:name="{}"/>'


@pytest.fixture
def shelf(home: HomePage) -> ManualIndexPage:
    return house.page(ManualIndexPage, below=home)


@pytest.fixture
def author(shelf: ManualIndexPage) -> User:
    from portal.base.page_rights import grant_rights

    grant_rights(shelf, shelf.rights)
    return make_person(Role.AUTHOR, email="author@example.org")


def imported(path: Path, *, to: ManualIndexPage, by: User, number: str = "KP-SOP-012", **order: Any) -> Any:
    with manuscript_of(path, language="en") as manuscript:
        return import_manuscript(manuscript, Order(number, **order), to=to, by=by, at=AT)


def blocks_of(page: Any) -> list[tuple[str, Any]]:
    """What the newest draft of a page shows."""
    return [(block["type"], block["value"]) for block in page.get_latest_revision_as_object().body.raw_data]


def test_a_word_file_becomes_drafts_that_readers_do_not_see(
    shelf: ManualIndexPage, author: User, tmp_path: Path
) -> None:
    path = word_file(
        tmp_path / "m.docx", par("Intake", style="Title"), par("Before."),
        par("At the door", style="Heading1"), par("Greet her.", number=1), par("", xml=picture()),
        par("Later", style="Heading1"), par("Rest."), media={"rIdP": photograph("PNG")},
    )  # fmt: skip
    made = imported(path, to=shelf, by=author, credit="The centre")
    manual = ManualPage.objects.get()
    assert (manual.title, manual.number, manual.live, manual.owner) == ("Intake", "KP-SOP-012", False, author)
    assert blocks_of(manual) == [("paragraph", "<p>Before.</p>")]
    sections = list(manual.get_children().specific())
    assert [(page.title, page.live, page.latest_revision.user) for page in sections] == [
        ("At the door", False, author), ("Later", False, author),
    ]  # fmt: skip
    kept = Picture.objects.get()
    assert (kept.credit, kept.rights, kept.alt, kept.uploaded_by_user) == (
        "The centre", Rights.OWN, {"en": "A loom"}, author,
    )  # fmt: skip
    assert [kind for kind, _ in blocks_of(sections[0])] == ["procedure_step", "picture"]
    assert blocks_of(sections[0])[1][1]["picture"] == kept.pk
    assert Client().get(manual.get_url()).status_code == 404
    event = Event.objects.get(verb="manual.imported")
    assert (event.actor, event.facts) == (author.get_username(), {"sections": 2})
    assert made.pictures == 1


def test_links_lead_to_pages_and_to_places_in_the_same_page(
    shelf: ManualIndexPage, author: User, tmp_path: Path
) -> None:
    path = word_file(
        tmp_path / "m.docx",
        par("One", style="Heading1"), par("a ", xml=LINK.format("deep")), par("b ", xml=LINK.format("near")),
        par("c ", xml=LINK.format("nowhere")), par("", style="Heading2", xml=MARK.format("near") + run("Near")),
        par("Two", style="Heading1"), par("", style="Heading2", xml=MARK.format("deep") + run("Deep")),
    )  # fmt: skip
    made = imported(path, to=shelf, by=author)
    first, second = made.sections
    found = blocks_of(first)
    heading = first.get_latest_revision_as_object().body.raw_data[3]["id"]
    assert found[0][1] == f'<p>a <a linktype="page" id="{second.pk}">there</a></p>'
    assert found[1][1] == f'<p>b <a href="#heading-{heading[:8]}">there</a></p>'
    assert found[2][1] == "<p>c there</p>"
    assert made.broken_links == 1


def test_a_picture_that_is_refused_loses_nothing_else(shelf: ManualIndexPage, author: User, tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "m.docx", par("Before.", xml=picture("rIdBad", alt="A map")), par("After.", xml=picture("rIdGood")),
        media={"rIdBad": b"\xd7\xcd\xc6\x9a" + b"\0" * 500, "rIdGood": photograph("PNG")},
    )  # fmt: skip
    made = imported(path, to=shelf, by=author)
    assert [kind for kind, _ in blocks_of(made.manual)] == ["paragraph", "paragraph", "paragraph", "picture"]
    assert blocks_of(made.manual)[1] == ("paragraph", "<p><i>A map</i></p>")
    assert [each.place for each in made.refused] == [1]
    assert "WMF" in made.refused[0].reason


def test_the_same_picture_is_kept_once_and_one_that_is_there_is_used_again(
    shelf: ManualIndexPage, author: User, tmp_path: Path
) -> None:
    same = photograph("PNG")
    older = Picture(title="Loom", file=ContentFile(same, name="x.png"), credit="x", rights=Rights.OWN)
    older.uploaded_by_user = author
    older.save()
    path = word_file(tmp_path / "m.docx", par("", xml=picture("rIdA")), par("", xml=picture("rIdB")),
                     media={"rIdA": same, "rIdB": same})  # fmt: skip
    made = imported(path, to=shelf, by=author)
    assert [value["picture"] for _, value in blocks_of(made.manual)] == [older.pk, older.pk]
    assert Picture.objects.count() == 1


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TRAINER, Role.REVIEWER, Role.APPROVER, Role.CURATOR])
def test_who_may_not_write_manuals_brings_none(
    role: Role, shelf: ManualIndexPage, author: User, tmp_path: Path
) -> None:
    path = word_file(tmp_path / "m.docx", par("x"))
    with pytest.raises(UnableToImport):
        imported(path, to=shelf, by=make_person(role))
    assert not ManualPage.objects.exists()


@pytest.mark.parametrize("number", ["KP-SOP-12", "kp-sop-012", "", "KP-SOP-001"])
def test_a_number_that_is_wrong_or_taken_is_refused_and_nothing_is_made(
    number: str, shelf: ManualIndexPage, author: User, tmp_path: Path
) -> None:
    house.page(ManualPage, below=shelf, number="KP-SOP-001")
    path = word_file(tmp_path / "m.docx", par("x", xml=picture()), media={"rIdP": photograph("PNG")})
    with pytest.raises(UnableToImport):
        imported(path, to=shelf, by=author, number=number)
    assert ManualPage.objects.count() == 1
    assert not Picture.objects.exists()


def test_titles_that_are_too_long_are_shortened_and_kept_whole_below(
    shelf: ManualIndexPage, author: User, tmp_path: Path
) -> None:
    long = " ".join(f"word{number}" for number in range(60))
    path = word_file(
        tmp_path / "m.docx", par(long, style="Heading1"), par("!!!", style="Heading1"), par("!!!", style="Heading1")
    )
    made = imported(path, to=shelf, by=author)
    assert len(made.sections[0].title) <= 200
    assert blocks_of(made.sections[0])[0][1] == f"<p>{long}</p>"
    assert len({page.slug for page in made.sections}) == 3


REFUSED = {
    "m.docm": (b"x", "macros"), "m.doc": (b"x", "old Word"), "m.pdf": (b"x", ".docx"),
    "m.docx": (b"hello", "not a Word document"), "m.zip": (zipped({"a.txt": b"x"}), "nothing in this file"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_manual_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    content, said = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnableToRead, match=said), manuscript_of(tmp_path / name, language="en"):
        pass


@pytest.mark.usefixtures("author")
def test_the_command_tells_what_was_carried_over_and_what_was_not(shelf: ManualIndexPage, tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "m.docx", par("One", style="Heading1"), par("☐ a bag"), comments='<w:comment w:id="1"/>'
    )
    said = StringIO()
    call_command(
        "import_manual", str(path), number="KP-SOP-012", title="Intake", by="author@example.org", stdout=said,
        stderr=StringIO(),
    )  # fmt: skip
    manual = ManualPage.objects.get()
    assert said.getvalue() == (
        f"KP-SOP-012: drafts made, page {manual.pk}.\nCarried over:\n  3 of 3 words (100 %).\n  1 section.\n"
        "  1 box to tick.\nLeft behind:\n  1 comment of a reviewer or writer.\n"
    )
    assert manual.title == "Intake"


@pytest.mark.usefixtures("author")
def test_a_dry_run_makes_nothing(shelf: ManualIndexPage, tmp_path: Path) -> None:
    path = word_file(tmp_path / "m.docx", par("One"))
    call_command(
        "import_manual", str(path), "--dry-run", number="KP-SOP-012", by="author@example.org", stdout=StringIO()
    )
    assert not ManualPage.objects.exists()


@pytest.mark.usefixtures("shelf")
def test_the_command_refuses_who_is_not_known_or_may_not(tmp_path: Path) -> None:
    path = word_file(tmp_path / "m.docx", par("One"))
    make_person(Role.LEARNER, email="learner@example.org")
    for email in ("nobody@example.org", "learner@example.org"):
        with pytest.raises(CommandError):
            call_command("import_manual", str(path), number="KP-SOP-012", by=email, stdout=StringIO())
    assert not ManualPage.objects.exists()


@pytest.mark.skipif(not HANDBOOK.exists(), reason="The handbook is not here.")
def test_a_handbook_of_872_pages_comes_through(shelf: ManualIndexPage, author: User) -> None:
    with manuscript_of(HANDBOOK, language="en") as manuscript:
        assert manuscript.words_kept / manuscript.words >= 0.99
        assert manuscript.remarks["tables"] == sum(block["type"] == "table" for block in manuscript.blocks()) == 2
        assert manuscript.remarks["pictures"] == sum(block["type"] == "picture" for block in manuscript.blocks()) == 2
        notes = [block["value"]["items"] for block in manuscript.blocks()
                 if block["type"] == "list" and block["value"]["kind"] == "number"]  # fmt: skip
        made = import_manuscript(manuscript, Order("KP-SOP-012"), to=shelf, by=author, at=AT)
    assert manuscript.remarks["footnotes"] == 6 <= sum(len(items) for items in notes)
    assert len(made.sections) == 14
    assert not made.refused
