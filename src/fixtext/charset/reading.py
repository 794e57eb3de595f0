"""From bytes to text, without losing a byte: one encoding for all where one explains all, else line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.charset import lossless
from fixtext.charset.detection import CERTAIN, Detection, detect
from fixtext.charset.encodings import MULTI_BYTE, SINGLE_BYTE, UTF_8, UTF_16, Encoding
from fixtext.charset.lines import Line, assign, lines_of, some_lines, survey
from fixtext.findings import Edit, Span, Suspect

_ESCAPES = "surrogateescape"
_NAMED = 20
"""Undecodable places that are named one by one."""


_SEVEN_BIT = ("iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "hz", "utf-7")
_ESCAPED_MARGIN = 48.0
"""Bits by which these must lead: the bytes are healthy ASCII as well, and may be about those encodings."""


_BEGINNING = 1 << 16
_ESCAPED = re.compile("[\udc80-\udcff]")
_HEALTHY = re.compile("[^\x00-\x7f]")


class UnreadableError(ValueError):
    """Bytes that are no text, or text in an encoding that is not read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Bytes read as text.

    Attributes:
        source: all bytes read in one encoding; ``lossless.encode(source, encoding)`` gives them back.
        encoding: name of the code page.
        edits: lines of the source that are in other encodings, read in those.
        suspects: what could not be read, or could be read in several ways.
        notes: what else there is to tell.
    """

    source: str
    encoding: str
    edits: tuple[Edit, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    notes: tuple[str, ...] = ()


def read(data: bytes, encoding: str | None = None) -> Reading:
    """Read bytes as text.

    Args:
        data: any bytes.
        encoding: what they are in, by any name that `codepages.lookup` knows; None finds it out.

    Raises:
        UnreadableError: they are binary, or in an encoding that is not read.
        ValueError: there is no such encoding.
    """
    if encoding is not None:
        page = codepages.lookup(encoding)
        return Reading(lossless.decode(data, page), page, suspects=undecodable(lossless.decode(data, page), page))
    torn = _torn_utf_8(data)
    if torn is not None:
        return Reading(torn, "utf-8", suspects=undecodable(torn, "utf-8"))
    found = detect(data)
    if found.refusal and not _is_utf_8(data):
        raise UnreadableError(found.refusal)
    page = found.encoding or "utf-8"
    if page not in lossless.WIDE and _is_utf_8(data) and not (page in _SEVEN_BIT and found.margin >= _ESCAPED_MARGIN):
        return Reading(data.decode("utf-8"), "utf-8")
    if page in _SEVEN_BIT:
        return _whole(data, found, page)
    if page in lossless.WIDE or found.bom or page in ("cesu-8", "mutf-8"):
        return _whole(data, found, page)
    return _eight_bits(data, found, page)


def read_as_utf_8(data: bytes) -> Reading:
    """Read lines of a file that is in UTF-8 elsewhere: what is in another encoding is told as an edit.

    Bytes that are no text in any encoding stay as they are.
    """
    try:
        reading = read(data)
    except UnreadableError as error:
        return _kept(data, str(error))
    if reading.encoding == "utf-8":
        return reading
    group = group_of(reading.encoding)
    if group is None or reading.encoding in lossless.WIDE:
        return _kept(data, f"perhaps {reading.encoding}, in a file that is UTF-8 elsewhere")
    own = group._replace(pages=(reading.encoding,))
    return _line_by_line(data, [Line(start, end, own, 0.0, float("inf")) for start, end in lines_of(data)], [own])


def _kept(data: bytes, reason: str) -> Reading:
    source = data.decode("utf-8", _ESCAPES)
    first = lossless.ESCAPED.search(source)
    return Reading(source, "utf-8", (), (Suspect("encoding", Span(*first.span()), reason),) if first else ())


def _torn_utf_8(data: bytes) -> str | None:
    """Return UTF-8 some of whose sequences lost bytes, with the rest of them escaped; None if this is something else.

    A sequence that ends early in a question mark, or in 81 45, is what a detour through another code page leaves; no
    other encoding has only such bytes beside well-formed UTF-8.
    """
    if (b"?" not in data and b"\x81E" not in data) or b"\0" in data:
        return None
    beginning = data[: data.rfind(b"\n", 0, _BEGINNING) + 1] if len(data) > _BEGINNING else b""
    if beginning and not _is_explained(beginning.decode("utf-8", _ESCAPES)):  # what is in another encoding ends here
        return None
    text = data.decode("utf-8", _ESCAPES)
    escaped = len(_ESCAPED.findall(text))
    return text if escaped and _is_explained(text) and len(_HEALTHY.findall(text)) > escaped else None


def _is_explained(text: str) -> bool:
    """Return whether all bytes that are not UTF-8 belong to sequences that lost some."""
    from fixtext.detectors.lossy.sites import sites
    from fixtext.detectors.lossy.written_back import are_explained

    escaped = len(_ESCAPED.findall(text))
    found = sum(sum(value is not None for value in site.known) for site in sites(text))
    return not escaped or escaped == found or are_explained(text)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _whole(data: bytes, found: Detection, page: str) -> Reading:
    source = lossless.decode(data, page)
    lead = "" if found.margin == float("inf") else f", {found.margin:.0f} bits before the next"
    return Reading(source, page, (), undecodable(source, page), (f"read as {page}{lead}",))


def _eight_bits(data: bytes, found: Detection, page: str) -> Reading:
    best = found.candidates[0]
    # One that reads everything may still read some lines wrongly: every second encoding reads almost any bytes.
    known = None if best.undecodable or page == "utf-8" else group_of(page)
    places = lines_of(data) if known is None else some_lines(data)
    encodings = survey(data, places, known)
    if len(encodings) > 1 and known is not None:
        places = lines_of(data)
    if known is not None and UTF_8 in encodings:  # then the sample that spoke for it was not all in one encoding
        encodings = survey(data, places, None)
    if len(encodings) <= 1 and not best.undecodable and page != "utf-8":
        if found.certain:
            return _whole(data, found, page)
        return _uncertain(data, found)
    if not encodings or encodings == [UTF_8]:
        return _whole(data, found, page) if found.certain else _uncertain(data, found)
    if UTF_8 not in encodings:
        encodings.append(UTF_8)
    lines = assign(data, places, encodings)
    used = {line.encoding for line in lines}
    if len(used) == 1 and UTF_8 not in used:
        return _whole(data, found, page) if found.certain else _uncertain(data, found)
    return _line_by_line(data, lines, encodings)


def group_of(page: str) -> Encoding | None:
    """Return the encodings that read almost everything as a code page does, None if it stands by itself."""
    return next((one for one in (*MULTI_BYTE, *SINGLE_BYTE, *UTF_16) if page in one.pages), None)


def _uncertain(data: bytes, found: Detection) -> Reading:
    """Leave all bytes as they are: what they are in is too close to call."""
    source = data.decode("utf-8", _ESCAPES)
    near = [one for one in found.candidates if one.bits < found.candidates[0].bits + CERTAIN][:4]
    names = ", ".join(f"{one.encoding} ({one.bits:.1f} bits)" for one in near)
    reason = f"the encoding is too close to call: {names}; name it with --encoding"
    first = lossless.ESCAPED.search(source)
    suspects = (Suspect("encoding", Span(*first.span()), reason),) if first else ()
    return Reading(source, "utf-8", (), suspects)


def _line_by_line(data: bytes, lines: list[Line], encodings: list[Encoding]) -> Reading:
    source = data.decode("utf-8", _ESCAPES)
    edits: list[Edit] = []
    suspects: list[Suspect] = []
    counts: dict[str, int] = {}
    position = offset = 0
    for line in lines:
        offset += len(data[position : line.start].decode("utf-8", _ESCAPES))
        before = data[line.start : line.end].decode("utf-8", _ESCAPES)
        position = line.end
        span = Span(offset, offset + len(before))
        offset += len(before)
        if line.encoding is UTF_8:
            if lossless.ESCAPED.search(before):
                suspects += undecodable(before, "utf-8", span.start)
            continue
        edit = _edit(data[line.start : line.end], line, before, span)
        if edit is None or line.margin < CERTAIN:
            reason = f"perhaps {line.encoding.pages[0]}, but only {line.margin:.1f} bits before the next encoding"
            suspects.append(Suspect("encoding", span, reason))
            continue
        counts[line.encoding.pages[0]] = counts.get(line.encoding.pages[0], 0) + 1
        edits.append(edit)
    notes = tuple(f"{count} line{'s' * (count > 1)} read as {page}" for page, count in sorted(counts.items()))
    return Reading(source, "utf-8", tuple(edits), tuple(suspects), notes)


def _edit(data: bytes, line: Line, before: str, span: Span) -> Edit | None:
    """Return the edit that reads a line in its encoding; None if that cannot be proved."""
    ending = len(data) - len(data.rstrip(b"\r\n"))
    body = data[: len(data) - ending]
    text = before[: len(before) - ending]
    span = Span(span.start, span.end - ending)
    for page in line.encoding.pages:
        try:
            after = codepages.decode(body, page)
        except UnicodeDecodeError:
            continue
        channel = Channel((Encode(page), Decode("utf-8", _ESCAPES)))
        try:
            if after != text and channel.damage(after) == text:
                saved = line.margin if line.margin < float("inf") else 8.0 * len(lossless.ESCAPED.findall(text))
                return Edit("encoding", span, text, after, channel, round(saved, 1))
        except UnicodeError:
            continue
    return None


def undecodable(source: str, page: str, offset: int = 0) -> tuple[Suspect, ...]:
    """Return the bytes of a text that could not be read, as suspects: the first 20 places."""
    suspects: list[Suspect] = []
    for match in lossless.ESCAPED.finditer(source):
        if len(suspects) == _NAMED:
            break
        shown = " ".join(f"{ord(char) - 0xDC00:02X}" for char in match[0][:8])
        span = Span(offset + match.start(), offset + match.end())
        suspects.append(Suspect("encoding", span, f"not {page}: {shown}; kept as it is"))
    return tuple(suspects)
