"""Quantises a model and writes the file that `fixtext.language` opens (layout: docs/language-model.md)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .characters import LAST_BMP, Folding
from .estimate import LOW, SHIFT, Model
from .vocabulary import CODE_POINTS, Vocabulary

MAGIC = b"fixtext-lm\r\n\x1a"
VERSION = 2
UNIT = 8
"""Costs are stored in eighths of a bit."""
BLOCK = 64

FORMS = ("none", "small", "capital", "wide", "kana", "simplified")
ROW = 8
"""Forms are indices below 8, so that a table of costs has 8 by 8 places."""
NOT_JAPANESE = 2e-6
"""Share in Japanese text below which a Simplified character is foreign to it (U+56FD is no rarity there)."""


def form(char: str, folded: str) -> int:
    """Return the index in `FORMS`: what the folding of case and width has taken away from a character."""
    if 0xFF10 <= ord(char) <= 0xFF5A:
        return 3 if char != folded else 0
    if 0x3041 <= ord(char) <= 0x30FF and char.isalpha():
        return 4
    if char != folded and folded == char.lower():
        return 2
    upper = char.upper()
    return 1 if folded == char and len(upper) == 1 and upper != char and upper.lower() == char else 0


WIDE = 1.0
NARROW_TO_WIDE = 10.0
"""Bits of a fullwidth letter or digit after another, and after anything else (and back); chosen, since the running
text of the sources holds next to none."""
SIMPLIFIED_AFTER_KANA = 7.0
KANA_AFTER_SIMPLIFIED = 5.0
"""Bits for a Simplified character beside kana, where the folding of scripts would take it for a Japanese one; chosen.
They raise the share of EUC-JP text of 4 characters that is told from its reading as GBK."""


def form_costs(text: str, folding: Folding) -> NDArray[np.uint8]:
    """Measure what capitals and small letters cost after each other: form before by form, 8 by 8."""
    forms = np.array([form(char, folding.fold(char)) for char in text])
    pairs = np.zeros((ROW, ROW)) + 0.5
    np.add.at(pairs, (forms[:-1], forms[1:]), 1)
    letters = pairs[:, 1:3]
    bits = np.zeros((ROW, ROW))
    bits[:4, 1:3] = -np.log2(letters / letters.sum(axis=1, keepdims=True))[:4]
    bits[4:, 1:3] = bits[0, 1:3]
    bits[:, 3] = NARROW_TO_WIDE
    bits[3, :4] = (0.0, NARROW_TO_WIDE, NARROW_TO_WIDE, WIDE)
    bits[4, 5] = SIMPLIFIED_AFTER_KANA
    bits[5, 4] = KANA_AFTER_SIMPLIFIED
    return np.rint(bits * UNIT).astype(np.uint8)


def _costs(probability: NDArray[np.float64]) -> NDArray[np.uint8]:
    bits = -np.log2(np.maximum(probability, 1e-30)) * UNIT
    return np.asarray(np.clip(np.rint(bits), 0, 255), np.uint8)


def _signed(backoff: NDArray[np.float64]) -> NDArray[np.int8]:
    bits = -np.log2(np.maximum(backoff, 1e-30)) * UNIT
    return np.asarray(np.clip(np.rint(bits), -128, 127), np.int8)


def sections(
    model: Model, vocabulary: Vocabulary, folding: Folding, forms_seen: NDArray[np.uint8]
) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the file, in order."""
    size = len(model.unigrams)
    surface = np.zeros(LAST_BMP + 1, np.uint16)
    extra = np.zeros(LAST_BMP + 1, np.uint8)
    forms = np.zeros(LAST_BMP + 1, np.uint8)
    folds: list[tuple[int, int]] = []
    for code in range(LAST_BMP + 1):
        char = chr(code)
        folded = folding.fold(char)
        surface[code] = vocabulary.ids[ord(folded)]
        bits = vocabulary.extra[ord(folded)] + folding.variant_bits.get(char, 0.0)
        extra[code] = min(round(bits * UNIT), 255)
        script = {"hans": 1, "hant": 2}.get(folding.script.get(char, ""), 0)
        foreign = script == 1 and folding.japanese.get(char, 0.0) < NOT_JAPANESE
        forms[code] = (5 if foreign else form(char, folded)) | script << 3
    for char, target in sorted(folding.han.items()):
        folds.append((ord(char), ord(target)))
    rest = vocabulary.ids[LAST_BMP + 1 :]
    starts = np.flatnonzero(np.concatenate(([True], rest[1:] != rest[:-1])))
    astral = np.array([[start + LAST_BMP + 1, rest[start]] for start in starts], np.uint32)
    astral_extra = _rounded(vocabulary.extra[astral[:, 0].astype(np.int64)])
    context2 = (model.bigrams.keys >> SHIFT).astype(np.int64)
    rows2 = np.searchsorted(context2, np.arange(size + 1)).astype(np.uint32)
    context3 = np.searchsorted(model.bigrams.keys, model.trigrams.keys >> SHIFT)
    rows3 = np.searchsorted(context3, np.arange(len(model.bigrams.keys) + 1))
    base3 = rows3[::BLOCK]
    offsets3 = rows3 - np.repeat(base3, BLOCK)[: len(rows3)]
    if offsets3.max() > 0xFFFF:
        raise ValueError("a block of contexts holds more than 65,535 trigrams")
    return {
        "ids": surface,
        "extra": extra,
        "forms": forms,
        "formcost": forms_seen.ravel(),
        "folds": np.array(folds, np.uint32),
        "astral": astral[:, 0].copy(),
        "astralid": astral[:, 1].astype(np.uint16),
        "astralex": astral_extra,
        "cost1": _costs(model.unigrams),
        "back1": _signed(model.unigram_backoff),
        "rows2": rows2,
        "last2": (model.bigrams.keys & LOW).astype(np.uint16),
        "cost2": _costs(model.bigrams.probability),
        "back2": _signed(model.bigrams.backoff),
        "base3": base3.astype(np.uint32),
        "rows3": offsets3.astype(np.uint16),
        "last3": (model.trigrams.keys & LOW).astype(np.uint16),
        "cost3": _costs(model.trigrams.probability),
    }


def _rounded(bits: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.clip(np.rint(bits * UNIT), 0, 255).astype(np.uint8)


def write(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """Write the file: magic, version, sizes, table of sections, check sum of all that; then the arrays, aligned."""
    head = struct.Struct("<13sBHQ")
    entry = struct.Struct("<8sQQ")
    offset = head.size + entry.size * len(arrays) + 4
    table, body = b"", b""
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
        padding = -(offset + len(body)) % 8
        body += bytes(padding)
        table += entry.pack(name.encode("ascii"), offset + len(body), len(data))
        body += data
    start = head.pack(MAGIC, VERSION, len(arrays), offset + len(body)) + table
    fresh = path.with_suffix(".new")  # a running process may have the old file mapped
    fresh.write_bytes(start + struct.pack("<I", zlib.crc32(start)) + body)
    fresh.replace(path)


assert CODE_POINTS > LAST_BMP
