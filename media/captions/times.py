"""How is a time written, and how may people write it?"""

import re

#: As WebVTT has it, and as browsers insist on it. Source: W3C WebVTT, 4.1.
EXACT = re.compile(r"(?:([0-9]{2,3}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")
#: As people write it: 1:02.5, 00:01:02,500, 62.5; in the digits of any of our languages.
LENIENT = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,4})(?:[.,](\d{1,3}))?")
HOUR, MINUTE, SECOND = 3_600_000, 60_000, 1_000
LATEST = 100 * HOUR - 1


def milliseconds(text: str) -> int | None:
    """The time that somebody wrote, in milliseconds; None if it cannot be one."""
    found = LENIENT.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups(default="")
    # 90:00 is an hour and a half; 1:90:00 is a mistake.
    if (hours and int(minutes) > 59) or (minutes and int(seconds) > 59):
        return None
    time = int(hours or 0) * HOUR + int(minutes or 0) * MINUTE + int(seconds) * SECOND + int(fraction.ljust(3, "0"))
    return time if time <= LATEST else None


def clock(time: int) -> str:
    """`time` in milliseconds, as WebVTT writes it."""
    seconds, thousandths = divmod(time, SECOND)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
