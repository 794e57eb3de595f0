"""The network that ranks lost characters by more of their line, and the tokens that it sees."""

from __future__ import annotations

import pytest

from fixtext.detectors.lossy.network import MAGIC, Network, network
from fixtext.detectors.lossy.open_marks import LOST
from fixtext.detectors.lossy.places import Place, Row
from fixtext.detectors.lossy.tokens import BEGIN, END, HIDDEN, KINDS, LEFT, NOTHING, RIGHT, WIDE_SPACE, kind, tokens


@pytest.mark.parametrize(
    ("left", "behind", "rest", "before", "after"),
    [
        ("", None, "", [BEGIN], [HIDDEN, END]),
        ("// 参", None, "text  返回", ["参", "/", "/", BEGIN], [HIDDEN, "text", WIDE_SPACE, "返", "回", END]),
        ("hwnd ", " ", "x=12", [" ", "hwnd", BEGIN], [" ", "x", "=", "12", END]),
        ("类", None, " Name", ["类", BEGIN], [HIDDEN, " ", "Name", END]),
        ("", "\n", f"    下一{LOST}", [BEGIN], ["\n", WIDE_SPACE, "下", "一", LOST, END]),
    ],
)
def test_tokens(left: str, behind: str | None, rest: str, before: list[str], after: list[str]) -> None:
    found = tokens(left, behind, rest)
    assert len(found) == LEFT + RIGHT
    assert found[:LEFT] == before + [NOTHING] * (LEFT - len(before))
    assert found[LEFT:] == after + [NOTHING] * (RIGHT - len(after))


def test_long_lines_are_cut() -> None:
    found = tokens("一,二.三;四:五!六" * 9, None, "a1b2c3d4e5f6" * 9)
    assert len(found) == LEFT + RIGHT
    assert BEGIN not in found
    assert END not in found


def test_rare_tokens_have_kinds() -> None:
    rare = ("7", "2048", "word", "WORD", "Word", "camelCase", "龘", "♠")
    assert tuple(map(kind, rare)) == KINDS


def place(left: str, right: str, known: tuple[int | None, ...], *, swallows: bool = True) -> Place:
    return Place(left, right, right, known, swallows)


@pytest.mark.parametrize(
    ("left", "char", "wrong", "right"),
    [
        # Which particle stands between two words in ASCII, the words of Chinese beyond them tell.
        ("    参数 hwnd ", "为", "与", "window 窗口句柄"),
        ("导出的函数转换", "为", "丐", "json 字符串"),
        ("// 保存", "到", "创", "data/output.txt 文件"),
        ("数据库名", "称", "秾", "string"),
    ],
)
def test_the_rest_of_the_line_decides(left: str, char: str, wrong: str, right: str) -> None:
    known: tuple[int | None, ...] = (*char.encode()[:2], None)
    assert wrong.encode()[:2] == char.encode()[:2]
    even: Row = [(3.0, wrong), (3.0, char)]
    [row] = network().reweighed([place(left, right, known)], [even])
    assert row[0][1] == char


def test_what_is_sure_or_not_known_by_two_bytes_stays() -> None:
    sure: Row = [(1.0, "与"), (9.0, "为")]
    even: Row = [(1.0, "与"), (1.5, "为")]
    single: Row = [(1.0, "与")]
    places = [
        place("参数 hwnd ", "window", (0xE4, 0xB8, None)),
        place("参数 hwnd ", "window", (0xE4, None, None)),
        place("参数 hwnd ", "window", (0xE4, 0xB8, None)),
    ]
    assert network().reweighed(places, [sure, even, single]) == [sure, even, single]


def test_a_row_does_not_depend_on_those_beside_it() -> None:
    row: Row = [(1.0, "与"), (1.5, "为"), (2.0, "中")]
    here = place("参数 hwnd ", "window 窗口", (0xE4, 0xB8, None))
    other = place("数据", " 表", (0xE5, 0xBA, None), swallows=False)
    [alone] = network().reweighed([here], [row])
    beside = network().reweighed([other, here], [[(1.0, "库"), (1.2, "度")], row])[1]
    assert [char for _, char in alone] == [char for _, char in beside]
    assert [bits for bits, _ in alone] == pytest.approx([bits for bits, _ in beside], abs=1e-4)


def test_a_character_that_the_network_does_not_know_stays_possible() -> None:
    row: Row = [(1.0, "\u4e22"), (1.0, "\u4e23")]
    [found] = network().reweighed([place("", "", (0xE4, 0xB8, None))], [row])
    assert {char for _, char in found} == {"\u4e22", "\u4e23"}
    assert all(0 < bits < 12 for bits, _ in found)


def test_another_version_of_the_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a network of this version"):
        Network(b"x" * len(MAGIC))
