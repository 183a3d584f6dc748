"""The documents that belong to the file of a claim (Permenaker 5/2021; PP 44/2015 art. 40)."""

import datetime
from typing import Final

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.rules.regulation import Regulation

TAX_NUMBER: Final = "npwp"


def checklist(kind: ClaimKind, amount: int, day: datetime.date, regulation: Regulation) -> tuple[str, ...]:
    """Return the documents without which a claim cannot be verified; `amount` in rupiah, `day` the event.

    Empty for a kind nobody has set documents for (the city's own santunan, until the city does).
    """
    names = _documents(f"documents.{kind}", day, regulation)
    if amount > regulation.rupiah("claim.npwp_threshold", day):
        names += (TAX_NUMBER,)
    return names


def optional(kind: ClaimKind, day: datetime.date, regulation: Regulation) -> tuple[str, ...]:
    """Return the documents that only some families need: a spouse's marriage book, a power of attorney."""
    return _documents(f"documents.{kind}.optional", day, regulation)


def _documents(name: str, day: datetime.date, regulation: Regulation) -> tuple[str, ...]:
    return regulation.words(name, day) if name in regulation.histories else ()
