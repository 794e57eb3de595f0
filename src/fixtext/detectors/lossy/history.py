"""Restores what older versions of a text still have: nothing is guessed where history knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fixtext.channels.channel import Channel
from fixtext.config import Config
from fixtext.detectors.lossy.readings import READINGS
from fixtext.detectors.lossy.roundtrip import round_trip_channel
from fixtext.findings import Candidate, Span, Suspect

BITS = 1000.0
"""Bits saved by an older version that leads to exactly what stands there now: more than any guess."""


class History:
    """A detector that knows older versions of the text.

    A line of an older version that comes out of a channel as a line of the text, and not as itself, is what stood
    there. Lines whose line feed was swallowed are taken together.
    """

    name = "lossy"
    summary = "lines that an older version of the file still has whole"

    def __init__(self, versions: Sequence[str]) -> None:
        """Take healthy versions, the newest first."""
        self._versions = versions
        self._whole: dict[str, tuple[str, Channel]] = {}

    def scan(self, text: str) -> Sequence[Span]:
        """Return the lines that an older version explains."""
        return [span for span, _, _ in self._find(text)]

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Yield the older lines."""
        for span, healthy, channel in self._find(text):
            yield Candidate("lossy", span, healthy, channel, BITS)

    def _find(self, text: str) -> Iterator[tuple[Span, str, Channel]]:
        lines = text.splitlines(keepends=True) if "\r" not in text.replace("\r\n", "") else text.split("\n")
        wanted = {line for line in lines if "?" in line or "\ufffd" in line}
        if not wanted:
            return
        known: dict[str, tuple[str, Channel]] = {}
        for channel in _channels():
            for version in self._versions:
                for healthy, damaged in _chunks(version, channel):
                    if damaged in wanted and damaged != healthy:
                        known.setdefault(damaged, (healthy, channel))
            if known:
                break
        position = 0
        for line in lines:
            if line in known:
                healthy, channel = known[line]
                yield Span(position, position + len(line)), healthy, channel
            position += len(line)


def _channels() -> Iterator[Channel]:
    for page in ("cp936", "cp949", "cp950"):
        yield round_trip_channel(page, swallows=True, replaced=False)
    for readings in READINGS.values():
        for reading in readings:
            yield reading.channel


def _chunks(version: str, channel: Channel) -> Iterator[tuple[str, str]]:
    """Yield stretches of whole lines with what a channel makes of them, each as short as it ends in a line feed."""
    chunk = ""
    for line in version.splitlines(keepends=True):
        chunk += line
        try:
            damaged = channel.damage(chunk)
        except UnicodeError:
            chunk = ""
            continue
        if damaged.endswith("\n"):
            yield chunk, damaged
            chunk = ""
    if chunk:
        yield chunk, channel.damage(chunk)
