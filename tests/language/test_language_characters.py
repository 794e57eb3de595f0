"""Which script a character belongs to, and what the model folds."""

from __future__ import annotations

import pytest

from fixtext.language import fold, script_of


@pytest.mark.parametrize(
    ("char", "script"),
    [
        ("国", "hans"),
        ("國", "hant"),
        ("图", "hans"),
        ("圖", "hant"),
        ("人", "both"),
        ("里", "both"),  # 里 is a mile in both scripts, and Simplified 裏 besides
        ("后", "both"),  # 后 is an empress in both scripts
        ("a", ""),
        ("。", ""),
        ("あ", ""),
        ("𠀀", ""),
        ("\ud800", ""),
    ],
)
def test_script_of(char: str, script: str) -> None:
    assert script_of(char) == script


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("圖書館裡的書", "图书馆里的书"),
        ("图书馆里的书", "图书馆里的书"),
        ("乾隆 ABC ，", "乾隆 ABC ，"),  # OpenCC keeps 乾, which is qián in both scripts
        ("", ""),
        ("\ud800漢", "\ud800汉"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_keeps_length_and_is_idempotent() -> None:
    text = "".join(map(chr, range(0x3400, 0xA000)))
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
