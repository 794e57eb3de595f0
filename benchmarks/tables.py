"""Tables of results: as text, Markdown and JSON, as a plot, and checked against figures that are recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Value = str | float


@dataclass
class Table:
    """Rows of named values.

    Attributes:
        title: what was measured.
        unit: of the numbers, for the plot's axis.
        columns: their names; the first ``keys`` of them name the row.
        keys: how many columns name a row.
        rows: the values, as many as columns.
        notes: what else there is to say, a line each.
    """

    title: str
    unit: str
    columns: Sequence[str]
    keys: int
    rows: list[Sequence[Value]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the table for a terminal."""
        cells = [[str(column) for column in self.columns], *([_shown(value) for value in row] for row in self.rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(len(self.columns))]
        lines = [
            "  ".join(
                cell.ljust(width) if at < self.keys else cell.rjust(width) for at, (cell, width) in enumerate(row)
            )
            for row in (zip(cells_of, widths, strict=True) for cells_of in cells)
        ]
        return "\n".join([self.title, "", *lines, *self.notes, ""])

    def markdown(self) -> str:
        """Return the table in Markdown."""
        head = [f"| {' | '.join(self.columns)} |", f"|{'---|' * self.keys}{'---:|' * (len(self.columns) - self.keys)}"]
        rows = [f"| {' | '.join(_shown(value) for value in row)} |" for row in self.rows]
        return "\n".join([f"**{self.title}**", "", *head, *rows, "", *self.notes, ""])

    def json(self) -> str:
        """Return the table as JSON: title, notes, and a list of objects."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return json.dumps({"title": self.title, "notes": self.notes, "rows": rows}, ensure_ascii=False, indent=1)

    def plot(self, path: Path) -> None:
        """Draw the numbers as bars into a file, PNG or SVG by its name; needs matplotlib (the extra ``plot``)."""
        import matplotlib

        matplotlib.use("agg")
        from matplotlib import pyplot

        names = [" ".join(map(str, row[: self.keys])) for row in self.rows]
        numbers = [at for at in range(self.keys, len(self.columns)) if all(_is_number(row[at]) for row in self.rows)]
        figure, axes = pyplot.subplots(figsize=(9, 1.5 + 0.28 * len(names) * max(1, len(numbers))))
        height = 0.8 / max(1, len(numbers))
        for index, column in enumerate(numbers):
            places = [at + index * height for at in range(len(names))]
            axes.barh(places, [float(row[column]) for row in self.rows], height, label=self.columns[column])
        axes.set_yticks([at + 0.4 - height / 2 for at in range(len(names))], names)
        axes.invert_yaxis()
        axes.set_xlabel(self.unit)
        axes.set_title(self.title)
        axes.legend()
        figure.tight_layout()
        figure.savefig(path)
        pyplot.close(figure)


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float))


def _shown(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}" if value == value else "-"
    return f"{value:,}" if isinstance(value, int) else value


def differences(table: Table, recorded: Mapping[str, Mapping[str, float]], tolerance: float) -> list[str]:
    """Compare the column ``fixtext`` with recorded figures.

    Args:
        table: what was measured.
        recorded: row -> bounds: ``least`` or ``most``, or both.
        tolerance: share of a bound by which it may be missed.

    Returns:
        a line for every figure that is worse than recorded; none if all hold.
    """
    column = list(table.columns).index("fixtext")
    found = {" ".join(map(str, row[: table.keys])): float(row[column]) for row in table.rows}
    worse = []
    for name, bounds in recorded.items():
        value = found.get(name)
        if value is None:
            worse.append(f"{name}: not measured")
        elif "least" in bounds and value < bounds["least"] * (1 - tolerance):
            worse.append(f"{name}: {value:,.2f}, recorded {bounds['least']:,.2f} or more")
        elif "most" in bounds and value > bounds["most"] * (1 + tolerance):
            worse.append(f"{name}: {value:,.2f}, recorded {bounds['most']:,.2f} or less")
    return worse
