"""Streams: the same result however the bytes arrive, and nearly that of the whole text."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixtext
from fixtext import Config
from fixtext.channels import Channel, Decode, Encode
from fixtext.charset import lossless
from fixtext.charset.reading import UnreadableError
from fixtext.engine import DetectorError
from fixtext.files.streaming import repair_stream
from tests.conftest import ROOT

SIZE = 4096
STORY = (
    "早上我们去公园散步，看见很多老人在打太极拳。\n孩子们在湖边喂鸭子，笑得很开心。\n"
    "下午回家以后，妈妈做了一桌好菜，大家一边吃一边聊天。\n晚上听了一会儿音乐，就早早地睡了。\n\n"
    "第二天是星期一，大家都要上班和上学，路上的车特别多。\n公司里新来了几位同事，经理让我带他们熟悉环境。\n"
)
MISREAD = Channel((Encode("gb18030"), Decode("latin-1")))
LOSSY = Channel((Encode("utf-8"), Decode("gb18030", "replace")))


def stream(data: bytes, block: int = 1 << 18, config: Config | None = None, size: int = SIZE) -> list[fixtext.Repair]:
    return list(repair_stream(io.BytesIO(data).read, config, size=size, block=block))


def text(data: bytes, block: int = 1 << 18, config: Config | None = None, size: int = SIZE) -> str:
    return "".join(repair.text for repair in stream(data, block, config, size))


@pytest.mark.parametrize("block", [1, 100, SIZE, 1 << 26])
@pytest.mark.parametrize("damage", [str, MISREAD.damage, LOSSY.damage], ids=["none", "misread", "lossy"])
def test_the_result_does_not_depend_on_blocks(damage: Callable[[str], str], block: int) -> None:
    data = (STORY * 20 + damage(STORY * 10) + STORY * 5).encode()
    assert len(data) > 3 * SIZE
    assert text(data, block) == text(data)


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(
            [
                STORY,
                MISREAD.damage(STORY),
                LOSSY.damage(STORY),
                "caf\u00c3\u00a9 au lait\n",
                "plain text\r\n",
                "x" * 300,
            ]
        ).map(str.encode)
        | st.sampled_from([STORY.encode("gbk"), b"\xff\n", b"\xe4\xbd\n"]),
        max_size=12,
    ).map(b"".join),
    st.integers(1, 5000),
)
def test_whatever_comes(data: bytes, block: int) -> None:
    found = stream(data, block, size=512)
    assert [repair.text for repair in stream(data, size=512)] == [repair.text for repair in found]
    # nothing is lost: undone, all windows give the input back
    assert b"".join(lossless.encode(repair.undo(), repair.encoding) for repair in found) == data


def test_short_input_is_what_repair_bytes_says() -> None:
    data = MISREAD.damage(STORY).encode()
    assert len(data) <= SIZE
    assert stream(data) == [fixtext.repair_bytes(data)]
    assert stream(b"") == [fixtext.repair_bytes(b"")]


def test_misread_text_is_repaired_over_all_borders() -> None:
    damaged = MISREAD.damage(STORY * 30)
    healthy = text(damaged.encode())
    assert healthy == fixtext.fix(damaged)
    assert MISREAD.damage(healthy) == damaged


def test_each_edit_is_proved_in_its_own_window() -> None:
    data = (MISREAD.damage(STORY * 20) + LOSSY.damage(STORY * 10)).encode()
    found = stream(data)
    assert len(found) > 3
    for repair in found:
        source = repair.undo()
        assert repair.edits
        for edit in repair.edits:
            assert source[slice(*edit.span)] == edit.before
            assert edit.channel.damage(edit.after) == edit.before


def test_without_an_end_of_a_line() -> None:
    damaged = "，".join(MISREAD.damage(STORY * 40).splitlines())
    assert text(damaged.encode(), 77) == text(damaged.encode())


@pytest.mark.parametrize("page", ["gbk", "big5", "euc-jp", "utf-16le", "utf-16be", "iso-2022-jp", "cp1251"])
def test_other_encodings(page: str) -> None:
    story = {
        "big5": "早上我們去公園散步，看見很多老人在打太極拳。\n孩子們在湖邊餵鴨子，笑得很開心。\n",
        "cp1251": "Утром мы пошли гулять в парк и увидели много людей.\nДети кормили уток и смеялись.\n",
    }.get(page, STORY)
    if page in ("euc-jp", "iso-2022-jp"):
        story = "朝、公園へ散歩に行きました。子供たちが池のほとりで遊んでいました。\n夜は音楽を聴いて早く寝ました。\n"
    data = (story * 200).encode(page)
    if page.startswith("utf-16"):
        data = "\ufeff".encode(page) + data
    found = stream(data, 1000)
    assert "".join(repair.text for repair in found).removeprefix("\ufeff") == story * 200
    assert (len(found) > 3) is (page != "iso-2022-jp")  # what a byte means there depends on all before it


def test_a_byte_order_mark_stays() -> None:
    data = b"\xef\xbb\xbf" + STORY.encode() * 20
    assert text(data).encode() == data


def test_what_ascii_was_followed_by() -> None:
    data = b"plain text\n" * 1000 + STORY.encode("gbk") * 20
    assert text(data) == "plain text\n" * 1000 + STORY * 20


def test_lines_in_another_encoding_later_on() -> None:
    data = STORY.encode() * 20 + STORY.encode("gbk") * 40 + STORY.encode() * 5
    found = stream(data)
    assert "".join(repair.text for repair in found) == STORY * 65
    assert {repair.encoding for repair in found} == {"utf-8"}  # one input, one encoding: the rest is told as edits
    assert {edit.damage for repair in found for edit in repair.edits} == {"encoding"}


def test_bytes_that_are_no_text_stay() -> None:
    data = STORY.encode() * 20 + bytes(range(256)) * 30 + b"\n" + STORY.encode() * 20
    assert b"".join(lossless.encode(repair.undo(), repair.encoding) for repair in stream(data)) == data
    with pytest.raises(UnreadableError):
        stream(data, config=Config(errors="strict"))


def test_binary_data_is_refused() -> None:
    with pytest.raises(UnreadableError):
        stream(bytes(range(256)) * 100)


def test_an_encoding_that_is_named() -> None:
    data = ("\u0416\u0434\u0438\n" * 3000).encode("koi8-r")
    assert text(data, config=Config(encoding="koi8-r")) == "\u0416\u0434\u0438\n" * 3000


@pytest.mark.parametrize("filler", [STORY, "plain text\n" * 20])
def test_markers_hold_across_windows(filler: str) -> None:
    bad = MISREAD.damage("大家一边吃一边聊天\n")
    head = "# fixtext: off\n" + filler * 30 + bad
    rest = "# fixtext: on\n" + filler * 30 + bad
    data = (head + rest).encode()
    assert text(data) == head + rest.removesuffix(bad) + fixtext.fix(filler * 20 + bad)[len(filler) * 20 :]


def test_a_detector_that_fails() -> None:
    from fixtext.detectors import registry
    from tests.doubles import Says

    def fail(_text: str) -> list[object]:
        raise LookupError("lost")

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(registry._ready, "glossed", Says(fail))  # type: ignore[arg-type]
        with pytest.raises(DetectorError):
            stream(STORY.encode() * 20)


EXAM = ROOT.parent / "shared" / "exam"


@pytest.mark.skipif(not EXAM.exists(), reason="the texts are not here")
@pytest.mark.parametrize("folder", ["gloss/in", "clean/hard", "clean/zh-Hant", "clean/ja", "clean/code"])
def test_texts_of_the_world(folder: str) -> None:
    files = sorted(path for path in (EXAM / folder).rglob("*") if path.is_file())
    data = b"".join(path.read_bytes() for path in files)[:200_000]
    assert text(data, 4096, size=1 << 15) == text(data, size=1 << 15)


def test_the_samples_one_after_the_other() -> None:
    data = b"".join(path.read_bytes() for path in sorted(Path(ROOT, "samples").rglob("*.in.txt")))
    assert text(data, 4096, size=1 << 14) == text(data, 1 << 26, size=1 << 14)
