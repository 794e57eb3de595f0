"""JSON lines: what does not change stays byte for byte, and what is no record is kept aside."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext import fix
from fixtext.records import Counters, Limits, Treatment
from fixtext.records.jsonl import JsonLines
from fixtext.records.rejects import KINDS, Rejects
from fixtext.records.rows import treat_rows
from fixtext.records.streams import Source
from tests.records.corpus import READ_AS_LATIN, ZH, lines, records


def treated(data: bytes, **choices: Any) -> tuple[bytes, list[dict[str, Any]], Counters]:
    """Return what becomes of JSON lines, what is rejected, and what is counted."""
    choices.setdefault("fields", ("text",))
    treatment = Treatment(**choices)
    sink, kept, counters = io.BytesIO(), io.BytesIO(), Counters()
    source = Source(io.BytesIO(data), None, treatment.limits)
    treat_rows(source, sink, JsonLines(treatment), treatment, Rejects(kept, "here"), counters)
    return sink.getvalue(), [json.loads(line) for line in kept.getvalue().splitlines()], counters


UNCHANGED = [
    b'{"text": "fine"}\n',
    b'{ "text" :"fine" , "n": 1.50e+1, "big": 123456789012345678901234567890, "z": NaN }\r\n',
    b'{"text":"\\u0041\\/b", "text":"fine", "other": "\\ud800"}\n',
    b'\xef\xbb\xbf{"text": "fine"}\n',
    b'{"text": null}\n',
    b"\n \t\r\n",
    b'{"text": "the last line has no end"}',
    b'{"other": "\xc3\xa4\xc2\xbd\xc2\xa0\xc3\xa5\xc2\xa5\xc2\xbd", "text": ""}\n',
    f'{{"text": "{ZH}"}}\n'.encode(),
    b'{"text": "a\\u0000b"}\n',
]


@pytest.mark.parametrize("line", UNCHANGED)
def test_what_does_not_change_stays_byte_for_byte(line: bytes) -> None:
    assert treated(line)[:2] == (line, [])


CHANGED = [
    ('{"text": "%s"}\n', '{"text": "%s"}\n'),
    ('{"n" :1.0,"text":\t"%s" , "a": [{"text": "%s"}]}', '{"n" :1.0,"text":\t"%s" , "a": [{"text": "{old}"}]}'),
    (
        '{"a": {"b": "]}", "text": 5}, "x": "\\"", "text": "%s"}',
        '{"a": {"b": "]}", "text": 5}, "x": "\\"", "text": "%s"}',
    ),
    ('{"te\\u0078t": "%s"}', '{"te\\u0078t": "%s"}'),
    ('{"text": "x", "text": "%s"}', '{"text": "x", "text": "%s"}'),
]


@pytest.mark.parametrize(("before", "after"), CHANGED)
def test_only_the_string_is_replaced(before: str, after: str) -> None:
    damaged = before.replace("%s", READ_AS_LATIN)
    healthy = after.replace("%s", ZH).replace("{old}", READ_AS_LATIN)
    assert treated(damaged.encode())[0].decode() == healthy


def test_escapes_stay_escapes() -> None:
    line = json.dumps({"text": READ_AS_LATIN, "other": ZH}).encode()
    assert treated(line)[0] == json.dumps({"text": ZH, "other": ZH}).encode()


@pytest.mark.parametrize(
    ("path", "record"),
    [
        ("meta.title", {"meta": {"title": "%s"}, "title": "%s"}),
        ("messages[].content", {"messages": [{"content": "%s"}, {"content": None}, {"content": "fine"}]}),
        ("rows[][]", {"rows": [["%s", "a"], []]}),
        ('"a.b".c', {"a.b": {"c": "%s"}, "a": {"b": {"c": "%s"}}}),
    ],
)
def test_paths(path: str, record: dict[str, Any]) -> None:
    line = json.dumps(record, ensure_ascii=False).replace("%s", READ_AS_LATIN)
    done, rejected, _ = treated(line.encode(), fields=(path,))
    assert rejected == []
    assert done.decode() == line.replace(READ_AS_LATIN, ZH, 1)


def test_several_fields_are_documents_of_their_own() -> None:
    line = json.dumps({"a": READ_AS_LATIN, "b": READ_AS_LATIN, "c": READ_AS_LATIN}, ensure_ascii=False)
    done, _, counters = treated(line.encode(), fields=("a", "b"))
    assert json.loads(done) == {"a": ZH, "b": ZH, "c": READ_AS_LATIN}
    assert (counters.records, counters.changed, counters.texts) == (1, 1, 2)


def test_the_texts_are_those_of_the_library() -> None:
    found = records()
    done, rejected, counters = treated(lines(found))
    assert rejected == []
    assert [json.loads(line)["text"] for line in done.splitlines()] == [fix(record["text"]) for record in found]
    before = lines(found).splitlines()
    for record, old, new in zip(found, before, done.splitlines(), strict=True):
        assert fix(record["text"]) != record["text"] or old == new
    assert counters.changed == sum(fix(record["text"]) != record["text"] for record in found) > 5


REJECTED = {
    "not-json": b"nonsense",
    "truncated": b'{"text": "abc',
    "not-an-object": b'["text"]',
    "nul": b'{"text": "a\0"}',
    "not-utf-8": b'{"text": "\xff"}',
    "surrogate": b'{"text": "a\\ud800"}',
    "missing": b'{"txt": "a"}',
    "wrong-type": b'{"text": ["a"]}',
    "too-large": b'{"text": "%s"}' % (b"x" * 5000),
    "too-deep": b'{"text": "a", "b": %s}' % (b"[" * 200 + b"]" * 200),
    "too-many-fields": b'{%s"text": "a"}' % b"".join(b'"%d":1,' % number for number in range(250)),
}


@pytest.mark.parametrize(("kind", "line"), REJECTED.items())
def test_what_is_no_record_is_kept_aside(kind: str, line: bytes) -> None:
    data = b'{"text": "a"}\n\n' + line + b'\n{"text": "b"}\n'
    done, (rejected,), counters = treated(data, limits=Limits(record_bytes=4000, fields=200))
    assert done == b'{"text": "a"}\n\n{"text": "b"}\n'
    assert (rejected["source"], rejected["line"], rejected["kind"]) == ("here", 3, kind)
    assert kind in KINDS
    assert counters.rejected == {kind: 1}
    assert counters.records == 3
    if kind == "not-utf-8":
        import base64

        assert base64.b64decode(rejected["record_base64"]) == line
    else:
        assert rejected["record"].encode() == line[: 1 << 16]


def test_ten_thousand_malformed_records_of_all_kinds_are_kept() -> None:
    kinds = list(REJECTED)
    data = bytearray()
    for number in range(10_000):
        data += REJECTED[kinds[number % len(kinds)]] + b"\n"
        if number % 10 == 0:
            data += b'{"text": "fine"}\n'
    done, rejected, counters = treated(bytes(data), limits=Limits(record_bytes=4000, fields=200))
    assert done == b'{"text": "fine"}\n' * 1000
    assert [each["kind"] for each in rejected] == [kinds[number % len(kinds)] for number in range(10_000)]
    assert [each["line"] for each in rejected] == [number + 1 + (number + 9) // 10 for number in range(10_000)]
    assert counters.records == 11_000


def test_a_field_may_be_missing_if_that_is_said() -> None:
    assert treated(b'{"a": 1}\n', allow_missing=True)[:2] == (b'{"a": 1}\n', [])


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_blocks_of_any_size_give_the_same(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = lines(records()) + b"\n".join(REJECTED.values())
    limits = Limits(record_bytes=4000, fields=200)
    whole = treated(data, limits=limits)
    monkeypatch.setattr("fixtext.records.lines.BLOCK", size * 101)
    parts = treated(data, limits=limits)
    assert parts == whole


def test_a_record_beyond_the_limit_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    from hashlib import sha256

    monkeypatch.setattr("fixtext.records.lines.BLOCK", 1000)
    line = b'{"text": "' + b"x" * 200_000 + b'"}'
    done, (rejected,), _ = treated(b'{"text": "a"}\n' + line + b'\n{"text": "b"}', limits=Limits(record_bytes=100_000))
    assert done == b'{"text": "a"}\n{"text": "b"}'
    assert (rejected["offset"], rejected["bytes"]) == (14, len(line))
    assert rejected["sha256"] == sha256(line).hexdigest()
    assert line.startswith(rejected["record"].encode())


def test_scores_are_added_and_nothing_else_changes() -> None:
    line = f'{{"n": 1.0, "text": "{READ_AS_LATIN}" }}\n'
    done, _, _ = treated(line.encode(), score_only=True, edits=True)
    assert done.decode().startswith(line[:-2])
    told = json.loads(done)
    (edit,) = told.pop("fixtext_edits")
    assert (edit["field"], edit["before"], edit["after"]) == ("text", READ_AS_LATIN, ZH)
    assert told.pop("fixtext_bits_saved") == pytest.approx(edit["bits"])
    assert told == {
        "n": 1.0,
        "text": READ_AS_LATIN,
        "fixtext_damage": ["misdecoded"],
        "fixtext_damaged_share": 1.0,
        "fixtext_guessed": 0,
        "fixtext_repairable": True,
    }


def test_a_name_that_is_taken_is_rejected() -> None:
    _, (rejected,), _ = treated(b'{"text": "a", "fixtext_guessed": 1}', score_only=True)
    assert rejected["kind"] == "column-taken"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(record=st.dictionaries(st.text(), VALUES), where=st.integers(0, 9), escaped=st.booleans())
def test_any_record_keeps_what_is_not_meant(record: dict[str, Any], where: int, escaped: bool) -> None:
    items = [(name, value) for name, value in record.items() if name != "text"]
    items.insert(where, ("text", READ_AS_LATIN))
    try:
        line = json.dumps(dict(items), ensure_ascii=escaped).encode()
    except UnicodeEncodeError:
        return
    done, rejected, _ = treated(line)
    assert rejected == []
    assert done == json.dumps({**dict(items), "text": ZH}, ensure_ascii=escaped).encode()
