"""How is the index kept on disk? The only module that touches Whoosh.

The index is a cache: Whoosh never syncs a file and pickles its schema, so files are sealed (`sealing`), and whatever
is wrong with one is answered by `IndexIsUnusable`, and building it again. `<folder>/current` names the generation that
is in use and a stamp that changes with every commit; generations are replaced as a whole. What bit others with Whoosh,
and is avoided here: `Searcher.refresh()` answers with deleted and double documents (a changed stamp opens everything
anew); writers that do not wait lose updates (one file lock around all writing); `QueryParser` takes 24 s for "ก*"
(queries are built by code). Whoosh's own matchers take 40 ms for a question of twenty words: it finds the postings,
and `scoring` works on them.
"""

import errno
import fcntl
import secrets
import shutil
import threading
import zlib
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields, formats
from whoosh import query as whoosh_query
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import FileIndex
from whoosh.matching import ListMatcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import CLEAR, SegmentWriter

from portal.base.sqlite_queue.queue import Turn, UnableToTakeTurn
from portal.search import analysis, scoring, sealing
from portal.search.document import Document
from portal.search.queries import Query
from portal.search.scoring import Flags, Floats, Matches, Numbers, Postings

#: More hits than this are not looked at: nobody reads them, and each is checked against the audience.
MOST_HITS = 2_000
TRIES = 3
#: A writer that keeps its turn for longer than this hangs; others must not hang with it.
SECONDS_OF_PATIENCE = 60.0
#: What the system says when it is the disk that fails us, and not the index.
FAULTS_OF_THE_DISK = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EEXIST, errno.ENOTDIR,
        errno.EISDIR, errno.EMFILE, errno.ENFILE, errno.ENOMEM,
    }
)  # fmt: skip
#: Postings of a segment that are kept unpacked in memory, in documents: 16 MB.
MOST_KEPT_POSTINGS = 2_000_000
#: Terms whose scores are remembered: at 10,000 documents 10 MB at the most as a rule.
MOST_SCORED_TERMS = 5_000
#: Documents whose postings are packed together: larger is smaller on disk, and quicker to read as a whole.
POSTINGS_A_BLOCK = 1_024
#: Fewer postings than this are kept with their term.
FEW_POSTINGS = 7
NO_POSTINGS = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


class IndexIsUnusable(Exception):
    """The index is missing, damaged, or of another schema; it has to be built again."""


class UnableToWrite(Exception):
    """Nothing can be written now: the disk is full or read-only. What stands in the index stays as it is."""


class IndexIsBusy(Exception):
    """Another process is at it, and for longer than we wait."""


@dataclass(frozen=True)
class Hit:
    pk: str
    score: float
    number: int


class Bare(formats.Format):
    """Postings that say nothing of a word but that it is there.

    Not `Existence`: Whoosh leaves out values that are empty, and then cannot merge the segment with another.
    """

    def fixed_value_size(self) -> int:
        return len(NOTHING_TO_SAY)


NOTHING_TO_SAY = b"."
#: The value of a word that stands nowhere, in a title that is counted with the text: it may not be empty either.
NOWHERE = b"\xff\xff"


class Terms(fields.FieldType):
    """A field that is given its terms, with weights, by our own analysis."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(Bare(), analyzer=None, scorable=scorable)

    def index(self, value: Mapping[str, float], **options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode(), max(1, round(weight)), weight, NOTHING_TO_SAY


class Placed(formats.Format):
    """Postings with the places of a word, counted in words: numbers of two bytes, low byte first."""

    def fixed_value_size(self) -> None:
        return None


class PlacedTerms(fields.FieldType):
    """A field of words that also knows where they stand, for phrases."""

    def __init__(self) -> None:
        super().__init__(Placed(), analyzer=None, scorable=True)

    def index(
        self, value: tuple[Mapping[str, float], Mapping[str, Sequence[int]]], **options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        words, places = value
        for term, weight in words.items():
            yield (
                term.encode(),
                max(1, round(weight)),
                weight,
                np.asarray(places.get(term, ()), "<u2").tobytes() or NOWHERE,
            )


PLACED = ("all", "thing")
SCORED = ("all", "title", "pairs", "typed", "thing")


def schema() -> fields.Schema:
    return fields.Schema(
        owner=Terms(scorable=False),
        labels=Terms(scorable=False),
        all=PlacedTerms(),
        title=Terms(scorable=True),
        pairs=Terms(scorable=True),
        concepts=Terms(scorable=False),
        typed=Terms(scorable=True),
        written=Terms(scorable=False),
        thing=PlacedTerms(),
        beginnings=Terms(scorable=False),
        pk=fields.COLUMN(columns.VarBytesColumn()),
        group=fields.COLUMN(columns.NumericColumn("i")),
        day=fields.COLUMN(columns.NumericColumn("i")),
        shown=fields.STORED(),
    )


#: Whoosh makes a schema slowly, and it is asked for with every term.
SCHEMA = schema()
FINGERPRINT = f"{zlib.crc32(f'{SCHEMA!r} {analysis.VERSION} 3'.encode()):08x}"
# Most terms stand in few documents, and a block of postings for each takes twice the room. Whoosh means to keep them
# with the term instead, but calls a method that has another name.
W3TermInfo.set_inline = W3TermInfo.set_inlined
CODEC = W3Codec(blocklimit=POSTINGS_A_BLOCK, compression=9, inlinelimit=FEW_POSTINGS)


@contextmanager
def _checked() -> Iterator[None]:
    """Whoosh meets a damaged file with whatever error comes first; all of them mean the same to us."""
    try:
        yield
    except (IndexIsUnusable, UnableToWrite):
        raise
    except Exception as error:
        raise IndexIsUnusable(f"{type(error).__name__}: {error}") from error


@contextmanager
def _writing() -> Iterator[None]:
    """A disk that takes nothing is not mended by building the index again."""
    try:
        yield
    except OSError as error:
        if error.errno in FAULTS_OF_THE_DISK:
            raise UnableToWrite(f"{type(error).__name__}: {error.strerror}") from error
        raise


class Snapshot(FileStorage):
    """The files of a generation, read into memory: a file that is cut short under us harms nobody."""

    supports_mmap = False

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._seals = sealing.seals_of(folder)

    def open_file(self, name: str, **options: Any) -> BufferFile:
        content = Path(self.folder, name).read_bytes()
        if name in self._seals and not self._seals[name].fits(content):
            raise IndexIsUnusable(f"{name} is damaged")
        return BufferFile(content, name=name)


class Segment:
    """One segment of Whoosh, which never changes: what was read of it once is good for all threads.

    Numbers in here count from the first document of the segment, the deleted ones included.
    """

    def __init__(self, storage: Snapshot, whoosh_segment: Any) -> None:
        self._lock = threading.Lock()
        self._reader = SegmentReader(storage, SCHEMA, whoosh_segment)
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._count_kept = 0
        self._terms: dict[str, list[str]] = {}
        self.size: int = self._reader.doc_count_all()
        self.lengths = {field: self._lengths(field) for field in SCORED}
        self.groups = self._numbers("group")
        self.days = self._numbers("day")
        self.pks = [pk.decode() for pk in self._column("pk")] or [""] * self.size
        if self.size:
            # Whoosh opens this file when it is asked for: by then it may be gone with its generation.
            self._reader.stored_fields(0)

    def _column(self, name: str) -> list[Any]:
        if not self._reader.has_column(name):
            return []
        return list(self._reader.column_reader(name))

    def _numbers(self, name: str) -> Numbers:
        return np.asarray(self._column(name) or [0] * self.size, np.int32)

    def _lengths(self, field: str) -> Floats:
        lengths = [self._reader.doc_field_length(number, field) or 0 for number in range(self.size)]
        return np.asarray(lengths, np.float32)

    def postings(self, field: str, term: str) -> Postings:
        """Remembered, the most recent ones: what people ask is often the same, and facets always are."""
        with self._lock:
            known = self._kept.get((field, term))
            if known is not None:
                self._kept.move_to_end((field, term))
                return known
            read = self._kept[(field, term)] = self._read(field, term)
            self._count_kept += len(read.numbers) + 8
            while self._count_kept > MOST_KEPT_POSTINGS:
                _key, dropped = self._kept.popitem(last=False)
                self._count_kept -= len(dropped.numbers) + 8
            return read

    def _read(self, field: str, term: str) -> Postings:
        blocks = list(self._blocks(field, term))
        if not blocks:
            return NO_POSTINGS
        numbers = np.concatenate([np.asarray(numbers, np.int32) for numbers, _weights, _values in blocks])
        weights = np.concatenate([np.asarray(weights, np.float32) for _numbers, weights, _values in blocks])
        return Postings(numbers, weights)

    def _blocks(self, field: str, term: str) -> Iterator[tuple[Sequence[int], Sequence[float], Sequence[bytes]]]:
        """The postings as Whoosh packed them: its matchers would hand them out one by one."""
        with _checked():
            try:
                matcher = self._reader._terms.matcher(field, term.encode(), SCHEMA[field].format)
            except TermNotFound:
                return
            if isinstance(matcher, ListMatcher):
                yield matcher._ids, matcher._weights, matcher._values
                return
            while matcher.is_active():
                matcher._read_ids()
                matcher._read_weights()
                matcher._read_values()
                yield matcher._ids, matcher._weights, matcher._values
                matcher._next_block()

    def places(self, field: str, term: str) -> dict[int, bytes]:
        """By document, the places of a term, packed."""
        with self._lock:
            blocks = list(self._blocks(field, term))
        return {
            number: value for numbers, _weights, values in blocks for number, value in zip(numbers, values, strict=True)
        }

    def terms(self, field: str) -> list[str]:
        """All terms of a field in their order; most questions never need them."""
        with self._lock, _checked():
            if field not in self._terms:
                self._terms[field] = [term.decode() for term in self._reader.lexicon(field)]
            return self._terms[field]

    def shown(self, number: int) -> dict[str, str]:
        with self._lock:
            shown: dict[str, str] = self._reader.stored_fields(number)["shown"]
            return shown


class Reader:
    """One state of the index, for all threads. `scoring.Shelf` says what its methods answer."""

    def __init__(self, segments: Sequence[tuple[Segment, frozenset[int]]]) -> None:
        self._segments = [segment for segment, _deleted in segments]
        self._starts = [0, *np.cumsum([segment.size for segment in self._segments], dtype=int).tolist()]
        self.size = self._starts[-1]
        self.alive: Flags = np.ones(self.size, np.bool_)
        for (_segment, deleted), start in zip(segments, self._starts, strict=False):
            self.alive[[start + number for number in deleted]] = False
        self.living = int(self.alive.sum())
        self.groups = self._joined([segment.groups for segment in self._segments], np.int32)
        self.days = self._joined([segment.days for segment in self._segments], np.int32)
        self._labels: dict[str, list[str]] = {}
        self._scored: dict[tuple[str, str], Postings] = {}
        distinct, self._nth_group = np.unique(self.groups, return_inverse=True)
        self._count_of_groups = len(distinct)
        self._damping = {
            field: scoring.damping(
                self._joined([segment.lengths[field] for segment in self._segments], np.float32), self.alive
            )
            for field in SCORED
        }

    @staticmethod
    def _joined(arrays: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
        return np.concatenate(arrays) if arrays else np.empty(0, kind)

    # --- what scoring asks -----------------------------------------------------------------------------------
    def postings(self, field: str, term: str) -> Postings:
        found = [segment.postings(field, term) for segment in self._segments]
        if len(found) == 1:
            return self._of_living(found[0])
        numbers = [part.numbers + np.int32(start) for part, start in zip(found, self._starts, strict=False)]
        return self._of_living(
            Postings(self._joined(numbers, np.int32), self._joined([part.weights for part in found], np.float32))
        )

    def _of_living(self, found: Postings) -> Postings:
        if self.living == self.size:
            return found
        alive = self.alive[found.numbers]
        return Postings(found.numbers[alive], found.weights[alive])

    def scored(self, field: str, term: str) -> Postings:
        """Remembered for the words that were asked last: a score holds as long as this state of the index."""
        known = self._scored.get((field, term))
        if known is None:
            if len(self._scored) >= MOST_SCORED_TERMS:
                self._scored.clear()
            known = self._scored[(field, term)] = scoring.bm25(self.postings(field, term), self, field)
        return known

    def places(self, field: str, term: str, numbers: Numbers) -> list[NDArray[np.uint16]]:
        known = [segment.places(field, term) for segment in self._segments]
        # Of thousands of numbers at once: one by one this would cost as much as reading the places.
        nths = np.searchsorted(self._starts, numbers, side="right") - 1
        insides = numbers - np.asarray(self._starts, np.int32)[nths]
        packed = (known[nth].get(inside, b"") for nth, inside in zip(nths.tolist(), insides.tolist(), strict=True))
        return [np.frombuffer(places, "<u2") for places in packed]

    def terms(self, field: str, beginning: str) -> list[str]:
        found: set[str] = set()
        for segment in self._segments:
            terms = segment.terms(field)
            found.update(terms[bisect_left(terms, beginning) : bisect_left(terms, f"{beginning}\U0010ffff")])
        return sorted(found)

    def damping(self, field: str) -> Floats | None:
        return self._damping.get(field)

    # --- what facets ask -------------------------------------------------------------------------------------
    def labels(self, beginning: str) -> list[str]:
        """All labels that begin like this; asked with every question, so they are remembered."""
        if beginning not in self._labels:
            self._labels[beginning] = self.terms("labels", beginning)
        return self._labels[beginning]

    def count_groups(self, found: Flags, label: str) -> int:
        """How many different groups have a document that was found and that has this label."""
        numbers = self.postings("labels", label).numbers
        met = np.zeros(self._count_of_groups, np.bool_)
        met[self._nth_group[numbers[found[numbers]]]] = True
        return int(met.sum())

    # --- what others ask -------------------------------------------------------------------------------------
    def matches(self, query: Query) -> Matches:
        """All that a query finds. Raises IndexIsUnusable."""
        with _checked():
            return scoring.matches(query, self)

    def find(self, query: Query, *, among: Query, most: int = MOST_HITS) -> list[Hit]:
        """The best hits, best first. `among` limits what may be found and adds nothing to a score."""
        found = self.matches(query).among(self.matches(among).held)
        return [Hit(self.pk(number), float(found.scores[number]), number) for number in found.best_first(most).tolist()]

    def pk(self, number: int) -> str:
        nth, inside = self._inside(number)
        return self._segments[nth].pks[inside]

    def shown(self, number: int) -> dict[str, str]:
        """What was stored to be shown of a document of this reader."""
        nth, inside = self._inside(number)
        with _checked():
            return self._segments[nth].shown(inside)

    def count(self) -> int:
        return self.living

    def _inside(self, number: int) -> tuple[int, int]:
        nth = next(nth for nth, start in enumerate(self._starts[1:]) if number < start)
        return nth, number - self._starts[nth]


class Index:
    """One index in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[str, Reader] | None = None
        self._segments: dict[str, Segment] = {}
        self._vouched: set[tuple[str, int, int]] = set()

    # --- reading ---------------------------------------------------------------------------------------------
    def reader(self) -> Reader:
        """What stands in the index now. Raises IndexIsUnusable."""
        stamp = self._stamp()
        opened = self._opened
        return opened[1] if opened and opened[0] == stamp else self._open_patiently()

    def _stamp(self) -> str:
        try:
            stamp = (self.folder / "current").read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise IndexIsUnusable(f"no index: {error}") from error
        if not stamp.startswith(f"{FINGERPRINT}-") or " " not in stamp:
            raise IndexIsUnusable("the index is of another schema")
        return stamp

    def _open_patiently(self) -> Reader:
        """A writer may remove what we are about to open; then there is something newer."""
        for _attempt in range(TRIES - 1):
            try:
                return self._open()
            except IndexIsUnusable:
                continue
        return self._open()

    def _open(self) -> Reader:
        with self._lock, _checked():
            stamp = self._stamp()
            if self._opened is None or self._opened[0] != stamp:
                self._opened = (stamp, self._read(self.folder / stamp.split()[0]))
            return self._opened[1]

    def _read(self, folder: Path) -> Reader:
        """Segments that we know already stay as they are; only which of their documents were deleted is new."""
        storage = Snapshot(folder)
        index = FileIndex(storage, SCHEMA)
        found = [segment for segment in index._read_toc().segments if segment.doc_count_all()]
        known = {f"{folder.name}/{segment.segment_id()}": segment for segment in found}
        self._segments = {
            name: self._segments.get(name) or Segment(storage, segment) for name, segment in known.items()
        }
        deleted = [frozenset(segment.deleted_docs()) for segment in known.values()]
        return Reader(list(zip(self._segments.values(), deleted, strict=True)))

    # --- writing ---------------------------------------------------------------------------------------------
    @contextmanager
    def turn(self, *, patience: float = SECONDS_OF_PATIENCE) -> Iterator[None]:
        """Write alone, among all threads and processes; released by the system when a writer is killed.

        Raises UnableToWrite where there can be no index, and IndexIsBusy after `patience` seconds.
        """
        with self._alone("lock", patience=patience):
            yield

    @contextmanager
    def rebuilding(self, *, patience: float = SECONDS_OF_PATIENCE) -> Iterator[None]:
        """Be the only one who builds a generation; others may write into the one in use meanwhile. Raises as `turn`."""
        with self._alone("rebuilding", patience=patience):
            yield

    @contextmanager
    def _alone(self, name: str, *, patience: float) -> Iterator[None]:
        turn = Turn(path=self.folder / name, patience=patience)
        with _writing():
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                turn.take()
            except UnableToTakeTurn as error:
                raise IndexIsBusy(f"another process has kept the index for {patience:g} s") from error
        try:
            yield
        finally:
            turn.give_up()

    def is_being_rebuilt(self) -> bool:
        """Whether somebody, perhaps we ourselves, is within `rebuilding`."""
        try:
            with open(self.folder / "rebuilding", "rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def write(self, documents: Sequence[Document], *, instead_of: Iterable[str], generation: str = "") -> None:
        """Replace all documents of the owners `instead_of`, in the generation in use or in one that is being built.

        Raises IndexIsUnusable or UnableToWrite. Only within a turn.
        """
        name = generation or self._stamp().split()[0]
        with _checked(), _writing():
            self._check(name)
            writer = SegmentWriter(FileIndex(FileStorage(str(self.folder / name)), SCHEMA), compound=False, codec=CODEC)
            with _committed(writer):
                writer.delete_by_query(whoosh_query.Or([whoosh_query.Term("owner", one) for one in instead_of]))
                _add(writer, documents)
            sealing.seal(self.folder / name)
            if not generation:
                self._point_at(name)

    def _check(self, generation: str) -> None:
        """What is damaged must not be merged with what is whole, and sealed."""
        if damaged := sealing.first_damaged(self.folder / generation, vouched=self._vouched):
            raise IndexIsUnusable(f"{damaged} is damaged")

    def build(self, documents: Iterable[Document]) -> str:
        """A new generation beside the one in use; returns its name. Raises UnableToWrite. Only within `rebuilding`."""
        name = f"{FINGERPRINT}-{secrets.token_hex(6)}"
        target = self.folder / name
        try:
            with _writing():
                target.mkdir(parents=True)
                index = FileIndex.create(FileStorage(str(target)), SCHEMA, "MAIN")
                with _committed(SegmentWriter(index, compound=False, codec=CODEC), mergetype=CLEAR) as writer:
                    _add(writer, documents)
                sealing.seal(target)
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise
        return name

    def change_over(self, generation: str) -> None:
        """Answer from another generation from now on, and remove all others. Only within a turn and `rebuilding`."""
        with _writing():
            self._point_at(generation)
        self._vouched.clear()
        self.clear_away()

    def replace(self, documents: Iterable[Document]) -> None:
        """Build a new generation and change over in one move. Only within a turn."""
        self.change_over(self.build(documents))

    def remove(self) -> None:
        """Have no index any more. Only within a turn."""
        (self.folder / "current").unlink(missing_ok=True)
        self.clear_away()

    def _point_at(self, generation: str) -> None:
        draft = self.folder / "current.draft"
        draft.write_text(f"{generation} {secrets.token_hex(6)}", "utf-8")
        sealing.bring_to_disk(draft)
        draft.replace(self.folder / "current")
        sealing.bring_to_disk(self.folder)

    def clear_away(self) -> None:
        """Remove what was replaced, and what was left half built by whoever was killed."""
        try:
            in_use = (self.folder / "current").read_text("utf-8").split()[0]
        except (OSError, UnicodeDecodeError, IndexError):
            in_use = ""
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != in_use:
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _committed(writer: SegmentWriter, **options: Any) -> Iterator[SegmentWriter]:
    """Commit at the end; after an error let go of Whoosh's own lock, which would last as long as this process."""
    try:
        yield writer
        writer.commit(**options)
    except BaseException:
        with suppress(Exception):  # a full disk does not even take what is thrown away
            writer.cancel()
        if not writer.is_closed:
            writer._finish()
        raise


def _add(writer: SegmentWriter, documents: Iterable[Document]) -> None:
    for document in documents:
        writer.add_document(
            owner={document.owner: 1.0},
            labels=dict.fromkeys(document.labels, 1.0),
            pk=document.pk.encode(),
            group=document.group,
            day=document.day,
            shown=dict(document.shown),
            **{name: _given(document, name) for name in document.terms},
        )


def _given(document: Document, name: str) -> Any:
    return (document.terms[name], document.places.get(name, {})) if name in PLACED else document.terms[name]


@lru_cache
def index_at(folder: str) -> Index:
    """The one Index object of this process for a folder; its threads share what it has read."""
    return Index(Path(folder))
