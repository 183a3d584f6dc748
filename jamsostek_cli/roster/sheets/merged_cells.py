"""Cells that people merge over several rows: what stands in the first holds for all of them."""

from collections.abc import Iterable, Mapping
from typing import Final

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files.sheet import MergedCells

_SHARED: Final = (
    "family_card",
    "address",
    "rt",
    "rw",
    "rt_rw",
    "kelurahan",
    "kecamatan",
    "occupation",
    "agency",
)
"""Fields that several people can share; what a person has alone is never filled in."""


class Merges:
    """The merged cells of a table, below its header; false where there are none."""

    def __init__(self, merged: Iterable[MergedCells], columns: Mapping[str, int], *, header_row: int) -> None:
        shared = {columns[field] for field in _SHARED if field in columns}
        self._merged = [one for one in merged if one.column in shared and one.last > header_row + 1]
        self._values: dict[MergedCells, Cell] = {}

    def __bool__(self) -> bool:
        return bool(self._merged)

    def fill(self, number: int, row: list[Cell]) -> None:
        """Give the blank cells of row `number` the value of the first in their range."""
        for one in self._merged:
            if one.first <= number <= one.last:
                if row[one.column] != "":
                    self._values[one] = row[one.column]
                elif one in self._values:
                    row[one.column] = self._values[one]
