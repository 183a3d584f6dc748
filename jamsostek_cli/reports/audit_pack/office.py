"""Who worked in the office, and by which decrees people were enrolled."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.officer import Role
from jamsostek_cli.messages import figures
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import payer_name, word


def officers(db: Connection, last: int) -> Table:
    """Return every officer with duties and days, and how often each acted up to an act; also who is none."""
    rows = db.execute(
        """
        SELECT name, roles, added_on, ended_on,
          (SELECT count(*) FROM audit WHERE actor = name COLLATE NOCASE AND seq <= :last)
        FROM officer
        UNION ALL
        SELECT actor, '', min(at), NULL, count(*) FROM audit
        WHERE seq <= :last AND NOT EXISTS (SELECT 1 FROM officer WHERE name = actor COLLATE NOCASE)
        GROUP BY actor
        ORDER BY 1, 3
        """,
        {"last": last},
    )
    return Table.of(
        "pack_officers",
        rows,
        (
            Column("name", of=lambda row: row[0]),
            Column("roles", of=lambda row: _roles(row[1])),
            Column("added_on", Kind.DATE, of=lambda row: figures.local_day(row[2])),
            Column("ended_on", Kind.DATE, of=lambda row: row[3]),
            Column("acts", Kind.COUNT, of=lambda row: row[4]),
        ),
    )


def _roles(codes: str) -> Coded:
    return Coded(codes, ", ".join(word(Role(code)) for code in codes.replace(",", " ").split()))


def decrees(db: Connection, year: int) -> Table:
    """Return the decrees by which people were insured in a year, with how many."""
    rows = db.execute(
        """
        SELECT decree, payer, min(start_month), max(end_month), count(*) FROM enrolment
        WHERE status IN ('active', 'ended') AND start_month <= :last AND end_month >= :first
        GROUP BY decree, payer ORDER BY 3, decree, payer
        """,
        {"first": f"{year}-01", "last": f"{year}-12"},
    )
    return Table.of(
        "pack_decrees",
        rows,
        (
            Column("decree", of=lambda row: row[0]),
            Column("payer", of=lambda row: Coded(row[1], payer_name(row[1]))),
            Column("first_month", of=lambda row: Month.parse(row[2])),
            Column("last_month", of=lambda row: Month.parse(row[3])),
            Column("people", Kind.COUNT, of=lambda row: row[4]),
        ),
        summed=("people",),
    )
