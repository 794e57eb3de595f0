"""Ranks encodings by what a sample costs in them: all start, and who falls behind leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from fixtext.charset.encodings import JAPANESE, MULTI_BYTE, SINGLE_BYTE, UTF_8, UTF_16, Encoding
from fixtext.charset.sample import stretches
from fixtext.charset.weighing import UNDECODABLE, beyond_ascii, bits, read

ROUNDS = (90, 360, 1400, 5600)
"""Bytes of the sample in each round."""
_BEHIND = 40.0
"""Bits by which an encoding may be behind the best one to stay in the race: far more than priors can make up for."""
_SHARE = 0.25
"""The same, as a share of what the best one costs: the sample of the first round may be all frames and numbers."""
_CONVINCING = 10.0
"""Bits a character beyond ASCII up to which an East Asian reading is taken for text, so that rare encodings need not be
tried. Real text has 5 to 9 on stretches of 40 characters or more, other encodings read as these 12 to 20."""
_RARE = ("euc-tw", "johab")
_STRUCTURED = 16.0
"""What being well-formed UTF-8 is worth beyond the priors: a short text in another encoding rarely is."""


_ABROAD = 20.0
"""Bits for Japanese in a Chinese or Korean encoding, which all have kana: at the very places of EUC-JP."""
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")


class Contender(NamedTuple):
    """An encoding in the race.

    Attributes:
        encoding: what the sample is read with.
        bits: what the sample costs, prior included.
    """

    encoding: Encoding
    bits: float


def race(data: bytes, well_formed: bool) -> list[Contender]:
    """Return encodings, the likeliest first; those far behind are not weighed to the end and left out.

    Args:
        data: bytes with some beyond ASCII among them.
        well_formed: whether they are well-formed UTF-8.
    """
    east_asian = [encoding for encoding in MULTI_BYTE if encoding.probe not in _RARE]
    field: list[Encoding] = [UTF_8, *east_asian]
    ranking: list[Contender] = []
    rest = False
    for number, limit in enumerate(ROUNDS):
        sample = stretches(data, limit)
        weigh = _scales(sample, well_formed)
        ranking = _ranked(field, weigh)
        if number == 0 or not rest:
            # At first only the usual ones run; the others join unless one of those is convincing.
            best = ranking[0]
            texts = [read(stretch, best.encoding.probe) for stretch in sample]
            letters = beyond_ascii(texts)
            if best.encoding is UTF_8 and not well_formed:
                rest = True
            elif best.encoding is UTF_8:
                rest = letters < 12
            else:
                rest = (bits(texts) > _CONVINCING * letters) or letters < 12 or any("\ufffd" in text for text in texts)
            if rest:
                others = [*SINGLE_BYTE, *(encoding for encoding in MULTI_BYTE if encoding.probe in _RARE)]
                ranking = sorted([*ranking, *_ranked(others, weigh)], key=lambda contender: contender.bits)
        if sum(map(len, sample)) < limit:
            break
        best_bits = ranking[0].bits
        field = [one.encoding for one in ranking if one.bits <= best_bits + _BEHIND + _SHARE * best_bits]
        if len(field) == 1:
            break
    return ranking


def _scales(sample: Sequence[bytes], well_formed: bool) -> Callable[[Encoding], float]:
    """Return what weighs the sample in an encoding; readings that are equal are weighed once."""
    known: dict[tuple[str, ...], float] = {}

    def weigh(encoding: Encoding) -> float:
        texts = tuple(read(stretch, encoding.probe) for stretch in sample)
        cost = known.get(texts)
        if cost is None:
            cost = known[texts] = bits(texts)
        if encoding in MULTI_BYTE and encoding.probe not in JAPANESE and _is_japanese(texts):
            cost += _ABROAD
        return cost + encoding.prior - (_STRUCTURED if encoding is UTF_8 and well_formed else 0.0)

    return weigh


def _is_japanese(texts: Sequence[str]) -> bool:
    kana = sum(len(_KANA.findall(text)) for text in texts)
    return kana * 5 > beyond_ascii(texts)


def _ranked(field: Sequence[Encoding], weigh: Callable[[Encoding], float]) -> list[Contender]:
    return sorted((Contender(encoding, weigh(encoding)) for encoding in field), key=lambda contender: contender.bits)


_PREFIX = 480


def wide(data: bytes, rival: Contender | None) -> list[Contender]:
    """Weigh UTF-16 without a byte order mark against the best of the others, over the beginning of the data.

    Args:
        data: the bytes.
        rival: the best encoding so far, if any.

    Returns:
        UTF-16 in both byte orders and the rival, the likeliest first; bits are those of the beginning.
    """
    prefix = data[:_PREFIX]
    field = [*UTF_16] + ([rival.encoding] if rival else [])
    contenders = []
    for encoding in field:
        text = read(prefix, encoding.probe)
        lone = sum("\ud800" <= char <= "\udfff" for char in text)
        contenders.append(Contender(encoding, bits([text]) + encoding.prior + UNDECODABLE * lone))
    return sorted(contenders, key=lambda contender: contender.bits)
