"""The language model: what it answers for any text, alone and with a document."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtext.language import LanguageModel, default_model
from fixtext.language.document import _SMALL

any_text = st.text(st.characters(exclude_categories=()), max_size=30)
any_char = st.characters(exclude_categories=())

SENTENCE = "山里的桥去年秋天修好了，孩子们每天沿着小路去上学。"
NOVEL = "钱掌柜推开窗，看见阿绣站在雨里。阿绣不说话，钱掌柜也不说话。" * 40

HEALTHY_AND_MISREAD = [
    ("我们今天下午去图书馆看书，然后一起吃晚饭。", "utf-8", "gbk"),
    ("我們今天下午去圖書館看書，然後一起吃晚飯。", "utf-8", "gbk"),
    ("我们今天下午去图书馆看书。", "gbk", "latin-1"),
    ("我們今天下午去圖書館看書。", "big5", "gbk"),
    ("今日は図書館で本を読みました。", "cp932", "gbk"),
    ("今日は図書館で本を読みました。", "euc-jp", "gbk"),
    ("오늘 오후에 도서관에 갔습니다.", "cp949", "gbk"),
    ("오늘 오후에 도서관에 갔습니다.", "utf-8", "cp949"),
    ("Сегодня мы идём в библиотеку.", "utf-8", "cp1251"),
    ("Сегодня мы идем в библиотеку.", "cp1251", "koi8-r"),
    ("Сьогодні ми йдемо до бібліотеки.", "utf-8", "cp1252"),
    ("Σήμερα πάμε στη βιβλιοθήκη.", "utf-8", "latin-1"),
    ("วันนี้เราไปห้องสมุด", "utf-8", "latin-1"),
    ("نذهب اليوم إلى المكتبة", "utf-8", "latin-1"),
    ("היום אנחנו הולכים לספרייה", "utf-8", "latin-1"),
    ("आज हम पुस्तकालय जा रहे हैं", "utf-8", "latin-1"),
    ("Hôm nay chúng tôi đến thư viện.", "utf-8", "latin-1"),
    ("Aujourd'hui, nous allons à la bibliothèque.", "utf-8", "latin-1"),
    ("Příští týden půjdeme do knihovny.", "utf-8", "latin-1"),
    ("Bugün kütüphaneye gidiyoruz, görüşürüz.", "utf-8", "latin-1"),
]


@pytest.mark.parametrize(("text", "source", "target"), HEALTHY_AND_MISREAD)
def test_healthy_text_is_cheaper_than_its_misreading(text: str, source: str, target: str) -> None:
    damaged = text.encode(source, "ignore").decode(target, "replace")
    model = default_model()
    assert model.bits(text) + 20 < model.bits(damaged)


@given(any_text)
@settings(deadline=None)
def test_any_text_has_finite_bits(text: str) -> None:
    bits = default_model().bits(text)
    assert 0 <= bits < 70 * max(len(text), 1)


@pytest.mark.parametrize(
    "char", ["\ud800", "\udfff", "\0", "\x80", "\uffff", "\U0010ffff", "\ue000", "\u0378", "\ufffd"]
)
def test_what_no_text_holds_is_dearer_than_a_rare_ideograph(char: str) -> None:
    assert default_model().transition("", char) > default_model().transition("", "龘") > 12


@given(st.lists(st.tuples(any_text, any_char), max_size=20))
@settings(deadline=None)  # the first batch imports numpy
def test_batch_equals_single(pairs: list[tuple[str, str]]) -> None:
    model = default_model()
    batch = model.transitions([before for before, _ in pairs], [char for _, char in pairs])
    assert batch.tolist() == [model.transition(before, char) for before, char in pairs]


@given(any_text.filter(bool))
@settings(deadline=None)
def test_places_of_a_text_cost_the_same_one_by_one_and_together(text: str) -> None:
    one_by_one, together = with_own_tables(), default_model()
    together.transitions([""], ["a"])  # the keys are made
    places = range(len(text))
    found = one_by_one.transitions_in(text, places).tolist()
    assert found == together.transitions_in(text, places).tolist()
    assert found == together.transitions_in(text + "\n" * 100 * len(text), places).tolist()  # few for its length
    assert found == [together.transition(text[:place], text[place]) for place in places]


def with_own_tables() -> LanguageModel:
    return LanguageModel(default_model()._table)


@pytest.mark.parametrize("document", [SENTENCE, NOVEL], ids=["counted in Python", "counted by numpy"])
def test_batch_equals_single_with_a_document(document: str) -> None:
    model = default_model().with_document([document, "阿绣去图书馆。"])
    text = "钱掌柜和阿绣去图书馆，\ud800沿着小路A去。" + SENTENCE
    places = range(len(text))
    batch = model.transitions([text[:place] for place in places], list(text))
    assert batch.tolist() == [model.transition(text[:place], text[place]) for place in places]


def test_both_ways_of_counting_a_document_agree() -> None:
    short = NOVEL[: _SMALL - 200]
    alone = default_model().with_document([short])
    # Beyond the limit numpy counts; the padding is one character over and over, which shares no n-gram with the probes.
    padded = default_model().with_document([short, "ᚠ" * 400])
    assert alone.transition("阿", "绣") == pytest.approx(padded.transition("阿", "绣"), abs=0.01)


def test_batch_of_nothing() -> None:
    assert default_model().transitions([], []).tolist() == []


@given(any_text, any_text, any_text)
@settings(max_examples=50, deadline=None)
def test_bits_are_the_sum_of_transitions(before: str, text: str, after: str) -> None:
    model = default_model()
    whole = before + text + after[:2]
    places = range(len(before), len(whole))
    assert model.bits(text, before, after) == sum(model.transition(whole[:place], whole[place]) for place in places)


def test_long_text_costs_what_its_characters_cost() -> None:
    text = (SENTENCE + "abc ÄÖ\ud800😀") * 30
    model = default_model()
    single = sum(model.transition(text[:place], text[place]) for place in range(len(text)))
    assert model.bits(text) == single
    assert model.bits(text, "中", "文字") == model.bits(text[:200], "中") + model.bits(text[200:], text[:200], "文字")


def test_only_the_last_two_characters_before_count() -> None:
    model = default_model()
    assert model.transition("任何东西图书", "馆") == model.transition("图书", "馆")
    assert model.bits("馆", "任何东西图书") == model.bits("馆", "图书")


def test_both_chinese_scripts_cost_the_same() -> None:
    model = default_model()
    assert model.bits("圖書館裡的書") == model.bits("图书馆里的书")


def test_a_document_makes_its_own_words_cheaper() -> None:
    general = default_model()
    own = general.with_document([NOVEL])
    assert own.bits("阿绣", "看见") + 5 < general.bits("阿绣", "看见")
    assert own.bits("钱掌柜") + 5 < general.bits("钱掌柜")


def test_a_document_costs_strange_words_less_than_half_a_bit_a_character() -> None:
    general = default_model()
    own = general.with_document([NOVEL])
    text = "湖面上的风很大"
    assert own.bits(text) <= general.bits(text) + 0.5 * len(text)


def test_a_document_is_not_read_across_its_texts() -> None:
    apart = default_model().with_document(["甲乙", "丙丁"])
    together = default_model().with_document(["甲乙丙丁"])
    assert together.transition("甲乙", "丙") + 1 < apart.transition("甲乙", "丙")


def test_an_empty_document_changes_nothing() -> None:
    model = default_model().with_document([])
    assert model.bits(SENTENCE) == default_model().bits(SENTENCE)
    assert default_model().with_document(["", ""]).bits(SENTENCE) == default_model().bits(SENTENCE)


@pytest.mark.parametrize("weight", [-0.1, 1.0])
def test_weight_must_be_a_share(weight: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        default_model().with_document([SENTENCE], weight)


def test_threads_agree() -> None:
    expected = [default_model().bits(NOVEL[start : start + 40]) for start in range(200)]
    own = default_model().with_document([NOVEL])
    expected_own = [default_model().with_document([NOVEL]).bits(NOVEL[start : start + 40]) for start in range(3)]

    def score(model: LanguageModel, start: int) -> float:
        return model.bits(NOVEL[start : start + 40])

    with ThreadPoolExecutor(8) as pool:
        fresh = LanguageModel(default_model()._table)
        assert list(pool.map(lambda start: score(fresh, start), range(200))) == expected
        assert list(pool.map(lambda start: score(own, start), range(3))) == expected_own


def test_pickled_by_reference() -> None:
    model = default_model().with_document([NOVEL])
    data = pickle.dumps(model)
    assert len(data) < len(NOVEL.encode()) + 1000
    assert pickle.loads(data).bits("阿绣去图书馆") == model.bits("阿绣去图书馆")
    assert pickle.loads(pickle.dumps(default_model())) is default_model()


def test_memory_of_transitions_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fixtext.language.model._REMEMBERED", 50)
    model = LanguageModel(default_model()._table)
    for start in range(0x4E00, 0x4E00 + 500):
        model.transition("中", chr(start))
    assert len(model._memo) <= 50


def test_short_texts_do_not_load_numpy() -> None:
    code = (
        "import sys; from fixtext.language import default_model, fold, script_of; "
        "default_model().with_document(['你好']).bits('你好'); fold('漢'); script_of('漢'); "
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
