"""What a text writes twice: words cut wrongly by matching from left to right, told by their other occurrences.

OpenCC reads from left to right and takes the longest word. In a name that ends in 云 and stands before 为 it
finds the classical word 云为, and keeps 云; where the same name stands before a comma, it becomes 雲. No text writes
a name in two ways.
"""

from __future__ import annotations

import re
from functools import cache

from fixtext.script import engines, tables
from fixtext.script.mixed import KEPT, SAMPLE

_BEFORE = 2  # characters before the one in question: with them it is a name, or as rare as one
_CONTEXT = 8  # more than the longest word that decides about it in practice


def repeated_words(text: str) -> dict[str, str]:
    """Return words that a text writes more than once, and that conversion would write in two ways.

    Args:
        text: Traditional text that was converted character by character; its first 100,000 code points are looked at.

    Returns:
        Words as they stand in the text, and as they are in Simplified text.
    """
    text = text[:SAMPLE]
    simplified = engines.convert(text, "t2s")
    if len(simplified) != len(text):
        return {}
    found: dict[str, str] = {}
    seen: set[str] = set()
    for match in _keeping().finditer(simplified, _BEFORE):
        place = match.start()
        word = simplified[place - _BEFORE : place + 1]
        if word in seen:
            continue
        seen.add(word)
        if not word.isalpha():
            continue
        follower = simplified[place + 1]
        kept = _decided(simplified, place)
        # The phrase stands nowhere but behind this word, and the word stands without the phrase.
        alone = simplified.count(word) > simplified.count(word + follower)
        if alone and simplified.count(word + follower) == simplified.count(match[0] + follower):
            others = {
                _decided(simplified, other.end() - 1)
                for other in re.finditer(re.escape(word), simplified)
                if simplified[other.end() : other.end() + 1] != follower
            }
            if len(others) == 1 and kept not in others:
                found[text[place - _BEFORE : place + 1]] = word
    return found


def _decided(simplified: str, place: int) -> str:
    """Return what the character at a place becomes where it stands."""
    start = max(0, place - _CONTEXT)
    window = simplified[start : place + _CONTEXT]
    converted = engines.convert(window, "s2t")
    return converted[place - start] if len(converted) == len(window) else ""


@cache
def _keeping() -> re.Pattern[str]:
    """Return what finds the phrases of two characters that begin with one which they keep against its own rule."""
    characters = tables.level("STCharacters").characters
    followers: dict[str, list[str]] = {}
    for phrase, value in tables.level("STPhrases").entries.items():
        if len(phrase) == 2 and phrase[0] in KEPT and value and value[0] != characters.get(ord(phrase[0]), phrase[0]):
            followers.setdefault(phrase[0], []).append(phrase[1])
    phrases = (f"{char}(?=[{''.join(sorted(after))}])" for char, after in followers.items())
    return re.compile(f"(?:{'|'.join(phrases)})")
