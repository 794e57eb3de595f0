"""The page: what is in it, what cannot get into it, and that a browser runs it."""

from __future__ import annotations

import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fixtext import Guess
from fixtext.cli import report
from fixtext.cli.report.marks import marked
from tests.cli.conftest import Fixtext

HOSTILE = [
    "<script>alert(1)</script>",
    '"onload="alert(1)',
    "'onload='alert(1)",
    "</style><script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "&lt;b&gt;<!--",
    "\u202e\x1b[31m\x00",
]


class Elements(HTMLParser):
    """Collects every element with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def page_of(fixtext: Fixtext, tmp_path: Path, *arguments: str) -> str:
    done = fixtext("--check", "-q", "--report", "../out.html", *arguments, ".")
    assert done.exit_code in (0, 1), done.stderr
    return (tmp_path.parent / "out.html").read_text(encoding="utf-8")


def test_what_is_in_it(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a bad day, bad luck\n" * 2)
    (tmp_path / "b.txt").write_text("fine")
    page = Elements(page_of(fixtext, tmp_path))
    articles = page.named("article")
    assert len(articles) == 4
    assert articles[0] == {"data-damage": "glossed", "data-confidence": "sure"}
    assert "./a.txt:2:12" in page.text
    assert "good becomes bad; saves 20.0 bits" in page.text
    for count, label in ((2, "files looked at"), (1, "files with repairs"), (4, "repairs")):
        assert f"{count}{label}" in page.text


def test_nothing_found_is_a_page_too(fixtext: Fixtext, tmp_path: Path) -> None:
    assert "0repairs" in Elements(page_of(fixtext, tmp_path)).text


def test_text_still_goes_where_it_goes(fixtext: Fixtext, tmp_path: Path) -> None:
    done = fixtext("--report", "out.html", stdin=b"bad")
    assert (done.stdout, done.exit_code) == ("good", 0)
    assert "standard input:1:1" in (tmp_path / "out.html").read_text()


def test_the_report_of_the_last_run_is_not_looked_at(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("bad")
    for _ in range(2):
        done = fixtext("--check", "--report", "out.html", ".")
        assert done.stdout == "./a.txt: 1 repair, 0 suspects\n"


def test_an_input_is_not_written_over(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("bad")
    for arguments in (["--check"], []):
        assert fixtext(*arguments, "--report", "./a.txt", "a.txt").exit_code == 2
        assert (tmp_path / "a.txt").read_text() == "bad"


def test_it_stays_readable_when_there_is_too_much(
    fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MOST", 3)
    for name in "ab":
        (tmp_path / name).write_text("bad bad")
    page = Elements(page_of(fixtext, tmp_path))
    assert len(page.named("article")) == 3
    assert "1 more are not shown" in page.text


def test_the_policy_names_what_is_there_and_nothing_else(fixtext: Fixtext, tmp_path: Path) -> None:
    page = page_of(fixtext, tmp_path)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for kind, tag in (("style-src", "style"), ("script-src", "script")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert parts.pop(kind) == f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
    assert parts == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    assert "http://" not in page
    assert "https://" not in page


def test_nothing_hostile_becomes_an_element(fixtext: Fixtext, tmp_path: Path) -> None:
    clean = Elements(page_of(fixtext, tmp_path))
    for number, text in enumerate(HOSTILE):
        name = re.sub(r"[/\0]", "", text) + f"{number}.txt"
        (tmp_path / name).write_bytes((text.replace("\0", "") + " bad " + text.replace("\0", "")).encode())
    raw = page_of(fixtext, tmp_path)
    page = Elements(raw)
    assert len(page.named("article")) == len(HOSTILE)
    assert len(page.named("script")) == len(clean.named("script")) == 1
    assert not page.named("img")
    for tag, attributes in page.found:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert "style" not in attributes
    assert "\u202e" not in raw
    assert "\x1b" not in raw


def test_differences_and_guesses_are_marked() -> None:
    before, after = marked("a<?>b", "a<xy>b", [Guess(2, "x", 0.95, (("z", 0.05),)), Guess(3, "y", 0.3)])
    assert before == "a&lt;<mark>?</mark>&gt;b"
    assert after == (
        'a&lt;<mark><span class="guess g4" title="x 95%, z 5%">x</span>'
        '<span class="guess g1" title="y 30%">y</span></mark>&gt;b'
    )
    assert marked("same", "same") == ("same", "same")
    assert marked("", "new") == ("", "<mark>new</mark>")
    long, _ = marked("x" * 2000, "y")
    assert long.count("x") == 600
    assert "[1400 more]" in long


def browse(page: Path, fragment: str, tmp_path: Path, *arguments: str) -> tuple[str, str]:
    """Return the document that a browser makes of a page, and what its console says."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", *arguments, page.as_uri() + fragment]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


@pytest.mark.slow
class TestInABrowser:
    @pytest.fixture
    def page(self, fixtext: Fixtext, tmp_path: Path) -> Path:
        for number, text in enumerate(HOSTILE[:-1]):
            (tmp_path / f"{number}.txt").write_text(f"{text} bad {text}\n")
        (tmp_path / "plain.txt").write_text("wide bad\n")
        page_of(fixtext, tmp_path, "--normalize", "width")
        (tmp_path / "wide.txt").write_text("ＡＢ")
        page_of(fixtext, tmp_path, "--normalize", "width")
        return tmp_path.parent / "out.html"

    def shown(self, document: str) -> list[str | None]:
        articles = Elements(document).named("article")
        return [article["data-damage"] for article in articles if "hidden" not in article]

    def test_it_loads_without_errors(self, page: Path, tmp_path: Path) -> None:
        document, console = browse(page, "", tmp_path)
        assert console == ""
        assert len(self.shown(document)) == 8
        assert "<script>alert" not in document

    @pytest.mark.parametrize(
        ("fragment", "count"),
        [
            ("#damage=normalize", 1),
            ("#damage=glossed", 7),
            ("#confidence=sure", 8),
            ("#confidence=doubtful", 0),
            ("#text=PLAIN.txt", 1),
            ("#damage=glossed&text=wide", 1),
            ("#damage=%3Cscript%3E", 8),
        ],
    )
    def test_filters(self, fragment: str, count: int, page: Path, tmp_path: Path) -> None:
        document, console = browse(page, fragment, tmp_path)
        assert (len(self.shown(document)), console) == (count, "")

    @pytest.mark.parametrize("size", ["390,844", "1200,900"])
    def test_nothing_is_wider_than_the_window(self, size: str, page: Path, tmp_path: Path) -> None:
        probe = page.read_text(encoding="utf-8")
        probe = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", probe)
        script = "<script>document.title = document.documentElement.scrollWidth <= innerWidth</script></body>"
        (tmp_path / "probe.html").write_text(probe.replace("</body>", script), encoding="utf-8")
        document, _console = browse(tmp_path / "probe.html", "", tmp_path, f"--window-size={size}")
        assert "<title>true</title>" in document
