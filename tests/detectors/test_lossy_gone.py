"""What is told of text in another encoding that was read as UTF-8, and of which nearly nothing is left."""

from __future__ import annotations

import pytest

import fixtext

REASON = "bytes of another encoding were read as UTF-8 here, and what they were is gone"


@pytest.mark.parametrize(
    ("page", "healthy"),
    [
        ("cp932", "設定ファイルを読み込みます。"),
        ("euc_jp", "// ユーザーの一覧を取得する"),
        ("gbk", "int main() { // 程序从这里开始，请不要修改"),
        ("big5", "這個檔案的內容已經損壞"),
        ("cp949", "사용자 정보를 가져올 수 없습니다"),
        ("cp1251", "Файл не найден, проверьте путь"),
    ],
)
def test_it_is_told_and_left(page: str, healthy: str) -> None:
    lost = healthy.encode(page).decode("utf-8", "replace")
    text = f"first line\n{lost}\nlast line\n"
    repaired = fixtext.repair(text)
    assert repaired.text == text
    assert [suspect.reason for suspect in repaired.suspects] == [REASON]
    start, end = repaired.suspects[0].span
    assert text.count("\ufffd") == text.count("\ufffd", start, end)
    assert fixtext.repair(text * 20_000).suspects[0] == repaired.suspects[0]


@pytest.mark.parametrize(
    "text",
    [
        "U+FFFD looks like \ufffd, two of them like \ufffd\ufffd",
        'assert decode(data) == "\ufffd\ufffd\ufffd\ufffd"',
        "what was GBK becomes \ufffd\ufffd\ufffd\ufffd if it is read as UTF-8",
        "one \ufffd here and \ufffd there and \ufffd again",
    ],
)
def test_examples_are_not_told(text: str) -> None:
    repaired = fixtext.repair(text)
    assert repaired.text == text
    assert not repaired.suspects
