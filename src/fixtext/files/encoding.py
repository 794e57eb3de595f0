"""What an input is in that is read window by window: its beginning says so, once for all windows."""

from __future__ import annotations

from typing import NamedTuple

from fixtext.config import Config

STATEFUL = ("iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "hz", "utf-7")
"""Encodings in which what a byte means depends on all before it: such an input is never cut."""


class Known(NamedTuple):
    """What is known about the encoding of an input.

    Attributes:
        pages: code pages, the plainest first; a window is read in the first that reads all of it.
        mixed: whether lines of it may be in other encodings, and are then read so.
        settled: whether more of the input can no longer change it: what is ASCII so far may be anything.
    """

    pages: tuple[str, ...]
    mixed: bool = False
    settled: bool = True

    @property
    def unit(self) -> int:
        """Bytes of a code unit."""
        if self.pages[0] == "utf-8" or self.pages[0][:4] != "utf-":
            return 1
        from fixtext.charset.lossless import WIDE

        return WIDE.get(self.pages[0], 1)


_ASCII = Known(("utf-8",), mixed=True, settled=False)
_UTF_8 = Known(("utf-8",), mixed=True)
_LEFT_ALONE = Known(("utf-8",))


def opening(head: bytes, config: Config) -> Known:
    """Return what the first bytes of an input say: UTF-16 and its like are found before it is cut.

    Args:
        head: about as many bytes as a window has.
        config: may name the encoding.

    Raises:
        charset.reading.UnreadableError: it is binary data, or in an encoding that is not read.
        ValueError: there is no encoding of the name in ``config``.
    """
    if config.encoding is not None:
        from fixtext import codepages

        return _named(codepages.lookup(config.encoding))
    if head.isascii() and b"\0" not in head:
        from fixtext.pipeline import OTHERWISE

        if not OTHERWISE.search(head.decode("ascii")):
            return _ASCII
        return _read(head[: head.rfind(b"\n") + 1] or head)  # an escape that is cut in two would not be read
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0")):
        return _read(head[: len(head) // 4 * 4])
    if b"\0" in head and not _is_utf_8(head, final=False):
        return _read(head[: len(head) // 4 * 4])
    return _ASCII


def decided(known: Known, window: bytes) -> Known:
    """Return what is known once a window has been seen, whole lines; the first that is not ASCII decides.

    Raises:
        charset.reading.UnreadableError: it is binary data, or in an encoding that is not read.
    """
    if known.settled or window.isascii():
        return known
    return _UTF_8 if _is_utf_8(window) else _read(window)


def _named(page: str) -> Known:
    return Known((page,))


def _read(data: bytes) -> Known:
    from fixtext.charset.reading import group_of, read

    reading = read(data)
    page = reading.encoding
    if page != "utf-8":
        group = group_of(page)
        others = () if group is None else tuple(other for other in group.pages if other != page)
        return Known((page, *others))
    if data.isascii():
        return _ASCII
    # Without a character in UTF-8 it was too close to call what it is in; other windows must not be called otherwise.
    source = reading.source
    escaped = sum(map(source.count, map(chr, range(0xDC80, 0xDD00))))
    well_formed = len(source) - len(source.encode("ascii", "ignore")) - escaped
    return _UTF_8 if reading.edits or well_formed else _LEFT_ALONE


def _is_utf_8(data: bytes, *, final: bool = True) -> bool:
    import codecs

    try:
        codecs.utf_8_decode(data, "strict", final)
    except UnicodeDecodeError:
        return False
    return True
