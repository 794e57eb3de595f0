"""The steps of a glossed page, forwards, checked byte by byte against what pages in the world show."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.channels import Channel, FoldPunctuation, InsertGlosses, ReadPieces, glossed_page
from fixtext.channels.gloss_steps import CUT_MARKS, read_gbk

gbk_text = st.text(st.characters(codec="gbk"), max_size=40)


class TestInsertGlosses:
    def test_a_gloss_stands_behind_its_character(self) -> None:
        assert InsertGlosses((("區", "qū"),)).run("區里".encode("gbk")) == "區(qū)里".encode("gbk")

    def test_bytes_are_searched_not_characters(self) -> None:
        assert bytes.fromhex("8283d4da") == "們在".encode("gbk")
        assert InsertGlosses((("冊", "cè"),)).run("們在".encode("gbk")) == b"\x82\x83\xd4(c\xa8\xa8)\xda"

    def test_behind_the_first_gloss_the_second_finds_its_bytes_torn(self) -> None:
        # 當地: AE 94 B5 D8; the bytes 94 B5 are 數
        both = "當地".encode("gbk")
        assert InsertGlosses((("數", "shù"), ("當", "dāng"))).run(both) == b"\xae\x94(d\xa8\xa1ng)\xb5(sh\xa8\xb4)\xd8"
        assert InsertGlosses((("當", "dāng"), ("數", "shù"))).run(both) == b"\xae\x94(d\xa8\xa1ng)\xb5\xd8"

    def test_text_is_refused(self) -> None:
        with pytest.raises(TypeError, match="not into text"):
            InsertGlosses(()).run("text")

    @given(gbk_text)
    def test_taking_the_glosses_out_again_gives_the_bytes(self, text: str) -> None:
        step = InsertGlosses((("冊", "cè"), ("區", "qū")))
        data = text.replace("(", "").encode("gbk")
        damaged = step.run(data)
        for gloss in ("(cè)", "(qū)"):
            damaged = damaged.replace(gloss.encode("gbk"), b"")
        assert damaged == data


class TestReading:
    @pytest.mark.parametrize(
        ("data", "text"),
        [
            ("d428", "?"),  # a lead byte and a byte that cannot follow: both are gone
            ("d43c62", "?b"),
            ("d437", "?"),
            ("d454", "訲"),  # letters can follow
            ("aafe41", "A"),  # a pair of the user-defined ranges vanishes
            ("a1406162", "ab"),
            ("80c8cb", "?人"),  # neither 80 nor FF is a lead byte
            ("ffc8cb", "?人"),
            ("c8cbd4", "人?"),  # alone at the end
            ("4142", "AB"),
            ("", ""),
        ],
    )
    def test_what_bytes_are_read_as(self, data: str, text: str) -> None:
        assert read_gbk(bytes.fromhex(data)) == text

    def test_a_lone_byte_may_be_shown_as_nothing(self) -> None:
        assert read_gbk(b"\xc8\xcb\xd4", lone="") == "人"

    @given(gbk_text)
    def test_healthy_bytes_are_read_as_they_are(self, text: str) -> None:
        assert ReadPieces().run(text.encode("gbk")) == text

    @given(st.binary(max_size=40), st.sampled_from(["", "？", "，。", CUT_MARKS]))
    def test_any_bytes_can_be_read(self, data: bytes, marks: str) -> None:
        assert "\ufffd" not in ReadPieces(marks).run(data)

    def test_marks_part_the_bytes_and_come_back(self) -> None:
        # 專科: 8C A3 BF C6; the bytes A3 BF are the fullwidth question mark
        assert ReadPieces("？").run(bytes.fromhex("8ca3bfc6c2")) == "?？坡"
        assert ReadPieces("？", lone="").run(bytes.fromhex("8ca3bfc6c2")) == "？坡"
        assert ReadPieces("").run(bytes.fromhex("8ca3bfc6")) == "專科"

    def test_the_order_of_the_marks_counts(self) -> None:
        data = "。現".encode("gbk")  # A1 A3 AC 46; A3 AC is the fullwidth comma
        assert ReadPieces("，。").run(data) == "?，F"
        assert ReadPieces("。，").run(data) == "。現"

    def test_text_is_refused(self) -> None:
        with pytest.raises(TypeError, match="read already"):
            ReadPieces().run("text")


class TestFolding:
    def test_marks_become_ascii_and_the_rest_stays(self) -> None:
        assert FoldPunctuation().run("，；：？！（）。、“”「」ａ") == ",;:?!()。、“”「」ａ"

    def test_bytes_are_refused(self) -> None:
        with pytest.raises(TypeError, match="not in bytes"):
            FoldPunctuation().run(b"")


SEEN = [
    # what pages in the world showed, and the sites that show it
    ("讓我們在家門口", "讓我們?cè)诩议T口", glossed_page({"冊": "cè"})),
    ("當地廣大", "當(dāng)?shù)貜V大", glossed_page([("數", "shù"), ("當", "dāng")])),
    ("煤炭儲量", "煤炭?jī)?chǔ)量", glossed_page([("儲", "chǔ"), ("績", "jī")])),
    ("專科聯盟", "??坡?lián)盟", glossed_page({"聯": "lián"}, marks="？")),
    ("專科特色的三級", "??铺厣娜?jí)", glossed_page({"級": "jí"}, marks="？")),
    ("介紹。現全文", "介紹,F(xiàn)全文", glossed_page({"現": "xiàn"}, marks="，", lone="")),
]


@pytest.mark.parametrize(("healthy", "damaged", "site"), SEEN)
def test_what_was_seen_comes_out(healthy: str, damaged: str, site: Channel) -> None:
    assert site.damage(healthy) == damaged
    stored = json.loads(json.dumps(site.to_dict()))
    assert Channel.from_dict(stored).damage(healthy) == damaged


def test_a_site_in_words() -> None:
    site = glossed_page({"冊": "cè", "區": "qū"}, marks="，。")
    assert str(site) == "encode gbk, insert 冊(cè) 區(qū), read gbk between ， 。, fold fullwidth punctuation"
    assert str(glossed_page({}, marks="", fold=False)).endswith("read gbk")


def test_characters_that_gbk_lacks_cannot_have_been_there() -> None:
    with pytest.raises(UnicodeEncodeError):
        glossed_page({"冊": "cè"}).damage("🙂")


@given(gbk_text)
def test_a_site_without_glosses_and_marks_harms_nothing(text: str) -> None:
    assert glossed_page({}, marks="", fold=False).damage(text) == text
