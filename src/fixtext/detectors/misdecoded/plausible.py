"""How plausible a text is, in bits: the language model, with what it does not know about signs."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from fixtext.detectors.misdecoded.kana import SIGNS
from fixtext.language import LanguageModel, default_model

SIGN_BITS = 12.0
"""Most that a sign costs that stands by itself among letters. Degrees, section signs and arrows are too rare and too
scattered for a model of letters; technical text has about one in 2,000 to 5,000 characters."""

BRACKET_BITS = 18.0
"""The same for the rare brackets of East Asia (U+3014 to U+301F), and for `kana.SIGNS`, right behind kana: few texts
have any."""

LONG_VOWEL_BITS = 26.0
"""The same for U+3016 behind katakana: it is half a pair of brackets, and what becomes of the prolonged sound mark of
EUC-JP read as GBK."""

BEHIND_SIGN_BITS = 10.0
"""What a kana costs more right behind one of `kana.SIGNS`; `INSIDE_BITS` between kana."""

FRAME_BITS = 18.0
"""Most that a part of a frame costs right behind a letter: frames are drawn with a space beside them."""

SPACE_BITS = 8.0
"""Most that a no-break space costs, and a guillemet beside a space: French sets both, the model reads neither."""

INSIDE_BITS = 12.0
"""What a letter costs more right behind a sign that stands behind a letter: signs stand between words. Of 2.6 million
lines of prose and code one in 9,000 has one, most of them one of `_JOINERS`."""

_JOINERS = frozenset(
    "\xad\xb4\xb7\xd7\u02bc\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019\u2022\u2026\u2027\u2032\u2044\u2190\u2191\u2192\u2193"
    "\u2194\u21d2\u2215\u2218\u2219\u22c5\u2236\u301c\u30fb\u203f"
)
"""Signs that join words, and the apostrophes."""

REPEATED_BITS = 4.0
"""Most that a sign costs after itself: rules and frames are drawn with hundreds of them."""


@lru_cache(maxsize=8192)
def is_sign(char: str) -> bool:
    """Whether a character is a symbol or punctuation outside ASCII, of the kinds that healthy text scatters."""
    code = ord(char)
    if code < 0xA0:
        return False
    return (
        (code < 0xC0 and char not in "\xaa\xba\xad")
        or char in "\xd7\xf7\u02c6\u02dc"
        or 0x2010 <= code <= 0x2BFF
        or 0x3000 <= code <= 0x3020
        or 0xFF01 <= code <= 0xFF0F
        or 0x1F000 <= code <= 0x1FAFF
    )


def is_bopomofo(char: str) -> bool:
    """Whether a character is a letter of bopomofo or one of its tone marks."""
    return "\u3105" <= char <= "\u312f" or char in "\u02c7\u02ca\u02cb\u02d9"


def is_inside(key: str) -> bool:
    """Whether a small letter of ASCII stands behind a sign inside a word."""
    if len(key) < 3 or not "a" <= key[2] <= "z" or key[1] < "\x80" or key[1] in _JOINERS or not is_sign(key[1]):
        return False
    return key[0].isalpha() or (key[0] > "\x7f" and is_sign(key[0]))


def _is_kana(char: str) -> bool:
    return "\u3041" <= char <= "\u30fe"


def is_ascii_sign(char: str) -> bool:
    """Whether a character is punctuation of ASCII: what encloses text of any language, in prose and in code."""
    return " " < char < "\x7f" and not char.isalnum()


def _is_odd_kana(before: str, char: str) -> bool:
    """Whether small kana stand where no word has them: vowels and ya, yu, yo behind no kana, tsu before a new word."""
    if char in "\u3041\u3043\u3045\u3047\u3049\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30e3\u30e5\u30e7":
        return before == "" or not (_is_kana(before) or before == "\u30fc")
    return before in ("\u3063", "\u30c3") and "\u4e00" <= char <= "\u9fff"


def case_bits(char: str) -> float:
    """Return what a capital costs behind a small letter."""
    return LATIN_CASE_BITS if char < "\u0250" else CASE_BITS


@lru_cache(maxsize=8192)
def _joins_signs(char: str) -> bool:
    """Whether a sign behind this character is no sign by itself: another sign, a Latin, Greek or Cyrillic letter."""
    return "\x80" <= char < "\u0530" or is_sign(char)


_USUAL = frozenset(
    "\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb1\xb2\xb3\xb5\xb7\xbb\xbf\xd7\u2010\u2011\u2013\u2014\u2018\u2019\u201a"
    "\u201c\u201d\u201e\u2022\u2026\u2030\u2032\u2033\u203a\u2039\u20ac\u2122\u2190\u2191\u2192\u2193\u21d2\u2212\u2248"
    "\u2260\u2264\u2265\u25cf\u25a0\u2605\u2713\u2714\u2717\u2705\u274c\u26a0\u2764\u3001\u3002\u300a\u300b\u300c\u300d"
    "\u300e\u300f\u3010\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u25b3\u25b2\u25cb"
)
"""Signs that a repair may be believed to put back at the price of a sign."""

ESCAPE_BITS = 4.0
"""What a character costs at most beyond its own frequency, whatever stands before it. Poems, names and lists put common
characters side by side as no prose does; a model of prose alone would take them for damage."""

AMONG_KANA_BITS = 8.0
"""The same for an ideograph right behind kana: that is Japanese, where many of the commonest ideographs are unknown."""

CASE_BITS = 5.0
LATIN_CASE_BITS = 9.0
"""Cost of a capital beyond ASCII behind a small letter, in Cyrillic and in Latin: the model folds case, and pages of
Cyrillic differ in it. Names in code are written so, but with letters of ASCII."""

BOPOMOFO_BITS = 8.0
"""Most that a letter of bopomofo costs behind another: one of 41, and prose has none for a model to learn from."""

HALF_WIDTH_BITS = 3.0
"""What a half-width kana costs beyond its full-width form, once the text is set in them."""

KANA_BITS = 12.0
"""Most that a half-width kana costs: one of 63, and to set a word in them at all."""

AGAIN_BITS = 7.0
"""Most that a character costs that stands one or two places before: one text in a hundred repeats itself."""

BESIDE_BITS = 4.0
"""What a repair pays for punctuation of ASCII right behind a character that it puts there."""

UNKNOWN_BITS = 9.0
ODD_KANA_BITS = 6.0
"""What a repair pays where small kana stand as `_is_odd_kana` says, for characters that the model does not expect
there: Japanese has that in a few compounds only, and bytes read as GBK put kana anywhere."""

HEALTHY_ESCAPE_BITS = 8.0
"""The same for text that a repair would put there: names and new words, but less readily."""

JUNK_BITS = 20.0
"""Most that any character costs: to say "anything may follow" and then name one of the assigned characters."""


REMEMBERED = 1 << 17
"""Characters in their places whose bits are remembered."""

UNLIKELY_BITS = 11.0
EXCESS_BITS = 9.0
"""A fragment is searched if some stretch of it takes so many bits more than so many a character: less than what any
repair that is worth the required bits would save."""

LETTER_UNLIKELY_BITS = 9.0
LETTER_EXCESS_BITS = 5.0
"""The same where letters and signs of alphabets stand in a row; that is rare in healthy text."""


class Plausibility:
    """Bits of characters and texts where they stand; remembers what it has weighed."""

    def __init__(self, model: LanguageModel) -> None:
        """Take the language model."""
        self.model = model
        self._known: dict[str, float] = {}
        self._repaired: dict[str, float] = {}

    def healthy(self, key: str) -> float:
        """Return the same for a character that a repair would put there: odd signs have to be earned."""
        bits = self._repaired.get(key)
        if bits is None:
            if len(self._repaired) > REMEMBERED:
                self._repaired.clear()
            bits = self._repaired[key] = self._healthy(key)
        return bits

    def _healthy(self, key: str) -> float:
        char = key[-1]
        if is_sign(char) and (char in _USUAL or char >= "\U0001f300"):
            return self.transition(key)
        if is_inside(key):
            return self.transition(key)
        if is_ascii_sign(char):
            return self.transition(key) + (BESIDE_BITS if key[-2:-1] > "\x7f" else 0.0)
        bits = min(self._model_bits(key), JUNK_BITS + 6.0)
        if len(key) > 1 and bits > HEALTHY_ESCAPE_BITS:
            bits = min(bits, self.transition(char) + HEALTHY_ESCAPE_BITS)
        if bits > UNKNOWN_BITS and _is_odd_kana(key[-2:-1], char):
            bits += ODD_KANA_BITS
        return bits + case_bits(char) if char > "\x7f" and char.isupper() and key[-2:-1].islower() else bits

    def _model_bits(self, key: str) -> float:
        """Return the model's bits; half-width kana, which it has not read, cost somewhat more than full-width kana."""
        if "\uff65" < key[-1] < "\uffa0":
            wide = unicodedata.normalize("NFKC", key)
            return self.model.transition(wide[:-1], wide[-1]) + HALF_WIDTH_BITS
        return self.model.transition(key[:-1], key[-1])

    def _text_bits(self, key: str, char: str) -> float:
        bits = self._model_bits(key)
        if "\uff65" < char < "\uffa0":
            return min(bits, KANA_BITS)
        if len(key) > 1 and bits > ESCAPE_BITS:
            alone = self._known.get(char)
            if alone is None:
                alone = self.transition(char)
            bits = min(bits, alone + self._escape_bits(key[-2], char))
        if is_bopomofo(char) and key[-2:-1] and is_bopomofo(key[-2]):
            return min(bits, BOPOMOFO_BITS)
        if char in key[:-1]:
            return min(bits, AGAIN_BITS)
        return min(bits, JUNK_BITS)

    @staticmethod
    def _escape_bits(before: str, char: str) -> float:
        if "\u4e00" <= char <= "\u9fff" and "\u3041" <= before <= "\u30fc":
            return AMONG_KANA_BITS
        return 0.0 if is_ascii_sign(char) else ESCAPE_BITS

    def transition(self, key: str) -> float:
        """Return the bits of the last character of a string of one to three, given those before it."""
        bits = self._known.get(key)
        if bits is None:
            char = key[-1]
            bits = self._text_bits(key, char)
            if is_inside(key):
                bits += INSIDE_BITS
            elif _is_kana(char):
                if len(key) > 1 and key[-2] in SIGNS:
                    bits += INSIDE_BITS if _is_kana(key[-3:-2]) else BEHIND_SIGN_BITS
            elif char > "\x7f" and char.isupper() and key[-2:-1].islower():
                bits += case_bits(char)
            elif bits > REPEATED_BITS and is_sign(char):
                before = key[-2:-1]
                if char == "\xa0" or (char in "\xab\xbb" and before in " \xa0"):
                    bits = min(bits, SPACE_BITS)
                elif before == char:
                    bits = REPEATED_BITS
                elif char == "\u3016" and "\u30a1" <= before <= "\u30fa":
                    bits = LONG_VOWEL_BITS
                elif bits > SIGN_BITS and _is_kana(before) and ("\u3014" <= char <= "\u301f" or char in SIGNS):
                    bits = min(bits, BRACKET_BITS)
                elif bits > SIGN_BITS and not (before and _joins_signs(before)):
                    bits = min(bits, FRAME_BITS) if "\u2500" <= char <= "\u259f" and before.isalpha() else SIGN_BITS
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self._known[key] = bits
        return bits

    def bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the bits of a text, and what the two characters after it cost behind it."""
        whole = before[-2:] + text + after[:2]
        known, transition = self._known, self.transition
        total = 0.0
        for place in range(len(before[-2:]), len(whole)):
            key = whole[place - 2 if place > 2 else 0 : place + 1]
            bits = known.get(key)  # here, because a call takes three times as long
            total += transition(key) if bits is None else bits
        return total

    def alone(self, text: str) -> float:
        """Return the bits of the characters of a text that a repair would put there, each by itself."""
        return sum(map(self.healthy, text))

    def healthy_bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the same for a text that a repair would put there."""
        whole = before[-2:] + text + after[:2]
        known, healthy = self._repaired, self.healthy
        total = 0.0
        for place in range(len(before[-2:]), len(whole)):
            key = whole[place - 2 if place > 2 else 0 : place + 1]
            bits = known.get(key)
            total += healthy(key) if bits is None else bits
        return total

    def excess(self, observed: str) -> float:
        """Return the bits by which the oddest stretch costs more than rather unlikely text, 0 if too few to search."""
        best = total = best_letters = letters = 0.0
        known, transition = self._known, self.transition
        for place, char in enumerate(observed):
            if " " <= char < "\x7f":
                letters = 0.0
                if is_inside(observed[place - 2 if place > 2 else 0 : place + 1]):
                    total += INSIDE_BITS
                    best = max(best, total)
                continue
            key = observed[place - 2 if place > 2 else 0 : place + 1]
            bits = known.get(key)  # as above; so with what is greater
            if bits is None:
                bits = transition(key)
            total += bits - UNLIKELY_BITS
            if total < 0.0:
                total = 0.0
            elif total > best:
                best = total
            if char >= "\u2e80":
                letters = 0.0
                continue
            letters += bits - LETTER_UNLIKELY_BITS
            if letters < 0.0:
                letters = 0.0
            elif letters > best_letters:
                best_letters = letters
        return best if best >= EXCESS_BITS else best_letters if best_letters >= LETTER_EXCESS_BITS else 0.0


@lru_cache(maxsize=1)
def plausibility() -> Plausibility:
    """Return the scorer of the package's model."""
    return Plausibility(default_model())
