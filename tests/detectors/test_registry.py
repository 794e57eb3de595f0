"""Detectors by name: built in, installed, unknown, broken."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from fixtext import Config, Detector, repair
from fixtext.detectors import registry
from fixtext.detectors.registry import BUILT_IN, BrokenDetectorError, BuiltIn, UnknownDetectorError, available, select
from tests.conftest import RunPython
from tests.doubles import Rules


class First(Rules):
    def __init__(self) -> None:
        super().__init__({"bad": "good"}, "first", "The first")


class Second(Rules):
    def __init__(self) -> None:
        super().__init__({"worse": "better"}, "second", "The second")


class NoDetector:
    name = "crooked"
    summary = "Cannot scan"


def broken() -> Detector:
    raise OSError("no data")


@pytest.fixture
def doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two built-in detectors of our own, the second of them off."""
    monkeypatch.setattr(
        registry,
        "BUILT_IN",
        {"first": BuiltIn(f"{__name__}:First", True), "second": BuiltIn(f"{__name__}:Second", False)},
    )
    monkeypatch.setattr(registry, "_ready", {})
    install(monkeypatch)


def install(monkeypatch: pytest.MonkeyPatch, **entries: str) -> None:
    """Pretend that packages with these detectors are installed, and no others."""
    found = [
        EntryPoint(name.rstrip("_"), f"{__name__}:{attribute}", registry.GROUP) for name, attribute in entries.items()
    ]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: found if group == registry.GROUP else [])


@pytest.mark.usefixtures("doubles")
class TestSelect:
    def test_no_names_are_those_on_by_default(self) -> None:
        assert [detector.name for detector in select(None)] == ["first"]
        assert repair("bad worse").text == "good worse"

    def test_names_replace_the_default(self) -> None:
        assert repair("bad worse", Config(detectors=("second",))).text == "bad better"
        assert repair("bad worse", Config(detectors=("second", "first"))).text == "good better"

    def test_no_detector_at_all(self) -> None:
        assert repair("bad worse", Config(detectors=())).text == "bad worse"

    def test_each_is_made_once_and_named_once(self) -> None:
        assert select(["second", "first", "second"]) == select(["first", "second"])
        assert select(["first"])[0] is select(None)[0]

    def test_an_unknown_name_gets_help(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, plugged="First")
        with pytest.raises(UnknownDetectorError) as caught:
            select(["secnod"])
        assert (
            str(caught.value)
            == "there is no detector 'secnod'; did you mean 'second'? there are: first, plugged, second"
        )
        with pytest.raises(UnknownDetectorError, match=r"^there is no detector 'xyz'; there are: first, plugged"):
            select(["xyz"])


@pytest.mark.usefixtures("doubles")
class TestInstalled:
    def test_nothing_installed_is_looked_at_unless_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def forbidden(group: str) -> None:
            raise AssertionError("entry points were read")

        monkeypatch.setattr("importlib.metadata.entry_points", forbidden)
        select(None)
        select(["first", "second"])
        with pytest.raises(AssertionError, match="entry points"):
            select(["third"])

    def test_a_built_in_name_cannot_be_taken_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, first="Second")
        assert type(select(["first"])[0]) is First
        assert [line.name for line in available()] == ["first", "second"]

    @pytest.mark.parametrize(
        ("attribute", "message"),
        [
            ("NoDetector", "lacks scan, propose"),
            ("First", "calls itself 'first'"),
            ("broken", "cannot be loaded: OSError: no data"),
            ("missing", "cannot be loaded: AttributeError"),
        ],
    )
    def test_a_broken_one_says_why(self, attribute: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, crooked=attribute)
        with pytest.raises(BrokenDetectorError, match=message):
            select(["crooked"])
        assert message in available()[-1].summary

    def test_two_of_one_name_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, twice="First", twice_="Second")
        with pytest.raises(BrokenDetectorError, match=r"'twice' is offered by .* and .*; uninstall all but one"):
            select(["twice"])


def test_every_built_in_detector_keeps_the_protocol() -> None:
    for name in BUILT_IN:
        (detector,) = select([name])
        assert isinstance(detector, Detector)
        assert detector.name == name
        assert detector.summary
        assert "\n" not in detector.summary


class TestExamplePlugin:
    """The example package, truly installed."""

    SECRET = b"One line.\nGur dhvpx oebja sbk naq gur ynml qbt jvgu guvf.\n"

    def test_it_is_off_until_named(self, plugin: Path, run_python: RunPython) -> None:
        done = run_python("-m", "fixtext", stdin=self.SECRET, path=(plugin,))
        assert (done.returncode, done.stdout, done.stderr) == (0, self.SECRET, b"")

    def test_it_works_once_named(self, plugin: Path, run_python: RunPython) -> None:
        done = run_python("-m", "fixtext", "--explain", "-d", "rot13", stdin=self.SECRET, path=(plugin,))
        assert done.returncode == 0, done.stderr
        assert done.stdout == b"One line.\nThe quick brown fox and the lazy dog with this.\n"
        assert b"line 2, column 1: Gur dhvpx" in done.stderr
        assert b"rot13: rotate letters by 13; saves " in done.stderr
        again = run_python("-m", "fixtext", "-d", "rot13", stdin=done.stdout, path=(plugin,))
        assert again.stdout == done.stdout

    def test_it_is_listed(self, plugin: Path, run_python: RunPython) -> None:
        done = run_python("-m", "fixtext", "--list-detectors", path=(plugin,))
        assert done.returncode == 0
        lines = done.stdout.decode().splitlines()
        assert "rot13 off English lines in ROT13 (fixtext-rot13)" in [" ".join(line.split()) for line in lines]
        assert any(line.startswith("glossed ") and " on " in line and line.endswith("(fixtext)") for line in lines)

    def test_its_channel_can_be_stored(self, plugin: Path, run_python: RunPython) -> None:
        program = (
            "import fixtext, json\n"
            f"result = fixtext.repair({self.SECRET.decode()!r}, fixtext.Config(detectors=('rot13',)))\n"
            "print(json.dumps([edit.channel.to_dict() for edit in result.edits]))"
        )
        done = run_python("-c", program, path=(plugin,))
        assert json.loads(done.stdout) == [[{"step": "rot13"}]]
