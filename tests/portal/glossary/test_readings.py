"""Is it understood what people mean who write a word list?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.glossary.readings import MOST_READINGS, readings


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("consent", []),
        ("victim / trafficked person", ["victim", "trafficked person"]),
        ("ຜູ້ຖືກເຄາະຮ້າຍ / ຜູ້ເຄາະຮ້າຍ", ["ຜູ້ຖືກເຄາະຮ້າຍ", "ຜູ້ເຄາະຮ້າຍ"]),
        ("case manager/worker", ["case manager", "case worker"]),
        ("presumed/potential victim", ["presumed victim", "potential victim"]),
        ("สวัสดิภาพ/สวัสดิการ", ["สวัสดิภาพ", "สวัสดิการ"]),
        ("identification (of victims)", ["identification", "identification of victims"]),
        ("การคัดแยก(ผู้เสียหาย)", ["การคัดแยก", "การคัดแยกผู้เสียหาย"]),
        ("การส่งกลับ (ประเทศเดิม/ภูมิลำเนา)", ["การส่งกลับ", "การส่งกลับ ประเทศเดิม", "การส่งกลับ ภูมิลำเนา"]),
        ("(national) referral", ["referral", "national referral"]),
        ("home (house / hostel) / shelter", ["home", "home house", "home hostel", "shelter"]),
        ("left ( open", ["left ( open"]),
    ],
    ids=str,
)
def test_a_wording_is_read_as_people_mean_it(wording: str, expected: list[str]) -> None:
    assert readings(wording)[0] == wording
    assert sorted(readings(wording)[1:]) == sorted(set(expected) - {wording})


@given(st.text(alphabet="ab /()…;ก", max_size=200))
def test_whatever_is_written_has_few_readings_and_none_is_empty(wording: str) -> None:
    found = readings(wording)
    assert len(found) <= MOST_READINGS + 1
    assert all(reading.strip() for reading in found)
