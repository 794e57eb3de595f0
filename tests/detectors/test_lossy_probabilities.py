"""Lost characters: what their probabilities are made of, and which characters are possible at all."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Config
from fixtext.codepages import decode
from fixtext.detectors.lossy.ends import Ends
from fixtext.detectors.lossy.joint import HOPELESS, Joint
from fixtext.detectors.lossy.losses import fits_of
from fixtext.detectors.lossy.places import Place, Row
from fixtext.detectors.lossy.readings import Reading
from fixtext.detectors.lossy.sites import KEPT_BYTE
from fixtext.detectors.lossy.software import EVERYWHERE
from fixtext.detectors.lossy.swallowed import NO_HABITS, Swallowed
from fixtext.detectors.lossy.temperature import TEMPERATURE, temperature_of
from fixtext.language import default_model

ROOT = Path(__file__).resolve().parent.parent.parent
INSIDE = Place("打开", "件夹", "件夹", (0xE6, 0x96, None), swallows=False, following=b"\xe4")
ENDING = Place("打开文", "x", "x = 1", (0xE4, 0xBB, None), swallows=True, following=b"x")
MANUAL = "图标用来打开选项。用鼠标单击图标可以打开选项，再单击一次图标就关闭选项。\n"


@pytest.mark.parametrize(
    ("page", "healthy", "holes"),
    [
        ("gbk", "\u3000\u3000他说今天的天气很好，我们去公园散步吧。\n\u3000\u3000她说好的。\n", "mark"),
        ("gb18030", "\u3000\u3000他说今天的天气很好，我们去公园散步吧。\n\u3000\u3000她说好的。\n", "mark"),
        ("gbk", "图\u00a07.\u00a0界面的选项\n表\u00a03.\u00a0选项的说明\n" * 3, "guess"),
    ],
)
def test_spaces_are_put_back(page: str, healthy: str, holes: Literal["mark", "guess"]) -> None:
    damaged = decode(healthy.encode(), page, "replace")
    assert "\ufffd" in damaged
    assert fixtext.repair(damaged, Config(detectors=("lossy",), holes=holes)).text == healthy


def shares(place: Place, row: Row, temperature: float = 1.0) -> dict[str, float]:
    found = Joint([place], [row], temperature, lambda: Swallowed(NO_HABITS)).weighed()[0]
    assert found is not None
    return dict(found.char.options)


@pytest.mark.parametrize("place", [INSIDE, ENDING])
def test_all_characters_count(place: Place) -> None:
    few: Row = [(1.0, "们"), (3.0, "件"), (4.0, "任")]
    many = few + [(4.5 + number / 8, char) for number, char in enumerate("仓仔仕他仗付仙代令以")]
    assert shares(place, many)["们"] < shares(place, few)["们"] - 0.05
    assert sum(shares(place, many).values()) < 1


@pytest.mark.parametrize("place", [INSIDE, ENDING])
def test_one_that_is_far_off_counts_as_much_as_it_weighs(place: Place) -> None:
    row: Row = [(0.0, "们"), (HOPELESS + 1, "件")]
    assert shares(place, row)["们"] == pytest.approx(1 - 2.0 ** -(HOPELESS + 1), abs=0.001)


@given(st.lists(st.floats(0, 30), min_size=2, max_size=16), st.floats(0.8, 3.2))
def test_probabilities_add_up(bits: list[float], temperature: float) -> None:
    row = list(zip(sorted(bits), "们件任仓仔仕他仗付仙代令以企休优", strict=False))
    first = shares(INSIDE, row, temperature)
    weights = [2.0 ** (-cost / temperature) for cost, _ in row]
    assert first["们"] == pytest.approx(weights[0] / sum(weights), abs=0.01)


def test_temperature_of_nothing() -> None:
    assert temperature_of([], default_model(), "hans") == TEMPERATURE
    assert temperature_of(["no Chinese here\n"] * 50, default_model(), "") == TEMPERATURE


def test_temperature_is_low_where_the_document_repeats_itself_and_high_where_it_surprises() -> None:
    model = default_model()
    chance = np.random.default_rng(1)
    usual = [chr(code) for code in range(0x4E00, 0x9FA0) if chr(code).encode("gb2312", "ignore")]
    noise = ["".join(chance.choice(usual, 40)) for _ in range(60)]
    assert temperature_of([MANUAL] * 40, model, "hans") < TEMPERATURE < temperature_of(noise, model, "hans") - 0.3


@given(st.lists(st.text(max_size=40), max_size=30))
def test_temperature_of_any_text(pieces: list[str]) -> None:
    assert 0.8 <= temperature_of(pieces, default_model(), "") <= 3.3


def ends(text: str, pieces: list[str], lost: int) -> list[float]:
    return [*Ends(pieces, lost).shares(np.array([*map(ord, text)], np.uint32))]


def test_ends_of_a_document() -> None:
    pieces = ["파일을 저장한다 그리고 파일을 연다 다시 저장한다", "저장한다 다음 저장한다 다음"] * 20
    ending, inside, unseen = ends("다저갂", pieces, 100)
    assert ending > 0.6
    assert inside < 0.15
    assert inside < unseen < ending
    assert ends("갂", [], 0) == [EVERYWHERE]


def test_marks_tell_of_ends_too() -> None:
    ending, inside = ends("すを", ["ファイルを保存します。それからファイルを開きます、"] * 30, 0)
    assert ending > 10 * inside


def test_marks_end_or_do_not() -> None:
    comma, stop, quoted, opening = ends("\u3001\u3002\u300d\uff08", [], 0)
    assert max(comma, opening) < 0.1
    assert stop == quoted > 0.6


def test_what_loses_each_of_its_ends_is_not_counted() -> None:
    text = "これは\u3001ペンです\u3002それは\u3001本です\u3002あれ"
    assert ends("\u3001\u3002", [text] * 30, 30) == pytest.approx(ends("\u3001\u3002", [], 0))


def test_sums_of_the_fit_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feature of a hundred thousand examples: single numbers lose the last digits of its gradient."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from lossy_builder.regression import _Loss

    count = 1 << 17
    table = np.full((count, 2), 2, np.int32)
    table[:, 0] = 0
    loss = _Loss(table, np.arange(count) % 3 % 2, 3, 2)
    weights = np.array([[0.3, -0.1], [0.0, 0.0], [0.0, 0.0]])
    _, gradient = loss(weights)
    share = np.exp(0.3) / (np.exp(0.3) + np.exp(-0.1))
    wanted = count * share - np.count_nonzero(np.arange(count) % 3 % 2 == 0) + 12 * 0.3
    assert gradient[0, 0] == pytest.approx(wanted, rel=1e-6)


def test_a_torn_place_of_which_every_byte_is_there_or_unknown_fits_anything() -> None:
    fits = fits_of((Reading("gbk", "java"),), "cp936", torn=True, dotted=False)
    assert "\u4f60" in fits.chars((0xE4, KEPT_BYTE, 0xA0), b" ")
