"""Works out which pairs of characters a conversion has to look at closely.

Two sets of pairs, over the characters of the input (compatibility ideographs replaced), make the fast paths exact:

- *inner* pairs: some match of some stage may run across the place between the two characters. Where a pair is not
  inner the text may be cut: both sides convert on their own.
- *trigger* pairs: at least one in each phrase whose conversion differs from that of its characters one by one. Text
  without a trigger converts character by character.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

Dictionary = dict[str, str]
Pair = tuple[str, str]


class Pairs(NamedTuple):
    """What `pairs_of` found for one configuration.

    Attributes:
        triggers: see the module.
        later_inner: inner pairs that follow from the second stage alone; those of the first stage and of the
            segmentation are the pairs of neighbours in their phrases.
        specials: characters that do not convert to exactly one character.
    """

    triggers: set[str]
    later_inner: set[str]
    specials: set[str]


def pairs_of(
    stages: list[list[Dictionary]], segmentation: Dictionary | None, frequency: Callable[[str], float]
) -> Pairs:
    """Find the pairs of one configuration.

    Args:
        stages: at most two, each its dictionaries in order of precedence.
        segmentation: the dictionary that cuts the text beforehand.
        frequency: how common a pair is in text; of each phrase, the rarest pair becomes the trigger.
    """
    characters = [_characters(stage) for stage in stages]
    first = stages[0]
    triggers = {min(_neighbours(key), key=frequency) for key in _changed(first, characters[0])}
    inner = {pair for source in (*first, segmentation or {}) for key in source for pair in _neighbours(key)}
    later_inner: set[str] = set()
    if len(stages) == 2:
        before = _inverse(characters[0])
        for key in _changed(stages[1], characters[1]):
            options = [[a + b for a in before(x) for b in before(y)] for x, y in map(tuple, _neighbours(key))]
            triggers.update(min(options, key=lambda option: sum(map(frequency, option))))
        ends, starts = _edges(first, characters[0])
        for key in {key for source in stages[1] for key in source}:
            for x, y in map(tuple, _neighbours(key)):
                later_inner.update(a + b for a in ends(x) for b in starts(y))
    specials = set()
    for char in {key for stage in characters for key in stage}:
        converted = char
        for stage_characters in characters:
            converted = "".join(stage_characters.get(one, one) for one in converted)
        if len(converted) != 1:
            specials.add(char)
    if len(stages) == 2:
        specials |= {
            char for char, value in characters[0].items() if any(one in specials for one in value) or len(value) != 1
        }
    return Pairs(triggers, later_inner - inner, specials)


def remnants(stages: list[list[Dictionary]], source: set[str]) -> set[str]:
    """Return the conversions of the last stage that hold a character of the source script.

    Raises:
        SystemExit: such a character can come through the last stage because no dictionary there has it.
    """
    last = _characters(stages[-1])
    arriving = source
    if len(stages) == 2:
        first = _characters(stages[0])
        values = {char for dictionary in stages[0] for value in dictionary.values() for char in value}
        arriving = {char for char in source if char in values or char not in first}
    if not arriving <= last.keys():
        raise SystemExit(f"no dictionary converts {arriving - last.keys()}")
    return {value for dictionary in stages[-1] for value in dictionary.values() if source & set(value)}


def _neighbours(phrase: str) -> list[str]:
    return [phrase[index : index + 2] for index in range(len(phrase) - 1)]


def _characters(stage: list[Dictionary]) -> Dictionary:
    found: Dictionary = {}
    for source in reversed(stage):
        found.update((key, value) for key, value in source.items() if len(key) == 1)
    return found


def _changed(stage: list[Dictionary], characters: Dictionary) -> Iterable[str]:
    for source in stage:
        for key, value in source.items():
            if len(key) > 1 and value != "".join(characters.get(char, char) for char in key):
                yield key


def _inverse(characters: Dictionary) -> Callable[[str], set[str]]:
    """Return which single characters become a given one."""
    found = defaultdict(set)
    for key, value in characters.items():
        if len(value) == 1:
            found[value].add(key)
    return lambda char: found[char] | (set() if char in characters else {char})


def _edges(stage: list[Dictionary], characters: Dictionary) -> tuple[Callable[[str], set[str]], ...]:
    """Return which characters of the input may stand where the output ends, and where it begins, with a given one."""
    ends, starts = defaultdict(set), defaultdict(set)
    for source in stage:
        for key, value in source.items():
            ends[value[-1]].add(key[-1])
            starts[value[0]].add(key[0])
    stays = _inverse(characters)
    return (lambda char: ends[char] | stays(char)), (lambda char: starts[char] | stays(char))
