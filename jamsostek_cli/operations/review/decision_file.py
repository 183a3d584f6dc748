"""Decisions in a file: `item,decision[,reason]`, a line each."""

import csv
from pathlib import Path
from typing import Final

from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.review.queue import Decision, Ruling
from jamsostek_cli.tables import typed

_HEADINGS: Final = frozenset({"item", "butir"})
_LARGEST: Final = 10_000_000


def read(path: Path) -> list[Ruling]:
    """Read decisions, separated by comma, semicolon or tab, with or without a heading.

    Raises E201 (no such file), E442 (a line that is no decision), E443 (not a text file of decisions).
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise JcliError("E443", path=path.name)
        written = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise JcliError("E201", path=path.name) from None
    except (OSError, ValueError):
        raise JcliError("E443", path=path.name) from None
    head = written.partition("\n")[0]
    lines = csv.reader(written.splitlines(), delimiter=max(",;\t", key=head.count))
    rulings = [
        _ruling(number, cells)
        for number, cells in enumerate(lines, 1)
        if any(cells) and (number > 1 or cells[0].strip().casefold() not in _HEADINGS)
    ]
    if not rulings:
        raise JcliError("E443", path=path.name)
    return rulings


def _ruling(line: int, cells: list[str]) -> Ruling:
    item, said, *reason = [*(" ".join(cell.split()) for cell in cells), ""]
    decision = typed.member(said, Decision, whole=True)
    if decision is None:
        raise JcliError("E442", line=str(line), found=said or "-")
    return Ruling(item, decision, " ".join(reason).strip(), line)
