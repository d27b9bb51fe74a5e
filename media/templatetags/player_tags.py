"""How does a template show the player of a recording?"""

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.translation import get_language

from media.models import Recording
from media.playing import anchor_of_player, playing_of
from media.specimens import specimen_of_player

register = template.Library()


@register.inclusion_tag("media/player/player.html", takes_context=True)
def player(context: Context, recording: Recording | None, title: str = "") -> dict[str, object]:
    """The player of a recording, with its words in the page's language; nothing where there is none."""
    if recording is None:
        return {}
    block_id, page = getattr(context.get("block"), "id", None), context.get("page")
    return {
        "playing": playing_of(recording, language=get_language() or settings.LANGUAGE_CODE),
        "title": title or recording.title,
        "anchor": anchor_of_player(recording, block_id),
        "address": page.get_full_url() if page is not None else "",
    }


@register.inclusion_tag("media/player/player.html")
def player_specimen(language: str, heading: str, text: str) -> dict[str, object]:
    """For the page of components: a player that shows everything and plays nothing."""
    playing = specimen_of_player(language, heading=heading, text=text)
    return {"playing": playing, "title": heading, "anchor": f"player-{language}", "is_open": True}
