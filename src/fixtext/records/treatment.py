"""What is done to the texts of records: repaired, or scored, with edits told or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fixtext.config import Config
from fixtext.records.limits import Limits
from fixtext.records.paths import FieldPath
from fixtext.records.scoring import HEALTHY, of_texts, without_conversions

if TYPE_CHECKING:
    from fixtext.findings import Repair

SCORES = ("fixtext_damage", "fixtext_damaged_share", "fixtext_bits_saved", "fixtext_guessed", "fixtext_repairable")
"""The columns of a score, in the order of the attributes of `fixtext.records.Score`."""

EDITS = "fixtext_edits"
"""The column of edits."""


Outcome = tuple[str, str, "Repair | None"]
"""A text of a record: the path that leads to it, itself, and what was found in it; None if it is healthy."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to records. Can be pickled, and means the same everywhere.

    Attributes:
        fields: paths to the texts, see `fixtext.records.paths`; each text is a document of its own.
        config: the choices of the repair; None means the defaults.
        score_only: add the columns `SCORES` instead of changing texts.
        edits: add the column `EDITS`: what was done, or with ``score_only`` what would be.
        confident: make only repairs in which nothing had to be guessed.
        allow_missing: whether a record may lack a field.
        limits: what is too large.

    Raises:
        RecordsError: no field, or something that is no path.
    """

    fields: tuple[str, ...]
    config: Config | None = None
    score_only: bool = False
    edits: bool = False
    confident: bool = False
    allow_missing: bool = False
    limits: Limits = field(default_factory=Limits)
    paths: tuple[FieldPath, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        from fixtext.records.errors import RecordsError

        if isinstance(self.fields, str) or not self.fields:
            raise RecordsError("name the fields that hold text, as a tuple such as ('text',)")
        object.__setattr__(self, "paths", tuple(FieldPath(words) for words in dict.fromkeys(self.fields)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are added."""
        return (SCORES if self.score_only else ()) + ((EDITS,) if self.edits else ())

    @property
    def fingerprint(self) -> str:
        """What the result depends on, besides the input and the version: 16 hexadecimal digits."""
        told = (self.fields, self.config or Config(), self.score_only, self.edits, self.confident, self.allow_missing)
        words = repr((*told, astuple(self.limits)))
        for name in (self.config or Config()).dictionaries:
            with open(name, "rb") as stream:
                words += sha256(stream.read()).hexdigest()
        return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def repairs(self, texts: Sequence[str]) -> dict[int, Repair]:
        """Return what was found in each text by itself, by its index; those that are healthy are not there.

        Raises:
            TypeError: one is no str.
            ValueError: a detector, conversion or normaliser is not known.
            engine.DetectorError: a detector failed.
        """
        from fixtext.records.many import repairs_of

        config = without_conversions(self.config) if self.score_only else self.config
        found = repairs_of(texts, config)
        if self.confident:
            found = {index: _confident(texts[index], repair) for index, repair in found.items()}
        return found

    def added(self, outcomes: Sequence[Outcome]) -> dict[str, Any]:
        """Return the columns that are added to a record with these texts, as values of JSON."""
        values: dict[str, Any] = {}
        repairs = [repair for _path, _text, repair in outcomes if repair is not None]
        if self.score_only:
            score = of_texts([text for _path, text, _repair in outcomes], repairs) if repairs else HEALTHY
            told = (score.damaged_share, score.bits_saved, score.guessed, score.repairable)
            values.update(zip(SCORES, (list(score.damage), *told), strict=True))
        if self.edits:
            values[EDITS] = [told for path, _, repair in outcomes if repair for told in edits_of(path, repair)]
        return values


def edits_of(path: str, repair: Repair) -> list[dict[str, Any]]:
    """Return the edits of one text as values of JSON: places in code points of the text as it was."""
    return [
        {
            "field": path,
            "damage": edit.damage,
            "start": edit.span.start,
            "end": edit.span.end,
            "before": edit.before,
            "after": edit.after,
            "bits": round(edit.bits, 3),
            "guessed": len(edit.guesses),
            "channel": str(edit.channel),
        }
        for edit in repair.edits
    ]


def _confident(text: str, repair: Repair) -> Repair:
    """Leave out the edits in which a character was guessed, or is still missing; they become suspects."""
    from fixtext.composition import apply
    from fixtext.findings import Suspect

    def is_sure(after: str, before: str) -> bool:
        return after.count("\ufffd") <= before.count("\ufffd")

    sure = [edit for edit in repair.edits if not edit.guesses and is_sure(edit.after, edit.before)]
    if len(sure) == len(repair.edits):
        return repair
    kept = set(map(id, sure))
    left = [
        Suspect(edit.damage, edit.span, "a repair would have to guess") for edit in repair.edits if id(edit) not in kept
    ]
    suspects = sorted([*repair.suspects, *left], key=lambda suspect: suspect.span)
    return replace(repair, text=apply(text, sure), edits=tuple(sure), suspects=tuple(suspects))
