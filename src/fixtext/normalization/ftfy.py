"""ftfy's own clean-up, for those who rely on it."""

from __future__ import annotations

from fixtext.normalization.registry import normalizer


@normalizer("ftfy", "the clean-up of the library ftfy, all of it, with its defaults")
def ftfy(text: str) -> str:
    """Return `ftfy.fix_text(text)`. It folds fullwidth characters and straightens quotes, in Chinese text too."""
    from ftfy import fix_text

    return fix_text(text)
