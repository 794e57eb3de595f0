"""Plans: the repairs that ``--format json`` told, made in another copy of a file, or taken back.

A plan comes from somewhere and is not trusted: only files that the command line names are written, and nothing is
changed unless every repair finds exactly the text that it is about.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from fixtext.channels.asked import Asked
from fixtext.channels.channel import Channel
from fixtext.cli.documents import Document
from fixtext.cli.errors import Failure, Unreadable
from fixtext.cli.files.reading import read_file
from fixtext.cli.files.walking import Item
from fixtext.cli.formats.records import VERSION
from fixtext.cli.printable import printable
from fixtext.cli.settings.choices import Choices
from fixtext.cli.wording import gettext as _
from fixtext.composition import apply
from fixtext.findings import Edit, Guess, Repair, Span

T = TypeVar("T")


class _File(NamedTuple):
    path: str
    before: str
    after: str
    encoding: str
    encoding_after: str
    edits: tuple[Edit, ...]


class Plan:
    """The repairs of one or more files."""

    def __init__(self, name: str, files: list[_File], *, alone: bool) -> None:
        self._name = name
        self._files = files
        self._alone = alone and len(files) == 1

    @classmethod
    def read(cls, path: str, *, alone: bool) -> Plan:
        """Read a plan.

        Args:
            path: a file that ``--format json`` or ``jsonl`` has written.
            alone: whether one file only is worked on; then a plan for one file is for it, whatever its name.

        Raises:
            Failure: it cannot be read, or is no plan.
        """
        data, _known = read_file(path, path)
        try:
            return cls(path, [_file(value) for value in _records(data)], alone=alone)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            told = f"{type(error).__name__}: {error}"
            message = _("it is no plan that --format json or jsonl has written: {reason}").format(reason=told)
            raise Unreadable(path, message) from None

    def apply(self, item: Item, data: bytes, choices: Choices) -> tuple[Document, Repair]:
        """Make the repairs; a file that is repaired already is left as it is.

        Raises:
            Failure: the plan is about another file, or about another state of this one.
        """
        digest = sha256(data).hexdigest()
        file = self._file(item, digest, lambda file: file.before)
        if digest == file.after != file.before:
            return self._as_it_is(item, data, file.encoding_after)
        document = self._read(item, data, file.encoding)._replace(target=file.encoding_after)
        self._find(item, document.text, ((edit.span, edit.before) for edit in file.edits))
        return document, Repair(apply(document.text, file.edits), file.edits, encoding=file.encoding)

    def undo(self, item: Item, data: bytes, choices: Choices) -> tuple[Document, Repair]:
        """Take the repairs back; a file that is not repaired yet is left as it is.

        Raises:
            Failure: the plan is about another file, or about another state of this one.
        """
        digest = sha256(data).hexdigest()
        file = self._file(item, digest, lambda file: file.after)
        if digest == file.before != file.after:
            return self._as_it_is(item, data, file.encoding)
        document = self._read(item, data, file.encoding_after)._replace(target=file.encoding)
        edits = tuple(_reversed(file.edits))
        self._find(item, document.text, ((edit.span, edit.before) for edit in edits))
        repair = Repair(apply(document.text, edits), edits, encoding=file.encoding_after)
        if digest == file.after and file.before != _digest(repair.text, file.encoding):
            raise Failure(
                item.name,
                _("more than repairs was changed, so the plan {plan} does not lead back").format(plan=self._name),
            )
        return document, repair

    def _read(self, item: Item, data: bytes, encoding: str) -> Document:
        from fixtext.charset.lossless import decode

        try:
            return Document(data, decode(data, encoding), encoding)
        except (UnicodeError, LookupError, ValueError):
            raise Unreadable(
                item.name, _("it is not in {encoding}, as the plan says").format(encoding=printable(encoding))
            ) from None

    def _as_it_is(self, item: Item, data: bytes, encoding: str) -> tuple[Document, Repair]:
        document = self._read(item, data, encoding)._replace(target=encoding)
        return document, Repair(document.text, encoding=encoding)

    def _file(self, item: Item, digest: str, wanted: Callable[[_File], str]) -> _File:
        """Return what the plan says about a file: by its content, else by its path."""
        same = [file for file in self._files if wanted(file) == digest]
        path = os.path.normpath(item.path if item.path is not None else item.name)
        here = [file for file in same if os.path.normpath(file.path) == path]
        named = [file for file in self._files if os.path.normpath(file.path) == path]
        for found in (here, same, named, self._files if self._alone else []):
            if found:
                return found[0]
        raise Failure(item.name, _("the plan {plan} says nothing about it").format(plan=self._name))

    def _find(self, item: Item, text: str, places: Iterable[tuple[Span, str]]) -> None:
        end = 0
        for span, expected in places:
            if span.start < end or text[slice(*span)] != expected or span.end - span.start != len(expected):
                raise Failure(
                    item.name,
                    _("it does not say what the plan {plan} expects at character {offset}; nothing was changed").format(
                        plan=self._name, offset=span.start
                    ),
                )
            end = span.end


def _records(data: bytes) -> list[dict[str, Any]]:
    text = data.decode("utf-8")
    try:
        document = json.loads(text)
        lines = [document] if not isinstance(document, dict) or "files" not in document else []
    except json.JSONDecodeError:
        document, lines = {}, [json.loads(line) for line in text.splitlines() if line.strip()]
    for value in lines or [document]:
        if value["version"] != VERSION:
            raise ValueError(_("version {version} of the form is not known").format(version=value["version"]))
    return lines or list(document["files"])


def _file(value: dict[str, Any]) -> _File:
    edits = tuple(_edit(edit) for edit in value["edits"])
    names = (value.get("encoding", "utf-8"), value.get("encoding_after", "utf-8"))
    path, before, after, encoding, encoding_after = (
        _a(str, text) for text in (value["path"], value["sha256"], value["sha256_after"], *names)
    )
    return _File(path, before, after, encoding, encoding_after, edits)


def _digest(text: str, encoding: str) -> str:
    from fixtext.charset.lossless import encode

    try:
        return sha256(encode(text, encoding)).hexdigest()
    except UnicodeError:
        return ""


def _edit(value: dict[str, Any]) -> Edit:
    before, after = _a(str, value["before"]), _a(str, value["after"])
    span = Span(_a(int, value["start"]), _a(int, value["end"]))
    if not 0 <= span.start < span.end:
        raise ValueError(f"no place in a text: {span.start} to {span.end}")
    guesses = tuple(
        Guess(_a(int, guess["offset"]), _a(str, guess["char"]), float(guess["probability"]))
        for guess in value.get("guesses", ())
    )
    return Edit(_a(str, value["rule"]), span, before, after, _channel(value, before), float(value["bits"]), guesses)


def _channel(value: dict[str, Any], before: str) -> Channel:
    try:
        return Channel.from_dict(value["channel"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return Channel((Asked("as a plan says", before),))


def _a(kind: type[T], value: object) -> T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} should be {kind.__name__}")
    return value


def _reversed(edits: Iterable[Edit]) -> Iterable[Edit]:
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        span = Span(start, start + len(edit.after))
        yield Edit(edit.damage, span, edit.after, edit.before, Channel((Asked("undo", edit.after),)), edit.bits)
        shift += len(edit.after) - len(edit.before)
