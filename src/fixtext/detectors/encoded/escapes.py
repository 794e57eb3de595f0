r"""Escapes of programming languages: ``\u4f60``, ``\u{4f60}``, ``%u4f60``; bytes of UTF-8 as ``\xe4`` or ``\344``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Encode
from fixtext.channels.reference_steps import EscapeCharacters
from fixtext.channels.transfer_steps import EscapeBytes
from fixtext.detectors.encoded.reading import Reading, Unit, digits_of, is_text, runs

_HEX = "[0-9A-Fa-f]"
_ONE = re.compile(
    # one class first, so that `re` skips to it; then: a backslash behind another one is itself escaped
    rf"[\\%](?<!\\\\)(?:(?<=%)u({_HEX}{{4}})"
    rf"|(?<=\\)(?:u({_HEX}{{4}})|U(00{_HEX}{{6}})|u\{{({_HEX}{{1,6}})\}}|x\{{({_HEX}{{1,6}})\}}))"
)
_SIGNS = ("%u", "\\u", "\\U", "\\u{", "\\x{")
_FORMS = {"\\u": "u", "\\U": "U", "\\u{": "braces", "\\x{": "perl", "%u": "percent-u"}
_BYTES = (
    ("\\x", re.compile(rf"(?<!\\)(?:\\x[89A-Fa-f]{_HEX})+")),
    ("\\", re.compile(r"(?<!\\)(?:\\[23][0-7]{2})+")),
)


def readings(text: str) -> Iterator[Reading]:
    r"""Yield what the escapes of a text stand for, one reading a run of one form.

    Escapes of ASCII characters stay: in source code they are syntax. So do the ends of a range, ``[\u4e00-\u9fa5]``.
    """
    if "\\" not in text and "%u" not in text:
        return
    if any(sign in text for sign in _FORMS):
        yield from _characters(text)
    for sign, pattern in _BYTES:
        if sign in text:
            for run in pattern.finditer(text):
                yield from _bytes(run)


def _characters(text: str) -> Iterator[Reading]:
    units = []
    for match in _ONE.finditer(text):
        digits = match[match.lastindex or 0]
        sign = _SIGNS[(match.lastindex or 1) - 1]
        code = int(digits, 16)
        if code >= 0x80:
            units.append(Unit(*match.span(), code, digits, sign))
    for run, made, case in runs(units):
        start, end = run[0].start, run[-1].end
        if text[max(0, start - 1) : start] == "-" or text[end : end + 2] in ("-\\", "-%"):
            continue
        yield Reading(start, end, made, Channel((EscapeCharacters(_FORMS[run[0].sign], case),)))


def _bytes(run: re.Match[str]) -> Iterator[Reading]:
    if run[0][1] == "x":
        digits = digits_of(run[0].replace("\\x", ""))
        form = f"x-{digits}"
        data = bytes.fromhex(run[0].replace("\\x", ""))
    else:
        digits = form = "octal"
        data = bytes(int(number, 8) for number in run[0].split("\\")[1:])
    try:
        made = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    if digits is not None and is_text(made):
        yield Reading(*run.span(), made, Channel((Encode("utf-8"), EscapeBytes(form))))
