"""Garbled file names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fixtext.cli.errors import Unwritable
from fixtext.cli.names.healing import healed, is_usable
from fixtext.cli.names.renaming import rename
from fixtext.config import Config
from tests.cli.conftest import Fixtext

NAMES = ["新建文本文档.txt", "会议记录2021年3月.doc", "北京旅游攻略", "照片.jpg"]


def garbled(name: str, written: str = "gbk", read: str = "cp437") -> str:
    return name.encode(written).decode(read)


@pytest.fixture
def real(fixtext: Fixtext, monkeypatch: pytest.MonkeyPatch) -> Fixtext:
    """Return the command with the real detectors."""
    from fixtext.detectors import registry

    monkeypatch.delitem(registry._ready, "glossed")
    return fixtext


@pytest.mark.parametrize(
    ("written", "read", "names"),
    [
        ("gbk", "cp437", NAMES),
        ("utf-8", "cp437", NAMES),
        ("gbk", "cp850", NAMES),
        ("gbk", "latin-1", NAMES),
        ("shift_jis", "cp437", ["日本語の資料.txt", "説明書.pdf", "写真と動画"]),
        ("utf-8", "cp1252", ["Résumé.txt", "été à la mer"]),
    ],
)
def test_names_heal_together(written: str, read: str, names: list[str]) -> None:
    damaged = [garbled(name, written, read) for name in names]
    found = healed([*damaged, "readme.txt", "健康的名字.txt"], Config())
    assert {name: found[name].name for name in damaged} == dict(zip(damaged, names, strict=True))
    assert len(found) == len(names)


def test_healthy_names_stay() -> None:
    names = ["Müller & Söhne.doc", "健康.txt", "日本語.txt", "Привет.txt", "naïve café.md", "─── list ───.txt", "a\nb"]
    assert healed(names, Config()) == {}


def test_bytes_that_are_not_utf8() -> None:
    raw = [os.fsdecode(name.encode("gbk")) for name in NAMES]
    assert [found.name for found in healed(raw, Config()).values()] == NAMES


@pytest.mark.parametrize(
    ("name", "usable"),
    [
        ("a.txt", True),
        ("全形\u3000空格", True),
        ("", False),
        ("..", False),
        ("a/b", False),
        ("a\ufffd", False),
        ("a\x1b", False),
    ],
)
def test_what_can_be_a_name(name: str, usable: bool) -> None:
    assert is_usable(name) is usable


class TestCommand:
    @pytest.fixture
    def tree(self, tmp_path: Path) -> Path:
        folder = tmp_path / "unpacked" / garbled("北京旅游攻略")
        folder.mkdir(parents=True)
        for name in NAMES[:2]:
            (folder / garbled(name)).write_text(name)
        (folder / "fine.txt").write_text("fine")
        return tmp_path / "unpacked"

    def test_nothing_happens_unasked(self, tree: Path, real: Fixtext) -> None:
        before = sorted(map(str, tree.rglob("*")))
        done = real("--names", "unpacked")
        assert done.exit_code == 0
        assert f"unpacked/{garbled('北京旅游攻略')} -> 北京旅游攻略" in done.stdout.splitlines()
        assert done.stderr == "fixtext: 3 names would be repaired; add -w to do it\n"
        assert sorted(map(str, tree.rglob("*"))) == before
        assert real("--names", "--check", "unpacked").exit_code == 1

    def test_renaming(self, tree: Path, real: Fixtext) -> None:
        done = real("--names", "-w", "--explain", "unpacked")
        assert (done.exit_code, done.stderr) == (0, "fixtext: 3 names repaired\n")
        assert "was read as" in done.stdout
        names = {str(path.relative_to(tree)) for path in tree.rglob("*")}
        folder = "北京旅游攻略"
        assert names == {folder, f"{folder}/fine.txt", *(f"{folder}/{name}" for name in NAMES[:2])}
        assert (tree / folder / NAMES[0]).read_text() == NAMES[0]
        assert real("--names", "--check", "unpacked").exit_code == 0

    def test_nothing_is_written_over(self, tree: Path, real: Fixtext) -> None:
        folder = tree / garbled("北京旅游攻略")
        (folder / NAMES[0]).write_text("precious")
        (tree / "北京旅游攻略").mkdir()
        for options in ((), ("-w",)):
            done = real("--names", *options, "unpacked")
            assert done.exit_code == 2
            assert f"there is {NAMES[0]} already; left alone" in done.stderr
            assert "there is 北京旅游攻略 already; left alone" in done.stderr
        assert (folder / NAMES[0]).read_text() == "precious"
        assert (folder / garbled(NAMES[0])).read_text() == NAMES[0]
        assert (folder / NAMES[1]).read_text() == NAMES[1]

    @pytest.mark.parametrize("arguments", [[], ["-"], ["-o", "x", "."], ["--diff", "."], ["--format", "json", "."]])
    def test_wrong_usage(self, arguments: list[str], real: Fixtext) -> None:
        assert real("--names", *arguments).exit_code == 2

    def test_no_such_file(self, real: Fixtext) -> None:
        assert "there is no such file" in real("--names", "nowhere").stderr


class TestRename:
    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "old").symlink_to("nowhere")
        rename(str(tmp_path / "old"), str(tmp_path / "new"))
        assert (tmp_path / "new").readlink() == Path("nowhere")
        assert not os.path.lexists(tmp_path / "old")

    def test_without_hard_links(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_arguments: object, **_options: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
        (tmp_path / "old").write_text("text")
        rename(str(tmp_path / "old"), str(tmp_path / "new"))
        assert (tmp_path / "new").read_text() == "text"
        (tmp_path / "old").write_text("other")
        with pytest.raises(Unwritable, match="there is new already"):
            rename(str(tmp_path / "old"), str(tmp_path / "new"))
        assert (tmp_path / "new").read_text() == "text"
