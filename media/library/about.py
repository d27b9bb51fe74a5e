"""What is told about a recording in one line?"""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


def length(recording: Any) -> str:
    """Minutes and seconds, "3:07"; with hours, "1:03:07". Empty for a panorama."""
    minutes, seconds = divmod(recording.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if not recording.seconds:
        return ""
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def length_and_size(recording: Any) -> str:
    parts = [length(recording), filesizeformat(recording.file_size)]
    return " · ".join(part for part in parts if part)


def told(recording: Any) -> str:
    """Kind, length, picture and size, for whoever has just brought it."""
    picture = _("%(width)s × %(height)s pixels") % {"width": recording.width, "height": recording.height}
    parts = [
        str(recording.get_kind_display()),
        length(recording),
        picture if recording.width else "",
        filesizeformat(recording.file_size),
    ]
    return " · ".join(part for part in parts if part)


def words(recording: Any) -> str:
    """Which captions and transcripts there are; lists fetch `texts` beforehand."""
    languages: dict[str, list[str]] = {}
    for text in recording.texts.all():
        languages.setdefault(str(text.get_kind_display()), []).append(str(text.get_language_display()))
    return "; ".join(f"{kind}: {', '.join(names)}" for kind, names in languages.items()) or _("None")
