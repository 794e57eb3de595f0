"""Healthy text that a model of prose finds odd stays; damage that looks a little like it is repaired."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Candidate, Channel, Config, Span
from fixtext.channels import Decode, Encode
from fixtext.detectors.misdecoded.document import Document
from fixtext.detectors.misdecoded.explanation import Explanation
from fixtext.detectors.misdecoded.objections import objection, objections
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.surroundings import misfit

ONLY = Config(detectors=("misdecoded",))

HEALTHY = [
    # A tree of processes whose line ends were lost.
    "start\\&.target @47\\&.8s\u2514\u2500pump\\&.service @35\\&.9s +548ms\u2514\u2500fan\\&.service @33\\&.7s"
    " +2\\&.2s\u2514\u2500lamp\\&.socket @1\\&.2s +3ms\u2514\u2500door\n",
    '.SH "KULLANICI VE GRUP KİMLİĞİ BİTLERİ"\nDosyanın grup kimliği.',
    '.SH "SINIRLI SİLME BAYRAĞI VEYA YAPIŞKAN BİT"\nSınırlı silme bayrağı.',
    "7. öncelik:\n\\fIdğş1\\fR | \\fIdğş2\\fR\n\\fIdğş1\\fR boş veya 0 ise \\fIdğş2\\fR",
    "проверава да ли је ДАТОТЕКА х86 кФриБСД\nпроверава да ли је ДАТОТЕКА х86 кНетБСД\n",
    r'bmp:"A-Za-zªµºÀ-ÖØ-öø-ˁˆ-ˑˠ-ˤˬˮͰ-ʹͶͷͺ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-Ֆ"',
    "ħĩīĭįıĳĵķĸĺļľŀłńņňŉŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž",
    "ǟǡǣǥǧǩǫǭǯǰǳǵǹǻǽǿ",
    "██╔════╝██╔════╝██╔══██╗██╔══██╗\n█████╗  █████╗  ███████║██████╔╝\n██╔══╝  ██╔══╝  ██╔══██║██╔═══╝",
    "fonts \\fIDĞŞ1\\fR ve \\fIDĞŞ2\\fR belirtilirse",
    'astral:"Titlecase_Letter",bmp:"ǅǈǋǲᾈ-ᾏᾘ-ᾟᾨ-ᾯᾼῌῼ"},{name',
    "     \\-6      5200 кБ    2500 кБ      1600 кБ    842000\n     \\-7      6100 кБ    2900 кБ      1850 кБ",
    "áäčďéěíĺľňóôŕřšťúůýž",
    "áéíóöőúüű ąćęłńóśźż ăâîșțşţ çğıöşüâîû",
    "àâæçéèêëîïôœùûüÿ",
    "äöüß ÄÖÜ",
    "áéíñóúü",
    r"(b'\x1b$B%O%m!<%o!<%k%I!*\x1b(B', 'iso-2022-jp'),",
    r"b'~{NpJ)l6HK!#~}Bye.\n',",
    "constexpr auto mask = uint64_t{0x3333333333333333};",
    "áéíóú|áéíóú|",
    "foo#bar\\nbaz|foo|baz|\n:-) ;-)|:-)|;-)|\náéíóú|áéíóú|\n",
    "by E. M\xa8aki, A. Lepist\xa8o, and their pupils",
    "åäöæø",
    "ZAŻÓŁĆ GĘŚLĄ JAŹŃ",
    "ÁRVÍZTŰRŐ TÜKÖRFÚRÓGÉP",
    "REP ฎ ฏ\nREP ฏ ฎ",
    "SFX Q lo l [aeiouyáéíóúýůě]lo\nSFX Q ly l [aeiouyáéíóúýůě]ly",
    "SFX A 0 лар [аоуұыэ]й\nSFX A 0 лар [аоуұыэ]р",
    "TRY аеноиртвслкмпздяубъчгцжхшфйщюьАЕНОИРТВСЛКМПЗДЯУБЪЧГЦЖХШФЙЩЮЬ",
    "Additionalchars: ÄÖÜäöüßâêéñà",
    'wave = ["(¯`·.¸¸.·´¯`·.¸¸.-> [", "] <-.¸.·°¯°·.¸.·°"]',
    "©º°¨¨°º©ƭεรƭ©º°¨¨°º©",
    "╚╝╔╗╚╝╔╗ƭεรƭ╚╝╔╗╚╝╔╗",
    "\n░█▄▄█ \n▀▀▀█ \n──█─ \n─▐▌─ \n",
    "'S~úñdá~ý_Mó~ñdáý~_Túé~sdáý~_Wéd~ñésd~áý_T'",
    "r ô i rôi\nrôì\t r ô ì\nrõ\t r õ",
    "MacroTextSpec('CYRYO'), # ‘Ё’",
    "ta.utf8=Üð¼ø.\nth.utf8=บวก",
    "ลอยต์\t1\nโฆฒ\t1\nพระอันดับ\t1",
    '#^^[2 "\x02\x02\x95\x03\x04\x84\x03\x05\x04\x85\x06\x06\x04\x84\x06\x06\x04\x8b\x07\x85\x04" 1 1',
    'marks = "〃々ゝゞ〳〴〵〱〲ヾ"',
    'letters["sq"] = letters["en"] + "çëÇË"',
    'letters["tl"] = letters["en"].replace("z", "") + "ñÑ"',
    '["8fa9ab","ŊØŒ"],',
    '("Å¡", "வா"), ("ப்", 1)',
    "('Å¢', 'வி'),",
    "let found = line.match(/^(ï»¿)?WEBVTT/);",
    "maktablar\nkit\u043eblari\nm\u0430j\u0430lisl\u0430ri\noilalari",
    "hêvî\nhêvîdar, bihêvî\nhêdî (tiştê ku bi hêsanî tê), hêmin\nhê, hê jî, hîn, hîna, hêşta, ta niha\nwêje, pirtûk",
    "  │ │par\xadal\xadlel, re\xadpet\xadi\xadtion; see above.       │",
    "Квашук/1:\nКВБЗ\nКвебек/1s:\nЛБД\nКСМЗУ",
    "常用符號=，、。．？！；︰‧‥﹐﹒˙·‘’“”〝〞‵′〃～＄％＠＆＃＊",
    "ta.utf8=Á¸¢úîº¢!\nth.utf8=มีความสุข!",
    "ТАЙСКАЯ БУКВА «КХО КХОН»",
    'letters = r"ёа-яЁА-Я"',
    'lower = r"ёа-я"\nupper = r"ЁА-Я"\nletters = r"ёа-яЁА-Я"',
    'fancy = ["·ï¡÷¡ï·", "·ï¡÷¡ï·"]',
    "([ \u0440 \u0410 \x85 ] = a)\n([ \u0440 \u0410 \x95 \u0440 \u0411 \x8d ] = k)",
    "<lesson>ñññ ñññ ññk kññ ñsf ñdf hñsa sññ</lesson>",
    '"pi": "僰誖踄嶓鋍餑壆馞駮磻謈豰嚗懪濼簙襏鎛餺鵓犦礡糪繴譒蹳髆欂"',
    'keys = "œ∑¡™£¢∞§¶•ªº–≠œ∑´®†¥¨ˆøπ‘åß∂ƒ©˙∆˚¬"',
    "hvalafrøðingur\nhundaøði\nhundaøðing",
    'msgid "Th"\nmsgstr "Пү"',
    "MAP 2\nMAP áãâAÁÃÂ\nMAP éêEÉÊ",
    "a1 b0 | ＾ ￣ ＿ ヽ ヾ ゝ ゞ 〃 仝 々 〆 〇 ー ― ‐ ／",
    '{"key": "mΩ", "names": ["mΩ"]}, {"key": "kΩ", "names": ["kΩ", "KΩ"]}',
    '"░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■"',
    "komi/ŐAUQĘŽiĎŇáç˛Ăăcˇť\nkomfortáblis/VËŻj×LÓnňéčłÄäTtYc¸źl\nkombájn/UĘŽiÖKŇmôáç˛ĂăQYcˇť",
    "之\t只氏芝枝肢知织蜘支吱脂汁\t址植治致制直窒",
    "卤\t虏鲁\t露录卢鹿氯炉陆芦颅路庐赂碌",
    "围\t为薇维违唯危微巍桅\t委卫位喂胃未味威尾谓",
    "/([+-]?[0-9][.,0-9]*)([a-z°²³µ/]+)$/",
    '"\u0963" = "\u0e3a\u0e26\u0e45"',
    "implode('ㅇㅓㅂㅔㄴㅈㅕㅅㅡ ㅇㅐㄴㄷㅡㄱㅔㅇㅣㅁ');  // 어벤져스 앤드게임",
    "::s Â ::t Ya ::lcode",
    "SFX 02 0 өө [джзстхчшц][дцх][өи]д",
    "SFX C3 эх хээр/03 эх",
    "encefálico/DÎõÚÛ\nespacial/2BHJRVXZáÄÈÎ\nprofilaxia/2BãòÛ",
    "惠\t诲讳贿汇绘晦慧会溃秽\t恢虫茴堕回挥辉毁徽悔灰蛔",
    '["Tu BiŞâvat"],"Tu B\'Shvat":["Tu BîŞâvat"],"Tzom Gedaliah":["Ţom Gâdalio"],"Tzom Tammuz":["Ţom Tamuz"]',
]


@pytest.mark.parametrize("text", HEALTHY)
def test_it_stays(text: str) -> None:
    assert fixtext.repair(text, ONLY).text is text


def test_what_was_explained_as_a_whole_is_drawn_all_the_same() -> None:
    document = Document("\u2588\u2588\u2557\u2591\\n" * 40, [], 16.0)
    document._whole = [Explanation(0, len(document.text), "\u6829" * 80, (("euc-jp", "cp437"),), 600.0)]
    assert document.swept() == frozenset()
    document.text = "\u2568\u2565\u2554\u256b\u253c" * 40
    assert document.swept() == {Span(0, 240)}


@pytest.mark.parametrize(
    ("healthy", "source", "reader"),
    [
        ("我们明天上午八点在车站见面", "gbk", "cp437"),
        ("我们明天上午八点在车站见面", "gbk", "cp1254"),
        ("Завтра утром встретимся на вокзале", "koi8-r", "cp1251"),
        ("Завтра утром встретимся на вокзале", "utf-8", "cp1251"),
        ("Yarın sabah istasyonda görüşürüz, değil mi?", "utf-8", "cp1252"),
        ("Żółw się ślimaczy, gęś gęga, jeż chrząka", "utf-8", "cp1250"),
    ],
)
def test_damage_is_repaired_all_the_same(healthy: str, source: str, reader: str) -> None:
    damaged = Channel((Encode(source), Decode(reader))).damage(healthy)
    assert fixtext.repair(damaged, ONLY).text == healthy


def test_what_happened_to_the_text_may_have_happened_to_a_strange_place() -> None:
    channel = Channel((Encode("gbk"), Decode("cp1252")))
    plain = "我们明天上午八点在车站见面"
    text = "x = ·´¯`\n" + channel.damage(plain)
    strange = Candidate("misdecoded", Span(4, 8), "反痐", channel, 30.0)
    certain = Candidate("misdecoded", Span(9, len(text)), plain, channel, 300.0)
    assert objections(text, [strange], 16.0, plausibility()) == ["what it would say is no plain text either"]
    assert objections(text, [strange, certain], 16.0, plausibility()) == [None, None]


def _why(text: str, span: tuple[int, int], healthy: str, bits: float = 30.0) -> str | None:
    candidate = Candidate("misdecoded", Span(*span), healthy, Channel(()), bits)
    return objection(text, candidate, 16.0)


def test_each_reason() -> None:
    assert "no characters" in str(_why("abc", (0, 3), "\U00081444"))
    assert "inside its words" in str(_why("abc", (0, 3), "侠課ｪ尭課俄ﾂ峨"))
    assert _why("abc", (0, 3), "今日はﾃｽﾄの日、明日もﾃｽﾄの日") is None
    assert "drawn" in str(_why("══╗══╝", (0, 6), "屯"))
    assert "table" in str(_why("ǡǣǥǧǩǫ", (2, 4), "ラ"))
    assert "again and again" in str(_why("кБ 1 кБ 2 кБ", (0, 12), "帳 1 帳 2 帳"))
    assert "one language" in str(_why("KİMLİĞİ", (1, 7), "ÝMLÝÐÝ"))
    assert "inside words" in str(_why("кФриБСД", (2, 5), "聑"))
    assert "accents" in str(_why("áãâAÁÃÂ", (0, 7), "сутАСУТ", bits=99.0))
    assert "three times" in str(_why("ñññ ññk", (0, 7), "––– ––k", bits=99.0))
    assert "Latin letters" in str(_why("komfortáblis und", (0, 16), "komfort燽lis und", bits=99.0))
    assert "without letters" in str(_why("芝枝", (0, 2), "\u05a5\u05a6", bits=99.0))
    frame = Candidate("misdecoded", Span(0, 3), "ΞΤΟ", Channel((Encode("gbk"), Decode("cp949"))), 30.0)
    assert "drawn" in str(objection("┏┳┓", frame, 16.0))
    russian = Candidate("misdecoded", Span(0, 3), "она", Channel((Encode("koi8-r"), Decode("cp437"))), 30.0)
    assert objection("╧╬┴", russian, 16.0) is None
    order = Channel((Encode("johab"), Decode("cp437")))
    assert "order" in str(
        objection("αßΓπΣσµτΦΘ", Candidate("misdecoded", Span(0, 10), "擧窮玳罹伐", order, 99.0), 16.0)
    )


def _misfit(text: str, observed: str, healthy: str, source: str, reader: str, bits: float = 30.0) -> str:
    start = text.index(observed)
    channel = Channel((Encode(source), Decode(reader)))
    candidate = Candidate("misdecoded", Span(start, start + len(observed)), healthy, channel, bits)
    return str(misfit(text, candidate, 16.0, plausibility(), [candidate]))


def test_each_misfit() -> None:
    assert "rest of the line" in _misfit("– DrÃ¥ber", "Ã¥", "å", "utf-8", "cp1252", bits=24.0)
    assert _misfit("– DrÃ¥ber", "Ã¥", "å", "utf-8", "cp1252", bits=48.0) == "None"
    assert "rest of the line" in _misfit("café DrÃ¥ber", "Ã¥", "å", "utf-8", "cp1252", bits=24.0)
    assert _misfit("café DrÃ¥ber", "Ã¥", "å", "utf-8", "cp1252", bits=25.0) == "None"
    assert _misfit("un mot DrÃ¥ber", "Ã¥", "å", "utf-8", "cp1252", bits=24.0) == "None"
    assert "become signs" in _misfit("MAP ЖШ", "ЖШ", "¨", "big5", "cp1251")
    assert "plain ASCII" in _misfit("1 1 1 1 1 a ", "1 1 1 1 1 a ", "ㄠㄠㄠㄠㄠ\u2061", "utf-16le", "cp1252", bits=99.0)
    assert "several scripts" in _misfit("ta=Üð¼ø", "Üð¼ø", "蜂순", "cp949", "cp1252")
    assert "no plain text" in _misfit("x = ·´¯`", "·´¯`", "反痐", "gbk", "cp1252", bits=99.0)
    assert "single ideographs" in _misfit("a µÄ c", "µÄ", "的", "gbk", "cp1252", bits=99.0)
    assert "would stay" in _misfit("тарымыз [аоуы]ц", "аоуы", "中国", "cp949", "cp1251", bits=99.0)
    assert "rest of the line" in _misfit("[аоуыэ]й", "ыэ]й", "лн]©", "iso-8859-5", "cp1251", bits=33.0)
    assert "inside a word" in _misfit("[аоуыэ]й", "ыэ]й", "лн]©", "iso-8859-5", "cp1251", bits=40.0)
    assert "capitals" in _misfit("x ÄÖÜäöüß", "ÄÖÜäöüß", "ДЦЬдцьЯ", "cp1251", "cp1252", bits=99.0)
    assert "quoted" in _misfit("# ‘Ё’", "‘Ё’", "дне", "iso-8859-5", "mac-cyrillic")
    assert "would stay" in _misfit("ta=Á¸¢úîº¢!", "Á¸¢úîº", "的是中国", "gbk", "cp850")
    assert "both ends" in _misfit("©º°¨¨°º©", "©º°¨¨°º©", "中国人民", "cp950", "cp1252", bits=99.0)
    assert "by itself" in _misfit("\u0440 \x85", "\x85", "Е", "cp866", "latin-1")
    assert "a letter" in _misfit('"Пү"', "Пү", "ω", "utf-8", "ptcp154")
    assert "both its cases" in _misfit('a + "ñÑ"', "ñÑ", "де", "cp866", "cp437")
    assert "soft hyphens" in _misfit("│ hy\xadphen │", "│ hy\xadphen │", "³ hyšphen ³", "cp1257", "cp850")
    assert "among" in _misfit("m\u0430sl\u0430", "\u0430sl\u0430", "ásla", "cp1252", "cp1251")
    assert "nothing else is there" in _misfit("x Ø³ x", "Ø³", "س", "utf-8", "cp1252")
    assert _misfit("x Ø³ (من)", "Ø³", "س", "utf-8", "cp1252", bits=40.0) == "None"
    assert "of their own" in _misfit("('Å¡', 1)", "Å¡", "š", "utf-8", "cp1252")
    assert "begins" in _misfit("/(ï»¿)?x/", "ï»¿", "\ufeff", "utf-8", "cp1252")
    assert "stand around" in _misfit("hê jî\nêvar, rê, dê\nwêje, bîra, jîn", "ê jî", "à jå", "mac-roman", "cp437")
    assert "unit" in _misfit("kΩ MΩ", "Ω MΩ", "ę Mę", "cp1250", "cp437", bits=60.0)
    assert "expression" in _misfit("([a-z°²³µ/]+)", "°²³µ", "安车", "gbk", "cp1252")
    assert "no order" in _misfit('"ฺฦๅ"', "ฺฦๅ", "ЪЖе", "cp1251", "cp874")
    assert _misfit("ÄãºÃÊÀ½ç", "ÄãºÃÊÀ½ç", "你好世界", "gbk", "cp1252", bits=99.0) == "None"
    assert "as short" in _misfit("ÄãºÃ", "ÄãºÃ", "你好", "gbk", "cp1252", bits=18.0)


def test_much_evidence_outweighs_words_of_one_language() -> None:
    assert _why("idõvel", (2, 3), "ő", bits=64.0) is None
    assert _why("prİf", (2, 3), "é") is None


def test_code_between_the_letters_does_not_hide_what_they_would_say() -> None:
    """Pairs of Greek capitals are rare ideographs of GBK, whatever stands between them."""
    code = "\n\n\ndef cut(word):\n    return word[:-2] if len(word) > 4 else word\n\n\n" * 10
    text = f"# ΑΕΗΙΟΩ{code}ENDINGS = '(ΑΔΕΣ|ΙΔΩΝ)$'{code}EXCEPT = '(ΚΡΑΣ|ΠΑΤΕΡ|ΜΠΑΜΠ|ΝΤΑΝΤ|ΓΙΑΓΙΑ)$'"
    span = Span(2, len(text) - 3)
    observed = text[slice(*span)]
    channel = Channel((Encode("gbk"), Decode("cp1253")))
    repair = Candidate("misdecoded", span, observed.encode("cp1253").decode("gbk"), channel, 240.0)
    assert misfit(text, repair, 16.0, plausibility(), [repair]) is not None


def test_a_byte_order_mark_inside_a_line_is_misread_with_others() -> None:
    assert fixtext.repair("\ufeff# Ã©tÃ©\nÃ©lÃ¨ve ï»¿cÃ´tÃ©", ONLY).text == "\ufeff# été\nélève \ufeffcôté"
