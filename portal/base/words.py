"""Where are the words in a text of any of our languages?"""

from icu4py.breakers import WordBreaker


def count_words(text: str, *, language: str) -> int:
    """The number of words; in Thai, Lao, Burmese and Khmer as ICU's dictionaries cut them."""
    return sum(any(letter.isalnum() for letter in segment) for segment in WordBreaker(text, language))
