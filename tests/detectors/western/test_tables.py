"""The two tables of the detector: texts that must not change, and misread texts with what they were."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Channel, Config
from fixtext.channels import Decode, Encode, Step
from fixtext.channels.space_steps import BlankNoBreakSpaces, DropSoftHyphens, SqueezeSpaces
from tests.proofs import prove

CONFIG = Config(detectors=("western",))


def misread(*pages: str) -> Channel:
    """Return the channel of the misreadings ``source, reader, source, reader, ...``."""
    steps = zip(pages[::2], pages[1::2], strict=True)
    return Channel(tuple(step for source, reader in steps for step in (Encode(source), Decode(reader))))


UNCHANGED = [
    "",
    "63,|\r\n64,\x80\r\n65,\x81\r\n66,\x82\r\n67,\x83\r\n",
    "##@ \n0x0086 \x86\n          @ \n0x008A \x8a\n",
    "plain ASCII -- nothing else",
    "D’été comme d’hiver, à l’« Étoile » — où l’on sert du bœuf — il fait 20 °C.",
    "VOILÀ L’ÉTÉ À LA CÔTE D’AZUR : 30° À L’OMBRE, 12 € L’ENTRÉE",
    "pÜ©i\t 600\nkÜ®c\t 311",
    "o\x89\t 52\n\x89k\t 47",
    "- The letter Â was drawn as Å",
    "% with \\usepackage[latin1]{inputenc}:\n% ! Undefined sequence.\n% l.7 ...\\greek{Î±}{á¾¶}\n% and so on\n",
    '"In Ioannem": ["Vol", "pg", "lnÎ¿Ýß§Î¿Ý\\\\Ñ³"]',
    '"De ieiunio": ["Vol", "pg", "lnÈ¿ÛÞÈ¿mË"]',
    '    ("Ø³", "க்ஷ"),\n',
    "MANHÃ É BOA, IRMÃ MAIS NOVA, AMANHÃ ÀS NOVE, NÃO HÁ AÇÃO",
    "„Ä“, „Ö“ und „Ü“ sind Umlaute, „ß“ ist keiner",
    "RØDGRØD MED FLØDE PÅ EN Ø I ÅEN",
    "Å is a unit of length, Ångström’s; 5 Å–8 Å",
    "¿Qué? ¡Sí! EL NIÑO’S ™ y el 1º ó 2ª, JESÚS “EL ÑATO”",
    "CUỘC SỐNG ĐÃ QUA, CHÚNG TA ĐÃ ĐẾN “Ở ĐÂY”",
    "Česká republika, Łódź, Győr, Şişli, İstanbul’da “Çay”",
    "Γ’ τάξη, Β’ Γυμνασίου· «Ό,τι θέλεις» Έλα!",
    "СССР–США, «Ёлка» — её её; Р“С”, Р. С. Т.",
    "її нії, ґанок, в’ється, об’єкт № 5",
    "x² + y² ≤ 3×10⁵ ± 2 µm, ∂f/∂x ≠ √2, ∑ªº, ©®™, Ω ≈ 5‰",
    "√ © 2020 ◊ ∆ ¬ ƒ(x) = π",
    "│ é │ ä │\n├───┼───┤\n║ x ║ ┬─┬ ノ( º _ ºノ)",
    "(╯°□°)╯︵ ┻━┻",
    "/ˈɪntəˌnæʃənəl ˈfəʊnɛtɪk/",
    "©2020 Foo® “Bar”™ …",
    "这里有“引号”、——破折号……和×、÷、°、α、β。",
    "ÄãºÃ£¬ÊÀ½ç¡£",  # GBK read as Latin-1: another detector's
    "\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd",  # Shift_JIS read as Latin-1
    "рТЙЧЕФ",  # KOI8-R read as Windows-1251
    "æ\u2014\u0087 alone is not enough",
    "ab\x85cd",
    "`cafÃ©` instead of `café` shows up if the encoding is wrong",
    "The name is written `itâ€™s` when UTF-8 is read as Windows-1252.",
    "console.log('tést');\n// latin1 decoding, prints: this is a tÃ©st",
    "ï»¿ is a mark of UTF-8, read in Windows-1252",
    "lone surrogate \ud800 and é",
]

REPAIRED = [
    ("Le café est à côté de l’hôtel « Étoile ».", misread("utf-8", "cp1252")),
    ("Le café est à côté de l’hôtel.", misread("utf-8", "latin-1")),
    ("légère", misread("utf-8", "mac-roman")),
    ("Größenänderung", misread("utf-8", "cp437")),
    ("el corazón de España", misread("utf-8", "cp1250")),
    ("Příliš žluťoučký kůň", misread("utf-8", "cp1252")),
    ("Привет, мир", misread("utf-8", "cp1251")),
    ("Привет, мир", misread("utf-8", "cp1252")),
    ("Καλημέρα σας", misread("utf-8", "cp1253")),
    ("hẹn gặp lại", misread("utf-8", "cp1254")),
    ("l’école d’été", misread("utf-8", "cp1257")),
    ("don’t — never", misread("utf-8", "mac-roman")),
    ("“Well,” he said…", misread("utf-8", "cp1252")),
    ("été", misread("utf-8", "latin-1", "utf-8", "latin-1")),
    ("it’s “so”", misread("utf-8", "cp1252", "utf-8", "cp1252")),
    ("“They’re here” – said Zoë’s friend", misread("cp1252", "latin-1")),
    ("😀 wow", misread("utf-8", "cp1252")),
    ("😀😀 wow", misread("cesu-8", "latin-1")),
    ("voilà le travail", Channel((*misread("utf-8", "latin-1").steps, BlankNoBreakSpaces()))),
    ("Déjà à côté", Channel((*misread("utf-8", "latin-1").steps, BlankNoBreakSpaces(), SqueezeSpaces()))),
]


VANISHED = [
    ("He said “Yes, of course.” and left.", ()),
    ("“Quoted” and “again”", ()),
    ("русский язык и литература", ()),
    ("什么是抖动？有序抖动、误差扩散", ()),
    ("你好，世界。", (BlankNoBreakSpaces(),)),
    ("Καλημέρα σας, τι κάνετε σήμερα;", ()),
    ("ฝนตกหนักมากเมื่อวานนี้", ()),
]
"""Texts that lost the bytes that Windows-1252 has no character for, and what else happened to them."""

VANISHED_UNCHANGED = [
    "žluťoučký kůň úpěl",  # Czech, which the model has not read: which letter is more than it knows
    "Ďábel a Řek, ďáblův žák, Ďurinová",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_unchanged(text: str) -> None:
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert repair.text == text


@pytest.mark.parametrize(("healthy", "channel"), REPAIRED, ids=str)
def test_repaired(healthy: str, channel: Channel) -> None:
    damaged = channel.damage(healthy)
    assert damaged != healthy
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert repair.text == healthy
    assert fixtext.repair(healthy, CONFIG).text == healthy


@pytest.mark.parametrize(("healthy", "channel"), REPAIRED, ids=str)
@pytest.mark.parametrize("frame", ['{"title": "%s", "n": 1}', "log.info('%s')", "see below: %s (end)"])
def test_repaired_inside_a_line(healthy: str, channel: Channel, frame: str) -> None:
    assert fixtext.repair(frame % channel.damage(healthy), CONFIG).text == frame % healthy


@pytest.mark.parametrize(("healthy", "channel"), REPAIRED[:2], ids=str)
def test_beside_healthy_words_of_the_kind(healthy: str, channel: Channel) -> None:
    text = f"« Où est l’élève ? » {channel.damage(healthy)}, répondit-il."
    assert fixtext.repair(text, CONFIG).text == f"« Où est l’élève ? » {healthy}, répondit-il."


def test_what_is_cleaned_up_by_ftfy_stays() -> None:
    damaged = misread("utf-8", "cp1252").damage("café")
    text = f"{damaged} “ﬁne” ＦＵＬＬ　ｗｉｄｔｈ &amp; e\u0301\r\n\x1b[1m\ufeff"
    assert fixtext.repair(text, CONFIG).text == "café “ﬁne” ＦＵＬＬ　ｗｉｄｔｈ &amp; e\u0301\r\n\x1b[1m\ufeff"


def test_a_weak_place_is_a_suspect_and_the_document_helps_it() -> None:
    weak = misread("utf-8", "cp1252").damage("Merci à")
    alone = fixtext.repair(weak, CONFIG)
    assert (alone.text, len(alone.suspects)) == (weak, 1)
    others = misread("utf-8", "cp1252").damage("L’été a été très beau.\nOù est l’élève ?\n")
    assert fixtext.repair(others + weak, CONFIG).text.endswith("\nMerci à")


def test_a_quotation_is_no_evidence() -> None:
    text = "It measures 5 Å–8 Å, see Merci Ã\u00a0\nWrite `cafÃ©` and `itâ€™s` if the encoding is wrong, not `café`.\n"
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert repair.text == text


def test_quotations_are_reported() -> None:
    repair = fixtext.repair("`cafÃ©` instead of `café` shows up if the encoding is wrong", CONFIG)
    assert [suspect.reason for suspect in repair.suspects] == ["quoted in a text about misread text"]


def vanish(healthy: str, *more: Step) -> str:
    return Channel((Encode("utf-8"), Decode("cp1252", "drop-c1"), *more)).damage(healthy)


@pytest.mark.parametrize(("healthy", "more"), VANISHED)
def test_bytes_that_vanished_come_back(healthy: str, more: tuple[Step, ...]) -> None:
    damaged = vanish(healthy, *more)
    assert len(damaged) < len(healthy.encode()) or more
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert repair.text == healthy
    assert any(edit.guesses for edit in repair.edits)


@pytest.mark.parametrize("healthy", VANISHED_UNCHANGED)
def test_what_is_too_uncertain_is_not_chosen(healthy: str) -> None:
    damaged = vanish(healthy)
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert not any(edit.guesses for edit in repair.edits)


SOFT_HYPHENS = [
    "La política de privacidad",
    "día",
    "MARTÍN: política de energía",
    "El niño comía sandía. Sí, aquí.",
    "Kdo jiný to ví, když ne více lidí",
    "Így kell írni: víz, híd, szín",
    "Não há saída possível",
    "这个会自动分配到正确的位置",
    "ねこがすきなひとはおおいですね、とかれはいいました",
    "전역 설정 파일에 다음 코드를 추가하세요",
    "Καλημέρα, τι κάνετε σήμερα;",
]
"""Texts whose bytes AD were soft hyphens, and vanished."""

SOFT_HYPHENS_UNCHANGED = [
    "NÃO HÁ, SÃO MANHÃS; AMANHÃ",
    "Ã by itself, [a-zÃ], [a-zÃ-Õ] and fooÃ-2",
    "camelÃ(1), fÃ4: 12",
]


@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
@pytest.mark.parametrize("healthy", SOFT_HYPHENS)
def test_soft_hyphens_that_vanished_come_back(healthy: str, page: str) -> None:
    read = misread("utf-8", page)
    damaged = Channel((*read.steps, DropSoftHyphens())).damage(healthy)
    assert len(damaged) < len(read.damage(healthy))
    repair = fixtext.repair(damaged)
    prove(damaged, repair)
    assert repair.text == healthy


@pytest.mark.parametrize("text", SOFT_HYPHENS_UNCHANGED)
def test_a_lone_capital_is_no_soft_hyphen(text: str) -> None:
    assert fixtext.repair(text).text == text


def test_a_letter_that_is_too_uncertain_does_not_keep_the_rest() -> None:
    damaged = "SÃ, el niÃ±o"
    repair = fixtext.repair(damaged)
    prove(damaged, repair)
    assert repair.text == "SÃ, el niño"


def test_the_end_of_a_field_is_cut_rather() -> None:
    damaged = Channel((Encode("utf-8"), Decode("latin-1"))).damage("すこしやすみましょうかな")[:-1]
    repair = fixtext.repair(damaged)
    prove(damaged, repair)
    assert repair.text.startswith("すこしやすみましょうか")
    assert not repair.text.endswith("ね")


def test_a_probability_that_is_asked_for_is_kept() -> None:
    damaged = vanish("русский язык и литература")
    marked = fixtext.repair(damaged, Config(detectors=("western",), required_probability=0.95))
    prove(damaged, marked)
    assert marked.text == "русский \ufffdзык и литература"
    kept = Config(detectors=("western",), required_probability=0.95, holes="keep")
    assert "\ufffd" not in fixtext.repair(damaged, kept).text
    guessed = Config(detectors=("western",), required_probability=0.95, holes="guess")
    assert fixtext.repair(damaged, guessed).text == "русский язык и литература"


@pytest.mark.parametrize("healthy", ["工具调用不一定成功", "いそがしかったんで、休みました", "切分策略也要版本化"])
def test_lines_in_which_hardly_anything_is_whole(healthy: str) -> None:
    damaged = vanish(healthy)
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert repair.text == healthy


def test_a_healthy_letter_is_no_character_that_lost_two_bytes() -> None:
    text = "â€œcaf\u00e9 cr\u00e8meâ€\x9d, dit l’\u00e9l\u00e8ve"
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert "caf\u00e9 cr\u00e8me" in repair.text
    assert repair.text.endswith("dit l’\u00e9l\u00e8ve")


ALL_CONTROLS_DROPPED = Channel((Encode("utf-8"), Decode("latin-1", "drop-c1")))


@pytest.mark.parametrize(
    ("healthy", "expected"),
    [
        (
            "Сегодня хорошая погода, и мы идём гулять в парк.",
            "Сегодн� �о�о�а� погода, и м� ид�м г�л��� в па�к.",
        ),
        ("今天天气很好，我们去公园散步吧。", "�天天��好��们����步��"),
        ("École fermée : où étais-tu passé cet été ?", "Ãcole fermée : où étais-tu passé cet été ?"),  # É or another
    ],
)
def test_where_all_controls_vanished_what_is_left_comes_back_and_little_is_chosen(healthy: str, expected: str) -> None:
    damaged = ALL_CONTROLS_DROPPED.damage(healthy)
    repair = fixtext.repair(damaged)
    prove(damaged, repair)
    assert repair.text == expected


def test_what_all_controls_took_may_be_guessed_if_asked_for() -> None:
    damaged = ALL_CONTROLS_DROPPED.damage("Сегодня хорошая погода, и мы идём гулять в парк.")
    guessed = fixtext.repair(damaged, Config(holes="guess"))
    prove(damaged, guessed)
    assert "\ufffd" not in guessed.text
    assert "погода" in guessed.text
    assert fixtext.repair(damaged, Config(holes="keep")).text == damaged


def test_a_dash_whose_last_byte_was_straightened_becomes_no_closing_mark() -> None:
    assert fixtext.fix('Espa\xc3\xb1a \xe2\u20ac" hola').replace("\xc3\xb1", "\xf1") == 'Espa\xf1a \xe2\u20ac" hola'


def test_a_dash_that_lost_its_last_byte_becomes_no_space_of_typesetters() -> None:
    damaged = "A toolkit \xc3\xa2\xe2\u201a\xac\xe2\u20ac for things"
    assert not {*map(chr, range(0x2000, 0x2009))} & {*fixtext.fix(damaged)}


def test_a_letter_of_a_distant_alphabet_needs_others_of_it() -> None:
    """In a table two Latin letters stand beside each other; in Arabic the word for *and* is a letter by itself."""
    alone, beside = "= Ù\x88 =", "= Ù\x88 = (حرف)"
    assert fixtext.repair(alone, CONFIG).text is alone
    assert fixtext.repair(beside, CONFIG).text == "= و = (حرف)"
