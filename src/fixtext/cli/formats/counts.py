"""How many, in words."""

from __future__ import annotations

from fixtext.cli.wording import gettext as _
from fixtext.cli.wording import ngettext


def counts(edits: int, suspects: int) -> str:
    """Return how many repairs and suspects there are, in words."""
    repairs = ngettext("{count} repair", "{count} repairs", edits).format(count=edits)
    left = ngettext("{count} suspect", "{count} suspects", suspects).format(count=suspects)
    return _("{repairs}, {suspects}").format(repairs=repairs, suspects=left)
