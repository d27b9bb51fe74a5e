"""Which languages does the portal speak, and what must be known of each?"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    english_name: "StrOrPromise"
    script: str


LANGUAGES = {
    language.code: language
    for language in [
        Language("en", "English", _("English"), "Latn"),
        Language("th", "ไทย", _("Thai"), "Thai"),
        Language("lo", "ລາວ", _("Lao"), "Laoo"),
        Language("my", "မြန်မာ", _("Burmese"), "Mymr"),
        Language("km", "ខ្មែរ", _("Khmer"), "Khmr"),
        Language("vi", "Tiếng Việt", _("Vietnamese"), "Latn"),
    ]
}


def current_language() -> Language:
    return LANGUAGES[translation.get_language() or settings.LANGUAGE_CODE]


@lru_cache
def is_unchecked(code: str) -> bool:
    """Whether the interface in this language holds translations that nobody who speaks it has checked (`fuzzy`)."""
    catalogue = Path(settings.BASE_DIR, "locale", code, "LC_MESSAGES", "django.po")
    return catalogue.exists() and "\n#, fuzzy" in catalogue.read_text(encoding="utf-8").partition('msgstr ""')[2]
