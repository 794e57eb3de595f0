"""Which characters end a stretch in a document, where no counts of a language say so.

Korean writes spaces, and its syllables end words very differently often: most sentences end in one of a few. So do
those of Japanese, where marks tell as spaces do. The counts of software know Chinese alone; the document itself tells
the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.lossy.open_marks import LOST
from fixtext.detectors.lossy.software import EVERYWHERE, counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]
    Shares = NDArray[np.float64]

PRIOR = 30.0
"""Characters, as usual, that are added to those of the document. 10 and 60 do the same within 0.6 points of the lines
of two Korean and three Japanese documents."""

_CLOSING = np.array([*map(ord, "。！？」』）】》〉］")], np.uint32)

_READ = 200_000
"""Characters of a document that are counted."""


class Ends:
    """How often each character is seen in a document, and how often ASCII or a mark follows it there."""

    def __init__(self, pieces: Sequence[str], lost: int) -> None:
        """Count.

        Args:
            pieces: what is healthy of the document, parted where something is missing.
            lost: how many of the missing characters end a stretch. They stand where they stand by chance, so that each
                end that is seen counts for the unseen ones too.
        """
        text = LOST.join(pieces)[:_READ]
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        chars, behind = codes[:-1], codes[1:]
        # 80 is a whole character to GBK: one with this second byte is lost at each end, and its share cannot be seen.
        is_seen = (chars >= 0x800) & (chars <= 0xFFFF) & (chars >> 6 & 0x3F != 0) & (behind != ord(LOST))
        ended = np.bincount(chars[is_seen & ((behind < ord("@")) | _are_marks(behind))], minlength=1 << 16)
        times = 1 + lost / max(1, int(ended.sum()))
        self._ended = ended * times
        self._seen = np.bincount(chars[is_seen], minlength=1 << 16) + ended * (times - 1)
        self._usual = float((self._ended.sum() + PRIOR * EVERYWHERE) / (self._seen.sum() + PRIOR))

    def shares(self, codes: Codes) -> Shares:
        """Return how often characters end a stretch, by their code points."""
        low = np.minimum(codes, 0xFFFF)
        usual = np.where(_are_marks(codes), _usual_marks(codes), self._usual)
        return np.asarray((self._ended[low] + PRIOR * usual) / (self._seen[low] + PRIOR))


def _are_marks(codes: Codes) -> NDArray[np.bool_]:
    return np.asarray((codes >= 0x3000) & (codes < 0x3040) | (codes >= 0xFF00))


def _usual_marks(codes: Codes) -> Shares:
    """Return how often wide marks end a stretch in software.

    Stops and closing marks count as one: dialogue ends its lines with other marks than a manual does.
    """
    seen, ended = counts().everywhere(codes)
    all_seen, all_ended = counts().everywhere(_CLOSING)
    shares = (ended + 2 * EVERYWHERE) / (seen + 2)
    return np.where(np.isin(codes, _CLOSING), all_ended.sum() / all_seen.sum(), shares)
