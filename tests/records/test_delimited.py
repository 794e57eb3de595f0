"""CSV and TSV: rows stay byte for byte, quotes are RFC 4180's, one stray quote costs one line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.records import Counters, Limits, Treatment
from fixtext.records.delimited import Delimited
from fixtext.records.errors import ShardError
from fixtext.records.rejects import Rejects
from fixtext.records.rows import treat_rows
from fixtext.records.streams import Source
from tests.records.corpus import READ_AS_LATIN, ZH


def treated(data: bytes, delimiter: bytes = b",", **choices: Any) -> tuple[bytes, list[dict[str, Any]], Counters]:
    choices.setdefault("fields", ("text",))
    treatment = Treatment(**choices)
    sink, kept, counters = io.BytesIO(), io.BytesIO(), Counters()
    source = Source(io.BytesIO(data), None, treatment.limits)
    treat_rows(source, sink, Delimited(treatment, delimiter), treatment, Rejects(kept, "here"), counters)
    return sink.getvalue(), [json.loads(line) for line in kept.getvalue().splitlines()], counters


UNCHANGED = [
    "id,text\n1,fine\n",
    "id,text\r\n1,fine\r\n\r\n2,",
    'id,text\n1,"a ""b"" \n c, d"\n2,x\n',
    'text,id\n a"b ,1\n"",\n',
    f'\ufeff"text",id\n{ZH},1\n',
]


@pytest.mark.parametrize("data", UNCHANGED)
def test_what_does_not_change_stays_byte_for_byte(data: str) -> None:
    assert treated(data.encode())[:2] == (data.encode(), [])


CHANGED = [
    ("id,text,n\n1,%s,1.0\r\n", "id,text,n\n1,%s,1.0\r\n"),
    ('text,n\n"%s", 2 \n', 'text,n\n"%s", 2 \n'),
    ('text,n\n"a ""b""\n%s",2\n', 'text,n\n"a ""b""\n%s",2\n'),
    ("text,n\n%s,{old}\n", "text,n\n%s,{old}\n"),
]


@pytest.mark.parametrize(("before", "after"), CHANGED)
def test_only_the_column_changes(before: str, after: str) -> None:
    damaged = before.replace("%s", READ_AS_LATIN).replace("{old}", READ_AS_LATIN)
    healthy = after.replace("%s", ZH).replace("{old}", READ_AS_LATIN)
    assert treated(damaged.encode())[0].decode() == healthy


def test_a_text_is_quoted_once_it_has_to_be() -> None:
    damaged = '"a, b" \u5065\u5eb7'.encode().decode("latin-1")
    treatment = Treatment(("text",))
    form = Delimited(treatment, b",")
    form.header(b"text,n\n")
    assert form.with_texts(f"{damaged[1:]},1\n".encode(), {}) == f"{damaged[1:]},1\n".encode()
    assert form.with_texts(b"x,1\r\n", {"x": 'a, "b"\n'}) == b'"a, ""b""\n",1\r\n'


def test_tabs() -> None:
    data = f"id\ttext\n1\t{READ_AS_LATIN}\n"
    assert treated(data.encode(), b"\t")[0].decode() == f"id\ttext\n1\t{ZH}\n"


REJECTED = {
    "columns": b"1,a,b",
    "not-utf-8": b"1,\xff",
    "nul": b"1,a\0",
    "quoting": b'1,"a',
    "too-large": b"1," + b"x" * 5000,
}


@pytest.mark.parametrize(("kind", "row"), REJECTED.items())
def test_what_is_no_row_is_kept_aside(kind: str, row: bytes) -> None:
    data = b"id,text\n1,a\n" + row + b'\n2,b\n3,"c"\n'
    done, (rejected,), counters = treated(data, limits=Limits(record_bytes=4000))
    assert done == b'id,text\n1,a\n2,b\n3,"c"\n'
    assert (rejected["line"], rejected["kind"]) == (3, kind)
    assert counters.records == 4


def test_a_stray_quote_does_not_swallow_the_lines_behind_it() -> None:
    data = b"id,text\n" + b'1,"a\n2,b\n3,"c, d"\n' * 100
    done, rejected, _ = treated(data)
    assert done == b"id,text\n" + b'2,b\n3,"c, d"\n' * 100
    assert [each["line"] for each in rejected] == list(range(2, 302, 3))


def test_a_field_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ShardError, match="no column 'text'; there are: id, txt"):
        treated(b"id,txt\n1,a\n")


def test_a_header_that_is_too_large_is_no_header() -> None:
    with pytest.raises(ShardError, match="first line"):
        treated(b"id,text," + b"x" * 100 + b"\n1,a,b\n", limits=Limits(record_bytes=50))


def test_columns_are_added_behind_the_others() -> None:
    done, _, _ = treated(f"id,text\r\n1,{READ_AS_LATIN}\r\n2,fine\r\n".encode(), score_only=True)
    rows = list(csv.DictReader(io.StringIO(done.decode(), newline="")))
    assert [row["fixtext_damage"] for row in rows] == ['["misdecoded"]', "[]"]
    assert [row["fixtext_repairable"] for row in rows] == ["true", "true"]
    assert rows[0]["text"] == READ_AS_LATIN


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_rows_of_any_text_come_out_as_csv_reads_them(rows: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(["other", "text"])
    for other, _text in rows:
        writer.writerow([other, READ_AS_LATIN])
    done, rejected, counters = treated(written.getvalue().encode())
    assert rejected == []
    assert counters.records == len(rows)
    read = list(csv.reader(io.StringIO(done.decode(), newline="")))
    assert read[1:] == [[other, ZH] for other, _text in rows]
