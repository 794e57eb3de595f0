"""Error habits: hand-written tables, digests of what the real decoders give, and properties."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.codepages import CODE_PAGES, DECODE_HABITS, ENCODE_HABITS, decode, encode

HOLE = "\ufffd"

# (page, habit, bytes, text)
DECODINGS = [
    # UTF-8 of three characters and a newline: the ninth byte is odd.
    ("gbk", "replace", "E4BDA0E5A5BDE590970A", f"浣犲ソ鍚{HOLE}\n"),
    ("gbk", "ignore", "E4BDA0E5A5BDE590970A", "浣犲ソ鍚\n"),
    ("gbk", "whatwg", "E4BDA0E5A5BDE590970A", f"浣犲ソ鍚{HOLE}\n"),
    ("cp936", "windows", "E4BDA0E5A5BDE590970A", "浣犲ソ鍚?"),
    ("cp936", "java", "E4BDA0E5A5BDE590970A", f"浣犲ソ鍚{HOLE}\n"),
    ("cp936", "php", "E4BDA0E5A5BDE590970A", "浣犲ソ鍚?"),
    # The odd byte takes a newline, quote, digit or space with it; at the end of input it stands alone.
    ("cp936", "windows", "E590972231", "鍚?1"),
    ("cp936", "windows", "E59097203078", "鍚?0x"),
    ("cp936", "windows", "E59097393939", "鍚?99"),
    ("cp936", "windows", "E59097", "鍚?"),
    ("cp936", "windows", "977F41", "?A"),
    ("cp936", "windows", "97FF41", "?A"),
    ("cp936", "windows", "AAA180FF", "\ue000\u20ac\uf8f5"),
    ("cp936", "replace", "97FF41", f"{HOLE}\uf8f5A"),
    ("cp936", "java", "97FF41", f"{HOLE}A"),
    ("cp936", "whatwg", "9720FD", f"{HOLE} {HOLE}"),
    ("cp932", "windows", "E78E0A41", "邇\nA"),
    ("cp932", "windows", "81200A", "\u30fb\n"),
    ("cp932", "windows", "8540", "\u30fb"),
    ("cp932", "java", "8122", f'{HOLE}"'),
    ("cp932", "java", "80FD", HOLE * 2),
    ("cp932", "whatwg", "80A0FD", "\x80" + HOLE * 2),
    ("cp949", "windows", "97203141", "?1A"),
    ("cp950", "windows", "97203141", "?1A"),
    # A pair that is well-formed but empty: one place, or two.
    ("big5", "whatwg", "A3E2", HOLE),
    ("big5", "replace", "A3E2", HOLE * 2),
    ("big5", "java", "A3E2", HOLE * 2),
    ("big5", "php", "A3E2", "?"),
    ("big5", "whatwg", "A320", f"{HOLE} "),
    ("big5", "php", "A320", "?"),
    # Four-byte forms of GB18030 that break off.
    ("gb18030", "whatwg", "8130", HOLE),
    ("gb18030", "whatwg", "813022", f'{HOLE}0"'),
    ("gb18030", "whatwg", "81308122", f'{HOLE}0{HOLE}"'),
    ("gb18030", "whatwg", "FC39E530", HOLE),
    ("gb18030", "java", "81308122", HOLE),
    ("gb18030", "java", "813022AA", HOLE + HOLE),
    ("gb18030", "php", "81308122", "?"),
    ("gb18030", "php", "813022AA", "??"),
    # EUC-JP, whose 8F opens a three-byte form.
    ("whatwg-euc-jp", "whatwg", "8FA122", f'{HOLE}"'),
    ("whatwg-euc-jp", "whatwg", "8FA9FF22", f'{HOLE}"'),
    ("whatwg-euc-jp", "whatwg", "8E22", f'{HOLE}"'),
    ("euc-jp", "java", "8FA12241", f"{HOLE}A"),
    ("euc-jp", "java", "9822", HOLE),
    ("euc-jp", "php", "8FA12241", "?A"),
    # UTF-8: all agree on maximal subparts, but for the surrogates of Java.
    ("utf-8", "replace", "E4BD22", f'{HOLE}"'),
    ("utf-8", "whatwg", "E4BD22", f'{HOLE}"'),
    ("utf-8", "windows", "E4BD22", f'{HOLE}"'),
    ("utf-8", "php", "E4BD22", '?"'),
    ("utf-8", "whatwg", "F5808022C0AF", HOLE * 3 + '"' + HOLE * 2),
    ("utf-8", "whatwg", "EDA080", HOLE * 3),
    ("utf-8", "java", "EDA080", HOLE),
    ("utf-8", "java", "EDA041", f"{HOLE}A"),
    ("utf-16le", "whatwg", "41D83100", f"{HOLE}1"),
    ("utf-16le", "java", "41D83100", HOLE),
    ("utf-16le", "whatwg", "4100FF", f"A{HOLE}"),
    # Single bytes that only Windows knows, and control characters that a clean-up drops.
    ("cp1252", "windows", "8191", "\x81\u2018"),
    ("cp1252", "whatwg", "8191", "\x81\u2018"),
    ("cp1252", "java", "8191", f"{HOLE}\u2018"),
    ("cp1252", "drop-c1", "8191", "\u2018"),
    ("cp1252-strict", "replace", "8191", f"{HOLE}\u2018"),
    ("cp1252-strict", "ignore", "8191", "\u2018"),
    ("cp1253", "windows", "AA", "\uf8f9"),
    ("cp1253", "whatwg", "AA", HOLE),
    ("latin-1", "drop-c1", "E4BDA0E5889D", "ä½\xa0å"),
    ("ascii", "replace", "41E4BD", f"A{HOLE}{HOLE}"),
]


@pytest.mark.parametrize(("page", "habit", "data", "text"), DECODINGS)
def test_decoding(page: str, habit: str, data: str, text: str) -> None:
    assert decode(bytes.fromhex(data), page, habit) == text


# (page, habit, text, bytes)
ENCODINGS = [
    ("cp936", "replace", "a\u0100\U0001f602b", b"a??b"),
    ("cp936", "windows", "a\u0100\U0001f602b", b"a???b"),
    ("cp936", "java", "a\u0100\U0001f602b", b"a??b"),
    ("cp936", "php", "a\u0100\U0001f602b", b"a??b"),
    ("cp936", "whatwg", "a\u0100b", b"a&#256;b"),
    ("cp936", "ignore", "a\u0100\ue000b", b"a\xaa\xa1b"),
    ("cp932", "windows", "\u301c①", b"?\x87\x40"),
    ("whatwg-euc-jp", "whatwg", "\u4e02", b"&#19970;"),
    ("whatwg-big5", "whatwg", "\u00ca", b"&#202;"),
    ("cp1252", "windows", "\u0100", b"?"),
    ("latin-1", "windows", "\U0001f602", b"??"),
    ("utf-8", "windows", "\ud83d", b"\xef\xbf\xbd"),
    ("utf-8", "java", "\ud83d", b"?"),
    ("utf-16le", "whatwg", "\ud83d", b"\xfd\xff"),
    ("euc-tw", "replace", "é中ñ文", b"?\xc4\xe3?\xc5\xc6"),
]


@pytest.mark.parametrize(("page", "habit", "text", "data"), ENCODINGS)
def test_encoding(page: str, habit: str, text: str, data: bytes) -> None:
    assert encode(text, page, habit) == data


# SHA-256, first half, of what the real decoder gives for each single byte, each pair that begins at 80 or above, and
# each of these pairs followed by "A0"; one a line. Taken from Windows' NLS files (read by the rule of
# MultiByteToWideChar), OpenJDK 17, PHP 8.2 and an implementation of the WHATWG Encoding Standard.
REAL_DECODERS = [
    ("cp932", "windows", "31c99d8b8ea946b905524c4ece68de5b"),
    ("cp936", "windows", "d8581f269238cdb9e2ed45e7c3fbdf8d"),
    ("cp949", "windows", "9eff91f0ee80c20b97324ba186706ecc"),
    ("cp950", "windows", "35ee39843abd36518e470b3849d19ed7"),
    ("cp874", "windows", "0f36ed0f1eb95efdf08f303ba859775e"),
    ("cp1252", "windows", "3c4c36ab90a063736c23022b87ce0928"),
    ("cp1253", "windows", "417640fc70299e9994f8324879374130"),
    ("cp1255", "windows", "08abc6d8254d319fd75fae13593fe3bd"),
    ("cp1257", "windows", "ac9a9a6de943104da79d8cdb2d5b0319"),
    ("cp1258", "windows", "b64e43526366fe62e5774310e6aecdf8"),
    ("utf-8", "whatwg", "1728e3b59d39446b52608413154c2f20"),
    ("whatwg-gbk", "whatwg", "4880efc345d5a35ffa2d252d30992e6d"),
    ("whatwg-big5", "whatwg", "81ec506b82a49b3c6a601ad498843a5a"),
    ("cp932", "whatwg", "1a3190349d37c7199ee5fb7d7ecac97c"),
    ("whatwg-euc-jp", "whatwg", "cde8b4d5d495dd97b3836af89ea60a0a"),
    ("cp949", "whatwg", "e9347f0f2d85b3ba142e0748575f5c88"),
    ("cp1253", "whatwg", "f96653c7962a06ab41705e9d0ea2d90d"),
    ("cp1255", "whatwg", "21d810bf11b906c7ee87708e41544cf9"),
    ("cp874", "whatwg", "ce6bd1001f999960c1e009ac12a964ad"),
    ("cp936", "java", "5517cc78c1e56029a0010759ad318224"),
    ("cp950", "java", "a03dd79138fd8c8682832abf92545e7b"),
    ("cp932", "java", "1c7e4e835f0de0b729654cc8ea8c4b5c"),
    ("cp949", "java", "ed03477d928d6e56cbcddb86385f6a45"),
    ("cp1252", "java", "1aa18016c2e9ac9dbafb8fdbaddc180f"),
    ("cp1255", "java", "90a266d28b417d92df7a7ce24c202e64"),
    ("utf-8", "java", "844578725cbffd38f2da271cec426e74"),
    ("utf-8", "php", "6e5b2123c31449761ce643331daf6990"),
    ("cp936", "php", "d8581f269238cdb9e2ed45e7c3fbdf8d"),
    ("cp932", "php", "71da342ad286edf3645596e041f98e77"),
    ("shift_jis", "php", "292678e02ab20bd457a817697b960feb"),
    ("euc-jp", "php", "bbbb02a21d4c15c95330a8adc2bde858"),
    ("euc-jp-ms", "php", "67565a20d866adcb2b73178b9dfcb69c"),
    ("cp1254", "php", "efeda15ca176ee4bafaf44036806ee3a"),
    ("euc-cn", "php", "1eb90302c79b61191cdd7585a7849803"),
]


@pytest.mark.parametrize(("page", "habit", "digest"), REAL_DECODERS)
def test_real_decoders_give_the_same(page: str, habit: str, digest: str) -> None:
    pairs = [bytes((first, second)) for first in range(0x80, 0x100) for second in range(0x100)]
    probes = [*(bytes((byte,)) for byte in range(0x100)), *pairs, *(pair + b"A0" for pair in pairs)]
    text = "\n".join(decode(probe, page, habit) for probe in probes)
    assert hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32] == digest


@given(st.binary(max_size=60), st.sampled_from(CODE_PAGES), st.sampled_from(DECODE_HABITS))
def test_decoding_habits_are_total(data: bytes, page: str, habit: str) -> None:
    decode(data, page, habit)


@given(st.text(st.characters(), max_size=40), st.sampled_from(CODE_PAGES), st.sampled_from(ENCODE_HABITS))
def test_encoding_habits_are_total(text: str, page: str, habit: str) -> None:
    encode(text, page, habit)


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


@given(st.binary(max_size=60), st.sampled_from(CODE_PAGES))
def test_ignore_only_leaves_out(data: bytes, page: str) -> None:
    assert is_subsequence(decode(data, page, "ignore"), decode(data, page, "replace"))


@given(st.text(max_size=40), st.sampled_from(CODE_PAGES), st.sampled_from(DECODE_HABITS))
def test_well_formed_bytes_have_no_habits(text: str, page: str, habit: str) -> None:
    data = encode(text, page, "ignore")
    try:
        expected = decode(data, page)
    except UnicodeDecodeError:
        return
    found = decode(data, page, habit)
    if habit == "drop-c1":
        assert found == "".join(char for char in expected if not "\x80" <= char <= "\x9f")
    elif not any("\x80" <= char <= "\x9f" or "\ue000" <= char <= "\uf8ff" for char in expected):
        # Bytes that some decoders refuse stand for control and private-use characters only, but for one in Hebrew.
        assert found == expected or "\u05ba" in expected


@given(st.binary(max_size=60))
def test_windows_never_lets_a_lead_byte_stand(data: bytes) -> None:
    text = decode(data, "cp936", "windows")
    assert HOLE not in text
    assert decode(encode(text, "cp936"), "cp936") == text
