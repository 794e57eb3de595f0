"""Floor 0: legacy encodings as they behave in the wild.

Importing this package builds no table and loads none of its modules; each is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fixtext.codepages.byte_tables import (
        begins_character,
        chars_by_lead,
        chars_by_trail,
        fitting,
        leads_in_use,
        single_bytes,
    )
    from fixtext.codepages.codec import decode, encode, reversible
    from fixtext.codepages.habits import DECODE_HABITS, ENCODE_HABITS
    from fixtext.codepages.names import UnknownCodePageError, lookup
    from fixtext.codepages.pages import CODE_PAGES, CodePage, code_page

__all__ = [
    "CODE_PAGES",
    "DECODE_HABITS",
    "ENCODE_HABITS",
    "CodePage",
    "UnknownCodePageError",
    "begins_character",
    "chars_by_lead",
    "chars_by_trail",
    "code_page",
    "decode",
    "encode",
    "fitting",
    "leads_in_use",
    "lookup",
    "reversible",
    "single_bytes",
]

_HOME = {
    "DECODE_HABITS": "habits",
    "ENCODE_HABITS": "habits",
    "UnknownCodePageError": "names",
    "lookup": "names",
    "CODE_PAGES": "pages",
    "CodePage": "pages",
    "code_page": "pages",
    "decode": "codec",
    "encode": "codec",
    "reversible": "codec",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_HOME.get(name, 'byte_tables')}")
    value = globals()[name] = getattr(module, name)
    return value
