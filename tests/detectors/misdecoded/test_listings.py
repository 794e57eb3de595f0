"""Lists of characters and words stay; text that looks a little like a list is repaired."""

from __future__ import annotations

import random

import pytest

import fixtext
from fixtext.channels import Channel, Decode, Encode

_chance = random.Random(5)
_FLAGS = "\u0150AUQ\u0118\u017di\u010e\u0147\xe1\xe7\u02db\u0102\u0103Yc\u02c7\u0165VW"
_FLAGS += "\u011a\u017bj\u0162\xd4\xed\u010d\u0142\u0139\u013as\xb8\u02ddKm\xf4"


def _dictionary() -> str:
    """Return a spelling dictionary as Hungarian's is: a word a line, flags behind a slash, each flag once."""
    words = ["".join(_chance.choices("aeiou\xe1\xe9\u0151bdkmrst", k=_chance.randint(3, 9))) for _ in range(400)]
    return "\n".join(f"{word}/{''.join(_chance.sample(_FLAGS, _chance.randint(8, 22)))}" for word in words)


def _code_page(page: str, leads: range) -> str:
    """Return the characters of a page in its order, a row a line, as tables in code list them."""
    rows = []
    for lead in leads:
        row = bytes(byte for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for byte in (lead, trail))
        rows.append(f'["{lead:x}40","{row.decode(page, "ignore")}"]')
    return ",\n".join(rows)


HEALTHY = [
    "<lesson>\xa1\xa1\xa1 \xf1\xa1\xf1 \xa1\xf1\xa1 \xa1\xa1\xf1 \xf1\xf1\xa1 \xf1\xa12 2\xa1\xf1 \xa1\xa12</lesson>",
    "<lesson>\xf1p\xf1 p\xf1p pp\xf1 \xf1\xf1p \xf1pt tp\xf1 p\xf1pa \xf1p\xf1 \xf1\xf1p p\xf1p</lesson>",
    _dictionary(),
    _code_page("gbk", range(0x81, 0xA0)),
    _code_page("big5", range(0xC9, 0xE0)),
    _code_page("cp949", range(0x81, 0xA0)),
    # The rows of a Macintosh keyboard with Option, and with Shift too.
    "\u0153\u2211\xb4\xae\u2020\xa5\xa8\u02c6\xf8\u03c0\u201c\u2018\n\u2044\u20ac\u2039\u203a\ufb01\ufb02\u2021\xb0\xb7\u201a\u2014\xb1",
    "\xc5\xcd\xce\xcf\u02dd\xd3\xd4\uf8ff\xd2\xda\xc6\u2603",
    "\u5fc3\t\u6b23\u85aa\u65b0\u8f9b\u950c\u82af\t\u8845\u4fe1\u5bfb",
    "\u8840\t\u7a74\u96ea\t\u9774\u5c51\u978b\u631f\u87f9\u643a\u8c10\u6954\u6b47\u659c\u90aa\u61c8\u68b0\u80c1\u8c22\u534f\u5378\u5951",
    "\u672a\t\u4e3a\u536b\u8c13\u4f4d\u5c09\u5582\u4f2a\u80c3\u5473\u9057\u6170\u851a\u9b4f\u754f\t\u59d4\u4f1f\u5c3e",
    "// \u0445\u0425 \u0431\u0411 \u0443\u0423\u044e\u042e \u043a\u041a \u0435\u0415\u044d\u042d \u0433\u0413",
    'DIGITS = {\n    "\u0e50": "0",\n    "\u0e51": "1",\n    "\u0e52": "2",\n    "\u0e53": "3",\n}',
    "# Thai digits (\u0e51, \u0e53, \u0e51\u0e50) become Arabic ones",
    'word = re.sub(r"[\u0e48\u0e49\u0e4a\u0e4b]", "", word)',
    "sound = sound.replace('\u0e0a','\u0e09')",
    'ROWS["\u0e04"] = "\u0e01\u0e0a\u0e14\u0e15\u0e19\u0e13\u0e1b\u0e21\u0e17\u0e11\u0e2b\u0e1a"',
    '"auxiliary": "[\xe0\xe5\xe4\xe3 \xe6 \xe7 \xed\xec \xf3\xf2 \xfa\xf9\xfc \xfd]"',
    "Not-Casechars: [^A-Za-z\xe7\xe9\xea\xe8\xf3\xf4\xf2\xe6\xf8\xe5\xc7\xc9\xca\xc8\xd3\xd4\xd2\xc6\xd8\xc5]",
    'letters = "\u0415A\u0421\u0418\u0423\u0420\u0419\u041d\u0424\u0426\u041a\u0422\u0417\u041b'
    '\u0412\u0425\u041f\u042b\u042f\u041e\u0411\u0413\u041c\u042c\u0416"',
    "SFX A   \u043e\u0439   \u0438\u043c   [\u0433\u0445\u043a\u0436\u0448\u0449\u0447]\u043e\u0439\n"
    "SFX A   \u043e\u0439   \u0438\u0445   [\u0433\u0445\u043a\u0436\u0448\u0449\u0447]\u043e\u0439\n"
    "SFX A   \u043e\u0439   \u0438\u0435   [\u0433\u0445\u043a\u0436\u0448\u0449\u0447]\u043e\u0439",
    "1\u0431\u04302\n1\u0432\u04352\n1\u0434\u0438\n"
    + "\n".join(
        f"2\u0448{n}{c}"
        for n, c in zip(
            "1113333",
            ("\u0441", "\u0437", "\u0440", "\u0447\u0432", "\u0446\u0458", "\u0446\u0432", "\u043c\u0458"),
            strict=True,
        )
    ),
    "\n".join(
        f'        ("{cell}", "\u0bb5"),'
        for cell in (
            "\xfe",
            "\xf7\xd7",
            "\xd8\xb3",
            "\xc5",
            "\xe7\xf0",
            "\xc2\xa1",
            "\xd6",
            "\xf9",
            "\xbc\xe5",
            "\xd8\xa6",
            "\xce",
            "\xaa\xf4",
        )
    ),
    'wasm = "A\x02j6\x02\x0c \x04A\x89\x7f6\x02\x00\x0c\x0f\x0b\x02@\x00(\x02\x01A\x8a\x7f6\x02\x00"',
    *(
        f'    ("{cell}", "key"),'  # of a table for an old font
        for cell in (
            "\xcf\xd1\xe0",
            "\xdf\xf3\xe1",
            "\xe1\xe8\xbc\xf1",
            "\xb5\xb3\xc7\xf8",
            "\xf2\xeb\xe5",
            "\xda\xa1\xe4",
        )
    ),
    *("\u0e43\u0e20\u0e4a\u0e17", "\u0e40\u0e1c\u0e4a\u0e0c\t1"),  # words that nobody uses
    *(
        "perima/RJ\xdc\xcd\xe7\xd8",
        "fenega/GT\xe2\xd2\xd1\xfa",
        "banalo/ER\xcb\xef\xd6",
    ),
    '        ["page", "ln\\x15\xb4\xb3\xb4\xb6\\x15\xb4\xb3l\\x16\xb3"],',
    "yz" + 7 * "\xe6\xf8\xe5,.- yz",
    "\u6339\u63ac \u6339\u63ac [yi4 ju1] /to ladle/",
    "t\xc8arlach",
    "h\xd3rla\xed\n",
    '"k": "d\xe1ra {{PLURAL:$1|Ol\xc8m|Ol\xc8m ko|2=Ol\xc8m kin}}",',
    "    last\u0130 = place\u0130 + 1\r",
    "1nre\ufb02e2x1\xed2",
    ">>> decode_bytes('na\xc3\xafve words')\n'na\xefve words'\n",
]

DAMAGED = [
    ("Завтра утром", "koi8-r", "cp1251"),
    ("Съешь ещё этих мягких французских булок", "koi8-r", "cp1252"),
    ("Съешь ещё этих мягких французских булок", "utf-8", "gbk"),
    (
        "\n".join(["лодка/весло", "берег/песок", "дорога/камень", "озеро/рыба", "город/площадь", "хлеб/соль"]),
        "cp1251",
        "cp1252",
    ),
    ("\n".join(["été", "forêt", "élève", "château", "garçon", "âme", "août"] * 3), "utf-8", "cp1252"),
    ('["à", "été", "où", "né", "dès", "là"]', "utf-8", "cp1252"),
    ("ราคา ๑๕๐ บาทต่อวัน", "cp874", "cp1252"),
    ("ราคา ๑๕๐ บาทต่อวัน", "utf-8", "cp874"),
    ("我们明天上午八点在车站见面", "gbk", "cp874"),
]


@pytest.mark.parametrize("text", HEALTHY)
def test_it_stays(text: str) -> None:
    assert fixtext.repair(text).text is text


@pytest.mark.parametrize(("healthy", "source", "reader"), DAMAGED)
def test_text_is_repaired(healthy: str, source: str, reader: str) -> None:
    damaged = Channel((Encode(source), Decode(reader))).damage(healthy)
    assert fixtext.repair(damaged).text == healthy
