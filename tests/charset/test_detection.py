"""What encoding bytes are in: ranked, in bits, with a margin."""

from __future__ import annotations

import random
import subprocess
import sys
from base64 import b64encode

import pytest

import fixtext
from fixtext import codepages
from fixtext.charset import detect, weighing
from fixtext.charset.encodings import SINGLE_BYTE
from fixtext.charset.marks import newline
from fixtext.charset.sample import collapsed
from tests.conftest import ROOT

HANS = (
    "春天来了，公园里的花都开了，孩子们在草地上奔跑，老人坐在长椅上晒太阳。昨天下午我们一起去图书馆借书，"
    "回来的时候天已经黑了。请把这份报告发给所有的同事，并且在星期五之前告诉我他们的意见。"
)
HANT = (
    "春天來了，公園裡的花都開了，孩子們在草地上奔跑，老人坐在長椅上曬太陽。昨天下午我們一起去圖書館借書，"
    "回來的時候天已經黑了。請把這份報告發給所有的同事，並且在星期五之前告訴我他們的意見。"
)
JA = (
    "春になって公園の花が咲きました。子供たちは芝生の上を走り、お年寄りはベンチで日なたぼっこをしています。"
    "昨日の午後は一緒に図書館へ本を借りに行きました。帰るころにはもう暗くなっていました。"
)
KO = (
    "봄이 와서 공원에 꽃이 피었습니다. 아이들은 잔디밭에서 뛰어놀고 노인들은 의자에 앉아 햇볕을 쬡니다. "
    "어제 오후에는 함께 도서관에 가서 책을 빌렸고 돌아올 때는 이미 어두워졌습니다."
)
FR = "L'été dernier, nous étions à la campagne ; les élèves préféraient la forêt où ça sentait bon la résine.\n"
RU = "Весной в парке распустились цветы, дети бегали по траве, а старики сидели на скамейках и грелись.\n"

FILES = [
    *((HANS, codec) for codec in ("gbk", "gb18030", "hz", "utf-16-le", "utf-16-be", "utf-8")),
    *((HANT, codec) for codec in ("big5", "cp950", "big5hkscs", "utf-16-le")),
    *((JA, codec) for codec in ("shift_jis", "cp932", "euc_jp", "iso2022_jp", "utf-16-be")),
    *((KO, codec) for codec in ("euc_kr", "cp949", "johab", "iso2022_kr")),
    *((FR, codec) for codec in ("cp1252", "latin-1", "iso8859-15", "mac-roman", "cp850")),
    *((RU, codec) for codec in ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic")),
    ("Το καλοκαίρι πηγαίνουμε στη θάλασσα και κολυμπάμε κάθε μέρα.\n", "cp1253"),
    ("في الصيف نذهب إلى البحر ونسبح كل يوم مع الأصدقاء.\n", "cp1256"),
    ("בקיץ אנחנו הולכים לים ושוחים כל יום עם החברים שלנו.\n", "cp1255"),
    ("ในฤดูร้อนเราไปทะเลและว่ายน้ำทุกวันกับเพื่อนของเรา\n", "tis-620"),
    ("Yazın denize gidiyoruz ve her gün arkadaşlarımızla yüzüyoruz, çok güzel.\n", "cp1254"),
    ("Latem jeździmy nad morze i codziennie pływamy z przyjaciółmi, jest świetnie.\n", "cp1250"),
]


@pytest.mark.parametrize(("text", "codec"), FILES, ids=[codec for _, codec in FILES])
def test_what_is_answered_reads_the_text(text: str, codec: str) -> None:
    data = text.encode(codec)
    found = detect(data)
    assert found.encoding is not None
    assert codepages.decode(data, found.encoding) == data.decode(codec)
    assert found.undecodable == 0
    assert [one.bits for one in found.candidates] == sorted(one.bits for one in found.candidates)


def test_euc_tw() -> None:
    data = codepages.encode(HANT.replace("裡", "中").replace("曬", "照"), "euc-tw", "ignore")
    assert detect(data).encoding == "euc-tw"


def test_four_byte_forms_and_hong_kong_characters() -> None:
    assert detect((HANS + "😀").encode("gb18030")).encoding == "gb18030"
    assert detect((HANT + "佢哋嘅嘢").encode("big5hkscs")).encoding == "big5-hkscs"


SHORT = [(HANS, "gbk"), (HANT, "big5"), (JA, "shift_jis"), (JA, "euc_jp"), (KO, "euc_kr")]


@pytest.mark.parametrize(("text", "codec"), SHORT, ids=[codec for _, codec in SHORT])
def test_six_characters_are_enough(text: str, codec: str) -> None:
    letters = "".join(char for char in text if char not in "，。、. ")
    places = random.Random(codec).sample(range(len(letters) - 6), 40)
    pieces = [letters[place : place + 6] for place in places]
    wrong = []
    for piece in pieces:
        data = piece.encode(codec)
        if codepages.decode(data, detect(data).encoding or "ascii", "replace") != piece:
            wrong.append(piece)
    assert len(wrong) <= 2  # of Hangul, whose spaces are left out here


def test_two_characters_give_a_ranking() -> None:
    found = detect("词用".encode("gbk"))
    assert len(found.candidates) > 4
    assert not found.certain
    assert "gbk" in [one.encoding for one in found.candidates[:4]]


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (b"\xef\xbb\xbfa", "utf-8", 3),
        (b"\xff\xfea\0", "utf-16le", 2),
        (b"\xfe\xff\0a", "utf-16be", 2),
        (b"\xff\xfe\0\0a\0\0\0", "utf-32le", 4),
        (b"\0\0\xfe\xff\0\0\0a", "utf-32be", 4),
        (b"\x84\x31\x95\x33\xc4\xe3", "gb18030", 4),
    ],
)
def test_byte_order_marks(data: bytes, encoding: str, bom: int) -> None:
    found = detect(data)
    assert (found.encoding, found.bom, found.margin) == (encoding, bom, float("inf"))


def test_wide_forms_without_a_mark() -> None:
    for codec, encoding in (
        ("utf-16-le", "utf-16le"),
        ("utf-16-be", "utf-16be"),
        ("utf-32-le", "utf-32le"),
        ("utf-32-be", "utf-32be"),
    ):
        assert detect("plain text\n".encode(codec)).encoding == encoding
        assert detect((HANS[:8] + "\n").encode(codec)).encoding == encoding


def test_surrogates_written_as_utf_8() -> None:
    assert detect(codepages.encode("face 😀 中", "cesu-8")).encoding == "cesu-8"
    assert detect(codepages.encode("nil \0 中", "mutf-8")).encoding == "mutf-8"


def test_utf_7_and_what_only_looks_like_it() -> None:
    assert detect(HANS[:20].encode("utf-7")).encoding == "utf-7"
    assert detect(b"a+bcd- and 1+abc+def, x = y+zzz-1\n").encoding == "ascii"
    assert detect(b"if ~{x~} then\n").encoding == "ascii"


def test_base64_is_no_utf_7() -> None:
    chance = random.Random(2)
    for size in (60, 200, 700):
        blob = b64encode(chance.randbytes(size)).replace(b"/", b"+")
        assert detect(b'get-records --shard-iterator "' + blob + b'"\n').encoding == "ascii"


def test_ebcdic_is_refused_with_advice() -> None:
    found = detect(b"The quick brown fox jumps over the lazy dog again and again.".decode().encode("cp500"))
    assert found.encoding is None
    assert "EBCDIC" in found.refusal
    assert "iconv" in found.refusal


def test_binary_data_is_refused() -> None:
    assert detect(bytes(range(256)) * 4).refusal == "it is binary data, not text"
    assert detect(random.Random(0).randbytes(4000)).encoding is None


@pytest.mark.parametrize(
    "data", [b"", b"a", b"\n", b"\0", b"\x80", b"\xff\xff", b"\xc3", b"\xed\xa0", b"\0\x1a control"]
)
def test_anything_is_answered(data: bytes) -> None:
    found = detect(data)
    assert (found.encoding is None) == bool(found.refusal)
    assert found.size == len(data)


def test_names_of_the_web_and_of_python() -> None:
    best = detect(HANS.encode("gbk")).candidates[0]
    assert (best.encoding, best.python, best.whatwg) == ("gbk", "gbk", "GBK")
    assert detect(JA.encode("cp932")).candidates[0].whatwg == "Shift_JIS"


@pytest.mark.parametrize(
    ("text", "kind"), [("a\nb\n", "lf"), ("a\r\nb", "crlf"), ("a\rb", "cr"), ("a\r\nb\n", "mixed"), ("a", "none")]
)
def test_ends_of_lines(text: str, kind: str) -> None:
    assert newline(text.encode(), "utf-8") == newline(text.encode("utf-16-le"), "utf-16le") == kind


@pytest.mark.parametrize("sign", ["\u00a9", "\u00b0", "\u00a3"])
def test_a_lone_sign_in_a_latin_file_is_a_sign(sign: str) -> None:
    text = f"/* This is the source of a program {sign} that is written in plain English letters, line after line. */\n"
    assert detect(text.encode("cp1252")).encoding == "cp1252"


def test_what_a_file_repeats_is_no_further_evidence() -> None:
    once, often = detect("价格是多少".encode("gbk") + b"\n"), detect(("价格是多少".encode("gbk") + b"\n") * 50)
    assert once.candidates[0].bits == pytest.approx(often.candidates[0].bits, abs=0.2)


@pytest.mark.parametrize("codec", ["gbk", "utf-8", "cp1252", "gb18030"])
def test_shortening_divides_no_character(codec: str) -> None:
    for unit in ("-", "=+", "a", *("　─中" if codec != "cp1252" else "é")):
        for count in range(40):
            text = "x" + unit * count + ("中" if codec != "cp1252" else "é")
            short = collapsed(text.encode(codec)).decode(codec)
            assert short[0] == "x"
            assert short[-1] == text[-1]
            assert len(short) <= 26
            assert set(short) == set(text)


def test_only_bytes_are_taken() -> None:
    assert fixtext.detect(bytearray(b"a")).encoding == "ascii"
    assert fixtext.detect(memoryview(b"a")).encoding == "ascii"
    with pytest.raises(TypeError, match="takes bytes, not str"):
        fixtext.detect("text")  # type: ignore[arg-type]


def test_tables_of_single_bytes_are_up_to_date() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from build_charset_tables import table
    finally:
        sys.path.remove(str(ROOT / "tools"))
    assert (ROOT / "src/fixtext/charset/single_bytes.txt").read_bytes().decode() == table()
    every = bytes(range(256))
    for encoding in SINGLE_BYTE:
        assert weighing.read(every, encoding.probe) == every.decode(encoding.probe, "replace")


def test_a_first_answer_loads_neither_numpy_nor_tables() -> None:
    program = (
        "import sys, fixtext; fixtext.detect(sys.stdin.buffer.read());"
        "print([name for name in ('numpy', 'fixtext.codepages.chinese', 'charset_normalizer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], input=HANS.encode("gbk"), capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


@pytest.mark.parametrize(
    ("comment", "codec"),
    [("# Clé privée", "cp1252"), ("# Schlüssel für Müller", "cp1252"), ("# ключ", "cp1251"), ("# 密钥", "gbk")],
)
@pytest.mark.parametrize("odd", ["", "x"])
def test_ascii_with_a_few_other_bytes_is_no_utf_16(comment: str, codec: str, odd: str) -> None:
    lines = [b64encode(bytes(range(start, start + 48))) for start in range(0, 200, 7)]
    data = b"\n".join([comment.encode(codec), b"-----BEGIN CERTIFICATE-----" + odd.encode(), *lines, b"-----END-----"])
    assert detect(data).encoding == codec


def test_a_list_of_keys_with_control_characters_is_no_utf_16() -> None:
    data = b"".join(b"%c\t\x16%c\n\x16%c\t%c\n\n" % (key, key + 1, key + 2, key + 128) for key in range(40, 100, 4))
    assert detect(data).encoding not in {"utf-16le", "utf-16be"}


def test_a_nul_byte_does_not_make_utf_16_of_ascii() -> None:
    lines = b"\n".join(b64encode(bytes(range(start, start + 48))) for start in range(0, 200, 7))
    for data in (lines + b"\0\n", b"\0" + lines, lines + b"\xe9\0"):
        assert detect(data).encoding not in {"utf-16le", "utf-16be"}


@pytest.mark.parametrize("bad", [b"\xe9", b"\x82\xa0\x82", b"\xe4\xbd?", b"\xb9\xfe\xff", b"\x81\xe2\x9c"])
def test_utf_8_with_a_few_faults_is_utf_8(bad: bytes) -> None:
    data = 'console.log("✅ Connecting to " + room); // Größe der Tür\n'.encode() * 3
    assert detect(data + bad + b"\n" + data).encoding == "utf-8"


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("# -*- coding: iso8859-2 -*-\n", "iso8859-2"),
        ("#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n", "latin-1"),
        ('<?xml version="1.0" encoding="windows-1250"?>\n', "cp1250"),
        ('<html><head><meta charset="iso-8859-1">\n', "latin-1"),
        ('@charset "windows-1252";\n', "cp1252"),
        ('" Keys\nscriptencoding cp1250\n', "cp1250"),
    ],
)
def test_a_declaration_decides_where_little_else_does(head: str, codec: str) -> None:
    text = head + 'letters = "äöüßÄÖÜéóá"\nother = "ýíőÉÁ"\n'.replace(
        "ő", "" if codec in ("latin-1", "cp1252") else "ő"
    )
    assert fixtext.repair_bytes(text.encode(codec)).text == text


@pytest.mark.parametrize("name", ["latin-1", "cp1251", "big5", "euc-kr", "no-such-page"])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("这是一个比较长的句子，请检查网络设置。", "gbk"),
        ("這是一個比較長的句子，請檢查網路設定。", "big5"),
        ("これは日本語の文章です。確認してください。", "cp932"),
        ("이것은 한국어 문장입니다. 확인해 주세요.", "cp949"),
        ("Это русский текст, который проверяет кодировку.", "koi8-r"),
    ],
)
def test_a_wrong_declaration_is_not_believed(name: str, text: str, codec: str) -> None:
    whole = f"# -*- coding: {name} -*-\n# {text}\nx = 1\n"
    assert fixtext.repair_bytes(whole.encode(codec)).text == whole
