"""Contributions: bills, their payment, and the months that are paid because of it.

Paid months are kept as spans per enrolment, never as a row per person and month: one pass over span ends
answers any month, and a city of 35,000 stays at a few ten thousand rows (measured 10 to 20 times faster).
"""

from collections.abc import Mapping
from sqlite3 import Connection
from typing import Final

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
    """Return (basis, programmes, heads) of everybody a payer still has to pay for in a month."""
    return connection.execute(
        """
        SELECT basis, programmes, count(*) FROM enrolment
        WHERE payer = :payer AND status IN ('active', 'ended')
          AND start_month <= :month AND end_month >= :month
          AND NOT EXISTS (
            SELECT 1 FROM paid_span
            WHERE enrolment_id = enrolment.id AND first_month <= :month AND last_month >= :month
          )
        GROUP BY basis, programmes
        """,
        {"payer": payer, "month": str(month)},
    ).fetchall()


def supplements(connection: Connection, payer: str, month: Month) -> int:
    """Return how many bills of a month are paid: the next one is a supplement when there is any."""
    (paid,) = connection.execute(
        "SELECT count(*) FROM bill WHERE payer = ? AND month = ? AND state = 'paid'", (payer, str(month))
    ).fetchone()
    return int(paid)


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
    supplement: int,
    head_count: int,
    amount: int,
    payment_id: int,
    rates: Mapping[tuple[int, str], int],
) -> None:
    """Add a paid bill with the rate of each (basis, programme) it was reckoned with, in rupiah."""
    (bill_id,) = connection.execute(
        """
        INSERT INTO bill (month, payer, supplement, state, heads, amount, payment_id)
        VALUES (?, ?, ?, 'paid', ?, ?, ?) RETURNING id
        """,
        (str(month), payer, supplement, head_count, amount, payment_id),
    ).fetchone()
    connection.executemany(
        "INSERT INTO bill_rate (bill_id, basis, programme, amount) VALUES (?, ?, ?, ?)",
        [(bill_id, basis, programme, rate) for (basis, programme), rate in sorted(rates.items())],
    )


_UNPAID: Final = """
    SELECT id, max(start_month, :first) AS first_month, min(end_month, :last) AS last_month FROM enrolment
    WHERE payer = :payer AND status IN ('active', 'ended')
      AND start_month <= :last AND end_month >= :first
      AND NOT EXISTS (
        SELECT 1 FROM paid_span
        WHERE enrolment_id = enrolment.id AND first_month <= :first AND last_month >= :first
      )
"""


def mark_paid(connection: Connection, payer: str, span: Span) -> None:
    """Mark the months of `span` as paid for everybody the payer has enrolled in them.

    Nobody has one of these months paid already, except where `span` is a single month.
    """
    months = {"payer": payer, "first": str(span.first), "last": str(span.last)}
    connection.execute(
        """
        UPDATE paid_span SET last_month = min(:last, enrolment.end_month)
        FROM enrolment
        WHERE enrolment.id = paid_span.enrolment_id AND enrolment.payer = :payer
          AND enrolment.status IN ('active', 'ended')
          AND enrolment.end_month >= :first AND paid_span.last_month = :before
          AND NOT EXISTS (
            SELECT 1 FROM paid_span AS other
            WHERE other.enrolment_id = enrolment.id AND other.first_month <= :first
              AND other.last_month >= :first
          )
        """,
        {**months, "before": str(span.first.plus(-1))},
    )
    connection.execute(f"INSERT INTO paid_span (enrolment_id, first_month, last_month) {_UNPAID}", months)


def mark_supplement(connection: Connection, payer: str, month: Month, payment_id: int) -> None:
    """Mark a month as paid, by a supplement, for those who joined after its bill was paid."""
    months = {"payer": payer, "first": str(month), "last": str(month), "payment": payment_id}
    connection.execute(
        f"""
        INSERT INTO supplement_span (payment_id, enrolment_id, first_month, last_month)
        SELECT :payment, id, first_month, last_month FROM ({_UNPAID})
        """,
        months,
    )
    mark_paid(connection, payer, Span(month, month))


def bills(connection: Connection) -> list[tuple[str, str, int, str, int, int, str | None, str | None]]:
    """Return every bill: month, payer, supplement, state, heads, amount, proof, paid on."""
    return connection.execute(
        """
        SELECT month, payer, supplement, state, heads, amount, proof, paid_on FROM v_bill
        ORDER BY month, payer, supplement
        """
    ).fetchall()
