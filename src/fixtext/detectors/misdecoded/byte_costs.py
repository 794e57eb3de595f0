"""What the bytes of a run cost in pages of single bytes: what gains nothing is known before it is read back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED, PRIVATE
from fixtext.detectors.misdecoded.costs import Costs

UNKNOWN_BITS = float(1 << 20)
"""What a byte costs that the page does not know: a sum says how many there are, and what the others cost."""


class ByteCosts(dict[int, float]):
    """Bits of each byte in one page.

    Attributes:
        private: the bytes of private-use characters.
    """

    def __init__(self, page: str, costs: Costs) -> None:
        """Take a page of single bytes, and what characters cost."""
        super().__init__()
        self._chars, self._costs = codepages.decode(bytes(range(256)), page, "surrogateescape"), costs
        self.private = frozenset(byte for byte, char in enumerate(self._chars) if PRIVATE.match(char))

    def __missing__(self, byte: int) -> float:
        char = self._chars[byte]
        bits = self[byte] = UNKNOWN_BITS if MALFORMED.match(char) else self._costs[char]
        return bits

    def of(self, data: Iterable[int]) -> tuple[float, int]:
        """Return what bytes cost in all that the page knows, and how many it does not."""
        total = sum(map(self.__getitem__, data))
        unknown = int(total // UNKNOWN_BITS)
        return total - unknown * UNKNOWN_BITS, unknown

    def best_stretch(self, parts: Sequence[bytes], standing: Sequence[float]) -> float:
        """Return the bits that the best stretch without unknown bytes gains, character by character.

        Args:
            parts: the bytes of each observed character.
            standing: what each of these characters costs.
        """
        best = total = 0.0
        for data, was in zip(parts, standing, strict=True):
            for bits in map(self.__getitem__, data):
                if bits >= UNKNOWN_BITS:
                    total = 0.0
                    break
                total -= bits
            else:
                total += was
                if total < 0.0:
                    total = 0.0
                elif total > best:
                    best = total
        return best


@lru_cache(maxsize=128)
def byte_costs(page: str, costs: Costs) -> ByteCosts:
    """Return the table of a page; it fills itself."""
    return ByteCosts(page, costs)
