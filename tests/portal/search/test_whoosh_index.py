import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from portal.search import analysis, queries
from portal.search.document import Document
from portal.search.queries import NOTHING, All, AnyOf, Everything, Without, Word
from portal.search.whoosh_index import Index, IndexIsUnusable

ALL = Word("labels", "everybody")


def document(key: str, text: str, *, label: str = "everybody") -> Document:
    words = analysis.words_counted(text)
    return Document(f"thing:{key}", key, frozenset({label}), {"all": words, "title": words}, {"text": text})


def build(folder: Path, documents: Iterable[Document]) -> Index:
    index = Index(folder)
    with index.turn():
        index.replace(list(documents))
    return index


def found(index: Index, text: str, *, among: queries.Query = ALL) -> list[str]:
    return [hit.pk for hit in index.reader().find(queries.all_words(queries.read(text)), among=among)]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return build(
        tmp_path, [document("1", "silk weaving"), document("2", "silk sewing"), document("3", "law", label="staff")]
    )


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert build(tmp_path, []).reader().find(Everything(), among=Everything()) == []


def test_what_is_written_again_is_there_once(index: Index) -> None:
    for _again in range(30):
        with index.turn():
            index.write([document("1", "silk dyeing")], instead_of=["thing:1"])
        assert sorted(found(index, "silk")) == ["1", "2"]
    assert found(index, "weaving") == []


def test_what_is_taken_out_is_gone(index: Index) -> None:
    assert found(index, "sewing") == ["2"]
    with index.turn():
        index.write([], instead_of=["thing:2"])
    assert found(index, "sewing") == []


@pytest.mark.parametrize(
    "among", [NOTHING, Word("labels", "nobody"), AnyOf((Word("labels", "nobody"),)), All((ALL, NOTHING))]
)
def test_limits_that_admit_nothing_admit_nothing(index: Index, among: queries.Query) -> None:
    assert found(index, "silk", among=among) == []
    assert index.reader().find(Everything(), among=among) == []


def test_limits_hide_what_is_for_others(index: Index) -> None:
    assert found(index, "law") == []
    assert found(index, "law", among=Word("labels", "staff")) == ["3"]


def test_without_finds_the_others(index: Index) -> None:
    hits = index.reader().find(Without(Word("all", "sew")), among=Everything())
    assert sorted(hit.pk for hit in hits) == ["1", "3"]


def test_a_new_generation_replaces_the_old_one_and_its_files(index: Index) -> None:
    build(index.folder, [document("9", "silk printing")])
    assert found(index, "silk") == ["9"]
    assert len([path for path in index.folder.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_that_fails_leaves_the_old_generation(index: Index) -> None:
    def broken() -> Iterable[Document]:
        yield document("9", "silk printing")
        raise ConnectionError

    with index.turn(), pytest.raises(ConnectionError):
        index.replace(broken())
    assert sorted(found(index, "silk")) == ["1", "2"]


def _damage(folder: Path, how: str) -> None:
    for path in folder.rglob("*"):
        if (path.is_file() and path.name != "lock" and how != "emptied") or path.name == "current":
            DAMAGES[how](path)


def _cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _scribble(path: Path) -> None:
    path.write_bytes(b"\xff\x00 not an index" * 20)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": _cut, "scribbled": _scribble, "emptied": _cut, "gone": Path.unlink
}  # fmt: skip


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_index_says_so(index: Index, how: str) -> None:
    _damage(index.folder, how)
    with pytest.raises(IndexIsUnusable):
        Index(index.folder).reader().find(Everything(), among=Everything())


def test_another_schema_is_not_read(index: Index) -> None:
    current = index.folder / "current"
    current.write_text(current.read_text().replace(current.read_text()[:8], "00000000"))
    with pytest.raises(IndexIsUnusable, match="schema"):
        index.reader()


def test_writers_of_many_threads_lose_nothing(index: Index) -> None:
    def write(number: int) -> None:
        with index.turn():
            index.write([document(str(number), "silk")], instead_of=[f"thing:{number}"])

    writers = [threading.Thread(target=write, args=(number,)) for number in range(100, 116)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert {str(number) for number in range(100, 116)} <= set(found(index, "silk"))


def test_readers_of_many_threads_are_not_disturbed_by_a_writer(index: Index) -> None:
    answers: set[tuple[str, ...]] = set()

    def read() -> None:
        for _again in range(40):
            answers.add(tuple(sorted(found(index, "silk"))))

    readers = [threading.Thread(target=read) for _reader in range(4)]
    for reader in readers:
        reader.start()
    for _again in range(15):
        with index.turn():
            index.write([document("1", "silk weaving")], instead_of=["thing:1"])
        build(index.folder, [document("1", "silk weaving"), document("2", "silk sewing")])
    for reader in readers:
        reader.join()
    assert answers == {("1", "2")}
