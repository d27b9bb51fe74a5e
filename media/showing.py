"""How is a picture shown: which markup, with which words, and what until it is there?"""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from media.renditions import FALLBACK_WIDTH, Made, made_of
from media.words import Words

PICTURE = (
    '<span class="picture">{blur}<picture>{sources}'
    '<img src="{src}" width="{width}" height="{height}"{words} loading="{loading}" decoding="async">'
    "</picture></span>"
)
#: While the worker is still making it: the same space, the colours, and the words for whoever cannot see.
COMING = (
    '<span class="picture picture--coming">'
    '<svg class="picture__space" viewBox="0 0 {width} {height}" width="{width}" height="{height}"{words}></svg>'
    "{blur}</span>"
)
SOURCE = '<source type="image/{}" srcset="{}" sizes="{}">'
#: Four by three colours, which CSS blurs into each other. Attributes, not styles: the page allows no inline style.
BLUR = '<svg class="picture__blur" viewBox="0 0 4 3" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
SPOT = '<rect x="{}" y="{}" width="1" height="1" fill="#{}"/>'
COLUMNS, DIGITS = 4, 6


def markup(picture: Any, *, words: Words, sizes: str, shape: str, eager: bool) -> SafeString:
    """`picture` for readers; a browser chooses among what there is. `words` are empty for what only decorates."""
    made = made_of(picture, shape=shape)
    if made.fallback is None:
        return coming(picture, words=words, shape=shape)
    return format_html(
        PICTURE,
        blur=blur_of(picture),
        sources=format_html_join("", SOURCE, [(name, srcset_of(made, name), sizes) for name in made.choices]),
        src=made.fallback.url,
        width=made.fallback.width,
        height=made.fallback.height,
        words=alt_of(words),
        loading="eager" if eager else "lazy",
    )


def srcset_of(made: Made, name: str) -> str:
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in made.choices[name])


def coming(picture: Any, *, words: Words, shape: str) -> SafeString:
    width = min(picture.width, FALLBACK_WIDTH)
    height = width * 3 // 4 if shape == "card" else round(width * picture.height / picture.width)
    label = format_html(' role="img" aria-label="{}"{}', words.text, lang_of(words)) if words.text else HIDDEN
    return format_html(COMING, blur=blur_of(picture), width=width, height=max(1, height), words=label)


HIDDEN = SafeString(' aria-hidden="true"')


def alt_of(words: Words) -> SafeString:
    return format_html(' alt="{}"{}', words.text, lang_of(words))


def lang_of(words: Words) -> SafeString:
    """Said only where the words are in another language than the page."""
    is_foreign = bool(words.text) and words.language != get_language()
    return format_html(' lang="{}"', words.language) if is_foreign else SafeString("")


def blur_of(picture: Any) -> SafeString:
    digits = picture.placeholder
    if len(digits) != COLUMNS * 3 * DIGITS:
        return SafeString("")
    colours = [digits[at : at + DIGITS] for at in range(0, len(digits), DIGITS)]
    spots = ((number % COLUMNS, number // COLUMNS, colour) for number, colour in enumerate(colours))
    return format_html(BLUR, format_html_join("", SPOT, spots))
