"""The two tables of the detector: texts that must not change, and encoded texts with what they stand for."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Config
from fixtext.detectors.encoded import EncodedDetector
from fixtext.engine import run
from tests.proofs import prove

CONFIG = Config(detectors=("encoded",))

UNCHANGED = [
    "",
    "plain text with 100% of its signs: a=b, x & y; C:\\temp\\new",
    "你好，世界。",
    # references
    "AT&T; R&D; &nosuchname; &; &#; &#x; &#xZZ; & eacute;",
    '<a href="?a=1&amp;b=2" title="caf&eacute;">x</a>',
    "<p>5 &lt; 6 &amp;&amp; 7 &gt; 3, &quot;so&quot;&nbsp;it is</p>",
    "<script>var s = '&eacute;&#20320;';</script>",
    "<!-- caf&eacute; --> <b>x</b>",
    '{"said": "he &quot;said&quot; it"}',
    "write `&eacute;` for it",
    "&#0; &#8; &#xFFFD; &#xFFFF; &#57344; &#x110000; &#9999999;",
    # escapes
    'x = "\\u0041\\u0022\\u003c"',
    "[\\u4e00-\\u9fa5]",
    'r"\\\\u4f60"',
    "\\u200b\\u202e\\ufeff",
    "\\ud83d alone, \\ude00 alone",
    "\\xe4 is a byte, \\xe9 too; \\377\\376",
    "C:\\users\\u12 and \\u{110000}",
    "\\U00110000",
    "`\\u4f60`",
    # percent
    "https://example.org/a%20b%2Fc?x=%3D&y=100%25",
    "%E4%BD is cut, %E9t%E9 is Latin-1, %c3%28 is neither",
    "100%E4",
    "%E4%bd%A0",
    # quoted-printable
    "a=20&b=E4, color=C0C0C0, x=E9",
    "if (a=3D) b==C3; c = =",
    "var x =\n  20;",
    "=C3=28 is not UTF-8",
    # words of mail headers
    "=?UTF-8?B?5L2?= is cut",
    "=?x-unknown?B?5L2g?=",
    "=?UTF-8?Q??=",
    "=?UTF-8?X?abc?=",
    "what=?why?how?=",
]

REPAIRED = [
    ("&#20320;&#22909;", "你好"),
    ("&amp;#20320;&#22909;", "你好"),
    ("&amp;amp;#20320;", "你"),
    ("&#x4F60;&#x597d;&#X4f60;", "你好你"),
    ("&#55357;&#56832; hi", "😀 hi"),
    ("caf&#0233; &#x00E9;", "café é"),
    ("caf&eacute; &agrave; la cr&egrave;me", "café à la crème"),
    ("AT&amp;T", "AT&T"),
    ("it&rsquo;s &copy; 2020 &mdash; really&hellip;", "it’s © 2020 — really…"),
    ("5 &lt; 6 &amp;&amp; 7 &gt; 3", "5 < 6 && 7 > 3"),
    ("he said &quot;no&quot;", 'he said "no"'),
    ("two&nbsp;words", "two\xa0words"),
    ("<p title='caf&eacute;'>caf&eacute; &lt;b&gt;</p>", "<p title='caf&eacute;'>café &lt;b&gt;</p>"),
    ('{"city": "\\u5317\\u4eac"}', '{"city": "北京"}'),
    ("\\u4F60\\u597D\\uff0c", "你好，"),
    ("\\ud83d\\ude00 and \\U0001f600", "😀 and 😀"),
    ("\\u{4f60}\\u{1F600}", "你😀"),
    ("\\x{4f60}\\x{597d}", "你好"),
    ("%u4F60%u597D", "你好"),
    ("\\u4f60 \\u0026 \\u597d", "你 \\u0026 好"),
    ("\\u200b\\u4f60", "\\u200b你"),
    ("\\U0001f468\\U0000200d\\U0001f469", "👨\u200d👩"),
    ("\\xe4\\xbd\\xa0\\xe5\\xa5\\xbd", "你好"),
    ("b'\\xC3\\xA9'", "b'é'"),
    ('modified: "\\346\\226\\207\\344\\273\\266.txt"', 'modified: "文件.txt"'),
    ("https://example.org/%E4%BD%A0%20%E5%A5%BD?q=%E4%b8%80", "https://example.org/你%20好?q=%E4%b8%80"),
    ("q=%c4%e3%ba%c3&n=1", "q=你好&n=1"),
    ("%81%40%C4%E3", "丂你"),
    ("%25E4%25BD%25A0", "你"),
    ("caf%C3%A9", "café"),
    ("=E4=BD=A0=E5=A5=BD", "你好"),
    ("Caf=C3=A9 1=3D1=20\nund so=\n weiter =E2=82=AC\n", "Café 1=1 \nund so weiter €\n"),
    ("=C4=E3=BA=C3=A3=AC=CA=C0=BD=E7=A1=A3", "你好，世界。"),
    ("Gr=FC=DFe aus M=FCnchen,=20\r\nbis sp=E4ter=\r\n dann\r\n", "Grüße aus München, \r\nbis später dann\r\n"),
    ("Subject: =?UTF-8?B?5L2g5aW9?=", "Subject: 你好"),
    ("=?gb2312?Q?=C4=E3=BA=C3?= <a@b.example>", "你好 <a@b.example>"),
    ("=?utf-8?q?Caf=c3=a9_cr=c3=a8me?=", "Café crème"),
    ("=?UTF-8?B?5L2g?=\r\n =?utf-8?Q?=E5=A5=BD?=", "你好"),
    ("=?UTF-8?B?5L2g5Q==?= =?UTF-8?B?pb0=?=", "你好"),
    ("=?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "こんにちは"),
    ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
    ("=?iso-8859-1*fr?Q?=E9t=E9?=", "été"),
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_unchanged(text: str) -> None:
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert repair.text == text


@pytest.mark.parametrize(("encoded", "healthy"), REPAIRED)
def test_repaired(encoded: str, healthy: str) -> None:
    repair = fixtext.repair(encoded, CONFIG)
    prove(encoded, repair)
    assert repair.text == healthy
    assert fixtext.repair(healthy, CONFIG).text == healthy


@pytest.mark.parametrize(("encoded", "healthy"), REPAIRED)
def test_nothing_is_decoded_unless_asked(encoded: str, healthy: str) -> None:
    assert fixtext.fix(encoded) == encoded


def test_a_text_that_is_full_of_them_is_evidence_for_a_weak_one() -> None:
    alone = "7 &gt; 3"
    assert fixtext.repair(alone, CONFIG).text == alone
    assert fixtext.repair(f"caf&eacute;, cr&egrave;me\n{alone}", CONFIG).text == "café, crème\n7 > 3"


def test_what_is_quoted_as_code_is_a_suspect() -> None:
    repair = fixtext.repair("write `&eacute;` for it", CONFIG)
    assert [suspect.reason for suspect in repair.suspects] == ["quoted as code"]
    assert repair.suspects[0].candidates[0].text == "é"


def test_required_bits_count() -> None:
    assert fixtext.repair("AT&amp;T", Config(detectors=("encoded",), required_bits=40)).text == "AT&amp;T"


def test_scan_finds_what_propose_repairs() -> None:
    detector = EncodedDetector()
    for encoded, _ in REPAIRED:
        spans = detector.scan(encoded)
        for edit in run(encoded, [detector], CONFIG).edits:
            assert any(start < edit.span.end and edit.span.start < end for start, end in spans)
