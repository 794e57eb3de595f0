"""datatrove: a formatter that repairs documents, and a filter that drops those that are too damaged.

    LocalPipelineExecutor(pipeline=[
        JsonlReader("in/"),
        FixtextFilter(damage=("glossed",), max_damaged_share=0.5),
        FixtextFormatter(),
        JsonlWriter("out/"),
    ])

What is counted is in datatrove's statistics: ``changed``, ``damaged``, ``edit_KIND``, ``suspect_KIND``,
``dropped_REASON``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.formatters.base import BaseFormatter
from datatrove.utils.batching import batched
from datatrove.utils.typeshelper import StatHints

from fixtext.config import Config
from fixtext.findings import Repair
from fixtext.records.counters import Counters
from fixtext.records.limits import Limits
from fixtext.records.scoring import Score
from fixtext.records.texts import fix_texts, repair_texts, score_texts
from fixtext.records.treatment import edits_of

BATCH = 256
"""Documents that are looked at together: beyond that nothing is gained, and they are held in memory."""


class FixtextFormatter(BaseFormatter):
    """Repairs the text of documents."""

    name = "fixtext"

    def __init__(
        self,
        config: Config | None = None,
        *,
        edits: bool = False,
        limits: Limits | None = None,
        batch_size: int = BATCH,
    ) -> None:
        """Take the choices.

        Args:
            config: the choices of the repair; None means the defaults.
            edits: tell what was repaired in the metadata ``fixtext_edits`` of a document.
            limits: what is too large to be looked at.
            batch_size: documents that are looked at together.
        """
        super().__init__()
        self.config = config
        self.edits = edits
        self.limits = limits or Limits()
        self.batch_size = batch_size

    def format(self, text: str) -> str:
        """Return a text with its damage repaired."""
        return fix_texts([text], self.config, self.limits)[0] or ""

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Yield the documents repaired."""
        for batch in batched(data, self.batch_size):
            with self.track_time("batch"):
                repairs = repair_texts([document.text for document in batch], self.config, self.limits)
            for index, document in enumerate(batch):
                self.stat_update(StatHints.total)
                if self.edits:
                    document.metadata["fixtext_edits"] = []
                if index in repairs:
                    self._take(document, repairs[index])
                yield document

    def _take(self, document: Document, repair: Repair | None) -> None:
        """Take what was found in a document."""
        if repair is None:
            self.stat_update("too_large")
            return
        counters = Counters()
        counters.take([("text", document.text, repair)])
        document.text = repair.text
        if self.edits:
            document.metadata["fixtext_edits"] = edits_of("text", repair)
        self.stat_update("damaged")
        if counters.changed:
            self.stat_update("changed")
        for kind, count in counters.edits.items():
            self.stat_update(f"edit_{kind}", value=count, unit="edit")
        for kind, count in counters.suspects.items():
            self.stat_update(f"suspect_{kind}", value=count, unit="place")


class FixtextFilter(BaseFilter):
    """Drops documents by how damaged they are; the score of every document is in its metadata, ``fixtext_...``."""

    name = "fixtext"

    def __init__(
        self,
        *,
        damage: Sequence[str] = (),
        max_damaged_share: float = 1.0,
        max_guessed: int | None = None,
        repairable: bool = False,
        config: Config | None = None,
        limits: Limits | None = None,
        exclusion_writer: Any = None,
        batch_size: int = BATCH,
    ) -> None:
        """Take the choices.

        Args:
            damage: kinds of damage that no document may have, such as ``glossed``.
            max_damaged_share: the largest share of damaged characters, 0 to 1.
            max_guessed: the most characters that a repair may have to guess; None is no bound.
            repairable: whether what cannot be repaired wholly is dropped.
            config: the choices of the repair; None means the defaults.
            limits: what is too large to be looked at; that is dropped.
            exclusion_writer: where datatrove writes what is dropped.
            batch_size: documents that are looked at together.
        """
        super().__init__(exclusion_writer, batch_size)
        self.damage = tuple(damage)
        self.max_damaged_share = max_damaged_share
        self.max_guessed = max_guessed
        self.repairable = repairable
        self.config = config
        self.limits = limits or Limits()

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Return whether a document is kept, or that it is not and why."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """Return for each document whether it is kept, or that it is not and why."""
        scores = score_texts([document.text for document in batch], self.config, self.limits)
        return [self._verdict(document, score) for document, score in zip(batch, scores, strict=True)]

    def _verdict(self, document: Document, score: Score | None) -> bool | tuple[bool, str]:
        if score is None:
            return False, "too_large"
        told = {f"fixtext_{name}": value for name, value in asdict(score).items()}
        document.metadata.update(told, fixtext_damage=list(score.damage))
        if score.damage:
            self.stat_update("damaged")
        for kind in self.damage:
            if kind in score.damage:
                return False, kind
        if score.damaged_share > self.max_damaged_share:
            return False, "damaged_share"
        if self.max_guessed is not None and score.guessed > self.max_guessed:
            return False, "guessed"
        if self.repairable and not score.repairable:
            return False, "not_repairable"
        return True
