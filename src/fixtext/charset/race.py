"""Ranks encodings by what a sample costs in them: all start, and who falls behind leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from fixtext.charset.declared import DECLARED_BITS, declared
from fixtext.charset.encodings import JAPANESE, MULTI_BYTE, SINGLE_BYTE, UTF_8, UTF_16, Encoding
from fixtext.charset.sample import LONGEST, stretches
from fixtext.charset.weighing import UNDECODABLE, beyond_ascii, bits, read

ROUNDS = (90, 360, 1400, 5600)
"""Bytes of the sample in each round."""
_BEHIND = 40.0
"""Bits by which an encoding may be behind the best one to stay in the race: far more than priors can make up for."""
_SHARE = 0.25
"""The same, as a share of what the best one costs: the sample of the first round may be all frames and numbers."""
_CONVINCING = 20.0
"""Bits a character beyond ASCII, the words of ASCII around it included, above which no reading is convincing. Real text
has 6 to 17."""
_AHEAD = 1.35
"""How much more the second of the usual encodings has to cost for the first to be convincing, so that all the others
need not be tried. Over samples of 90 bytes of real text it costs 1.4 to 2.5 times as much; where neither is right, both
cost about the same."""
_RARE = ("euc-tw", "johab")
_STRUCTURED = 16.0
"""What being well-formed UTF-8 is worth beyond the priors: a short text in another encoding rarely is."""


_ABROAD = 20.0
"""Bits for Japanese in a Chinese or Korean encoding, which all have kana: at the very places of EUC-JP."""
_LATIN = 15
"""Latin letters a byte beyond ASCII from which a file is one in Latin script, with a few signs and accents."""
_OUT_OF_PLACE = 10.0
"""Bits for a letter of another script in such a file: signs like the one of copyright are far likelier."""
_ALONE = 14.0
"""Bits for a letter beyond ASCII beside no other letter in such a file: what stands alone is mostly a sign."""
_WORDS = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPTS = re.compile("[\u0370-\u1fff\uff61-\uff9f]")
_LETTERS = bytes([*range(0x41, 0x5B), *range(0x61, 0x7B)])
_HIGH_BYTES = bytes(range(0x80, 0x100))
_BEGINNING = 1 << 16
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")


_ENOUGH = 12
"""Characters beyond ASCII without which nothing is convincing."""
_PAIRS = re.compile(rb"(?:[\x00-\x7f]|\x8e[\xa1-\xb0][\xa1-\xfe]{2}|[\xa1-\xfe]{2})*")


class Contender(NamedTuple):
    """An encoding in the race.

    Attributes:
        encoding: what the sample is read with.
        bits: what the sample costs, prior included.
        lost: share of the sample that it cannot read, about.
    """

    encoding: Encoding
    bits: float
    lost: float


class Race(NamedTuple):
    """What came of it.

    Attributes:
        ranking: encodings, the likeliest first; those far behind were not weighed to the end and are left out.
        convincing: whether the best is so good that rare encodings were not tried.
    """

    ranking: list[Contender]
    convincing: bool


def race(data: bytes, well_formed: bool) -> Race:
    """Weigh all encodings over a sample.

    Args:
        data: bytes with some beyond ASCII among them.
        well_formed: whether they are well-formed UTF-8.
    """
    page = declared(data)
    told = next((one for one in (*MULTI_BYTE, *SINGLE_BYTE) if page in one.pages), None)
    field: list[Encoding] = [UTF_8, *(encoding for encoding in MULTI_BYTE if encoding.probe not in _RARE)]
    if told is not None and told not in field:
        field.append(told)
    ranking: list[Contender] = []
    rest = False
    latin = _is_latin(data)
    for number, limit in enumerate(ROUNDS):
        sample = stretches(data, limit)
        weigh = _scales(sample, well_formed, latin, told)
        ranking = _ranked(field, weigh)
        exhausted = sum(map(len, sample)) < limit
        # At first only the usual ones run; the others join unless one of those is convincing.
        if not rest:
            if _is_convincing(ranking, sample, well_formed):
                break
            if not (number or exhausted):
                continue
            rest = True
            others = [*SINGLE_BYTE, *(one for one in MULTI_BYTE if one.probe in _RARE and _may_be(one, sample))]
            others = [one for one in others if one is not told]
            ranking = sorted([*ranking, *_ranked(others, weigh)], key=lambda contender: contender.bits)
        if exhausted:
            break
        best_bits = ranking[0].bits
        field = [one.encoding for one in ranking if one.bits <= best_bits + _BEHIND + _SHARE * best_bits]
        if len(field) == 1:
            break
    return Race(ranking, not rest)


def _is_convincing(ranking: Sequence[Contender], sample: Sequence[bytes], well_formed: bool) -> bool:
    best, second = ranking[:2]
    texts = [read(stretch, best.encoding.probe) for stretch in sample]
    letters = beyond_ascii(texts)
    if letters < _ENOUGH:
        return False
    if best.encoding is UTF_8:
        return well_formed
    return not best.lost and bits(texts) <= _CONVINCING * letters and second.bits >= _AHEAD * best.bits


def _may_be(rare: Encoding, sample: Sequence[bytes]) -> bool:
    """Whether it is worth the 45 ms that the tables of EUC-TW take: its bytes all come in pairs above A0."""
    return rare.probe != "euc-tw" or all(_PAIRS.fullmatch(one) or len(one) >= LONGEST for one in sample)


def _scales(
    sample: Sequence[bytes], well_formed: bool, latin: bool, told: Encoding | None
) -> Callable[[Encoding], Contender]:
    """Return what weighs the sample in an encoding; readings that are equal are weighed once."""
    known: dict[tuple[str, ...], float] = {}

    size = sum(map(len, sample)) or 1

    def weigh(encoding: Encoding) -> Contender:
        texts = tuple(read(stretch, encoding.probe) for stretch in sample)
        cost = known.get(texts)
        if cost is None:
            cost = known[texts] = bits(texts)
        if encoding in MULTI_BYTE and encoding.probe not in JAPANESE and _is_japanese(texts):
            cost += _ABROAD
        if latin and (encoding in SINGLE_BYTE or encoding.probe == "cp932"):
            cost += _OUT_OF_PLACE * any(map(_OTHER_SCRIPTS.search, texts)) + _ALONE * any(map(_is_alone, texts))
        cost += encoding.prior - (_STRUCTURED if encoding is UTF_8 and well_formed else 0.0)
        lost = sum(text.count("\ufffd") for text in texts) / size
        if encoding is told and not lost:
            cost = cost / _AHEAD - DECLARED_BITS
        return Contender(encoding, cost, lost)

    return weigh


def _is_alone(text: str) -> bool:
    return any(len(word) == 1 and word > "\x7f" for word in _WORDS.findall(text))


def _is_latin(data: bytes) -> bool:
    beginning = data[:_BEGINNING]
    high = len(beginning) - len(beginning.translate(None, _HIGH_BYTES))
    return len(beginning) - len(beginning.translate(None, _LETTERS)) > _LATIN * high


def _is_japanese(texts: Sequence[str]) -> bool:
    kana = sum(len(_KANA.findall(text)) for text in texts)
    return kana * 5 > beyond_ascii(texts)


def _ranked(field: Sequence[Encoding], weigh: Callable[[Encoding], Contender]) -> list[Contender]:
    return sorted(map(weigh, field), key=lambda contender: contender.bits)


_PREFIX = 480


def wide(data: bytes, rivals: Sequence[Contender]) -> list[Contender]:
    """Weigh UTF-16 without a byte order mark against others, over the beginning of the data.

    Args:
        data: the bytes.
        rivals: the best encodings so far.

    Returns:
        UTF-16 in both byte orders and the rivals, the likeliest first; bits are those of the beginning.
    """
    prefix = data[:_PREFIX]
    contenders = []
    for encoding in (*UTF_16, *(one.encoding for one in rivals)):
        text = read(prefix, encoding.probe)
        lone = sum("\ud800" <= char <= "\udfff" for char in text)
        lost = (lone + text.count("\ufffd")) * 2 / len(prefix)
        contenders.append(Contender(encoding, bits([text]) + encoding.prior + UNDECODABLE * lone, lost))
    return sorted(contenders, key=lambda contender: contender.bits)
