"""What holds for every text: certificates, that repairs settle, and that what was encoded comes back."""

from __future__ import annotations

import json
import quopri
from email.header import Header
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Channel, Config
from fixtext.channels import Encode, Step
from fixtext.channels.reference_steps import EscapeAmpersands, EscapeCharacters, NamedReference, NumberReferences
from fixtext.channels.transfer_steps import EscapeBytes, MimeWords, PercentEncode, QuotedPrintable
from tests.proofs import prove

CONFIG = Config(detectors=("encoded",))

_PIECES = r"""& amp; #20320; &eacute; &#x 4f60; \ \u 4f60 \ud83d \ude00 \xe4\xbd\xa0 \344\275\240 % %25 %E4%BD%A0 %C4%E3
= =E4=BD=A0 =20 =?UTF-8?B?5L2g?= =? ?= a <b> ` " 你 é {1f600} \u{"""
PIECES = st.sampled_from([*_PIECES.split(), "=\n", " ", "\n"])

SENTENCES = [
    "昨天下午我们在学校门口看见了一只小猫。",
    "請在星期五以前把資料送到辦公室。",
    "明日は雨が降るので、傘を持って行きます。",
    "내일은 친구들과 함께 바다에 갑니다.",
    "Завтра мы поедем на дачу к бабушке.",
    "Où est passée la clé de l’été dernier ?",
]


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_text_comes_out_proved_and_settled(text: str) -> None:
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert fixtext.repair(repair.text, CONFIG).text == repair.text


@given(st.text(max_size=30))
def test_any_other_text_too(text: str) -> None:
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert fixtext.repair(repair.text, CONFIG).text == repair.text


def references(text: str) -> str:
    return escape(text, quote=False).encode("ascii", "xmlcharrefreplace").decode()


def escapes(text: str) -> str:
    return json.dumps(text)[1:-1]


def percent(text: str) -> str:
    return quote(text, safe=" .,?'")


def percent_gbk(text: str) -> str:
    return quote(text, safe=" .,?'", encoding="gbk")


def quoted_printable(text: str) -> str:
    return quopri.encodestring(text.encode()).decode()


def mime_words(text: str) -> str:
    return Header(text, "utf-8", maxlinelen=60).encode()


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("encode", [references, escapes, percent, quoted_printable, mime_words])
def test_what_the_standard_library_encodes_comes_back(sentence: str, encode: object) -> None:
    encoded = encode(sentence)  # type: ignore[operator]
    assert encoded.isascii()
    assert fixtext.repair(encoded, CONFIG).text == sentence


def test_percent_encoded_gbk_comes_back() -> None:
    for sentence in SENTENCES[:2]:
        assert fixtext.repair(percent_gbk(sentence), CONFIG).text == sentence


@pytest.mark.parametrize(
    "step",
    [
        NumberReferences("upper", "X", 4, units=True),
        NamedReference("eacute"),
        EscapeAmpersands(),
        EscapeCharacters("braces", "upper"),
        Encode("utf-8"),
        PercentEncode("lower", "%"),
        EscapeBytes("octal"),
        QuotedPrintable("lower", (1,), (0, 3), "\r\n"),
        MimeWords((("UTF-8", "Q", 3, (1,)), ("utf-8", "B", 2, ())), ("\n ",)),
    ],
    ids=str,
)
def test_steps_are_stored_and_read_back(step: Step) -> None:
    channel = Channel((step,))
    assert Channel.from_dict(channel.to_dict()) == channel


def test_steps_refuse_what_they_cannot_write() -> None:
    with pytest.raises(UnicodeError):
        NamedReference("eacute").run("x")
    with pytest.raises(UnicodeError):
        MimeWords((("UTF-8", "B", 3, ()),)).run(b"12")
    for step in (NumberReferences("octal"), EscapeCharacters("nonsense"), EscapeCharacters(digits="nonsense")):
        with pytest.raises(ValueError, match="is none of"):
            step.run("x")
    for bytes_step in (PercentEncode("nonsense"), EscapeBytes("nonsense"), QuotedPrintable("nonsense")):
        with pytest.raises(ValueError, match="nonsense"):
            bytes_step.run(b"x")
    for taking_bytes in (PercentEncode(), EscapeBytes(), QuotedPrintable(), MimeWords(())):
        with pytest.raises(TypeError):
            taking_bytes.run("x")
    for text_step in (NumberReferences(), NamedReference("amp"), EscapeAmpersands(), EscapeCharacters()):
        with pytest.raises(TypeError):
            text_step.run(b"x")
