"""What is said when? Words with times: read from the files that people have, checked, and written as WebVTT.

Stored words are always what `writing.written` made of them; `parsing.cues_of` gives them back.
"""

from media.captions.checking import problems_in
from media.captions.cues import Cue, Problem
from media.captions.parsing import Parsed, cues_of, parsed
from media.captions.stored import check_captions
from media.captions.writing import written

__all__ = ["Cue", "Parsed", "Problem", "check_captions", "cues_of", "parsed", "problems_in", "written"]
