"""What a detector is: the one interface that built-in and third-party detectors share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from fixtext.config import Config
    from fixtext.detectors.neighbours import Neighbours
    from fixtext.detectors.signs import Sign, Texts
    from fixtext.findings import Candidate, Span, Suspect


@runtime_checkable
class Detector(Protocol):
    """Finds one kind of damage.

    A detector has two halves. ``scan`` is cheap and runs over every text: it returns the spans that are worth a
    closer look, and an empty sequence for nearly all healthy text. ``propose`` is only called when there are such
    spans; it weighs them in bits and proposes repairs. A detector never changes text: `fixtext.repair` certifies,
    arbitrates and applies.

    It may also be `Signed` and `Placed`, so that one look at a text tells whether any of several detectors would find
    anything; if all that are asked are `Signed`, their scans are spared to nearly all healthy text.

    A detector may have an attribute ``leads``: if it is true and the detector has something to repair, those whose
    names come behind its own look at the text when that is done.
    """

    name: str
    """Stable identifier of the damage, such as ``glossed``; used in options, edits and reports."""

    summary: str
    """One line for people: what the damage is."""

    def scan(self, text: str) -> Sequence[Span]:
        """Return the spans that may be damaged, in order. Must not miss what ``propose`` would repair."""
        ...

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Weigh the spans of ``scan`` and yield repairs, and what is damaged but cannot be repaired."""
        ...


@runtime_checkable
class Signed(Protocol):
    """A detector that tells by which characters of a short text damage of its kind is to be known."""

    def signs(self, texts: Texts) -> Sequence[Sign]:
        """Return all signs: in a text of this kind that has none of them, ``scan`` finds nothing."""
        ...


@runtime_checkable
class Placed(Protocol):
    """A detector that tells by which neighbours damage of its kind is to be known, with numpy."""

    def neighbours(self, texts: Texts) -> Sequence[Neighbours]:
        """Return the kinds of places that it needs to know to scan a long text.

        Of short texts, which are looked at many at a time, a line each, those without any place are not scanned.
        """
        ...

    def scan_at(self, text: str, *places: NDArray[intp]) -> Sequence[Span]:
        """Return the same as ``scan`` of a long text, given where the neighbours of each kind stand, in order."""
        ...
