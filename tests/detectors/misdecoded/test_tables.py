"""The two tables of the detector: texts that must not change, and damaged texts with what they were."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Channel, Config
from fixtext.channels import Decode, Encode
from tests.proofs import prove

CONFIG = Config(detectors=("misdecoded",))


def assert_restored(healthy: str, channel: Channel) -> None:
    """A text comes back from what a channel makes of it, and the repair is proved."""
    damaged = channel.damage(healthy)
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert repair.text == healthy


def misread(*pages: str) -> Channel:
    """Return the channel of the misreadings ``source, reader, source, reader, ...``."""
    steps = zip(pages[::2], pages[1::2], strict=True)
    return Channel(tuple(step for source, reader in steps for step in (Encode(source), Decode(reader))))


UNCHANGED = [
    "",
    "if min\u2264max, and low\u2264high",
    "see\u2020note and also\u2021this",
    "don\xb4t say it isn\xb4t, we can\xb4t",
    "plain ASCII, and a dash -- that's all",
    "你好，世界。这是一句再普通不过的话。",
    "臺灣的天氣很好，我們去陽明山看櫻花。",
    "こんにちは、元気ですか。カタカナも書きます。",
    "ﾊﾝｶｸｶﾅ ﾃﾞ ｶｸ",
    "오늘은 날씨가 참 좋습니다.",
    "Привет! Как дела? Это ГОСТ, МГУ и СССР.",
    "Γειά σου κόσμε, τι κάνεις;",
    "วันนี้อากาศดีมาก",
    "Hôm nay trời đẹp quá, chúng ta đi chơi nhé.",
    "Où est passé l'élève ? Chez Noël, à côté du café « Été ».",
    "Die Größe der Übung: äußerst schön, Straße, Füße.",
    "El niño comió piña; ¿cómo estás? ¡Olé!",
    "C is 5 µm × 3 °C ± 0.2, § 4, ½ cup, 10 €, © 2024, N² → ∞",
    "│ a │ b │\n├───┼───┤\n│ 1 │ 2 │\n╔═══╗\n║ x ║\n╚═══╝",
    "xin chào các bạn, được không? Người Việt",
    "魑魅魍魎，饕餮，耄耋，囹圄，彳亍，踟躕。",
    "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。",
    "ㄅㄆㄇㄈ 注音 ㄓㄨˋ ㄧㄣ",
    "/ˈɪntəˌnæʃənəl/ is IPA",
    "emoji 👍🏽 and 🇩🇪",
    "שָׁלוֹם לְכֻלָּם, הַיּוֹם יוֹם יָפֶה מְאֹד וְנֵלֵךְ לַגַּן",
    "מַפְתֵּחַ",
    "רח׳ הרצל, עמ׳ 12, ד׳ ו־ה׳",
    "مَرْحَبًا بِكُمْ فِي هٰذَا النَّصِّ القَصِيرِ، وَالسَّلَامُ",
    "خطط، ظ ط ظ، وضبط الخطوط",
    "锟斤拷 and 烫烫烫 are known to everybody",
    "The name is written `浣犲ソ` when UTF-8 is read as GBK.",
    "`cafÃ©` instead of `café` shows up if the encoding is wrong",
    "标题“鏂囦欢”是乱码，原来是“文件”。",
    "naïve façade, Zoë's coöperation",
    "\ue000\ue001 private use",
    "lone surrogate \ud800 here",
    'x = "\\u4f60\\u597d"  # escapes are not damage',
]

REPAIRED = [
    ("السلام عليكم ورحمة الله", misread("utf-8", "cp1256")),
    ("شكرا", misread("utf-8", "cp1256")),
    ("این یک متن فارسی است", misread("utf-8", "cp1256")),
    ("תודה רבה", misread("utf-8", "cp1255")),
    ("ערב חדש ובהיר", misread("utf-8", "cp1255")),
    ("Wir prüfen täglich die Rückgabe der Bücher", misread("cp1252", "mac-roman")),
    ("Désactiver l'affichage", misread("utf-8", "koi8-r")),
    ("n'est ainsi pas équivalente", misread("utf-8", "cp866")),
    ("你好", misread("utf-8", "gbk")),
    ("文件存储", misread("utf-8", "gbk")),
    ("中文测试", misread("gbk", "cp1252")),
    ("请确认您的网络设置是否正确。", misread("gbk", "latin-1")),
    ("请确认您的网络设置是否正确。", misread("utf-8", "cp1252")),
    ("生成列的中文对应表", misread("gbk", "cp950")),
    ("繁體中文測試", misread("cp950", "gbk")),
    ("我們明天早上八點在車站見面", misread("cp950", "cp1252")),
    ("日本語のテストです。", misread("cp932", "gbk")),
    ("一覧を表示", misread("utf-8", "cp932")),
    ("日本語のテストです。", misread("euc-jp", "latin-1")),
    ("ありがとうございます。", misread("euc-jp", "gbk")),
    ("안녕하세요, 만나서 반갑습니다.", misread("cp949", "cp1252")),
    ("안녕하세요, 만나서 반갑습니다.", misread("cp949", "gbk")),
    ("안녕하세요, 만나서 반갑습니다.", misread("utf-8", "cp1252")),
    ("Привет! Как дела?", misread("koi8-r", "cp1251")),
    ("Привет! Как дела?", misread("utf-8", "cp1251")),
    ("Привет! Как дела?", misread("utf-8", "cp866")),
    ("Привет! Как дела?", misread("utf-8", "mac-roman")),
    ("Привет! Как дела?", misread("cp1251", "cp1252")),
    ("Καλημέρα σας, τι κάνετε;", misread("cp1253", "cp1252")),
    ("Καλημέρα σας, τι κάνετε;", misread("utf-8", "cp1252")),
    ("สวัสดีครับ วันนี้อากาศดี", misread("cp874", "cp1252")),
    ("Tiếng Việt rất hay", misread("utf-8", "cp1252")),
    ("Le déjà-vu d’un élève", misread("utf-8", "cp1252")),
    ("don’t — never", misread("utf-8", "mac-roman")),
    ('print("❌Ready, or not");', misread("utf-8", "gbk")),
    ("我们是中国人民", misread("utf-8", "ptcp154")),
    ("comenzaré mañana", misread("utf-8", "cp1252", "utf-8", "cp1252")),
    ("comenzaré mañana", misread("utf-8", "cp1252", "utf-8", "cp1252", "utf-8", "cp1252")),
    ("你好，世界", misread("gbk", "latin-1", "utf-8", "cp1252")),
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_unchanged(text: str) -> None:
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert repair.text == text


@pytest.mark.parametrize(("healthy", "channel"), REPAIRED, ids=str)
def test_repaired(healthy: str, channel: Channel) -> None:
    assert_restored(healthy, channel)


@pytest.mark.parametrize(("healthy", "channel"), REPAIRED, ids=str)
@pytest.mark.parametrize("frame", ['{"title": "%s", "n": 1}', "log.info('%s')", "see below: %s (end)"])
def test_repaired_inside_a_line(healthy: str, channel: Channel, frame: str) -> None:
    damaged = frame % channel.damage(healthy)
    assert fixtext.repair(damaged, CONFIG).text == frame % healthy
