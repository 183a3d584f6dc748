"""A second table of people to the right of the first: read afterwards as a sheet of its own."""

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files.sheet import Row, Sheet, letters
from jamsostek_cli.roster.sheets.walk import Lines


class Beside:
    """What stands from column `cut` on (from 0) in the rows of a sheet; nothing without one."""

    def __init__(self) -> None:
        self.cut: int | None = None
        self._rows: list[Row] = []

    def put_aside(self, row: list[Cell], lines: Lines) -> None:
        """Take what belongs to the other table out of the row at which `lines` stand, and keep it."""
        if self.cut is not None:
            if any(cell != "" for cell in row[self.cut :]):
                blank: list[Cell] = [""] * self.cut
                self._rows.append((lines.number, lines.hidden, blank + row[self.cut :]))
            del row[self.cut :]

    def sheet(self, whole: Sheet) -> Sheet | None:
        """Return the other table as a sheet, named after its columns: "Sheet1 (H-N)"."""
        if not self._rows or self.cut is None:
            return None
        last = max(len(cells) for _, _, cells in self._rows) - 1
        name = f"{whole.name} ({letters(self.cut)}-{letters(last)})"
        return Sheet(name, iter(self._rows), layout=whole.layout)
