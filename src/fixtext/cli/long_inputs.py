"""A long input in this process: its windows go out as jobs, what comes back goes on in order.

Memory holds a few windows, and the findings only if somebody wants to be told about them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from fixtext.cli import streams
from fixtext.cli.errors import Failure
from fixtext.cli.formats.places import START, Base
from fixtext.cli.jobs import End, Repaired, Stretch, done
from fixtext.cli.outcome import Summary
from fixtext.cli.wording import gettext as _
from fixtext.files import SIZE
from fixtext.files.sources import FileSource, PipeSource, Source, is_regular

if TYPE_CHECKING:
    from fixtext.cli.files.walking import Item
    from fixtext.cli.formats.reporter import Reporter
    from fixtext.cli.settings.choices import Choices
    from fixtext.cli.sinks import Sink, Written


class Manner(NamedTuple):
    """How long inputs are worked on in this run.

    Attributes:
        size: bytes of a window, about; what is not longer is read whole.
        block: bytes that are asked of a pipe at once.
        skip_binary: whether binary files are skipped.
        keep_encoding: whether the text is written in the encoding that it came in.
        places: whether somebody is told where findings are.
        digests: whether somebody is told the digests of input and output.
    """

    size: int = SIZE
    block: int = 1 << 18
    skip_binary: bool = False
    keep_encoding: bool = False
    places: bool = False
    digests: bool = False


class Opened(NamedTuple):
    """An input that is open, before it is known how long it is."""

    source: Source
    handle: int
    status: os.stat_result | None

    def close(self) -> None:
        """Close it, if it is a file."""
        _close(self.handle)


def opened(item: Item, manner: Manner, beginning: bytes = b"") -> Opened | bytes:
    """Open an input; return all of its bytes if it is no longer than a window.

    Args:
        item: the input.
        manner: how long ones are worked on.
        beginning: bytes of standard input that have been read before.

    Raises:
        Unreadable: it cannot be read.
    """
    from fixtext.cli.files.reading import open_file, refuse_changed, unreadable

    if item.path is None:
        source: Source = PipeSource(streams.reader(item.name), manner.block, beginning)
        handle, status = -1, None
    else:
        handle, status = open_file(item.path, item.name)
        regular = is_regular(handle)
        source = FileSource(handle) if regular else PipeSource(lambda count: os.read(handle, count), manner.block)
    try:
        beginning = source.at(0, manner.size + 1)
        if len(beginning) > manner.size:
            return Opened(source, handle, status)
        if status is not None:
            refuse_changed(handle, status, item.name)
    except OSError as error:
        _close(handle)
        raise unreadable(error, item.name) from None
    except BaseException:
        _close(handle)
        raise
    _close(handle)
    return beginning


def _close(handle: int) -> None:
    if handle >= 0:
        os.close(handle)


class Long:
    """One long input, from its first window to the end."""

    def __init__(
        self, item: Item, choices: Choices, opened: Opened, manner: Manner, sink: Sink, reporter: Reporter
    ) -> None:
        """Take an open input, which is closed at the end of its jobs."""
        self.item = item
        self._choices = choices
        self._source, self._handle, self._status = opened
        self._manner = manner
        self._sink = sink
        self._reporter = reporter
        self._written: Written | None = None
        self._base = START
        self._off = False
        self._over = False
        self._changed = False
        self._edits = self._suspects = 0
        self._notes: list[str] = []
        self._encoding = "utf-8"
        self._digests: tuple[Any, Any] | None = None
        if manner.digests:
            from hashlib import sha256

            self._digests = sha256(), sha256()

    @property
    def total(self) -> int | None:
        """Bytes of it, None if nobody knows."""
        return self._status.st_size if isinstance(self._source, FileSource) and self._status is not None else None

    def jobs(self) -> Iterator[Stretch | End]:
        """Yield its windows, and its end."""
        failure: Failure | None = None
        try:
            yield from self._windows()
        except Failure as error:
            failure = error
        finally:
            if self._handle >= 0 and not self._can_be_read_again():
                self._close()
        yield End(failure)

    def _windows(self) -> Iterator[Stretch]:
        from fixtext.cli.files.reading import refuse_changed, unreadable
        from fixtext.files.streaming import parts

        at = self._source.at
        manner = self._manner
        piped = not self._can_be_read_again()
        measure = manner.places or piped
        try:
            for window, known in parts(self._source, self._choices.config, manner.size):
                if self._over:
                    return
                before, start, end, after = window
                data = (at(before, start), at(start, end), at(end, after)) if piped else None
                self._encoding = known.pages[0]
                yield Stretch(self.item, self._choices, window, known, data, self._off, manner.keep_encoding, measure)
            if self._status is not None and self._handle >= 0:
                refuse_changed(self._handle, self._status, self.item.name)
        except OSError as error:
            raise unreadable(error, self.item.name) from None
        except ValueError as error:
            from fixtext.charset.reading import UnreadableError  # 10 ms that most inputs do without
            from fixtext.cli.documents import refusal

            if isinstance(error, UnreadableError):
                raise refusal(self.item.name, error) from None
            raise

    def _can_be_read_again(self) -> bool:
        return isinstance(self._source, FileSource)

    def take(self, job: Stretch | End, result: Repaired | Failure | None) -> Summary | None:
        """Hand on what came of a window, or of all of them at the end; then return what there is to say of the input.

        Raises:
            Failure: it could not be read, repaired or written; nothing more is to be expected of it.
        """
        if self._over:
            return None
        try:
            if isinstance(job, End):
                if isinstance(result, Failure):
                    raise result
                return self._finish()
            if isinstance(result, Repaired) and job.off != self._off:
                again = done(job._replace(off=self._off))
                assert isinstance(again, (Repaired, Failure))
                result = again
            if isinstance(result, Failure):
                raise self._located(result, job)
            assert isinstance(result, Repaired)
            self._hand_on(job, result)
        except BaseException:
            self.give_up()
            raise
        return None

    def _hand_on(self, job: Stretch, result: Repaired) -> None:
        start, end = job.window.start, job.window.end
        if result.switch is not None:
            self._off = result.switch
        self._notes += result.notes
        if result.found is not None:
            self._edits += len(result.found.repair.edits)
            self._suspects += len(result.found.repair.suspects)
            self._reporter.part(result.found._replace(base=self._base))
        lines, column, chars = result.extent
        base = self._base
        self._base = Base(base.line + lines, column if lines else base.column + column, end, base.char + chars)
        self._changed |= result.output is not None

        def raw() -> bytes:
            if result.data is not None:
                return result.data
            return self._source.at(start, end) if job.data is None else job.data[1]

        if self._digests is not None:
            data = raw()
            self._digests[0].update(data)
            self._digests[1].update(data if result.output is None else result.output)
        if self._written is None:
            self._written = self._sink.begin(self.item, self._status, self._source)
        self._written.part(start, result.output, raw)

    def _finish(self) -> Summary:
        from fixtext.cli.documents import Document
        from fixtext.cli.writing import target
        from fixtext.files.together import told_once

        if self._written is not None:
            self._written.commit()
        document = Document(b"", "", self._encoding)
        if self._manner.keep_encoding:
            document = document._replace(target=self._encoding)
        self._over = True
        self._close()
        return Summary(
            self.item,
            self._changed,
            self._edits,
            self._suspects,
            told_once(self._notes) if self._notes else (),
            self._encoding,
            target(document, self._choices.values),
            self._digested,
        )

    def _digested(self) -> tuple[str, str]:
        assert self._digests is not None
        before, after = self._digests
        return before.hexdigest(), after.hexdigest()

    def give_up(self) -> None:
        """Leave everything as it was, and forget the input."""
        self._over = True
        if self._written is not None:
            self._written.close()
        self._close()

    def _close(self) -> None:
        handle, self._handle = self._handle, -1
        _close(handle)

    def _located(self, failure: Failure, job: Stretch) -> Failure:
        """Say in which lines something failed."""
        first = self._base.line
        if not job.measure:
            first = sum(
                self._source.at(at, min(at + SIZE, job.window.start)).count(b"\n")
                for at in range(0, job.window.start, SIZE)
            )
        data = self._source.at(job.window.start, job.window.end) if job.data is None else job.data[1]
        last = first + data.count(b"\n") + (not data.endswith(b"\n"))
        message = _("lines {first} to {last}: {message}; the output ends before them, no file was changed")
        told = message.format(first=first + 1, last=max(last, first + 1), message=failure.message)
        return type(failure)(failure.name, told)
