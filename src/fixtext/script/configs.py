"""The conversions there are: OpenCC's configurations as data, and the readable names."""

from __future__ import annotations

from typing import NamedTuple

Levels = tuple[str, ...]
"""Names of dictionaries; at one position, the first one that matches at all gives its longest match."""

_ST: Levels = ("STPhrases", "STCharacters")
_TS: Levels = ("TSPhrases", "TSCharacters")
_TW: Levels = ("TWVariantsPhrases", "TWVariants")
_TW_BACK: Levels = ("TWVariantsRevPhrases", "TWVariantsRev")
_HK: Levels = ("HKVariantsPhrases", "HKVariants")
_HK_BACK: Levels = ("HKVariantsRevPhrases", "HKVariantsRev")


class Plan(NamedTuple):
    """How one configuration converts.

    Attributes:
        title: what it converts, for people.
        stages: one after the other, each over the output of the one before.
        segmentation: the dictionary whose longest matches cut the text beforehand; no match of a stage crosses a cut.
            None: the text is not cut.
    """

    title: str
    stages: tuple[Levels, ...]
    segmentation: str | None = None


# From the JSON files of OpenCC 1.4.2 (data/config). All of them replace compatibility ideographs first.
CONFIGS: dict[str, Plan] = {
    "s2t": Plan("Simplified to Traditional, OpenCC's standard", (_ST,)),
    "s2tw": Plan("Simplified to Traditional, Taiwan", (_ST, _TW), "STPhrases"),
    "s2twp": Plan("Simplified to Traditional, Taiwan, with its phrases", (_ST, ("TWPhrases", *_TW)), "STPhrases"),
    "s2hk": Plan("Simplified to Traditional, Hong Kong", (_ST, _HK), "STPhrases"),
    "s2hkp": Plan("Simplified to Traditional, Hong Kong, with its phrases", (_ST, ("HKPhrases", *_HK)), "STPhrases"),
    "t2s": Plan("Traditional, OpenCC's standard, to Simplified", (_TS,)),
    "tw2s": Plan("Traditional, Taiwan, to Simplified", (_TW_BACK, _TS), "TSPhrases"),
    "tw2sp": Plan(
        "Traditional, Taiwan, to Simplified, with mainland phrases", (("TWPhrasesRev", *_TW_BACK), _TS), "TSPhrases"
    ),
    "hk2s": Plan("Traditional, Hong Kong, to Simplified", (_HK_BACK, _TS), "TSPhrases"),
    "hk2sp": Plan(
        "Traditional, Hong Kong, to Simplified, with mainland phrases", (("HKPhrasesRev", *_HK_BACK), _TS), "TSPhrases"
    ),
    "t2tw": Plan("Traditional, OpenCC's standard, to Taiwan", (_TW,)),
    "tw2t": Plan("Traditional, Taiwan, to OpenCC's standard", (_TW_BACK,)),
    "t2hk": Plan("Traditional, OpenCC's standard, to Hong Kong", (_HK,)),
    "hk2t": Plan("Traditional, Hong Kong, to OpenCC's standard", (_HK_BACK,)),
    "t2jp": Plan("Old Japanese kanji (kyujitai) to new (shinjitai)", (("JPShinjitaiCharactersRev",),)),
    "jp2t": Plan(
        "New Japanese kanji (shinjitai) to old (kyujitai)", (("JPShinjitaiPhrases", "JPShinjitaiCharacters"),)
    ),
}
