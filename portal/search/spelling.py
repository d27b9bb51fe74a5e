"""What may have been meant by words that are found nowhere?

Only words that the viewer may read are proposed: each is proven by a text in which it stands.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, islice

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from portal.search import analysis, queries
from portal.search.queries import AnyOf, Question
from portal.search.scoring import Flags
from portal.search.whoosh_index import Reader

MOST_PROPOSALS = 3
#: Words of a question for which others are looked for, and candidates that are looked at for each.
MOST_WRONG_WORDS = 4
MOST_CANDIDATES = 12
#: Shorter words than this are like too many others.
SHORTEST = 3
#: Longer runs of an unspaced script are sentences.
LONGEST_RUN = 30
#: A word may differ by one letter in so many.
LETTERS_A_TYPO = 4
MOST_TYPOS = 3
#: Letters around the place where a run is likely written, in which its first and its last cluster are looked for.
REACH = 6
LONGEST_TEXT_READ = 4_000


def did_you_mean(question: Question, reader: Reader, *, allowed: Flags) -> Sequence[str]:
    """The question with the words that are found nowhere put right, the likeliest first; nothing without an idea."""
    replaced = False
    pieces: list[list[str]] = []
    wrong_words = 0
    for written, term in _pieces(question.text):
        better = []
        if term and wrong_words < MOST_WRONG_WORDS and not _stands(term, reader, allowed):
            wrong_words += 1
            better = list(_proposals(term, reader, allowed))
        pieces.append(better or [written])
        replaced = replaced or bool(better)
    if not replaced:
        return ()
    choices = max(map(len, pieces))
    texts = (
        "".join(piece[min(nth, len(piece) - 1)] for piece in pieces) for nth in range(min(choices, MOST_PROPOSALS))
    )
    return list(dict.fromkeys(texts))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The question piece by piece, each with its term; runs of unspaced scripts in one piece, as they were typed.

    A dictionary cuts a misspelt Thai word into crumbs, of which most are words by themselves.
    """
    place = 0
    for run in analysis.UNSPACED_RUN.finditer(text):
        yield from _words(text[place : run.start()])
        yield run[0], analysis.folded(run[0])
        place = run.end()
    yield from _words(text[place:])


def _words(text: str) -> Iterator[tuple[str, str]]:
    for _start, _end, piece in analysis.segments(text):
        yield piece, analysis.folded(piece) if analysis.terms_of(piece) else ""


def _stands(term: str, reader: Reader, allowed: Flags) -> bool:
    if _is_unspaced(term):
        written = queries.all_words(Question(term, tuple(queries.runs(term))))
        return reader.matches(written).among(allowed).any()
    return any(bool(allowed[reader.postings("all", form).numbers].any()) for form in analysis.terms_of(term)[:1])


def _is_unspaced(term: str) -> bool:
    return analysis.UNSPACED_RUN.fullmatch(term) is not None


def _proposals(term: str, reader: Reader, allowed: Flags) -> Iterator[str]:
    if len(term) < SHORTEST or not (term.isalpha() or _is_unspaced(term)) or len(term) > LONGEST_RUN:
        return
    found = _like_run(term, reader, allowed) if _is_unspaced(term) else _like_word(term, reader, allowed)
    yield from islice(dict.fromkeys(found), MOST_PROPOSALS)


def _typos(term: str) -> int:
    return max(1, min(len(term) // LETTERS_A_TYPO, MOST_TYPOS))


def _like_word(word: str, reader: Reader, allowed: Flags) -> Iterator[str]:
    """Words that are nearly this one and stand in what may be read, the nearest and most frequent first."""
    typos = _typos(word)
    by_length = _vocabulary(reader)
    known = [one for length in range(len(word) - typos, len(word) + typos + 1) for one in by_length.get(length, ())]
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=typos, limit=4 * MOST_CANDIDATES)
    met = []
    for one, distance, _place in near:
        numbers = reader.postings("written", one).numbers
        if often := int(allowed[numbers].sum()):
            met.append((distance, -often, one))
    return (one for _distance, _often, one in sorted(met))


@lru_cache(maxsize=1)
def _vocabulary(reader: Reader) -> Mapping[int, Sequence[str]]:
    """The words of spaced scripts, by their length."""
    words: dict[int, list[str]] = defaultdict(list)
    for word in reader.terms("written", ""):
        words[len(word)].append(word)
    return words


def _like_run(run: str, reader: Reader, allowed: Flags) -> Iterator[str]:
    """What is written nearly like a run of an unspaced script, in texts that share its pairs of clusters."""
    pairs = analysis.pairs(run)
    near = reader.matches(AnyOf(queries.words_in("pairs", pairs))).among(allowed)
    for number in near.best_first(MOST_CANDIDATES).tolist():
        shown = reader.shown(number)
        text = "\n".join((shown["title"], shown["heading"], shown["text"]))[:LONGEST_TEXT_READ]
        place = fuzz.partial_ratio_alignment(run, text)
        if place is None:
            continue
        written = _most_alike(run, text, place.dest_start, place.dest_end)
        if written not in ("", run) and OSA.distance(run, written) <= _typos(run):
            yield written


def _most_alike(run: str, text: str, start: int, end: int) -> str:
    """The stretch of whole clusters that is most like `run`, near a place of a text; of equals the one as long."""
    around = [found for found in analysis.UNSPACED_RUN.finditer(text) if found.start() < end and start < found.end()]
    if not around:
        return ""
    written = max(around, key=lambda found: min(found.end(), end) - max(found.start(), start))
    borders = list(accumulate(map(len, analysis.clusters(written[0])), initial=written.start()))
    starts, ends = ([border for border in borders if abs(border - place) <= REACH] for place in (start, end))
    stretches = (text[first:last] for first in starts for last in ends if first < last)
    return min(stretches, key=lambda one: (OSA.distance(run, one), abs(len(one) - len(run))), default="")
