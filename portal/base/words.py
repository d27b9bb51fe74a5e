"""Where are the words in a text of any of our languages?"""

from icu4py.breakers import WordBreaker

CUT = " …"


def count_words(text: str, *, language: str) -> int:
    """The number of words; in Thai, Lao, Burmese and Khmer as ICU's dictionaries cut them."""
    return sum(any(letter.isalnum() for letter in segment) for segment in WordBreaker(text, language))


def shortened(text: str, *, most: int, language: str) -> str:
    """`text` on one line, cut between words so that it has at most `most` characters; an ellipsis says that it was."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    room, kept = most - len(CUT), ""
    for segment in WordBreaker(line, language):
        if len(kept) + len(segment) > room:
            break
        kept += segment
    # A word without an end, such as an address, is cut where the room ends.
    return (kept.rstrip() or line[:room]) + CUT
