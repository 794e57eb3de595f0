"""What the lines of one document say about each other, and texts that hold several damages."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Config
from fixtext.detectors.misdecoded import suspicion
from fixtext.language import default_model
from tests.conftest import RunPython
from tests.detectors.misdecoded.test_tables import CONFIG, misread
from tests.proofs import prove

GBK = misread("utf-8", "gbk")
WEST = misread("gbk", "cp1252")


def test_healthy_words_inside_a_damaged_paragraph() -> None:
    damaged = f"他说：{GBK.damage('文件已经存储')}，然后就走了。"
    assert fixtext.repair(damaged, CONFIG).text == "他说：文件已经存储，然后就走了。"


def test_two_damages_in_one_text() -> None:
    damaged = f"第一行\n{GBK.damage('文件存储已经失败')}\n中间\n{WEST.damage('请检查网络设置')}\n"
    repair = fixtext.repair(damaged, CONFIG)
    assert repair.text == "第一行\n文件存储已经失败\n中间\n请检查网络设置\n"
    assert {str(edit.channel) for edit in repair.edits} == {str(GBK), str(WEST)}
    prove(damaged, repair)


def test_the_document_helps_a_short_span() -> None:
    short = '"name": "' + WEST.damage("目") + '"'
    alone = fixtext.repair(short, CONFIG)
    assert alone.text == short
    lines = [WEST.damage(line) for line in ("请确认您的网络设置", "系统管理员的密码", "用户名称不能为空")]
    together = fixtext.repair("\n".join([*lines, short]), CONFIG)
    assert together.text.endswith('"name": "目"')


def test_quotations_are_reported_not_repaired() -> None:
    text = "When UTF-8 is read as GBK, the page shows `浣犲ソ` to its readers."
    repair = fixtext.repair(text, CONFIG)
    assert not repair.edits
    assert [suspect.reason for suspect in repair.suspects] == ["quoted in a text about misread text"]


def test_more_required_bits_mean_fewer_repairs() -> None:
    text = GBK.damage("你好")
    assert fixtext.repair(text, CONFIG).changed
    assert not fixtext.repair(text, Config(detectors=("misdecoded",), required_bits=60.0)).changed


@pytest.mark.parametrize("text", ["a" * 600 + "Ã©" + "中文" * 100, "ÄãºÃ " * 200, "😀é÷═╗ｱ縺ｧжЖ" * 60])
def test_both_ways_to_classes_agree(text: str) -> None:
    from fixtext.detectors.misdecoded.at_once import class_bytes
    from fixtext.detectors.misdecoded.long_texts import places_in

    classes = text.translate(suspicion.CLASSES)
    assert class_bytes(text).decode() == classes
    places = [match.span() for match in suspicion.SUSPECT.finditer(classes)]
    assert places
    assert all(any(start < last and first < end for first, last in places) for start, end in places_in(text))


def test_classes_of_long_texts_are_those_of_short_ones() -> None:
    from fixtext.detectors.misdecoded.at_once import class_bytes

    text = "".join(map(chr, range(0x10000)))
    assert class_bytes(text).decode() == text.translate(suspicion.CLASSES)


ODD = "aZ. \u4e2d\u6587\u3002\u201c\u6d63\u72b2\u7f08\u9352\u0434\u0414\u0451\u0409\u03b1\u0391\u03c2\xe9\xc9\u01b0"
ODD += "\xa9\u2192\u2500\u2550\u2588\x7f\x01\uff71\u0e40\u0e18\u0637\u05f3\u0915\uac00\ubdc1\U0001f600"


@given(st.text(alphabet=ODD, max_size=8))
def test_the_sieve_holds_nothing_suspicious_back(text: str) -> None:
    from fixtext.detectors.misdecoded.sieve import sieve

    classes = text.translate(suspicion.CLASSES)
    if suspicion.SUSPECT.search(classes):
        assert not sieve(short=False).are_absent(text)
        assert not sieve(short=True).are_absent(text)
    if suspicion.suspicious(text):
        assert not sieve(short=True).are_absent(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_text_comes_out_proved_and_settled(text: str) -> None:
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert fixtext.repair(repair.text, CONFIG).text == repair.text


WORDS = [
    "我们",
    "昨天",
    "在",
    "家门口",
    "看到",
    "一只",
    "小猫",
    "它",
    "跑得",
    "很快",
    "老师",
    "说",
    "今天",
    "学习",
    "新的",
    "课文",
    "城市",
    "的",
    "天气",
    "已经",
    "变冷",
    "了",
]


@given(st.lists(st.sampled_from(WORDS), min_size=8, max_size=20, unique=True).map("".join))
def test_a_misreading_is_undone_or_left_alone_but_never_made_worse(healthy: str) -> None:
    damaged = WEST.damage(healthy)
    assert fixtext.repair(damaged, CONFIG).text in (healthy, damaged)


def test_a_part_that_is_utf8_by_accident_does_not_hide_the_whole() -> None:
    healthy = "一只学习今天变冷它我们了的"  # what DOS 850 can write of it is valid UTF-8
    assert fixtext.repair(WEST.damage(healthy), CONFIG).text == healthy


def test_the_file_of_common_characters_is_that_of_the_model() -> None:
    by_class: dict[str, list[str]] = {"c": [], "m": []}
    for code in suspicion.MODELLED:
        by_class.setdefault(suspicion.class_of(code), []).append(chr(code))
    file = Path(suspicion.__file__).with_name("common.txt")
    transition = default_model().transition
    domestic = [
        char
        for char in map(chr, range(0x4E00, 0xA000))
        if min(transition(kana, char) for kana in suspicion.PARTICLES) <= suspicion.DOMESTIC_BITS
    ]
    lines = file.read_text("utf-8").split("\n")
    assert lines == ["".join(by_class["c"]), "".join(by_class["m"]), "".join(domestic), ""]


def test_the_tables_of_the_scan_are_those_of_the_model() -> None:
    from fixtext.detectors.misdecoded.characters import FILE, characters, computed, packed

    made = computed()
    assert zlib.decompress(Path(FILE).read_bytes()) == packed(made)
    kept = zip(characters(), made, strict=True)
    assert all(np.array_equal(np.asarray(table), np.asarray(own)) for table, own in kept)


@pytest.mark.parametrize("text", ["plain", "\u4f60\u597d\uff0c\u4e16\u754c\u3002" * 60, "\xe9t\xe9 \xe0 la c\xf4te"])
def test_what_the_scan_of_healthy_text_does_not_load(text: str, run_python: RunPython) -> None:
    program = (
        "import sys; from fixtext.detectors.misdecoded import MisdecodedDetector\n"
        f"assert not MisdecodedDetector().scan({text!a})\n"
        "print([name for name in ('numpy', 'ftfy', 'fixtext.language', 'fixtext.codepages') if name in sys.modules])"
    )
    assert run_python("-c", program).stdout.decode().strip() == "[]"


def test_a_repair_that_is_not_believed_is_no_evidence() -> None:
    table = "ÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ\n"
    text = table + "an ordinary line that keeps both apart\n" * 2 + '"name": "' + WEST.damage("目") + '"'
    repair = fixtext.repair(text, CONFIG)
    assert repair.text == text
    assert [suspect.span.start for suspect in repair.suspects] == [0]


def test_names_in_capitals_among_healthy_letters_are_no_evidence_for_each_other() -> None:
    names = ("ХО КХЯ", "ХО КХВЯ", "КХО КХОН", "КХО РАКХАНГ", "Ё ЕИНГ", "ХО ХОНГ", "АНГХАНХУ", "РО РЮ")
    table = "".join(f"тайский символ «{name}»\n" for name in names)
    assert fixtext.fix(table) == table


@pytest.mark.parametrize(
    ("source", "reader", "line"),
    [
        ("gbk", "cp950", "这一行文字在路上坏掉了"),
        ("gb18030", "cp949", "这一行文字在路上坏掉了"),
        ("gbk", "euc-jp", "这一行文字在路上坏掉了"),
        ("euc-jp", "cp950", "この行は途中でこわれた"),
        ("euc-jp", "cp949", "この行は途中でこわれた"),
    ],
)
def test_what_happened_to_a_line_is_no_reason_to_touch_healthy_characters(source: str, reader: str, line: str) -> None:
    healthy = ["他把这叫作代码熵积累。", "他们在此处定朔望。", "临汜的风勤于吹遁甲之书。", "曹操在序言里写得很短。"]
    healthy += ["清水さんは憤っていた。", "斯う云って此奴は笑った。"]
    damaged = "\n".join([*healthy[:3], misread(source, reader).damage(line), *healthy[3:]])
    assert fixtext.repair(damaged, CONFIG).text == "\n".join([*healthy[:3], line, *healthy[3:]])


@pytest.mark.parametrize("frame", ["“{}”", "这个命令“{}”是对的。", "他说 “{}” 的。", "前言——{}", "• {}", "«{}»"])
@pytest.mark.parametrize(("source", "reader"), [("gbk", "cp1252"), ("gbk", "cp1251"), ("gbk", "cp950")])
def test_marks_of_the_author_around_misread_text_stay(frame: str, source: str, reader: str) -> None:
    damaged = frame.format(misread(source, reader).damage("组合的命令和使用"))
    assert fixtext.repair(damaged, CONFIG).text == frame.format("组合的命令和使用")


@pytest.mark.parametrize(
    "damaged", ["\u201cGr\u00f6\u00dfe\u201d \u2014 Ma\u00df", "«Привет» – мир", "“漢字”與‘仮名’", "…»à la carte«"]
)
def test_marks_around_healthy_text_stay_too(damaged: str) -> None:
    assert not fixtext.repair(damaged, CONFIG).edits


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_document_may_be_misread_and_ascii(order: str) -> None:
    healthy = "The quick brown fox jumps over the lazy dog.\n" * 20
    repair = fixtext.repair(healthy.encode(order).decode("ascii"), CONFIG)
    assert repair.undo() == healthy.encode(order).decode("ascii")
