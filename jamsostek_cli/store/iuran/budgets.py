"""The money a payer has for the contributions of a year, and who says so."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer


class Budget(NamedTuple):
    """What a payer has for the contributions of a year, in rupiah."""

    year: int
    payer: Payer
    amount: int
    source: str | None
    recorded_on: datetime.date


def put(db: Connection, budget: Budget, *, audit_seq: int) -> None:
    """Add a budget; an earlier one of the same year and payer stays in the file behind it."""
    db.table("budget").insert(
        {**budget._asdict(), "recorded_on": budget.recorded_on.isoformat(), "audit_seq": audit_seq}
    )


def _from(row: Mapping[str, Any]) -> Budget:
    return Budget(
        year=row["year"],
        payer=Payer(row["payer"]),
        amount=row["amount"],
        source=row["source"],
        recorded_on=datetime.date.fromisoformat(row["recorded_on"]),
    )


def find(db: Connection, year: int, payer: Payer) -> Budget | None:
    """Return the budget in force of a payer for a year, or None."""
    rows = db.query("SELECT * FROM v_budget WHERE year = ? AND payer = ?", (year, payer.value))
    return next(map(_from, rows), None)


def current(db: Connection, year: int | None) -> list[Budget]:
    """Return the budgets in force, of one year or of all."""
    rows = db.query("SELECT * FROM v_budget WHERE year = coalesce(?, year) ORDER BY year, payer", (year,))
    return [_from(row) for row in rows]
