"""A storage on another machine, as S3 is one: it has addresses, and no paths."""

from typing import Any
from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.core.files.storage import Storage


class Elsewhere(Storage):
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def _open(self, name: str, mode: str = "rb") -> Any:
        return ContentFile(self.kept[name], name=name)

    def _save(self, name: str, content: Any) -> str:
        self.kept[name] = content.read()
        return name

    def exists(self, name: str) -> bool:
        return name in self.kept

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)

    def size(self, name: str) -> int:
        return len(self.kept[name])

    def url(self, name: str | None, parameters: dict[str, str] | None = None, expire: int | None = None) -> str:
        asked = {**(parameters or {}), "expires": expire, "signature": "made-up"}
        return f"https://storage.example.org/{name}?{urlencode(asked)}"
