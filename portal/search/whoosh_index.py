"""How is the index kept on disk? The only module that touches Whoosh.

The index is a cache: Whoosh never syncs a file and pickles its schema, so whatever is wrong with it is answered by
`IndexIsUnusable`, and building it again. `<folder>/current` names the generation that is in use and a stamp that
changes with every commit; generations are replaced as a whole. What bit others with Whoosh, and is avoided here:
`Searcher.refresh()` answers with deleted and double documents (a changed stamp opens a new searcher); writers that do
not wait lose updates (one file lock around all writing); `QueryParser` takes 24 s for "ก*" (queries are built by code).
"""

import fcntl
import os
import secrets
import shutil
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache, singledispatch
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats
from whoosh import query as whoosh_query
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import FileIndex
from whoosh.scoring import BM25F
from whoosh.searching import Searcher
from whoosh.system import pack_uint
from whoosh.writing import CLEAR, SegmentWriter

from portal.search import analysis
from portal.search.document import Document
from portal.search.queries import All, AnyOf, Everything, Query, Scaled, Without, Word

#: More hits than this are not looked at: nobody reads them, and each is checked against the audience.
MOST_HITS = 2_000
TRIES = 3
NOTHING = whoosh_query.NullQuery


class IndexIsUnusable(Exception):
    """The index is missing, damaged, or of another schema; it has to be built again."""


@dataclass(frozen=True)
class Hit:
    pk: str
    score: float
    number: int


class Terms(fields.FieldType):
    """A field that is given its terms, with weights, by our own analysis."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(formats.Frequency(), analyzer=None, scorable=scorable)

    def index(self, value: Mapping[str, float], **options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            often = max(1, round(weight))
            yield term.encode(), often, weight, pack_uint(often)


def schema() -> fields.Schema:
    return fields.Schema(
        owner=Terms(scorable=False),
        labels=Terms(scorable=False),
        all=Terms(scorable=True),
        title=Terms(scorable=True),
        pairs=Terms(scorable=True),
        thing=Terms(scorable=True),
        beginnings=Terms(scorable=False),
        pk=fields.COLUMN(columns.VarBytesColumn()),
        shown=fields.STORED(),
    )


FINGERPRINT = f"{zlib.crc32(f'{schema()!r} {analysis.VERSION} 1'.encode()):08x}"


@contextmanager
def _checked() -> Iterator[None]:
    """Whoosh meets a damaged file with whatever error comes first; all of them mean the same to us."""
    try:
        yield
    except IndexIsUnusable:
        raise
    except Exception as error:
        raise IndexIsUnusable(f"{type(error).__name__}: {error}") from error


class Snapshot(FileStorage):
    """The files of a generation, read once for all threads: a file that is cut short under us harms nobody."""

    supports_mmap = False

    def __init__(self, folder: Path, *, before: "Snapshot | None") -> None:
        super().__init__(str(folder), supports_mmap=False)
        known = before.known if before and before.folder == self.folder else {}
        self.known: dict[str, bytes] = {name: known[name] for name in self.list() if name in known}

    def open_file(self, name: str, **options: Any) -> BufferFile:
        if name not in self.known:
            self.known[name] = Path(self.folder, name).read_bytes()
        return BufferFile(self.known[name], name=name)


class Index:
    """One index in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._of_thread = threading.local()
        self._lock = threading.Lock()
        self._snapshot: tuple[str, Snapshot] | None = None

    # --- reading ---------------------------------------------------------------------------------------------
    def reader(self) -> "Reader":
        """What stands in the index now. Raises IndexIsUnusable."""
        stamp = self._stamp()
        if getattr(self._of_thread, "stamp", None) != stamp:
            self._of_thread.reader = self._open_patiently()
            self._of_thread.stamp = stamp
        reader: Reader = self._of_thread.reader
        return reader

    def _stamp(self) -> str:
        try:
            stamp = (self.folder / "current").read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise IndexIsUnusable(f"no index: {error}") from error
        if not stamp.startswith(f"{FINGERPRINT}-") or " " not in stamp:
            raise IndexIsUnusable("the index is of another schema")
        return stamp

    def _open_patiently(self) -> "Reader":
        """A writer may remove what we are about to open; then there is something newer."""
        for _attempt in range(TRIES - 1):
            try:
                return self._open()
            except IndexIsUnusable:
                continue
        return self._open()

    def _open(self) -> "Reader":
        stamp = self._stamp()
        with self._lock, _checked():
            if self._snapshot is None or self._snapshot[0] != stamp:
                before = self._snapshot[1] if self._snapshot else None
                self._snapshot = (stamp, Snapshot(self.folder / stamp.split()[0], before=before))
            return Reader(FileIndex(self._snapshot[1], schema()).searcher(weighting=BM25F()))

    # --- writing ---------------------------------------------------------------------------------------------
    @contextmanager
    def turn(self) -> Iterator[None]:
        """Write alone, among all threads and processes; released by the system when a writer is killed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "lock", "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def write(self, documents: Sequence[Document], *, instead_of: Iterable[str]) -> None:
        """Replace all documents of the owners `instead_of`. Raises IndexIsUnusable. Only within a turn."""
        generation = self._stamp().split()[0]
        with _checked():
            writer = SegmentWriter(FileIndex(FileStorage(str(self.folder / generation))), compound=False)
            try:
                writer.delete_by_query(whoosh_query.Or([whoosh_query.Term("owner", one) for one in instead_of]))
                _add(writer, documents)
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
        self._point_at(generation)

    def replace(self, documents: Iterable[Document]) -> None:
        """Build a new generation beside the old one and change over in one move. Only within a turn."""
        generation = f"{FINGERPRINT}-{secrets.token_hex(6)}"
        target = self.folder / generation
        target.mkdir(parents=True)
        writer = SegmentWriter(FileIndex.create(FileStorage(str(target)), schema(), "MAIN"), compound=False)
        try:
            _add(writer, documents)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=CLEAR)
        self._point_at(generation)
        self._clear_away(but=generation)

    def _point_at(self, generation: str) -> None:
        draft = self.folder / "current.draft"
        draft.write_text(f"{generation} {secrets.token_hex(6)}", "utf-8")
        os.replace(draft, self.folder / "current")

    def _clear_away(self, *, but: str) -> None:
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != but:
                shutil.rmtree(path, ignore_errors=True)


def _add(writer: SegmentWriter, documents: Iterable[Document]) -> None:
    for document in documents:
        writer.add_document(
            owner={document.owner: 1.0},
            labels=dict.fromkeys(document.labels, 1.0),
            pk=document.pk.encode(),
            shown=dict(document.shown),
            **document.terms,
        )


class Reader:
    """One state of the index, for one thread."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @cached_property
    def _pks(self) -> Any:
        """The keys by number; an index without documents has no such column."""
        return self._searcher.reader().column_reader("pk")

    def find(self, query: Query, *, among: Query, most: int = MOST_HITS) -> list[Hit]:
        """The best hits, best first. `among` limits what may be found and adds nothing to a score."""
        with _checked():
            # Never normalize(), never a query as filter: a query that is empty then means "no limit" to Whoosh.
            allowed = set(self._searcher.docs_for_query(_whoosh(among)))
            if not allowed:
                return []
            top = self._searcher.search(_whoosh(query), filter=allowed, limit=most).top_n
            return [Hit(self._pks[number].decode(), score, number) for score, number in top]

    def shown(self, hit: Hit) -> dict[str, str]:
        """What was stored to be shown of a hit of this reader."""
        with _checked():
            shown: dict[str, str] = self._searcher.stored_fields(hit.number)["shown"]
            return shown

    def count(self) -> int:
        return int(self._searcher.doc_count())


@singledispatch
def _whoosh(query: Any) -> whoosh_query.Query:
    raise TypeError(f"{query!r} is not a query")


@_whoosh.register
def _word(query: Word) -> whoosh_query.Query:
    return whoosh_query.Term(query.field, query.term, boost=query.weight)


@_whoosh.register
def _all(query: All) -> whoosh_query.Query:
    # Whoosh itself leaves what finds nothing out of an And: "for everybody and for nobody" would mean everybody.
    parts = [_whoosh(part) for part in query.parts]
    return whoosh_query.And(parts) if parts and NOTHING not in parts else NOTHING


@_whoosh.register
def _any_of(query: AnyOf) -> whoosh_query.Query:
    parts = [part for part in map(_whoosh, query.parts) if part != NOTHING]
    return whoosh_query.Or(parts) if parts else NOTHING


@_whoosh.register
def _without(query: Without) -> whoosh_query.Query:
    unwanted = _whoosh(query.unwanted)
    if unwanted == NOTHING:
        return whoosh_query.Every()
    return whoosh_query.And([whoosh_query.Every(), whoosh_query.Not(unwanted)])


@_whoosh.register
def _everything(query: Everything) -> whoosh_query.Query:
    return whoosh_query.Every()


@_whoosh.register
def _scaled(query: Scaled) -> whoosh_query.Query:
    part = _whoosh(query.part)
    return part if part == NOTHING else part.with_boost(query.weight)


@lru_cache
def index_at(folder: str) -> Index:
    """The one Index object of this process for a folder; its threads share what it has read."""
    return Index(Path(folder))
