"""Repair: scan, propose, certify, arbitrate by bits saved, apply; until nothing more is found.

Importing this module loads neither numpy nor any detector: those come with the first text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import inf
from typing import TYPE_CHECKING, cast

from fixtext.binary import EVIDENT_BITS, is_binary
from fixtext.channels.channel import Channel
from fixtext.collector import HeldBack
from fixtext.config import Config
from fixtext.detectors import registry
from fixtext.detectors.protocol import Detector
from fixtext.detectors.watch import Places, Watch, watch
from fixtext.findings import Candidate, Edit, Repair, Span, Suspect

if TYPE_CHECKING:
    from fixtext.detectors.protocol import Placed

MAX_PASSES = 8
"""Passes over one text before it counts as unsettled. Nested damage takes one pass a layer, and one to see that
nothing is left; more than three layers have not been seen in the wild."""

_DEFAULT = Config()
_NOTHING: tuple[list[Edit], Sequence[Suspect]] = [], ()


class DetectorError(RuntimeError):
    """A detector failed; its own exception is the cause (``__cause__``).

    A bug in a detector is never swallowed: a text that nobody looked at must not pass for a healthy one.
    """

    def __init__(self, detector: str, message: str) -> None:
        super().__init__(detector, message)
        self.detector = detector
        self.message = message

    def __str__(self) -> str:
        return f"the detector {self.detector!r} failed: {self.message}"


def fix(text: str) -> str:
    """Return the text with its damage repaired; healthy text comes back as the same object.

    Raises:
        TypeError: not given a str.
        DetectorError: a detector has a bug.
    """
    if type(text) is str and _defaults().passes(text):
        return text
    return repair(text).text


def fix_many(texts: Iterable[str]) -> list[str]:
    """Return `fix` of each of many texts, in order; much quicker than one by one where most of them are healthy.

    Each is a document by itself: what one says is no evidence for another.

    Raises:
        TypeError: not given an iterable of str.
        DetectorError: a detector has a bug.
    """
    if isinstance(texts, str):
        raise TypeError("fixtext.fix_many takes an iterable of str; give a single str to fixtext.fix")
    fixed = list(texts)
    for text in fixed:
        if not isinstance(text, str):
            raise TypeError(f"fixtext.fix_many takes an iterable of str, not of {type(text).__name__}")
    for index in _defaults().flagged(fixed):
        fixed[index] = repair(fixed[index]).text
    return fixed


@cache
def _defaults() -> Watch:
    return watch(registry.select(None))


def repair(text: str, config: Config | None = None) -> Repair:
    """Repair a text and tell what was done.

    Args:
        text: any str; lone surrogates are allowed.
        config: choices; the defaults if None.

    Returns:
        the repaired text, its edits in code points of ``text``, and what looks damaged but was left alone.

    Raises:
        TypeError: not given a str.
        UnknownDetectorError: ``config`` names a detector that there is not.
        DetectorError: a detector has a bug.
    """
    if not isinstance(text, str):
        if isinstance(text, (bytes, bytearray, memoryview)):
            raise TypeError("fixtext.fix and fixtext.repair take str; give bytes to fixtext.repair_bytes")
        raise TypeError(f"fixtext.fix and fixtext.repair take str, not {type(text).__name__}")
    config = config or _DEFAULT
    return run(text, registry.select(config.detectors), config)


def run(text: str, detectors: Sequence[Detector], config: Config) -> Repair:
    """Repair a text with the given detectors: what `repair` does once it has found them by name.

    A text that does not settle within `MAX_PASSES` passes, because repairs undo or feed each other, comes back as it
    was, with the places in question as suspects. So a result is always a text that the same call leaves alone.
    """
    watcher = watch(detectors)
    if watcher.passes(text):
        return Repair(text)
    with HeldBack(text):
        return _settle(text, detectors, watcher, config)


def _settle(text: str, detectors: Sequence[Detector], watcher: Watch, config: Config) -> Repair:
    """Look at a text that some detector has something to say of, until nothing more is found."""
    current = text
    edits: list[Edit] = []
    seen: list[Suspect] = []
    judge = _Judge(config.required_bits)
    for _ in range(MAX_PASSES):
        if current is not text and watcher.passes(current):
            accepted, suspects = _NOTHING
        else:
            accepted, suspects = _look(current, detectors, watcher.places(current), config, judge)
        if not (accepted or suspects or edits):
            return Repair(current)
        # Healthy text starts without these.
        from fixtext.composition import apply, compose, in_source
        from fixtext.exemptions import merged, touches

        # The evidence for a place may be gone once the text around it is healthy; what could not be repaired there is
        # still to be told.
        told = in_source(suspects, edits)
        spans = merged(suspect.span for suspect in told)
        seen = sorted([*told, *(suspect for suspect in seen if not touches(suspect.span, spans))], key=_place)
        if not accepted:
            return Repair(current, tuple(edits), tuple(seen))
        edits = compose(text, edits, current, accepted) if edits else accepted
        current = apply(current, accepted)
        spans = [edit.span for edit in edits]
        seen = [suspect for suspect in seen if not touches(suspect.span, spans)]
    reason = f"the repairs proposed here did not settle in {MAX_PASSES} passes"
    return Repair(text, (), tuple(Suspect(edit.damage, edit.span, reason) for edit in edits))


def _place(finding: Candidate | Suspect) -> Span:
    return finding.span


def _look(
    text: str,
    detectors: Sequence[Detector],
    places: Sequence[Places | None],
    config: Config,
    judge: _Judge,
) -> tuple[list[Edit], Sequence[Suspect]]:
    """Make one pass: return the edits to make now, and what looks damaged and stays."""
    certified: list[Candidate] = []
    suspects: list[Suspect] = []
    for detector, seen in zip(detectors, places, strict=True):
        try:
            spans = detector.scan(text) if seen is None else cast("Placed", detector).scan_at(text, *seen)
            if len(spans):
                judge.weigh(text, detector.propose(text, spans, config), certified, suspects)
        except Exception as error:
            raise DetectorError(detector.name, f"{type(error).__name__}: {error}") from error
        if certified and (getattr(detector, "leads", False) or _sweeps(certified, text)):
            # The others look at what it leaves, in the next pass: torn pages cost them long searches for nothing, and
            # so does text that is misread throughout.
            from fixtext.exemptions import sift

            made, told = sift(text, certified, suspects, config)
            if made:
                return _chosen(made, text), told
    if not certified and not suspects:
        return [], suspects
    from fixtext.exemptions import sift

    certified, suspects = sift(text, certified, suspects, config)
    return _chosen(certified, text), suspects


SWEEPING = 2_000
SWEEPING_SHARE = 0.1
"""Code points, and share of a text, that repairs take up from which the text is damaged throughout. What other
detectors say of the same places is then not worth asking: of a megabyte of GBK read as Latin-1 it takes 50 times the
repair."""

SWEEPING_PLACES = 100
SWEEPING_LETTERS = 0.9
"""So many repairs with so large a share of what is beyond ASCII say the same: letters of Western words stand apart."""


def _sweeps(candidates: Sequence[Candidate], text: str) -> bool:
    """Whether repairs take up a good part of a long text, or of what is beyond ASCII in it."""
    if len(text) < SWEEPING:
        return False
    places = [*map(_place, candidates)]
    if sum([end - start for start, end in places]) >= max(SWEEPING, SWEEPING_SHARE * len(text)):
        return True
    if len(places) < SWEEPING_PLACES:
        return False
    taken = _beyond_ascii("".join([text[start:end] for start, end in places]))
    return taken >= SWEEPING_LETTERS * _beyond_ascii(text)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _chosen(candidates: Sequence[Candidate], text: str) -> list[Edit]:
    from fixtext.arbitration import arbitrate

    return [_edit(candidate, text) for candidate in arbitrate(candidates)]


class _Judge:
    """The one place where candidates are proved; remembers the proofs of one repair."""

    def __init__(self, required_bits: float) -> None:
        self._required_bits = required_bits
        self._proofs: dict[tuple[int, str, str], tuple[Channel, bool]] = {}

    def weigh(
        self, text: str, findings: Iterable[Candidate | Suspect], certified: list[Candidate], suspects: list[Suspect]
    ) -> None:
        """Put findings where they belong; those that make no sense for this text are dropped.

        Raises:
            TypeError: a finding is neither a candidate nor a suspect.
        """
        length, required, holds, proofs = len(text), self._required_bits, self._holds, self._proofs
        for finding in findings:
            if not isinstance(finding, (Candidate, Suspect)):
                raise TypeError(f"neither a Candidate nor a Suspect was proposed, but {finding!r:.80}")
            start, end = finding.span
            if not 0 <= start < end <= length:
                continue
            if isinstance(finding, Suspect):
                suspects.append(finding)
                continue
            observed = text[start:end]
            bits = finding.bits
            if finding.text == observed or not 0 < bits < inf:
                continue
            if bits < required:
                reason = f"a repair would save {bits:.1f} bits, and {required:.1f} are required"
                suspects.append(Suspect(finding.damage, Span(start, end), reason, (finding,)))
                continue
            # By identity, because hashing a channel takes longer than all the rest; the entry keeps the channel alive.
            proof = proofs.get((id(finding.channel), finding.text, observed))
            if proof[1] if proof else holds(finding.channel, finding.text, observed):
                if bits < required + EVIDENT_BITS and is_binary(text, start, end):
                    reason = "it stands among bytes that are no text"
                    suspects.append(Suspect(finding.damage, Span(start, end), reason, (finding,)))
                else:
                    certified.append(finding)
            else:
                reason = "the repair proposed does not lead back to the text"
                suspects.append(Suspect(finding.damage, Span(start, end), reason))

    def _holds(self, channel: Channel, healthy: str, observed: str) -> bool:
        """Return whether the healthy text, sent through the channel, comes out as what was observed."""
        try:
            holds = channel.damage(healthy) == observed
        except Exception:  # a channel that cannot run, whatever the reason, proves nothing
            return False
        self._proofs[id(channel), healthy, observed] = channel, holds
        return holds


def _edit(candidate: Candidate, text: str) -> Edit:
    start, end = span = candidate.span
    return Edit(
        candidate.damage,
        span if type(span) is Span else Span(start, end),  # a detector may have given any pair
        text[start:end],
        candidate.text,
        candidate.channel,
        candidate.bits,
        candidate.guesses,
    )
