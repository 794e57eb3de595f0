"""The same conversion over arrays, for large texts: numpy finds the islands, Python converts only them.

Per chunk of code points: characters by one table, pairs by a hash into a table of triggers, then islands grown around
the hits by a table of inner pairs. A wrong "yes" of a table costs time, never exactness.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from fixtext.script.islands import DESCRIPTION_REACH, DESCRIPTIONS, Engine, unify
from fixtext.script.pairs import INNER_BITS, MULTIPLIER, InnerPairs
from fixtext.script.tables import compatibility

_SPARSE = 256  # a part costs 150 ns, a code point that is decoded 1.3 ns

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]

CHUNK = 1 << 16
"""Code points worked on at a time: the buffers, 17 bytes a code point, stay in a second-level cache of 1 MB or more."""

_TRIGGER_BITS = 20
_TAG = np.uint32((1 << 32 - _TRIGGER_BITS) - 1)

# Marks in the table of characters: one comparison with the maximum tells that a chunk holds none. Where a trigger
# may begin or end is marked beside the character itself, if few characters begin one: that saves to hash all pairs.
_ENDS = 1 << 29
_BEGINS = 1 << 30
_FEW_BEGINNINGS = 400
_MARK = 1 << 31
_COMPATIBLE = _MARK
_DESCRIPTION = _MARK | 1
_SPECIAL = _MARK | 2

_NONE: Places = np.empty(0, dtype=np.int64)


class _Buffers:
    """Room for one chunk; a call has its own, so that threads do not meet."""

    __slots__ = ("flags", "hashes", "index", "output", "size")

    def __init__(self, size: int) -> None:
        """Make room for chunks of up to a number of code points."""
        self.size = size
        self.index = np.empty(size, dtype=np.int64)
        self.hashes = np.empty(size, dtype=np.uint32)
        self.flags = np.empty(size, dtype=bool)
        self.output = np.empty(size, dtype=np.uint32)


class BulkEngine:
    """Converts large texts with the dictionaries of an `Engine`; same output."""

    def __init__(self, engine: Engine) -> None:
        """Turn the tables of the engine into arrays."""
        self._engine = engine
        tables = engine.tables
        characters = np.arange(sys.maxunicode + 1, dtype=np.uint32)
        source = np.fromiter(tables.characters, dtype=np.int64)
        characters[source] = np.fromiter(tables.characters.values(), dtype=np.uint32)
        triggers = tables.triggers()
        beginnings = {ord(pair[0]) for pair in triggers}
        self._begin_marked = len(beginnings) <= _FEW_BEGINNINGS
        if self._begin_marked:
            characters[list(beginnings)] |= np.uint32(_BEGINS)
            characters[list({ord(pair[1]) for pair in triggers})] |= np.uint32(_ENDS)
        characters[list(compatibility())] = _COMPATIBLE
        characters[0x2FF0:0x3000] = _DESCRIPTION
        characters[list(map(ord, tables.specials))] = _SPECIAL
        self._characters = characters

        hashes = _hashes_of(triggers)
        self._triggers = np.zeros(1 << _TRIGGER_BITS, dtype=bool)
        self._tags = np.zeros(1 << _TRIGGER_BITS, dtype=np.uint16)
        index = hashes >> np.uint32(32 - _TRIGGER_BITS)
        self._triggers[index] = True
        self._tags[index] = hashes & _TAG
        # Where two triggers share a place, the tag cannot tell: any pair passes.
        shared = self._tags[index] != (hashes & _TAG)
        self._tags[index[shared]] = _TAG + 1

        listed, packed = tables.inner()
        self._inner = (
            np.unpackbits(np.frombuffer(packed, dtype=np.uint8), bitorder="little").view(bool)
            if packed is not None
            else np.zeros(1 << INNER_BITS, dtype=bool)
        )
        self._inner[_hashes_of(listed) >> np.uint32(32 - INNER_BITS)] = True
        self._inner_pairs = InnerPairs(listed, packed)

    def convert(self, text: str) -> str:
        """Convert a text whole."""
        parts: list[str] = []
        buffers = _Buffers(min(CHUNK, len(text)))
        position = 0
        while position < len(text):
            end = self._cut(text, position, position + CHUNK)
            chunk = text[position:end]
            # No key of any dictionary is ASCII alone.
            converted = [chunk] if chunk.isascii() else self._chunk(chunk, buffers)
            if converted is None:
                end = self._around_description(text, position, end)
                chunk = text[position:end]
                # The part before the description sequence holds none, so it does not come back here.
                converted = self._chunk(chunk, buffers) or [self._engine.convert(chunk)]
            parts += converted
            position = end
        return "".join(parts)

    def _cut(self, text: str, start: int, end: int) -> int:
        """Return the last place after `start` and up to `end` that no match runs across, or the first one after it."""
        if end >= len(text):
            return len(text)
        for place in range(end, start, -1):
            if not self._is_inner(text, place):
                return place
        return self._cut_from(text, end)

    def _is_inner(self, text: str, place: int) -> bool:
        pair = text[place - 1 : place + 1]
        return self._inner_pairs[pair] or self._inner_pairs[pair.translate(compatibility())]

    def _around_description(self, text: str, start: int, end: int) -> int:
        """Cut before the first ideographic description, or, if it stands at the start, after all that it reaches."""
        found = DESCRIPTIONS.search(text, start, end)
        if found is None:  # cannot be: the chunk was refused because of one
            return end
        if start < found.start() and (place := self._cut(text, start, found.start())) <= found.start():
            return place
        place = found.end()
        # The way to the next cut may lead over further description characters, each with its own reach.
        while found:
            place = self._cut_from(text, found.end() + DESCRIPTION_REACH)
            found = DESCRIPTIONS.search(text, found.end(), place)
        return place

    def _cut_from(self, text: str, place: int) -> int:
        while place < len(text) and self._is_inner(text, place):
            place += 1
        return min(place, len(text))

    def _chunk(self, chunk: str, buffers: _Buffers) -> list[str] | None:
        """Convert what stands between two cuts; None if it holds an ideographic description character."""
        size = len(chunk)
        if size > buffers.size:
            return None if DESCRIPTIONS.search(chunk) else [self._engine.convert(chunk)]
        codes = np.array([chunk]).view(np.uint32)
        index, output = buffers.index[:size], buffers.output[:size]
        index[:] = codes
        self._characters.take(index, out=output, mode="clip")
        specials = hits = _NONE
        if output.max() >= _ENDS:
            marked = (output >= _BEGINS).nonzero()[0]
            marks = output[marked]
            special = marks >= _MARK
            if special.any():
                marks = marks[special]
                if (marks == _DESCRIPTION).any():
                    return None
                if (marks == _COMPATIBLE).any():
                    return self._chunk(unify(chunk), buffers)
                specials = marked[special]
            hits = marked[~special]
            hits = hits[: np.searchsorted(hits, size - 1)]
            hits = hits[output[hits + 1] & np.uint32(_ENDS | _MARK) != 0]
            output &= np.uint32(_ENDS - 1)
            output[specials] = codes[specials]
        if not self._begin_marked:
            hits = self._hashed(codes, buffers)
        starts, ends = self._islands(codes, self._checked(codes, hits), specials)
        converted = _text(output, codes, chunk)
        parts: list[str] = []
        done = 0
        island = self._engine.island
        memo = self._engine.memo
        for start, end in zip(starts, ends, strict=True):
            text = chunk[start:end]
            exact = memo.get(text, "")  # no conversion is empty
            if exact == "":
                exact = island(text)
            if exact is not None:
                parts += (converted[done:start], exact)
                done = end
        parts.append(converted[done:] if done else converted)
        return parts

    def _hashed(self, codes: Codes, buffers: _Buffers) -> Places:
        """Return where a pair may be a trigger, by the table."""
        pairs = len(codes) - 1
        hashes, index = buffers.hashes[:pairs], buffers.index[:pairs]
        np.multiply(codes[:-1], np.uint32(MULTIPLIER), out=hashes)
        np.add(hashes, codes[1:], out=hashes)
        np.multiply(hashes, np.uint32(MULTIPLIER), out=hashes)
        np.right_shift(hashes, np.uint32(32 - _TRIGGER_BITS), out=hashes)
        index[:] = hashes
        hits: Places = self._triggers.take(index, out=buffers.flags[:pairs], mode="clip").nonzero()[0]
        return hits

    def _checked(self, codes: Codes, hits: Places) -> Places:
        """Return those of some pairs that are triggers by the tables."""
        hashes = _hashes(codes, hits)
        index = hashes >> np.uint32(32 - _TRIGGER_BITS)
        tags = self._tags[index]
        # A trigger is an inner pair. What is none was let through by chance, and would reach across a cut.
        passed = self._triggers[index] & self._inner[hashes >> np.uint32(32 - INNER_BITS)]
        passed &= (tags == (hashes & _TAG)) | (tags > _TAG)
        checked: Places = hits[passed]
        return checked

    def _islands(self, codes: Codes, hits: Places, specials: Places) -> tuple[list[int], list[int]]:
        """Return where islands start and end: around triggers and specials, from cut to cut."""
        starts = np.concatenate((hits, specials))
        ends = np.concatenate((hits + 2, specials + 1))
        if not len(starts):
            return [], []
        if len(specials):
            order = starts.argsort(kind="stable")
            starts, ends = starts[order], ends[order]
        shift = np.uint32(32 - INNER_BITS)
        growing = np.arange(len(starts))
        while len(growing := growing[starts[growing] > 0]):
            growing = growing[self._inner[_hashes(codes, starts[growing] - 1) >> shift]]
            starts[growing] -= 1
        growing = np.arange(len(starts))
        while len(growing := growing[ends[growing] < len(codes)]):
            growing = growing[self._inner[_hashes(codes, ends[growing] - 1) >> shift]]
            ends[growing] += 1
        # Seeds of one island have grown to the same bounds.
        first = np.ones(len(starts), dtype=bool)
        np.not_equal(starts[1:], starts[:-1], out=first[1:])
        return starts[first].tolist(), ends[first].tolist()


def is_described(text: str) -> bool:
    """Return whether there is an ideographic description character in a text; 10 times faster than `re`."""
    for start in range(0, len(text), CHUNK):
        codes = np.array([text[start : start + CHUNK]]).view(np.uint32)
        codes -= np.uint32(0x2FF0)
        if codes.min() < 16:
            return True
    return False


def _hashes(codes: Codes, places: Places) -> Codes:
    """Return `pairs.pair_hash` of the pairs that begin at some places."""
    multiplier = np.uint32(MULTIPLIER)
    hashes: Codes = (codes[places] * multiplier + codes[places + 1]) * multiplier
    return hashes


def _hashes_of(pairs: list[str]) -> Codes:
    """Return `pairs.pair_hash` of each pair."""
    codes = np.array(["".join(pairs)]).view(np.uint32) if pairs else np.empty(0, dtype=np.uint32)
    return _hashes(codes, np.arange(0, len(codes), 2))


def _text(output: Codes, codes: Codes, chunk: str) -> str:
    """Return the text of the converted code points; where few have changed, by mending the chunk they came from."""
    changed = output != codes
    count = np.count_nonzero(changed)
    if count == 0:
        return chunk
    if count * _SPARSE < len(chunk):
        parts: list[str] = []
        done = 0
        for place in changed.nonzero()[0].tolist():
            parts += (chunk[done:place], chr(output[place]))
            done = place + 1
        parts.append(chunk[done:])
        return "".join(parts)
    if output[-1]:  # numpy takes NUL at the end for padding
        text: str = output.view(f"U{len(output)}").item()
        return text
    return output.tobytes().decode(f"utf-32-{sys.byteorder[0]}e", "surrogatepass")
