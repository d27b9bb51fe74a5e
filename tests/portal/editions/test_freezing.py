"""What an edition shows opens when all that it was made of is gone, and tells nothing about its reader."""

import re
from typing import Any

import pytest

from media.models import Leaflet, Picture, Recording
from media.renditions_making import make_all
from portal.base.audience import Sensitivity
from portal.base.findable import plain
from portal.editions import store
from portal.editions.chain import content_of
from portal.editions.collecting import collected, drafts_of
from portal.editions.freezing import Freezer, freeze, thawed
from portal.editions.models import EditionFile
from portal.editions.policies import UnableToPropose
from portal.editions.verifying import faults
from portal.home.models import HomePage, PlainPage
from tests.factories import house
from tests.factories.editions import Trio, add_section, issued, make_trio, proposed, step, write_manual
from tests.media import files

pytestmark = pytest.mark.django_db
WORDS = {
    "en": "Listen first.",
    "th": "รับฟังผู้เสียหายก่อน",
    "lo": "ຮັບຟັງຜູ້ເຄາະຮ້າຍກ່ອນ",
    "my": "ဦးစွာနားထောင်ပါ",
    "km": "ស្ដាប់ជាមុនសិន",
    "vi": "Hãy lắng nghe trước",
}


@pytest.fixture
def trio() -> Trio:
    return make_trio()


@pytest.fixture
def picture(db: None) -> Picture:
    content = files.photograph("JPEG", size=(520, 400))
    return Picture.objects.create(
        title="Door", file=files.called("door.jpg", content), alt={"en": "A door"}, credit="The centre", rights="own"
    )


@pytest.fixture
def everything(picture: Picture) -> list[Any]:
    """A body that shows a picture, a recording with captions, and a leaflet."""
    recording = Recording.objects.create(title="Welcome", file=files.called("welcome.wav", files.recording()))
    Recording.objects.update(variants_made_at=recording.created_at)
    recording.texts.create(kind="captions", language="en", vtt="WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome.\n")
    leaflet = Leaflet.objects.create(title="Your rights", file=files.called("rights.pdf", files.leaflet()))
    return [
        step("Look"),
        {"type": "picture", "value": {"picture": picture.pk, "caption": "A door"}},
        {"type": "recording", "value": {"recording": recording.pk, "title": ""}},
        {"type": "file", "value": {"leaflet": leaflet.pk, "title": ""}},
    ]


def fragment_of(subject: Any, *, slug: str) -> str:
    page = next(draft for draft in drafts_of(subject) if draft.page.slug == slug)
    return Freezer().html(page)


@pytest.mark.parametrize("language", WORDS)
def test_the_fragment_holds_all_words_of_its_page(language: str, trio: Trio) -> None:
    if language != "en":
        house.home("en")
    manual = write_manual(by=trio.author, language=language, sections=0, title=WORDS[language])
    words = WORDS[language]
    body = [step(words, text=words + " 1", do_no_harm=words + " 2", evidence=words + " 3")]
    add_section(manual, title="Section 1", by=trio.author, body=body, purpose=words + " 4", time_limit=words + " 5")
    page = next(page for page in collected(manual.translation_key) if page["type"] == "manuals.SectionPage")
    text = plain(fragment_of(manual.translation_key, slug="section-1"))
    for block in page["versions"][language]["blocks"]:
        for line in block["lines"] if block["id"] != "field:title" else ():
            assert "".join(line.split()) in "".join(text.split())


def test_files_open_when_the_originals_are_gone(everything: list[Any], trio: Trio) -> None:
    make_all()
    manual = write_manual(by=trio.author, sections=0)
    add_section(manual, title="Section 1", by=trio.author, body=everything)
    edition = issued(manual, trio)
    for thing in [*Picture.objects.all(), *Recording.objects.all(), *Leaflet.objects.all()]:
        thing.delete()
    kinds = {file.content_type for file in EditionFile.objects.filter(edition=edition)}
    assert kinds >= {"image/avif", "image/webp", "image/jpeg", "audio/wav", "application/pdf"}
    for file in EditionFile.objects.all():
        assert len(store.kept(file.sha256)) == file.size
    section = next(page for page in content_of(edition)["pages"] if page["parent"])
    html = store.kept(section["versions"]["en"]["html"]).decode()
    shown: list[str] = []
    thawed(html, address_of=lambda sha256: shown.append(sha256) or sha256)  # type: ignore[func-returns-value]
    assert set(shown) == {file.sha256 for file in EditionFile.objects.all()}
    assert "/files/" not in html
    assert list(faults()) == []


def test_a_fragment_has_no_script_no_host_and_no_place_for_a_reader(everything: list[Any], trio: Trio) -> None:
    make_all()
    manual = write_manual(by=trio.author, sections=0)
    add_section(manual, title="Section 1", by=trio.author, body=everything)
    html = fragment_of(manual.translation_key, slug="section-1")
    assert "<script" not in html
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", html)
    assert not re.search(r"<!--|csrf|data-place|\son\w+=", html)
    assert "localhost" not in html


def test_a_link_to_what_only_staff_may_know_leads_nowhere(home: HomePage, trio: Trio) -> None:
    secret = house.page(PlainPage, below=home, title="Secret", slug="hidden-house", sensitivity=Sensitivity.STAFF)
    manual = write_manual(by=trio.author, sections=0)
    text = f'See <a linktype="page" id="{secret.pk}">the other page</a>.'
    add_section(manual, title="Section 1", by=trio.author, body=[step("Look", text=text)])
    html = fragment_of(manual.translation_key, slug="section-1")
    assert "the other page" in html
    assert "hidden-house" not in html


def test_freezing_twice_gives_the_same_digests(everything: list[Any], trio: Trio) -> None:
    make_all()
    manual = write_manual(by=trio.author)
    add_section(manual, title="Last", by=trio.author, body=everything)
    first, second = (collected(manual.translation_key) for _ in range(2))
    assert freeze(first, subject=manual.translation_key) == freeze(second, subject=manual.translation_key)
    assert first == second


def test_a_picture_that_is_still_being_made_waits(everything: list[Any], trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=0)
    add_section(manual, title="Section 1", by=trio.author, body=everything)
    with pytest.raises(UnableToPropose, match="still being prepared"):
        proposed(manual, by=trio.author)
    make_all()
    assert proposed(manual, by=trio.author)


def test_a_file_that_is_gone_is_told(everything: list[Any], trio: Trio) -> None:
    make_all()
    manual = write_manual(by=trio.author, sections=0)
    add_section(manual, title="Section 1", by=trio.author, body=everything)
    leaflet = Leaflet.objects.get()
    leaflet.file.storage.delete(str(leaflet.file.name))
    with pytest.raises(UnableToPropose, match="is gone"):
        proposed(manual, by=trio.author)
