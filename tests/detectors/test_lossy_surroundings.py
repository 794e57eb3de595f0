"""What the classifier of swallowed characters sees of a line."""

from __future__ import annotations

import pytest

from fixtext.detectors.lossy.brackets import NOT_OWED, OWED, UNCLOSED, marks
from fixtext.detectors.lossy.layout import beginning, written
from fixtext.detectors.lossy.open_marks import LOST, closer, in_block, is_closed, opened
from fixtext.detectors.lossy.shapes import kind_after, kind_before, shape, symbol
from fixtext.detectors.lossy.surroundings import Surroundings


@pytest.mark.parametrize(
    ("char", "expected"),
    [("", "$"), ("a", "a"), ("Z", "A"), ("7", "0"), ("字", "H"), ("é", "H"), ("，", "P"), (",", ","), (LOST, LOST)],
)
def test_symbol(char: str, expected: str) -> None:
    assert symbol(char) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Word 12", "a 0"),
        ("中文字，好", "hph"),
        ("((a", "((a"),
        ("，，", "pp"),
        ("0x1F", "0a0a"),
        ("a0ha", "a0a"),
    ],
)
def test_shape_joins_letters_digits_and_han_alone(text: str, expected: str) -> None:
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("left", "rest", "marks", "closing"),
    [
        ("call(a, 'b", "')", ["(", "'"], "'"),
        ("call('b', ", "c[1])", ["("], ")"),
        ("don't (", "x", ["("], ""),
        ("f(", f"a{LOST}b", ["("], "L"),
        ("plain", "text", [], ""),
    ],
)
def test_open_marks(left: str, rest: str, marks: list[str], closing: str) -> None:
    assert opened(left) == marks
    assert closer(rest, marks) == closing


def test_brackets_that_a_line_owes() -> None:
    assert marks("（见", "附录")["）"] == OWED
    assert marks("见", "附录")["）"] == NOT_OWED
    assert marks("见", "附录）")["（"] == OWED
    assert marks("见", "附录")["（"] == UNCLOSED
    assert "（" not in marks("见", f"附录{LOST}")


def test_comments_that_are_open() -> None:
    assert [in_block(left) for left in ("x /* y", "x /* y */", "<!-- y", "// y")] == [1, 0, 2, 0]
    assert [is_closed(rest) for rest in ("y */", "y", "/* z */")] == [True, False, False]


def test_kinds() -> None:
    assert [kind_before(left) for left in ("", "a", "。", "中文", "中文字符")] == ["x", "x", "。", "h", "c"]
    assert [kind_after(right) for right in ("", "- x", "中文", "中文字符", "x = 1;", "word", ") {")] == [
        "$", "B", "Hh", "Hc", "as", "a", ") ",
    ]  # fmt: skip
    assert [beginning(line) for line in ("- a", "1. a", "## a", "| a", "// a", "中")] == [1, 2, 3, 4, 5, 0]


def test_a_line_is_known_by_its_words_its_spaces_and_what_parts_it() -> None:
    plain = written("支持 Linux 和 macOS 平", "请升级", "请升级")
    close = written("支持Linux和macOS平", "请升级", "请升级")
    assert {feature[0] for feature in plain} == set("YUyrtdMAL")
    assert "y20H" in plain
    assert "y02H" in close
    assert "Ytrue," in written("返回", "TRUE, 否则", "TRUE, 否则")
    assert "t, |," in written("第一, 第二, 第", "第四,第五", "第四,第五")


def test_what_is_called_by_a_name_of_several_parts_is_a_call() -> None:
    for left, named in (
        ("text.wrap(字符", True),
        ("readFile(路", True),
        ("read_file(路", True),
        ("def read(路", True),
        ("read(路", False),
        ("路径(绝", False),
        ("(绝", False),
    ):
        assert f"f({int(named)}H," in Surroundings(left, "宽,", "宽, 高)").base
