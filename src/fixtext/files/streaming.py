"""An input of any size, window by window: what the command and `repair_stream` do alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from fixtext.config import Config
from fixtext.files import SIZE
from fixtext.files.encoding import STATEFUL, Known, decided, opening
from fixtext.files.sources import BLOCK, PipeSource, Source
from fixtext.files.windows import Cutter, Window

if TYPE_CHECKING:
    from fixtext.findings import Repair

_WHOLE = 1 << 62


class Part(NamedTuple):
    """A window and the encoding it is in, as far as that is known before it is read."""

    window: Window
    known: Known


def parts(source: Source, config: Config, size: int = SIZE) -> Iterator[Part]:
    """Yield the windows of an input, in order.

    Args:
        source: all of it.
        config: may name the encoding.
        size: bytes of a window, about.

    Raises:
        charset.reading.UnreadableError: it is binary data, or in an encoding that is not read.
        ValueError: there is no encoding of the name in ``config``.
        OSError: reading failed.
    """
    known = opening(source.at(0, size + size // 16), config)
    page = known.pages[0]
    if page in STATEFUL:
        end = len(source.at(0, _WHOLE))
        yield Part(Window(0, 0, end, end), known)
        return
    for window in Cutter(size, known.unit, page.endswith("be")).windows(source):
        if not known.settled:
            known = decided(known, source.at(window.start, window.end))
        yield Part(window, known)


def repair_stream(
    read: Callable[[int], bytes], config: Config | None = None, *, size: int = SIZE, block: int = BLOCK
) -> Iterator[Repair]:
    r"""Repair bytes of any number in constant memory: yield the repairs of windows, which together are all of them.

    A window ends at the end of a line and is repaired with the lines beside it as evidence; what comes out does not
    depend on how the bytes arrive. Spans count from the beginning of the window. Up to ``size`` bytes are one window,
    and that is then `fixtext.repair_bytes`.

    >>> import io
    >>> [repair.text for repair in repair_stream(io.BytesIO(b"caf\xc3\xa9\n").read)]
    ['caf\xe9\n']

    Args:
        read: returns at most so many bytes, and none at the end, such as the ``read`` of a binary file.
        config: the choices; the defaults if None.
        size: bytes of a window, about; the result depends on it.
        block: bytes that are asked of ``read`` at once; the result does not depend on it.

    Raises:
        charset.reading.UnreadableError: a `ValueError`: binary data, or an encoding that is not read; with
            ``errors="strict"`` also bytes that cannot be read.
        ValueError: a detector, conversion, normaliser or encoding is not known.
        engine.DetectorError: a detector failed.
    """
    from fixtext import pipeline
    from fixtext.files.pieces import repaired

    config = config or Config()
    source = PipeSource(read, block)
    beginning = source.at(0, size + 1)
    if len(beginning) <= size:
        yield pipeline.repair_bytes(beginning, config)
        return
    off = False
    for (before, start, end, after), known in parts(source, config, size):
        lines = source.at(before, start), source.at(start, end), source.at(end, after)
        piece = repaired(*lines, known, config, off=off)
        off = off if piece.switch is None else piece.switch
        yield piece.repair
