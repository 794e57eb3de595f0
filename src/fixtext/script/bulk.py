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

CHUNK = 1 << 16
"""Code points worked on at a time: the buffers, 20 bytes a code point, stay in a second-level cache of 1 MB or more."""

_TRIGGER_BITS = 20
_TAG = np.uint32((1 << 32 - _TRIGGER_BITS) - 1)

# Marks in the table of characters: one comparison with the maximum tells that a chunk holds none.
_MARK = 1 << 31
_COMPATIBLE = _MARK
_DESCRIPTION = _MARK | 1
_SPECIAL = _MARK | 2


class BulkEngine:
    """Converts large texts with the dictionaries of an `Engine`; same output."""

    def __init__(self, engine: Engine) -> None:
        """Turn the tables of the engine into arrays."""
        self._engine = engine
        tables = engine.tables
        characters = np.arange(sys.maxunicode + 1, dtype=np.uint32)
        source = np.fromiter(tables.characters, dtype=np.int64)
        characters[source] = np.fromiter(tables.characters.values(), dtype=np.uint32)
        characters[list(compatibility())] = _COMPATIBLE
        characters[0x2FF0:0x3000] = _DESCRIPTION
        characters[list(map(ord, tables.specials))] = _SPECIAL
        self._characters = characters

        hashes = _hashes_of(tables.triggers())
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

        self._index = np.empty(CHUNK, dtype=np.int64)
        self._hash = np.empty(CHUNK, dtype=np.uint32)
        self._shifted = np.empty(CHUNK, dtype=np.uint32)
        self._flags = np.empty(CHUNK, dtype=bool)
        self._output = np.empty(CHUNK, dtype=np.uint32)

    def convert(self, text: str) -> str:
        """Convert a text whole."""
        parts: list[str] = []
        position = 0
        while position < len(text):
            end = self._cut(text, position, position + CHUNK)
            chunk = text[position:end]
            # No key of any dictionary is ASCII alone.
            converted = chunk if chunk.isascii() else self._chunk(chunk)
            if converted is None:
                end = self._around_description(text, position, end)
                chunk = text[position:end]
                # The part before the description sequence holds none, so it does not come back here.
                converted = self._chunk(chunk) or self._engine.convert(chunk)
            parts.append(converted)
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
        end = self._cut(text, start, found.start())
        if start < end <= found.start():
            return end
        end = found.start()
        while (found := DESCRIPTIONS.search(text, end)) and found.start() < end + DESCRIPTION_REACH:
            end = found.end()
        return self._cut_from(text, end + DESCRIPTION_REACH)

    def _cut_from(self, text: str, place: int) -> int:
        while place < len(text) and self._is_inner(text, place):
            place += 1
        return min(place, len(text))

    def _chunk(self, chunk: str) -> str | None:
        """Convert what stands between two cuts; None if it holds an ideographic description character."""
        size = len(chunk)
        if size > len(self._index):
            return self._engine.convert(chunk)
        codes = np.array([chunk]).view(np.uint32)
        index, output = self._index[:size], self._output[:size]
        index[:] = codes
        self._characters.take(index, out=output, mode="clip")
        specials: NDArray[np.int64] | None = None
        if output.max() >= _MARK:
            marked = (output >= _MARK).nonzero()[0]
            marks = output[marked]
            if (marks == _DESCRIPTION).any():
                return None
            if (marks == _COMPATIBLE).any():
                return self._chunk(unify(chunk))
            specials = marked
            output[marked] = codes[marked]
        starts, ends = self._islands(codes, specials)
        converted = _text(output)
        if not starts:
            return converted
        parts: list[str] = []
        done = 0
        island = self._engine.island
        memo = self._engine.memo
        for start, end in zip(starts, ends, strict=True):
            text = chunk[start:end]
            exact = memo[text] if text in memo else island(text)
            if exact is not None:
                parts += (converted[done:start], exact)
                done = end
        parts.append(converted[done:])
        return "".join(parts)

    def _islands(self, codes: NDArray[np.uint32], specials: NDArray[np.int64] | None) -> tuple[list[int], list[int]]:
        """Return where islands start and end: around triggers and specials, from cut to cut."""
        pairs = len(codes) - 1
        hashes, index = self._hash[:pairs], self._index[:pairs]
        np.multiply(codes[:-1], np.uint32(MULTIPLIER), out=hashes)
        np.add(hashes, codes[1:], out=hashes)
        np.multiply(hashes, np.uint32(MULTIPLIER), out=hashes)
        shifted = np.right_shift(hashes, np.uint32(32 - _TRIGGER_BITS), out=self._shifted[:pairs])
        index[:] = shifted
        flags = self._triggers.take(index, out=self._flags[:pairs], mode="clip")
        hits = flags.nonzero()[0]
        tags = self._tags[shifted[hits]]
        hits = hits[(tags == (hashes[hits] & _TAG)) | (tags > _TAG)]
        # A trigger is an inner pair. What is none was let through by chance, and would reach across a cut.
        inner_index = hashes >> np.uint32(32 - INNER_BITS)
        hits = hits[self._inner[inner_index[hits]]]
        ends = hits + 2
        if specials is not None:
            hits = np.concatenate((hits, specials))
            ends = np.concatenate((ends, specials + 1))
            order = hits.argsort(kind="stable")
            hits, ends = hits[order], ends[order]
        if not len(hits):
            return [], []
        growing = np.arange(len(hits))
        while len(growing := growing[hits[growing] > 0]):
            growing = growing[self._inner[inner_index[hits[growing] - 1]]]
            hits[growing] -= 1
        growing = np.arange(len(hits))
        while len(growing := growing[ends[growing] <= pairs]):
            growing = growing[self._inner[inner_index[ends[growing] - 1]]]
            ends[growing] += 1
        # Seeds of one island have grown to the same bounds.
        first = np.ones(len(hits), dtype=bool)
        np.not_equal(hits[1:], hits[:-1], out=first[1:])
        return hits[first].tolist(), ends[first].tolist()


def _hashes_of(pairs: list[str]) -> NDArray[np.uint32]:
    """Return `pairs.pair_hash` of each pair."""
    codes = np.array(["".join(pairs)]).view(np.uint32).reshape(-1, 2) if pairs else np.empty((0, 2), dtype=np.uint32)
    multiplier = np.uint32(MULTIPLIER)
    hashes: NDArray[np.uint32] = (codes[:, 0] * multiplier + codes[:, 1]) * multiplier
    return hashes


def _text(codes: NDArray[np.uint32]) -> str:
    """Return the text of an array of code points, lone surrogates and NUL included."""
    if codes[-1]:  # numpy takes NUL at the end for padding
        text: str = codes.view(f"<U{len(codes)}" if sys.byteorder == "little" else f">U{len(codes)}").item()
        return text
    return codes.tobytes().decode(f"utf-32-{sys.byteorder[0]}e", "surrogatepass")
