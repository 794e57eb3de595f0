"""Letters that a reading as UTF-8 has lost: text of a single-byte page with U+FFFD for each of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixtext
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.findings import Repair

LOST = {
    "fr": ("cp1252", "Le fichier n'a pas été trouvé dans le répertoire de l'utilisateur."),
    "fr, elision": ("cp1252", "L\u2019utilisateur n\u2019a pas été trouvé : vérifiez l\u2019adresse."),
    "fr, alone": ("cp1252", "Vous pouvez ajouter la valeur à la liste et répéter l'opération."),
    "de": ("cp1252", "Die Datei konnte nicht geöffnet werden, bitte prüfen Sie die Größe für alle Einträge."),
    "es": ("cp1252", "La configuración se actualizó en otra página, pero la sesión aún no terminó."),
    "pt": ("cp1252", "A configuração não é válida e a operação será cancelada pelo usuário."),
    "it": ("cp1252", "La connessione non è più attiva perché il servizio è stato fermato."),
    "sv": ("cp1252", "Du kan inte öppna filen på den här enheten, försök igen."),
    "da": ("cp1252", "Du må vælge en enhed, når den er på nettet."),
    "pl": ("cp1250", "Nie można otworzyć urządzenia, ponieważ usługa została wyłączona."),
    "cs": ("cp1250", "Zařízení není k dispozici, zkuste to později; může být také vybráno, když se používá."),
    "hu": ("cp1250", "A művelet nem sikerült, mert az eszköz jelenleg nem elérhető."),
    "tr": ("cp1254", "Bu cihaz için geçerli bir değer bulunamadı, lütfen tekrar deneyin."),
    "capitals": ("cp1252", "ATENÇÃO: a OPERAÇÃO não pode ser feita com esta configuração."),
    "en, alone": ("cp1252", "It\u2019s all that there is to do for the users of this house."),
    "en": ("cp1252", "I don\u2019t think it\u2019s what they were looking for, and we can\u2019t help you."),
}


def lost(text: str, page: str) -> str:
    return text.encode(page).decode("utf-8", "replace")


def proved(repaired: Repair) -> bool:
    return all(edit.channel.damage(edit.after) == edit.before for edit in repaired.edits)


@pytest.mark.parametrize("name", LOST)
def test_letters_come_back(name: str) -> None:
    page, healthy = LOST[name]
    repaired = fixtext.repair(lost(healthy, page))
    assert repaired.text == healthy
    assert proved(repaired)
    assert repaired.undo() == lost(healthy, page)
    assert all(guess.probability >= 0.95 for edit in repaired.edits for guess in edit.guesses)


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("Nome do usu\ufffdrio.", "Nome do usu\xe1rio."),
        ("mantida aberta ou n\ufffdo existe.</p>", "mantida aberta ou n\xe3o existe.</p>"),
        # no word that is known, but many like it
        (
            "As reparametriza\ufffd\ufffdes n\ufffdo s\ufffdo permitidas para este usu\ufffdrio.",
            "As reparametriza\xe7\xf5es n\xe3o s\xe3o permitidas para este usu\xe1rio.",
        ),
        # read once more, as Windows-1252
        (
            "O usu\xef\xbf\xbdrio n\xef\xbf\xbdo tem permiss\xef\xbf\xbdo para a opera\xef\xbf\xbd\xef\xbf\xbdo.",
            "O usu\xe1rio n\xe3o tem permiss\xe3o para a opera\xe7\xe3o.",
        ),
        # two lines in different languages
        (
            "Das Ger\ufffdt wurde f\ufffdr alle ge\ufffdffnet und gel\ufffdscht.\n"
            "L'appareil a \ufffdt\ufffd supprim\ufffd pour les \ufffdl\ufffdments de la s\ufffdlection.\n",
            "Das Ger\xe4t wurde f\xfcr alle ge\xf6ffnet und gel\xf6scht.\n"
            "L'appareil a \xe9t\xe9 supprim\xe9 pour les \xe9l\xe9ments de la s\xe9lection.\n",
        ),
        # troff, whose escapes are no letters of words
        (
            "El fichero de \\fIconfiguraci\ufffdn\\fP es la \\fB\ufffdltima\\fP p\ufffdgina de la secci\ufffdn.",
            "El fichero de \\fIconfiguraci\xf3n\\fP es la \\fB\xfaltima\\fP p\xe1gina de la secci\xf3n.",
        ),
    ],
)
def test_damaged(damaged: str, expected: str) -> None:
    repaired = fixtext.repair(damaged)
    assert repaired.text == expected
    assert proved(repaired)
    assert fixtext.fix(repaired.text) == repaired.text


@pytest.mark.parametrize(
    "text",
    [
        "caf\ufffd",
        "abc\ufffddef",
        'assert clean("caf\ufffd") == "caf"\n',
        'self.assertEqual(decode(b"na\\xefve"), "na\ufffdve")\nself.assertEqual(decode(b"caf\\xe9"), "caf\ufffd")\n',
        "We met in a caf\ufffd near the station, and it was closed.",
        "Bytes that are not UTF-8 are shown as U+FFFD: usu\ufffdrio, n\ufffdo, opera\ufffd\ufffdo, s\ufffdo.",
        "Si el texto est\ufffd en otra codificaci\ufffdn, la p\ufffdgina se ver\ufffd as\ufffd: configuraci\ufffdn.",
        "Le caract\xe8re est remplac\xe9 : on lit caf\ufffd au lieu de caf\xe9 dans la page.",
        "The terminal printed `usu\ufffdrio` and then `opera\ufffd\ufffdo` for the same file.",
        '// Note that "@" is "\ufffd" in that font',
        "x\ufffdy\ufffdz \ufffda a\ufffd q\ufffdw e\ufffdr",
        "PK\ufffd\ufffdIHDR\ufffdJFIF\ufffdExif",
        "usu\ufffd\ufffdrio n\ufffd\ufffdo configura\ufffd\ufffd\ufffd\ufffdo para o",  # UTF-8 read as ASCII
        "\ufffd",
        "a \ufffd b",
        "ï¿½",
        "la \ufffd",
        "\u4f60\u597d\ufffdabc",
    ],
)
def test_what_is_not_sure_stays(text: str) -> None:
    assert fixtext.fix(text) == text


def test_what_cannot_be_told_is_reported() -> None:
    text = "A configura\ufffd\ufffdo do usu\ufffdrio n\ufffdo tem xq\ufffdzw."
    repaired = fixtext.repair(text)
    assert "xq\ufffdzw" in repaired.text
    assert [text[slice(*suspect.span)] for suspect in repaired.suspects] == ["xq\ufffdzw"]


def test_a_long_text_is_seen_too() -> None:
    page, healthy = LOST["pt"]
    filling = "Plain words without any letters beyond ASCII.\n" * 8_000
    text = filling + lost(healthy, page) + "\n" + filling
    assert fixtext.fix(text) == filling + healthy + "\n" + filling


_WORDS = st.sampled_from([word for _, text in LOST.values() for word in text.split()])


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=12), st.sampled_from(["cp1252", "cp1250", "cp1254", "latin-1"]))
def test_repairs_lead_back_and_settle(words: list[str], page: str) -> None:
    text = " ".join(words).encode(page, "ignore").decode("utf-8", "replace")
    repaired = fixtext.repair(text)
    assert proved(repaired)
    assert repaired.undo() == text
    assert len(repaired.text) == len(text)
    assert all(now == was for now, was in zip(repaired.text, text, strict=True) if was != "\ufffd")
    assert fixtext.fix(repaired.text) == repaired.text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aeinorstu \n\ufffd.,'", max_size=80))
def test_rubbish_does_no_harm(text: str) -> None:
    repaired = fixtext.repair(text)
    assert proved(repaired)
    assert all(now == was for now, was in zip(repaired.text, text, strict=True) if was != "\ufffd")


def test_the_channel_is_what_happened() -> None:
    page, healthy = LOST["pl"]
    repaired = fixtext.repair(lost(healthy, page))
    assert {edit.channel for edit in repaired.edits} == {Channel((Encode(page), Decode("utf-8", "replace")))}
