"""People who were paid for in a year and should not have been, with what came back for them."""

from collections.abc import Iterable
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import payer_name


class PaidWrongly(NamedTuple):
    """Months of somebody that were paid and not owed: why, rupiah, and the month whose bill took them off.

    `credited` is None while nothing came back.
    """

    worker_id: int
    nik: str
    name: str
    why: Coded
    payer: str
    span: Span
    amount: int
    credited: Month | None


def paid_wrongly(found: Iterable[PaidWrongly]) -> Table:
    """Return them as a table, by person and month."""
    rows = sorted(found, key=lambda one: (one.worker_id, one.span, one.why.code))
    return Table.of(
        "pack_paid_wrongly",
        rows,
        (
            Column("worker", of=lambda one: number_of(one.worker_id)),
            Column("nik", of=lambda one: masked(one.nik)),
            Column("name"),
            Column("because", heading="col.reason", of=lambda one: one.why),
            Column("payer", of=lambda one: Coded(one.payer, payer_name(one.payer))),
            Column("first_month", of=lambda one: one.span.first),
            Column("last_month", of=lambda one: one.span.last),
            Column("amount", Kind.RUPIAH),
            Column("credited"),
        ),
        summed=("amount",),
    )


def duplicates(db: Connection, year: int) -> Table:
    """Return what was decided in a year about people who may be one: NIKs masked, names of neither."""
    rows = db.execute(
        """
        SELECT low, high, score, decision, decided_by, decided_on FROM likeness
        WHERE decided_on GLOB ? ORDER BY decided_on, low, high
        """,
        (f"{year}-*",),
    )
    return Table.of(
        "pack_duplicates",
        rows,
        (
            Column("nik", of=lambda row: masked(row[0])),
            Column("other_nik", of=lambda row: masked(row[1])),
            Column("score", Kind.COUNT, of=lambda row: row[2]),
            Column("decision", of=lambda row: Coded(row[3], text(f"decision.{row[3]}"))),
            Column("decided_by", of=lambda row: row[4]),
            Column("decided_on", Kind.DATE, of=lambda row: row[5]),
        ),
    )
