"""How long does it take to read this?"""

import re
from math import ceil

from django.utils.html import strip_tags

#: Readers manage about 200 words of a language with spaces in a minute (Brysbaert 2019, for adults reading closely).
WORDS_A_MINUTE = 200
#: Thai, Lao, Burmese and Khmer write no spaces between words; a word has about 4.5 characters on average.
CHARACTERS_A_WORD = 4.5
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def minutes_to_read(text: str) -> int:
    """Whole minutes, at least one; `text` may hold markup."""
    plain = strip_tags(text)
    unspaced = len(UNSPACED.findall(plain))
    spaced = len(UNSPACED.sub(" ", plain).split())
    return max(1, ceil((spaced + unspaced / CHARACTERS_A_WORD) / WORDS_A_MINUTE))
