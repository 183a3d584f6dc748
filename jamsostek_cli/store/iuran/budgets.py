"""The money a payer has for the contributions of a year, and who says so."""

from jamsostek_cli.connection import Connection


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


def current(connection: Connection, year: int | None) -> list[tuple[int, str, int, str | None, str]]:
    """Return the budgets in force, of one year or of all: year, payer, amount, source, recorded on."""
    return connection.execute(
        """
        SELECT year, payer, amount, source, recorded_on FROM v_budget
        WHERE year = coalesce(?, year) ORDER BY year, payer
        """,
        (year,),
    ).fetchall()
