"""Contributions: bills, their payment, and the months that are paid because of it.

Paid months are kept as spans per enrolment, never as a row per person and month: one pass over span ends
answers any month, and a city of 35,000 stays at a few ten thousand rows (measured 10 to 20 times faster).
"""

from collections.abc import Mapping
from sqlite3 import Connection

from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError


def payers(connection: Connection, span: Span) -> list[str]:
    """Return the payers who have somebody enrolled at BPJS in these months."""
    return [
        payer
        for (payer,) in connection.execute(
            """
            SELECT DISTINCT payer FROM enrolment
            WHERE status IN ('active', 'ended') AND start_month <= ? AND end_month >= ?
            ORDER BY payer
            """,
            (str(span.last), str(span.first)),
        )
    ]


def heads(connection: Connection, payer: str, month: Month) -> list[tuple[int, str, int]]:
    """Return (basis, programmes, heads) of everybody a payer has to pay for in a month."""
    return connection.execute(
        """
        SELECT basis, programmes, count(*) FROM enrolment
        WHERE payer = ? AND status IN ('active', 'ended') AND start_month <= ? AND end_month >= ?
        GROUP BY basis, programmes
        """,
        (payer, str(month), str(month)),
    ).fetchall()


def is_paid(connection: Connection, payer: str, month: Month) -> bool:
    """Tell whether the bill of a month is paid."""
    return (
        connection.execute(
            "SELECT 1 FROM bill WHERE payer = ? AND month = ? AND state = 'paid'", (payer, str(month))
        ).fetchone()
        is not None
    )


def refuse_known_proof(connection: Connection, proof: str) -> None:
    """Raise E308 when a proof number has paid a bill before."""
    if connection.execute("SELECT 1 FROM bill_payment WHERE proof = ?", (proof,)).fetchone() is not None:
        raise JcliError("E308", proof=proof)


def add_payment(
    connection: Connection, *, proof: str, paid_on: str, payer: str, amount: int, audit_seq: int
) -> int:
    """Record that a payer's bills were paid; return the payment's id."""
    row = connection.execute(
        """
        INSERT INTO bill_payment (proof, paid_on, payer, amount, audit_seq)
        VALUES (?, ?, ?, ?, ?) RETURNING id
        """,
        (proof, paid_on, payer, amount, audit_seq),
    ).fetchone()
    return int(row[0])


def add_paid_bill(
    connection: Connection,
    *,
    month: Month,
    payer: str,
    head_count: int,
    amount: int,
    payment_id: int,
    rates: Mapping[tuple[int, str], int],
) -> None:
    """Add a paid bill with the rate of each (basis, programme) it was reckoned with, in rupiah."""
    (bill_id,) = connection.execute(
        """
        INSERT INTO bill (month, payer, state, heads, amount, payment_id)
        VALUES (?, ?, 'paid', ?, ?, ?) RETURNING id
        """,
        (str(month), payer, head_count, amount, payment_id),
    ).fetchone()
    connection.executemany(
        "INSERT INTO bill_rate (bill_id, basis, programme, amount) VALUES (?, ?, ?, ?)",
        [(bill_id, basis, programme, rate) for (basis, programme), rate in sorted(rates.items())],
    )


def mark_paid(connection: Connection, payer: str, span: Span) -> None:
    """Mark the months of `span` as paid for everybody the payer has enrolled in them."""
    months = {"payer": payer, "first": str(span.first), "last": str(span.last)}
    connection.execute(
        """
        UPDATE paid_span SET last_month = min(:last, enrolment.end_month)
        FROM enrolment
        WHERE enrolment.id = paid_span.enrolment_id AND enrolment.payer = :payer
          AND enrolment.status IN ('active', 'ended')
          AND enrolment.end_month >= :first AND paid_span.last_month = :before
        """,
        {**months, "before": str(span.first.plus(-1))},
    )
    connection.execute(
        """
        INSERT INTO paid_span (enrolment_id, first_month, last_month)
        SELECT id, max(start_month, :first), min(end_month, :last) FROM enrolment
        WHERE payer = :payer AND status IN ('active', 'ended')
          AND start_month <= :last AND end_month >= :first
          AND NOT EXISTS (
            SELECT 1 FROM paid_span
            WHERE enrolment_id = enrolment.id AND first_month <= :first AND last_month >= :first
          )
        """,
        months,
    )


def bills(connection: Connection) -> list[tuple[str, str, str, int, int, str | None, str | None]]:
    """Return every bill: month, payer, state, heads, amount, proof, paid on."""
    return connection.execute(
        "SELECT month, payer, state, heads, amount, proof, paid_on FROM v_bill ORDER BY month, payer"
    ).fetchall()
