"""Lost bytes: two tables, and what must hold for every repair."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Config
from fixtext.codepages import decode, encode
from fixtext.detectors.lossy import software
from fixtext.detectors.lossy.history import History
from fixtext.detectors.lossy.readings import READINGS, back, lost_bytes
from fixtext.detectors.lossy.sites import LOST, sites
from fixtext.detectors.lossy.surroundings import Surroundings
from fixtext.detectors.lossy.swallowed import NO_HABITS, SWALLOWABLE, Habits, Swallowed, habits_of
from fixtext.engine import run
from tests.proofs import prove

LOSSY = Config(detectors=("lossy",))
"""Nothing else looks at these texts."""

UNCHANGED = [
    "É A IRMÃ? SIM",
    "VEM AMANHÃ? — É BOA A LÃ?",
    "",
    "?",
    "\ufffd",
    "\ufffd?",
    "\ufffd?\ufffd?",
    "这是什么?",
    "真的吗?? 是的?",
    "Qu'est-ce que c'est ? Très bien ?",
    "Кто там?",
    "どうして?",
    "왜?",
    "a ? b : c",
    "Sloven\u00c4\ufffdina",  # one of five letters, and the model has not read Slovak
    "替换字符 U+FFFD(\ufffd)来代替这些无法识别的字",
    "不知道的字写成 \ufffd，好吗?",
    "文件名里有\ufffd这样的字符",
    "l'\ufffdcole ?",
    "有人会问：“为什么？”…",
    "馄饨?",
    "他说：“我们不知道……",
    "「這是什麼?」他問，「\ufffd",
    "你确定要删除吗?(y/n) ",
    'raise ValueError("参数不对?")',
    "查询字符串 ?id=1&名称=值?x",
    "三元运算：条件 ? 真 : 假",
    "이것은 무엇입니까? 정말?",
    "\ufffd\ufffd 是替换字符，两个?",
    "U+FFFD (\ufffd?) 表示无法解码的字节",
    "\u951b\u9286\u7e3a",
    "\u951b是一种元素符号的旧字，\u9286是鸾铃的一种，见于旧书",
    "糸が\u7e3aれてほどけない。",
    "ｱﾙﾌｧ・ｵﾒｶﾞ",
    "ジョン・スミス・縺れる・ﾃｽﾄ",
    "乱码的例子：\u93bf\u5d84\u7d94\u5bb8\u63d2\u757d\u93b4?",
    "结果是：\u93bf\u5d84\u7d94\u5bb8\u63d2\u757d\u93b4?，谁知道是什么",
    "有人问：鎿?",
    "<\u7487\u2588> <\u6fb6\ufffd> \u6d63\u72b2\u30bd\ufffd 这是一个编码问题",
]
"""Texts that nobody damaged, or that say what damage looks like."""


@pytest.mark.parametrize("text", UNCHANGED)
def test_healthy_text_is_left_alone(text: str) -> None:
    assert fixtext.repair(text, LOSSY).text is text


def round_trip(text: str, page: str = "cp936") -> bytes:
    """Read UTF-8 as a code page and write it back, as an editor does."""
    return encode(decode(text.encode(), page, "windows"), page, "windows")


ROUND_TRIPS = [
    "当 verbose 为 false 时不输出\n",
    '"獨上高樓，望盡天涯路。"\n',
    "// 自动化操作\nvar x = 1;\n",
    'print("创建多线程");\n',
    "打开文件, 读取内容\n设置默认值\n",
    "/* 文件名 */\nint x;\n",
    "    这个函数返回字符串\n    return s;\n",
]
"""Healthy texts; the place that is lost in each is the end of the first run of an odd number of bytes."""


@pytest.mark.parametrize("healthy", ROUND_TRIPS)
def test_round_trip(healthy: str) -> None:
    damaged = round_trip(healthy)
    assert damaged != healthy.encode()
    repair = fixtext.repair_bytes(damaged, LOSSY)
    prove(damaged.decode("utf-8", "surrogateescape"), repair)
    assert repair.text == healthy
    assert {edit.damage for edit in repair.edits} == {"lossy"}
    assert all(edit.guesses for edit in repair.edits)


MISREAD = [
    ("cp936", "windows", "- 快速开始使用\n- 支持多种数据源\n\nend\n"),
    ("cp936", "windows", '      "dataSource": "财务报表数",\n'),
    ("gb18030", "replace", "我们在家门口看到了一只猫。\n它跑得很快。\n"),
    ("gbk", "replace", "我们已经完成了全部工作，请检查结果。\n"),
    ("whatwg-gbk", "whatwg", "输出图像文件的字节（包括文件头和数据）\n"),
    ("cp1252-strict", "replace", "“Nobody expects this,” she said. “Nobody.”\n"),
    ("gb18030", "replace", "这是一个简单的例子，它只有一个参数。\n"),
    ("gb18030", "replace", "第 9 條\n二、認領登記。\n三、收養、終止收養登記。\n第 10 條\n第 11 條\n"),
    ("cp932", "windows", "テストを実行します。\n設定ファイルを読み込みます。\nこの関数は文字列を返します。\n\nend\n"),
    ("cp936", "windows", "// Do not stop here — the second step is still to come\n"),
]


@pytest.mark.parametrize(("page", "habit", "healthy"), MISREAD)
def test_misread(page: str, habit: str, healthy: str) -> None:
    damaged = decode(healthy.encode(), page, habit)
    assert "?" in damaged or "\ufffd" in damaged or "\u30fb" in damaged
    repair = fixtext.repair(damaged, LOSSY)
    prove(damaged, repair)
    assert repair.text == healthy


CHINESE = "我们已经完成了全部工作，请检查结果。这是一个简单的例子，它只有一个参数。\n"
JAPANESE = "日本語のテキストを表示します。設定ファイルを読み込みます。\n"

TORN = [
    ("gbk", "java", CHINESE),
    ("gbk", "php", CHINESE + "end\nend\n"),
    ("gbk", "ignore", CHINESE),
    ("gb18030", "java", CHINESE),
    ("gb18030", "ignore", CHINESE),
    ("cp932", "ignore", JAPANESE),
    ("cp932", "drop-c1", JAPANESE),
]
"""Decoders that take one or two bytes for a malformed place, or leave nothing in it."""


@pytest.mark.parametrize(("page", "habit", "healthy"), TORN)
def test_places_of_one_or_two_bytes_and_without_marks(page: str, habit: str, healthy: str) -> None:
    damaged = decode(healthy.encode(), page, habit)
    repair = fixtext.repair(damaged, LOSSY)
    prove(damaged, repair)
    assert repair.text == healthy
    assert any(edit.guesses for edit in repair.edits)


def test_long_lines() -> None:
    for page, habit in (("cp936", "windows"), ("gbk", "ignore")):
        healthy = "我们已经完成了全部工作，请检查结果。" * 20 + "\nend\n"
        damaged = decode(healthy.encode(), page, habit)
        repair = fixtext.repair(damaged, LOSSY)
        prove(damaged, repair)
        assert repair.text == healthy


@pytest.mark.parametrize("gone", ["\u951f\u65a4\u62f7" * 2, "\u95bf\u71b8\u67bb\u93b7"])
def test_what_is_gone_is_told(gone: str) -> None:
    repair = fixtext.repair(f"文件{gone}取失败", LOSSY)
    assert not repair.changed
    assert [suspect.span for suspect in repair.suspects] == [(2, 2 + len(gone))]


def test_what_stands_beside_what_is_gone_is_repaired() -> None:
    healthy = "配置\ufffd\ufffd件读取失败，请检查文件的权限。\nend\n"
    damaged = decode(healthy.encode(), "cp936", "windows")
    assert "\u951f\u65a4\u62f7" in damaged
    repair = fixtext.repair(damaged, LOSSY)
    prove(damaged, repair)
    assert repair.text == healthy


DROPPED = "  服务器需要一个用户级服务器，目前不依赖内核支持。\n  下一个版本再说。\n\nend\n"


@pytest.mark.parametrize("label", ["说明：", "错误信息: ", "备注:", ""])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_tail_behind_a_label_comes_back_with_its_end(label: str, end: str) -> None:
    for phrase in ("操作已完成", "重新启动服务器", "文件不存在"):
        misread = decode(phrase.encode(), "gb18030", "replace")
        for mark in ("\ufffd", "?"):
            damaged = label + misread.replace("\ufffd", mark) + end
            repair = fixtext.repair(damaged, LOSSY)
            prove(damaged, repair)
            assert repair.text == label + phrase + end


@pytest.mark.parametrize("label", ["说明：", ""])
@pytest.mark.parametrize("phrase", ["保存成功", "版本号不正确", "请输入用户名"])
def test_a_field_whose_last_byte_was_cut_off(label: str, phrase: str) -> None:
    damaged = label + decode(phrase.encode()[:-1], "gb18030", "replace").replace("\ufffd", "?")
    repair = fixtext.repair(damaged, LOSSY)
    prove(damaged, repair)
    assert repair.text in (label + phrase, label + phrase[:-1] + "\ufffd")
    assert "last" in str(repair.edits[0].channel)


def test_private_use_characters_that_were_dropped() -> None:
    damaged = re.sub("[\ue000-\uf8ff]", "", decode(DROPPED.encode(), "cp936", "windows"))
    assert len(damaged) < len(decode(DROPPED.encode(), "cp936", "windows"))
    repair = fixtext.repair(damaged, LOSSY)
    prove(damaged, repair)
    assert repair.text == DROPPED


def test_question_marks_inside_a_run_are_weighed_together() -> None:
    healthy = "这是一个简单的例子，它只有一个参数。\n返回值是一个字符串，不是一个数字。\n"
    damaged = decode(healthy.encode(), "gbk", "replace").replace("\ufffd", "?")
    repair = fixtext.repair(damaged, LOSSY)
    prove(damaged, repair)
    assert repair.text == healthy


def test_carriage_returns_are_swallowed_too() -> None:
    healthy = "// 自动化操作\r\nvar x = 1;\r\n// 说明文字写在这里\r\n"
    damaged = round_trip(healthy)
    repair = fixtext.repair_bytes(damaged, LOSSY)
    prove(damaged.decode("utf-8", "surrogateescape"), repair)
    assert repair.text == healthy


def test_torn_bytes_are_no_example() -> None:
    repair = fixtext.repair_bytes(round_trip("参数见 `自动化操作 后面` 一节\n"))
    assert "自动化操作" in repair.text


def test_torn_utf8_is_read_as_utf8() -> None:
    for healthy in ("// 定义操作 \nvar tab = {c=2;d=7;e=4};\n", "// 操作\nx\n" * 3):
        repair = fixtext.repair_bytes(round_trip(healthy))
        assert repair.encoding == "utf-8"
        assert not re.search("[\udc80-\udcff]", repair.text)


def test_nothing_guessed_is_certain() -> None:
    repair = fixtext.repair_bytes(round_trip("// 自动化操作\nvar x = 1;\n"), LOSSY)
    guesses = [guess for edit in repair.edits for guess in edit.guesses]
    assert guesses
    assert all(0.9 < guess.probability < 1 for guess in guesses)


SWALLOWED = [
    ('print("创建多线', "程", ");", '"'),
    ("// 打开文", "件", "    int x = 1;", "\n"),
    ("f(数据源, 目标路", "径", "; // 完", ")"),
    ("使用方", "法", "python setup.py", " "),
]

ARGUMENTS = [
    ("### text.wrap(字符", "串", "每行长度)", ","),
    ("`readFile(路径,编", "码", "...)`", ","),
    ("    result = table.sort(列", "表", "key)", ","),
    ("见 text.wrap(每行的长", "度", "，默认为 80)", ""),
    ("调用 text.wrap(字符串 长", "度", "都可以省略)", ""),
    ("这个函数(名称", "和", "类型都给出)", ""),
]
"""Places in brackets; where something else than a comma may stand there, the last is empty."""


def likeliest(left: str, char: str, right: str, habits: Habits) -> list[tuple[float, str]]:
    """Return the bits of what may have been swallowed, the cheapest first."""
    costs, _ = Swallowed(habits).costs([Surroundings(left, right, right)], [0], [left], [char])
    return sorted(zip(costs[0].tolist(), SWALLOWABLE, strict=True))


@pytest.mark.parametrize(("left", "char", "right", "swallowed"), SWALLOWED)
def test_what_was_swallowed(left: str, char: str, right: str, swallowed: str) -> None:
    assert swallowed in [found for _, found in likeliest(left, char, right, NO_HABITS)[:2]]


@pytest.mark.parametrize(("left", "char", "right", "swallowed"), ARGUMENTS)
def test_a_comma_parts_what_a_call_has_in_its_brackets(left: str, char: str, right: str, swallowed: str) -> None:
    assert bool(Surroundings(left, right, right).not_here) is (swallowed == ",")
    if swallowed:
        bits, found = likeliest(left, char, right, NO_HABITS)[0]
        assert found == swallowed
        assert bits < 1


def test_who_writes_commas_of_ascii_parts_clauses_with_them() -> None:
    for left, char, right in (
        ("如果没有指定名称,则返回空值,如果出现错", "误", "则返回错误信息"),
        ("成功返回句柄,失败返回空", "值", "可以省略第二个参数"),
    ):
        assert likeliest(left, char, right, NO_HABITS)[0][1] == ","


def test_a_document_has_habits() -> None:
    def cost(habits: Habits) -> float:
        left, right = "指定文本", "则禁用此控件"
        return next(bits for bits, found in likeliest(left, "时", right, habits) if found == ";")

    assert cost(habits_of(["如果找到数据;则返回真\n如果没有文件;则返回假\n" * 20])) < cost(NO_HABITS) - 2


@pytest.mark.parametrize(
    ("left", "char", "right", "swallowed"),
    [
        ('    print("操作已完', "成", ")", '"'),
        ("    # 读取配置文", "件", "        value = 1", "\n"),
        ("    # 如果没有找到文", "件", " 则返回错误", ","),
    ],
)
def test_habits_do_not_overrule_what_stands_around(left: str, char: str, right: str, swallowed: str) -> None:
    habits = habits_of(["    # 如果找到数据, 则返回真( 数据 )\n    return x\n" * 20])
    assert likeliest(left, char, right, habits)[0][1] == swallowed


def test_contexts_in_software() -> None:
    assert software.context("  自动化操") == ("操", "化操")
    assert software.context("x  ") == (" ", "a ")
    assert software.context("") == ("^", "^^")
    counts = software.counts()
    context = counts.find(["构", "\u9225\u9225"])
    seen, ended, listed = counts.behind(context, np.array([ord("体"), ord("体")], np.uint32))
    assert 0 < ended[0] <= seen[0]
    assert listed.tolist() == [True, False]


def test_marks_of_both_kinds_are_found_in_order() -> None:
    first, last = "我们已经完成了全部的工作。\n", "真的是一个例子?\n"
    damaged = decode((first + last).encode(), "gb18030", "replace")
    assert "?" in damaged and "\ufffd" in damaged
    assert fixtext.repair(damaged, LOSSY).text == first + last


def test_as_text_the_same_is_repaired() -> None:
    damaged = round_trip("// 自动化操作\nvar x = 1;\n").decode("utf-8", "replace")
    repair = fixtext.repair(damaged, LOSSY)
    prove(damaged, repair)
    assert repair.text in (damaged, "// 自动化操作\nvar x = 1;\n")


def test_bytes_of_other_encodings_are_not_taken_for_lost_ones() -> None:
    for data in (b"\xc4\xe3\xba\xc3?", b"caf\xe9?", "浣?".encode("gbk") + "你好世界".encode("gbk") * 5):
        repair = fixtext.repair_bytes(data, LOSSY)
        assert not any(edit.damage == "lossy" for edit in repair.edits)
        assert repair.undo().encode(repair.encoding, "surrogateescape") == data


def test_what_is_not_utf8_for_another_reason_survives() -> None:
    damaged = round_trip("// 自动化操作\nvar x = 1; // 说明文字\n") + b"\xff\n"
    repair = fixtext.repair_bytes(damaged, LOSSY)
    assert repair.changed
    assert repair.text.encode("utf-8", "surrogateescape").endswith(b"\xff\n")
    assert repair.undo().encode("utf-8", "surrogateescape") == damaged


UNCERTAIN = round_trip("而在 C# 里 int 是整数。\n另一行文字\n")


def test_uncertain_places_of_a_round_trip_stay_as_they_are() -> None:
    marked = fixtext.repair_bytes(UNCERTAIN, Config(("lossy",), required_probability=1.0))
    kept = fixtext.repair_bytes(UNCERTAIN, Config(("lossy",), required_probability=1.0, holes="keep"))
    guessed = fixtext.repair_bytes(UNCERTAIN, Config(("lossy",), required_probability=1.0, holes="guess"))
    source = UNCERTAIN.decode("utf-8", "surrogateescape")
    for repair in (marked, kept, guessed):
        prove(source, repair)
    assert not any(guess.probability < 0.5 for edit in marked.edits for guess in edit.guesses)
    assert not kept.changed and kept.suspects
    assert "\ufffd" not in guessed.text and not re.search("[\udc80-\udcff]", guessed.text)


def test_holes_in_misread_text() -> None:
    damaged = decode("这是一个简单的例子，它只有一个参数。\n".encode(), "gbk", "replace")
    marked, kept, guessed = (
        fixtext.repair(damaged, Config(("lossy",), required_probability=1.0, holes=holes))
        for holes in ("mark", "keep", "guess")
    )
    for repair in (marked, kept, guessed):
        prove(damaged, repair)
    assert "\ufffd" in marked.text and "单的例子" in marked.text
    assert fixtext.repair(marked.text, LOSSY).text == marked.text
    assert kept.text == damaged
    assert guessed.text == "这是一个简单的例子，它只有一个参数。\n"


@pytest.mark.parametrize("wrong", [{"holes": "invent"}, {"required_probability": 1.5}])
def test_config_says_what_is_wrong(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Config(**wrong)  # type: ignore[arg-type]


def test_history_restores_exactly() -> None:
    healthy = "// 第一行注释\nint 甲 = 1;\n// 操作\n// 结束\n"
    damaged = round_trip(healthy).decode("utf-8", "surrogateescape")
    repair = run(damaged, [History(["别的内容\n", healthy])], LOSSY)
    prove(damaged, repair)
    assert repair.text == healthy
    assert not any(edit.guesses for edit in repair.edits)


def test_history_that_knows_nothing_does_nothing() -> None:
    damaged = round_trip("// 操作甲\nx\n").decode("utf-8", "surrogateescape")
    assert run(damaged, [History(["// 完全不同\n"])], LOSSY).text == damaged


def test_sites() -> None:
    assert [site.known for site in sites("作\udce4\udcbd? \udce4?\udc9c \ufffd? \udce4\udcbd" + LOST)] == [
        (0xE4, 0xBD, None),
        (0xE4, None, 0x9C),
        (),
        (0xE4, 0xBD, None),
    ]


def test_a_page_writes_back_what_it_reads() -> None:
    for page in READINGS:
        healthy = "中文，テスト"
        misread = decode(healthy.encode(), page, "ignore")
        if encode(misread, page, "ignore") == healthy.encode():
            assert back(misread, page) == healthy


def test_gb18030_loses_nothing_but_80_inside_a_run() -> None:
    assert lost_bytes("gb18030", "replace", b"\xa4") == {0x80}
    assert 0xBF in lost_bytes("gb18030", "replace", b"\n")


@given(st.text(alphabet=st.sampled_from('我们操作文件的值。，（）"() \n;ax1?\ufffd'), max_size=60))
def test_every_repair_is_proved(healthy: str) -> None:
    damaged = round_trip(healthy)
    source = damaged.decode("utf-8", "surrogateescape")
    repair = fixtext.repair(source, LOSSY)
    prove(source, repair)
    assert fixtext.repair(repair.text, LOSSY).text == repair.text


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    prove(text, fixtext.repair(text, LOSSY))
