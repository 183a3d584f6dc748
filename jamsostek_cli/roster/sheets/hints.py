"""What an officer says of a roster's columns: another heading for a field, or the fields in their order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells.text import Cell, text_of
from jamsostek_cli.roster.files.sheet import column_index
from jamsostek_cli.roster.sheets import columns
from jamsostek_cli.roster.sheets.header import Header

_LETTERED: Final = re.compile(r"([A-Z]{1,2})\s*=\s*(.+)", re.IGNORECASE)
_SKIPPED: Final = frozenset({"", "-", "NO"})
_WIDEST: Final = 100
_AND: Final = " + "
"""Between the headings of a name in parts."""
_NAME_PARTS: Final = ("NAMA DEPAN", "NAMA TENGAH", "NAMA BELAKANG")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Headings by field that a department uses, and the fields by column (from 0) of a roster without any."""

    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    sheets: tuple[str, ...] = ()
    """The sheets of which the columns were said; all of them where none is named."""
    occupation: str | None = None
    """What everybody of the roster does of whom their row says nothing."""

    def renamed(self, row: Sequence[Cell]) -> list[Cell]:
        """Return a row in which the department's own headings read as the usual ones.

        Another heading that would be taken for the same field gives way to the one that was named.
        """
        keys = [columns.key(text_of(cell)) for cell in row]
        wanted: dict[str, str] = {}
        for name, text in self.headings.items():
            if (whole := columns.key(text)) in keys or name != "name":
                wanted[whole] = columns.best(name)
            else:
                wanted.update(zip(map(columns.key, text.split(_AND)), _in_parts(text), strict=False))
        if not wanted.keys() & set(keys):
            return list(row)
        renamed: list[Cell] = []
        for cell, key in zip(row, keys, strict=True):
            known = columns.match(text_of(cell))
            if key in wanted:
                renamed.append(wanted[key])
            else:
                renamed.append("" if known and known.field in self.headings else cell)
        return renamed

    def header(self, sheet: str) -> Header | None:
        """Return the header that stands in no row, None where the columns of a sheet were not named."""
        named = {asked.strip().casefold() for asked in self.sheets}
        if not self.columns or (named and sheet.strip().casefold() not in named):
            return None
        width = max(self.columns) + 1
        headings = [columns.best(self.columns[at]) if at in self.columns else "" for at in range(width)]
        return Header(-1, -1, tuple(headings), {field: at for at, field in self.columns.items()})


def _in_parts(text: str) -> tuple[str, ...]:
    """Return the usual headings of a name in as many parts as were named."""
    first, middle, last = _NAME_PARTS
    return {1: (columns.best("name"),), 2: (first, last)}.get(text.count(_AND) + 1, (first, middle, last))


def a_field(text: str) -> str:
    """Return the field that somebody names by its key or by one of its headings; E220 where there is none."""
    plain = text.strip()
    if plain.lower() in columns.FIELDS:
        return plain.lower()
    found = columns.match(plain)
    if found is None:
        known = ", ".join(map(columns.best, columns.FIELDS))
        raise JcliError("E220", name=plain, names=known)
    return found.field


def headings_of(said: Sequence[str]) -> dict[str, str]:
    """Read `NIK=No. Identitas` and the like; the headings of a name in parts are joined by a plus.

    E220 for a field that does not exist, E221 for a lone word, E223 for another field that is named twice.
    """
    headings: dict[str, str] = {}
    for one in said:
        name, equals, heading = one.partition("=")
        if not equals or not columns.key(heading):
            raise JcliError("E221", text=one)
        field, heading = a_field(name), heading.strip()
        if headings.get(field, heading) != heading:
            heading = f"{headings[field]}{_AND}{heading}"
            if field != "name" or heading.count(_AND) >= len(_NAME_PARTS):
                raise JcliError("E223", name=columns.best(field), headings=heading)
        headings[field] = heading
    return headings


def columns_of(said: str) -> dict[int, str]:
    """Read `NO,NIK,NAMA,-,TGL LAHIR` (in order) or `B=NIK,C=NAMA` (by letter).

    E220 for a field that does not exist, E222 where NIK or name is missing or a field comes twice.
    """
    found: dict[int, str] = {}
    for at, part in enumerate(said.split(",")[:_WIDEST]):
        lettered = _LETTERED.fullmatch(part.strip())
        place, name = (column_index(lettered[1].upper()), lettered[2]) if lettered else (at, part.strip())
        if name.upper().rstrip(".") not in _SKIPPED:
            found[place] = a_field(name)
    if not {"nik", "name"} <= set(found.values()) or len(set(found.values())) < len(found):
        raise JcliError("E222", text=said)
    return found
