"""Channels told to people."""

from __future__ import annotations

import pytest

from fixtext import Channel
from fixtext.channels import Decode, Encode, Step
from fixtext.channels.loss_steps import CutEnd, DropPrivateUse, FillHoles, QuestionForReplacement
from fixtext.channels.reference_steps import EscapeAmpersands, EscapeCharacters, NamedReference, NumberReferences
from fixtext.channels.space_steps import BlankNoBreakSpaces, SqueezeSpaces
from fixtext.channels.transfer_steps import EscapeBytes, MimeWords, PercentEncode, QuotedPrintable
from fixtext.channels.words import in_words

UTF8 = Encode("utf-8")


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), ""),
        ((UTF8, Decode("gbk")), "UTF-8 was read as GBK"),
        ((UTF8, Decode("cp936", "windows")), "UTF-8 was read as Windows-936 (GBK) by a Windows program"),
        ((UTF8, Decode("cp1252")) * 2, "UTF-8 was read as Windows-1252, twice"),
        ((UTF8, Decode("cp1252")) * 3, "UTF-8 was read as Windows-1252, three times"),
        ((UTF8, Decode("cp1252")) * 4, "UTF-8 was read as Windows-1252, 4 times"),
        (
            (Encode("gbk"), Decode("latin-1"), UTF8, Decode("cp1252")),
            "GBK was read as Latin-1, then UTF-8 was read as Windows-1252",
        ),
        (
            (UTF8, Decode("latin-1"), BlankNoBreakSpaces(), SqueezeSpaces()),
            "UTF-8 was read as Latin-1, then the text was given spaces for its no-break spaces, "
            "then the text was given one space for several",
        ),
        ((NumberReferences(),), "the text was written as HTML references like &#233;"),
        (
            (NamedReference("eacute"), EscapeAmpersands()),
            "the text was written as the HTML reference &eacute;, then the text was escaped again: &amp; for &",
        ),
        ((EscapeCharacters(),), "the text was written as escapes like \\u00e9"),
        ((UTF8, EscapeBytes("octal")), "UTF-8 was written as escapes like \\344"),
        ((Encode("gbk"), PercentEncode()), "GBK was percent-encoded"),
        ((UTF8, QuotedPrintable()), "UTF-8 was written as quoted-printable"),
        ((UTF8, MimeWords((("UTF-8", "B", 3, ()),))), "UTF-8 was written as a mail header's encoded word"),
        (
            (UTF8, CutEnd(1), Decode("gbk")),
            "UTF-8 was cut short by 1 byte, then read as GBK",
        ),
        ((Encode("gbk", "php"), Decode("gbk")), "the text was saved as GBK by a PHP program, then read as GBK"),
        (
            (UTF8, Decode("cp936", "windows"), Encode("cp936", "windows"), Decode("utf-8", "surrogateescape")),
            "UTF-8 was read as Windows-936 (GBK) by a Windows program, then saved as Windows-936 (GBK) by a Windows "
            "program, then read as UTF-8 (invalid bytes kept)",
        ),
        (
            (
                UTF8,
                Decode("gbk", "replace"),
                Encode("gbk", "backslashreplace"),
                Decode("utf-8", "ignore"),
                UTF8,
                Decode("gbk"),
            ),
            "UTF-8 was read as GBK (invalid bytes replaced), then saved as GBK (backslashreplace), then read as UTF-8 "
            "(invalid bytes left out), then UTF-8 was read as GBK",
        ),
        (
            (FillHoles(((1, "\u5929"),)), UTF8, Decode("gbk"), QuestionForReplacement(), DropPrivateUse()),
            "the text was whole, with something like \u5929 for U+FFFD, then UTF-8 was read as GBK, then the text was "
            "given ? for U+FFFD, then the text was stripped of its private-use characters",
        ),
        ((UTF8,), "encode utf-8"),
    ],
)
def test_in_words(steps: tuple[Step, ...], words: str) -> None:
    assert in_words(Channel(steps)) == words
