"""What every repair must show about itself, whoever proposed it."""

from __future__ import annotations

import fixtext
from fixtext import Repair


def stays(text: str) -> None:
    """Check that a text is left as it is, by itself and as a line of a long text."""
    assert fixtext.fix(text) == text
    assert fixtext.fix(f"{text}\n" * 3_000) == f"{text}\n" * 3_000


def prove(source: str, repair: Repair) -> None:
    """Check spans, certificates, guesses, suspects, and that the repair can be undone."""
    position = 0
    for edit in repair.edits:
        assert position <= edit.span.start < edit.span.end <= len(source)
        position = edit.span.end
        assert edit.before == source[slice(*edit.span)] != edit.after
        assert edit.channel.damage(edit.after) == edit.before
        for guess in edit.guesses:
            assert edit.after[guess.offset] == guess.char
    assert repair.undo() == source
    assert repair.changed == (repair.text != source)
    for suspect in repair.suspects:
        assert 0 <= suspect.span.start < suspect.span.end <= len(source)
        for candidate in suspect.candidates:
            assert candidate.channel.damage(candidate.text) == source[slice(*candidate.span)]
