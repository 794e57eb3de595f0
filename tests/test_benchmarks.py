"""The benchmark's own arithmetic: what counts as changed, closer or worse, and how tables are told and checked."""

from __future__ import annotations

import gettext
import gzip
import json
import struct
import zipfile
from pathlib import Path

import pytest

from benchmarks import reviewed
from benchmarks.containers import MAGIC, contents
from benchmarks.damage import verdict
from benchmarks.harm import Change, changes, measure, units
from benchmarks.healthy import Text
from benchmarks.peers import tools
from benchmarks.tables import Table, differences


@pytest.mark.parametrize(
    ("healthy", "got", "lines"),
    [
        ("a\nb\n", "a\nb\n", 0),
        ("a\nb\nc", "a\nB\nC", 2),
        ("a\nb\nc", "a\nc", 1),
        ("a\nb", "a\nx\ny\nb", 1),
        ("", "x", 1),
        ("one\r\n", "one\n", 1),
    ],
)
def test_changed_lines(healthy: str, got: str, lines: int) -> None:
    assert len(changes(healthy, got)) == lines


@pytest.mark.parametrize(
    ("damaged", "got", "healthy", "expected"),
    [
        ("bad", "good", "good", "exact"),
        ("bad", "bad", "good", "unchanged"),
        ("xxxx", "goxd", "good", "closer"),
        ("gxod", "gyod", "good", "worse"),
        ("gxod", "nothing", "good", "worse"),
    ],
)
def test_verdicts(damaged: str, got: str, healthy: str, expected: str) -> None:
    assert verdict(damaged, got, healthy) == expected


def _two(text: str) -> str:
    return text.replace("two", "2")


def test_harm_is_counted_by_source_and_in_all() -> None:
    texts = [Text("a/1", "one\ntwo"), Text("a/2", "three"), Text("b/1", "four")]
    shown: list[tuple[str, Change]] = []
    table = measure(texts, {"fixtext": _two, "idle": str}, lambda *change: shown.append(change))
    assert table.rows == [["a", 3, 1e6 / 3, 0.0], ["b", 1, 0.0, 0.0], ["all", 4, 1e6 / 4, 0.0]]
    assert shown == [("a/1", Change("two", "2"))]


def test_a_repair_that_is_known_to_be_right_is_no_harm() -> None:
    texts = [Text("a/1", "one\ntwo\ntwo times")]
    right = {reviewed.mark("two", "2")}
    table = measure(texts, {"fixtext": _two, "other": lambda text: text.replace("two", "3")}, right=right)
    assert table.rows[-1] == ["all", 3, 1e6 / 3, 2e6 / 3]
    assert table.notes == ["fixtext: 1 lines wrongly, 1 rightly", "other: 2 lines wrongly, 0 rightly"]


def test_pieces_of_a_package_are_spread_evenly() -> None:
    texts = [Text("a/1", "\n".join(f"\u00e9{number}" for number in range(10)))]
    given: list[str] = []

    def note(text: str) -> str:
        given.append(text)
        return text

    table = measure(texts, {"fixtext": note}, unit="line", most=4)
    assert given == ["\u00e90", "\u00e93", "\u00e96", "\u00e99"]
    assert table.rows[-1] == ["all", 4, 0.0]


def test_only_pieces_that_are_not_ascii_are_given() -> None:
    assert list(units("one\n\u00e9t\u00e9\n", "line")) == ["\u00e9t\u00e9"]
    assert list(units("\u00e9t\u00e9" + 30 * "\na", "few")) == ["\u00e9t\u00e9" + 24 * "\na"]


def test_reviewed_changes_are_added_once(tmp_path: Path) -> None:
    path = tmp_path / "right.txt"
    path.touch()
    found = [json.dumps({"text": f"{source}/x", "before": "two", "after": after}) for source, after in ("b2", "a3")]
    assert reviewed.add(found, path) == 2
    assert reviewed.add(found, path) == 0
    assert path.read_text("utf-8").split("\n") == [
        f"{reviewed.mark('two', '3')} a",
        f"{reviewed.mark('two', '2')} b",
        "",
    ]
    assert reviewed.right(path) == {reviewed.mark("two", "2"), reviewed.mark("two", "3")}


TABLE = Table("Title", "per cent", ["kind", "lines", "fixtext"], 1, [["one", 1000, 99.54], ["two", 2, 5.0]], ["note"])


def test_a_table_in_three_formats() -> None:
    assert TABLE.text() == "Title\n\nkind  lines  fixtext\none   1,000     99.5\ntwo       2      5.0\nnote\n"
    assert "| one | 1,000 | 99.5 |" in TABLE.markdown()
    assert json.loads(TABLE.json())["rows"][0] == {"kind": "one", "lines": 1000, "fixtext": 99.54}


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_a_plot(suffix: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra fixtext[plot] is not installed")
    TABLE.plot(tmp_path / f"plot.{suffix}")
    assert (tmp_path / f"plot.{suffix}").stat().st_size > 1000


def test_recorded_figures_that_are_missed_are_named() -> None:
    assert not differences(TABLE, {"one": {"least": 99.5}, "two": {"most": 5.0}}, 0.0)
    assert differences(TABLE, {"one": {"least": 100.0}}, 0.0) == ["one: 99.54, recorded 100.00 or more"]
    assert not differences(TABLE, {"one": {"least": 100.0}}, 0.01)
    assert differences(TABLE, {"two": {"most": 4.0}}, 0.1) == ["two: 5.00, recorded 4.00 or less"]
    assert differences(TABLE, {"three": {"least": 1.0}}, 0.0) == ["three: not measured"]


def test_peers_are_asked_for_by_name() -> None:
    assert list(tools("unchanged, ftfy")) == ["fixtext", "unchanged", "ftfy"]
    assert tools("unchanged")["unchanged"]("text") == "text"
    with pytest.raises(ValueError, match="no peer 'nonsense'; there are ftfy"):
        tools("nonsense")


def _catalogue(texts: dict[str, str]) -> bytes:
    """Return a catalogue as msgfmt writes it, its bytes in the order of most machines."""
    keys = sorted(texts)
    places: list[tuple[int, int]] = []
    data, start = b"", 28 + 16 * len(keys)
    for part in [*keys, *map(texts.__getitem__, keys)]:
        places.append((len(part.encode()), start + len(data)))
        data += part.encode() + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + b"".join(struct.pack("<2I", *place) for place in places) + data


def test_a_catalogue_is_read_as_gettext_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "x.mo"
    texts = {"": "Content-Type: text/plain; charset=UTF-8\n", "yes": "\u662f", "no": "\u5426"}
    path.write_bytes(_catalogue(texts))
    with path.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("yes") == "\u662f"
    assert [data.decode() for _, data in contents(path)] == ["".join(f"{texts[key]}\n" for key in sorted(texts))]


def test_texts_in_archives_and_dictionaries(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "l10n.xpi", "w") as archive:
        archive.writestr("b.ftl", "two")
        archive.writestr("a.ftl", "one")
    (tmp_path / "x.dict.dz").write_bytes(gzip.compress(b"three"))
    assert list(contents(tmp_path / "l10n.xpi")) == [("a.ftl", b"one"), ("b.ftl", b"two")]
    assert list(contents(tmp_path / "x.dict.dz")) == [("x.dict.dz", b"three")]
