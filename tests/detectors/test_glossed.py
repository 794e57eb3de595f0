"""The detector ``glossed``: what must not change, and what must be healed."""

from __future__ import annotations

from typing import Any

import pytest

import fixtext
from tests.detectors.glossed_pages import GLOSSES, ONLY, PAGE, damaged, folded, healthy, repaired
from tests.proofs import prove

TEXTBOOK = (
    "第(dì)五(wǔ)課(kè) 我(wǒ)的(de)家(jiā)\n"
    "我(wǒ)家(jiā)有(yǒu)四(sì)口(kǒu)人(rén)，爸(bà)爸(ba)是(shì)醫(yī)生(shēng)，"
    "媽(mā)媽(ma)是(shì)老(lǎo)師(shī)。\n弟(dì)弟(di)今(jīn)年(nián)七(qī)歲(suì)，在(zài)學(xué)校(xiào)讀(dú)書(shū)。\n"
)
POEM = (
    "靜夜思\n床(chuáng)前(qián)明(míng)月(yuè)光(guāng)，疑(yí)是(shì)地(dì)上(shàng)霜(shuāng)。\n"
    "舉(jǔ)頭(tóu)望(wàng)明(míng)月(yuè)，低(dī)頭(tóu)思(sī)故(gù)鄉(xiāng)。\n"
)
POLYPHONES = (
    "從前有一個人叫長(zhǎng)孫，他的頭髮很長(cháng)。有一天他去銀行(háng)，看見一行(xíng)人在排隊。\n"
    "掌櫃問他：你會(huì)不會(huì)做會(kuài)計？他說：我只會(huì)數(shǔ)數(shù)。掌櫃覺(jué)得有趣，叫他回家睡一覺(jiào)再來。\n"
)
README = (
    "常見的注音：\n\n- 醫(yī)\n- 療(liáo)\n- 縣(xiàn)\n- 協(xié)\n\n"
    "輸入一個漢字，程式輸出它的拼音。醫院、醫療、縣城、協會都可以輸入。\n"
)
RARE = (
    "鄞州在寧波的東南，鄞(yín)是古縣名。這裡的人說，縣城裡最老的街叫堬(yú)街，醫生、學者、商人都住過。"
    "後來縣政府把老街改成博物館，展出當地的歷史。\n"
)
SIMPLIFIED = (
    "县(xiàn)医(yī)院与省城的医(yī)疗(liáo)机构签订了合作协(xié)议。医(yī)院的专家每月到县(xiàn)里来两次，"
    "居民看病不用再跑远路。协(xié)议规定，医(yī)疗(liáo)设备由县(xiàn)政府购买。\n"
)
QUOTING = (
    "有些網站在網頁的位元組裡插入拼音，結果「讓我們在家門口」變成了「讓我們?cè)诩议T口」，"
    "「當地」變成了「當(dāng)?shù)亍埂＿@種損壞的原因是，程式按位元組查找，不理會字元的邊界。"
    "要修復這樣的網頁，必須知道縣、醫、當、們這些字原來的編碼，再一步一步推回去。\n"
)

UNTOUCHED = {
    "a page without glosses": healthy("今天的天氣很好"),
    "a textbook": TEXTBOOK,
    "a poem": POEM,
    "a textbook that glosses half of the words": "".join(
        f"{word}，學生(xué shēng)說老(lǎo)師(shī)教得很好，醫(yī)院裡的護(hù)士也來聽課。"
        for word in ("今天", "明天", "後天")
    ),
    "a story about polyphones": POLYPHONES,
    "a list of glosses": README,
    "rare characters explained once": RARE,
    "a word explained once": "重慶(Chóngqìng)是一座山城，人口超過三千萬。重慶的火鍋很有名，縣城裡也到處都是火鍋店。\n",
    "a word explained in Simplified text": "重庆(Chóngqìng)是一座山城，长(cháng)江从城里流过，夏天很热。\n",
    "Simplified text that is glossed": SIMPLIFIED,
    "an article that quotes such damage": QUOTING,
    "a single gloss": "縣(xiàn)政府昨天開會，討論修路的事情。居民都很關心，說這條路早就應該修了。\n",
    "a single gloss in a single line": "縣(xiàn)",
    "two glosses of rare characters": "鼴(yǎn)鼠住在地下，鼯(wú)鼠住在樹上，牠們都不常見。\n",
    "English with parentheses": "The word (zhè) means this (see below). What is it?yes) And (hǎo) so on.\n" * 5,
    "Vietnamese": "Chữ Hán (chữ nho) là gì? Đó là một loại (văn) tự (cổ) của người Trung Quốc (hàn).\n" * 3,
    "a glossary": "醫 (yī) doctor; 療 (liáo) to cure; 縣 (xiàn) county; 協 (xié) to aid\n" * 3,
    "fullwidth brackets": "縣（xiàn）醫（yī）院與醫（yī）療（liáo）機構，縣（xiàn）醫（yī）院。\n",
    "half of a gloss": "縣(xià 醫(y 療(liáo 縣xiàn) 院的專家每月到縣(里來兩次) 醫yī)\n" * 3,
    "only the end of a gloss": "cè)",
    "a gloss of nothing": "(cè)(dāng)?cè)?shù)(",
    "wrong readings": "縣(yī)醫(xiàn)院與醫(xiàn)療(xié)機構簽訂了協(liáo)議。縣(yī)醫(xiàn)院負責管理。\n" * 3,
    "no tone marks": "縣(xian)醫(yi)院與省城的醫(yi)療(liao)機構簽訂了合作協(xie)議。縣(xian)醫(yi)院負責管理。\n" * 3,
    "questions": "這是什麼?是書!那是什麼?；是筆?，是嗎？？！誰說的?!好不好？！\n" * 5,
    "nothing": "",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_it_stays_as_it_is(text: str) -> None:
    assert repaired(text) is text


HEALED = {
    "aligned": ("以前去過那里的醫生都說好", {}, {}),
    "aligned, with a space in the gloss": ("這個時候來的人很多", {"時": "shí ", "個": "gè "}, {}),
    "straddling": ("讓我們在家門口就能看病", {"冊": "cè"}, {}),
    "straddling, behind a gloss": ("當地廣大居民都很高興", {"當": "dāng", "數": "shù"}, {}),
    "straddling, two in a row": ("全縣的煤炭儲量很大", {"績": "jī", "儲": "chǔ"}, {}),
    "a letter shown bare": ("開設名醫工作室", {"設": "shè"}, {}),
    "a mark behind a lone byte": ("醫院建立了專科聯盟", {"聯": "lián"}, {"marks": "？"}),
    "a mark that stays fullwidth": ("醫院建立了專科聯盟", {"聯": "lián"}, {"marks": "？", "fold": False}),
    "a pair that vanished": ("這家醫院的專科特色鮮明", {"鮮": "xiān"}, {"marks": "？"}),
    "a semicolon": ("他們在學校基礎部工作", {"礎": "chǔ"}, {"marks": "；"}),
    "a comma": ("對情況作了介紹。現在大家都知道了", {}, {"marks": "，"}),
    "a stop and what follows it": ("會議開完了。活動現場來了很多人", {"動": "dòng"}, {"marks": "；"}),
    "a quotation that ends": ("他說：“今天很好。”大家都很高興", {}, {"marks": "！"}),
    "a mark behind a byte that is not shown": (
        "對情況作了介紹。現全文如下",
        {"現": "xiàn"},
        {"marks": "，", "lone": ""},
    ),
}


@pytest.mark.parametrize(("text", "glosses", "site"), HEALED.values(), ids=HEALED)
def test_it_is_healed(text: str, glosses: dict[str, str], site: dict[str, Any]) -> None:
    source = damaged(text, glosses, **site)
    assert folded(text) not in folded(source)
    repair = fixtext.repair(source, ONLY)
    prove(source, repair)
    assert folded(repair.text) == folded(healthy(text))
    assert fixtext.repair(repair.text, ONLY).text is repair.text


QUOTED = {
    "讓我們?cè)诩议T口就能看病": "讓我們在家門口就能看病",
    "當(dāng)?shù)貜V大居民": "當地廣大居民",
    "全縣(xiàn)的煤炭?jī)?chǔ)量": "全縣的煤炭儲量",
    "通過建立??坡?lián)盟": "通過建立專科聯盟",
    "具有鮮明??铺厣娜?jí)甲等綜合性醫(yī)院": "具有鮮明專科特色的三級甲等綜合性醫院",
}
"""Torn places as they were seen in the world, all of them on pages of the same kind."""


@pytest.mark.parametrize(("torn", "expected"), QUOTED.items())
def test_torn_places_seen_in_the_world(torn: str, expected: str) -> None:
    source = glossed_around(torn)
    repair = fixtext.repair(source, ONLY)
    prove(source, repair)
    assert folded(repair.text) == folded(f"{PAGE}{expected}。\n{PAGE}\n")


def glossed_around(torn: str) -> str:
    """Return a damaged page with this torn place in it."""
    before, behind = damaged("，").split(",。\n")
    return f"{before}{torn}。\n{behind}"


def test_the_page_of_these_tests_is_glossed_at_every_character_of_its_set() -> None:
    assert all(healthy("").count(char) == damaged("").count(f"{char}({gloss})") for char, gloss in GLOSSES.items())
