"""What holds for any text and any bytes, with the detectors as they are: damaged or healthy, of all scripts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixtext
from fixtext import Channel, Config
from fixtext.channels import Decode, Encode
from fixtext.charset import lossless
from fixtext.charset.reading import UnreadableError
from tests.conftest import RunPython
from tests.proofs import prove

EVERY = Config(detectors=("encoded", "glossed", "lossy", "misdecoded", "western"))

HEALTHY = (
    "今天早上我们在学校门口等了很久，后来大家决定一起去图书馆。",
    "臺灣的夏天很熱，我們常常到河邊去釣魚。",
    "明日の朝、駅で会いましょう。雨が降ったら電話してください。",
    "내일 아침 역에서 만나요. 비가 오면 전화해 주세요.",
    "Завтра утром встретимся на вокзале, если не будет дождя.",
    "Αύριο το πρωί θα συναντηθούμε στον σταθμό.",
    "Hẹn gặp bạn sáng mai ở nhà ga, nếu trời không mưa.",
    "พรุ่งนี้เช้าเจอกันที่สถานีนะ",
    "סוף הסיפור הזה עוד לא נכתב.",
    "نلتقي صباح الغد في المحطة.",
    "कल सुबह स्टेशन पर मिलते हैं।",
    "Grüße aus Köln – bis morgen früh, 15 € pro Person!",
    "À demain matin à la gare, s’il ne pleut pas.",
    "Zażółć gęślą jaźń; do zobaczenia jutro rano.",
    "def f(x):  # 返回 x 的平方\n    return x ** 2\n",
)
CHANNELS = tuple(
    Channel((Encode(source, "replace"), Decode(reader, "replace")))
    for source, reader in (
        ("utf-8", "cp1252"),
        ("utf-8", "gbk"),
        ("gbk", "cp1252"),
        ("cp932", "gbk"),
        ("cp1251", "cp1252"),
        ("koi8-r", "cp866"),
        ("utf-8", "cp437"),
    )
)

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
"""All code points: lone surrogates, NUL and those that are no characters too."""

PIECES = st.one_of(
    st.sampled_from(HEALTHY),
    st.builds(lambda text, channel: channel.damage(text), st.sampled_from(HEALTHY), st.sampled_from(CHANNELS)),
    st.builds(lambda text, start: text[start : start + 8], st.sampled_from(HEALTHY), st.integers(0, 20)),
    ANY,
    st.sampled_from(
        ("\0", "\ufeff", "\uffff", "\U0010ffff", "\udc80", "\ud83d", "?", "\ufffd", "锟斤拷", "\r\n", "`", "(")
    ),
)
TEXTS = st.lists(PIECES, max_size=5).map("".join)


@settings(max_examples=40)
@given(TEXTS)
def test_a_repair_is_proved_undone_and_final(text: str) -> None:
    for config in (None, EVERY):
        repair = fixtext.repair(text, config)
        prove(text, repair)
        again = fixtext.repair(repair.text, config)
        assert again.text is repair.text


@given(TEXTS)
def test_what_is_outside_the_spans_is_as_it_was(text: str) -> None:
    repair = fixtext.repair(text)
    position = place = 0
    for edit in repair.edits:
        length = edit.span.start - position
        assert repair.text[place : place + length] == text[position : edit.span.start]
        place += length
        assert repair.text[place : place + len(edit.after)] == edit.after
        place += len(edit.after)
        position = edit.span.end
    assert repair.text[place:] == text[position:]


@given(st.permutations(HEALTHY), st.sampled_from(("\n", "\r\n", " ", "\n\n")))
def test_healthy_text_is_the_same_object(lines: list[str], between: str) -> None:
    text = between.join(lines)
    assert fixtext.fix(text) is text


@given(st.one_of(st.binary(max_size=80), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_bytes_are_repaired_or_refused(data: bytes) -> None:
    try:
        repair = fixtext.repair_bytes(data)
    except UnreadableError:
        return
    assert lossless.encode(repair.undo(), repair.encoding) == data


@settings(max_examples=5)
@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_the_order_of_texts_does_not_count(texts: list[str]) -> None:
    there = [fixtext.repair(text) for text in texts]
    back = [fixtext.repair(text) for text in reversed(texts)]
    assert there == back[::-1]


ONE_BY_ONE = """
import json, sys, fixtext
texts = json.load(sys.stdin)
print(json.dumps([fixtext.fix(text) for text in (texts if sys.argv[1] == "there" else texts[::-1])]))
"""


def test_what_was_repaired_before_does_not_count(run_python: RunPython) -> None:
    """In processes of their own: whatever is remembered from text to text, in either order and after long ones."""
    damaged = [channel.damage(text) for text in HEALTHY for channel in CHANNELS]
    texts = [*HEALTHY, *damaged, "\n".join(damaged), "\n".join(HEALTHY) * 40]
    results = []
    for order in ("there", "back"):
        done = run_python("-c", ONE_BY_ONE, order, stdin=json.dumps(texts).encode())
        assert done.returncode == 0, done.stderr
        results.append(json.loads(done.stdout))
    assert results[0] == results[1][::-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "char", ["\0", "?", "\ufffd", "\xe9", "\u951f", "\u4e2d", "\u253c", "\uff71", "\U0010ffff", "("]
)
def test_a_megabyte_of_one_character(char: str) -> None:
    text = char * 1_000_000
    assert fixtext.repair(text).text is text
    data = text.encode()
    assert fixtext.repair_bytes(data).text == text


@pytest.mark.slow
@pytest.mark.parametrize("char", ["\ud800", "\udc80", "\uffff"])
def test_a_megabyte_of_no_character(char: str) -> None:
    text = char * 1_000_000
    assert fixtext.repair(text).text is text
