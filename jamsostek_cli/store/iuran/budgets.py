"""The money a payer has for the contributions of a year, and who says so."""

from sqlite3 import Connection
from typing import NamedTuple

from jamsostek_cli.domain.iuran import Payer


def put(
    connection: Connection,
    *,
    year: int,
    payer: str,
    amount: int,
    source: str | None,
    recorded_on: str,
    audit_seq: int,
) -> None:
    """Add a budget in rupiah; an earlier one of the same year and payer stays in the file behind it."""
    connection.execute(
        """
        INSERT INTO budget (year, payer, amount, source, recorded_on, audit_seq)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        (year, payer, amount, source, recorded_on, audit_seq),
    )


def find(connection: Connection, year: int, payer: str) -> int | None:
    """Return the budget of a payer for a year in rupiah, or None."""
    row = connection.execute(
        "SELECT amount FROM v_budget WHERE year = ? AND payer = ?", (year, payer)
    ).fetchone()
    return None if row is None else int(row[0])


class Budget(NamedTuple):
    """What a payer has for the contributions of a year, in rupiah; `recorded_on` is ISO."""

    year: int
    payer: Payer
    amount: int
    source: str | None
    recorded_on: str


def current(connection: Connection, year: int | None) -> list[Budget]:
    """Return the budgets in force, of one year or of all."""
    rows = connection.execute(
        """
        SELECT year, payer, amount, source, recorded_on FROM v_budget
        WHERE year = coalesce(?, year) ORDER BY year, payer
        """,
        (year,),
    )
    return [Budget(of_year, Payer(code), *rest) for of_year, code, *rest in rows]
