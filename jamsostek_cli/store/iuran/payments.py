"""Contributions: the payment of bills, and the months that are paid because of it.

Paid months are kept as spans per enrolment, never as a row per person and month: one pass over span ends
answers any month, and a city of 35,000 stays at a few ten thousand rows (measured 10 to 20 times faster).
"""

from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.proof import same_proof
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.iuran.owing import paid
from jamsostek_cli.store.iuran.unpaid import OWING


def payers(connection: Connection, span: Span) -> list[Payer]:
    """Return the payers who have somebody enrolled at BPJS in these months."""
    return [
        Payer(code)
        for (code,) in connection.execute(
            """
            SELECT DISTINCT payer FROM enrolment
            WHERE status IN ('active', 'ended') AND start_month <= ? AND end_month >= ?
            ORDER BY payer
            """,
            (str(span.last), str(span.first)),
        )
    ]


def with_proof(connection: Connection, proof: str) -> int | None:
    """Return the id of the payment with a proof number, in whatever way it is typed."""
    wanted = same_proof(proof)
    known = connection.execute("SELECT id, proof FROM bill_payment")
    return next((payment for payment, spelt in known if same_proof(spelt) == wanted), None)


def refuse_known_proof(connection: Connection, proof: str) -> None:
    """Raise E308 when a proof number has paid a bill before, in whatever way it was typed."""
    if with_proof(connection, proof) is not None:
        raise JcliError("E308", proof=proof)


def add_payment(
    connection: Connection, *, proof: str, paid_on: str, payer: Payer, amount: int, audit_seq: int
) -> int:
    """Record that a payer's bills were paid; return the payment's id."""
    payment = {"proof": proof, "paid_on": paid_on, "payer": payer.value, "amount": amount}
    return connection.add("bill_payment", {**payment, "audit_seq": audit_seq})


_UNPAID: Final = f"""
    SELECT id, max(start_month, :first) AS first_month, min(owed_until, :last) AS last_month FROM {OWING}
    WHERE start_month <= :last AND owed_until >= max(:first, start_month) AND NOT {paid(":first")}
"""


def mark_paid(connection: Connection, payer: Payer, span: Span) -> None:
    """Mark the months of `span` as paid for everybody the payer has enrolled in them.

    Nobody has one of these months paid already, except where `span` is a single month.
    """
    months = {"payer": payer, "first": str(span.first), "last": str(span.last)}
    connection.execute(
        f"""
        UPDATE paid_span SET last_month = min(:last, owed_until) FROM {OWING}
        WHERE owing.id = paid_span.enrolment_id AND owed_until >= :first AND paid_span.last_month = :before
          AND NOT EXISTS (
            SELECT 1 FROM paid_span AS other
            WHERE other.enrolment_id = owing.id AND other.first_month <= :first
              AND other.last_month >= :first
          )
        """,
        {**months, "before": str(span.first.plus(-1))},
    )
    connection.execute(f"INSERT INTO paid_span (enrolment_id, first_month, last_month) {_UNPAID}", months)


def mark_supplement(connection: Connection, payer: Payer, month: Month, payment_id: int) -> None:
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
