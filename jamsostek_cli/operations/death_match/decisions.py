"""Decisions about a list of the dead: the table that was written comes back with its column filled in."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import LANGUAGES, catalogue
from jamsostek_cli.operations.review.queue import Decision, Ruling
from jamsostek_cli.roster.cells.text import Cell, text_of
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.tables import typed

_ITEM: Final = re.compile(r"M:([0-9a-f]{8})/\d+/\d+/P-\d+")
_DEEPEST: Final = 60
_COLUMNS: Final = ("item", "decision")


def item_of(sha256: str, position: int, row: int, worker: str) -> str:
    """Return what names a row of a list and somebody whom it may speak of."""
    return f"M:{sha256[:8]}/{position}/{row}/{worker}"


def read(path: Path, sha256: str) -> list[Ruling]:
    """Return the decisions of a table, in any format; a blank one, or "later", decides nothing.

    Raises what opening a file raises, E443 where no sheet has the two columns, E441 for an item of another
    shape, E442 for a word that is no decision or an item that is decided twice, E544 for another list's.
    """
    decided: dict[str, Ruling] = {}
    headed = False
    with open_workbook(path) as workbook:
        for sheet in workbook.sheets:
            places: tuple[int, int] | None = None
            for number, _, cells in sheet.rows:
                if places is None:
                    places = _places(cells) if number <= _DEEPEST else None
                    headed = headed or places is not None
                    continue
                _take(decided, number, *(_at(cells, place) for place in places), sha256=sha256)
    if not headed:
        raise JcliError("E443", path=path.name)
    return [ruling for ruling in decided.values() if ruling.decision is not Decision.LATER]


def _take(decided: dict[str, Ruling], number: int, item: str, said: str, *, sha256: str) -> None:
    if not said:
        return
    found = _ITEM.fullmatch(item)
    if found is None:
        raise JcliError("E441", line=str(number), item=item or "-")
    decision = typed.member(said, Decision, whole=True)
    if decision is None or item in decided:
        raise JcliError("E442", line=str(number), found=said if decision is None else item)
    if found[1] != sha256[:8]:
        raise JcliError("E544", item=item)
    decided[item] = Ruling(item, decision, line=number)


def _places(cells: Sequence[Cell]) -> tuple[int, int] | None:
    """Return where item and decision stand, by their headings in either language or their keys."""
    shown = [typed.plain(text_of(cell)) for cell in cells]
    found = []
    for key in _COLUMNS:
        called = {key, *(typed.plain(catalogue(language)[f"col.{key}"]) for language in LANGUAGES)}
        place = next((at for at, text in enumerate(shown) if text in called), None)
        if place is None:
            return None
        found.append(place)
    return found[0], found[1]


def _at(cells: Sequence[Cell], place: int) -> str:
    return text_of(cells[place]) if place < len(cells) else ""
