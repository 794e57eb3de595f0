"""Whether what a repair would say is plain text of any language, by itself or all of a channel together; and whether
any characters would say as much.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.beside import lines_beside
from fixtext.detectors.misdecoded.figures import distinct_share
from fixtext.detectors.misdecoded.letters import beyond_ascii, first_beyond_ascii, script
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.wording import LONGEST
from fixtext.findings import Candidate

STRANGE_BITS = 17.5
"""Bits a character beyond ASCII from which a text is no plain text of any language: it would be put between words of
another, where there is nothing else to speak for it. Of pieces of 4 to 11 characters cut from healthy text, 1 % of
Japanese, Korean and Simplified Chinese and 6 % of Traditional Chinese with its poems take so many; of 429 healthy
places that a repair was proposed for, three in four."""

STRANGEST_BITS = 21.0
"""The same where it is all that the line says."""

SEVERAL, SEVERAL_STRANGE_BITS = 6, 18.5
"""The same from so many characters on: of pieces of 6 to 11, cut from healthy text, 0.4 % of Traditional Chinese with
its poems take so many, and none of other languages; each syllable that Korean does not use takes 19."""

ALPHABETS = {"CYRILLIC", "GREEK", "THAI", "ARABIC", "HEBREW"}

ALPHABET, ALPHABET_STRANGE_BITS = 8, 9.5
LINE_OF_LETTERS, LINE_STRANGE_BITS = 25, 8.0
"""The same where so many letters of alphabets would stand there. Of pieces of 8 to 24 letters of Russian 0.5 % take
more than 7.0, of Thai 9.4, of Arabic 8.9; of 25 to 60 letters 0.1 % take 5.5, 7.8 and 7.3. Letters in the order
of some list take 10 to 12, as does what other languages become in such pages."""

LONG, LONG_STRANGE_BITS = 12, 17.0
"""The same from so many characters on, where chance evens out: of pieces of 12 characters 0.5 % of Traditional Chinese
with its poems and less of all other languages take so many; tables of rare ideographs and the signs of a keyboard that
some chain leads to ideographs take 18 and more."""

UTF16_STRANGE_BITS = 15.0
"""The same for UTF-16, which makes characters of any bytes."""

TOGETHER, MANY, ALL_STRANGE_BITS = 400, 24, 15.5
"""Code points by which a channel is judged in a text, from so many on; of pieces of 24 characters 0.5 % of Simplified
Chinese take more than 13.3, of Japanese 12.8, of Korean 14.1; of Traditional Chinese with its poems 2 % take 12.6."""

UTF8_BITS = 12.0
"""Evidence from which valid UTF-8 is no accident. Of random high bytes one in eight begins a sequence of two bytes and
every second continues one: 3 bits for a sequence of two, 5 for one of three. There are some twenty readers to try."""

ARBITRARY_BITS, BYTES_BITS = 10.0, 18.0
"""What it costs that characters of one page stand there for no reason that a model knows: in code tables, lists of rare
words, names of keys; and that they are the bytes of fewer characters by chance. With 10 bits for both, that and
`_any_of_page` explain all of 20 lines by themselves that were changed wrongly, among 1.4 million, but two Chinese,
Korean or Japanese words in Windows-1252 (4 bytes) have no more than 24 to spare, and six of 358 damaged strings of the
wild stay."""

ARBITRARY = 96.0
"""Bits beyond those required from which a stretch is too long for that."""

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_LETTERS, _PATTERN = re.compile("[A-Za-z]"), re.compile(r"[^\W\d_]\d+[^\W\d_]")
"""Letters of a word, and with figures between them, as patterns of hyphenation have them."""


def source_page(candidate: Candidate) -> str:
    """Return the page in which a repair says that the text was written, "" if it does not say so."""
    first = candidate.channel.steps[0] if candidate.channel.steps else None
    return first.code_page if isinstance(first, Encode) else ""


def utf8_bits(text: str) -> float:
    """Return the evidence that what is valid UTF-8 is meant to be: each byte that continues a sequence says that it
    does, and the first says how many there are.
    """
    sequences = len(text) - sum(map("\x80".__gt__, text))
    return 2.0 * (len(text.encode()) - len(text)) + sequences


UNKNOWN_BITS = 20.0
"""Bits of a character by itself that the model has not met. The letters of Yi, Burmese and Ethiopic are such; vowels
with accents between strokes would be Yi."""
JUDGED = 200


def is_strange(text: str, candidate: Candidate, scorer: Plausibility) -> bool:
    """Whether the characters that would be put there are rare and unheard of beside each other."""
    start, end = candidate.span
    if source_page(candidate) != "utf-8" and is_unknown(candidate.text, scorer):
        return True
    before = text[max(0, start - 2) : start]
    count, bits = (_remembered if len(candidate.text) <= SHORT else _bits_of)(before, candidate.text, scorer)
    # No limit below is lower; the set of the characters of a long text takes longer than all the rest.
    if bits <= count * LINE_STRANGE_BITS:
        return False
    letter = next(filter(str.isalpha, filter(beyond_ascii, candidate.text)), " ")
    if bits <= count * (LINE_STRANGE_BITS if script(letter) in ALPHABETS else UTF16_STRANGE_BITS):
        return False
    line = "".join(lines_beside(text, start, end))
    kinds = {*map(script, filter(beyond_ascii, {*candidate.text}))} - {""}
    among_its_like = any(script(char) in kinds for char in filter(beyond_ascii, line))
    if source_page(candidate)[:6] == "utf-16":
        most = UTF16_STRANGE_BITS
    elif among_its_like or not any(map(str.isalpha, line)):
        most = STRANGEST_BITS
    else:
        most = STRANGE_BITS
    if count >= SEVERAL:
        most = min(most, SEVERAL_STRANGE_BITS)
    if count >= LONG:
        most = min(most, LONG_STRANGE_BITS)
    if count >= ALPHABET and kinds and kinds <= ALPHABETS:
        most = LINE_STRANGE_BITS if count >= LINE_OF_LETTERS else ALPHABET_STRANGE_BITS
    return bits > most * count


def _bits_of(before: str, healthy: str, scorer: Plausibility) -> tuple[int, float]:
    """Return how many characters beyond ASCII a text has, and their bits behind what stands before it."""
    whole = before + healthy
    odd = islice(_BEYOND_ASCII.finditer(whole, len(before)), LONGEST)  # code may have hundreds of others between them
    bits = [scorer.healthy(whole[max(0, match.start() - 2) : match.end()]) for match in odd]
    return len(bits), sum(bits)


SHORT = 64
_remembered = lru_cache(maxsize=1 << 12)(_bits_of)
"""Where a document lost bytes everywhere, the same few words come back; texts of so many code points are remembered."""


def is_unknown(text: str, scorer: Plausibility) -> bool:
    """Whether all letters are of scripts of which the model knows nothing but that they stand beside each other."""
    letters = {*filter(str.isalpha, filter(beyond_ascii, text[:JUDGED]))}
    if any(script(letter) == "CJK" for letter in letters):  # rare ideographs are of a script that it knows
        return False
    return bool(letters) and min(map(scorer.healthy, letters)) >= UNKNOWN_BITS


def is_arbitrary(text: str, candidate: Candidate, required_bits: float, scorer: Plausibility) -> bool:
    """Whether any characters of the page that it is said to have been read in would be as short an explanation.

    A model of prose takes all that is rare for impossible; what it says again it has said. Latin letters inside a word
    are not arbitrary, nor are signs of UTF-8.
    """
    start, end = candidate.span
    reader = candidate.channel.steps[-1]
    said = distinct_share(text[start:end])
    if candidate.bits * said >= required_bits + ARBITRARY or not isinstance(reader, Decode):
        return False
    kinds = {*map(script, filter(beyond_ascii, {*candidate.text}))}
    if source_page(candidate) == "utf-8" and kinds == {""}:
        return False
    word = text[max(0, start - 1) : end + 1]
    if kinds <= {"LATIN", ""} and _LETTERS.search(word) and not _PATTERN.search(word):
        return False
    spare = candidate.bits
    for at in range(start, end):
        if text[at] > "\x7f":
            bits = scorer.transition(text[max(0, at - 2) : at + 1])
            spare -= max(0.0, bits - _any_of_page(text[at], reader.code_page))
    chance = BYTES_BITS if len(candidate.text) < end - start else ARBITRARY_BITS
    return spare * said + chance < required_bits


def _any_of_page(char: str, page: str) -> float:
    """Return the bits of one character beyond ASCII of those of a page: some 20,000 of several bytes, 128 of one, of
    which Thai uses 87.
    """
    if len(codepages.reversible(char, page) or b"") != 1:
        return 14.0
    return 6.4 if "\u0e00" < char < "\u0e7f" else 7.0


def no_language(repairs: Sequence[Candidate], scorer: Plausibility) -> frozenset[Channel]:
    """Return the channels of which all that they would say in a text is no plain text, taken together.

    A piece by itself may be a name; many pieces of one text are not all names.
    """
    said: defaultdict[Channel, str] = defaultdict(str)
    for repair in repairs:
        if len(said[repair.channel]) < TOGETHER:
            said[repair.channel] += first_beyond_ascii(repair.text, TOGETHER) + " "
    return frozenset(channel for channel, text in said.items() if _is_no_language(text, scorer))


def _is_no_language(text: str, scorer: Plausibility) -> bool:
    kinds = {*map(script, text)} - {""}
    if kinds and kinds <= ALPHABETS:
        most = ALPHABET_STRANGE_BITS
    elif "CJK" in kinds:
        most = ALL_STRANGE_BITS
    else:
        return False
    bits = [scorer.healthy(text[max(0, place - 2) : place + 1]) for place, char in enumerate(text) if char > "\x7f"]
    return len(bits) >= MANY and sum(bits) > most * len(bits)
