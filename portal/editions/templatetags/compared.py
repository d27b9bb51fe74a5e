"""How is a comparison written as HTML? Marks are words for who cannot see them, and strokes for who sees no colour."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from portal.editions.comparing import ComparedBlock, ComparedPage
from portal.editions.words_compared import Mark, Span

register = template.Library()


@register.filter
def marked(line: Iterable[Span]) -> SafeString:
    """A line with what was removed and what was added in it."""
    return format_html_join("", "{}", ((_marked(span),) for span in line))


@register.filter
def text_of(line: Iterable[Span]) -> str:
    """A line without its marks, as the later edition has it, or the earlier, if nothing is left of it."""
    spans = list(line)
    kept = [span.text for span in spans if span.mark != Mark.REMOVED]
    return "".join(kept or [span.text for span in spans])


def _marked(span: Span) -> str | SafeString:
    if span.mark == Mark.SAME:
        return span.text
    text = _line_end() if span.is_break else span.text
    if span.mark == Mark.REMOVED:
        return _said("del", text, before=_("removed:"), after=_("end of what was removed"))
    return _said("ins", text, before=_("added:"), after=_("end of what was added"))


def _said(name: str, text: str | SafeString, *, before: str, after: str) -> SafeString:
    return format_html(
        '<{name}><span class="visually-hidden"> [{before}] </span>{text}'
        '<span class="visually-hidden"> [{after}] </span></{name}>',
        name=name,
        text=text,
        before=before,
        after=after,
    )


def _line_end() -> SafeString:
    return format_html(
        '<span aria-hidden="true">↵</span><span class="visually-hidden">{}</span>', _("the end of a line")
    )


@register.simple_tag
def what_it_is(page: ComparedPage, block: ComparedBlock) -> str:
    """What a block is called where it is written: a step, a warning, or the name of a field."""
    name = block.id.removeprefix("field:") if block.kind == "field" else ""
    return capfirst(str(_label(page.type, block.kind, name)))


@lru_cache(maxsize=1_000)
def _label(type_name: str, kind: str, name: str) -> Any:
    """A lazy translation; empty for what the portal does not know any more."""
    try:
        model = apps.get_model(type_name)
        if name:
            return model._meta.get_field(name).verbose_name
    except (LookupError, ValueError, FieldDoesNotExist):
        return ""
    streams = (field.stream_block for field in model._meta.get_fields() if isinstance(field, StreamField))
    blocks = (stream.child_blocks[kind] for stream in streams if kind in stream.child_blocks)
    return next((block.label for block in blocks), "")
