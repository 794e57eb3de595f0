"""Lost characters together with what was swallowed behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.lossy import typography
from fixtext.detectors.lossy.places import (
    ELSE,
    SHOWN,
    Place,
    Ranked,
    Row,
    Weighed,
    is_end,
    ranked,
    the_only,
    weights_of,
)
from fixtext.detectors.lossy.surroundings import Surroundings
from fixtext.detectors.lossy.swallowed import SWALLOWABLE, Swallowed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.float64]

_CHARS = 6
"""So many lost characters are combined with what was swallowed; those beyond count only by what they weigh together.
Without them the calibration error on held-out packages was 0.056 instead of 0.047."""

HOPELESS = 7.0
"""Lost characters dearer than the cheapest by more bits are not combined with what they swallowed either."""

_NEGLIGIBLE = 11.0
"""Lost characters that are dearer than the cheapest by more bits weigh nothing: less than `ELSE`."""

_UNLIKELY = 14.0
"""Bits of what stands behind a place but is not among the likely ones."""

_CRLF = 0.3
"""Bits of the carriage return that was swallowed in front of a line feed, where the document has both."""


class Joint:
    """Lost characters together with what was swallowed behind them, for many places at once."""

    def __init__(
        self, places: Sequence[Place], rows: Sequence[Row], temperature: float, swallowed: Callable[[], Swallowed]
    ) -> None:
        """Weigh them.

        Args:
            places: the places.
            rows: the lost characters of each that are possible, the cheapest first.
            temperature: by what their bits are divided; those of the swallowed ones are true as they are.
            swallowed: knows what may have been swallowed; asked only if it is needed.
        """
        self._places = places
        cut = [_cut(row, temperature) for row in rows]
        self._rests = [rest for _, rest in cut]
        rows = self._rows = [[(bits / temperature, char) for bits, char in row] for row, _ in cut]
        around: list[Surroundings] = []
        owners: list[int] = []
        befores: list[str] = []
        chars: list[str] = []
        self._asked: list[int] = []
        for number, (place, row) in enumerate(zip(places, rows, strict=True)):
            # With a single character to choose from, what stands behind says nothing.
            if row and not place.carriage and is_end(place) and (place.swallows or len(row) > 1):
                owners += [len(around)] * len(row)
                skipped = 0 if place.swallows else 1
                around.append(Surroundings(place.left, place.right[skipped:], place.rest[skipped:]))
                befores += [place.left] * len(row)
                chars += [char for _, char in row]
                self._asked.append(number)
        if around:
            costs, likely = swallowed().costs(around, owners, befores, chars)
            self._costs = costs
            counts = np.array([0.0 if places[self._asked[owner]].cut else 1.0 for owner in owners])
            self._add(counts * likely)

    def _add(self, likely: Bits) -> None:
        """Add the bits of the lost characters to those of the swallowed ones."""
        costs, places = self._costs, [self._places[number] for number in self._asked]
        index = 0
        for place, number in zip(places, self._asked, strict=True):
            row = self._rows[number]
            if place.swallows:
                spaced = typography.behind(place.left)
                if spaced is not None:
                    dashes = [item for item, (_, char) in enumerate(row, index) if char in typography.SPACED]
                    costs[dashes] = spaced
                index += len(row)
                continue
            # The character is there; what it is says something about the lost one in front of it.
            column = SWALLOWABLE.find(place.right[:1] or "\n")
            for item, (bits, char) in enumerate(row):
                more = float(costs[index, column]) if column >= 0 else np.inf
                row[item] = bits + min(more, _UNLIKELY) + float(likely[index]), char
                index += 1
            row.sort()
        costs += np.array([bits for number in self._asked for bits, _ in self._rows[number]])[:, np.newaxis]
        costs += likely[:, np.newaxis]

    def rows(self) -> list[tuple[Row, float]]:
        """Return the lost characters of each place with their bits, and the weight of all others against theirs.

        For places where nothing was swallowed.
        """
        return list(zip(self._rows, self._rests, strict=True))

    def weighed(self) -> list[Weighed | None]:
        """Return what was found for each place."""
        found: list[Weighed | None] = []
        joint = self._swallowing()
        for number, (place, row) in enumerate(zip(self._places, self._rows, strict=True)):
            if not row:
                found.append(None)
            elif number in joint:
                found.append(joint[number])
            elif len(row) == 1 and not place.carriage and not self._rests[number]:
                found.append(the_only(row[0][1]))
            else:
                lost = ranked(weights_of(row), self._rests[number])
                taken = ranked({"\r": 1.0}) if place.carriage else None
                found.append(Weighed(lost, taken, 0.0 if place.carriage else 1 - lost.probability))
        return found

    def _swallowing(self) -> dict[int, Weighed]:
        """Return what was found for the places that swallowed something."""
        sizes = [len(self._rows[number]) for number in self._asked]
        chosen = [place for place, number in enumerate(self._asked) if self._places[number].swallows]
        if not chosen:
            return {}
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
        costs = self._costs
        least = np.minimum.reduceat(costs.min(axis=1), starts)
        weights = np.exp2(np.repeat(least, sizes)[:, np.newaxis] - costs)
        of_chars = weights.sum(axis=1).tolist()
        of_ascii = np.add.reduceat(weights, starts, axis=0)
        columns = np.argsort(-of_ascii, axis=1, kind="stable")[:, : SHOWN + 1]
        shares = np.take_along_axis(of_ascii, columns, axis=1).tolist()
        totals = of_ascii.sum(axis=1).tolist()
        likeliest = columns.tolist()
        with_likeliest = np.take_along_axis(weights, np.repeat(columns[:, :1], sizes, axis=0), axis=1)[:, 0].tolist()
        begins = starts.tolist()
        found = {}
        for place in chosen:
            number, start = self._asked[place], begins[place]
            row, rest = self._rows[number], self._rests[number]
            whole = totals[place] * (1 + ELSE)
            char_weights = of_chars[start : start + len(row)]
            lost = ranked({char: weight for (_, char), weight in zip(row, char_weights, strict=True)}, rest)
            options = [
                (SWALLOWABLE[column], share / whole)
                for column, share in zip(likeliest[place], shares[place], strict=True)
                if share
            ]
            best = next(index for index, (_, char) in enumerate(row) if char == lost.best)
            right = char_weights[best] + shares[place][0] - with_likeliest[start + best]
            found[number] = Weighed(lost, Ranked(tuple(options)), max(0.0, 1 - right / totals[place]))
        return found


def _cut(row: Row, temperature: float) -> tuple[Row, float]:
    """Return the characters that are combined with what they swallowed, and the weight of all others against theirs."""
    if len(row) < 2:
        return row, 0.0
    least = row[0][0]
    limit, negligible = least + HOPELESS, least + _NEGLIGIBLE * temperature
    kept = rest = 0.0
    number = 0
    for bits, _ in row:
        if bits > negligible:
            break
        weight = 2.0 ** ((least - bits) / temperature)
        if number < _CHARS and bits <= limit:
            kept += weight
            number += 1
        else:
            rest += weight
    return row[:number], rest / kept
