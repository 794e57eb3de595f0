"""Ray Data: a callable class for ``map_batches``, on batches of Arrow, pandas or numpy.

    dataset.map_batches(Fixtext(("text",)), batch_format="pyarrow", batch_size=1024)

So Ray makes tasks of it, which it puts together with those that read and write: no batch leaves its process. Given the
class and ``compute=ray.data.ActorPoolStrategy(...)`` it starts actors, and every batch goes to one and back through the
object store, which costs as much again where texts pass at a look. The language model is loaded once a process either
way: Ray keeps those of its tasks.

Nothing here imports Ray: a batch is what Ray hands over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from fixtext.config import Config
from fixtext.integrations.arrow import treat
from fixtext.records.limits import Limits
from fixtext.records.treatment import Treatment

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fixtext:
    """Does a treatment to batches, and gives each back in the form in which it came."""

    def __init__(
        self,
        fields: Sequence[str] = ("text",),
        config: Config | None = None,
        *,
        score_only: bool = False,
        edits: bool = False,
        confident: bool = False,
        allow_missing: bool = False,
        limits: Limits | None = None,
    ) -> None:
        """Take the choices of a `fixtext.records.Treatment`.

        Raises:
            RecordsError: a field is no path.
        """
        self._treatment = Treatment(
            tuple(fields), config, score_only, edits, confident, allow_missing, limits or Limits()
        )

    def __call__(self, batch: Any) -> Any:
        """Return a batch with the treatment done to it.

        Args:
            batch: a table of Arrow, a frame of pandas, or a mapping of names to arrays of numpy.

        Raises:
            RecordsError: a field is not there or holds no text, or a column that is to be added is there.
        """
        if isinstance(batch, pa.Table):
            return treat(batch, self._treatment)
        if isinstance(batch, dict):
            return self._of_arrays(batch)
        table = treat(pa.Table.from_pandas(batch, preserve_index=False), self._treatment)
        return batch.assign(**{name: table[name].to_pandas().set_axis(batch.index) for name in self._touched()})

    def _of_arrays(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        names = {path.steps[0] for path in self._treatment.paths}
        texts = pa.table({name: pa.array(values) for name, values in batch.items() if name in names})
        table = treat(texts, self._treatment)
        return {**batch, **{name: table[name].to_numpy(zero_copy_only=False) for name in self._touched()}}

    def _touched(self) -> list[str]:
        """Return the names of the columns that may be new."""
        changed = [] if self._treatment.score_only else [str(path.steps[0]) for path in self._treatment.paths]
        return list(dict.fromkeys([*changed, *self._treatment.columns]))
