"""All stages together: repair, then what is asked for; one result, told in edits that lead back."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Channel, Config
from tests.proofs import prove

TORN = "讓我們?cè)诩议T口就能夠享受到優(yōu)質(zhì)的醫(yī)療服務(wù),今后還要擴(kuò)大服務(wù)范圍。\n"

ASKED = (
    pytest.param("里面有后门", Config(script="twp"), "裡面有後門", id="script"),
    pytest.param("ＡＢＣ，ﾃｽﾄ", Config(normalize=("width",)), "ABC，テスト", id="normalize"),
    pytest.param(
        "Ａ里面\r\n后面\r\n", Config(script="tw", normalize=("width", "newlines")), "A裡面\n後面\n", id="both"
    ),
    pytest.param(
        TORN,
        Config(script="tw"),
        "讓我們在家門口就能夠享受到優質的醫療服務,今後還要擴大服務範圍。\n",
        id="after repair",
    ),
)


@pytest.mark.parametrize(("text", "config", "expected"), ASKED)
def test_what_is_asked_for_is_done_and_undone(text: str, config: Config, expected: str) -> None:
    result = fixtext.repair(text, config)
    assert result.text == expected
    prove(text, result)
    assert pickle.loads(pickle.dumps(result)) == result
    for edit in result.edits:
        assert Channel.from_dict(edit.channel.to_dict()) == edit.channel
    assert fixtext.repair(result.text, config).text == expected


def test_nothing_is_converted_unless_asked() -> None:
    for text in ("里面有后门", "ＡＢＣ，ﾃｽﾄ", "a\r\nb\rc"):
        assert fixtext.repair(text).text is text
        assert fixtext.repair(text, Config()).text is text


def test_a_conversion_tells_how_much_it_converted_and_left() -> None:
    result = fixtext.repair("里面有后门\n日本語のテキストです。\n", Config(script="tw"))
    assert result.text == "裡面有後門\n日本語のテキストです。\n"
    assert result.notes[0].startswith("tw: 1 segments converted")
    assert "left" in result.notes[0]


def test_the_functions_of_the_package() -> None:
    assert fixtext.convert("里面", "s2tw") == "裡面"
    assert fixtext.normalize("ＡＢＣ", "width") == "ABC"


@pytest.mark.parametrize("config", [Config(script="klingon"), Config(normalize=("tidy",))])
def test_unknown_names_are_refused(config: Config) -> None:
    with pytest.raises(ValueError, match="unknown"):
        fixtext.repair("里面", config)


@given(st.text(alphabet="里后云里面ＡＢｱ\r\n \u3000(qū)a,，。", max_size=40))
def test_every_result_leads_back(text: str) -> None:
    config = Config(script="twp", normalize=("newlines", "width", "spaces", "punctuation"))
    prove(text, fixtext.repair(text, config))
