"""Do all processes hear of a drop, and does a store keep within its room?"""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.cache import cache, caches
from hypothesis import given
from hypothesis import strategies as st

from portal.base.page_cache import tags
from portal.base.page_cache.store import Key, Made, Parts, Store
from portal.base.page_cache.tags import CacheCounters, Counters, FileCounters, collecting, depends, slots_of

DROP_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from portal.base.page_cache.tags import FileCounters, slots_of
counters = FileCounters(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    counters.count(slots_of(sys.argv[3:]))
"""


def dropper(file: Path, *names: str, times: int = 1) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", DROP_IN_ANOTHER_PROCESS, str(file), str(times), *names])


@pytest.fixture(params=["file", "cache"])
def counters(request: pytest.FixtureRequest, tmp_path: Path) -> Counters:
    """Both kinds; the cache is the one of the settings, which processes share."""
    return FileCounters(tmp_path / "counters") if request.param == "file" else CacheCounters()


def test_a_drop_is_newer_than_what_was_made_before_it(counters: Counters) -> None:
    ours, others = slots_of(["page:1", "site"]), slots_of(["page:2"])
    begun = counters.now()
    assert counters.newest(ours) <= begun
    counters.count(slots_of(["page:1"]))
    assert counters.newest(ours) > begun
    assert counters.newest(others) <= begun
    assert counters.newest(ours) <= counters.now()


def test_threads_that_drop_at_once_are_all_counted(counters: Counters) -> None:
    slots = slots_of(["page:1"])

    def drop_often() -> None:
        for _ in range(20):
            counters.count(slots)

    threads = [threading.Thread(target=drop_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counters.newest(slots) == counters.now() > 0


def test_a_slow_writer_does_not_take_back_a_newer_drop(monkeypatch: pytest.MonkeyPatch) -> None:
    counters, slots = CacheCounters(), slots_of(["page:1"])
    set_many = cache.set_many
    begun: list[int] = []

    def slowly(*args: object, **kwargs: object) -> object:
        """Between counting and writing, somebody else drops the same page."""
        monkeypatch.undo()
        begun.append(counters.now())
        counters.count(slots)
        return set_many(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(caches["default"], "set_many", slowly)
    counters.count(slots)
    assert counters.newest(slots) > begun[0]


def test_another_process_hears_of_a_drop(tmp_path: Path) -> None:
    counters = FileCounters(tmp_path / "counters")
    begun = counters.now()
    assert dropper(tmp_path / "counters", "page:7").wait(timeout=30) == 0
    assert counters.newest(slots_of(["page:7"])) > begun
    assert counters.newest(slots_of(["page:8"])) <= begun


def test_processes_that_drop_at_once_lose_no_count(tmp_path: Path) -> None:
    counters = FileCounters(tmp_path / "counters")
    processes = [dropper(tmp_path / "counters", f"page:{number}", times=500) for number in range(2)]
    assert [process.wait(timeout=30) for process in processes] == [0, 0]
    assert counters.now() == 1000


@given(st.sets(st.text()))
def test_every_tag_has_a_slot_that_is_not_the_count_of_all(names: set[str]) -> None:
    assert all(0 < slot < tags.SLOTS for slot in slots_of(names))


def test_tags_are_noted_only_while_a_page_is_made() -> None:
    depends("page:1")
    with collecting() as outer:
        depends("page:2")
        with collecting() as inner:
            depends("page:3")
    assert (outer, inner) == ({"page:2"}, {"page:3"})


def kept(text: str) -> Parts:
    return Parts(made=Made(begun=tags.counters().now(), slots=frozenset(), audience_id=1), parts=[text], language="en")


def key(name: str) -> Key:
    return Key("localhost", False, f"/{name}/", frozenset())


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 60)), max_size=40))
def test_a_store_never_outgrows_its_room(pages: list[tuple[str, int]]) -> None:
    store: Store[Parts] = Store(room=200)
    for name, length in pages:
        store.keep(key(name), kept("x" * length))
        sizes = [page.size for page in store._kept.values()]
        assert sum(sizes) == store._size
        assert store._size <= 200
        assert store.get(key(name)) is not None


def test_the_page_that_nobody_asked_for_goes_first() -> None:
    store: Store[Parts] = Store(room=60)
    for name in "abc":
        store.keep(key(name), kept("x" * 10))
    store.get(key("a"))
    store.keep(key("d"), kept("x" * 10))
    assert [name for name in "abcd" if store.get(key(name))] == ["a", "c", "d"]


def test_one_page_larger_than_the_room_is_kept_alone() -> None:
    store: Store[Parts] = Store(room=10)
    store.keep(key("a"), kept("x"))
    store.keep(key("b"), kept("x" * 100))
    assert store.get(key("a")) is None
    assert store.get(key("b")) is not None


def test_an_old_page_is_made_again_whatever_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    store: Store[Parts] = Store()
    store.keep(key("a"), kept("x"))
    monkeypatch.setattr("portal.base.page_cache.store.MAX_AGE", 0)
    assert store.get(key("a")) is None
    assert store._size == 0
