"""Short pages of our own for the tests of the detector ``glossed``, and the sites that damage them."""

from __future__ import annotations

from collections.abc import Mapping

import fixtext
from fixtext import Config
from fixtext.channels import glossed_page
from fixtext.channels.gloss_steps import ASCII_MARKS, FULLWIDTH_MARKS

PAGE = (
    "縣醫院與省城的醫療機構簽訂了合作協議。醫院的專家每月到縣里來兩次，居民看病不用再跑遠路。"
    "協議規定，醫療設備由縣政府購買，縣醫院負責管理，專家負責培訓。"
)
"""A page that a site has glossed at 縣, 醫, 療 and 協 whatever else happens to it: 12 glosses in 77 characters."""

GLOSSES = {"縣": "xiàn", "醫": "yī", "療": "liáo", "協": "xié"}

ONLY = Config(detectors=("glossed",))

_FOLD = str.maketrans(FULLWIDTH_MARKS, ASCII_MARKS)


def folded(text: str) -> str:
    """Return the text with its punctuation in ASCII: what the site folded stays folded outside the edits."""
    return text.translate(_FOLD)


def healthy(text: str) -> str:
    """Return a page of which this is one sentence."""
    return f"{PAGE}{text}。\n{PAGE}\n"


def damaged(
    text: str, more: Mapping[str, str] | None = None, *, marks: str = "", lone: str = "?", fold: bool = True
) -> str:
    """Return the page with this sentence as a site leaves it that also glosses the characters of ``more``."""
    return glossed_page(GLOSSES | dict(more or {}), marks=marks, lone=lone, fold=fold).damage(healthy(text))


def repaired(text: str) -> str:
    """Return what the detector makes of a text, without the others."""
    return fixtext.repair(text, ONLY).text
