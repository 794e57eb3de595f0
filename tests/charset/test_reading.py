"""From bytes to text without losing one; mixed files line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Config
from fixtext.channels import Decode, Encode
from fixtext.charset import lossless
from fixtext.charset.reading import UnreadableError, read
from fixtext.composition import apply
from fixtext.pipeline import repair_bytes
from tests.charset.test_detection import FR, HANS, HANT, JA, KO, RU


def lines(text: str) -> list[str]:
    return [line + "。" for line in text.replace("。", "，").split("，") if line]


MIXTURES = [
    [("utf-8", lines(HANS)), ("gbk", lines(HANS))],
    [("utf-8", lines(HANS)), ("cp1252", [FR])],
    [("gbk", lines(HANS)), ("big5", lines(HANT)), ("utf-8", lines(JA))],
    [("cp932", lines(JA)), ("euc_kr", KO.split(". "))],
    [("cp1251", [RU]), ("utf-8", lines(HANT))],
]


@pytest.mark.parametrize("mixture", MIXTURES, ids=lambda mixture: "+".join(codec for codec, _ in mixture))
@pytest.mark.parametrize("block", [1, 5])
def test_lines_in_several_encodings(mixture: list[tuple[str, list[str]]], block: int) -> None:
    healthy: list[str] = []
    data: list[bytes] = []
    for index in range(60):
        codec, texts = mixture[index // block % len(mixture)]
        line = texts[index % len(texts)].strip() + f" {index}"
        healthy.append(line)
        data.append(line.encode(codec))
    raw = b"\n".join(data) + b"\n"
    repair = repair_bytes(raw)
    right = sum(one == other for one, other in zip(repair.text.split("\n"), healthy, strict=False))
    assert right >= 59
    assert repair.undo().encode(repair.encoding, "surrogateescape") == raw
    for edit in repair.edits:
        assert edit.damage == "encoding"
        assert edit.channel.damage(edit.after) == edit.before


def test_a_few_lines_of_another_encoding_do_not_take_the_file_along() -> None:
    raw = ("\n".join(lines(HANS)) + "\n").encode() * 30 + "价格是三百元，请付款\n".encode("gbk") + FR.encode("latin-1")
    repair = repair_bytes(raw)
    assert [(str(edit.channel), edit.after) for edit in repair.edits] == [
        ("encode gbk, decode utf-8 (surrogateescape)", "价格是三百元，请付款"),
        ("encode cp1252, decode utf-8 (surrogateescape)", FR.rstrip("\n")),
    ]
    assert repair.notes == ("1 line read as cp1252", "1 line read as gbk")


def test_a_whole_file_in_one_encoding_has_no_edits() -> None:
    repair = repair_bytes(HANS.encode("gbk"))
    assert (repair.text, repair.edits, repair.encoding) == (HANS, (), "gbk")
    assert repair.notes[0].startswith("read as gbk, ")


def test_three_bad_bytes_survive_and_are_told() -> None:
    raw = HANS.encode() + b"\xff\n" + HANS.encode() + b" \xfe\xff"
    repair = repair_bytes(raw)
    assert repair.text.encode("utf-8", "surrogateescape") == raw
    assert [suspect.reason for suspect in repair.suspects] == [
        "not utf-8: FF; kept as it is",
        "not utf-8: FE FF; kept as it is",
    ]
    assert repair_bytes(raw, Config(errors="replace")).text == HANS + "\ufffd\n" + HANS + " \ufffd\ufffd"
    with pytest.raises(UnreadableError, match="not utf-8: FF"):
        repair_bytes(raw, Config(errors="strict"))


def test_torn_utf_8_beside_lines_in_gbk_is_not_read_as_gbk() -> None:
    torn = HANS.encode()[:60] + b"\xe4\xbd " + HANS.encode()[90:150] + b"\xe6\x98 ok\n"
    raw = torn + ("\n".join(lines(HANS)) + "\n").encode("gbk") * 3
    repair = repair_bytes(raw, Config(detectors=("misdecoded",)))
    assert repair.text.split("\n")[0].encode("utf-8", "surrogateescape") + b"\n" == torn
    assert repair.text.endswith("\n".join(lines(HANS)) + "\n")


def test_thin_margins_are_not_converted() -> None:
    raw = "ok 词用\n".encode("gbk")
    repair = repair_bytes(raw)
    assert repair.text.encode("utf-8", "surrogateescape") == raw
    assert "too close to call" in repair.suspects[0].reason
    assert repair_bytes(raw, Config(encoding="GB2312")).text == "ok 词用\n"


def test_what_was_read_wrongly_before_is_one_chain() -> None:
    mojibake = HANT.encode("utf-8").decode("cp1252", "replace")
    assert "\ufffd" in mojibake
    text = "Les \u00e9t\u00e9s et la for\u00eat sont tr\u00e8s agr\u00e9ables."
    raw = text.encode("utf-8").decode("cp1252").encode("utf-16-le")
    repair = repair_bytes(b"\xff\xfe" + raw, Config(detectors=("misdecoded",)))
    assert repair.text == "\ufeff" + text
    for edit in repair.edits:
        assert edit.channel.steps[-2:] == (Encode("utf-16le"), Decode("utf-16le"))
        assert edit.channel.damage(edit.after) == edit.before


def test_valid_utf_8_is_never_anything_else() -> None:
    for text in ("\0" * 9 + "a", "\x1b[31mred\x1b[0m", "~{x~}", "a+bcd-", "联通", "Ͷͱ", "\x01\x02\x03\x04", HANS):
        assert repair_bytes(text.encode()).text == text


def test_escapes_in_ascii_are_read() -> None:
    for codec in ("iso2022_jp", "utf-7"):
        assert repair_bytes(JA.encode(codec)).text == JA
    assert repair_bytes(HANS.encode("hz")).text == HANS


def test_a_forced_encoding() -> None:
    assert repair_bytes("é".encode("latin-1"), Config(encoding="latin1")).text == "é"
    with pytest.raises(ValueError, match="unknown code page"):
        repair_bytes(b"a", Config(encoding="nonsense"))
    with pytest.raises(ValueError, match="errors must be one of"):
        Config(errors="nonsense")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="binary data"):
        fixtext.repair_bytes(bytes(range(256)) * 4)


@given(st.binary(max_size=80))
def test_no_byte_is_lost(data: bytes) -> None:
    try:
        reading = read(data)
    except UnreadableError:
        return
    assert lossless.encode(reading.source, reading.encoding) == data or not lossless.is_lossless(data, reading.encoding)
    for edit in reading.edits:
        assert reading.source[slice(*edit.span)] == edit.before
        assert edit.channel.damage(edit.after) == edit.before
    assert isinstance(apply(reading.source, reading.edits), str)


PAGES = ["utf-8", "gbk", "gb18030", "big5", "euc-kr", "euc-jp", "cp1252", "koi8-r", "latin-1", "utf-16le", "utf-16be"]


@given(st.binary(max_size=40), st.sampled_from(PAGES))
def test_decoding_loses_nothing(data: bytes, page: str) -> None:
    if page.startswith("utf-16") and len(data) % 2 and len(data) > 1:
        data = data[:-1]
    try:
        text = lossless.decode(data, page)
    except UnicodeDecodeError:
        assert page.startswith("utf-16")
        return
    assert lossless.encode(text, page) == data or not lossless.is_lossless(data, page)


def test_the_tilde_of_a_rarer_set_is_not_that_of_ascii() -> None:
    for data in (b"\x8f\xa2\xb7", "日本語の文章です。".encode("euc-jp") + b"\x8f\xa2\xb7"):
        repair = fixtext.repair_bytes(data)
        assert lossless.encode(repair.undo(), repair.encoding) == data
