"""Who is measured: fixtext and, in the same run, other tools, all as functions from str to str with their defaults."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

Tool = Callable[[str], str]

PEERS = {
    "ftfy": ("ftfy", "fix_text"),
    "ftfy-encoding": ("ftfy", "fix_encoding"),
    "plsfix": ("plsfix", "fix_text"),
    "unchanged": ("builtins", "str"),
}
"""Name -> module and function. ``unchanged`` does nothing: what any tool has to be better than."""


def tools(peers: str) -> dict[str, Tool]:
    """Return fixtext and the peers named, separated by commas, in that order.

    Raises:
        ValueError: a peer is not known or not installed; the message says which there are.
    """
    import fixtext

    chosen: dict[str, Tool] = {"fixtext": fixtext.fix}
    for name in filter(None, (part.strip() for part in peers.split(","))):
        if name not in PEERS:
            raise ValueError(f"no peer {name!r}; there are {', '.join(PEERS)}")
        module, function = PEERS[name]
        try:
            chosen[name] = getattr(import_module(module), function)
        except ImportError as error:
            raise ValueError(f"the peer {name!r} is not installed: {error}") from error
    return chosen
