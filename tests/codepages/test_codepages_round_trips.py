"""What each page reads and writes: against itself, against Python, and against the systems that it models."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.codepages import CODE_PAGES, code_page, decode, encode, reversible

ALL_BYTES = bytes(range(256))

BIJECTIONS = [
    *("latin-1", "cp874", "cp437", "cp720", "cp737", "cp775", "cp850", "cp852", "cp855", "cp857", "cp858", "cp866"),
    *(f"cp{number}" for number in (*range(1250, 1259), *range(860, 864), 865, 869, 1125)),
    *(f"iso-8859-{part}" for part in (2, 4, 5, 9, 10, 13, 14, 15, 16)),
    *("koi8-r", "koi8-u", "ptcp154", "mac-roman", "mac-cyrillic", "mac-greek", "mac-iceland", "mac-latin2"),
    "mac-turkish",
]

SENTENCES = {
    "gbk": "中文乱码，恢复如初。",
    "big5": "繁體中文，恢復如初。",
    "sjis": "日本語の文字化けテスト。",
    "uhc": "한국어 뷁 똠방각하",
    "johab": "한국어 글자",
    "utf": "中文 ひらがな 한국어 é Ж 😀",
}


def strict(data: bytes, page: str) -> str | None:
    try:
        return decode(data, page)
    except UnicodeDecodeError:
        return None


def sequences(page: str) -> Iterator[bytes]:
    """Every byte, and every pair whose first byte is a lead."""
    yield from (bytes((byte,)) for byte in ALL_BYTES)
    for lead in sorted(code_page(page).lead_bytes):
        yield from (bytes((lead, trail)) for trail in ALL_BYTES)


@pytest.mark.parametrize("page", BIJECTIONS)
def test_single_byte_pages_are_bijections(page: str) -> None:
    text = decode(ALL_BYTES, page)
    assert len(set(text)) == 256
    assert encode(text, page) == ALL_BYTES


@pytest.mark.parametrize("page", CODE_PAGES)
def test_ascii_is_ascii(page: str) -> None:
    text = "The quick brown fox, 42 times.\r\n"
    assert decode(encode(text, page), page) == text


@pytest.mark.parametrize("page", CODE_PAGES)
def test_every_sequence_that_is_read_is_written_back_or_read_the_same(page: str) -> None:
    written_otherwise = 0
    for data in sequences(page):
        text = strict(data, page)
        if text is None or page in ("utf-7", "hz", "iso-2022-jp", "iso-2022-kr"):
            continue
        try:
            back = encode(text, page)
        except UnicodeEncodeError:
            written_otherwise += 1
            continue
        written_otherwise += back != data
        assert decode(back, page) == text, data
    # Double characters are few, but for the encoder of browsers, which writes no HKSCS.
    assert written_otherwise < (4500 if page == "whatwg-big5" else 500)


@pytest.mark.parametrize("page", [name for name in CODE_PAGES if code_page(name).family in SENTENCES])
def test_sentences(page: str) -> None:
    sentence = SENTENCES[code_page(page).family]
    assert reversible(sentence, page) == encode(sentence, page)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("euc-tw", SENTENCES["big5"]),
        ("euc-jp", SENTENCES["sjis"]),
        ("euc-jp-ms", SENTENCES["sjis"] + "①髙～ⅰ"),
        ("whatwg-euc-jp", SENTENCES["sjis"] + "①髙～"),
        ("iso-2022-jp", SENTENCES["sjis"]),
        ("hz", "中文 ~ {ASCII}"),
        ("euc-cn", "中文乱码"),
        ("koi8-r", "Привет, мир"),
        ("cp874", "ภาษาไทย"),
        ("ptcp154", "Қазақ тілі"),
    ],
)
def test_more_sentences(page: str, text: str) -> None:
    assert reversible(text, page) is not None


@pytest.mark.parametrize("page", ["gbk", "gb18030", "big5", "big5-hkscs", "shift_jis", "euc-jp", "euc-kr", "johab"])
def test_pages_that_are_pythons(page: str) -> None:
    python_name = code_page(page).python_name
    assert python_name is not None
    data = "中文 text".encode(python_name)
    assert decode(data, page) == "中文 text"


@pytest.mark.parametrize(
    ("page", "data", "text"),
    [
        ("cp936", "80", "\u20ac"),
        ("cp936", "FF", "\uf8f5"),
        ("cp936", "AAA1", "\ue000"),
        ("cp936", "AFFE", "\ue233"),
        ("cp936", "F8A1", "\ue234"),
        ("cp936", "FEFE", "\ue4c5"),
        ("cp936", "A140", "\ue4c6"),
        ("cp936", "A7A0", "\ue765"),
        ("cp936", "A2AB", "\ue766"),
        ("cp936", "FEA0", "\ue864"),
        ("cp950", "FA40", "\ue000"),
        ("cp950", "8E40", "\ue311"),
        ("cp950", "8140", "\ueeb8"),
        ("cp950", "C6A1", "\uf6b1"),
        ("cp950", "C8FE", "\uf848"),
        ("cp949", "C9A1", "\ue000"),
        ("cp949", "FEFE", "\ue0bb"),
        ("cp932", "F040", "\ue000"),
        ("cp932", "F9FC", "\ue757"),
        ("cp932", "8740", "①"),
        ("cp932", "FA40", "ⅰ"),
        ("cp932", "8160", "～"),
        ("shift_jis", "8160", "〜"),
        ("cp1252", "81", "\x81"),
        ("cp1253", "AA", "\uf8f9"),
        ("whatwg-gbk", "80", "\u20ac"),
        ("whatwg-gbk", "A3A0", "\u3000"),
        ("whatwg-gbk", "A8BC", "\u1e3f"),
        ("whatwg-gbk", "8135F437", "\ue7c7"),
        ("whatwg-gbk", "A6D9", "\ufe10"),
        ("whatwg-gbk", "FE59", "\u9fb4"),
        ("gb18030", "8139EF30", "\u3401"),
        ("gb18030", "9439DA33", "\U0001f4a9"),
        ("whatwg-big5", "A145", "\u2027"),
        ("whatwg-big5", "A241A1FEA242A240", "\u2215\uff0f\ufe68\uff3c"),
        ("whatwg-big5", "C6A1", "①"),
        ("whatwg-big5", "8862", "\u00ca\u0304"),
        ("whatwg-big5", "877B", "\U00021d53"),
        ("whatwg-big5", "C6CF", "\u5ef4"),
        ("euc-jp-ms", "ADA1", "①"),
        ("euc-jp-ms", "F5A1", "\ue000"),
        ("euc-jp-ms", "8FF5A1", "\ue3ac"),
        ("euc-jp-ms", "8FF3F3", "ⅰ"),
        ("euc-jp-ms", "8FF4FE", "黑"),
        ("euc-jp-ms", "7E8FA2B77E", "~～~"),
        ("whatwg-euc-jp", "A1C18FA2B7", "～～"),
        ("euc-tw", "C4A1", "一"),
        ("euc-tw", "8EA1C4A1", "一"),
        ("euc-tw", "8EA2A1A1", "乂"),
        ("cesu-8", "EDA0BDEDB882", "\U0001f602"),
        ("cesu-8", "F09F9882", "\U0001f602"),
        ("mutf-8", "41C08042", "A\0B"),
    ],
)
def test_readings(page: str, data: str, text: str) -> None:
    assert decode(bytes.fromhex(data), page) == text


@pytest.mark.parametrize(
    ("page", "text", "data"),
    [
        ("cp932", "ⅰ", "FA40"),
        ("cp932", "纊", "FA5C"),
        ("cp932", "①", "8740"),
        ("whatwg-gbk", "\u20ac", "80"),
        ("whatwg-gbk", "\u3000", "A1A1"),
        ("whatwg-gbk", "\ue78d", "A6D9"),
        ("whatwg-big5", "\u5341", "A451"),
        ("whatwg-big5", "\u2550", "F9F9"),
        ("cp950", "\u2550", "F9F9"),
        ("whatwg-euc-jp", "\u2212", "A1DD"),
        ("whatwg-euc-jp", "\u00a5", "5C"),
        ("euc-jp-ms", "№", "ADE2"),
        ("cesu-8", "a\U0001f602b", "61EDA0BDEDB88262"),
        ("mutf-8", "A\0\U0001f602", "41C080EDA0BDEDB882"),
    ],
)
def test_writings(page: str, text: str, data: str) -> None:
    assert encode(text, page).hex().upper() == data


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("cp932", "\u301c"),
        ("cp950", "\u223c"),
        ("whatwg-gbk", "\ue5e5"),
        ("whatwg-gbk", "\U0001f602"),
        ("whatwg-gbk", "\ue7c7"),
        ("whatwg-big5", "\u43f0"),
        ("whatwg-euc-jp", "\u4e02"),
        ("euc-jp-ms", "\u301c"),
        ("cp936", "é\u0100ȷ"),
        ("cp1252-strict", "\x81"),
        ("cesu-8", "\ud83d"),
        ("utf-16le", "\ud83d"),
    ],
)
def test_what_a_page_cannot_write(page: str, text: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        encode(text, page)
    assert reversible(text, page) is None
    assert encode("a" + text[-1] + "b", page, "ignore") == encode("ab", page)


def test_errors_count_code_points_of_the_whole_text() -> None:
    with pytest.raises(UnicodeEncodeError) as found:
        encode("①①\u0e01x", "euc-jp-ms")
    with pytest.raises(UnicodeEncodeError) as refused:
        encode("〜〜x\u301c", "cp932")
    assert (found.value.start, found.value.end) == (2, 3)
    assert (refused.value.start, refused.value.object) == (0, "〜〜x\u301c")


def test_errors_name_the_page() -> None:
    with pytest.raises(UnicodeDecodeError, match="'cp936'") as found:
        decode(b"\xaa\xa1\xe4\xbd\xa0 \x93\x0a", "cp936")
    assert found.value.start == 4


def test_python_handlers_work_too() -> None:
    data = b"\xaa\xa1A\x93\x0a\x80"
    text = decode(data, "cp936", "surrogateescape")
    assert text == "\ue000A\udc93\n\u20ac"
    assert encode(text, "cp936", "surrogateescape") == data
    with pytest.raises(LookupError):
        decode(b"A\x93", "cp936", "no-such-habit")


# SHA-256, first half, of what Windows' own NLS file of the page writes for each BMP character, one a line, "-" where
# the file does not round-trip it.
WINDOWS_WRITES = [
    ("cp932", "4103d56868082073a0949b741382cedc"),
    ("cp936", "1dbf0d17e2ae85ea51146e916a578da7"),
    ("cp949", "1098538135f407abc5aff9a235b2600d"),
    ("cp950", "262574a0e69d54e38852cb1ed25cb07a"),
    ("cp874", "8f9173349f6e385e772d45c9a3fd1c7c"),
    ("cp1250", "16df2f9a282a285b9bded64616b97315"),
    ("cp1251", "323e19438cec0903ddeb6ab2505e877c"),
    ("cp1252", "a1c3c1a407e304d2fb613089f3aeff67"),
    ("cp1253", "df8c5a373bcdc81151046b42a8386eba"),
    ("cp1254", "b198cf5ae6f070c0b3441f222f9b7e98"),
    ("cp1255", "d964a58480ee7857ebabaf8dd08e6b03"),
    ("cp1256", "dd378f0d970c6b595e62f4d8549333fd"),
    ("cp1257", "a90cccff9d86502f60a02ac908b3fd82"),
    ("cp1258", "589ce88793b1bc7368af7c0d5af332d6"),
]


@pytest.mark.parametrize(("page", "digest"), WINDOWS_WRITES)
def test_windows_writes_the_same(page: str, digest: str) -> None:
    found = hashlib.sha256()
    for code in (*range(0xD800), *range(0xE000, 0x10000)):
        found.update((reversible(chr(code), page) or b"-") + b"\n")
    assert found.hexdigest()[:32] == digest


@given(st.binary(max_size=40), st.sampled_from(BIJECTIONS))
def test_bijections_give_any_bytes_back(data: bytes, page: str) -> None:
    assert encode(decode(data, page), page) == data


@given(st.text(max_size=40), st.sampled_from(CODE_PAGES))
def test_reversible_is_what_it_says(text: str, page: str) -> None:
    data = reversible(text, page)
    if data is not None:
        assert decode(data, page) == text
        assert encode(text, page) == data


@given(st.text(max_size=30))
def test_unicode_pages_hold_all_text(text: str) -> None:
    clean = text.encode("utf-8", "ignore").decode()
    for page in ("utf-8", "utf-16le", "utf-16be", "utf-32le", "cesu-8", "mutf-8", "gb18030"):
        assert reversible(clean, page) is not None, page
