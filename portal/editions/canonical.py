"""The one way to write content down, and what proves that nobody changed it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> str:
    """Sorted keys, no spaces, no escapes of other scripts."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: str, *, previous: str) -> str:
    """SHA-256 of an edition's content behind the digest of the edition before it, in hexadecimal."""
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()
