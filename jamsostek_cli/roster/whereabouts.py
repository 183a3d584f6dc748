"""Where a person lives, out of all the cells that say something about it."""

from typing import Final, NamedTuple

from jamsostek_cli.domain.area import Area
from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.cells.kelurahan import Located, Places
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.nothing import is_nothing, said
from jamsostek_cli.roster.cells.text import Cell

Note = tuple[str, str, str]
"""A finding in the making: code, field, hint."""

CHANGED: Final = "cell_changed_by_program"
_NOWHERE: Final = Located("")


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
        self._said = Memo(said)
        self._pair = Memo(fields.pair)
        self._located = Memo(self._locate)

    def of(self, cells: LocationCells, notes: list[Note], *, headed: bool) -> Whereabouts:
        """Return where somebody lives; `headed` says whether there is a column for the kelurahan.

        RT, RW and kelurahan have their own columns; what these leave open may stand in the others.
        """
        address = self._address(cells.address, notes)
        rt, rw = self._numbers(cells, notes) if cells.rt or cells.rw or cells.rt_rw else (None, None)
        named = self._said[cells.kelurahan] or cells.group
        place = _NOWHERE
        if named:
            place = self._located[named]
        elif address:
            place = self._in_address(address)
        if not (rt or rw):
            rt, rw = place.rt, place.rw
            if not (rt or rw) and address and "R" in address:
                rt, rw = fields.labelled(address)
        code = self._code(
            place.kelurahan, self._said[cells.kecamatan] or place.kecamatan, notes, headed=headed
        )
        return address, rt, rw, code

    def _locate(self, named: str) -> Located:
        """Return what the cell of the kelurahan says of a place: mostly the kelurahan alone."""
        return Located(named) if self.places.find(named) else self.places.located(named)

    @staticmethod
    def _address(cell: Cell, notes: list[Note]) -> str | None:
        address = said(cell)
        if address and address[0].isdigit() and fields.is_changed(cell):
            notes.append((CHANGED, "address", ""))
            return None
        return address or None

    def _numbers(self, cells: LocationCells, notes: list[Note]) -> tuple[str | None, str | None]:
        """Return RT and RW; what stands in one of their columns and is none is noted."""
        rt, beside = self._read(cells.rt, "rt", notes) if cells.rt else (None, None)
        rw = None
        if cells.rw:
            first, second = self._read(cells.rw, "rw", notes)
            rw = second or first
        if cells.rt_rw:
            first, second = self._read(cells.rt_rw, "rt", notes)
            rt, rw = rt or first, rw or second
        return rt, rw or beside

    def _read(self, cell: Cell, field: str, notes: list[Note]) -> tuple[str | None, str | None]:
        read = self._pair[cell]
        if not any(read) and (text := self._said[cell]) and not is_nothing(text.replace("/", "")):
            notes.append((CHANGED if fields.is_changed(cell) else "rt_rw_unreadable", field, ""))
        return read

    def _in_address(self, address: str) -> Located:
        """Return the place that an address names as one: a kelurahan with its label, or alone."""
        place = self.places.located(address)
        return place if place.sure else _NOWHERE

    def _code(self, kelurahan: str, kecamatan: str, notes: list[Note], *, headed: bool) -> str | None:
        """Return the kelurahan's code."""
        if not kelurahan:
            if headed:
                notes.append(("kelurahan_missing", "kelurahan", ""))
            return None
        placed = self.places.placed[kelurahan, kecamatan]
        if placed.finding:
            notes.append((placed.finding, "kelurahan", placed.hint))
        return placed.code
