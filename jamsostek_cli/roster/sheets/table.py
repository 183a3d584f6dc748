"""The table in which a row stands."""

import re
import sys
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from jamsostek_cli.domain.worker import RawCells
from jamsostek_cli.roster.cells.nik import LENGTH
from jamsostek_cli.roster.cells.text import Cell, line
from jamsostek_cli.roster.files.sheet import letters
from jamsostek_cli.roster.sheets import columns

EXAMPLE: Final = "example_row"
SECOND: Final = "second_person_in_row"
_EXAMPLE: Final = re.compile(r"\W*(?:CONTOH|MISAL(?:NYA)?|EXAMPLE)\b\W*")

_SURPLUS: Final = "KELEBIHAN SEL"
_STANDING: Final = frozenset(
    columns.key(heading)
    for heading in (
        "Status, Ket, Keterangan, Kondisi, Keadaan, Catatan, Status Hidup, Hidup Mati, Status Kehidupan, "
        "Status Orang, Status Warga, Status Penduduk, Status Kependudukan, Status Peserta, Status Pekerja, "
        "Status Keaktifan, Status Aktif, Status Terakhir, Keterangan Status, Kondisi Terakhir, Remarks, Notes"
    ).split(", ")
)
"""The headings of columns that may say of a person that they have died; no fact is taken from them."""


@dataclass(frozen=True)
class HeadedTable:
    """The table a row stands in: sheet, headings, and the column of each field."""

    sheet: int
    headings: Sequence[str]
    columns: Mapping[str, int]
    second: int | None = None
    """The NIK column of a table to the right."""
    numbers: int | None = None
    """The column with the number of each row."""
    most: int = sys.maxsize
    """So many cells a row has at most; in one with more that are filled the columns are no longer sure."""

    @cached_property
    def surplus(self) -> tuple[int, ...]:
        """The columns of a file handed out for correction that hold what a row has too much."""
        return tuple(at for at, text in enumerate(self.headings) if text.startswith(_SURPLUS))

    def is_torn(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row has more cells than there are columns."""
        beyond = any(cell != "" for cell in cells[self.most :])
        return beyond or any(cells[at] != "" for at in self.surplus if at < len(cells))

    def untorn(self, cells: Sequence[Cell]) -> "HeadedTable":
        """Return the table with a column for every cell of a row that has too many."""
        last = max((at for at, cell in enumerate(cells) if cell != ""), default=0)
        beyond = [_SURPLUS] * max(1, last + 1 - len(self.headings))
        return replace(self, headings=[*self.headings, *beyond])

    @cached_property
    def standing(self) -> tuple[int, ...]:
        """The columns that may say of a person that they have died."""
        own = self.columns.values()
        return tuple(
            at for at, text in enumerate(self.headings) if at not in own and columns.key(text) in _STANDING
        )

    def second_person(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row holds somebody else's NIK in a table to the right."""
        if self.second is None or self.second >= len(cells):
            return False
        return sum(map(str.isdigit, line(cells[self.second]))) == LENGTH

    def about(self, cells: Sequence[Cell], name: str) -> tuple[str, ...]:
        """Return the codes of what the cells around a person say: an example, somebody else to the right."""
        number = cells[self.numbers] if self.numbers is not None else ""
        marked = type(number) is str and not number.isdigit() and _EXAMPLE.match(line(number))
        said = (EXAMPLE,) if marked or _EXAMPLE.fullmatch(name) else ()
        return (*said, SECOND) if self.second is not None and self.second_person(cells) else said

    @cached_property
    def places(self) -> dict[str | None, int]:
        """Where each field stands, by itself or together with another."""
        places: dict[str | None, int] = {}
        places.update((field, self.columns[one]) for field, one in _TOGETHER.items() if one in self.columns)
        places.update(self.columns)
        return places

    def address(self, field: str, row: int) -> str | None:
        """Return the address (`B8`) of a field's cell."""
        at = self.places.get(field)
        return None if at is None else f"{letters(at)}{row}"

    @cached_property
    def names(self) -> list[str]:
        """What each column is called: its heading, or its letters; a name that is taken gets a number."""
        names: dict[int, str] = {}
        taken: set[str] = set()
        headed = [at for at, heading in enumerate(self.headings) if heading]
        for at in dict.fromkeys((*headed, *range(len(self.headings)))):
            name = self.headings[at] or letters(at)
            while name in taken:
                name = f"{name} ({at + 1})"
            names[at] = name
            taken.add(name)
        return [names[at] for at in range(len(names))]

    def raw(self, cells: Sequence[Cell]) -> dict[str, object]:
        """Return a row's cells by heading; what stands in a column without one only where it is filled."""
        return {
            name: cell
            for name, heading, cell in zip(self.names, self.headings, cells, strict=False)
            if heading or cell != ""
        }


_TOGETHER: Final = {"birth_date": "birth", "birth_place": "birth", "rt": "rt_rw", "rw": "rt_rw"}


class HeadedCells(RawCells):
    """The cells of a row by heading, worked out when somebody asks for them."""

    __slots__ = ("_by_heading", "cells", "table")

    def __init__(self, table: HeadedTable, cells: Sequence[Cell]) -> None:
        self.table = table
        self.cells = cells
        self._by_heading: dict[str, object] | None = None

    def unfolded(self) -> Sequence[Cell]:
        """Return the cells from the first column on."""
        return self.cells

    def _named(self) -> dict[str, object]:
        if self._by_heading is None:
            self._by_heading = self.table.raw(self.unfolded())
        return self._by_heading

    def __getitem__(self, heading: str) -> object:
        return self._named()[heading]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named())

    def __len__(self) -> int:
        return len(self._named())

    def items(self) -> ItemsView[str, object]:
        """Return headings with cells; the way around by key and value takes ten times as long."""
        return self._named().items()

    def of(self, fields: Iterable[str | None]) -> Mapping[str, object]:
        """Return the cells of some fields, as far as they have a column, by heading."""
        names, places, cells = self.table.names, self.table.places, self.unfolded()
        return {names[places[field]]: cells[places[field]] for field in fields if field in places}
