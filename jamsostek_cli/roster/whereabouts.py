"""Where a person lives, out of all the cells that say something about it."""

from typing import Final, NamedTuple

from jamsostek_cli.domain.area import Area
from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.cells.kelurahan import Located, Placed, Places
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.nothing import is_nothing, said
from jamsostek_cli.roster.cells.text import Cell

Note = tuple[str, str, str]
"""A finding in the making: code, field, hint."""

CHANGED: Final = "cell_changed_by_program"
_NOWHERE: Final = Located("")
Numbers = tuple[str | None, str | None]
"""RT and RW."""
_NEITHER: Final[Numbers] = (None, None)


Whereabouts = tuple[str | None, str | None, str | None, str | None]
"""What is stored of where somebody lives: address, RT, RW, the code of the kelurahan."""


class LocationCells(NamedTuple):
    """The cells about a place; `group` is the kelurahan that a line above the row names."""

    address: Cell
    rt: Cell
    rw: Cell
    rt_rw: Cell
    kelurahan: Cell
    kecamatan: Cell
    group: str


class Locations:
    """Reads those cells; what was worked out for one row serves the next."""

    def __init__(self, area: Area) -> None:
        self.places = Places(area)
        self._pair = Memo(fields.pair)
        self._placed = Memo(self._place)
        self.code = Memo(self._plainly_placed)
        self.numbers = Memo(self._plain_numbers)

    def of(self, cells: LocationCells, notes: list[Note], *, headed: bool) -> Whereabouts:
        """Return where somebody lives; `headed` says whether there is a column for the kelurahan.

        RT, RW and kelurahan have their own columns; what these leave open may stand in the others.
        """
        address_cell, rt_cell, rw_cell, rt_rw, kelurahan, kecamatan, group = cells
        address = self._address(address_cell, notes) if address_cell else None
        rt, rw = self._numbers(rt_cell, rw_cell, rt_rw, notes) if rt_cell or rw_cell or rt_rw else _NEITHER
        place, placed = self._placed[kelurahan, kecamatan, group]
        if address and not place.kelurahan and (found := self.places.located(address)).sure:
            place, placed = found, self.places.place(found.kelurahan, found.kecamatan)
        if placed is None:
            if headed:
                notes.append(("kelurahan_missing", "kelurahan", ""))
        elif placed.finding:
            notes.append((placed.finding, "kelurahan", placed.hint))
        other = place.rt, place.rw
        if other == _NEITHER and rt is None and rw is None and address and "R" in address:
            other = fields.labelled(address)
        if other != _NEITHER and rt in {None, other[0]}:
            rt, rw = other[0], rw or other[1]
        return address, rt, rw, placed and placed.code

    def _place(self, cells: tuple[Cell, Cell, str]) -> tuple[Located, Placed | None]:
        """Return what the cells of kelurahan and kecamatan and the line above say; None for nothing."""
        kelurahan, kecamatan, group = cells
        named = said(kelurahan) or group
        if not named:
            return _NOWHERE, None
        place = Located(named) if self.places.candidates(named) else self.places.located(named)
        return place, self.places.place(place.kelurahan, said(kecamatan) or place.kecamatan)

    def _plainly_placed(self, cells: tuple[Cell, Cell, str]) -> str | None:
        """Return the code of the kelurahan, None where more is to be said of it, or it says more itself."""
        place, placed = self._placed[cells]
        plain = place.kelurahan and (place.rt, place.rw) == _NEITHER
        return placed.code if plain and placed and not placed.finding else None

    def _plain_numbers(self, cells: tuple[Cell, Cell, Cell]) -> Numbers | None:
        """Return RT and RW out of the cells that have them, None where something is to be said of these."""
        notes: list[Note] = []
        numbers = self._numbers(*cells, notes) if any(cells) else _NEITHER
        return None if notes else numbers

    @staticmethod
    def _address(cell: Cell, notes: list[Note]) -> str | None:
        address = said(cell)
        if address and address[0].isdigit() and fields.is_changed(cell):
            notes.append((CHANGED, "address", ""))
            return None
        return address or None

    def _numbers(self, rt_cell: Cell, rw_cell: Cell, rt_rw: Cell, notes: list[Note]) -> Numbers:
        """Return RT and RW; what stands in one of their columns and is none is noted."""
        rt, beside = self._read(rt_cell, "rt", notes) if rt_cell else _NEITHER
        rw = None
        if rw_cell:
            first, second = self._read(rw_cell, "rw", notes)
            rw = second or first
        if rt_rw:
            first, second = self._read(rt_rw, "rt", notes)
            rt, rw = rt or first, rw or second
        return rt, rw or beside

    def _read(self, cell: Cell, field: str, notes: list[Note]) -> Numbers:
        read = self._pair[cell]
        if read == _NEITHER and (text := said(cell)) and not is_nothing(text.replace("/", "")):
            notes.append((CHANGED if fields.is_changed(cell) else "rt_rw_unreadable", field, ""))
        return read
