"""Characters in the order of a code page, as its tables list them, and frames of a page that has them in two bytes."""

from __future__ import annotations

from fixtext import codepages
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.atoms import char_bytes
from fixtext.detectors.misdecoded.figures import is_in_order, is_listed
from fixtext.findings import Candidate


def is_listed_in_page(observed: str, candidate: Candidate) -> bool:
    """Whether what stands there follows the order of the page that it is said to have been read in, or is of one row
    of it; UTF-8 of many alphabets is of one row itself.
    """
    written, last = candidate.channel.steps[-2:] if len(candidate.channel.steps) > 1 else (None, None)
    if not isinstance(last, Decode) or not isinstance(written, Encode) or written.code_page[:3] == "utf":
        return False
    if len(candidate.channel.steps) == 2 and _is_kana(candidate.text):
        return False
    codes = [codepages.reversible(char, last.code_page) for char in observed if char > "\x7f"]
    return all(codes) and is_listed([code for code in codes if code is not None])


def _is_kana(healthy: str) -> bool:
    """Whether most of a text is kana, of one row or two themselves, in no order."""
    kana = [char for char in healthy if "\u3041" <= char <= "\u30fe"]
    return 4 * len(kana) > 3 * sum(char > "\x7f" for char in healthy) and not is_in_order([*map(ord, kana)])


def is_of_drawn_row(observed: str, candidate: Candidate) -> bool:
    """Whether nothing but lines of frames stand there, each of two bytes, and would become as many letters: a page of
    East Asia has a row of them where another has Greek, so that any frame is a word of it.
    """
    last = (candidate.channel.steps or (None,))[-1]
    odd, made = ([char for char in text if char > "\x7f"] for text in (observed, candidate.text))
    if not isinstance(last, Decode) or len(odd) != len(made) or not all("\u2500" <= char < "\u2580" for char in odd):
        return False
    return all(len(codepages.reversible(char, last.code_page) or b"") == 2 for char in odd)


def is_ordered(observed: str, candidate: Candidate) -> bool:
    """Whether what stands there follows the order of Unicode, or that of the page that it is said to have been read in.

    A document that is a table of a code page is explained as a whole like any other: bits do not tell it from text.
    """
    odd = list(filter("\x7f".__lt__, observed))
    if is_in_order(list(map(ord, odd))):
        return True
    last = (candidate.channel.steps or (None,))[-1]
    if not isinstance(last, Decode):
        return False
    codes = map(char_bytes(last.code_page).__getitem__, odd)
    return is_in_order([int.from_bytes(code, "big") for code in codes if code])
