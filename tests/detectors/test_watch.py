"""One look for all detectors: nothing that a detector's own scan would find may be lost by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Candidate, Channel, Config, Span, Suspect, engine
from fixtext.channels import Decode, Encode
from fixtext.detectors import registry, watch
from fixtext.detectors.misdecoded import suspicion
from fixtext.detectors.protocol import Placed
from fixtext.detectors.signs import END, START, Sign, Signs
from fixtext.detectors.watch import Watch
from tests.doubles import Rules

SAMPLES = sorted(Path(__file__).parents[2].glob("samples/*/*.txt"))
DETECTORS = registry.select(None)

HEALTHY = [
    "对于已经存在的项目来说，这个方法也是可以使用的，而且它不会改变任何其它的东西——真的……",
    "このメソッドは、コンポーネントが作成された後に呼び出されます。",
    "이 방법은 이미 존재하는 프로젝트에서도 사용할 수 있습니다.",
    "Это обычная строка русского текста, и в ней нет ничего странного.",
    "Eine gewöhnliche Zeile mit schönen Wörtern: „so ist es“ – oder nicht?",
    "Où est passée la nuit ? « Là-bas », dit-elle.",
    "def plain(text: str) -> str:  # 普通的注释",
    "plain text of 1999\n\tand a second line",
]
"""Lines that no detector need be asked about."""

ODD = "aZ. ?)$~{B\n\u4e2d\u6587\u3002\u201c\u2014\u6d63\u72b2\u7f08\u9352\u0434\u0414\u0451\u0409\u03b1\u0391\u03c2"
ODD += "\xe9\xc9\xa9\u2192\u2500\u2550\u2588\x7f\x01\x92\xc3\u20ac\uff71\u30fb\u7e3a\u0e40\u0e18\u0915\uac00\ubdc1"
ODD += "\u30ab\u3092\u3016\u2248\u8ba4"
ODD += "\ufffd\udce4\udc80\u01dc\u01b0\u1ea1\U0001f600"


PUT_IN = ("$B$3$s$K$A$O(B", "~{VPND~}", "{VPND<~Jx}", "イ〖", "\x1b$B$3\x1b(B", '{ "a": 1 }', "$B", "~{")
"""What escapes leave of Japanese and Chinese, the prolonged sound mark misread, and what looks like them."""


@pytest.fixture(autouse=True)
def _made(monkeypatch: pytest.MonkeyPatch) -> None:
    """All ways to look are worth their making; scans go without the sieve, which is made of the same signs."""
    monkeypatch.setattr(watch._Account, "seen", 10**9)
    monkeypatch.setattr(suspicion, "SIEVED", 10**12)


def _scanned(text: str) -> list[Sequence[Span]]:
    return [detector.scan(text) for detector in DETECTORS]


@pytest.mark.parametrize("text", HEALTHY)
def test_healthy_lines_pass(text: str) -> None:
    watcher = Watch(DETECTORS)
    assert watcher.passes(text)
    assert watcher.passes(text)  # as well once the patterns are there
    assert watcher.flagged(["plain"] * 9 + [text] + ["plain"] * 9) == []


@given(st.text(alphabet=ODD, max_size=12))
def test_what_passes_has_nothing_to_scan(text: str) -> None:
    if watch.watch(DETECTORS).passes(text):
        assert not any(map(len, _scanned(text)))


@given(st.text(alphabet=ODD, min_size=301, max_size=330))
def test_what_passes_of_longer_texts_has_nothing_to_scan(text: str) -> None:
    if watch.watch(DETECTORS).passes(text):
        assert not any(map(len, _scanned(text)))


@given(st.lists(st.text(alphabet=ODD, max_size=8), max_size=12), st.booleans())
def test_of_many_texts_those_are_flagged_that_do_not_pass(texts: list[str], long: bool) -> None:
    watcher = watch.watch(DETECTORS)
    texts = texts * 300 if long else texts
    flagged = set(watcher.flagged(texts))
    assert all(index in flagged or not any(map(len, _scanned(text))) for index, text in enumerate(texts[:12]))


@given(
    st.lists(st.text(alphabet=ODD, max_size=8), min_size=1, max_size=12),
    st.sampled_from(["", *PUT_IN]),
    st.integers(0, 400),
)
def test_of_many_longer_texts_those_are_flagged_that_do_not_pass(parts: list[str], put_in: str, place: int) -> None:
    watcher = watch.watch(DETECTORS)
    plain = "普通的文字" * (watch.SHORT // 5 + 1)
    texts = [plain + part for part in parts] + [part + plain for part in parts] + [plain[:place] + put_in + plain]
    texts *= watch.LONG // len(plain) // len(texts) + 1
    flagged = set(watcher.flagged(texts))
    for index, text in enumerate(texts[: 2 * len(parts) + 1]):
        assert index in flagged or not any(map(len, _scanned(text)))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_samples_are_looked_at_line_by_line(path: Path) -> None:
    watcher = watch.watch(DETECTORS)
    lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    flagged = set(watcher.flagged(lines))
    for index, line in enumerate(lines):
        if any(map(len, _scanned(line))):
            assert not watcher.passes(line)
            assert index in flagged


def _long_texts() -> list[str]:
    healthy = "\n".join(HEALTHY * 40)
    damaged = []
    for source, reader in (("utf-8", "gb18030"), ("utf-8", "cp1252"), ("gb18030", "latin-1"), ("cp932", "cp949")):
        channel = Channel((Encode(source, "replace"), Decode(reader, "replace")))
        damaged.append(f"{healthy}\n{channel.damage(HEALTHY[0])}\n{healthy}\n{channel.damage(HEALTHY[1])}")
    samples = [path.read_bytes().decode("utf-8", "surrogateescape") for path in SAMPLES]
    samples = [sample * (watch.MEDIUM // len(sample) + 1) for sample in samples if not sample.isascii()]
    return [healthy, *damaged, *samples, f"{healthy}\x7f", f"{healthy}區(qū)", f"好吗?{healthy}"]


@pytest.mark.parametrize("text", _long_texts())
def test_scans_of_long_texts_are_the_same_given_the_places(text: str) -> None:
    import numpy as np

    assert np.__name__ == "numpy"  # long texts are looked at with it where it is loaded
    places = watch.watch(DETECTORS).places(text)
    assert all(seen is not None for seen in places)
    for detector, seen in zip(DETECTORS, places, strict=True):
        assert seen is not None
        assert isinstance(detector, Placed)
        assert list(detector.scan_at(text, *seen)) == list(detector.scan(text))


def test_a_detector_that_tells_nothing_is_asked_about_every_text() -> None:
    silent = Rules({"wrong": "right"})
    watcher = Watch([*DETECTORS, silent])
    assert not watcher.passes("nothing")
    assert watcher.flagged(["nothing", "at all"]) == [0, 1]
    assert watcher.places("普通的文字" * 1000)[-1] is None
    for text in ("wrong", "普通的文字wrong" * 1000):
        assert engine.run(text, [*DETECTORS, silent], Config()).text == text.replace("wrong", "right")


class Telling(Rules):
    """Tells that all of its words begin with a "w"."""

    def signs(self, texts: str) -> Sequence[Sign]:
        return [Sign("w", "(?=r)")]


def test_a_detector_that_tells_is_spared_other_texts() -> None:
    class Spared(Telling):
        def scan(self, text: str) -> Sequence[Span]:
            assert "wr" in text
            return super().scan(text)

        def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
            return super().propose(text, spans, config)

    telling = Spared({"wrong": "right"})
    assert engine.run("plain words", [telling], Config()).text == "plain words"
    assert engine.run("a wrong word", [telling], Config()).text == "a right word"


def test_signs_know_the_ends_of_texts() -> None:
    signs = Signs([Sign("a", f"{END}"), Sign("b", f"(?<={START}.)"), Sign("k", check=lambda text: "!" in text)])
    assert signs.are_absent("ab ka") is False
    assert signs.are_absent("ab k")
    assert not signs.are_absent("b")
    assert not signs.are_absent("k!")
    assert list(signs.texts_with_signs(["ab", "ba", "", "xa", "x"])) == [1, 3]


@given(st.lists(st.one_of(st.sampled_from(HEALTHY), st.text(alphabet=ODD, max_size=12)), max_size=8))
def test_many_texts_come_out_as_one_by_one(texts: list[str]) -> None:
    assert fixtext.fix_many(texts) == [fixtext.fix(text) for text in texts]


def test_damaged_ones_among_many_are_repaired() -> None:
    channel = Channel((Encode("utf-8"), Decode("latin-1")))
    damaged = [channel.damage(line) for line in ("今天天气很好，我们去公园玩。", "昨天在家门口看到一只小猫跑。")]
    texts = [*HEALTHY * 500, *damaged, *HEALTHY]
    found = fixtext.fix_many(iter(texts))
    assert found == [fixtext.fix(text) for text in texts]
    assert found[len(HEALTHY) * 500] == "今天天气很好，我们去公园玩。"
    assert found[0] is texts[0]
    assert fixtext.fix_many([]) == []


@pytest.mark.parametrize("wrong", ["a text", [b"bytes"], ["text", None], 5])
def test_what_is_no_iterable_of_texts_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        fixtext.fix_many(wrong)  # type: ignore[arg-type]
