"""What stands under the title of a list in a file: whose it is, of which day, of whom, how many."""

import datetime
import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import figures, text
from jamsostek_cli.store.file.glance import area_at_a_glance
from jamsostek_cli.tables.wording import payer_name, word

_ASKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "words": "list.words",
        "batch": "col.batch",
        "submission": "col.submission",
        "kelurahan": "col.kelurahan",
        "agency": "col.agency",
        "status": "col.status",
        "state": "col.state",
        "kind": "col.kind",
        "payer": "col.payer",
        "outcome": "col.outcome",
        "finding": "col.finding",
        "year": "col.year",
    }
)
"""What a list can be asked for, and how that is called."""
_LAST_DIGITS: Final = re.compile(r"(?<=•)[0-9]{4}")


def under_title(current: Session, rows: int, as_of: datetime.date) -> str:
    """Return in a line whose list it is, as of which day, what was asked for, and how many rows it has."""
    area = area_at_a_glance(current.place())
    asked = [f"{text(key)}: {said}" for key, said in _asked(current)]
    within, limit = current.asked.get("within"), current.asked.get("limit")
    if isinstance(within, int):
        asked.append(text("list.within", months=figures.count(within)))
    counted = "list.first" if isinstance(limit, int) and 0 < limit <= rows else "list.rows"
    parts = (
        "" if area is None else area.name,
        text("report.as_of", day=figures.day(as_of.isoformat())),
        *asked,
        text(counted, rows=figures.count(rows)),
    )
    return " · ".join(filter(None, parts))


def _asked(current: Session) -> list[tuple[str, str]]:
    """Return what a list was asked for, with what it is called; of a NIK four digits are left."""
    typed = [(key, current.asked.get(name), name) for name, key in _ASKED.items()]
    return [
        (key, _LAST_DIGITS.sub("••••", hidden(harmless(_said(value, name)))))
        for key, value, name in typed
        if value
    ]


def _said(value: object, name: str) -> str:
    if isinstance(value, list | tuple):
        return (" " if name == "words" else ", ").join(_said(each, name) for each in value)
    if isinstance(value, StrEnum):
        return word(value)
    return payer_name(str(value)) if name == "payer" else str(value)
